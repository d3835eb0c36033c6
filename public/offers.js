// Once the choices have settled, one value that others with the same choices have is offered in the bar's row, which is there
// before: nothing moves, and nothing is covered. It waits while somebody reads or writes elsewhere. Taking it is a choice like
// any other, so undo brings back what was. Where nothing comes, nobody has to know.
// Where the page names what was learnt, it is loaded once, and the offer is found here: nothing of the choices is sent. Else the
// server is asked.
import { EVERY, end, isOver } from "./declined.js";

const form = document.querySelector("#configurator form");
const was = form.querySelector("[name=_was]");
const place = document.getElementById("offer");
const status = document.getElementById("offered");
const way = place.lastElementChild;
const { offers } = place.dataset;

const pause = 700;
let waiting;
let asking;
// The design that what is shown is for. A page is not spoken to before something is chosen.
const hasChoices = [...new URLSearchParams(was.value).keys()].some((key) => !key.startsWith("_"));
let asked = hasChoices ? null : was.value;
// What was told to who hears the page.
const told = new Set();
const shown = () => place.querySelector("[data-offered]");
const nameOf = ({ dataset: { offered, value } }) => `${offers} ${offered}:${value}`;

// What has somebody's attention: words that they write, a panel, a dialog. Those have Escape, too.
let isWriting = false;
const isWritten = (field) => field.matches("textarea, input:not([type=radio], [type=checkbox], [type=range])");
const isBusy = () => isWriting || document.querySelector("dialog[open], [data-panel]") !== null;

const show = (part) => {
  const before = shown();
  // The same for other choices: only where it leads is another place.
  if (part && before?.textContent === part.textContent) before.querySelector("a").href = part.querySelector("a").href;
  else {
    before?.remove();
    if (part) place.prepend(part);
  }
  // On phones it takes the way's place.
  way.classList.toggle("max-desk:hidden", part !== null);
  const { told: words = "" } = part?.dataset ?? {};
  if (words && told.has(words)) return;
  told.add(words);
  status.textContent = words;
};
// What answers by what was learnt, once the page is alive and has nothing else to do; nothing where that can't be.
const studio = document.getElementById("configurator");
const alive = new Promise((done) => {
  const look = () => (studio.dataset.alive ?? studio.dataset.failed) !== undefined && done(studio.dataset.alive !== undefined);
  new MutationObserver(look).observe(studio, { attributeFilter: ["data-alive", "data-failed"] });
  look();
});
const idle = (task) => (self.requestIdleCallback ? requestIdleCallback(task, { timeout: 5_000 }) : setTimeout(task, 1_000));
const load = async () => {
  const { habits } = status.dataset;
  if (!habits || isOver(EVERY) || !(await alive)) return null;
  await new Promise(idle);
  try {
    const answer = await fetch(habits, { priority: "low" });
    if (!answer.ok) return null;
    const learnt = new Uint8Array(await answer.arrayBuffer());
    const { offer } = await import(document.getElementById("start").dataset.script);
    // Bytes that can't be read say so now.
    offer(learnt);
    return () => offer(learnt);
  } catch (error) {
    console.warn("What others have can't be worked out here, so the server is asked.", error);
    return null;
  }
};
const loading = load();
/** The line with its gaps filled. */
const filled = (texts) => {
  const part = document.getElementById("offer-line").content.firstElementChild.cloneNode(true);
  const fill = (text) => text.replace(/\{(\d)\}/g, (_, place) => texts[place]);
  for (const element of [part, ...part.querySelectorAll("*")]) {
    for (const attribute of element.attributes) attribute.value = fill(attribute.value);
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) node.data = fill(node.data);
  }
  return part;
};
const fromHere = (offer) => {
  const texts = offer();
  return texts ? filled(texts.split("\u001f")) : null;
};
const fromServer = async (now, signal) => {
  // What somebody wrote changes no offer and stays here.
  const design = new URLSearchParams(now);
  const texts = new URLSearchParams();
  const written = [...form.querySelectorAll("input[type=text]:not([inputmode])")].map(({ name }) => name);
  for (const name of [...written, "_typed"]) {
    for (const text of design.getAll(name)) texts.append(name, text);
    design.delete(name);
  }
  const answer = await fetch(`${offers}?${design}&_part=1`, { signal });
  const html = answer.status === 200 ? await answer.text() : "";
  const part = new DOMParser().parseFromString(html, "text/html").querySelector("[data-offered]");
  if (part && texts.size) part.querySelector("a").search += `&${texts}`;
  return part;
};
const ask = async () => {
  if (was.value === asked || isBusy() || isOver(EVERY)) return;
  const now = was.value;
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const offer = await loading;
    if (signal.aborted) return;
    const part = offer ? fromHere(offer) : await fromServer(now, signal);
    // What came while somebody was busy is asked for again.
    if (signal.aborted || was.value !== now || isBusy() || isOver(EVERY)) return;
    asked = now;
    show(part && !isOver(nameOf(part)) ? part : null);
  } catch {
    // The next change asks again.
    if (!signal.aborted) show(null);
  }
};
const changed = () => {
  if (was.value === asked) return;
  // On phones the row is there from the first choice on, and stays.
  place.classList.remove("max-desk:hidden");
  asking?.abort();
  clearTimeout(waiting);
  waiting = setTimeout(ask, pause);
};

// The keyboard goes back to where it was, without the page's moving; where that is out of sight, to the row's own link.
let before = null;
place.addEventListener("focusin", ({ relatedTarget }) => {
  if (!place.contains(relatedTarget)) before = relatedTarget;
});
const isInSight = (element) => {
  if (!element?.isConnected || !element.checkVisibility({ visibilityProperty: true })) return false;
  const { top, bottom } = (element.closest("label") ?? element).getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};
const goBack = () => (isInSight(before) ? before : way).focus({ preventScroll: true });
const decline = () => {
  const line = shown();
  const had = line.contains(document.activeElement);
  end(nameOf(line));
  show(null);
  if (had) goBack();
};

for (const kind of ["click", "change", "keyup", "close"]) addEventListener(kind, () => setTimeout(changed, 50), true);
addEventListener("input", ({ target }) => (isWriting = isWritten(target)));
for (const kind of ["change", "focusout"]) {
  addEventListener(kind, () => {
    isWriting = false;
    setTimeout(changed, 50);
  });
}
// Another tab of the visit may have ended it.
addEventListener("storage", () => shown() && (isOver(EVERY) || isOver(nameOf(shown()))) && show(null));
// Before what has the keys closes.
addEventListener("keydown", ({ key }) => key === "Escape" && shown() && !isBusy() && decline(), true);
place.addEventListener("click", (event) => {
  const { target, ctrlKey, metaKey, shiftKey, altKey } = event;
  const line = target.closest("[data-offered]");
  if (!line || ctrlKey || metaKey || shiftKey || altKey) return;
  if (target.closest("button")) return decline();
  const { offered, value } = line.dataset;
  const field = document.querySelector(`#attribute-${offered} [data-option="${value}"] input`);
  if (!target.closest("a") || !field) return;
  event.preventDefault();
  // What was taken once is not offered again, also after it was undone.
  end(nameOf(line));
  show(null);
  field.click();
  goBack();
});
form.addEventListener("submit", ({ submitter }) => submitter?.name === "_switch" && submitter.value === "off" && show(null));
changed();
