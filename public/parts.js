// The sections of the editor, each a form, and what of them is not saved.
import { defaults, differing, isText, values } from "./fields.js";

const editor = document.getElementById("editor");
export const formOf = (part) => part.querySelector("form");
export const parts = () => [...editor.querySelectorAll("[data-part]")].filter(formOf);
export const partOf = (node) => node.closest?.("[data-part]");

// By section: what the shop has of it, and why it is not saved, if it can't be. A page that is a form which came back has what was typed.
const states = new WeakMap();
export const stateOf = (part) => {
  if (!states.has(part)) states.set(part, { base: defaults(formOf(part)), html: written(part), fault: cameBack(part), reason: "", typed: null });
  return states.get(part);
};
// As it came: without the version, which every save changes, and what scripts do to it.
export const written = (part) => part.outerHTML.replace(/name="version" value="[^"]*"| hidden=""| aria-autocomplete="list"/g, "");
const cameBack = (part) => {
  if (!("open" in part.dataset)) return null;
  if (part.querySelector("[data-testid=conflict]")) return "clash";
  return part.querySelector("[data-testid=asks]") ? "asks" : "wrong";
};
// Read once until something in it changes: a form may have thousands of fields.
export const typedIn = (part) => {
  const state = stateOf(part);
  state.typed ??= differing(values(formOf(part)), state.base);
  return state.typed;
};
export const touch = (part) => (stateOf(part).typed = null);
export const isTyped = (part) => typedIn(part).size > 0;
// What was mended by typing what the shop has anyway is sent, too, so that it is not said to be wrong any more.
export const isToSend = (part) => !stateOf(part).fault && (isTyped(part) || stateOf(part).isMarked);

// A text is saved once it is left, and so are fields that mean something only together.
export const isHeld = (part) => {
  if (part.querySelector("[aria-busy=true]")) return true;
  const at = document.activeElement;
  if (part.contains(at) && isText(at) && typedIn(part).has(at.name)) return true;
  const wholes = [];
  for (let node = document.activeElement; node && node !== part; node = node.parentElement) {
    if (node.matches("[data-whole]") && part.contains(node)) wholes.push(node);
  }
  const names = typedIn(part);
  return wholes.some((whole) => [...whole.querySelectorAll("[name]")].some(({ name }) => names.has(name)));
};
