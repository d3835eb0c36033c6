// Completes codes in texts of the rule language: attributes, the options of the one that is tested, the numbers behind a dot.
let attributes = JSON.parse(document.getElementById("codes").textContent);
document.addEventListener("patched", () => (attributes = JSON.parse(document.getElementById("codes").textContent)));
const box = document.getElementById("codes-to-take");
const list = document.getElementById("codes-list");
const status = document.getElementById("codes-found");
const entry = document.getElementById("codes-entry").content.firstElementChild;
const highlight = list.dataset.chosen;
const MOST = 8;
const FUNCTIONS = [["count", ""], ["filled", ""], ["sum", ""]];

let field = null;
// Where the word begins and ends that is completed, and what could stand there.
let word = { start: 0, end: 0 };
let found = [];
let chosen = -1;

const called = (code) => attributes.find((attribute) => attribute.code === code);

/** What may stand behind a text, each with its name, and whether it is asked for before a letter is typed. */
function candidates(before) {
  const property = before.match(/([\p{L}_][\p{L}\p{N}_]*)\s*\.\s*$/u);
  if (property) return [(called(property[1])?.numbers ?? []).map((name) => [name, ""]), true];
  const tested = before.match(/([\p{L}_][\p{L}\p{N}_]*)\s*(?:==?|!=|\bhas\b|\b(?:not\s+)?in\b\s*[({](?:[^(){}]*,)?)\s*$/u);
  const attribute = tested && called(tested[1]);
  if (attribute?.options.length) return [attribute.options, true];
  if (/\bsum\s*\(\s*$/.test(before)) {
    return [[...new Set(attributes.flatMap(({ numbers }) => numbers))].map((name) => [name, ""]), true];
  }
  const of = (kind) => attributes.filter((known) => !kind || known.kind === kind).map(({ code, label }) => [code, label]);
  if (/\bcount\s*\(\s*$/.test(before)) return [of("multi-choice"), true];
  if (/\bfilled\s*\(\s*$/.test(before)) return [of("text"), true];
  return [[...of(), ...FUNCTIONS], false];
}

const close = () => {
  found = [];
  chosen = -1;
  box.hidden = true;
  status.textContent = "";
  field?.removeAttribute("aria-activedescendant");
  field?.removeAttribute("aria-controls");
};

function choose(place) {
  chosen = place;
  [...list.children].forEach((item, at) => {
    item.setAttribute("aria-selected", String(at === place));
    item.classList.toggle(highlight, at === place);
    item.classList.toggle("font-semibold", at === place);
  });
  const item = list.children[place];
  if (!item) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function show() {
  list.replaceChildren(
    ...found.map(([code, label], at) => {
      const item = entry.cloneNode(true);
      item.id = `codes-entry-${at}`;
      item.querySelector("code").textContent = code;
      item.querySelector("span span").textContent = label === code ? "" : label;
      return item;
    }),
  );
  if (box.previousElementSibling !== field) field.after(box);
  box.hidden = false;
  list.style.insetInlineStart = "";
  const beyond = list.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
  if (beyond > 0) list.style.insetInlineStart = `${-beyond}px`;
  field.setAttribute("aria-controls", list.id);
  status.textContent = status.dataset.found.replace("#", found.length);
}

/** Looks at what stands before the caret; `asked` shows what there is even before a letter is typed. */
function complete(asked) {
  if (field.readOnly || field.selectionStart !== field.selectionEnd) return close();
  const before = field.value.slice(0, field.selectionStart);
  const typed = before.match(/[\p{L}_][\p{L}\p{N}_]*$/u)?.[0] ?? "";
  const start = before.length - typed.length;
  const rest = field.value.slice(before.length).match(/^[\p{L}\p{N}_]*/u)[0];
  word = { start, end: before.length + rest.length };
  const [all, isWanted] = candidates(before.slice(0, start));
  if (!typed && !isWanted && !asked) return close();
  const small = typed.toLowerCase();
  const begins = ([code, label]) => code.startsWith(small) || label.toLowerCase().startsWith(small);
  const has = ([code, label]) => code.includes(small) || label.toLowerCase().includes(small);
  const first = all.filter(begins);
  found = [...first, ...all.filter((one) => !begins(one) && has(one))].slice(0, MOST);
  if (!found.length || (found.length === 1 && found[0][0] === typed && !rest)) return close();
  show();
  // Nothing is chosen until an arrow does: what is typed stays as it is.
  choose(-1);
}

function take(place) {
  const [code] = found[place];
  const { start, end } = word;
  close();
  field.setRangeText(code, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  close();
}

document.addEventListener("input", ({ target, isTrusted }) => {
  if (!isTrusted || !target.matches("textarea[data-codes]")) return;
  field = target;
  complete(false);
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("textarea[data-codes]") || event.isComposing) return;
  const isOpen = !box.hidden && field === event.target;
  const { key } = event;
  if (!isOpen) {
    if (key !== " " || !event.ctrlKey) return;
    field = event.target;
    event.preventDefault();
    return complete(true);
  }
  const many = found.length;
  if (key === "ArrowDown") choose((chosen + 1) % many);
  else if (key === "ArrowUp") choose(chosen <= 0 ? many - 1 : chosen - 1);
  else if (key === "Escape") close();
  else if (key === "Enter" && !event.shiftKey && chosen >= 0) take(chosen);
  else {
    if (key.startsWith("Arrow") || key === "Home" || key === "End" || key === "Tab") close();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
});

document.addEventListener("focusout", ({ target }) => {
  if (target === field) close();
});
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("textarea[data-codes]")) target.setAttribute("aria-autocomplete", "list");
});
// The pointer takes without the field losing what it has.
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", ({ target }) => {
  const place = [...list.children].indexOf(target.closest("[role=option]"));
  if (place >= 0) take(place);
});
