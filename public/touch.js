// Where nothing hovers, what a tile or swatch has no room for opens in place: what choosing it does, and what is to be said of a colour.
// Screen readers are told all of it with the option itself.
const root = document.getElementById("configurator");
const tell = (input) => {
  const tile = input.closest("[data-option]");
  const told = input.getAttribute("aria-description");
  let more = tile?.querySelector("[data-all]");
  if (!told) return more?.remove();
  if (!more) {
    more = document.createElement("span");
    more.dataset.all = "";
    more.className = "relative text-xs text-muted wrap-anywhere";
    more.ariaHidden = "true";
    const button = Object.assign(document.createElement("button"), { type: "button", tabIndex: -1, textContent: root.dataset.more });
    button.className = "-my-2 inline-flex min-h-11 items-center text-accent underline";
    const words = Object.assign(document.createElement("span"), { hidden: true });
    words.className = "block";
    button.addEventListener("click", () => {
      words.hidden = false;
      button.hidden = true;
    });
    more.append(button, words);
    tile.append(more);
  }
  more.lastChild.textContent = told;
};
const begin = () => {
  for (const input of root.querySelectorAll("input[aria-description]")) tell(input);
  new MutationObserver((changes) => changes.forEach(({ target }) => tell(target))).observe(root, {
    subtree: true,
    attributeFilter: ["aria-description"],
  });
};
// The page comes alive over what the server wrote, and nothing else.
if (!root.dataset.artifact || "alive" in root.dataset || "failed" in root.dataset) begin();
else {
  const observer = new MutationObserver(() => {
    observer.disconnect();
    begin();
  });
  observer.observe(root, { attributeFilter: ["data-alive", "data-failed"] });
}
