// What the fields of a form say, as the server would be told, and as the page came with them.
const META = new Set(["version", "base", "over", "alone", "listed", "find", "_end", "do"]);
// Whoever agrees to what a page shows does so anew where it comes again.
const isAgreed = ({ name }) => /^(seen|twice)(-|$)/.test(name);
const isField = (field) => field.name && !META.has(field.name) && !isAgreed(field) && !field.disabled && !/^(button|submit|password)$/.test(field.type);
const isTick = ({ type }) => type === "checkbox" || type === "radio";
const fieldsOf = (form) => [...form.elements].filter(isField);

const gathered = (form, read) => {
  const found = new Map();
  for (const field of fieldsOf(form)) {
    const known = found.get(field.name) ?? [];
    found.set(field.name, [...known, ...read(field)]);
  }
  return found;
};

/** What they say now: by name, the values. */
export const values = (form) =>
  gathered(form, (field) => {
    if (isTick(field)) return field.checked ? [field.value] : [];
    if (field.type === "file") return [...field.files].map(({ name, size }) => `${name} ${size}`);
    return field.localName === "select" ? [...field.selectedOptions].map(({ value }) => value) : [field.value];
  });

/** What the page came with. */
export const defaults = (form) =>
  gathered(form, (field) => {
    if (isTick(field)) return field.defaultChecked ? [field.value] : [];
    if (field.type === "file") return [];
    if (field.localName === "select") {
      const options = [...field.options];
      const chosen = options.filter(({ defaultSelected }) => defaultSelected);
      return (chosen.length || field.multiple ? chosen : options.slice(0, 1)).map(({ value }) => value);
    }
    return [field.type === "color" ? field.defaultValue.toLowerCase() : field.defaultValue];
  });

/** Whether it is a text that somebody types. */
export const isText = (node) => node.matches("textarea, input:not([type=checkbox], [type=radio], [type=color], [type=file])");

/** What a text is called for people; nothing for what is no text. */
export const labelOf = (form, name) => {
  const field = [...form.elements].find((known) => known.name === name);
  if (!field || !isText(field) || field.type === "hidden") return null;
  return (field.labels?.[0]?.textContent || field.getAttribute("aria-label") || "").trim();
};

/** The names of fields that say something else. */
export const differing = (one, other) => {
  const said = (fields, name) => fields.get(name)?.join("\0") ?? "";
  return new Set([...one.keys(), ...other.keys()].filter((name) => said(one, name) !== said(other, name)));
};

/** What was typed stays when the page's own values change under it. */
export const hold = (form) => {
  for (const field of fieldsOf(form)) {
    if (isTick(field)) field.checked = field.checked;
    else if (field.type !== "file" && field.type !== "hidden") field.value = field.value;
  }
};

/** Lets fields say this, but for those that are left alone. */
export const fill = (form, said, isLeft = () => false) => {
  const turns = new Map();
  for (const field of fieldsOf(form)) {
    const wanted = said.get(field.name);
    if (!wanted || isLeft(field)) continue;
    if (isTick(field)) {
      const checked = wanted.includes(field.value);
      if (field.checked !== checked) field.checked = checked;
      continue;
    }
    const turn = turns.get(field.name) ?? 0;
    turns.set(field.name, turn + 1);
    const value = wanted[turn];
    if (field.type === "file") {
      if (!wanted.length) field.value = "";
    } else if (value !== undefined && field.value !== value) field.value = value;
  }
};

/** What is sent: first what is done with it, last what says that all of it came. */
export const body = (form, first) => {
  const data = new FormData();
  for (const [name, value] of first) data.append(name, value);
  for (const [name, value] of new FormData(form)) if (name !== "do") data.append(name, value);
  return form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
};
