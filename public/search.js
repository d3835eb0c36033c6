// Searches long menus by name and number where the page is a form: what the configurator does itself once it is alive
// (`configurator::options`, `configurator::folded`).
import { folded, nameOf } from "./folded.js";

const root = document.getElementById("configurator");
/** Whether every word stands in a name, or the whole of it does when blanks don't count; both folded. */
export const isFound = (name, query) => {
  const close = (text) => text.replace(/\s/gu, "");
  const words = query.split(/\s+/u).filter(Boolean);
  return words.every((word) => name.includes(word)) || close(name).includes(close(query));
};

// The words for counts come by their kinds, each with a count that is of it.
const KINDS = { zero: 0, one: 1, two: 2, few: 3, many: 11, other: 100 };
const told = (count) => {
  const kind = new Intl.PluralRules(document.documentElement.lang).select(count);
  return root.dataset.found.split("|")[Object.keys(KINDS).indexOf(kind)].replace(KINDS[kind], count);
};

// Lists that were open before they were searched.
const opened = new WeakMap();
root.addEventListener("input", ({ target }) => {
  if (!target.matches("[type=search]")) return;
  const list = target.closest("[data-attribute]");
  const query = folded(target.value.trim());
  const tiles = [...list.querySelectorAll("[data-option]")];
  for (const tile of tiles) tile.hidden = !isFound(folded(nameOf(tile)), query);
  const found = tiles.filter(({ hidden }) => !hidden);
  target.parentElement.querySelector("[role=status]").textContent = query ? told(found.length) : "";
  const more = [...list.querySelectorAll("details")].at(-1);
  if (query && !opened.has(target)) opened.set(target, more.open);
  more.open = query !== "" || (opened.get(target) ?? more.open);
  if (!query) opened.delete(target);
});
