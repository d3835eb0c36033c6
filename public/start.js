// Loads the configurator; a page without it keeps working as a plain form.
const { script, wasm } = document.getElementById("start").dataset;
const { default: init, hydrate } = await import(script);
await init({ module_or_path: wasm });
await hydrate();
