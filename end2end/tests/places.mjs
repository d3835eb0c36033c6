// Where a shopper can be: pages, and states that no address leads to. Each leads a page there in whatever language it speaks, lets it
// be looked at, and away again. The tests share them, and so does bench/page.

/**
 * @typedef {import("@playwright/test").Page} Page
 * @typedef {(page: Page, look: () => Promise<void>) => Promise<void>} Place
 */

/** @param {Page} page @param {string} slug */
async function openProduct(page, slug, query = "") {
  await page.goto(`/products/${slug}${query}`);
  await page.locator("#configurator[data-alive]").waitFor();
}

/** @param {Page} page @param {string} attribute @param {string} code */
async function option(page, attribute, code) {
  const group = page.locator(`[data-attribute="${attribute}"]`);
  if (!(await group.isVisible())) await page.evaluate((part) => (location.hash = part), `attribute-${attribute}`);
  const tile = group.locator(`[data-option="${code}"]`);
  await tile.waitFor();
  return tile;
}

/** @param {Page} page @param {string} name */
const seen = (page, name) => page.getByTestId(name).first().waitFor();

/** @returns {Place} */
const at = (address, name) => async (page, look) => {
  await page.goto(address);
  if (name) await seen(page, name);
  await look();
};

/** Opens a dialog from a product's page. @returns {Place} */
const dialog = (slug, query, button) => async (page, look) => {
  await openProduct(page, slug, query);
  await page.getByTestId(button).first().click();
  await page.getByRole("dialog").waitFor();
  await look();
  await page.keyboard.press("Escape");
};

/** Leads to the page with the link of a design. @param {Page} page */
async function link(page) {
  await openProduct(page, "trainer", "?upper=leather&embroidery=ANA");
  await page.getByTestId("share").first().click();
  const field = page.getByRole("dialog").getByTestId("link");
  await field.waitFor();
  return field.inputValue();
}

let buyers = 0;

/** Pages, by name. @type {Record<string, Place>} */
export const PAGES = {
  list: at("/"),
  "list-none": at("/?q=nothing"),
  product: async (page, look) => {
    await openProduct(page, "trainer");
    await look();
  },
  numbers: async (page, look) => {
    await openProduct(page, "bookcase");
    await look();
  },
  "order-form": at("/products/trainer/order?upper=leather", "place-order"),
  "order-errors": async (page, look) => {
    await page.goto("/products/trainer/order?upper=leather");
    await page.getByTestId("place-order").click();
    await seen(page, "order-errors");
    await look();
  },
  order: async (page, look) => {
    await page.goto("/products/trainer/order?upper=leather&embroidery=ANA");
    await page.locator("#name").fill("Ana Lopez");
    await page.locator("#email").fill(`places${Date.now()}-${++buyers}@example.org`);
    await page.locator("#address").fill("Gran Via 1\n28013 Madrid");
    await page.getByTestId("place-order").click();
    await seen(page, "order-number");
    await look();
  },
  needs: at("/products/travel-bike/needs?colour=red&_matters.comfort=3", "take"),
  "needs-none": at("/products/travel-bike/needs?drivetrain=belt&_up_to=1800", "nothing"),
  offers: at("/products/travel-bike/offers?colour=lake"),
  defaults: at("/products/travel-bike/defaults?colour=lake"),
  compare: at("/products/travel-bike/compare?_with=mine._revision%3D1%26colour%3Dred&_with=ready.commuter&_with=ready.tourer&_with=standard"),
  "compare-few": at("/products/travel-bike/compare"),
  snapshots: async (page, look) => {
    await page.goto("/products/trainer/snapshots?_revision=1&upper=leather");
    await page.getByTestId("keep").click();
    await seen(page, "snapshot");
    await look();
    await page.context().clearCookies({ name: "atelier_snapshots" });
  },
  link: async (page, look) => {
    await page.goto(`${await link(page)}/link`);
    await seen(page, "link");
    await look();
  },
  unknown: at("/products/nothing"),
  account: at("/account"),
  delivery: at("/delivery"),
  returns: at("/returns"),
  payment: at("/payment"),
  contact: at("/contact"),
  company: at("/company"),
  privacy: at("/privacy"),
};

/** States of the shopper's page, by name. @type {Record<string, Place>} */
export const STATES = {
  "blocked-tile": async (page, look) => {
    await openProduct(page, "trainer", "?upper=knit");
    await (await option(page, "sole", "trail")).click();
    await seen(page, "panel");
    await look();
  },
  blocked: async (page, look) => {
    await openProduct(page, "travel-bike", "?frame=low_step");
    await (await option(page, "handlebar", "drop")).click();
    await seen(page, "panel");
    await look();
  },
  question: async (page, look) => {
    await openProduct(page, "travel-bike", "?litres=0&carrier_bags=pannier_right,pannier_left&frame_bags=&extras=");
    await (await option(page, "rear_wheel", "w20")).click();
    await seen(page, "question");
    // No control is left half under the row of steps.
    await page.getByTestId("question").first().evaluate((question) => question.scrollIntoView({ block: "center", behavior: "instant" }));
    await look();
  },
  breakdown: async (page, look) => {
    await openProduct(page, "laptop");
    await page.getByTestId("total").click();
    await seen(page, "breakdown");
    await look();
  },
  "budget-spent": async (page, look) => {
    const chosen = "upper=leather&upper_colour=navy&panel_colour=ink&heel_tab=leather&sole=cloud&sole_colour=gum&laces=round&lace_colour=navy";
    await openProduct(page, "trainer", `?${chosen}`);
    await page.getByTestId("total").click();
    await seen(page, "spent");
    await look();
  },
  conflict: async (page, look) => {
    await openProduct(page, "trainer", "?upper=knit&sole=trail");
    await page.getByTestId("notices").filter({ hasText: /\S/ }).waitFor();
    await look();
  },
  refused: async (page, look) => {
    await openProduct(page, "bookcase");
    const field = page.locator("[name=width]");
    await field.fill("300");
    await field.blur();
    await seen(page, "nearest");
    await look();
  },
  colours: async (page, look) => {
    await openProduct(page, "coffee-machine");
    const search = page.locator('[data-attribute="colour"]').getByRole("searchbox");
    if (!(await search.isVisible())) await page.evaluate(() => (location.hash = "attribute-colour"));
    await search.fill("50");
    await look();
  },
  "shop-away": async (page, look) => {
    await openProduct(page, "coffee-machine");
    await page.route("**/servez", (route) => route.fulfill({ status: 503, headers: { "retry-after": "1" }, body: "" }));
    await page.getByTestId("order").click();
    await page.locator("#away button").first().waitFor();
    await look();
    await page.unroute("**/servez");
    await seen(page, "place-order");
  },
  left: async (page, look) => {
    await openProduct(page, "trainer");
    const saved = page.waitForResponse((answer) => answer.url().endsWith("/save") && answer.ok());
    await (await option(page, "upper", "leather")).click();
    await saved;
    await openProduct(page, "trainer");
    await seen(page, "left");
    await look();
    await page.context().clearCookies({ name: "atelier_designs" });
  },
  shared: async (page, look) => {
    await page.goto(await link(page));
    await page.getByTestId("notices").filter({ hasText: /\S/ }).waitFor();
    await look();
  },
  save: dialog("travel-bike", "?colour=lake", "save"),
  share: dialog("travel-bike", "?colour=lake", "share"),
  snapshot: async (page, look) => {
    await openProduct(page, "travel-bike", "?colour=lake");
    const button = page.getByTestId("snapshot").first();
    if (await button.isVisible()) {
      await button.click();
      await page.getByRole("dialog").waitFor();
    } else {
      // On a phone the design's link leads there.
      await page.getByTestId("save").first().click();
      await page.getByRole("dialog").locator("a[href*='/snapshots']").click();
      await page.waitForURL(/\/snapshots/);
    }
    await look();
    await page.keyboard.press("Escape");
  },
};

/** All of them. @type {Record<string, Place>} */
export const PLACES = { ...PAGES, ...STATES };

/** Statuses of answers that some of them mean to have. */
export const STATUSES = ["404", "422", "503"];
