// For a product that only the server can work out: every change is sent there, and the page comes back as it was left.
import "./search.js";

const form = document.querySelector("#configurator form");
const place = form.getAttribute("action");
const details = [...form.querySelectorAll("details")];

// Without storage the page comes back at its top.
const stored = (task) => {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
};
// What was acted on stays where it is in the window, whatever comes or goes above it.
const placeOf = (element) => element.closest("[data-attribute]").getBoundingClientRect().top;
// The box beside a slider is what is sent.
const boxOf = (slider) => slider.closest("[data-attribute]").querySelector("input[name]");
let acted;
addEventListener("pagehide", () => {
  if (!acted) return;
  const { element, ...what } = acted;
  const left = { ...what, part: location.hash, top: placeOf(element), open: details.map(({ open }) => open) };
  stored((storage) => storage.setItem(place, JSON.stringify(left)));
});

// What an answer or a change moved is told once: neither a reload nor a link tells it again.
const told = /&_(?:before|was|release)=[^&]*/g;
if (location.search.search(told) >= 0) history.replaceState(history.state, "", location.pathname + location.search.replace(told, "") + location.hash);

// Enter would send the form, which nobody means there.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[type=radio], [type=checkbox], [type=range], [type=search]")) event.preventDefault();
});

let waiting;
form.addEventListener("change", ({ target }) => {
  const field = target.matches("[type=range]") ? boxOf(target) : target;
  if (!field.name) return;
  if (!form.reportValidity()) return;
  acted = { element: field, name: field.name, value: field.value, slid: field !== target };
  form.setAttribute("aria-busy", "true");
  // Leaving a text may be the beginning of a click on "Order", which then goes first.
  clearTimeout(waiting);
  waiting = setTimeout(() => form.requestSubmit(), field.matches("[type=radio], [type=checkbox]") ? 0 : 200);
});
form.addEventListener("submit", () => clearTimeout(waiting));
form.addEventListener("input", ({ target }) => {
  if (target.matches("[type=range]")) boxOf(target).value = target.value;
});
form.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey, altKey }) => {
  const attribute = target.closest("[data-testid=panel] a, [name=_release]") && target.closest("[data-attribute]");
  const opensElsewhere = ctrlKey || metaKey || shiftKey || altKey;
  if (attribute && !opensElsewhere) acted = { element: attribute, name: attribute.dataset.attribute, value: null };
});
// A page that the browser kept shows the design it came with, and is ready for the next change.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  HTMLFormElement.prototype.reset.call(form);
  acted = undefined;
  form.removeAttribute("aria-busy");
});

const left = JSON.parse(stored((storage) => storage.getItem(place)));
stored((storage) => storage.removeItem(place));
if (left) {
  // The step that was shown.
  if (left.part && !location.hash) location.replace(left.part);
  details.forEach((element, index) => (element.open = left.open[index] ?? element.open));
  const fields = [...form.querySelectorAll("[name]")].filter(({ name }) => name === left.name);
  const field = fields.find(({ value }) => value === left.value) ?? fields.find(({ checked }) => checked) ?? fields[0];
  // What a change moved besides is told where it was made.
  const moved = document.querySelector("[data-testid=moved]");
  if (field && moved) field.closest("[data-attribute]").append(moved);
  const slider = left.slid && field?.closest("[data-attribute]").querySelector("[type=range]");
  if (field) scrollBy({ top: placeOf(field) - left.top, behavior: "instant" });
  form.querySelector("[data-testid=panel]")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  (slider || field)?.focus({ preventScroll: true });
  const news = (moved ?? form.querySelector("[data-testid=panel] p, [data-testid=total]")).textContent;
  const status = form.querySelector("[data-testid=bar] [role=status]");
  status.textContent = "";
  setTimeout(() => (status.textContent = news), 100);
}
