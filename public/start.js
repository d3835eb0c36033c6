// Loads the configurator. Where that fails, in an old browser or over a broken line, or takes too long, every change goes to
// the server. Where it is gone because the shop has another release by now, the page is fetched anew, once.
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
const within = (what) => Date.now() - Number(stored((storage) => storage.getItem(what))) < pause;
const remember = (what) => stored((storage) => storage.setItem(what, Date.now()) ?? true);
const hasFailed = within("configurator failed");
const late = new AbortController();
const timer = setTimeout(() => late.abort(new Error("The line is too slow.")), patience);
try {
  if (hasFailed) throw new Error("It failed a moment ago.");
  const gaveUp = new Promise((_, fail) => late.signal.addEventListener("abort", () => fail(late.signal.reason)));
  const { default: init, hydrate } = await Promise.race([import(script), gaveUp]);
  await Promise.race([init({ module_or_path: fetch(wasm, { signal: late.signal }) }), gaveUp]);
  clearTimeout(timer);
  await hydrate();
} catch (error) {
  const isGone = async () => {
    const artifact = document.getElementById("configurator")?.dataset.artifact;
    const asked = [script, wasm, artifact].filter(Boolean).map(async (address) => {
      const answer = await fetch(address, { method: "HEAD", signal: late.signal });
      return answer.status === 404;
    });
    return (await Promise.all(asked.map((answer) => answer.catch(() => false)))).includes(true);
  };
  // Not again within a while, nor where that can't be remembered: two releases that take turns would go on for ever.
  const isForAnew = !hasFailed && !within("page fetched anew") && (await isGone()) && remember("page fetched anew");
  clearTimeout(timer);
  if (!isForAnew && !hasFailed) remember("configurator failed");
  console.warn("The configurator can't be loaded here, so every change is sent to the server.", error);
  // What was changed in the meantime goes first, and comes back in a page of the present release.
  const changed = ({ type, checked, defaultChecked, value, defaultValue }) => {
    if (type === "radio") return checked && !defaultChecked;
    return type === "checkbox" ? checked !== defaultChecked : value !== defaultValue;
  };
  const early = () => [...document.querySelectorAll("#configurator [name]:not([type=hidden], button)")].find(changed);
  if (isForAnew && !early()) {
    location.reload();
  } else {
    document.getElementById("configurator").dataset.failed = "";
    await import("/form.js");
    // Also what was changed while that was loading.
    early()?.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
