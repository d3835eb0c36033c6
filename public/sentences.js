// Rules and conditions by menus: a change of attribute or relation, and their buttons, are answered by the server and change that one alone.
const menus = (within) => within.querySelectorAll("[data-testid=show-values]");
const tidy = (within) => menus(within).forEach((button) => (button.hidden = true));
const RULES = "[data-testid=rule], [data-testid=new-rule]";
const ruleOf = (element) => element.closest(`${RULES}, [data-condition]`);
// Where it is on the page: a condition by its place in the draft, a rule by its place among all.
const finder = (rule) => {
  const { condition } = rule.dataset;
  if (condition) return (page) => page.querySelector(`[data-condition="${CSS.escape(condition)}"]`);
  const place = [...document.querySelectorAll(RULES)].indexOf(rule);
  return (page) => page.querySelectorAll(RULES)[place];
};

// What the fields of a rule say.
const said = (rule) => [...rule.querySelectorAll("input, select, textarea")].map((field) => (field.type === "checkbox" ? field.checked : field.value)).join("\0");
// The attribute of the condition that a button added, the last of its part.
const addedBy = (action, shown) => {
  const [, verb, key, part] = action.split(":");
  const subjects = [...shown.querySelectorAll("select[name$='.subject']")];
  return verb === "add" ? subjects.filter(({ name }) => name.startsWith(`${part}.${key}.`)).at(-1) : null;
};
// Whoever looks for an entry of a menu by its letters is left alone until they are through.
const THROUGH = 600;
let typedAt = -THROUGH;
const isTyping = (rule) => performance.now() - typedAt < THROUGH && rule.contains(document.activeElement);
const typedThrough = async (rule) => {
  while (isTyping(rule)) await new Promise((later) => setTimeout(later, THROUGH / 4));
};
// By rule, how often it was asked about.
const turns = new WeakMap();
const ask = async (form, rule, action, button) => {
  await answered(form, rule, action, button);
  // What waits for an answer, such as what saves the page, goes on.
  form.dispatchEvent(new Event("asked", { bubbles: true }));
};
const answered = async (form, rule, action, button) => {
  const sameIn = finder(rule);
  const turn = (turns.get(rule) ?? 0) + 1;
  turns.set(rule, turn);
  await typedThrough(rule);
  if (turn !== turns.get(rule) || !rule.isConnected) return;
  const before = said(rule);
  // The form ends with what says that all of it came.
  const fields = [...new FormData(form)].filter(([name]) => name !== "do");
  const sent = new URLSearchParams([["do", action], ...fields]);
  rule.setAttribute("aria-busy", "true");
  let page;
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    page = null;
  }
  await typedThrough(rule);
  rule.removeAttribute("aria-busy");
  const shown = page && sameIn(page);
  // A session that ended, a shop that is away: everything stays, and it goes on as it would without this script.
  if (!shown) {
    menus(rule).forEach((button) => (button.hidden = false));
    if (button) form.requestSubmit(button);
    return;
  }
  if (turn !== turns.get(rule) || !rule.isConnected) return;
  // What was typed meanwhile is newer.
  if (said(rule) !== before) return answered(form, rule, action, button);
  // Whoever went on elsewhere meanwhile stays there.
  const at = document.activeElement;
  const wasHere = rule.contains(at);
  shown.querySelector("[autofocus]")?.removeAttribute("autofocus");
  rule.dispatchEvent(new CustomEvent("redrawn", { bubbles: true, detail: shown }));
  rule.replaceWith(shown);
  tidy(shown);
  if (!wasHere) return;
  const same = at.id && document.getElementById(at.id);
  const next = same || addedBy(action, shown) || shown.querySelector("[aria-invalid=true], select, textarea");
  next?.focus({ preventScroll: true });
};

const editor = document.getElementById("editor");
if (editor) {
  tidy(editor);
  editor.addEventListener("keydown", ({ target, key }) => {
    if (target.matches("select") && key !== "Tab") typedAt = performance.now();
  });
  // What the editor puts into the page is as it comes without scripts.
  document.addEventListener("patched", () => tidy(editor));
  editor.addEventListener("change", ({ target }) => {
    if (!/^(given|then)\..*\.(subject|relation)$|^shape\./.test(target.name)) return;
    const key = target.closest("[data-rule]").dataset.rule;
    ask(target.form, ruleOf(target), `sentence:show:${key}`);
  });
  editor.addEventListener("click", (event) => {
    const button = event.target.closest("button[value^='sentence:']");
    if (!button) return;
    event.preventDefault();
    ask(button.form, ruleOf(button), button.value, button);
  });
}
