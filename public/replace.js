// Asks in the page before a ready-made design, or the standard, takes the place of what was chosen.
import { reach } from "./line.js";

const root = document.getElementById("configurator");
const dialog = document.getElementById("kept");
const opensElsewhere = ({ ctrlKey, metaKey, shiftKey, altKey }) => ctrlKey || metaKey || shiftKey || altKey;

// The last of several wins.
let latest;
/** `link` leads to the question; `goOn` does what the page does for it itself. */
export const ask = async (link, goOn) => {
  const own = (latest = {});
  link.setAttribute("aria-busy", "true");
  const answer = await reach((signal) => fetch(`${link.href}&_part=1`, { signal }), undefined, true);
  link.removeAttribute("aria-busy");
  // They stay here, or it is about what is gone.
  if (!answer || !link.isConnected || own !== latest) return;
  const isHere = "alive" in root.dataset && link.dataset.replaces !== "on";
  const asks = answer.status === 200;
  if (!asks) return isHere ? goOn() : location.assign(link.href);
  dialog.innerHTML = await answer.text();
  dialog.setAttribute("aria-labelledby", "kept-title");
  dialog.querySelector("[data-goes]").addEventListener("click", (event) => {
    if (!isHere || opensElsewhere(event)) return;
    event.preventDefault();
    dialog.close();
    goOn();
  });
  dialog.showModal();
};
