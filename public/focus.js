// Where the focus is and goes in the editor, and what takes the place of something that was pressed.

/** Opens whatever something is in. */
export const open = (node) => {
  for (let row = node?.closest("details"); row; row = row.parentElement.closest("details")) row.open = true;
};

/** What the buttons say that move something by a place. */
export const MOVES = /^(attribute-)?(up|down)\b/;
/** Lets the focus go on after a button: to what has to be mended, to what it led to, to what was pressed, or to what stands there now. */
export const focusAfter = (part, submitter, outcome, gone, led) => {
  const wanted = outcome === "saved" ? null : part.querySelector("[autofocus], [aria-invalid=true]");
  const next = led ? document.getElementById(led) : null;
  const row = submitter.isConnected ? submitter.closest("[data-key], form") : null;
  const moves = submitter.disabled && MOVES.test(submitter.value) ? row?.querySelectorAll("button[name=do]:not(:disabled)") : [];
  const pressed = submitter.isConnected && !submitter.disabled ? submitter : [...(moves ?? [])].find(({ value }) => MOVES.test(value));
  const field = wanted ?? next ?? pressed ?? gone();
  open(field?.localName === "summary" ? field.parentElement.parentElement : field);
  if (field) return field.focus({ preventScroll: !wanted && !next });
  const title = part.isConnected ? part.querySelector("h2, summary") : document.getElementById("attributes-title");
  title?.setAttribute("tabindex", "-1");
  title?.focus({ preventScroll: true });
};
/** What will stand in the place of an entry that a button is in, should that go: the next one, or the last. */
export const besides = (submitter) => {
  const row = submitter.closest("[data-key]");
  const list = row?.parentElement;
  const at = row ? [...list.children].indexOf(row) : 0;
  return () => {
    const next = list?.isConnected && (list.children[at] ?? list.lastElementChild);
    return next ? next.querySelector("summary, input:not([type=hidden]), select, textarea") : null;
  };
};
/** What was pressed: Enter in a line of text is Save, which nobody did. */
export const pressedBy = ({ submitter }) => (submitter?.tabIndex < 0 ? null : submitter);
/** A button, or the one that took its place. Where an entry is told by its place alone, another one may stand there by now. */
export const sameButton = (part, button) => {
  const { isConnected, name, value } = button;
  if (isConnected) return button;
  return /:\d+$/.test(value) ? null : [...part.querySelectorAll("button")].find((other) => other.name === name && other.value === value) ?? null;
};
/** Sends a form once more, or the one that took its place, by the same button. */
export const submitAnew = (old, pressed) => {
  const isSame = (other) => other.getAttribute("action") === old.getAttribute("action") && other.method === old.method;
  const form = old.isConnected ? old : [...document.forms].find(isSame);
  const button = form?.contains(pressed) ? pressed : [...(form?.elements ?? [])].find(({ name, value }) => pressed && name === pressed.name && value === pressed.value);
  form?.requestSubmit(button);
};
/** Whether a link leads to the options of a long menu that are on this page, or to none. */
export const hasSameOptions = ({ search }) => {
  const asked = (query) => ["page", "find"].map((name) => new URLSearchParams(query).get(name) ?? "").join();
  return !search || asked(search) === asked(location.search);
};
/** What a form does beside the sections: where it is sent, and what it is about. Of which draft is no part of that. */
export const saidBy = (form) => {
  const about = [...form.elements].filter(({ type, name }) => type === "hidden" && !/^(version|base)$/.test(name));
  return [form.getAttribute("action"), ...about.map(({ name, value }) => `${name}=${value}`)].join("&");
};
