// Tells that somebody else saved the draft since this page came, and puts what they saved into it where that is wanted. Asked for now and then
// while the page is looked at, and whenever somebody comes back to it.
import { parse } from "./sending.js";

const EVERY = 60_000;
const LEAST = 5_000;
// Who has done nothing for so long is not asked for: each question keeps the session alive.
const ACTIVE = 5 * 60_000;
const ACTS = ["pointerdown", "pointermove", "keydown", "wheel", "focus"];
const editor = document.getElementById("editor");
const box = document.getElementById("newer");

const page = async (address) => {
  const answer = await fetch(address);
  return answer.ok && !answer.redirected ? parse(await answer.text()) : null;
};
// Which draft there is now, and who changed it last.
const now = async (of) => {
  const overview = document.getElementById("overview");
  const known = overview && (await page(overview.dataset.from))?.getElementById("overview")?.dataset.of;
  if (known === of) return null;
  const fresh = (await page(`${editor.dataset.page}?section=budget`))?.getElementById("editor");
  return fresh && fresh.dataset.of !== of ? fresh.dataset : null;
};

/** `isQuiet` says whether nothing is typed or on its way; `load` puts what is saved now into the page, and says whether it did. */
export const watch = (isQuiet, load) => {
  if (!box) return;
  let asked = 0;
  let acted = Date.now();
  const look = async () => {
    if (document.visibilityState !== "visible" || !isQuiet() || Date.now() - asked < LEAST) return;
    if (Date.now() - acted > ACTIVE) return;
    asked = Date.now();
    const { of } = editor.dataset;
    try {
      const fresh = await now(of);
      // What was saved here meanwhile is newer than what was asked about.
      if (editor.dataset.of !== of || !isQuiet()) return;
      box.hidden = !fresh;
      if (fresh) box.querySelector("[data-told]").textContent = box.dataset.newer.replace("#", fresh.changed ?? "").trim();
    } catch {
      // The next save tells that the shop is away.
    }
  };
  box.querySelector("button").addEventListener("click", async () => {
    if (await load()) box.hidden = true;
  });
  document.addEventListener("patched", () => (box.hidden = true));
  // Whoever comes back to the page acts.
  const act = (comesBack) => {
    const isBack = comesBack || Date.now() - acted > ACTIVE;
    acted = Date.now();
    if (isBack) look();
  };
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && act(true));
  for (const name of ACTS) addEventListener(name, () => act(name === "focus"), { passive: true });
  setInterval(look, EVERY);
};
