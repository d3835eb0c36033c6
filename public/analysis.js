// What is found out of a draft, as it is found out: the part of the page that tells it is asked for again until there is nothing more.
// What waits for that can then be done.
const EVERY = 400;
const MOST_FAILURES = 5;
let failures = 0;
// What was found out last, until it is shown.
let latest = null;

const go = () => {
  for (const waiting of document.querySelectorAll("[data-waits]")) {
    if (waiting instanceof HTMLButtonElement) {
      waiting.disabled = false;
      delete waiting.dataset.waits;
    } else waiting.remove();
  }
};

// Whoever is at something there keeps it; what it says by then is shown once they are elsewhere.
const show = () => {
  const found = document.getElementById("found");
  if (!latest || found.contains(document.activeElement)) return;
  const isOver = !latest.dataset.goingOn;
  found.replaceWith(document.adoptNode(latest));
  latest = null;
  if (isOver) go();
};
// Where the focus goes is known a moment after it left.
document.addEventListener("focusout", () => setTimeout(show));

// The page may be the answer to a form, which has an address of its own.
const from = document.getElementById("found")?.dataset.from;
const look = async () => {
  let goesOn = true;
  try {
    const answer = await fetch(from);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    latest = page.getElementById("found");
    // Another page has none: whoever was logged in is no more.
    goesOn = Boolean(latest?.dataset.goingOn);
    if (!latest) go();
    show();
    failures = 0;
  } catch {
    // The link under the progress still leads on.
    failures += 1;
  }
  if (goesOn && failures < MOST_FAILURES) setTimeout(look, EVERY * 2 ** failures);
  // Where nothing more is found out, the shop is asked all the same.
  else if (goesOn) go();
};
if (document.getElementById("found")?.dataset.goingOn) setTimeout(look, EVERY);
