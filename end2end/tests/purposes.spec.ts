// Five purposes that must succeed, each from the first page to a placed order, as somebody does it who was never here: by the words
// that are on the screen. What can't be had says what comes nearest.
import type { Locator, Page } from "@playwright/test";
import { expect, fillOrder, picture, test, total } from "./shop";

const SCREENS = [
  ["desktop", { width: 1280, height: 900 }],
  ["phone", { width: 390, height: 844 }],
] as const;

const euros = (price: string) => Number(price.replace(/[^0-9.]/g, ""));

/** Opens a product from the first page. */
async function open(page: Page, name: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: new RegExp(`^${name}`) }).click();
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(new RegExp(`^${name}`));
}

/** Goes on from step to step, where a phone shows one at a time, until something is there. */
async function goOnTo(page: Page, place: Locator): Promise<void> {
  await expect(async () => {
    if (!(await place.isVisible())) {
      const next = page.getByRole("link", { name: /^Next: / }).last();
      const step = (await next.innerText()).replace(/^Next: /, "");
      await next.click();
      await expect(page.getByRole("heading", { level: 2, name: step, exact: true })).toBeVisible();
    }
    expect(await place.isVisible()).toBe(true);
  }).toPass();
}

/** What belongs to one attribute, such as "Width". */
const part = (page: Page, attribute: string) => page.getByRole("group", { name: attribute, exact: true });

/** Clicks the tile or swatch of an option. */
async function choose(radio: Locator): Promise<void> {
  await radio.locator("xpath=ancestor::label").click();
  await expect(radio).toBeChecked();
}

/** Says how much something matters, from not at all to most. */
async function matters(page: Page, benefit: string, key: "Home" | "End"): Promise<void> {
  await page.getByLabel(benefit, { exact: true }).press(key);
}

/** Asks for what costs so much at most, and takes the lowest price that there is instead. Returns it. */
async function lowest(page: Page, most: string): Promise<string> {
  await page.getByRole("textbox", { name: "At most to pay" }).fill(most);
  const nothing = page.getByText(/nothing costs .* or less/);
  await expect(nothing).toContainText(/The lowest price is €[\d,]+/);
  const [, price] = /The lowest price is (€[\d,]+)/.exec(await nothing.innerText())!;
  await page.getByRole("link", { name: `See the one for ${price}` }).click();
  await expect(page.getByTestId("total")).toHaveText(price);
  return price;
}

/** From the design to the placed order: the same design and the same total on each page. */
async function order(page: Page, ...values: (string | RegExp)[]): Promise<void> {
  const price = await total(page).innerText();
  await page.getByRole("button", { name: "Order" }).click();
  const place = page.getByRole("button", { name: "Place order" });
  await expect(place).toContainText(price);
  const holds = async () => {
    for (const value of values) await expect(page.getByRole("definition").filter({ hasText: value }).first()).toBeVisible();
  };
  await holds();
  await fillOrder(page);
  await place.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Order \d+$/);
  await expect(page.getByRole("table").getByRole("row").last()).toContainText(price);
  await holds();
}

for (const [screen, viewport] of SCREENS) {
  test.describe(`on a ${screen}`, () => {
    test.use({ viewport });

    test("a light commuter bike with belt under 1 800: the lowest price there is", async ({ page }) => {
      await open(page, "Travel bike");
      // On phones they are behind one line.
      if (screen === "phone") await page.getByText("Other starts").click();
      await page.getByRole("link", { name: /^Commuter/ }).click();
      await expect(page.getByText("This is our “Commuter”.")).toBeAttached();
      await page.getByRole("link", { name: /^What matters to you/ }).click();
      await matters(page, "Lightness", "End");
      for (const other of ["Comfort", "Long distances", "Speed", "Durability"]) await matters(page, other, "Home");
      await expect(page).toHaveURL(/lightness=3/);
      await page.getByRole("textbox", { name: "At most to pay" }).fill("1800");
      const nothing = page.getByText(/nothing costs €1,800 or less/);
      await expect(nothing).toContainText(/The lowest price is €[\d,]+/);
      // What comes nearest: other gears, or the belt without all that the Commuter has besides.
      await expect(page.getByRole("link", { name: /^Let go of Gears: .*belt — from €1,\d\d\d/ })).toBeVisible();
      const bare = page.getByRole("link", { name: /^Let go of Extras: .* — from €2,\d\d\d/ });
      const [, from] = /from (€[\d,]+)/.exec(await bare.innerText())!;
      await page.getByRole("link", { name: /^See the one for €2,\d\d\d/ }).click();
      await expect(page.getByTestId("total")).toHaveText(/€2,\d\d\d/);
      await page.goBack();
      await bare.click();
      await expect(page.getByTestId("total")).toHaveText(from);
      await page.getByRole("link", { name: "Take it" }).click();
      await expect(total(page)).toHaveText(from);
      await expect(page.getByText(/You start from what fits best what matters to you: Lightness/)).toBeAttached();
      await order(page, "Hub gear, 14 speeds, belt");
    });

    test("a bookcase exactly 187 cm wide for heavy books", async ({ page }) => {
      await open(page, "Bookcase made to measure");
      const width = page.getByRole("textbox", { name: "Width, exact" });
      await goOnTo(page, width);
      await width.fill("187");
      await width.press("Enter");
      await expect(part(page, "Width")).toContainText("187 cm");
      const heavy = page.getByRole("radio", { name: /^Art books, records, files/ });
      await goOnTo(page, part(page, "What it carries"));
      await choose(heavy);
      await order(page, "187 cm", "Art books, records, files");
    });

    test("trainers for a daughter with her name ÉMILIE, in the smallest size there is", async ({ page }) => {
      await open(page, "Trainer");
      const name = page.getByRole("textbox", { name: "Embroidery" });
      await goOnTo(page, name);
      await name.fill("Émilie");
      await name.press("Enter");
      await expect(name).toHaveValue("ÉMILIE");
      await expect(picture(page).locator("text")).toHaveText("ÉMILIE");
      const size = page.getByRole("textbox", { name: "Size, exact" });
      await goOnTo(page, size);
      await size.fill("31");
      await size.press("Enter");
      // Nothing is made so small; it says so, and what comes nearest.
      const own = part(page, "Size");
      await expect(own.getByRole("alert")).toContainText(/35/);
      await expect(size).toHaveValue("31");
      await own.getByRole("link", { name: "35 EU" }).click();
      await expect(size).toHaveValue("35");
      await expect(own.getByRole("alert")).toHaveCount(0);
      await order(page, "ÉMILIE", "35 EU");
      await expect(picture(page).locator("text")).toHaveText("ÉMILIE");
      await expect(page.getByText("Can’t be returned: embroidered with your own text")).toBeVisible();
    });

    test("a coffee machine in RAL 5015", async ({ page }) => {
      await open(page, "Coffee machine");
      const search = part(page, "Colour").getByRole("searchbox", { name: "Search by name or number" });
      await goOnTo(page, search);
      await search.fill("RAL 5015");
      await expect(part(page, "Colour").getByText("1 found")).toBeVisible();
      await choose(part(page, "Colour").getByRole("radio", { name: /RAL.5015/ }));
      await expect(part(page, "Colour")).toContainText(/RAL.5015/);
      await order(page, /RAL.5015/);
    });

    test("a laptop for editing films, as cheap as it can be", async ({ page }) => {
      await open(page, "Laptop built to order");
      await page.getByRole("link", { name: /^What matters to you/ }).click();
      for (const wanted of ["Speed", "Screen"]) await matters(page, wanted, "End");
      for (const other of ["Mobility", "Quiet", "Value for money"]) await matters(page, other, "Home");
      await expect(page).toHaveURL(/speed=3/);
      const price = await lowest(page, "500");
      // What a little more buys is said, and taken as long as it is little.
      await expect(page.getByText(/^Next, for \+€[\d,]+: /)).toBeVisible();
      const more = euros(/\+(€[\d,]+)/.exec(await page.getByText(/^Next, for /).innerText())![1]);
      await page.getByRole("link", { name: "See it" }).click();
      await expect.poll(async () => euros(await page.getByTestId("total").innerText())).toBe(euros(price) + more);
      await page.getByRole("link", { name: "Take it" }).click();
      await expect.poll(async () => euros(await total(page).innerText())).toBe(euros(price) + more);
      await order(page);
    });
  });
}
