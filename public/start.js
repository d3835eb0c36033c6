// Loads the configurator. Where that fails, in an old browser or over a broken line, or takes too long, every change goes to
// the server.
const { script, wasm } = document.getElementById("start").dataset;
const patience = 30_000;
const late = new AbortController();
const timer = setTimeout(() => late.abort(new Error("The line is too slow.")), patience);
try {
  const gaveUp = new Promise((_, fail) => late.signal.addEventListener("abort", () => fail(late.signal.reason)));
  const { default: init, hydrate } = await Promise.race([import(script), gaveUp]);
  await Promise.race([init({ module_or_path: fetch(wasm, { signal: late.signal }) }), gaveUp]);
  clearTimeout(timer);
  await hydrate();
} catch (error) {
  clearTimeout(timer);
  console.warn("The configurator can't be loaded here, so every change is sent to the server.", error);
  await import("/form.js");
  // What was changed in the meantime goes first.
  const changed = ({ type, checked, defaultChecked, value, defaultValue }) => {
    if (type === "radio") return checked && !defaultChecked;
    return type === "checkbox" ? checked !== defaultChecked : value !== defaultValue;
  };
  const early = [...document.querySelectorAll("#configurator [name]:not([type=hidden], button)")].find(changed);
  early?.dispatchEvent(new Event("change", { bubbles: true }));
}
