// A form of many rows saves itself: what was changed is sent a moment later, by the form that it is without this script, and what follows
// from it is put into the page. What can't be saved stays as it was typed, and is told; the form's own buttons save it, too. Another row,
// rows that are pasted and values that are still to be ticked wait for these.
import { defaults, differing, fill, hold, values } from "./fields.js";
import { reachable } from "./line.js";
import { morph } from "./patch.js";

const mark = document.querySelector("[data-kept][data-live]");
const form = mark.closest("form");
const saving = document.getElementById("saving");
const announced = document.getElementById("announced");
const told = document.getElementById("unsaved");
const words = { ...saving.dataset, ...told.dataset };
const MOMENT = 700;
const PAUSE = 2_000;
const AGAIN = 5_000;
const PATIENCE = 30_000;

const isOwn = (name) => /^(text\.|cell\.\d|tick\.\d)/.test(name) || name === "sentence" || name === "rows_are";
// Several values of a cell are one: they go together, and only once they are there to be ticked.
const cellOf = (name) => name.replace(/^(tick|ticked|cell)\./, "");
const isOpen = (name, now) => now.get(name)?.[0] === "several" && !now.has(`ticked.${cellOf(name)}`);
const changed = () => {
  const now = values(form);
  const isToSend = (name) => isOwn(name) && now.has(name) && !isOpen(name, now) && !wrong.has(name);
  const names = [...differing(now, defaults(form))].filter(isToSend);
  return new Set(names.flatMap((name) => (name.startsWith("tick.") ? [name, `cell.${cellOf(name)}`, `ticked.${cellOf(name)}`] : [name])));
};

let timer;
let isBusy = false;
let wasSaved = false;
// Why nothing is taken, until something is changed.
let refusal = "";
// What of it is known not to be taken, until that is changed, and why; all else goes on.
const wrong = new Map();
let line = "";

// Who can't see it hears that all is saved once they pause.
let saying;
const announce = (said) => {
  clearTimeout(saying);
  announced.textContent = "";
  if (said === words.saved) saying = setTimeout(() => (announced.textContent = said), PAUSE);
};
// What is looked for, or is about to be done with the whole, is nothing to be saved.
const isAside = (name) => /^(column|replace|q|do|gap|idle)(\.|$)/.test(name);
const show = () => {
  const isUnsaved = [...differing(values(form), defaults(form))].some((name) => !isAside(name));
  const state = isBusy ? words.saving : isUnsaved ? words.unsaved : wasSaved ? words.saved : "";
  if (saving.textContent !== state) announce((saving.textContent = state));
  const trouble = line === "away" ? words.away : refusal || [...wrong.values()][0] || "";
  const place = told.querySelector("[data-told]");
  if (place.textContent !== trouble) place.textContent = trouble;
  told.querySelector("[data-logged-out]").hidden = line !== "logged-out";
  told.hidden = !trouble && line !== "logged-out";
};

// What says so is the saved state now, for whoever asks whether something is typed.
const settle = (said) => {
  for (const field of form.elements) {
    if (!said.has(field.name)) continue;
    if (field.type === "checkbox") field.defaultChecked = said.get(field.name).includes(field.value);
    else if (field.localName === "select") for (const option of field.options) option.defaultSelected = option.value === said.get(field.name)[0];
    else if (field.type !== "hidden") field.defaultValue = said.get(field.name)[0];
  }
};

// A text whose row is on the page that came has its marks; one that is not shown there any more has none.
const putTexts = (next, names, others) => {
  // What others wrote meanwhile is shown, so that nothing older is ever sent in its place.
  const theirs = defaults(next);
  const fresh = new Map(others.map((name) => [name, theirs.get(name)]));
  fill(form, fresh);
  settle(fresh);
  for (const name of [...names, ...others]) {
    const find = (within) => within.querySelector(`[name="${CSS.escape(name)}"]`);
    const [row, came] = [find(form), find(next)].map((field) => field?.closest("[data-testid=text]"));
    const field = row && find(row);
    if (!field) continue;
    const [state, fresh] = [row, came].map((one) => one?.querySelector(":scope [id$='.state']"));
    if (state && fresh) state.replaceChildren(...document.importNode(fresh, true).childNodes);
    else if (state && !came?.contains(fresh)) {
      state.remove();
      field.removeAttribute("aria-describedby");
    }
    if (!came?.querySelector("button[value^='right:']")) row.querySelector("button[value^='right:']")?.closest("p").remove();
  }
  for (const button of form.querySelectorAll("[data-testid^=show-]")) {
    const came = next.querySelector(`[data-testid="${button.dataset.testid}"]`);
    if (came) button.textContent = came.textContent;
  }
};
// A table comes as a whole, and what is told of it; what was typed since stays.
const putTable = (next, page, since, now) => {
  const [table, came] = [form.querySelector("table"), next.querySelector("table")];
  if (!table || !came) return;
  const at = document.activeElement;
  const wanted = defaults(next);
  for (const name of since) wanted.set(name, now.get(name));
  // Nothing is put under somebody's caret.
  const isAt = (field) => field === at && !since.has(field.name);
  hold(form);
  const kept = at.value;
  morph(table, came);
  fill(form, wanted, isAt);
  if (at.isConnected && isAt(at) && at.localName === "input") at.value = kept;
  const [report, news] = [form, next].map((one) => one.querySelector("[data-testid=table-told]"));
  if (report && news && !report.contains(at)) report.replaceWith(document.importNode(news, true));
};

const put = (page, said, names) => {
  const next = page.querySelector("[data-kept][data-live]")?.closest("form");
  if (!next) return;
  const before = defaults(form);
  const now = values(form);
  settle(new Map([...said].filter(([name]) => names.has(name))));
  // What was typed since, and what waits for its button.
  const since = differing(now, defaults(form));
  const theirs = defaults(next);
  const isOthers = (name) => differing(new Map([[name, theirs.get(name) ?? []]]), new Map([[name, before.get(name) ?? []]])).size > 0;
  const isTable = Boolean(form.querySelector("table"));
  // Texts that are not on the page that came may be as they were.
  const known = new Set([...theirs.keys(), ...(isTable ? before.keys() : [])]);
  const others = [...known].filter((name) => isOwn(name) && !names.has(name) && isOthers(name));
  // What is typed by now was made from what others changed: it goes on from there, and the shop merges it.
  const isHeld = (name) => since.has(name) || document.activeElement?.name === name;
  const isMoved = isTable ? since.size > 0 && others.length > 0 : others.some(isHeld);
  if (!isMoved) {
    for (const name of ["version", "base"]) form.elements[name].value = next.elements[name].value;
    if (isTable) putTable(next, page, since, now);
    else putTexts(next, names, others);
  }
  const [bar, came] = [document.getElementById("bar"), page.getElementById("bar")];
  if (bar && came) morph(bar, came);
};

// Why something can't be taken, as the page that came says it.
const reason = (page, names) => {
  for (const name of names) {
    const field = page.querySelector(`form [name="${CSS.escape(name)}"][aria-invalid=true]`);
    const notes = field?.getAttribute("aria-describedby")?.split(" ") ?? [];
    const said = notes.map((id) => page.getElementById(id)?.textContent.trim()).find(Boolean);
    if (said) return said.replace(/\.$/, "");
  }
  return "";
};

const send = async (names) => {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const isPlain = !isOwn(name) && !isAside(name) && !/^(cell|tick|ticked|rows)(\.|$)/.test(name);
    if (name !== "_end" && (isPlain || names.has(name))) data.append(name, value);
  }
  data.append("live", "on");
  data.append("_end", form.elements._end.value);
  const late = new AbortController();
  const stop = setTimeout(() => late.abort(), PATIENCE);
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: data, signal: late.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { answer, page };
  } catch {
    return {};
  } finally {
    clearTimeout(stop);
  }
};

// Texts are sent one by one once one of them clashes.
let isOneByOne = false;
// Notes what can't be taken; true where all else can go on without it. The cells of a table mean something only together.
const refuse = (status, page, names, said) => {
  const isTable = Boolean(form.querySelector("table"));
  const why = status === 409 ? words.clash : words.refused.replace("#", reason(page, names) || page.querySelector("h1")?.textContent.trim() || String(status));
  const isInvalid = (name) => page.querySelector(`form [name="${CSS.escape(name)}"][aria-invalid=true]`);
  const isClash = status === 409 && names.size === 1;
  const faulty = [...names].filter((name) => isClash || (status === 422 && isInvalid(name)));
  isOneByOne ||= status === 409 && !isTable;
  if (isTable || (status !== 409 && !faulty.length)) {
    refusal = why;
    return false;
  }
  // What was mended meanwhile is sent once more.
  const now = values(form);
  for (const name of faulty) if (now.get(name)?.join() === said.get(name)?.join()) wrong.set(name, why);
  return true;
};
/** Saves what was changed; true where nothing is left. */
const save = async () => {
  clearTimeout(timer);
  const all = [...changed()];
  isOneByOne &&= all.length > 0;
  const names = new Set(isOneByOne ? all.slice(0, 1) : all);
  if (isBusy || refusal || !names.size) return !names.size;
  const said = values(form);
  isBusy = true;
  show();
  const { answer, page } = await send(names);
  isBusy = false;
  line = !answer || [429, 502, 503, 504].includes(answer.status) ? "away" : new URL(answer.url).pathname === words.logIn ? "logged-out" : "";
  if (line) {
    show();
    timer = setTimeout(save, AGAIN);
    return false;
  }
  if (!answer.ok || !answer.redirected) {
    const goesOn = refuse(answer.status, page, names, said);
    show();
    return goesOn ? save() : false;
  }
  put(page, said, names);
  wasSaved = true;
  show();
  document.getElementById("put-back").hidden = true;
  form.dispatchEvent(new Event("input"));
  return isOneByOne && changed().size ? save() : !changed().size;
};
const soon = (wait = MOMENT) => {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
};

const isSleeping = () => "back" in mark.dataset;
form.addEventListener("input", ({ isTrusted, target }) => {
  if (isSleeping()) return;
  if (isTrusted) {
    refusal = "";
    wrong.delete(target.name);
  }
  show();
  if (changed().size) soon();
});
form.addEventListener("focusout", () => !isSleeping() && changed().size && soon(0));
const isOver = async () => {
  for (let turns = 0; turns < 100 && isBusy; turns += 1) await new Promise((done) => setTimeout(done, 50));
};
// Two saves at once would be two people.
let goesOn = false;
form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (goesOn || !isBusy) return;
  event.preventDefault();
  await isOver();
  goesOn = true;
  form.requestSubmit(event.submitter);
});
// The way to another page waits until everything is saved.
document.addEventListener("click", async (event) => {
  const { target, ctrlKey, metaKey, shiftKey, altKey, button } = event;
  const link = target.closest?.("a[href]");
  if (!link || event.defaultPrevented || button || ctrlKey || metaKey || shiftKey || altKey || link.target || link.hasAttribute("download")) return;
  if (isSleeping() || refusal || (!isBusy && !changed().size)) return;
  event.preventDefault();
  if (!(await reachable())) return;
  await isOver();
  await save();
  location.assign(link.href);
});
