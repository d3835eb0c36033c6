// Designs and prices beside the editor's forms: where they took longer than a moment, they are put in once they are known.
import { morph } from "./patch.js";

const EVERY = 300;
const MOST_FAILURES = 5;
let failures = 0;
let next;

const shown = () => document.getElementById("overview");
const look = async () => {
  const asked = shown();
  if (!asked?.dataset.goingOn) return;
  const { from, of } = asked.dataset;
  try {
    const answer = await fetch(from);
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("overview");
    // A draft that was saved meanwhile has an overview of its own by now.
    const here = shown();
    if (fresh && here && (here.dataset.of === of || here.dataset.of === fresh.dataset.of)) morph(here, fresh);
    failures = 0;
    // It can't be looked into any more: the page that is saved next says why.
    if (!fresh) return;
  } catch {
    // The link to the analysis still leads on.
    failures += 1;
  }
  if (failures < MOST_FAILURES) lookSoon();
};
const lookSoon = () => {
  clearTimeout(next);
  if (shown()?.dataset.goingOn) next = setTimeout(look, EVERY * 2 ** failures);
};
document.addEventListener("patched", lookSoon);
lookSoon();
