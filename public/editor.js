// The editor saves itself: each section a moment after a change, by the form that it is without this script. What follows from a save
// is put into the page; what was typed and could not be saved stays, is told, and is put back when the page comes again.
import { body, defaults, differing, fill, hold, values } from "./fields.js";
import { morph } from "./patch.js";

const editor = document.getElementById("editor");
const saving = document.getElementById("saving");
const told = document.getElementById("unsaved");
const words = { ...saving.dataset, ...told.dataset };
const HOME = editor.dataset.page;
const STORE = `unsaved ${saving.dataset.by} ${HOME}`;
const MOMENT = 500;
const PATIENCE = 30_000;
const MOST_KEPT_ALIVE = 60_000;

const formOf = (part) => part.querySelector("form");
const parts = () => [...editor.querySelectorAll("[data-part]")].filter(formOf);
const partOf = (node) => node.closest?.("[data-part]");
const stored = (task) => {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
};

// By section: what the shop has of it, and why it is not saved, if it can't be. A page that is a form which came back has what was typed.
const states = new WeakMap();
const stateOf = (part) => {
  if (!states.has(part)) states.set(part, { base: defaults(formOf(part)), html: written(part), fault: cameBack(part), reason: "" });
  return states.get(part);
};
// As it came: without the version, which every save changes, and what scripts do to it.
const written = (part) => part.outerHTML.replace(/name="version" value="[^"]*"| hidden=""| aria-autocomplete="list"/g, "");
const cameBack = (part) => {
  if (!("open" in part.dataset)) return null;
  if (part.querySelector("[data-testid=conflict]")) return "clash";
  return part.querySelector("[data-testid=asks]") ? "asks" : "wrong";
};
const typedIn = (part) => differing(values(formOf(part)), stateOf(part).base);
const isUnsaved = (part) => typedIn(part).size > 0 || Boolean(stateOf(part).fault);
// What was mended by typing what the shop has anyway is sent, too, so that it is not said to be wrong any more.
const isToSend = (part) => !stateOf(part).fault && (typedIn(part).size > 0 || stateOf(part).isMarked);

// A text is saved once it is left, and so are fields that mean something only together.
const isText = (node) => node.matches("textarea, input:not([type=checkbox], [type=radio], [type=color], [type=file])");
const isHeld = (part) => {
  if (part.querySelector("[aria-busy=true]")) return true;
  const at = document.activeElement;
  if (part.contains(at) && isText(at) && typedIn(part).has(at.name)) return true;
  const wholes = [];
  for (let node = document.activeElement; node && node !== part; node = node.parentElement) {
    if (node.matches("[data-whole]") && part.contains(node)) wholes.push(node);
  }
  const names = typedIn(part);
  return wholes.some((whole) => [...whole.querySelectorAll("[name]")].some(({ name }) => names.has(name)));
};

// What keeps everything from being saved: "away" or "logged-out".
let line = null;
let isBusy = false;
let wasSaved = false;
let lost = [];
let notice = "";

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
  told.querySelector("[data-forget]").hidden = fault !== "putBack" && !lost.length;
  told.hidden = !isTold;
  // It never lies over what has the focus.
  document.documentElement.style.scrollPaddingBottom = isTold ? `${told.offsetHeight + 24}px` : "";
  const isTyped = parts().some(isUnsaved);
  put(saving, isBusy ? words.saving : isTyped || line ? words.unsaved : wasSaved ? words.saved : "");
};

// What is not saved, kept for this tab: a reload or a crash loses nothing.
const keep = () => {
  const all = {};
  for (const part of parts()) {
    const names = typedIn(part);
    if (!names.size) continue;
    const form = formOf(part);
    const now = values(form);
    const { version, base } = form.elements;
    all[part.id] = { version: version.value, base: base.value, typed: [...names].map((name) => [name, now.get(name) ?? []]) };
  }
  // What has no place any more is shown until somebody forgets it.
  if (lost.length) all[""] = { typed: [["", lost]] };
  const isAny = Object.keys(all).length > 0;
  stored((storage) => (isAny ? storage.setItem(STORE, JSON.stringify(all)) : storage.removeItem(STORE)));
};
let keeping;
const keepSoon = () => {
  clearTimeout(keeping);
  keeping = setTimeout(keep, 200);
};
const putBack = () => {
  const all = JSON.parse(stored((storage) => storage.getItem(STORE))) ?? {};
  for (const [id, { version, base, typed }] of Object.entries(all)) {
    const part = parts().find((known) => known.id === id);
    const names = part ? values(formOf(part)) : new Map();
    const here = typed.filter(([name]) => names.has(name));
    const texts = typed.filter(([name]) => !names.has(name)).flatMap(([, said]) => said);
    lost.push(...texts.filter((text) => text.trim().length > 1));
    if (!part || !here.length) continue;
    const { base: saved } = stateOf(part);
    if (!differing(new Map(here), new Map(here.map(([name]) => [name, saved.get(name) ?? []]))).size) continue;
    const form = formOf(part);
    fill(form, new Map(here));
    // It was made from that draft: what others saved since is theirs, or a clash.
    const { elements } = form;
    stateOf(part).came = { version: elements.version.value, base: elements.base.value };
    elements.version.value = version;
    elements.base.value = base;
    stateOf(part).fault = "putBack";
    open(form.querySelector(`[name="${CSS.escape(here[0][0])}"]`));
  }
};

// Opens whatever something is in.
const open = (node) => {
  for (let row = node?.closest("details"); row; row = row.parentElement.closest("details")) row.open = true;
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
  const takes = (old, came) => old.dataset && "part" in old.dataset && Boolean(formOf(old)) && take(old, came, sent, at);
  morph(document.getElementById("bar"), page.getElementById("bar"), { takes: (old) => old === saving });
  morph(editor, fresh, { takes });
  document.title = page.title;
  const codes = document.getElementById("codes");
  if (codes) codes.textContent = page.getElementById("codes")?.textContent ?? codes.textContent;
  document.dispatchEvent(new Event("patched"));
  if (at.isConnected && at !== document.activeElement) at.focus({ preventScroll: true });
  if (anchor?.isConnected && anchor.getClientRects().length) {
    scrollBy({ top: anchor.getBoundingClientRect().top - top, behavior: "instant" });
  }
};

// One section; true where nothing is left to be done with it.
const take = (old, came, { part, said, outcome }, at) => {
  const state = stateOf(old);
  const [form, next] = [formOf(old), formOf(came)];
  if (!next) return false;
  const [theirs, now] = [defaults(next), values(form)];
  const typed = differing(now, state.base);
  const isSent = old === part;
  const html = written(came);
  // Of pasted rows those come back that can't be taken; all else is saved.
  const isMostlySaved = isSent && Boolean(came.querySelector("[data-testid=rows-wrong]"));
  let stays = typed;
  if (isSent && (outcome === "saved" || isMostlySaved)) {
    stays = differing(now, said);
  } else if (!isSent) {
    const isMoved = [...typed].some((name) => differing(new Map([[name, theirs.get(name) ?? []]]), new Map([[name, state.base.get(name) ?? []]])).size);
    const isOther = [...theirs.keys()].join() !== [...now.keys()].join();
    if (state.fault || (typed.size && (isMoved || isOther))) return true;
    if (!typed.size && html === state.html) {
      form.elements.version.value = next.elements.version.value;
      return true;
    }
  }
  const isFailed = isSent && outcome !== "saved";
  const base = new Map(theirs);
  if (isMostlySaved) base.set("rows", [""]);
  else if (isFailed) for (const name of typed) base.set(name, state.base.get(name) ?? []);
  const wanted = new Map(theirs);
  for (const name of stays) if (now.has(name)) wanted.set(name, now.get(name));
  // What the shop writes otherwise than it was typed is not put under somebody's caret.
  const isAt = isSent && outcome === "saved" && form.contains(at) && typed.has(at.name) && !stays.has(at.name);
  if (isAt) base.set(at.name, now.get(at.name));
  const made = ["version", "base"].map((name) => [name, form.elements[name].value]);
  hold(form);
  // What is typed into a rule that comes back in another form has no field there: the rule stays until that is saved.
  const homeless = [...stays, form.contains(at) && at.name].filter((name) => name && now.has(name) && !theirs.has(name));
  const holds = (node) => homeless.some((name) => node.querySelector(`[name="${CSS.escape(name)}"]`));
  const left = [];
  const isLeft = (node) => homeless.length > 0 && node.matches?.("li, fieldset[data-whole]") && holds(node) && left.push(node);
  morph(old, came, { opens: isFailed, takes: isLeft, keeps: isLeft });
  for (const { name } of left.flatMap((node) => [...node.querySelectorAll("[name]")])) if (!stays.has(name) && now.has(name)) base.set(name, now.get(name));
  const names = values(form);
  for (const name of [...base.keys()]) if (!names.has(name)) base.delete(name);
  fill(form, wanted, (field) => isAt && field.name === at.name);
  // A form that has to be mended was made from what it was made from.
  if (isFailed && outcome !== "clash" && !isMostlySaved) for (const [name, value] of made) form.elements[name].value = value;
  Object.assign(state, { base, html: isFailed ? "" : html, fault: isFailed && outcome !== "shown" ? outcome : null, isMarked: isFailed, reason: "" });
  return true;
};

const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const isAway = ({ status }) => [429, 502, 503, 504].includes(status);

// Sends a form; what came of it, and the page.
const send = async (form, first, keepalive = false) => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE);
  try {
    const sent = body(form, first);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: sent, signal: late.signal, keepalive });
    if (isAway(answer)) return { outcome: "away" };
    const page = parse(await answer.text());
    const url = new URL(answer.url);
    if (url.pathname === words.logIn) return { outcome: "logged-out" };
    if (!page.getElementById("editor")) {
      if (answer.ok) return { outcome: "elsewhere", url };
      const reason = page.querySelector("h1")?.textContent.trim() || String(answer.status);
      return { outcome: answer.status === 404 ? "gone" : "refused", reason: words.refused.replace("#", reason) };
    }
    if (answer.status === 409) return { outcome: "clash", page };
    if (!answer.ok) return { outcome: page.querySelector("[data-testid=asks]") ? "asks" : "wrong", page };
    return { outcome: answer.redirected ? "saved" : "shown", page, url };
  } catch {
    return { outcome: "away" };
  } finally {
    clearTimeout(timer);
  }
};

// The field or row that a form led to, and whether that is on another page.
let led = "";
let isElsewhere = false;

// Saves a section; true where the others may follow.
const save = async (part, submitter) => {
  const form = formOf(part);
  const state = stateOf(part);
  const said = values(form);
  const first = submitter ? [] : [["live", "on"]];
  if (submitter?.name) first.push([submitter.name, submitter.value]);
  notice = "";
  isBusy = true;
  show();
  const { outcome, page, url, reason } = await send(form, first);
  isBusy = false;
  line = outcome === "away" || outcome === "logged-out" ? outcome : null;
  led = (outcome === "saved" && url.searchParams.get("to")) || "";
  // A button may lead to another page of options.
  isElsewhere = outcome === "elsewhere" || (submitter && outcome === "saved" && page.getElementById("editor").dataset.at !== editor.dataset.at);
  if (line) {
    again();
  } else if (isElsewhere) {
    state.base = said;
    state.fault = null;
    keep();
    if (led) url.hash = led;
    location.assign(url);
  } else if (!page) {
    Object.assign(state, { fault: outcome, reason: reason && outcome === "refused" ? reason : "" });
  } else {
    const called = outcome === "saved" && url.searchParams.get("saved");
    // A code that was changed gives its section another name.
    if (called && called !== part.id && page.getElementById(called)) part.id = part.dataset.part = called;
    if (!submitter) page.querySelectorAll("[data-testid=saved]").forEach((note) => note.remove());
    put(page, { part, said, outcome });
    wasSaved ||= outcome === "saved";
  }
  keep();
  show();
  return !line && !isElsewhere;
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
const inTurn = (task) => (queue = queue.then(task, task));
const pump = (isForced = false, but = null) =>
  inTurn(async () => {
    const isDue = (part) => part !== but && isToSend(part) && (isForced || !isHeld(part));
    for (let part = parts().find(isDue); part; part = parts().find(isDue)) if (!(await save(part))) break;
    if (!line) wait = 2_000;
    show();
  });
/** Saves all that is typed, but for one section; whether nothing is left. */
const flush = async (but) => {
  clearTimeout(soon);
  await pump(true, but);
  return !parts().some((part) => part !== but && isUnsaved(part));
};
let soon;
const pumpSoon = () => {
  clearTimeout(soon);
  soon = setTimeout(() => pump(), MOMENT);
};

editor.addEventListener("input", ({ target }) => {
  const part = partOf(target);
  if (!part || !formOf(part)) return;
  const state = stateOf(part);
  if (state.fault !== "clash" && state.fault !== "gone") state.fault = null;
  keepSoon();
  show();
});
editor.addEventListener("change", pumpSoon);
// A rule that is shown otherwise says the same; one in which something was typed is as unsaved as before.
editor.addEventListener("redrawn", ({ target, detail }) => {
  const part = partOf(target);
  const namesIn = (rule) => [...rule.querySelectorAll("[name]")].map((field) => field.getAttribute("name"));
  const typed = typedIn(part);
  if (namesIn(target).some((name) => typed.has(name))) return;
  const { base } = stateOf(part);
  namesIn(target).forEach((name) => base.delete(name));
  queueMicrotask(() => {
    const now = values(formOf(part));
    for (const name of namesIn(detail)) if (now.has(name)) base.set(name, now.get(name));
  });
});
editor.addEventListener("focusout", () => setTimeout(() => parts().some(isToSend) && pumpSoon()));

// What was pressed, or what takes its place.
const focusAfter = (part, submitter) => {
  const wanted = part.querySelector("[autofocus], [aria-invalid=true]");
  const next = led ? document.getElementById(led) : null;
  const pressed = !submitter?.name ? null : [...part.querySelectorAll("button")].find(({ name, value, disabled }) => name === submitter.name && value === submitter.value && !disabled);
  const field = wanted ?? next ?? pressed ?? (submitter?.isConnected && !submitter.disabled && !/^(remove|attribute-remove)/.test(submitter.value) ? submitter : null);
  open(field);
  if (field) return field.focus({ preventScroll: !wanted && !next });
  const title = part.isConnected ? part.querySelector("h2, summary") : document.getElementById("attributes-title");
  title?.setAttribute("tabindex", "-1");
  title?.focus({ preventScroll: true });
};
// Enter in a line of text is Save, which nobody pressed.
const pressedBy = ({ submitter }) => (submitter?.tabIndex < 0 ? null : submitter);

const submitPart = async (part, submitter) => {
  // What is wrong elsewhere stays there, and keeps nothing here from being done.
  await flush(part);
  if (line) return show();
  await inTurn(() => save(part, submitter ?? { name: "", value: "" }));
  if (submitter && !isElsewhere) focusAfter(part, submitter);
};

// Undo and redo, once everything is saved.
const step = async (form) => {
  if (!(await flush())) {
    notice = line ? "" : words.mendFirst;
    return show();
  }
  isBusy = true;
  show();
  const action = form.getAttribute("action");
  const fresh = [...editor.querySelectorAll("form")].find((known) => known.getAttribute("action") === action);
  const { outcome, page, reason } = await inTurn(() => send(fresh ?? form, []));
  isBusy = false;
  line = outcome === "away" || outcome === "logged-out" ? outcome : null;
  if (page) put(page);
  else if (!line) {
    notice = reason;
    await refresh();
  }
  const button = [...editor.querySelectorAll("form")].find((known) => known.getAttribute("action") === action)?.querySelector("button");
  (button ?? document.getElementById("analysis")).focus({ preventScroll: true });
  show();
};
const refresh = async () => {
  const answer = await fetch(location.pathname === HOME ? location.href : HOME).catch(() => null);
  const page = answer?.ok && parse(await answer.text());
  if (page && page.getElementById("editor")) put(page);
};

let goesOn = false;
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
  if (!parts().some(isUnsaved)) return;
  event.preventDefault();
  await flush();
  goesOn = true;
  target.requestSubmit(event.submitter);
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
    const state = stateOf(part);
    Object.assign(state, { fault: null, base: values(formOf(part)), html: "" });
    await inTurn(refresh);
    wasSaved = false;
    keep();
    return show();
  }
  const id = decodeURIComponent(link.hash.slice(1));
  const isHere = link.pathname === location.pathname || link.pathname === HOME;
  if (isHere && id && document.getElementById(id)) {
    event.preventDefault();
    return goTo(id);
  }
  if (!parts().some(isUnsaved)) return;
  event.preventDefault();
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
told.querySelector("[data-forget]").addEventListener("click", () => {
  lost = [];
  for (const part of parts()) {
    const state = stateOf(part);
    if (state.fault !== "putBack") continue;
    const form = formOf(part);
    fill(form, state.base);
    form.elements.version.value = state.came.version;
    form.elements.base.value = state.came.base;
    state.fault = null;
  }
  keep();
  show();
});

addEventListener("beforeunload", (event) => {
  if (parts().some((part) => typedIn(part).size)) event.preventDefault();
});
// Whoever looks elsewhere may not come back; what is sent arrives though the page goes.
addEventListener("pagehide", () => {
  keep();
  const part = parts().find((known) => !stateOf(known).fault && typedIn(known).size);
  if (!part || isBusy || line) return;
  const form = formOf(part);
  const size = [...new FormData(form)].reduce((sum, [name, value]) => sum + name.length + String(value).length + 2, 0);
  if (size < MOST_KEPT_ALIVE) send(form, [["live", "on"]], true);
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
