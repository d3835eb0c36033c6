// The picture beside the editor's forms follows the option or the layer that is being edited.
const editor = document.getElementById("editor");
const MOMENT = 150;
const here = () => document.getElementById("picture");

let wanted = here()?.dataset.shows ?? "";
// What was shown last of that, which stands until a newer one is there: a page that was put into this one has the standard.
let last = null;
let turn = 0;
let soon;

const ask = async () => {
  const place = here();
  if (!place) return;
  turn += 1;
  const mine = turn;
  try {
    const answer = await fetch(`${place.dataset.from}&show=${encodeURIComponent(wanted)}`);
    if (!answer.ok || answer.redirected || mine !== turn) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("picture");
    if (mine !== turn || !fresh) return;
    last = document.adoptNode(fresh);
    here()?.replaceWith(last.cloneNode(true));
  } catch {
    // It is as it was, and follows again with the next change.
  }
};
const want = (part) => {
  if (part === (wanted || "standard")) return;
  wanted = part;
  clearTimeout(soon);
  soon = setTimeout(ask, MOMENT);
};

editor.addEventListener("focusin", ({ target }) => {
  const row = target.closest("[data-show]");
  if (row) want(row.dataset.show);
  else if (target.closest("[data-part]")) want("standard");
});
editor.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-testid=show-it]");
  const row = link?.closest("[data-show]");
  if (!row || !here() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  want(row.dataset.show);
});
document.addEventListener("patched", () => {
  const place = here();
  if (!place || !wanted || wanted === "standard" || place.dataset.shows === wanted) return;
  if (last?.dataset.shows === wanted) place.replaceWith(last.cloneNode(true));
  clearTimeout(soon);
  ask();
});
