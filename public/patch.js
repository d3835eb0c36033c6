// Makes a part of this page the same as one that came from the server: what is the same stays as it is, with the focus and what is open.
// Scripts stay, what stands in for them, and the list of codes, which a script moves about.
const isStill = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches("script, noscript, template, #codes-to-take");
const MANY = /^(checkbox|radio|submit)$/;
// Forms have fields that are called `name` and `id`, so attributes are asked for as such.
const fieldKey = (node) => {
  const name = node.getAttribute("name");
  if (!name) return "";
  const type = node.getAttribute("type") ?? "";
  return `${node.localName} ${name} ${MANY.test(type) ? node.getAttribute("value") : ""}`;
};
// What an element is told by among those beside it. Ids of fields count places, so that the entry and the field come before.
const keyOf = (node) => {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const entry = node.getAttribute("data-key");
  if (entry) return `entry ${entry}`;
  const field = fieldKey(node);
  if (field) return field;
  const within = [...node.children].map(fieldKey).find(Boolean);
  return node.getAttribute("id") ?? (within ? `around ${within}` : "");
};
const isLike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName;
// Several of one key are told apart by their order.
const counting = () => {
  const seen = new Map();
  return (node) => {
    const key = keyOf(node);
    if (!key) return "";
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times ? `${key} ${times}` : key;
  };
};

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
  const keyed = new Map();
  const plain = [];
  const [ofHere, ofFresh] = [counting(), counting()];
  for (const node of here) {
    const key = ofHere(node);
    if (key) keyed.set(key, node);
    else plain.push(node);
  }
  let next = 0;
  const pairs = came.map((node) => {
    const key = ofFresh(node);
    if (key) {
      const known = keyed.get(key);
      return [known && isLike(known, node) ? known : null, node];
    }
    const at = plain.findIndex((one, place) => place >= next && isLike(one, node));
    if (at >= 0) next = at + 1;
    return [plain[at] ?? null, node];
  });
  return { here, pairs };
};

// Where a browser can, with the focus in it.
const move = (parent, node, before) => (parent.moveBefore ? parent.moveBefore(node, before) : parent.insertBefore(node, before));

/**
 * Makes `old` the same as `fresh`. `takes` may take an element and what is in it; `keeps` one that is not there any more; `leaves` is told
 * what goes; `opens` also opens what is open there.
 */
export const morph = (old, fresh, { takes, keeps, leaves, opens } = {}) => {
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
    if (keeps?.(node)) {
      kept.add(node);
      continue;
    }
    leaves?.(node);
    node.remove();
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
    else move(old, known, cursor);
    morph(known, node, { takes, keeps, leaves, opens });
  }
};
