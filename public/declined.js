// Which offers are over for this visit, by product and proposal, in all of its tabs: those that somebody did not want, or took. A
// visit ends half a day after the last of them.
const PLACE = "offers that are over";
const VISIT = 12 * 60 * 60 * 1_000;
// Without storage this page alone knows.
let here = [];
const read = () => {
  try {
    const { at, over } = JSON.parse(localStorage.getItem(PLACE)) ?? {};
    return Date.now() - at < VISIT ? over : [];
  } catch {
    return [];
  }
};
const write = (over) => {
  here = over;
  try {
    if (over.length) localStorage.setItem(PLACE, JSON.stringify({ at: Date.now(), over }));
    else localStorage.removeItem(PLACE);
  } catch {
    // Full, or refused.
  }
};
// What another tab writes is all that it knew, so what this one remembers besides would outlive a switch.
addEventListener("storage", ({ key }) => {
  // No key: everything was cleared.
  if (key === PLACE || key === null) here = [];
});
const all = () => [...new Set([...read(), ...here])];

/** All offers, whatever the product. */
export const EVERY = "*";
/** Whether an offer is over. */
export const isOver = (name) => all().some((over) => over === EVERY || over === name);
/** Ends an offer for this visit. */
export const end = (name) => write([...all(), name]);

// Who switches personal starts off wants none of it, and back on, all of it.
addEventListener("submit", ({ submitter }) => {
  if (submitter?.name !== "_switch") return;
  if (submitter.value === "off") end(EVERY);
  else {
    here = [];
    write([]);
  }
});
