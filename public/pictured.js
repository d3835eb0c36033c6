// The picture beside the editor's forms follows the option or the layer that is being edited.
const editor = document.getElementById("editor");
const MOMENT = 150;
const here = () => document.getElementById("picture");

let wanted = here()?.dataset.shows ?? "";
// What was shown last of that, which stands until a newer one is there: a page that was put into this one has the standard.
let last = null;
let asking = new AbortController();
let soon;

// On a phone it stands below the forms: it is asked for once it comes into sight.
let isSeen = true;
const seen = new IntersectionObserver((entries) => {
  isSeen = entries.at(-1).isIntersecting;
  if (isSeen && isOther()) askSoon();
});
const isOther = () => Boolean(here()) && (here().dataset.shows || "standard") !== (wanted || "standard");
const put = (picture) => {
  here()?.replaceWith(picture);
  seen.disconnect();
  seen.observe(picture);
};

const ask = async () => {
  const place = here();
  if (!place || !isSeen) return;
  asking.abort();
  const mine = (asking = new AbortController());
  try {
    const answer = await fetch(`${place.dataset.from}&show=${encodeURIComponent(wanted)}`, { signal: mine.signal });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("picture");
    if (mine.signal.aborted || !fresh) return;
    last = document.adoptNode(fresh);
    put(last.cloneNode(true));
  } catch {
    // It is as it was, and follows again with the next change.
  }
};
const askSoon = () => {
  clearTimeout(soon);
  soon = setTimeout(ask, MOMENT);
};
const want = (part) => {
  if (part === (wanted || "standard")) return;
  wanted = part;
  askSoon();
};

editor.addEventListener("focusin", ({ target }) => {
  const row = target.closest("[data-show]");
  if (row) want(row.dataset.show);
  else if (target.closest("[data-part]")) want("standard");
});
// Who asks for it by its link is led to it, and hears what it shows.
const lead = async () => {
  clearTimeout(soon);
  isSeen = true;
  if (isOther()) await ask();
  const { top, bottom } = here().getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) here().scrollIntoView({ block: "nearest" });
  const announced = document.getElementById("announced");
  if (announced) announced.textContent = here().querySelector("[data-testid=picture-of]").textContent;
};
editor.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-testid=show-it]");
  const row = link?.closest("[data-show]");
  if (!row || !here() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  wanted = row.dataset.show;
  lead();
});
document.addEventListener("patched", () => {
  const place = here();
  if (!place || !wanted || wanted === "standard" || place.dataset.shows === wanted) return;
  if (last?.dataset.shows === wanted) put(last.cloneNode(true));
  clearTimeout(soon);
  ask();
});
if (here()) seen.observe(here());
