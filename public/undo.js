// Undo and redo beyond what a design starts from. The page itself goes back as far as that: an answer about use, a proposal that is taken
// and a reset load another start. What was before each is kept in the tab, and stands as a link in the place of the button that has
// nothing to do any more. Where the page is a form that the server answers, each change is such a step.
const root = document.getElementById("configurator");
const was = document.querySelector("#configurator [name=_was]");
// A design behind a link begins at another address.
const [page] = was.form.getAttribute("action").match(/^\/products\/[^/?]+/);
const { search: asked } = location;
const actions = document.querySelector("[data-testid=order]").parentElement;
const buttons = [...actions.querySelectorAll("button[type=button]")];
const place = `steps ${page}`;
const most = 50;
const stored = (task) => {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
};
const read = () => JSON.parse(stored((storage) => storage.getItem(place))) ?? { past: [], future: [] };
const write = () => stored((storage) => storage.setItem(place, JSON.stringify(steps)));
let steps = read();
// The design as the page came with it: only from there the steps beyond the page's own lead on.
let came = was.value;
const startOf = (query) => {
  const own = [...new URLSearchParams(query)].filter(([name]) => ["_revision", "_start", "_use", "_needs", "_base"].includes(name));
  return JSON.stringify(own);
};
const canUndo = () => !buttons[0].disabled;
const isForm = () => !root.dataset.artifact || "failed" in root.dataset;
// Whether the page itself leads from one to the other.
const isNear = (one, other) => (isForm() ? one === other : startOf(one) === startOf(other));

// How this page came about.
const arrive = (kind) => {
  steps = read();
  came = was.value;
  const { past, future, now, going } = steps;
  const isOther = now !== undefined && now !== came;
  const back = past.findLastIndex?.((query) => isNear(query, came)) ?? -1;
  const forth = future.findLastIndex?.((query) => isNear(query, came)) ?? -1;
  const { pathname } = document.referrer.startsWith(location.origin) ? new URL(document.referrer) : { pathname: "" };
  const led = asked !== "" && going?.href.endsWith(asked) ? going.way : undefined;
  if (led === "back") future.push(now) && past.pop();
  else if (led === "forth") past.push(now) && future.pop();
  else if (kind === "back_forward") {
    if (isOther && !isNear(now, came) && back >= 0) future.push(now, ...past.splice(back).slice(1).reverse());
    else if (isOther && !isNear(now, came) && forth >= 0) past.push(now, ...future.splice(forth).slice(1).reverse());
  } else if (kind === "navigate") {
    // Nothing leads back to what came before a switch that was turned off, or another product.
    const isOff = isOther && pathname === `${page}/defaults` && startOf(came).includes("standard");
    const isOver = steps.ends || isOff || !(pathname === page || pathname.startsWith(`${page}/`) || pathname.startsWith("/d/"));
    if (isOver) steps = { past: [], future: [] };
    else if (isOther && !(startOf(now) === startOf(came) && canUndo())) Object.assign(steps, { past: [...past, now].slice(-most), future: [] });
  }
  delete steps.going;
  delete steps.ends;
  steps.now = came;
  write();
  show();
  if (led && isForm()) comeBack(going);
};
// The page of a form is as it was left, but for the design.
const comeBack = ({ way, top }) => {
  scrollTo({ top, behavior: "instant" });
  const index = way === "back" ? 0 : 1;
  const place = [links[index], buttons[index], links[1 - index]].find((at) => !at.hidden && !at.disabled);
  place?.focus({ preventScroll: true });
  const status = document.querySelector("[data-testid=bar] [role=status]");
  const total = document.querySelector("[data-testid=total]");
  setTimeout(() => (status.textContent = total.textContent), 100);
};

const links = buttons.map((button) => {
  const link = document.createElement("a");
  link.className = button.className;
  link.innerHTML = button.innerHTML;
  link.hidden = true;
  link.rel = "nofollow";
  return link;
});
const ways = [
  ["back", () => steps.past.at(-1)],
  ["forth", () => (was.value === came ? steps.future.at(-1) : undefined)],
];
function show() {
  for (const [index, button] of buttons.entries()) {
    const query = button.disabled ? ways[index][1]() : undefined;
    const link = links[index];
    const hadFocus = [button, link].includes(document.activeElement);
    if (query !== undefined) link.href = `${page}?${query}${isForm() ? location.hash : ""}`;
    if (link.hidden === (query === undefined)) continue;
    link.hidden = query === undefined;
    button.hidden = !link.hidden;
    if (hadFocus) (link.hidden ? button : link).focus();
  }
}
const goes = (index) => {
  steps.going = { way: ways[index][0], href: links[index].href.split("#")[0], top: scrollY };
  steps.now = was.value;
  write();
};
for (const [index, link] of links.entries()) link.addEventListener("click", () => goes(index));

const begin = () => {
  for (const [index, button] of buttons.entries()) {
    // They wait for the page to come alive, which a form does not.
    if (isForm()) for (const one of [button, links[index]]) one.classList.remove("not-alive:hidden");
    button.after(links[index]);
  }
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  arrive(type);
  new MutationObserver(show).observe(actions, { subtree: true, attributeFilter: ["disabled"] });
  // What was undone by the page itself can be other than what it came with.
  for (const kind of ["click", "change"]) addEventListener(kind, () => setTimeout(show));
  addEventListener("pageshow", ({ persisted }) => persisted && arrive("back_forward"));
  addEventListener("pagehide", () => {
    steps.now = was.value;
    write();
  });
  // Before the page's own, which does the same within it.
  const onKey = (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    const letter = key.toLowerCase();
    if (!(ctrlKey || metaKey) || altKey || !(letter === "z" || (letter === "y" && !shiftKey))) return;
    if (target.matches?.("input:is([type=text], [type=search]), textarea") || document.querySelector("dialog[open]")) return;
    const link = links[letter === "z" && !shiftKey ? 0 : 1];
    if (link.hidden) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    link.click();
  };
  addEventListener("keydown", onKey, true);
};

document.addEventListener("submit", ({ submitter }) => {
  if (submitter?.name !== "_switch") return;
  steps.ends = true;
  write();
});
if (buttons.length === 2) {
  const isReady = () => isForm() || "alive" in root.dataset;
  const whenReady = () => isReady() && (observer.disconnect(), setTimeout(begin, isForm() ? 0 : 50));
  const observer = new MutationObserver(whenReady);
  observer.observe(root, { attributeFilter: ["data-alive", "data-failed"] });
  whenReady();
}
