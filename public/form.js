// For a product that only the server can work out: every change is sent there, and the page comes back as it was left.
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
const leave = (name, value, slid = false) => {
  const left = { name, value, slid, top: scrollY, open: details.map(({ open }) => open) };
  stored((storage) => storage.setItem(place, JSON.stringify(left)));
};

let waiting;
form.addEventListener("change", ({ target }) => {
  const field = target.matches(".slider") ? target.closest(".number").querySelector("[name]") : target;
  if (!form.reportValidity()) return;
  leave(field.name, field.value, field !== target);
  form.setAttribute("aria-busy", "true");
  // Leaving a text may be the beginning of a click on "Order", which then goes first.
  clearTimeout(waiting);
  waiting = setTimeout(() => form.requestSubmit(), field.matches("[type=radio], [type=checkbox]") ? 0 : 200);
});
form.addEventListener("submit", () => clearTimeout(waiting));
form.addEventListener("input", ({ target }) => {
  if (target.matches(".slider")) target.closest(".number").querySelector("[name]").value = target.value;
});
form.addEventListener("click", ({ target }) => {
  const attribute = target.closest(".panel a") && target.closest("[data-attribute]");
  if (attribute) leave(attribute.dataset.attribute, null);
});
// A page that the browser kept is ready for the next change.
addEventListener("pageshow", () => form.removeAttribute("aria-busy"));

const left = JSON.parse(stored((storage) => storage.getItem(place)));
stored((storage) => storage.removeItem(place));
if (left) {
  details.forEach((element, index) => (element.open = left.open[index] ?? element.open));
  scrollTo({ top: left.top, behavior: "instant" });
  const fields = [...form.elements].filter(({ name }) => name === left.name);
  const field = fields.find(({ value }) => value === left.value) ?? fields.find(({ checked }) => checked) ?? fields[0];
  const slider = left.slid && field?.closest(".number").querySelector(".slider");
  (slider || field)?.focus({ preventScroll: true });
  const total = form.querySelector("[data-testid=total]").textContent;
  setTimeout(() => (form.querySelector(".visually-hidden[role=status]").textContent = `Now ${total}`), 100);
}
