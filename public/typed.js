// What is typed into a form that a button saves is kept for this tab until it was saved. Where the page went meanwhile, by a link, an upload
// or because a session ended, it is put back, and named as not saved.
import { defaults, differing, fill, values } from "./fields.js";

const told = document.getElementById("put-back");
const forms = [...document.querySelectorAll("[data-kept]")].map((mark) => ({
  form: mark.closest("form"),
  name: mark.dataset.kept,
  isBack: "back" in mark.dataset,
  isOnce: "once" in mark.dataset,
}));
const placeOf = ({ name }) => `typed ${told.dataset.by} ${location.pathname} ${name}`;
const stored = (task) => {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
};
// By form: each field that is not saved, with what it says, the draft that it was made from, and whether it was sent. Those that stand on
// another page of the form wait for it.
const read = (kept) => JSON.parse(stored((storage) => storage.getItem(placeOf(kept)))) ?? [];
const write = (kept, all) => stored((storage) => (all.length ? storage.setItem(placeOf(kept), JSON.stringify(all)) : storage.removeItem(placeOf(kept))));
const isFile = (form, name) => [...form.elements].some((field) => field.name === name && field.type === "file");
const typedIn = ({ form }) => differing(values(form), defaults(form));
const made = (form) => Object.fromEntries(["version", "base"].filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]));

// A form that came back has what was typed as its own: that is kept as it was, with what is typed since.
const keep = (kept, sent = false) => {
  const { form, isBack } = kept;
  const [now, typed, before] = [values(form), typedIn(kept), read(kept)];
  const isTyped = (name) => typed.has(name) || (isBack && before.some((one) => one.name === name));
  const here = [...now.keys()].filter((name) => isTyped(name) && !isFile(form, name));
  write(kept, [...before.filter(({ name }) => !now.has(name)), ...here.map((name) => ({ name, said: now.get(name), ...made(form), sent }))]);
};
// What is put back, or came back, was not taken, whether it was sent or not.
const unsent = (one) => ({ ...one, sent: false, taken: false });
const putBack = (kept) => {
  const { form, isOnce } = kept;
  const now = values(form);
  // An address that says so may be an old one, such as after a log-in: what was saved has another version. What is over once it was sent
  // is told by the page that came then: where none came, a shop was away.
  const isKnown = ({ version, taken }) => (isOnce ? taken : "saved" in told.dataset && (!version || version !== made(form).version));
  const isSaved = (one) => one.sent && isKnown(one);
  const isOther = ({ name, said }) => differing(new Map([[name, said]]), new Map([[name, now.get(name)]])).size > 0;
  const before = read(kept).filter((one) => !isSaved(one) && (!now.has(one.name) || isOther(one)));
  write(kept, before.map((one) => (now.has(one.name) ? unsent(one) : one)));
  const here = before.filter(({ name }) => now.has(name));
  if (!here.length) return;
  kept.came = made(form);
  fill(form, new Map(here.map(({ name, said }) => [name, said])));
  // It was made from that draft: what others saved since is theirs, or asked about.
  const [oldest] = [...here].sort((one, other) => Number(one.version) - Number(other.version));
  for (const name of Object.keys(kept.came)) form.elements[name].value = oldest[name] ?? kept.came[name];
  told.hidden = false;
  for (let row = form.querySelector(`[name="${CSS.escape(here[0].name)}"]`)?.closest("details"); row; row = row.parentElement.closest("details")) row.open = true;
};

let isSent = false;
for (const kept of forms) {
  if (kept.isBack) write(kept, read(kept).map(unsent));
  else putBack(kept);
  kept.form.addEventListener("input", () => keep(kept));
  kept.form.addEventListener("submit", (event) => {
    keep(kept, true);
    isSent = true;
    // What waits for the shop, or for something else, is sent anew by that.
    setTimeout(() => {
      if (!event.defaultPrevented) return;
      keep(kept);
      isSent = false;
    });
  });
}

told.querySelector("button").addEventListener("click", () => {
  for (const kept of forms.filter(({ came }) => came)) {
    fill(kept.form, defaults(kept.form));
    for (const [name, value] of Object.entries(kept.came)) kept.form.elements[name].value = value;
    keep(kept);
  }
  told.hidden = true;
});
// Whoever takes what somebody else saved gives up what they typed.
document.addEventListener("click", ({ target }) => {
  const form = target.closest?.("[data-testid=conflict] a")?.closest("form");
  const kept = forms.find((known) => known.form === form);
  if (!kept) return;
  const now = values(form);
  write(kept, read(kept).filter(({ name }) => !now.has(name)));
  isSent = true;
});
addEventListener("beforeunload", (event) => {
  if (!isSent && forms.some((kept) => kept.isBack || typedIn(kept).size)) event.preventDefault();
});
// A page that a browser kept is as it was left.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  isSent = false;
  for (const kept of forms) keep(kept);
});
