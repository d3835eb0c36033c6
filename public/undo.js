// Undo and redo beyond what a design starts from. The page itself goes back as far as that: an answer about use, a proposal that is taken
// and a reset load another start. What was before each is kept in the tab, and stands as a link in the place of the button that has
// nothing to do any more.
const root = document.getElementById("configurator");
const was = document.querySelector("#configurator [name=_was]");
// A design behind a link begins at another address.
const [page] = was.form.getAttribute("action").match(/^\/products\/[^/?]+/);
const { search: asked } = location;
const actions = document.querySelector("[data-testid=order]").parentElement;
const buttons = [...actions.querySelectorAll("button[type=button]")];
const place = `steps ${page}`;
const most = 20;
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

// How this page came about.
const arrive = (kind) => {
  steps = read();
  came = was.value;
  const { past, future, now, going } = steps;
  const isOther = now !== undefined && now !== came;
  const back = past.findLastIndex?.((query) => startOf(query) === startOf(came)) ?? -1;
  const forth = future.findLastIndex?.((query) => startOf(query) === startOf(came)) ?? -1;
  const { pathname } = document.referrer.startsWith(location.origin) ? new URL(document.referrer) : { pathname: "" };
  const led = asked !== "" && going?.href.endsWith(asked) ? going.way : undefined;
  if (led === "back") future.push(now) && past.pop();
  else if (led === "forth") past.push(now) && future.pop();
  else if (kind === "back_forward") {
    if (isOther && startOf(now) !== startOf(came) && back >= 0) future.push(now, ...past.splice(back).slice(1).reverse());
    else if (isOther && startOf(now) !== startOf(came) && forth >= 0) past.push(now, ...future.splice(forth).slice(1).reverse());
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
    if (query !== undefined) link.href = `${page}?${query}`;
    if (link.hidden === (query === undefined)) continue;
    link.hidden = query === undefined;
    button.hidden = !link.hidden;
    if (hadFocus) (link.hidden ? button : link).focus();
  }
}
const goes = (index) => {
  steps.going = { way: ways[index][0], href: links[index].href };
  steps.now = was.value;
  write();
};
for (const [index, link] of links.entries()) link.addEventListener("click", () => goes(index));

const begin = () => {
  for (const [index, button] of buttons.entries()) button.after(links[index]);
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
if (buttons.length === 2 && root.dataset.artifact) {
  const whenAlive = () => "alive" in root.dataset && (observer.disconnect(), setTimeout(begin, 50));
  const observer = new MutationObserver(whenAlive);
  observer.observe(root, { attributeFilter: ["data-alive"] });
  whenAlive();
}
