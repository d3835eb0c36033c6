// Loads the configurator. Where that fails, in an old browser or over a broken line, every change goes to the server.
const { script, wasm } = document.getElementById("start").dataset;
try {
  const { default: init, hydrate } = await import(script);
  await init({ module_or_path: wasm });
  await hydrate();
} catch (error) {
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
