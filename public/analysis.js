// What is found out of a draft, as it is found out: the page is asked for again until there is nothing more.
const EVERY = 400;
const MOST_FAILURES = 5;
let failures = 0;
// What was found out last, until it is shown.
let latest = null;

// Whoever is at something there keeps it; what it says by then is shown once they are elsewhere.
const show = () => {
  const found = document.getElementById("found");
  if (!latest || found.contains(document.activeElement)) return;
  found.replaceWith(document.adoptNode(latest));
  latest = null;
};
// Where the focus goes is known a moment after it left.
document.addEventListener("focusout", () => setTimeout(show));

const look = async () => {
  let goesOn = true;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    latest = page.getElementById("found");
    // Another page has none: whoever was logged in is no more.
    goesOn = Boolean(latest?.dataset.goingOn);
    show();
    failures = 0;
  } catch {
    // The link under the progress still leads on.
    failures += 1;
  }
  if (goesOn && failures < MOST_FAILURES) setTimeout(look, EVERY * 2 ** failures);
};
if (document.getElementById("found")?.dataset.goingOn) setTimeout(look, EVERY);
