// Files that are chosen are shown before they are sent, beside the drawing that they replace, and files that are dropped are chosen.
const list = document.getElementById("chosen-files").content.querySelector("ul");
const shown = (input) => {
  let place = input.parentElement.querySelector("ul");
  if (!place) {
    place = list.cloneNode(false);
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
      const item = list.querySelector("li").cloneNode(true);
      const picture = item.querySelector("img");
      picture.src = await read(file);
      // A picture that is none stays away; its name is there.
      picture.onerror = () => picture.remove();
      const words = input.dataset.chosen.replace("{file}", `${file.name} · ${Math.ceil(file.size / 1024)} KB`);
      item.querySelector("p").textContent = words;
      return item;
    }),
  );
  if (turn === turns.get(input)) shown(input).replaceChildren(...items);
};

const draw = (place, over) => place.classList.toggle(place.dataset.drop, over);
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
