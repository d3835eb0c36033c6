// Counts what happens on this page and tells it once it is left: which options came into view and were chosen, which were asked for while
// they were blocked, how far the menu was followed. Nothing says who it was, or in which order. Who asks not to be tracked is not counted.
const root = document.getElementById("configurator");
const form = document.getElementById("design");
const isCounted = !navigator.globalPrivacyControl && navigator.doNotTrack !== "1" && navigator.sendBeacon && root?.dataset.counts;
if (isCounted && form) {
  const was = form.querySelector("[name=_was]");
  // Most letters of a message, and most options whose reasons are asked for in a visit.
  const most = 24_000;
  const mostAsked = 8;
  const place = `counts ${root.dataset.counts}`;
  const stored = (task) => {
    try {
      return task(sessionStorage);
    } catch {
      return null;
    }
  };
  // A page that is a form comes back at every change: then the visit goes on.
  const left = JSON.parse(stored((storage) => storage.getItem(place)));
  // Unless it went somewhere else.
  const before = left?.at > Date.now() - 60_000 ? left : null;
  stored((storage) => storage.removeItem(place));
  const told = new Set(before?.told);
  const news = new Set(before?.news ?? ["new=1"]);
  let last = before?.last;
  // The option or attribute that was acted on last.
  let lastAt = before?.lastAt;
  let hasLeft = false;
  let goesOn = false;
  const note = (kind, value) => {
    const entry = new URLSearchParams([[kind, value]]).toString();
    if (!told.has(entry)) news.add(entry);
  };
  const asked = new Set(before?.asked);

  const tell = (isLeft) => {
    if (isLeft && goesOn) {
      const visit = { told: [...told], news: [...news], asked: [...asked], last, lastAt, at: Date.now() };
      return stored((storage) => storage.setItem(place, JSON.stringify(visit)));
    }
    // Whoever went on to the order form left from there.
    const wentOn = told.has("order=1") || news.has("order=1");
    if (isLeft && last && !hasLeft && !wentOn) {
      note("left", last);
      if (lastAt) note("at", lastAt);
    }
    hasLeft ||= isLeft;
    // What the browser fetched ahead and nobody saw is no visit.
    if (document.prerendering || !news.size) return;
    const revision = new URLSearchParams(was.value).get("_revision");
    const first = `revision=${revision}`;
    while (news.size) {
      const part = [];
      let size = first.length;
      for (const entry of news) {
        size += entry.length + 1;
        if (part.length && size > most) break;
        part.push(entry);
      }
      const body = new URLSearchParams([first, ...part].join("&"));
      // What the browser has no room for waits for the next time.
      if (!navigator.sendBeacon(root.dataset.counts, body)) return;
      for (const entry of part) {
        told.add(entry);
        news.delete(entry);
      }
    }
  };
  addEventListener("pagehide", () => tell(true));
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tell(goesOn));
  addEventListener("pageshow", ({ persisted }) => persisted && (goesOn = false));

  const stepOf = (element) => element.closest("section[id^=step-]")?.id.slice("step-".length);
  const nameOf = (element) => {
    const attribute = element.closest("[data-attribute]")?.dataset.attribute;
    const option = element.closest("[data-option]")?.dataset.option;
    return option ? `${attribute}:${option}` : attribute;
  };
  const view = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      view.unobserve(target);
      const step = stepOf(target);
      if (step) note("step", step);
      note(target.dataset.option ? "shown" : "seen", nameOf(target));
    }
  });
  for (const element of form.querySelectorAll("[data-attribute], [data-option]")) view.observe(element);

  const acted = (element) => {
    last = stepOf(element) ?? last;
    lastAt = nameOf(element) ?? lastAt;
  };
  form.addEventListener("change", ({ target }) => {
    const attribute = target.closest("[data-attribute]");
    if (!attribute || target.type === "search") return;
    acted(target);
    if (last) note("worked", last);
    note("changed", attribute.dataset.attribute);
    const tile = target.closest("[data-option]");
    if (tile && target.checked && !tile.matches(".blocked")) note("chosen", nameOf(target));
  });
  // A click on what is blocked opens a panel, here or in the page that comes back.
  const ask = (name) => {
    if (asked.has(name) || asked.size >= mostAsked) return;
    asked.add(name);
    // What somebody wrote is theirs.
    const design = new URLSearchParams(was.value);
    for (const { name: text } of form.querySelectorAll("input[type=text]:not([inputmode])")) design.delete(text);
    for (const typed of ["_typed", "_base"]) design.delete(typed);
    note("asked", `${name}?${design}`);
  };
  form.addEventListener("click", ({ target }) => {
    const tile = target.closest("[data-option].blocked");
    if (!tile || !target.matches("input")) return;
    acted(tile);
    ask(nameOf(tile));
  });
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.value === "order") note("order", "1");
    goesOn = !("alive" in root.dataset) && !submitter?.name;
  });
}
