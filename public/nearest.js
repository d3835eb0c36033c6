// Where a search in a long list finds nothing, what comes nearest is shown in its place: of a number those beside it, of a hue's name
// that hue, of a colour as HTML writes it those that look most like it. Where nothing does, there is the way back to all of it.
import { folded, nameOf } from "./folded.js";

const root = document.getElementById("configurator");
const MOST = 3;
const tilesOf = (list) => [...list.querySelectorAll("[data-option]")];
/** The tiles that are least far away. */
const least = (tiles, farness) => {
  const far = tiles.map((tile) => [farness(tile), tile]).filter(([far]) => Number.isFinite(far));
  return far.sort(([one], [other]) => one - other).slice(0, MOST).map(([, tile]) => tile);
};

const byColour = (list, query) => {
  const [, short, long] = /^#?(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(query) ?? [];
  if (!long && !(short && query.startsWith("#"))) return [];
  const channels = (hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const wanted = channels(long ?? short.replace(/./g, "$&$&"));
  return least(tilesOf(list), (tile) => {
    const dot = tile.querySelector("[style*='--dot']")?.style.getPropertyValue("--dot").trim();
    return dot ? channels(dot.slice(1)).reduce((sum, channel, at) => sum + (channel - wanted[at]) ** 2, 0) : NaN;
  });
};
const byNumber = (list, query) => {
  const digits = /\d{2,}/.exec(query)?.[0];
  const numberOf = (tile) => /\d{3,}/.exec(folded(nameOf(tile)))?.[0];
  if (!digits) return [];
  return least(tilesOf(list), (tile) => {
    const own = numberOf(tile);
    // Of a number that was begun, as if it went on with zeros.
    return own && digits.length <= own.length ? Math.abs(own - digits.padEnd(own.length, "0")) : NaN;
  });
};
/** The hue that a word names: "pinks", "himmelblau". */
const byHue = (list, query) => {
  const words = query.split(/\s+/u).filter((word) => word.length > 2);
  const names = (heading) => folded(heading.textContent).split(/\s+/u).filter((word) => word.length > 2);
  const isNamed = (heading) => names(heading).some((name) => words.some((word) => word.includes(name) || name.includes(word)));
  return [...list.querySelectorAll("h4")].find(isNamed);
};

/** What is told under the field, and the way back to all. */
const noteOf = (field) => {
  const known = field.parentElement.parentElement.querySelector("[data-near]");
  if (known) return known;
  const note = document.createElement("p");
  note.dataset.near = "";
  note.className = "mt-1 text-s text-muted";
  note.setAttribute("role", "status");
  field.parentElement.after(note);
  return note;
};
const wayToAll = (field, list) => {
  const words = list.querySelector("summary span").textContent;
  const way = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  way.className = "inline-flex min-h-11 items-center text-accent underline";
  way.addEventListener("click", () => {
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    [...list.querySelectorAll("details")].at(-1).open = true;
    field.focus();
  });
  return way;
};
// What is said of the present colour is no answer to a search that does not find it, until one is pointed at.
const quieten = (list, isSearched) => {
  const caption = list.querySelector("[data-testid=caption]");
  if (caption) caption.hidden = isSearched && !!list.querySelector("[data-option][hidden] :checked");
};
const look = (field) => {
  const list = field.closest("[data-attribute]");
  const raw = field.value.trim();
  const query = folded(raw);
  const note = noteOf(field);
  quieten(list, query !== "");
  if (!query || tilesOf(list).some(({ hidden }) => !hidden)) return note.replaceChildren();
  const hue = byHue(list, query);
  let near = byColour(list, raw);
  if (!near.length) near = byNumber(list, query);
  const named = near.length === 0 ? hue?.textContent : near.map(nameOf).join(" · ");
  if (named === undefined) return note.replaceChildren(wayToAll(field, list));
  if (!near.length) near = tilesOf(hue.parentElement);
  for (const tile of near) tile.hidden = false;
  note.textContent = `${root.dataset.nearest} ${named}`;
};
// After what searches has done its part.
root.addEventListener("input", ({ target }) => target.matches("[type=search]") && setTimeout(look, 0, target));
const pointed = ({ target }) => {
  const list = target.closest("[data-option]")?.closest("[data-attribute]");
  const caption = list?.querySelector("[data-testid=caption][hidden]");
  if (caption) caption.hidden = false;
};
for (const kind of ["pointerover", "focusin"]) root.addEventListener(kind, pointed);
