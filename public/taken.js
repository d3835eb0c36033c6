// A page of the admin that tells of no fault, and is no log-in, came after what was sent from the page before it: that was taken
// (`typed.js`).
const { pathname } = new URL(document.referrer || "about:blank");
try {
  for (const [place, kept] of Object.entries(sessionStorage)) {
    const [what, , path] = place.split(" ");
    if (what !== "typed" || path !== pathname) continue;
    sessionStorage.setItem(place, JSON.stringify(JSON.parse(kept).map((one) => ({ ...one, taken: one.sent }))));
  }
} catch {
  // Without storage nothing is kept.
}
