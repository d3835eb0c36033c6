// Where a search in a long list finds nothing, what comes nearest is shown in its place: of a number those beside it, of a hue's name
// that hue, of a colour as HTML writes it those that look most like it, of a name that was mistyped
// those that are written nearly so. Where nothing does, there is the way back to all of it.
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
// What hues are called, whatever the page's language, in the order of `configurator::hue`: each list names one heading.
const HUES = [
  "yellow beige cream gold gelb creme أصفر بيج ذهبي",
  "orange برتقالي",
  "red crimson burgundy maroon rot bordeaux أحمر خمري",
  "pink violet purple magenta lilac mauve rosa violett lila flieder وردي بنفسجي زهري",
  "blue azure navy blau أزرق كحلي",
  "green olive grün أخضر زيتي",
  "brown braun chocolate بني",
  "grey gray silver anthracite grau silber anthrazit رمادي فضي",
  "white weiß ivory أبيض عاجي",
  "black schwarz أسود",
].map((names) => names.split(" ").map(folded));
/** Where in a text a hue is named last, or that the text begins its name. */
const placeIn = (text, names) => {
  const isBegun = text.length > 2 && names.some((name) => name.startsWith(text));
  return Math.max(isBegun ? 0 : -1, ...names.map((name) => text.lastIndexOf(name)));
};
/** The hue that words name: "pinks", "sky blue", "himmelblau"; of several the last, as in "blue green". */
const byHue = (list, query) => {
  const [place, names] = HUES.map((names) => [placeIn(query, names), names]).sort(([one], [other]) => other - one)[0];
  const isNamed = (heading) => placeIn(folded(heading.textContent), names) >= 0;
  return place < 0 ? undefined : [...list.querySelectorAll("h4")].find(isNamed);
};

/** How many letters are put in, left out or changed until one word is the other. */
const edits = (one, other) => {
  let row = [...Array(other.length + 1).keys()];
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [place, own] of [...other].entries()) {
      next.push(Math.min(next[place] + 1, row[place + 1] + 1, row[place] + (letter === own ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1);
};
/** Names with a word that is nearly what was typed, or begins so: "turqoise". */
const byName = (list, query) => {
  if (query.length < 4) return [];
  const most = Math.floor(query.length / 4);
  return least(tilesOf(list), (tile) => {
    const words = folded(nameOf(tile)).split(/\s+/u).flatMap((word) => [word, word.slice(0, query.length)]);
    const far = Math.min(...words.map((word) => edits(query, word)));
    return far <= most ? far : NaN;
  });
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
  if (!near.length && !hue) near = byName(list, query);
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
