// A design saves itself as it changes, and its link is shown where it is asked for.
import { go, reach } from "./line.js";
import "./moved.js";
import "./undo.js";

// Without it the texts are shorter.
if (matchMedia("(hover: none)").matches) import("./touch.js").catch(() => {});

// Nor is much lost where a search finds nothing.
if (document.querySelector("#configurator [type=search]")) import("./nearest.js").catch(() => {});

const form = document.querySelector("#configurator form");
const root = document.getElementById("configurator");
const save = root.dataset.save;
// By what its fields are called a form has them as properties, too, in the place of its own.
const was = form.querySelector("[name=_was]");
const dialog = document.getElementById("kept");
const stored = (task) => {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
};

// What is changed before it is ordered again is as many as before, also once the page's address says the design alone: the order
// form finds the number where it keeps what is typed (`order.js`).
const pieces = document.querySelector("[name=_pieces]")?.value;
if (pieces) {
  const order = `order form ${location.pathname}/order`;
  stored((storage) => {
    storage.setItem(order, JSON.stringify({ ...JSON.parse(storage.getItem(order)), quantity: pieces }));
  });
}

// What the server has of this page's design. A page that is a form, and comes back changed, goes on from what it was before.
const place = `saved ${save}`;
let saved = stored((storage) => storage.getItem(place)) ?? was.value;
stored((storage) => storage.removeItem(place));
// What was sent last: what can't be taken yet is not saved, and would be sent again and again.
let sent = saved;
// The link that it is behind, by which the shop can tell that another device saved something else there.
const known = `link ${save}`;
const before = JSON.parse(stored((storage) => storage.getItem(known)) ?? "{}");
let link = before.saved === saved ? before.link : /^\/d\/(\w+)$/.exec(location.pathname)?.[1];
// Yours has a link of its own then: both are there, and that is said.
const tellOfOther = (href) => {
  const words = document.getElementById("elsewhere")?.firstElementChild;
  if (!words || !href) return;
  words.querySelector("a").href = href;
  words.querySelector("button").onclick = () => (words.hidden = true);
  words.hidden = false;
};
form.addEventListener("submit", ({ submitter }) => {
  const changes = !submitter?.name || submitter.name === "_release";
  const comesBack = !("alive" in root.dataset) && changes;
  if (comesBack) stored((storage) => storage.setItem(place, saved));
});

const pause = 2_000;
let waiting;
let saving;
let notBefore = 0;
const send = async (keepalive = false) => {
  const now = was.value;
  if (now === sent || Date.now() < notBefore) return;
  const body = new URLSearchParams({ _was: saved, _now: now, _link: link ?? "" });
  const answer = await fetch(save, { method: "POST", body, keepalive }).catch(() => null);
  if (answer?.ok) {
    [saved, sent] = [(await answer.text()) || now, now];
    link = answer.headers.get("content-location")?.split("/").at(-1);
    stored((storage) => storage.setItem(known, JSON.stringify({ link, saved })));
    tellOfOther(answer.headers.get("x-elsewhere"));
  }
  // Nobody has to know: it is tried again with the next change.
  else notBefore = Date.now() + 1_000 * (Number(answer?.headers.get("retry-after")) || 10);
};
// One after the other: two at once would both name the same design before, and the second would get a link of its own.
const saveNow = (keepalive) => {
  clearTimeout(waiting);
  waiting = undefined;
  saving = Promise.resolve(saving).then(() => send(keepalive));
  return saving;
};
const changed = () => {
  if (waiting === undefined && was.value !== sent) waiting = setTimeout(saveNow, pause);
};
for (const kind of ["click", "change", "keyup"]) addEventListener(kind, () => setTimeout(changed));
addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveNow(true));
changed();

// The link of a design.
const show = async (button) => {
  button.setAttribute("aria-busy", "true");
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  body.set("_part", "1");
  const isShared = button.value === "share";
  try {
    if (!isShared) await saveNow();
    const answer = await reach((signal) => fetch(button.formAction, { method: "POST", body, signal }));
    if (!answer.ok || !answer.redirected) return form.requestSubmit(Object.assign(button, { plain: true }));
    dialog.innerHTML = await answer.text();
    dialog.setAttribute("aria-labelledby", "kept-title");
    for (const copy of dialog.querySelectorAll("[data-copy]")) copy.hidden = !navigator.clipboard;
    const url = dialog.querySelector("#link")?.value;
    const canShare = isShared && navigator.share && matchMedia("(pointer: coarse)").matches;
    if (!canShare) return dialog.showModal();
    await navigator.share({ title: document.title, url }).catch(({ name }) => name === "AbortError" || dialog.showModal());
  } finally {
    button.removeAttribute("aria-busy");
  }
};
dialog.addEventListener("click", async ({ target }) => {
  const copy = target.closest("[data-copy]");
  if (!copy) return;
  const field = document.getElementById(copy.dataset.copy);
  field.select();
  await navigator.clipboard.writeText(field.value).then(() => (copy.textContent = copy.dataset.copied), () => {});
});

// What is done with designs that are kept under names is done within the dialog.
dialog.addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (target.getAttribute("method") !== "post") return;
  event.preventDefault();
  submitter.setAttribute("aria-busy", "true");
  const body = new URLSearchParams(new FormData(target));
  body.set("_part", "1");
  const answer = await reach((signal) => fetch(target.getAttribute("action"), { method: "POST", body, signal }));
  // What can't be shown here is a page of its own.
  if (!answer.ok && answer.status !== 422) return HTMLFormElement.prototype.submit.call(target);
  dialog.innerHTML = await answer.text();
  (dialog.querySelector("[aria-invalid]") ?? dialog.querySelector("[role=status]"))?.focus();
});

// What would take the place of one's own asks first; there is nothing to ask as long as nothing was chosen.
const isOwn = ([name, value]) => !name.startsWith("_") || name === "_typed" || (name === "_start" && value === "needs");
let isAsked = false;
const askFirst = (event) => {
  const link = event.target.closest?.("a[data-replaces]");
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || isAsked || opensElsewhere || !dialog.showModal || ![...new URLSearchParams(was.value)].some(isOwn)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const goOn = () => {
    isAsked = true;
    link.click();
    isAsked = false;
  };
  import("./replace.js").then(({ ask }) => ask(link, goOn), () => go(() => link.href));
};
addEventListener("click", askFirst, true);

form.addEventListener("submit", (event) => {
  const { submitter } = event;
  if (event.defaultPrevented) return;
  if (submitter?.name === "_as" && !submitter.plain && dialog.showModal) {
    event.preventDefault();
    return show(submitter);
  }
  // Another language begins at the same step.
  if (submitter?.name === "_lang") {
    submitter.formAction = form.getAttribute("action").split("#")[0] + location.hash;
  }
  // It arrives though the page is left.
  saveNow(true);
});
