// What suits best, live: every change asks the server, and what it answers takes the place of what is shown. Without this the
// form is sent by its button.
const form = document.querySelector("#needs");
const offline = form.querySelector("[data-offline]");
const places = () => document.querySelectorAll("[data-fresh]");

let asking;
let waiting;
async function ask() {
  asking?.abort();
  asking = new AbortController();
  const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
  try {
    const answer = await fetch(address, { signal: asking.signal });
    // There is nothing to propose any more.
    if (answer.redirected) return location.assign(answer.url);
    if (answer.status >= 500) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // What can't be shown here, and will not be at the next attempt either, is a page of its own.
    if (!answer.ok || !page.querySelector("#needs")) return location.assign(address);
    for (const place of places()) {
      const fresh = page.querySelector(`[data-fresh="${place.dataset.fresh}"]`);
      place.hidden = fresh.hidden;
      if (place.innerHTML !== fresh.innerHTML) place.replaceChildren(...fresh.childNodes);
    }
    tell();
    history.replaceState(null, "", address);
    offline.hidden = true;
  } catch (error) {
    if (error.name === "AbortError") return;
    offline.hidden = false;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 3000);
  }
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
/** An amount in whole units, as the page's language writes it. */
const amount = (value, currency) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency, maximumFractionDigits: 0 }).format(value);
/** A whole number as people write it: in Arabic digits, too, with signs between thousands, without its fraction. */
function whole(text) {
  const digits = text.normalize("NFKC").replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) % 16);
  return digits.replace(/[.,\u066b]\d{1,2}$/, "").replace(/\D/g, "");
}

form.addEventListener("input", ({ target }) => {
  // The slider and the box beside it are one number; the box is what is sent.
  const box = form.querySelector("[name=_up_to]");
  const slider = box.closest("fieldset").querySelector("[type=range]");
  if (target === slider) box.value = slider.value;
  if (target === box) slider.value = whole(box.value);
  slider.setAttribute("aria-valuetext", amount(slider.value, slider.dataset.currency));
  const { texts } = target.dataset;
  if (texts) target.setAttribute("aria-valuetext", texts.split("|")[target.value]);
  // What was asked before would put its own numbers over these.
  asking?.abort();
  clearTimeout(waiting);
  waiting = setTimeout(ask, 60);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
