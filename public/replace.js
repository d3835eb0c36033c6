// Asks in the page before a ready-made design, or the standard, takes the place of what was chosen.
import { reach } from "./line.js";

const root = document.getElementById("configurator");
const dialog = document.getElementById("kept");
const opensElsewhere = ({ ctrlKey, metaKey, shiftKey, altKey }) => ctrlKey || metaKey || shiftKey || altKey;

// Whatever it is that fails there: without an answer nothing takes the place of anything, and it is tried again.
const asked = async (place, signal) => {
  const answer = await fetch(place, { signal });
  if (answer.status >= 500 || answer.status === 429) throw new Error(`The shop answers ${answer.status}.`);
  return answer;
};
// What the shop refuses is told where it was asked for.
const refuse = (page, status) => {
  const make = (name, className, words) => Object.assign(document.createElement(name), { className, textContent: words });
  const title = make("h2", "font-display text-xl font-medium", page.querySelector("h1")?.textContent ?? status);
  title.id = "kept-title";
  const form = document.createElement("form");
  form.method = "dialog";
  form.append(make("button", "inline-flex min-h-11 items-center text-accent underline", root.dataset.keeps));
  dialog.replaceChildren(title, make("p", "mt-2", page.querySelector("h1 ~ p")?.textContent ?? ""), form);
};

// The last of several wins.
let latest;
/** `link` leads to the question; `goOn` does what the page does for it itself. */
export const ask = async (link, goOn) => {
  const own = (latest = {});
  link.setAttribute("aria-busy", "true");
  const answer = await reach((signal) => asked(`${link.href}&_part=1`, signal), undefined, true);
  link.removeAttribute("aria-busy");
  // They stay here, or it is about what is gone.
  if (!answer || !link.isConnected || own !== latest) return;
  const isHere = "alive" in root.dataset && link.dataset.replaces !== "on";
  if (answer.status === 204) return isHere ? goOn() : location.assign(link.href);
  const words = await answer.text();
  dialog.setAttribute("aria-labelledby", "kept-title");
  if (answer.ok) dialog.innerHTML = words;
  else refuse(new DOMParser().parseFromString(words, "text/html"), String(answer.status));
  dialog.querySelector("[data-goes]")?.addEventListener("click", (event) => {
    if (!isHere || opensElsewhere(event)) return;
    event.preventDefault();
    dialog.close();
    goOn();
  });
  dialog.showModal();
};
