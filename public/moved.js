// What a change moved besides, and the ways back, stand below what was changed. Where the bar hides them they come into view, as far as that takes.
const root = document.getElementById("configurator");
const GAP = 12;
// What sticks to the top of a narrow window, with room for what was changed.
const HEAD = 160;
// So long the bar may still grow, as by what others have.
const SETTLES = 1500;
let before = "";
let recent = null;

const show = (told) => {
  const attribute = told.parentElement;
  const { top, bottom } = attribute.getBoundingClientRect();
  const bar = document.querySelector("[data-testid=bar]")?.getBoundingClientRect();
  const isBelow = bar && bar.height > 0 && bar.top > innerHeight / 2;
  const end = isBelow ? Math.min(bar.top, innerHeight) : innerHeight;
  // What was changed from elsewhere, such as by an undo, is not gone to.
  if (top >= end || bottom <= 0) return;
  const last = [...attribute.querySelectorAll(":scope > [data-testid=moved] ~ *")].at(-1) ?? told;
  const hidden = last.getBoundingClientRect().bottom + GAP - end;
  const room = told.getBoundingClientRect().top - HEAD;
  const by = Math.min(hidden, room);
  if (by <= 0) return;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: by, behavior: isCalm ? "instant" : "smooth" });
};
const begin = (told) => {
  if (!told.isConnected) return;
  show(told);
  recent = told;
  setTimeout(() => recent === told && leave(), SETTLES);
};
const leave = () => {
  recent = null;
};
const look = () => {
  const told = root.querySelector("[data-attribute] > [data-testid=moved]");
  const now = told ? told.parentElement.dataset.attribute + told.textContent : "";
  const isNew = now && now !== before;
  before = now;
  // The tiles beside it follow a frame later.
  if (isNew) requestAnimationFrame(() => requestAnimationFrame(() => begin(told)));
};

let isAwaited = false;
const wait = () => {
  if (isAwaited) return;
  isAwaited = true;
  requestAnimationFrame(() => {
    isAwaited = false;
    look();
  });
};
// Whoever goes elsewhere meanwhile is left there.
for (const own of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(own, leave, { passive: true });
const bar = document.querySelector("[data-testid=bar]");
if (bar) new ResizeObserver(() => recent?.isConnected && show(recent)).observe(bar);
new MutationObserver(wait).observe(root, { childList: true, characterData: true, subtree: true });
wait();
