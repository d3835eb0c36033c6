// The entries of a form's lists, each with a key: its code, or where it stands in its list. Those that have no code are told by what they
// say, so that the focus, what is open and what is typed go with an entry wherever it goes.
const rowsOf = (form) => [...form.querySelectorAll("[data-key]")];
const isPlace = (key) => /^\d+$/.test(key);
const fieldsOf = (row) => {
  const end = `.${row.dataset.key}`;
  const names = [...row.querySelectorAll("input[name], select[name], textarea[name]")].map((field) => field.getAttribute("name"));
  return [...new Set(names)].filter((name) => name.endsWith(end));
};
const stemOf = (row, name) => name.slice(0, -row.dataset.key.length);

// What an entry says, by field; where it stands is no part of it.
const saidBy = (row, fields) => {
  const said = new Map(fieldsOf(row).map((name) => [stemOf(row, name), fields.get(name)?.join("\0") ?? ""]));
  said.delete("place.");
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
  const taken = new Set(to.values());
  const waiting = old.filter((row) => isPlace(row.dataset.key)).map((row) => [row, saidBy(row, said)]);
  const open = fresh.filter((row) => isPlace(row.dataset.key) && !taken.has(row)).map((row) => [row, saidBy(row, came)]);
  byPlace(waiting, open, to);
  return { old, to, added: fresh.filter((row) => ![...to.values()].includes(row)) };
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
    for (const name of fieldsOf(row)) names.set(name, `${stemOf(row, name)}${next}`);
    const fields = [...row.querySelectorAll("[name]")].filter((field) => names.has(field.getAttribute("name")));
    const buttons = [...row.querySelectorAll("button[name=do]")].filter(({ value }) => value.endsWith(`:${key}`));
    return [{ row, key, next, fields, buttons }];
  });
  for (const { row, key, next, fields, buttons } of changes) {
    row.dataset.key = next;
    for (const field of fields) field.setAttribute("name", names.get(field.getAttribute("name")));
    for (const button of buttons) button.value = `${button.value.slice(0, -key.length)}${next}`;
  }
  return (fields) => new Map([...fields].map(([name, value]) => [names.get(name) ?? name, value]));
};

/** The key of the entry that was made of what was sent for another one; nothing where there is none. */
export const madeOf = (form, said, next, came) => {
  const wanted = [...said].filter(([name, value]) => name.startsWith("new.") && value.join("").trim() && came.get(name)?.join() !== value.join());
  if (!wanted.length) return null;
  const [[first, value]] = wanted;
  const { added } = become(form, said, next, came);
  return added.find(({ dataset }) => came.get(`${first.slice(4)}.${dataset.key}`)?.join() === value.join())?.dataset.key ?? null;
};
