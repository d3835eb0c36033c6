// Finds steps, attributes, options and rules of the tree by name or code, as it is typed; without this the form asks the shop.
const MOST = 30;
const editor = document.getElementById("editor");
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const codes = document.getElementById("codes");

// Options and rules, which are no entries of the tree: what is read, what it is found by, its field and where that is else.
let found = null;
const others = (form) => {
  const home = editor.dataset.page;
  const options = JSON.parse(codes.textContent).flatMap(({ code, label, options }, at) =>
    options.map(([option, name], place) => ({
      words: `${label}: ${name}`,
      said: fold(`${name} ${option}`),
      id: `attributes.${at}.options.${place}`,
      section: `attribute-${code}`,
      // A long menu has pages of its own.
      asked: options.length > Number(form.dataset.most) ? `&find=${encodeURIComponent(option)}` : "",
    })),
  );
  const rules = JSON.parse(form.dataset.find).map(([code, words], at) => ({ words, said: fold(`${words} ${code}`), id: `rules.${at}.rule`, section: "rules", asked: "" }));
  const address = ({ id, section, asked }) => (document.getElementById(id) ? `${home}#${id}` : `${home}?section=${encodeURIComponent(section)}${asked}#${encodeURIComponent(asked ? section : id)}`);
  return [...options, ...rules].map((entry) => ({ ...entry, href: () => address(entry) }));
};

// Those that are there already stay, and with them the focus.
const listHits = (list, hits, className) => {
  const shown = [...list.querySelectorAll("a")].map((way) => `${way.getAttribute("href")} ${way.textContent}`);
  const wanted = hits.map(({ words, href }) => [href(), words]);
  if (wanted.map((hit) => hit.join(" ")).join("\n") === shown.join("\n")) return;
  const items = wanted.map(([href, words]) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { className, href, textContent: words }));
    return item;
  });
  list.replaceChildren(...items);
};
const show = (form) => {
  const tree = form.parentElement;
  const wanted = fold(form.elements.namedItem("search").value.trim());
  const entries = [...tree.querySelectorAll("[data-branches] > li")];
  const list = tree.querySelector("[data-found]");
  const isIn = (item) => fold(`${item.querySelector("a").textContent} ${item.dataset.attribute ?? item.dataset.step ?? ""}`).includes(wanted);
  for (const item of entries) item.hidden = Boolean(wanted) && !isIn(item);
  for (const handle of tree.querySelectorAll("[data-drag]")) handle.hidden = Boolean(wanted);
  found ??= others(form);
  const hits = wanted ? found.filter(({ said }) => said.includes(wanted)).slice(0, MOST) : [];
  listHits(list, hits, entries[0]?.querySelector("a")?.className ?? "");
  const none = Boolean(wanted) && !hits.length && entries.every((item) => item.hidden);
  const told = tree.querySelector("[data-none]");
  told.textContent = none ? told.dataset.none.replace("#", form.elements.namedItem("search").value.trim()) : "";
};
const formOf = (node) => node.closest?.("form[data-find]");
// Who only reads has no codes on the page: the shop is asked.
const forms = () => [...document.querySelectorAll("form[data-find]")];

if (codes) editor.addEventListener("input", ({ target }) => formOf(target) && show(formOf(target)));
// Enter leads to the first that is found.
document.addEventListener(
  "submit",
  (event) => {
    const form = formOf(event.target);
    if (!form || !codes) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const links = [...form.parentElement.querySelectorAll("[data-branches] > li:not([hidden]) a, [data-found] a")];
    if (form.elements.namedItem("search").value.trim()) links[0]?.click();
  },
  true,
);
document.addEventListener("patched", () => {
  found = null;
  if (codes) forms().filter((form) => form.elements.namedItem("search").value).forEach(show);
});
