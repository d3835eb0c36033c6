// What a page does while the shop can't be reached: says so calmly, keeps everything, and goes on by itself when it is back. Links
// and forms wait for that, too, instead of leading to a browser's error page.
const patience = 8_000;
const longest = 30_000;
// A line is slow when there is no answer by then.
const slow = 3_000;

addEventListener("click", ({ target }) => {
  const button = target.closest?.("#away button");
  if (button) dispatchEvent(new Event("stay" in button.dataset ? "stay here" : "try now"));
});

// The shop itself, or what stands before it, says that it will be able to in a moment.
const isPassing = ({ status }) => [502, 503, 504].includes(status);

// Those that wait, and say so. Each has whether it may stay here.
const waits = new Map();
// It may have come with another part of the page, or gone with one.
let banner;
// Where the keyboard was before it came to the banner.
let before;
addEventListener("focusin", ({ target, relatedTarget }) => {
  if (target.closest?.("#away") && !relatedTarget?.closest("#away")) before = relatedTarget;
});
const show = () => {
  banner = document.getElementById("away") ?? banner;
  const words = banner?.firstElementChild;
  if (!words) return;
  const had = banner.contains(document.activeElement);
  // Beside an open dialog nothing can be pressed.
  const place = (waits.size && [...document.querySelectorAll("dialog[open]")].at(-1)) || document.querySelector("main");
  if (banner.parentElement !== place) place.prepend(banner);
  words.hidden = !waits.size;
  // A page of the release before has none.
  words.querySelector("[data-stay]")?.toggleAttribute("hidden", ![...waits.values()].includes(true));
  if (had && words.hidden) before?.focus({ preventScroll: true });
};
addEventListener("close", show, true);

// Tries until there is an answer; each attempt has its time. Who may stay here has a button for that: then there is none.
export async function reach(attempt, time = patience, mayStay = false) {
  const own = {};
  const say = () => {
    waits.set(own, mayStay);
    show();
  };
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
      const told = mayStay && setTimeout(say, slow);
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
      say();
      await new Promise((done) => {
        // Not all at once, when a shop is back.
        const timer = setTimeout(done, wait * (1 + Math.random() / 2));
        goOn = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
    return null;
  } finally {
    for (const [name, task] of Object.entries(listeners)) removeEventListener(name, task);
    waits.delete(own);
    show();
  }
}

// Whether the shop serves pages. A press asks, and the click after it waits for the same answer.
const fresh = 2_000;
let known = -fresh;
let asking = null;
const ask = async () => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience);
  try {
    const answer = await fetch("/servez", { cache: "no-store", signal: late.signal });
    if (!isPassing(answer)) known = performance.now();
    return answer;
  } finally {
    clearTimeout(timer);
    asking = null;
  }
};
const serves = (signal) => {
  asking ??= ask();
  return Promise.race([asking, new Promise((_, fail) => signal?.addEventListener("abort", fail))]);
};
// Waits until the shop can be reached; false for who stays here meanwhile.
export const reachable = async (mayStay = true) => (await reach(serves, patience, mayStay)) !== null;

// The last of several wins. What it does is found out once it can be done: the page is alive meanwhile.
let latest;
const leave = async (task) => {
  const own = (latest = {});
  if ((await reachable()) && own === latest) task();
};
export const go = (address) =>
  leave(() => {
    const to = address();
    if (to) location.assign(to);
  });

// The shop is asked as a link is pressed, or has the keyboard's focus. By the time of the click the answer is mostly there, and the
// browser goes on as ever.
const press = ({ target }) => {
  if (performance.now() - known >= fresh && target.closest?.("a[href]")) serves().catch(() => {});
};
for (const kind of ["pointerdown", "focusin"]) addEventListener(kind, press);

const isKnown = () => navigator.onLine && performance.now() - known < fresh;
const leadsOn = (link) => {
  const { origin, pathname, search, hash, target } = link;
  const isHere = hash !== "" && pathname === location.pathname && search === location.search;
  return origin === location.origin && !isHere && (target === "" || target === "_self") && !link.hasAttribute("download");
};
const follow = async (event) => {
  const link = event.target.closest?.("a[href]");
  const opensElsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || opensElsewhere || !(link instanceof HTMLAnchorElement) || !leadsOn(link)) return;
  if (isKnown()) return;
  event.preventDefault();
  link.setAttribute("aria-busy", "true");
  // One that is gone, with what it was about, leads nowhere.
  await go(() => link.isConnected && link.href);
  link.removeAttribute("aria-busy");
};

// What a button says goes before what its form says. By what its fields are called a form has them as properties.
const sendsOn = (form, button) => {
  const said = (name) => button?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
  const isOurs = new URL(said("action"), location.href).origin === location.origin;
  return isOurs && !/^dialog$/i.test(said("method")) && /^(_self)?$/i.test(said("target"));
};
let goesOn = false;
const send = async (event) => {
  const { target: form, submitter } = event;
  if (goesOn || event.defaultPrevented || !sendsOn(form, submitter) || isKnown()) return;
  event.preventDefault();
  submitter?.setAttribute("aria-busy", "true");
  await leave(() => {
    if (!form.isConnected || (submitter && submitter.form !== form)) return;
    goesOn = true;
    form.requestSubmit(submitter);
    goesOn = false;
  });
  submitter?.removeAttribute("aria-busy");
};

// Last of all that listens: whatever the page does with it itself is done by then, and says so.
for (const [kind, task] of Object.entries({ click: follow, submit: send })) {
  const listenLast = () => {
    removeEventListener(kind, task);
    addEventListener(kind, task);
  };
  addEventListener(kind, listenLast, true);
}
