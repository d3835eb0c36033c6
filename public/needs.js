// What suits best, live. The page has the best for every price with it, so another price asks nobody. Every other change asks the
// server, and what it answers takes the place of what is shown. Without this the form is sent by its button.
import { go } from "./line.js";

const form = document.querySelector("#needs");
const offline = form.querySelector("[data-offline]");
const fresh = (name) => document.querySelector(`[data-fresh="${name}"]`);
const places = () => document.querySelectorAll("[data-fresh]");
const box = form.querySelector("[name=_up_to]");
const slider = box.closest("fieldset").querySelector("[type=range]");

let asking;
let waiting;
// One try, which has its time. Where another one may do, there is how many milliseconds later.
const patience = 8_000;
const pause = 3_000;
const longest = 30_000;
async function attempt(address, { late = new AbortController(), ...how } = {}) {
  const timer = setTimeout(() => late.abort(), patience);
  try {
    const answer = await fetch(address, { ...how, signal: late.signal });
    if (answer.status < 500) return { answer, text: await answer.text() };
    return { again: Math.min(Math.max(pause, 1_000 * (Number(answer.headers.get("retry-after")) || 0)), longest) };
  } catch {
    return { again: pause };
  } finally {
    clearTimeout(timer);
  }
}
// Not all at once, when a shop is back.
const later = (task, after) => setTimeout(task, after * (1 + Math.random() / 2));
// Whether what the page has is for other wishes than those that are set.
let isOld = false;
const addressNow = () => `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
// An answer about use that was just given, and is not sent yet: that alone is sent to be kept.
let isAnswered = false;
async function ask() {
  asking?.abort();
  const late = (asking = new AbortController());
  const address = addressNow();
  const [path, query] = address.split("?");
  const { answer, text, again } = await (isAnswered ? attempt(path, { late, method: "POST", body: new URLSearchParams(query) }) : attempt(address, { late }));
  // What is asked for is something else by now.
  if (late !== asking) return;
  if (!answer) {
    offline.hidden = false;
    clearTimeout(waiting);
    waiting = later(ask, again);
    return;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  // There is nothing to propose any more, or what can't be shown here, and will not be at the next attempt either: a page of its own.
  const isElsewhere = answer.redirected && new URL(answer.url).pathname !== path;
  if (isElsewhere || !answer.ok || !page.querySelector("#needs")) return go(() => (isElsewhere ? answer.url : address));
  // Another answer about use may bring other weights.
  for (const slider of isAnswered ? form.querySelectorAll("[data-texts]") : []) {
    const { value } = page.getElementById(slider.id) ?? slider;
    slider.value = value;
    slider.setAttribute("aria-valuetext", slider.dataset.texts.split("|")[value]);
  }
  // And another design, with its price as the most to pay where nobody set one.
  const priced = isAnswered && page.querySelector("#needs [data-currency]");
  if (priced) {
    for (const name of ["min", "max", "value"]) slider[name] = priced[name];
    slider.setAttribute("aria-valuetext", priced.getAttribute("aria-valuetext"));
    for (const name of ["_up_to", "_up_to_unset"]) {
      form.querySelector(`[name=${name}]`).value = page.querySelector(`#needs [name=${name}]`).value;
    }
    const ends = (of) => of.querySelector("[data-testid=price-ends]");
    ends(document).replaceChildren(...ends(page).childNodes);
  }
  isAnswered = false;
  for (const place of places()) {
    const fresh = page.querySelector(`[data-fresh="${place.dataset.fresh}"]`);
    // A page of another release may lack it.
    if (!fresh) continue;
    place.hidden = fresh.hidden;
    // What was ticked meanwhile is the same as what came ticked.
    for (const box of place.querySelectorAll("[type=checkbox]")) box.toggleAttribute("checked", box.checked);
    if (place.innerHTML !== fresh.innerHTML) place.replaceChildren(...fresh.childNodes);
  }
  data = read();
  shown = undefined;
  isOld = false;
  tell();
  history.replaceState(null, "", addressNow());
  offline.hidden = true;
}
// What the answer is, told once to who hears the page, when it stays for a moment.
const status = document.getElementById("answer");
const answered = () => document.querySelector("[data-told]").dataset.told;
let told = answered();
let telling;
function tell() {
  clearTimeout(telling);
  telling = setTimeout(() => {
    if (answered() === told) return;
    status.textContent = told = answered();
  }, 600);
}

// The best for every price, as the server wrote it.
const read = () => JSON.parse(fresh("data").textContent);
let data = read();
let shown;
/** Shows the best within a price, in whole units. False where the page has none: then the server knows why, and what to do. */
function show(most) {
  const { steps, minor } = data;
  const place = steps.findLastIndex(({ price }) => price <= most * minor);
  if (place < 0) return false;
  for (const [index, bar] of [...fresh("staircase").querySelectorAll("rect")].entries()) bar.toggleAttribute("data-within", index <= place);
  const step = steps[place];
  if (shown === step) return true;
  shown = step;
  const part = fresh("proposal");
  const find = (name) => part.querySelector(`[data-testid=${name}]`);
  if (!find("take")) part.replaceChildren(document.getElementById("proposed").content.cloneNode(true));
  const query = step.take.slice(step.take.indexOf("?") + 1);
  find("total").textContent = step.total;
  find("beside").textContent = step.beside;
  find("total").parentElement.dataset.told = step.told;
  find("take").href = step.take;
  find("compare").href = data.compare + encodeURIComponent(query);
  const next = find("next");
  next.hidden = !step.next;
  if (step.next) {
    const [words, price] = step.next;
    next.firstElementChild.textContent = words;
    const asked = new URLSearchParams(new FormData(form));
    asked.set("_up_to", price);
    next.querySelector("a").href = `${form.getAttribute("action")}?${asked}`;
  }
  const reasons = document.getElementById("reasoned").content.firstElementChild.cloneNode(true);
  const [row] = reasons.children;
  const rows = step.rows.map((place) => {
    const [term, value] = data.rows[place];
    const own = row.cloneNode(true);
    own.querySelector("dt").textContent = term;
    own.querySelector("bdi").textContent = value;
    return own;
  });
  reasons.replaceChildren(...rows);
  fresh("reasons").replaceChildren(reasons);
  draw(step, query);
  tell();
  return true;
}
// Its picture follows once the price stays for a moment; until then what is there is another one's.
const pictures = new Map();
let drawing;
async function draw(step, query) {
  clearTimeout(drawing);
  const place = fresh("proposal").querySelector("[data-testid=picture]");
  place.setAttribute("aria-busy", "true");
  const put = (picture) => {
    if (shown !== step) return;
    place.innerHTML = picture;
    place.removeAttribute("aria-busy");
  };
  const known = pictures.get(step.take);
  if (known) return put(known);
  drawing = setTimeout(async () => {
    const { answer, text, again } = await attempt(`${data.picture}?${query}`);
    if (answer?.ok) {
      pictures.set(step.take, text);
      return put(text);
    }
    if (shown !== step) return;
    if (again) drawing = later(() => draw(step, query), again);
    // The next price may have one.
    else place.removeAttribute("aria-busy");
  }, 120);
}

/** An amount in whole units, as the page's language writes it. */
const amount = (value, currency) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency, maximumFractionDigits: 0 }).format(value);
/** A whole number as people write it: in Arabic digits, too, with signs between thousands, without its fraction. */
function whole(text) {
  const digits = text.normalize("NFKC").replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) % 16);
  return digits.replace(/[.,\u066b]\d{1,2}$/, "").replace(/\D/g, "");
}

// Browsers allow only so many changes of the address in a while.
let writing;
const writeSoon = () => {
  clearTimeout(writing);
  writing = setTimeout(() => history.replaceState(null, "", addressNow()), 150);
};
function follow(target) {
  // What was asked before would put its own numbers over these.
  asking?.abort();
  asking = null;
  clearTimeout(waiting);
  if (target.name === "_for") isAnswered = true;
  const isPrice = target === slider || (target === box && /^\s*\p{Nd}+\s*$/u.test(box.value));
  if (!isPrice) isOld = true;
  else if (!isOld && show(Number(whole(box.value)))) {
    fresh("amount-unread").hidden = true;
    box.removeAttribute("aria-invalid");
    return writeSoon();
  } else isOld = true;
  clearTimeout(writing);
  waiting = setTimeout(ask, 60);
}
form.addEventListener("input", ({ target }) => {
  // The slider and the box beside it are one number; the box is what is sent.
  if (target === slider) box.value = slider.value;
  if (target === box) slider.value = whole(box.value);
  slider.setAttribute("aria-valuetext", amount(slider.value, slider.dataset.currency));
  const { texts } = target.dataset;
  if (texts) target.setAttribute("aria-valuetext", texts.split("|")[target.value]);
  follow(target);
});
form.addEventListener("submit", (event) => {
  // Another language is asked for by the same form.
  if (event.submitter?.name) return;
  event.preventDefault();
  ask();
});
// The next step up is here, too.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-testid=next] a");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const price = new URL(link.href).searchParams.get("_up_to");
  box.value = price;
  slider.value = price;
  if (isOld || !show(Number(price))) return;
  event.preventDefault();
  slider.setAttribute("aria-valuetext", amount(price, slider.dataset.currency));
  writeSoon();
});
