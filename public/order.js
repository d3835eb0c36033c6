// The order form keeps what is typed until the order is placed, and is sent so that a slow line or a shop that is away costs
// nothing: each attempt has its time, and the form's id makes all of them one order.
import { reach, reachable } from "./line.js";

const place = `order form ${location.pathname}`;
const patience = 30_000;
const stored = (task) => {
  try {
    return task(sessionStorage);
  } catch {
    return null;
  }
};
// How many pieces of a design are in the basket, the shop knows.
const inBasket = "pieces.";
const isOwn = ({ type, name }) => type !== "hidden" && !name.startsWith(inBasket);
const typed = () => [...document.querySelectorAll("#order :is(input, textarea)")].filter(isOwn);
const keep = () => {
  const fields = Object.fromEntries(typed().map(({ name, value }) => [name, value]));
  stored((storage) => storage.setItem(place, JSON.stringify(fields)));
};
const fill = () => {
  const fields = JSON.parse(stored((storage) => storage.getItem(place))) ?? {};
  // What the shop wrote itself, after an error, is as new as what is kept.
  // What is ordered again is as many as the address says.
  if (location.search.includes("_pieces=")) delete fields.quantity;
  for (const field of typed()) if (field.value === field.defaultValue) field.value = fields[field.name] ?? field.value;
};
fill();
// Also where the browser brings a page back with its fields emptied.
addEventListener("pageshow", fill);
document.addEventListener("input", keep);

// What came back is shown in place of the form: what is wrong, or a question.
const show = async (answer) => {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!main) return location.reload();
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  const first = main.querySelector("[role=alert]") ?? main.querySelector("h1");
  if (!first) return;
  first.tabIndex = -1;
  first.focus();
};

let isUnderWay = false;

// What is wrong with a field, or that nothing is any more, as the shop's answer has it.
const judge = (field, answered) => {
  document.getElementById(`${field.id}.note`)?.remove();
  const note = answered.ownerDocument.getElementById(`${field.id}.note`);
  if (note) field.after(note);
  for (const name of ["aria-invalid", "aria-describedby"]) {
    if (answered.hasAttribute(name)) field.setAttribute(name, answered.getAttribute(name));
    else field.removeAttribute(name);
  }
};

// What the total and all that goes with it are for another number of pieces. What is typed meanwhile stays where it is.
const follow = async (field) => {
  const pieces = field.value;
  const body = new URLSearchParams(new FormData(field.form));
  body.set("update", "on");
  const answer = await reach((signal) => fetch(field.form.getAttribute("action"), { method: "POST", body, signal }), patience);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // A later number has an answer of its own, and so has a form that was sent meanwhile.
  if (isUnderWay || !field.isConnected || field.value !== pieces) return;
  const answered = page.querySelector(`#order [name="${field.name}"]`);
  if (!answered) return;
  judge(field, answered);
  const line = field.name.startsWith(inBasket) ? field.name.slice(inBasket.length) : undefined;
  for (const part of document.querySelectorAll("[data-follows]")) {
    const { follows, of } = part.dataset;
    // No total stays that is for another number.
    if (answered.ariaInvalid && (of ?? line) === line) {
      if (part.dataset.unknown) part.textContent = part.dataset.unknown;
      else part.hidden = true;
      continue;
    }
    part.hidden = false;
    const next = page.querySelector(`[data-follows="${follows}"]${of ? `[data-of="${of}"]` : ""}`);
    if (!next) continue;
    if (part.localName === "input") part.value = next.value;
    else if (part.textContent !== next.textContent) part.replaceChildren(...next.childNodes);
  }
};
let waiting;
let following;
document.addEventListener("input", ({ target }) => {
  if (target.name !== "quantity" && !target.name.startsWith(inBasket)) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => (following = follow(target)), 400);
});
// Another number may have been kept from before.
const pieces = document.querySelector("#order [name=quantity]");
if (pieces && pieces.value !== pieces.defaultValue) follow(pieces);
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  // Another language is asked for by the same form.
  if (form.getAttribute("id") !== "order" || submitter?.name) return;
  event.preventDefault();
  if (isUnderWay) return;
  isUnderWay = true;
  clearTimeout(waiting);
  keep();
  const button = form.querySelector("[type=submit]:not([hidden], [name])");
  button?.setAttribute("aria-busy", "true");
  const body = new URLSearchParams(new FormData(form));
  try {
    // An answer that comes later would bring back the basket that is ordered now.
    await following;
    const answer = await reach((signal) => fetch(form.getAttribute("action"), { method: "POST", body, signal }), patience);
    if (answer.redirected) {
      stored((storage) => storage.removeItem(place));
      // It is placed: nobody shall stay with a form for it.
      await reachable(false);
      location.assign(answer.url);
    } else {
      await show(answer);
    }
  } finally {
    isUnderWay = false;
    button?.removeAttribute("aria-busy");
  }
});
