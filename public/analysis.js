// What is found out of a draft, as it is found out: the page is asked for again until there is nothing more.
const EVERY = 400;
const MOST_FAILURES = 5;
let failures = 0;

const look = async () => {
  const found = document.getElementById("found");
  if (!found?.dataset.goingOn) return;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("found");
    // Another page: whoever was logged in is no more.
    if (!next) return;
    // Whoever is at something there keeps it; what it says by then is shown once they are elsewhere.
    if (!found.contains(document.activeElement)) found.replaceWith(document.adoptNode(next));
    failures = 0;
  } catch {
    // The link under the progress still leads on.
    failures += 1;
  }
  if (failures < MOST_FAILURES) setTimeout(look, EVERY * 2 ** failures);
};
setTimeout(look, EVERY);
