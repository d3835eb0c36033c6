// The editor saves itself: each section a moment after a change, by the form that it is without this script. What follows from a save
// is put into the page; what was typed and could not be saved stays, is told, and is put back when the page comes again.
import { defaults, differing, fill, hold, values } from "./fields.js";
import { MOVES, besides, focusAfter, hasSameOptions, open, pressedBy, saidBy, sameButton, submitAnew } from "./focus.js";
import "./keys.js";
import { reachable } from "./line.js";
import { watch } from "./newer.js";
import { formOf, isHeld, isToSend, isTyped, partOf, parts, stateOf, touch, typedIn, written } from "./parts.js";
import { morph } from "./patch.js";
import { asOf, follow, isNew, madeOf } from "./rows.js";
import { PATIENCE, isAway, parse, send } from "./sending.js";
import { forgetLost, keep, keepSoon, lose, lost, putBack, typedOf } from "./unsaved.js";

const editor = document.getElementById("editor");
const saving = document.getElementById("saving");
const told = document.getElementById("unsaved");
const announced = document.getElementById("announced");
const words = { ...saving.dataset, ...told.dataset };
const HOME = editor.dataset.page;
const MOMENT = 500;
const PAUSE = 2_000;
const MOST_KEPT_ALIVE = 60_000;

// What keeps everything from being saved: "away" or "logged-out".
let line = null;
let isBusy = false;
let wasSaved = false;
let notice = "";
// Whether that is of an undo, which goes on once what can't be saved is left out.
let isUndoHeld = false;
// What was pressed while nothing could be sent: it is done as soon as something can.
let putOff = [];

// Who can't see it hears that all is saved once they pause, not at every field.
let saying;
const announce = (said) => {
  clearTimeout(saying);
  announced.textContent = "";
  if (said === words.saved) saying = setTimeout(() => (announced.textContent = said), PAUSE);
};
// What is told at the end of the window never lies over what has the focus.
const foot = document.getElementById("foot");
const leaveRoom = () => {
  document.documentElement.style.scrollPaddingBottom = foot.offsetHeight ? `${foot.offsetHeight + 24}px` : "";
};
new ResizeObserver(leaveRoom).observe(foot);
const show = () => {
  const faulty = parts().find((part) => stateOf(part).fault);
  const { fault, reason } = faulty ? stateOf(faulty) : {};
  const sentence = line === "away" ? words.away : (notice || (fault && (reason || words[fault])) || "");
  const gone = lost.length ? words.notPutBack.replace("#", lost.join(" · ")) : "";
  const text = [line ? (line === "away" ? words.away : "") : sentence, gone].filter(Boolean).join(" ");
  const isTold = Boolean(line || text);
  const put = (place, said) => place.textContent !== said && (place.textContent = said);
  put(told.querySelector("[data-told]"), text);
  told.querySelector("[data-logged-out]").hidden = line !== "logged-out";
  told.querySelector("[data-look]").hidden = Boolean(line) || !fault;
  told.querySelector("[data-try]").hidden = line !== "away" && fault !== "putBack" && fault !== "refused";
  told.querySelector("[data-leave]").hidden = Boolean(line) || notice !== words.mendFirst || !isUndoHeld;
  told.querySelector("[data-forget]").hidden = fault !== "putBack" && !lost.length;
  told.hidden = !isTold;
  leaveRoom();
  const isOpen = line || fault || putOff.length > 0 || parts().some(isTyped);
  // What was saved before is not said beside what is not.
  for (const note of editor.querySelectorAll("[data-testid=saved]")) note.hidden = Boolean(isOpen);
  const state = isBusy ? words.saving : isOpen ? words.unsaved : wasSaved ? words.saved : "";
  if (put(saving, state) !== false) announce(state);
};

const visible = () => {
  const at = document.activeElement;
  if (editor.contains(at) && at.getClientRects().length) return at;
  return [...editor.querySelectorAll("h2, summary, label")].find((node) => node.getBoundingClientRect().top > 0);
};

/** Puts a page that came into this one. `sent` is the section that was sent, what it said then, and what came of it. */
const put = (page, sent = {}) => {
  const fresh = page.getElementById("editor");
  const at = document.activeElement;
  const anchor = visible();
  const top = anchor?.getBoundingClientRect().top;
  // What is found in the tree stays: it is found anew in what came.
  const isFound = (node) => "found" in node.dataset;
  const takes = (old, came) => old.dataset && (isFound(old) || ("part" in old.dataset && Boolean(formOf(old)) && take(old, came, sent, at)));
  // What was typed in a section that somebody else removed is told.
  const leaves = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const going = [node, ...node.querySelectorAll("[data-part]")].filter((part) => "part" in part.dataset && formOf(part));
    for (const part of going.filter((part) => part !== sent.part)) lose(typedOf(part));
  };
  morph(document.getElementById("bar"), page.getElementById("bar"), { takes: (old) => old === saving });
  morph(editor, fresh, { takes, leaves });
  document.title = page.title;
  const codes = document.getElementById("codes");
  if (codes) codes.textContent = page.getElementById("codes")?.textContent ?? codes.textContent;
  document.dispatchEvent(new Event("patched"));
  if (at.isConnected && at !== document.activeElement) at.focus({ preventScroll: true });
  if (anchor?.isConnected && anchor.getClientRects().length) {
    scrollBy({ top: anchor.getBoundingClientRect().top - top, behavior: "instant" });
  }
};

// Whether a section that was not sent stays as it is: what is typed in it was made from what others changed since, or nothing is new.
const isLeftAlone = (old, state, next, [theirs, now, typed], html) => {
  const isMoved = [...typed].some((name) => differing(new Map([[name, theirs.get(name) ?? []]]), new Map([[name, state.base.get(name) ?? []]])).size);
  const isOther = [...theirs.keys()].join() !== [...now.keys()].join();
  if (state.fault || (typed.size && (isMoved || isOther))) return true;
  if (typed.size || html !== state.html) return false;
  formOf(old).elements.version.value = next.elements.version.value;
  return true;
};

// One section; true where nothing is left to be done with it.
const take = (old, came, { part, said: sent, outcome }, at) => {
  const state = stateOf(old);
  const [form, next] = [formOf(old), formOf(came)];
  if (!next) return false;
  const theirs = defaults(next);
  const isSent = old === part;
  const html = written(came);
  const before = values(form);
  if (!isSent && isLeftAlone(old, state, next, [theirs, before, differing(before, state.base)], html)) return true;
  // Of pasted rows those come back that can't be taken; all else is saved where the shop says so.
  const isMostlySaved = isSent && Boolean(came.querySelector("[data-saved-rest]"));
  const isSaved = isSent && (outcome === "saved" || isMostlySaved);
  const isFailed = isSent && outcome !== "saved";
  // After a clash entries without a code may be called otherwise than they were sent.
  const isMoved = isFailed && Boolean(came.querySelector("[data-testid=conflict][data-moved]"));
  // A form that has to be mended has its entries as they were sent.
  const rename = isFailed && !isMostlySaved && !isMoved ? (fields) => fields : follow(form, isSent ? sent : state.base, next, theirs);
  const [known, said, now] = [rename(state.base), sent && rename(sent), values(form)];
  const typed = differing(now, known);
  const stays = isSaved || isMoved ? differing(now, said) : typed;
  const base = new Map(theirs);
  if (isMostlySaved) {
    for (const name of theirs.keys()) if (name === "rows" || name.startsWith("left.")) base.set(name, [""]);
  } else if (isFailed) {
    for (const name of typed) base.set(name, known.get(name) ?? []);
    // What was typed into an entry that is gone comes as another one.
    for (const name of isMoved ? theirs.keys() : []) if (isNew(name)) base.set(name, known.get(name) ?? [""]);
  }
  const wanted = new Map(theirs);
  for (const name of stays) if (now.has(name)) wanted.set(name, now.get(name));
  // What the shop writes otherwise than it was typed is not put under somebody's caret; where an entry stands is never as it was.
  const isAt = isSent && outcome === "saved" && form.contains(at) && typed.has(at.name) && !stays.has(at.name) && !/^place(\.|$)/.test(at.name);
  if (isAt) base.set(at.name, now.get(at.name));
  const made = ["version", "base"].map((name) => [name, form.elements[name].value]);
  hold(form);
  // What is typed into a rule that comes back in another form has no field there: the rule stays until that is saved.
  const homeless = (isMoved ? [] : [...stays, form.contains(at) && at.name]).filter((name) => name && now.has(name) && !theirs.has(name));
  const holds = (node) => homeless.some((name) => node.querySelector(`[name="${CSS.escape(name)}"]`));
  const left = [];
  const isLeft = (node) => homeless.length > 0 && node.matches?.("li, [data-whole]") && holds(node) && left.push(node);
  morph(old, came, { opens: isFailed, takes: isLeft, keeps: isLeft });
  for (const { name } of left.flatMap((node) => [...node.querySelectorAll("[name]")])) if (!stays.has(name) && now.has(name)) base.set(name, now.get(name));
  const names = values(form);
  for (const name of [...base.keys()]) if (!names.has(name)) base.delete(name);
  fill(form, wanted, (field) => isAt && field.name === at.name);
  // A form that has to be mended was made from what it was made from.
  if (isFailed && outcome !== "clash" && !isMostlySaved) for (const [name, value] of made) form.elements[name].value = value;
  const fault = isFailed && outcome !== "shown" ? outcome : null;
  Object.assign(state, { base, html: isFailed ? "" : html, fault, isMarked: isFailed, reason: "", typed: null });
  return true;
};

// The page as it is now; nothing where the shop can't be asked, which is told then.
const get = async () => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE);
  const address = location.pathname === HOME ? location.href : HOME;
  try {
    const answer = await fetch(address, { signal: late.signal });
    const page = parse(await answer.text());
    line = isAway(answer) ? "away" : new URL(answer.url).pathname === words.logIn ? "logged-out" : null;
    if (line) again();
    return answer.ok && page.getElementById("editor") ? page : null;
  } catch {
    line = "away";
    again();
    return null;
  } finally {
    clearTimeout(timer);
  }
};
const refresh = async () => {
  const page = await get();
  if (page) put(page);
  return Boolean(page);
};

// The field or row that a form led to, and whether that is on another page.
let led = "";
let isElsewhere = false;

const sameIn = (page, part) => [...page.querySelectorAll("[data-part]")].find((known) => known.dataset.part === part.dataset.part);
// Where a form is older than what the shop remembers, only what was typed is of today. True where that goes on from what is saved now;
// otherwise both changed it, and what was not touched is as others have it.
const renew = async (part, clash, said) => {
  const form = formOf(part);
  const { base } = stateOf(part);
  const typed = typedIn(part);
  const page = await get();
  const came = page && sameIn(page, part);
  const shown = { part, said, outcome: "clash" };
  if (!came || formOf(came).elements.base.value !== form.elements.base.value) {
    put(clash, shown);
    return false;
  }
  const theirs = defaults(formOf(came));
  const untouched = new Map([...theirs].filter(([name]) => !typed.has(name)));
  const before = form.elements.version.value;
  if (![...differing(theirs, base)].some((name) => typed.has(name))) put(page);
  if (form.elements.version.value !== before) return true;
  put(clash, shown);
  fill(form, untouched);
  for (const [name, said] of untouched) stateOf(part).base.set(name, said);
  return false;
};

// An answer that was lost may have been that a new entry is there: what was typed for it since is typed in that one.
const findMade = async (part) => {
  const state = stateOf(part);
  const said = state.unsure;
  const page = await get();
  if (!page) return false;
  state.unsure = null;
  const came = sameIn(page, part);
  const key = came && madeOf(formOf(part), said, formOf(came), defaults(formOf(came)));
  if (!key) return false;
  const now = values(formOf(part));
  const since = [...differing(now, said)].filter(isNew);
  put(page, { part, said, outcome: "saved" });
  const fields = new Map(since.map((name) => [asOf(name, key), now.get(name)]));
  const empty = new Map(since.map((name) => [name, stateOf(part).base.get(name) ?? [""]]));
  fill(formOf(part), new Map([...fields, ...empty]));
  touch(part);
  return true;
};

// Saves a section; what came of it.
const save = async (part, pressed) => {
  let submitter = pressed;
  const form = formOf(part);
  const state = stateOf(part);
  notice = "";
  isBusy = true;
  show();
  if (state.unsure && (await findMade(part)) && submitter?.value === "add") submitter = null;
  const said = values(form);
  const first = submitter ? [] : [["live", "on"]];
  if (submitter?.name) first.push([submitter.name, submitter.value]);
  state.isOnItsWay = true;
  keep();
  const { outcome, page, url, reason, isUnsure } = await send(form, first, words);
  state.isOnItsWay = false;
  isBusy = false;
  line = outcome === "away" || outcome === "logged-out" ? outcome : null;
  led = (outcome === "saved" && url.searchParams.get("to")) || "";
  // A button may lead to another page of options.
  isElsewhere = outcome === "elsewhere" || (submitter && outcome === "saved" && page.getElementById("editor").dataset.at !== editor.dataset.at);
  if (line) {
    if (isUnsure) state.unsure = said;
    again();
  } else if (isElsewhere) {
    Object.assign(state, { base: said, fault: null, typed: null });
    keep();
    if (led) url.hash = led;
    location.assign(url);
  } else if (!page) {
    Object.assign(state, { fault: outcome, reason: reason && outcome === "refused" ? reason : "" });
    if (outcome === "gone") await refresh();
  } else {
    const called = outcome === "saved" && url.searchParams.get("saved");
    // A code that was changed gives its section another name.
    if (called && called !== part.id && page.getElementById(called)) part.id = part.dataset.part = called;
    const isPasted = Boolean(said.get("rows")?.[0]);
    if (!submitter && !isPasted) page.querySelectorAll("[data-testid=saved], [data-testid=take-back]").forEach((note) => note.remove());
    const came = sameIn(page, part) ?? part;
    const isForgotten = outcome === "clash" && !formOf(came).elements.over && !came.querySelector("[data-testid=conflict][data-moved]");
    if (!isForgotten) put(page, { part, said, outcome });
    else if (await renew(part, page, said)) return save(part, submitter);
    wasSaved ||= outcome === "saved";
  }
  touch(part);
  keep();
  show();
  return isElsewhere ? "elsewhere" : outcome;
};

// Tried again by itself, also as soon as the line is there or the page is looked at.
let waiting;
let wait = 2_000;
const again = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => pump(), wait);
  // A log-in is waited for as long as it takes; a shop that is away is not to be pressed.
  wait = Math.min(wait * 2, line === "away" ? 30_000 : 4_000);
};
const isBack = () => line && pump();
addEventListener("online", isBack);
addEventListener("focus", isBack);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && isBack());

// One section after the other: each goes on from the draft that the one before made.
let queue = Promise.resolve();
let inQueue = 0;
const inTurn = (task) => {
  inQueue += 1;
  const done = queue.then(task, task).finally(() => (inQueue -= 1));
  queue = done.catch(() => undefined);
  return done;
};
const pump = (isForced = false, but = null) =>
  inTurn(async () => {
    parts().forEach(touch);
    // What a button was pressed for is sent by that, but where something else waits for all of it.
    const isPressed = (part) => [...underWay].some((button) => button && part.contains(button));
    const isDue = (part) => part !== but && isToSend(part) && (isForced || !(isHeld(part) || isPressed(part)));
    const due = parts().find(isDue);
    // What can't be sent is no reason to believe that nothing can be.
    if (line && !due) await get();
    for (let part = due; part; part = parts().find(isDue)) {
      const outcome = await save(part);
      if (line || outcome === "elsewhere") break;
    }
    if (!line) {
      wait = 2_000;
      const tasks = putOff;
      putOff = [];
      tasks.forEach((task) => task());
    }
    show();
  });
/** Saves all that is typed, but for one section; whether nothing is left. */
const flush = async (but) => {
  clearTimeout(soon);
  await pump(true, but);
  return !parts().some((part) => part !== but && isTyped(part));
};
const isIdle = () => !inQueue && !putOff.length && !parts().some(isTyped);
let soon;
const pumpSoon = () => {
  clearTimeout(soon);
  soon = setTimeout(() => pump(), MOMENT);
};

editor.addEventListener("input", ({ target }) => {
  const part = partOf(target);
  if (!part || !formOf(part)) return;
  const state = stateOf(part);
  touch(part);
  if (state.fault !== "clash" && state.fault !== "gone") state.fault = null;
  keepSoon();
  show();
});
editor.addEventListener("change", ({ target }) => {
  const part = partOf(target);
  if (part && formOf(part)) touch(part);
  pumpSoon();
});
// A rule that is shown otherwise says the same; one in which something was typed is as unsaved as before.
editor.addEventListener("redrawn", ({ target, detail }) => {
  const part = partOf(target);
  const namesIn = (rule) => [...rule.querySelectorAll("[name]")].map((field) => field.getAttribute("name"));
  touch(part);
  const typed = typedIn(part);
  queueMicrotask(() => touch(part));
  if (namesIn(target).some((name) => typed.has(name))) return;
  const { base } = stateOf(part);
  namesIn(target).forEach((name) => base.delete(name));
  queueMicrotask(() => {
    const now = values(formOf(part));
    for (const name of namesIn(detail)) if (now.has(name)) base.set(name, now.get(name));
  });
});
// The shop was asked about a rule, which is not saved until it has answered.
editor.addEventListener("asked", pumpSoon);
editor.addEventListener("focusout", () => setTimeout(() => parts().some(isToSend) && pumpSoon()));

// Buttons whose press is under way: pressed once more they do nothing, but for those that move something a place further.
const underWay = new Set();
const submitPart = async (part, submitter) => {
  if (submitter && underWay.has(submitter) && !MOVES.test(submitter.value)) return;
  underWay.add(submitter);
  await press(part, submitter);
};
const press = async (part, submitter) => {
  // What is wrong elsewhere stays there, and keeps nothing here from being done.
  await flush(part);
  underWay.delete(submitter);
  const button = submitter && sameButton(part, submitter);
  if (!part.isConnected || (submitter && !button)) return;
  if (submitter) underWay.add(button);
  const gone = button && besides(button);
  const outcome = line ?? (await inTurn(() => save(part, button ?? { name: "", value: "" })));
  if (line) {
    putOff.push(() => press(part, button));
    again();
    return show();
  }
  underWay.delete(button);
  if (button && outcome !== "elsewhere") focusAfter(part, button, outcome, gone, led);
};

// Rows of a table that came back, of which nobody mended any: they go with what is undone.
const isOfRows = (name) => name === "rows" || name.startsWith("left.");
const hasOnlyRows = (part) => {
  const form = formOf(part);
  const now = values(form);
  const typed = [...typedIn(part)];
  const cameBack = typed.some((name) => name.startsWith("left."));
  return cameBack && typed.every(isOfRows) && ![...differing(now, defaults(form))].some(isOfRows);
};
// Undo, redo and what is meant, once everything is saved. What could not be done and left nothing typed is forgotten then.
const step = async (form, said = saidBy(form)) => {
  // Saving what is typed shows what was mended as it came back: whether any was is to be seen before.
  const isMended = parts().some((part) => isTyped(part) && !hasOnlyRows(part));
  const goesAlong = (part) => form.id === "undo-step" && !isMended && hasOnlyRows(part);
  await flush();
  if (line) {
    putOff.push(() => step(form, said));
    again();
    return show();
  }
  if (parts().some((part) => isTyped(part) && !goesAlong(part))) {
    notice = words.mendFirst;
    isUndoHeld = form.id === "undo-step";
    return show();
  }
  const here = () => [...editor.querySelectorAll("form")].find((known) => saidBy(known) === said);
  await inTurn(async () => {
    const sent = here() ?? form;
    if (saidBy(sent) !== said) return; // What was typed has settled it.
    isBusy = true;
    notice = "";
    show();
    const { outcome, page, reason } = await send(sent, [], words);
    isBusy = false;
    line = outcome === "away" || outcome === "logged-out" ? outcome : null;
    if (line) {
      putOff.push(() => step(form, said));
      again();
    } else if (page) {
      for (const part of parts().filter(isTyped)) {
        if (!goesAlong(part)) continue;
        fill(formOf(part), new Map([...typedIn(part)].map((name) => [name, stateOf(part).base.get(name) ?? [""]])));
        touch(part);
      }
      const told = parts().filter((part) => stateOf(part).fault && !isTyped(part));
      told.forEach((part) => Object.assign(stateOf(part), { fault: null, html: "", isMarked: false }));
      put(page);
    } else {
      await refresh();
      notice = reason;
    }
  });
  const inBar = document.querySelector(`#bar [data-way="${CSS.escape(form.id)}"]:not(:disabled)`);
  const button = inBar ?? here()?.querySelector("button:not(:disabled)");
  (button ?? document.getElementById("analysis")).focus({ preventScroll: true });
  show();
};

let goesOn = false;
// Forms beside the sections, which wait until everything is saved.
const waitingForms = new Set();
document.addEventListener("submit", async (event) => {
  const { target } = event;
  if (event.defaultPrevented || goesOn) return;
  const part = editor.contains(target) && partOf(target);
  if (part) {
    event.preventDefault();
    return submitPart(part, pressedBy(event));
  }
  if (editor.contains(target)) {
    event.preventDefault();
    return step(target);
  }
  if (isIdle()) return;
  event.preventDefault();
  if (waitingForms.has(target)) return;
  waitingForms.add(target);
  await flush();
  waitingForms.delete(target);
  goesOn = true;
  submitAnew(target, event.submitter);
  goesOn = false;
});

// The way to a field of this page; elsewhere only once everything is saved.
const goTo = (id) => {
  const place = document.getElementById(id);
  open(place);
  if (place.localName === "details") place.open = true;
  document.getElementById("tree-top").open = false;
  location.hash = id;
  const field = place.matches("input, select, textarea, [tabindex]") ? place : place.querySelector("summary, h2");
  if (field?.localName === "h2") field.setAttribute("tabindex", "-1");
  field?.focus({ preventScroll: true });
};
document.addEventListener("click", async (event) => {
  const { target, ctrlKey, metaKey, shiftKey, altKey, button } = event;
  const link = target.closest?.("a[href]");
  if (!link || event.defaultPrevented || button || ctrlKey || metaKey || shiftKey || altKey || link.target || link.hasAttribute("download")) return;
  if (link.closest("[data-testid=conflict]")) {
    event.preventDefault();
    const part = partOf(link);
    // Mine stays until theirs is here.
    await inTurn(async () => {
      const page = await get();
      if (!page) return;
      Object.assign(stateOf(part), { fault: null, base: values(formOf(part)), html: "", typed: null });
      put(page);
      wasSaved = false;
      keep();
    });
    return show();
  }
  const id = decodeURIComponent(link.hash.slice(1));
  const isHere = (link.pathname === location.pathname || link.pathname === HOME) && hasSameOptions(link);
  if (isHere && id && document.getElementById(id)) {
    event.preventDefault();
    return goTo(id);
  }
  if (isIdle()) return;
  event.preventDefault();
  if (!(await reachable())) return;
  await flush();
  location.assign(link.href);
});

// What is wrong, what is asked, or what was typed.
told.querySelector("[data-look]").addEventListener("click", () => {
  const part = parts().find((known) => stateOf(known).fault);
  if (!part) return;
  const [typed] = typedIn(part);
  const place = part.querySelector("[data-testid=asks], [data-testid=conflict], [aria-invalid=true]") ?? (typed && part.querySelector(`[name="${CSS.escape(typed)}"]`)) ?? part.querySelector("summary, h2");
  open(place);
  place.focus();
});
told.querySelector("[data-try]").addEventListener("click", async () => {
  for (const part of parts()) if (stateOf(part).fault !== "gone") stateOf(part).fault = null;
  notice = "";
  await flush();
});
told.querySelector("[data-leave]").addEventListener("click", () => {
  for (const part of parts().filter(isTyped)) {
    const state = stateOf(part);
    fill(formOf(part), new Map([...typedIn(part)].map((name) => [name, state.base.get(name) ?? [""]])));
    Object.assign(state, { fault: null, html: "", isMarked: false, reason: "" });
    touch(part);
  }
  notice = "";
  keep();
  const form = document.getElementById("undo-step");
  return form ? step(form) : show();
});
told.querySelector("[data-forget]").addEventListener("click", () => {
  forgetLost();
  for (const part of parts()) {
    const state = stateOf(part);
    if (state.fault !== "putBack") continue;
    const form = formOf(part);
    fill(form, state.base);
    form.elements.version.value = state.came.version;
    form.elements.base.value = state.came.base;
    state.fault = null;
    touch(part);
  }
  keep();
  show();
});

addEventListener("beforeunload", (event) => {
  parts().forEach(touch);
  if (putOff.length || parts().some(isTyped)) event.preventDefault();
});
// Whoever looks elsewhere may not come back; what is sent arrives though the page goes, and is looked for should it come again.
addEventListener("pagehide", () => {
  parts().forEach(touch);
  keep();
  const part = parts().find((known) => !stateOf(known).fault && isTyped(known));
  if (!part || isBusy || line) return;
  const form = formOf(part);
  const size = [...new FormData(form)].reduce((sum, [name, value]) => sum + name.length + String(value).length + 2, 0);
  if (size >= MOST_KEPT_ALIVE) return;
  stateOf(part).unsure = values(form);
  keep();
  send(form, [["live", "on"]], words, true);
});
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && pump());

// An old link to a field of a section that is not on this page.
const isOfOptions = /^#attributes\.\d+\.options\./.test(location.hash);
if (location.hash && !isOfOptions && !document.getElementById(decodeURIComponent(location.hash.slice(1))) && location.search.includes("section=")) {
  location.replace(`${HOME}${location.hash}`);
}
putBack();
parts().forEach(stateOf);
show();
watch(() => !line && isIdle(), () => inTurn(refresh));
