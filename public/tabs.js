// The row of a product's pages is longer than a phone's screen: it is scrolled to the page that is shown.
const here = document.querySelector("#bar nav [aria-current]");
const row = here?.parentElement;
if (row) {
  const [tab, line] = [here, row].map((node) => node.getBoundingClientRect());
  row.scrollBy({ left: tab.left + tab.width / 2 - line.left - line.width / 2, behavior: "instant" });
}
