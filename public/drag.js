// Rows of the editor's lists, and entries of its tree, are dragged to another place by a handle, with a mouse, a pen or a finger. What is
// dropped is typed into the field that says the place, so that it is saved, merged and undone as if somebody had written it there.
const STARTS = 4;
const EDGE = 72;
const SPEED = 14;

// What is being dragged: the row, those among which it is, where each begins and ends, and what a place among them means.
let drag = null;
let line = null;

const formOf = (part) => part?.querySelector("form");
// An attribute has a form of its own, in which its options have places, too.
const placeIn = (row) => formOf(row)?.elements.namedItem("place") ?? row.querySelector('input[name^="place."]');
const saved = (field) => Number(field?.defaultValue) || 0;
const say = (field, value) => {
  if (!field || field.value === String(value)) return;
  field.value = String(value);
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
};
const move = (row, before, parent) => (parent.moveBefore && row.isConnected ? parent.moveBefore(row, before) : parent.insertBefore(row, before));

// A list: which place a row has then is that of the one that stands there now. A page of a long menu begins where it begins.
const inList = (row) => {
  const items = [...row.parentElement.children].filter((item) => item.querySelector(":scope > [data-drag], :scope > summary > [data-drag]") && placeIn(item));
  const drop = (gap) => {
    const from = items.indexOf(row);
    const to = gap > from ? gap - 1 : gap;
    if (to === from) return;
    const places = items.map((item) => saved(placeIn(item))).sort((one, other) => one - other);
    move(row, items[gap] ?? items.at(-1).nextSibling, row.parentElement);
    say(placeIn(row), places[to]);
  };
  return { row, items, drop };
};

const attributeForm = (code) => formOf(document.getElementById(`attribute-${code}`));
const isStep = (item) => "step" in item.dataset;
// Steps of the tree, each with the attributes under it.
const inSteps = (row) => {
  const all = [...row.parentElement.children];
  const items = all.filter((item) => isStep(item) && item.querySelector("[data-drag]"));
  const ends = (item) => {
    let last = item;
    while (last.nextElementSibling?.dataset.attribute) last = last.nextElementSibling;
    return last;
  };
  const fieldOf = (item) => document.querySelector(`#steps input[name="place.${CSS.escape(item.dataset.step)}"]`);
  const drop = (gap) => {
    const from = items.indexOf(row);
    const to = gap > from ? gap - 1 : gap;
    if (to !== from) say(fieldOf(row), items.map((item) => saved(fieldOf(item))).sort((one, other) => one - other)[to]);
  };
  return { row, items, ends, drop };
};
// Attributes of the tree: a place among all, in the step under which they are dropped.
const inTree = (row) => {
  const items = [...row.parentElement.children].filter((item) => isStep(item) || item.dataset.attribute);
  const drop = (gap) => {
    const from = items.indexOf(row);
    if (gap === from || gap === from + 1) return;
    const before = items.slice(0, gap).filter((item) => item !== row);
    const step = before.findLast(isStep) ?? items.find(isStep);
    const [next, last] = [items[gap], before.at(-1)];
    const placeOf = (item) => saved(attributeForm(item.dataset.attribute)?.elements.namedItem("place"));
    const mine = placeOf(row);
    let place = mine;
    if (next && !isStep(next)) place = mine < placeOf(next) ? placeOf(next) - 1 : placeOf(next);
    else if (last && !isStep(last)) place = mine < placeOf(last) ? placeOf(last) : placeOf(last) + 1;
    const { elements } = attributeForm(row.dataset.attribute);
    move(row, next && next !== step ? next : (last ?? step).nextSibling, row.parentElement);
    if ([...elements.namedItem("step").options].some(({ value }) => value === step.dataset.step)) say(elements.namedItem("step"), step.dataset.step);
    say(elements.namedItem("place"), place);
  };
  return { row, items, drop };
};
const begun = (handle) => {
  if (handle.parentElement.localName === "summary") return inList(handle.closest("details"));
  const row = handle.closest("li");
  if (isStep(row)) return inSteps(row);
  return row.dataset.attribute ? inTree(row) : inList(row);
};

const boxes = ({ items, ends }) =>
  items.map((item) => {
    const { top, left, width } = item.getBoundingClientRect();
    return { top, left, width, bottom: (ends?.(item) ?? item).getBoundingClientRect().bottom };
  });
// Before how many of the rows it would stand: a row is passed at its middle, a tall one as soon as a hand's breadth of it is.
const gapAt = (drag) => {
  const passed = ({ top, bottom }) => drag.y > Math.min((top + bottom) / 2, top + 120);
  const from = drag.items.indexOf(drag.row);
  const rows = boxes(drag);
  const first = rows.findIndex((box, at) => (at > from && box.bottom - box.top > 240 ? drag.y < box.bottom - 120 && !passed(box) : !passed(box)));
  return first < 0 ? rows.length : first;
};
const show = () => {
  const rows = boxes(drag);
  const gap = gapAt(drag);
  const { left, width } = rows[0];
  const top = gap < rows.length ? rows[gap].top : rows.at(-1).bottom;
  Object.assign(line.style, { top: `${top - 2}px`, left: `${left}px`, width: `${width}px` });
};
const scrollerOf = (node) => {
  for (let up = node.parentElement; up; up = up.parentElement) {
    if (up.scrollHeight > up.clientHeight && /auto|scroll/.test(getComputedStyle(up).overflowY)) return up;
  }
  return document.scrollingElement;
};
// Near an edge of what scrolls, it does.
const scroll = () => {
  if (!drag?.isMoving) return;
  const { scroller } = drag;
  const isPage = scroller === document.scrollingElement;
  const { top, bottom } = isPage ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect();
  const by = drag.y < top + EDGE ? -SPEED : drag.y > bottom - EDGE ? SPEED : 0;
  if (by) {
    scroller.scrollBy({ top: by, behavior: "instant" });
    show();
  }
  requestAnimationFrame(scroll);
};

const end = () => {
  if (!drag) return;
  delete drag.row.dataset.dragged;
  line?.remove();
  line = null;
  drag = null;
};
const start = () => {
  drag.isMoving = true;
  drag.row.dataset.dragged = "";
  drag.scroller = scrollerOf(drag.row);
  line = document.createElement("div");
  line.id = "drag-line";
  document.body.append(line);
  requestAnimationFrame(scroll);
};

const handleOf = ({ target }) => target.closest?.("[data-drag]");
// Of a tree that is searched not all entries are seen, so no place among them is meant.
const isSearched = (handle) => handle.closest("[data-branches]")?.parentElement.querySelector("[name=search]")?.value.trim();
document.addEventListener("pointerdown", (event) => {
  const handle = handleOf(event);
  if (!handle || drag || event.button || !event.isPrimary || isSearched(handle)) return;
  handle.setPointerCapture(event.pointerId);
  drag = { ...begun(handle), handle, pointer: event.pointerId, from: event.clientY, y: event.clientY, isMoving: false };
});
const isOf = ({ pointerId }) => drag?.pointer === pointerId;
// The focus stays where it is, and a summary closed or open.
document.addEventListener("mousedown", (event) => handleOf(event) && event.preventDefault());
document.addEventListener("click", (event) => handleOf(event) && event.preventDefault());
document.addEventListener("pointermove", (event) => {
  if (!isOf(event)) return;
  const { clientY } = event;
  drag.y = clientY;
  if (!drag.isMoving && Math.abs(clientY - drag.from) < STARTS) return;
  if (!drag.isMoving) start();
  show();
});
document.addEventListener("pointerup", (event) => {
  if (!isOf(event)) return;
  if (!drag.isMoving) return end();
  const { drop } = drag;
  const gap = gapAt(drag);
  end();
  drop(gap);
});
document.addEventListener("pointercancel", (event) => isOf(event) && end());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag?.isMoving) return;
  event.preventDefault();
  end();
});
// A page that was put into this one may have other rows, or this one no more.
document.addEventListener("patched", () => {
  if (!drag) return;
  if (!drag.row.isConnected || !drag.handle.isConnected || isSearched(drag.handle)) return end();
  Object.assign(drag, begun(drag.handle));
  drag.row.toggleAttribute("data-dragged", drag.isMoving);
});
