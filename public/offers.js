// Once the choices have settled, one value that others with the same choices have is offered over the bar, where nothing moves when
// it comes or goes. Taking it is a choice like any other, so undo brings back what was. Where nothing comes, nobody has to know.
const form = document.querySelector("#configurator form");
const was = form.elements._was;
const place = document.getElementById("offer");
const { offers } = place.dataset;
const stored = (task) => {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
};
const off = `no offers ${offers}`;
let isOff = stored((storage) => storage.getItem(off)) !== null;

const pause = 700;
let waiting;
let asking;
// The design that what is shown is for. A page is not spoken to before something is chosen.
const hasChoices = [...new URLSearchParams(was.value).keys()].some((key) => !key.startsWith("_"));
let asked = hasChoices ? null : was.value;
// What was taken once is not offered again, also after it was undone.
const taken = new Set();

// Whatever has the keyboard's focus stays above the line.
const bar = form.querySelector("[data-testid=bar]");
const makeRoom = () => {
  const isFixed = getComputedStyle(bar).position === "fixed";
  const height = isFixed && place.firstChild ? bar.offsetHeight : 0;
  place.style.bottom = `${height}px`;
  document.documentElement.style.scrollPaddingBottom = height ? `${height + place.offsetHeight + 8}px` : "";
};
const show = (part) => {
  const shown = place.firstElementChild;
  // The same for other choices: only where it leads is another place, and nothing is read out again.
  if (part && shown?.textContent === part.textContent) shown.querySelector("a").href = part.querySelector("a").href;
  else if (part || shown) place.replaceChildren(...(part ? [part] : []));
  makeRoom();
};
const fieldOf = ({ dataset: { offered, value } }) => document.querySelector(`#attribute-${offered} [data-option="${value}"] input`);
// The keyboard goes to what the offer was about, without the page's moving; to the bar where that is in a step that is not shown.
const focus = (element) => {
  element?.focus({ preventScroll: true });
  if (document.activeElement === document.body) bar.querySelector("summary").focus({ preventScroll: true });
};
const nameOf = ({ dataset: { offered, value } }) => `${offered}:${value}`;
const ask = async () => {
  if (isOff || was.value === asked) return;
  const now = was.value;
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const answer = await fetch(`${offers}?${now}&_part=1`, { signal });
    const html = answer.status === 200 ? await answer.text() : "";
    if (isOff || signal.aborted || was.value !== now) return;
    asked = now;
    const part = new DOMParser().parseFromString(html, "text/html").querySelector("[data-offered]");
    show(part && !taken.has(nameOf(part)) ? part : null);
  } catch {
    // The next change asks again.
    if (!signal.aborted) show(null);
  }
};
const changed = () => {
  if (was.value === asked) return;
  asking?.abort();
  clearTimeout(waiting);
  waiting = setTimeout(ask, pause);
};
const stop = () => {
  isOff = true;
  asking?.abort();
  stored((storage) => storage.setItem(off, "1"));
};

for (const kind of ["click", "change", "keyup"]) addEventListener(kind, () => setTimeout(changed, 50));
new ResizeObserver(makeRoom).observe(bar);
place.addEventListener("click", (event) => {
  const { target, ctrlKey, metaKey, shiftKey, altKey } = event;
  const line = target.closest("[data-offered]");
  if (!line || ctrlKey || metaKey || shiftKey || altKey) return;
  const field = fieldOf(line);
  if (target.closest("button")) {
    stop();
    show(null);
    focus(field?.closest("[data-attribute]"));
  } else if (target.closest("a") && field) {
    event.preventDefault();
    taken.add(nameOf(line));
    show(null);
    field.click();
    focus(field);
  }
});
// Who switches personal starts off wants none of it.
form.addEventListener("submit", ({ submitter }) => submitter?.name === "_switch" && submitter.value === "off" && stop());
changed();
