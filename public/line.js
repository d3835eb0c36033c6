// What a page does while the shop can't be reached: says so calmly, keeps everything, and goes on by itself when it is back. Links
// wait for that, too, instead of leading to a browser's error page.
const patience = 8_000;
const longest = 30_000;
// A line is slow when there is no answer by then.
const slow = 3_000;
// It may have come with another part of the page.
const words = () => document.getElementById("away")?.firstElementChild;

addEventListener("click", ({ target }) => {
  const button = target.closest?.("#away button");
  if (button) dispatchEvent(new Event("stay" in button.dataset ? "stay here" : "try now"));
});

// The shop itself, or what stands before it, says that it will be able to in a moment.
const isPassing = ({ status }) => [502, 503, 504].includes(status);
const say = (isAway, mayStay) => {
  const place = words();
  if (!place) return;
  place.hidden = !isAway;
  // A page of the release before has none.
  place.querySelector("[data-stay]")?.toggleAttribute("hidden", !mayStay);
};

// Tries until there is an answer; each attempt has its time. Who may stay here has a button for that: then there is none.
export async function reach(attempt, time = patience, mayStay = false) {
  let stays = false;
  let goOn = () => {};
  const hurry = () => goOn();
  const stay = () => {
    stays = mayStay;
    goOn(stays);
  };
  const listeners = { online: hurry, "try now": hurry, "stay here": stay };
  for (const [name, task] of Object.entries(listeners)) addEventListener(name, task);
  try {
    for (let wait = 1_000; !stays; wait = Math.min(wait * 2, longest)) {
      const late = new AbortController();
      goOn = (isOver) => isOver && late.abort();
      const timer = setTimeout(() => late.abort(), time);
      const told = mayStay && setTimeout(say, slow, true, mayStay);
      try {
        const answer = await attempt(late.signal);
        if (stays) break;
        if (!isPassing(answer)) return answer;
        // A date, which some write, is as good as nothing said.
        wait = Math.min(Math.max(wait, 1_000 * (Number(answer.headers.get("retry-after")) || 0)), longest);
      } catch {
        // No line, or a slow one.
      } finally {
        clearTimeout(timer);
        clearTimeout(told);
      }
      if (stays) break;
      say(true, mayStay);
      await new Promise((done) => {
        const timer = setTimeout(done, wait);
        goOn = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
    return null;
  } finally {
    for (const [name, task] of Object.entries(listeners)) removeEventListener(name, task);
    say(false);
  }
}

const health = (signal) => fetch("/healthz", { cache: "no-store", signal });
// Waits until the shop can be reached; false for who stays here meanwhile.
export const reachable = async () => (await reach(health, patience, true)) !== null;

// The last of several wins.
let latest;
export async function go(address) {
  const own = (latest = {});
  if ((await reachable()) && own === latest) location.assign(address);
}

// The shop is asked as a link is pressed, or has the keyboard's focus. By the time of the click the answer is mostly there, and the
// browser goes on as ever.
const fresh = 2_000;
let known = -fresh;
let asking = false;
const ask = async ({ target }) => {
  if (asking || performance.now() - known < fresh || !target.closest?.("a[href]")) return;
  asking = true;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience);
  const answer = await health(late.signal).catch(() => null);
  clearTimeout(timer);
  asking = false;
  if (answer && !isPassing(answer)) known = performance.now();
};
for (const kind of ["pointerdown", "focusin"]) addEventListener(kind, ask);

const leadsOn = (link) => {
  const { origin, pathname, search, hash, target } = link;
  const isHere = hash !== "" && pathname === location.pathname && search === location.search;
  return origin === location.origin && !isHere && (target === "" || target === "_self") && !link.hasAttribute("download");
};
const follow = async (event) => {
  const link = event.target.closest?.("a[href]");
  const opensElsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || opensElsewhere || !(link instanceof HTMLAnchorElement) || !leadsOn(link)) return;
  if (navigator.onLine && performance.now() - known < fresh) return;
  event.preventDefault();
  link.setAttribute("aria-busy", "true");
  await go(link.href);
  link.removeAttribute("aria-busy");
};
// Last of all that listens: whatever the page does with a click itself is done by then, and says so.
const listenLast = () => {
  removeEventListener("click", follow);
  addEventListener("click", follow);
};
addEventListener("click", listenLast, true);
