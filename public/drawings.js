// Files that are chosen are shown before they are sent, beside the drawing that they replace, and files that are dropped are chosen.
const shown = (input) => {
  let place = input.parentElement.querySelector("ul");
  if (!place) {
    place = document.createElement("ul");
    place.className = "flex flex-wrap items-center gap-2";
    place.dataset.testid = "chosen";
    input.after(place);
  }
  return place;
};

const read = (file) =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => done("");
    reader.readAsDataURL(file);
  });

// By field, how often files were chosen: what was read of earlier ones is not shown.
const turns = new WeakMap();
const show = async (input) => {
  const turn = (turns.get(input) ?? 0) + 1;
  turns.set(input, turn);
  const items = await Promise.all(
    [...input.files].map(async (file) => {
      const item = document.createElement("li");
      const picture = document.createElement("img");
      picture.src = await read(file);
      picture.width = 160;
      picture.height = 120;
      picture.className = "aspect-4/3 rounded-s bg-stage bg-lit object-contain p-1";
      // A picture that is none stays away; its name is there.
      picture.onerror = () => picture.remove();
      const words = input.dataset.chosen.replace("{file}", `${file.name} · ${Math.ceil(file.size / 1024)} KB`);
      // Its name stands under it.
      picture.alt = "";
      const name = document.createElement("p");
      name.className = "text-s text-muted wrap-anywhere";
      name.textContent = words;
      item.append(picture, name);
      return item;
    }),
  );
  if (turn === turns.get(input)) shown(input).replaceChildren(...items);
};

const draw = (place, over) => place.classList.toggle("bg-hover", over);
for (const place of document.querySelectorAll("[data-drop]")) {
  const input = place.querySelector("input[type=file]");
  shown(input).setAttribute("aria-live", "polite");
  input.addEventListener("change", () => show(input));
  place.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    draw(place, true);
  });
  place.addEventListener("dragleave", () => draw(place, false));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    draw(place, false);
    const files = new DataTransfer();
    for (const file of [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1)) files.items.add(file);
    if (!files.files.length) return;
    input.files = files.files;
    show(input);
  });
  // What a browser kept of a page that is come back to.
  if (input.files.length) show(input);
}
