// What is typed into a form that a button saves is kept for this tab until it was saved. Where the page went meanwhile, by a link, an upload
// or because a session ended, it is put back, and named as not saved.
import { defaults, differing, fill, values } from "./fields.js";

const told = document.getElementById("put-back");
const forms = [...document.querySelectorAll("[data-kept]")].map((mark) => ({ form: mark.closest("form"), name: mark.dataset.kept, isBack: "back" in mark.dataset }));
const placeOf = ({ name }) => `typed ${told.dataset.by} ${location.pathname} ${name}`;
const stored = (task) => {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
};
const read = (kept) => JSON.parse(stored((storage) => storage.getItem(placeOf(kept))));
const write = (kept, value) => stored((storage) => (value ? storage.setItem(placeOf(kept), JSON.stringify(value)) : storage.removeItem(placeOf(kept))));
const isFile = (form, name) => [...form.elements].some((field) => field.name === name && field.type === "file");
const typedIn = ({ form }) => differing(values(form), defaults(form));
const made = (form) => Object.fromEntries(["version", "base"].filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]));

// A form that came back has what was typed as its own: that is kept as it was, with what is typed since.
const keep = (kept, sent = false) => {
  const { form, isBack } = kept;
  const before = isBack ? (read(kept)?.typed ?? []) : [];
  const names = new Set([...before.map(([name]) => name), ...typedIn(kept)].filter((name) => !isFile(form, name)));
  const now = values(form);
  const typed = [...names].filter((name) => now.has(name)).map((name) => [name, now.get(name)]);
  write(kept, typed.length ? { ...made(form), typed, sent } : null);
};

let isSent = false;
for (const kept of forms) {
  const { form, isBack } = kept;
  const before = read(kept);
  // An address that says so may be an old one, such as after a log-in: what was saved has another version.
  const isNewer = before && (!before.version || before.version !== made(form).version);
  if (before?.sent && isNewer && "saved" in told.dataset) write(kept, null);
  else if (before && !isBack) {
    const now = values(form);
    const typed = new Map(before.typed.filter(([name]) => now.has(name)));
    if (differing(typed, new Map([...typed.keys()].map((name) => [name, now.get(name)]))).size) {
      kept.came = made(form);
      fill(form, typed);
      // It was made from that draft: what others saved since is theirs, or asked about.
      for (const name of Object.keys(kept.came)) form.elements[name].value = before[name] ?? kept.came[name];
      told.hidden = false;
      for (let row = form.querySelector(`[name="${CSS.escape([...typed.keys()][0])}"]`)?.closest("details"); row; row = row.parentElement.closest("details")) row.open = true;
    } else write(kept, null);
  }
  form.addEventListener("input", () => keep(kept));
  form.addEventListener("submit", () => {
    keep(kept, true);
    isSent = true;
  });
}

told.querySelector("button").addEventListener("click", () => {
  for (const kept of forms.filter(({ came }) => came)) {
    fill(kept.form, defaults(kept.form));
    for (const [name, value] of Object.entries(kept.came)) kept.form.elements[name].value = value;
    write(kept, null);
  }
  told.hidden = true;
});
// Whoever takes what somebody else saved gives up what they typed.
document.addEventListener("click", ({ target }) => {
  const form = target.closest?.("[data-testid=conflict] a")?.closest("form");
  const kept = forms.find((known) => known.form === form);
  if (!kept) return;
  write(kept, null);
  isSent = true;
});
addEventListener("beforeunload", (event) => {
  if (!isSent && forms.some((kept) => kept.isBack || typedIn(kept).size)) event.preventDefault();
});
// A page that a browser kept is as it was left.
addEventListener("pageshow", ({ persisted }) => persisted && (isSent = false));
