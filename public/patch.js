// Makes a part of this page the same as one that came from the server: what is the same stays as it is, with the focus and what is open.
// Scripts stay, what stands in for them, and the list of codes, which a script moves about.
const isStill = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches("script, noscript, template, #codes-to-take");
const MANY = /^(checkbox|radio|submit)$/;
// Forms have fields that are called `name` and `id`, so attributes are asked for as such. Entries of lists and their fields are told
// apart by what the form calls them: their ids say where they stand, which others may change.
const idOf = (node) => (node.nodeType === Node.ELEMENT_NODE && node.getAttribute("id")) || "";
const keyOf = (node) => {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const entry = node.getAttribute("data-entry");
  if (entry) return `${node.localName} ${entry}`;
  const name = node.getAttribute("name");
  if (!name || !node.matches("input, select, textarea, button")) return idOf(node);
  const type = node.getAttribute("type") ?? "";
  return `${node.localName} ${name} ${MANY.test(type) ? node.getAttribute("value") : ""}`;
};
const isLike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName;

const attributes = (old, fresh, opens) => {
  const stays = ({ name }) => name === "open" && old.localName === "details";
  for (const attribute of [...old.attributes]) {
    if (!fresh.hasAttribute(attribute.name) && !stays(attribute)) old.removeAttribute(attribute.name);
  }
  for (const attribute of fresh.attributes) {
    if (stays(attribute) && !opens) continue;
    if (old.getAttribute(attribute.name) !== attribute.value) old.setAttribute(attribute.name, attribute.value);
  }
};

// The node of this page that becomes each of those that came, if there is one.
const paired = (old, fresh) => {
  const here = [...old.childNodes].filter((node) => !isStill(node));
  const came = [...fresh.childNodes].filter((node) => !isStill(node));
  const wanted = new Set(came.map(keyOf));
  const keyed = new Map();
  // What is called otherwise now is still at its place.
  const placed = new Map();
  const plain = [];
  for (const node of here) {
    const key = keyOf(node);
    if (!key) plain.push(node);
    else if (!keyed.has(key)) keyed.set(key, node);
    if (key && !wanted.has(key) && idOf(node)) placed.set(idOf(node), node);
  }
  let next = 0;
  const pairs = came.map((node) => {
    const key = keyOf(node);
    if (key) {
      const known = keyed.get(key) ?? placed.get(idOf(node));
      keyed.delete(key);
      return [known && isLike(known, node) ? known : null, node];
    }
    const at = plain.findIndex((one, place) => place >= next && isLike(one, node));
    if (at >= 0) next = at + 1;
    return [plain[at] ?? null, node];
  });
  return { here, pairs };
};

/** Makes `old` the same as `fresh`. `takes` may take an element and what is in it; `keeps` one that is not there any more; `opens` also opens
 * what is open there. */
export const morph = (old, fresh, { takes, keeps, opens } = {}) => {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (takes?.(old, fresh)) return;
  attributes(old, fresh, opens);
  const { here, pairs } = paired(old, fresh);
  const stays = new Set(pairs.map(([known]) => known));
  const kept = new Set();
  for (const node of here) {
    if (stays.has(node)) continue;
    if (keeps?.(node)) kept.add(node);
    else node.remove();
  }
  let cursor = old.firstChild;
  const pass = () => {
    while (cursor && (isStill(cursor) || kept.has(cursor))) cursor = cursor.nextSibling;
  };
  for (const [known, node] of pairs) {
    pass();
    if (!known) {
      old.insertBefore(document.importNode(node, true), cursor);
      continue;
    }
    if (known === cursor) cursor = cursor.nextSibling;
    else old.insertBefore(known, cursor);
    morph(known, node, { takes, keeps, opens });
  }
};
