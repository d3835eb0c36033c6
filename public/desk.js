// The orders desk: ticks all orders of a page at once, and prints an order's sheet. Without it each is ticked by itself, and the browser's
// own menu prints.
const all = document.querySelector("[data-tick-all]");
if (all) {
  const ticks = [...all.form.querySelectorAll('input[name="order"]')];
  const follow = () => {
    const ticked = ticks.filter((tick) => tick.checked).length;
    all.checked = ticked === ticks.length;
    all.indeterminate = ticked > 0 && ticked < ticks.length;
  };
  all.addEventListener("change", () => {
    for (const tick of ticks) tick.checked = all.checked;
  });
  all.form.addEventListener("change", follow);
  follow();
  all.closest("label").hidden = false;
}
const print = document.querySelector("[data-print]");
if (print) {
  print.addEventListener("click", () => window.print());
  print.hidden = false;
}
