// Loads the configurator. Where that fails, in an old browser or over a broken line, or takes too long, every change goes to
// the server.
const { script, wasm } = document.getElementById("start").dataset;
const patience = 30_000;
// Where it failed it is left alone for a while: the next pages are forms at once, instead of keeping the shopper waiting again.
const pause = 300_000;
const stored = (task) => {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
};
const failedAt = Number(stored((storage) => storage.getItem("configurator failed")));
const late = new AbortController();
const timer = setTimeout(() => late.abort(new Error("The line is too slow.")), patience);
try {
  if (Date.now() - failedAt < pause) throw new Error("It failed a moment ago.");
  const gaveUp = new Promise((_, fail) => late.signal.addEventListener("abort", () => fail(late.signal.reason)));
  const { default: init, hydrate } = await Promise.race([import(script), gaveUp]);
  await Promise.race([init({ module_or_path: fetch(wasm, { signal: late.signal }) }), gaveUp]);
  clearTimeout(timer);
  await hydrate();
} catch (error) {
  clearTimeout(timer);
  if (Date.now() - failedAt >= pause) stored((storage) => storage.setItem("configurator failed", Date.now()));
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
