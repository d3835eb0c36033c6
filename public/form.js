// For a product that only the server can work out: every change is sent there, and the page comes back as it was left.
const KEPT = "place";
const form = document.querySelector("#configurator form");
form.addEventListener("change", ({ target }) => {
  const { name, value } = target;
  sessionStorage.setItem(KEPT, JSON.stringify({ top: scrollY, name, value }));
  form.setAttribute("aria-busy", "true");
  form.requestSubmit();
});
const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
sessionStorage.removeItem(KEPT);
if (kept) {
  scrollTo({ top: kept.top, behavior: "instant" });
  const fields = [...form.elements].filter(({ name }) => name === kept.name);
  (fields.find(({ value }) => value === kept.value) ?? fields[0])?.focus({ preventScroll: true });
}
// A page that the browser kept is ready for the next change.
addEventListener("pageshow", () => form.removeAttribute("aria-busy"));
