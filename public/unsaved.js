// What of the editor is not saved, kept for this tab: a reload or a crash loses nothing. It is put back when the page comes again.
import { differing, fill, labelOf, values } from "./fields.js";
import { open } from "./focus.js";
import { formOf, parts, stateOf, touch, typedIn } from "./parts.js";
import { isMade, isNew, keysIn } from "./rows.js";

const { page } = document.getElementById("editor").dataset;
const STORE = `unsaved ${document.getElementById("saving").dataset.by} ${page}`;
const stored = (task) => {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
};
const read = () => JSON.parse(stored((storage) => storage.getItem(STORE))) ?? {};
// Of a page with one section the others stay as they are kept.
const isWhole = parts().length > 1;

/** Texts that have no place any more: they are shown until somebody forgets them. */
export let lost = [];
export const forgetLost = () => (lost = []);
export const lose = (typed) => {
  const texts = typed.flatMap(([name, said, label]) => (name === "" ? said : typeof label !== "string" ? [] : said.filter((text) => text.trim()).map((text) => `${label}: ${text}`)));
  lost.push(...texts.filter((text) => !lost.includes(text)));
};
/** What is typed in a section: by field what it says, and what it is called. */
export const typedOf = (part) => {
  const form = formOf(part);
  const now = values(form);
  return [...typedIn(part)].map((name) => [name, now.get(name) ?? [], labelOf(form, name)]);
};

export const keep = () => {
  const before = isWhole ? {} : read();
  const all = Object.fromEntries(Object.entries(before).filter(([id]) => id && !parts().some((part) => part.id === id)));
  for (const part of parts()) {
    const typed = typedOf(part);
    if (!typed.length) continue;
    const { version, base } = formOf(part).elements;
    const { unsure, isOnItsWay } = stateOf(part);
    const isSent = Boolean(unsure || isOnItsWay) && typed.some(([name]) => isNew(name));
    const keys = isSent ? keysIn(formOf(part)) : undefined;
    all[part.id] = { version: version.value, base: base.value, typed, keys };
  }
  if (lost.length) all[""] = { typed: [["", lost]] };
  const isAny = Object.keys(all).length > 0;
  stored((storage) => (isAny ? storage.setItem(STORE, JSON.stringify(all)) : storage.removeItem(STORE)));
};
let keeping;
export const keepSoon = () => {
  clearTimeout(keeping);
  keeping = setTimeout(keep, 200);
};

// What was sent for a new entry while the page went is not put back where the shop has it by now.
const notMade = (form, { typed, keys }) => (keys && isMade(form, new Map(typed), keys) ? typed.filter(([name]) => !isNew(name)) : typed);
// Rows that can't be taken yet have no fields on a page that comes anew: they go back to where rows are pasted.
const asRows = (typed, names) => {
  const own = typed.filter(([name]) => name.startsWith("left.") && !names.has(name)).map(([name, [said = ""]]) => [...name.split(".").slice(1), said]);
  // Which row it was, and that it is to be left out, are no columns.
  const out = new Set(own.filter(([, column, said]) => column === "out" && said).map(([row]) => row));
  const cells = own.filter(([row, column]) => column !== "row" && column !== "out" && !out.has(row));
  if (!cells.length || !names.has("rows") || typed.some(([name, [said]]) => name === "rows" && said.trim())) return typed;
  const columns = [...new Set(cells.map(([, column]) => column))];
  const rows = [...new Set(cells.map(([row]) => row))].map((at) => columns.map((wanted) => cells.find(([row, column]) => row === at && column === wanted)?.[2] ?? ""));
  const quoted = (cell) => `"${cell.replaceAll('"', '""')}"`;
  const text = [columns, ...rows].map((row) => row.map(quoted).join(",")).join("\n");
  return [...typed.filter(([name]) => !name.startsWith("left.") && name !== "rows"), ["rows", [text]]];
};
export const putBack = () => {
  for (const [id, kept] of Object.entries(read())) {
    const part = parts().find((known) => known.id === id);
    if (!part && !isWhole && id) continue;
    const names = part ? values(formOf(part)) : new Map();
    const typed = part ? asRows(notMade(formOf(part), kept), names) : kept.typed;
    const here = typed.filter(([name]) => names.has(name));
    lose(typed.filter(([name]) => !names.has(name)));
    if (!part || !here.length) continue;
    const { base: saved } = stateOf(part);
    if (!differing(new Map(here), new Map(here.map(([name]) => [name, saved.get(name) ?? []]))).size) continue;
    const form = formOf(part);
    fill(form, new Map(here));
    // It was made from that draft: what others saved since is theirs, or a clash.
    const { version, base } = form.elements;
    stateOf(part).came = { version: version.value, base: base.value };
    [version.value, base.value] = [kept.version, kept.base];
    stateOf(part).fault = "putBack";
    touch(part);
    open(form.querySelector(`[name="${CSS.escape(here[0][0])}"]`));
  }
};
