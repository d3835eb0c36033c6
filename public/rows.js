// The entries of a form's lists, each with a key: its code, or where it stands in its list. Those that have no code are told by what they
// say, so that the focus, what is open and what is typed go with an entry wherever it goes.
import { defaults } from "./fields.js";

const rowsOf = (form) => [...form.querySelectorAll("[data-key]")];
const isPlace = (key) => /^\d+$/.test(key);
/** The keys of a form's entries. */
export const keysIn = (form) => rowsOf(form).map(({ dataset }) => dataset.key);
// Menus of a rule have the key before what they say of each condition: `given.weight.0.value`.
const around = (key, name) => {
  const end = name.endsWith(`.${key}`) ? name.length : name.indexOf(`.${key}.`) + 1 + key.length;
  return end > key.length ? [name.slice(0, end - key.length), name.slice(end)] : null;
};
const fieldsOf = (row) => {
  const names = [...row.querySelectorAll("input[name], select[name], textarea[name]")].map((field) => field.getAttribute("name"));
  return [...new Set(names)].filter((name) => around(row.dataset.key, name));
};
/** Whether a field is of an entry that is not there yet, and what it is called in the one with a key. */
export const isNew = (name) => /^new\.|^\w+\.new(\.|$)/.test(name);
export const asOf = (name, key) => {
  if (name.startsWith("new.")) return `${name.slice(4)}.${key}`;
  // Menus of a condition are called by the field that has its text: `by.new.when`.
  return name.replace(/\.new\.(when|values|enough|each)(?=\.|$)/, `.$1.${key}`).replace(/\.new(?=\.|$)/, `.${key}`);
};

// What an entry says, by field; where it stands is no part of it.
const saidBy = (row, fields) => {
  const said = new Map(fieldsOf(row).map((name) => [around(row.dataset.key, name).join(), fields.get(name)?.join("\0") ?? ""]));
  said.delete("place.,");
  return said;
};
const alike = (one, other) => [...one].filter(([name, said]) => other.get(name) === said).length;

// Those without a code: the most alike become each other, of those that are as much alike the nearest.
const byContent = (old, fresh, to) => {
  const pairs = old.flatMap(([row, said], at) => fresh.map(([next, came], place) => ({ row, next, like: alike(said, came), far: Math.abs(at - place) })));
  pairs.sort((one, other) => other.like - one.like || one.far - other.far);
  const taken = new Set();
  for (const { row, next, like } of pairs) {
    if (to.has(row) || taken.has(next) || (!like && old.length !== fresh.length)) continue;
    to.set(row, next);
    taken.add(next);
  }
};
// The same once those are out that say the very same, which are nearly all.
const byPlace = (old, fresh, to) => {
  const waiting = new Map();
  for (const entry of fresh) {
    const said = JSON.stringify([...entry[1]]);
    waiting.set(said, [...(waiting.get(said) ?? []), entry]);
  }
  const left = old.filter(([row, said]) => {
    const same = waiting.get(JSON.stringify([...said]))?.shift();
    if (same) to.set(row, same[0]);
    return !same;
  });
  byContent(left, [...waiting.values()].flat(), to);
};

/** By entry of a form, the one of the form that came which it has become. `said` is what was sent or shown of them, `came` what they say now. */
const become = (form, said, next, came) => {
  const [old, fresh] = [rowsOf(form), rowsOf(next)];
  const byKey = new Map(fresh.map((row) => [row.dataset.key, row]));
  const here = new Set(old.map((row) => row.dataset.key));
  const to = new Map();
  for (const row of old) {
    const { key } = row.dataset;
    if (isPlace(key)) continue;
    const code = said.get(`code.${key}`)?.[0]?.trim();
    const now = code && !here.has(code) && !byKey.has(key) ? byKey.get(code) : byKey.get(key);
    if (now) to.set(row, now);
  }
  const known = new Set(to.values());
  const waiting = old.filter((row) => isPlace(row.dataset.key)).map((row) => [row, saidBy(row, said)]);
  const open = fresh.filter((row) => isPlace(row.dataset.key) && !known.has(row)).map((row) => [row, saidBy(row, came)]);
  byPlace(waiting, open, to);
  const taken = new Set(to.values());
  return { old, to, added: fresh.filter((row) => !taken.has(row)) };
};

/** Gives the entries of a form the keys that they have in the one that came; what it returns gives fields that were read before their new names. */
export const follow = (form, said, next, came) => {
  const { old, to } = become(form, said, next, came);
  const keys = old.map((row) => [row, row.dataset.key, to.get(row)?.dataset.key]);
  if (keys.every(([, key, now]) => now === key || (now === undefined && !isPlace(key)))) return (fields) => fields;
  const names = new Map();
  const changes = keys.flatMap(([row, key, now]) => {
    // What is gone is nobody's, until it leaves the page.
    const next = now ?? `gone-${key}`;
    for (const name of fieldsOf(row)) names.set(name, around(key, name).join(next));
    const fields = [...row.querySelectorAll("[name]")].filter((field) => names.has(field.getAttribute("name")));
    const buttons = [...row.querySelectorAll("button[name=do]")].filter(({ value }) => value.split(":")[1] === key);
    return [{ row, key, next, fields, buttons }];
  });
  for (const { row, key, next, fields, buttons } of changes) {
    row.dataset.key = next;
    for (const field of fields) field.setAttribute("name", names.get(field.getAttribute("name")));
    for (const button of buttons) button.value = button.value.replace(`:${key}`, `:${next}`);
  }
  return (fields) => new Map([...fields].map(([name, value]) => [names.get(name) ?? name, value]));
};

// What tells a new entry: what its first field says; of a rule by menus, what they all say.
const tellingOf = (said, now) => {
  const typed = [...said].filter(([name, value]) => isNew(name) && value.join("").trim() && now.get(name)?.join() !== value.join());
  const menus = typed.filter(([name]) => !name.startsWith("new."));
  return menus.length ? menus : typed.slice(0, 1);
};
const saying = (rows, telling, now) => rows.find(({ dataset }) => telling.every(([name, value]) => now.get(asOf(name, dataset.key))?.join() === value.join()));

/** The key of the entry that was made of what was sent for another one; nothing where there is none. */
export const madeOf = (form, said, next, came) => {
  const telling = tellingOf(said, came);
  return telling.length ? saying(become(form, said, next, came).added, telling, came)?.dataset.key : undefined;
};
/** Whether a form has an entry of what was sent for another one; `keys` are those that there were before. */
export const isMade = (form, said, keys) => {
  const telling = tellingOf(said, defaults(form));
  const added = rowsOf(form).filter(({ dataset }) => !keys.includes(dataset.key));
  return telling.length > 0 && Boolean(saying(added, telling, defaults(form)));
};
