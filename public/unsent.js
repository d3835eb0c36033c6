// Where a session ended, the log-in comes instead of what was sent, and where something failed, what says so: of the page that sent
// it, what was typed was not taken (`typed.js`).
const { pathname } = new URL(document.referrer || location.href);
try {
  for (const [place, kept] of Object.entries(sessionStorage)) {
    const [what, , path] = place.split(" ");
    if (what !== "typed" || path !== pathname) continue;
    sessionStorage.setItem(place, JSON.stringify(JSON.parse(kept).map((one) => ({ ...one, sent: false, taken: false }))));
  }
} catch {
  // Without storage nothing is kept.
}
