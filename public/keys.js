// Keys of the editor: arrows lead up and down through the cells of a table of options; Ctrl+Z outside of a text takes the last change back.
import { isText } from "./fields.js";

const rowsOf = (row) => [...row.parentElement.children].filter((other) => other.matches("[data-option]"));
const fieldOf = (row, cell, at) => row.querySelector(`[data-cell="${CSS.escape(cell)}"]`)?.querySelectorAll("input, select, textarea")[at];

const goTo = (field, by) => {
  const cell = field.closest("[data-cell]");
  const row = cell?.closest("[data-option]");
  if (!row) return false;
  const at = [...cell.querySelectorAll("input, select, textarea")].indexOf(field);
  const rows = rowsOf(row);
  const next = rows[rows.indexOf(row) + by];
  const wanted = next && fieldOf(next, cell.dataset.cell, at);
  // On a phone a card that is closed has no such field.
  if (!wanted?.getClientRects().length) return false;
  wanted.focus();
  if (isText(wanted)) wanted.select();
  return true;
};

document.addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (event.defaultPrevented || event.isComposing || altKey) return;
  const way = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (way && !ctrlKey && !metaKey && !shiftKey && target.matches?.("[data-cell] input")) {
    if (goTo(target, way)) event.preventDefault();
    return;
  }
  const letter = key.toLowerCase();
  if (!(ctrlKey || metaKey) || !(letter === "z" || letter === "y") || isText(target) || target.isContentEditable) return;
  const form = letter === "y" || shiftKey ? "redo-step" : "undo-step";
  const button = document.querySelector(`#bar [data-way="${form}"]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// What sticks below the head of the page sticks to its end, however many lines it has.
const bar = document.getElementById("bar");
const editor = document.getElementById("editor");
if (bar && editor) {
  const measure = () => {
    // Another one takes its place when something is saved.
    const head = bar.firstElementChild;
    const sticks = head && getComputedStyle(head).position === "sticky";
    editor.style.setProperty("--bar", sticks ? `${head.offsetHeight}px` : "0px");
  };
  new MutationObserver(measure).observe(bar, { childList: true, characterData: true, subtree: true });
  new ResizeObserver(measure).observe(document.documentElement);
}
