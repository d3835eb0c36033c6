// What a finger learns before it chooses: names and prices of swatches, all that a tile would change, and what is to be said of a swatch.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, openProduct, openStep, option, test } from "./shop";

test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

/** Opens every step with swatches, and reads of each swatch in sight how wide its name is drawn, and whether all of it can be seen. */
async function swatches(page: Page) {
  const attributes = await page.locator("[data-attribute]:not([disabled]):has([style*='--dot'])").evaluateAll((all) => all.map((group) => (group as HTMLElement).dataset.attribute!));
  const found: { attribute: string; name: string; effect: string; width: number; inside: boolean }[] = [];
  for (const attribute of attributes) {
    await openStep(page, attribute);
    found.push(
      ...(await page.locator(`[data-attribute="${attribute}"] label[data-option]:visible`).evaluateAll((labels, attribute) => {
        return labels.map((label) => {
          const [name, effect] = [...label.querySelectorAll("span:not([style])")] as HTMLElement[];
          const [own, around] = [name.getBoundingClientRect(), label.getBoundingClientRect()];
          const inside = own.left >= around.left - 1 && own.right <= around.right + 1 && own.bottom <= around.bottom + 1 && own.right <= innerWidth && own.left >= 0;
          return { attribute, name: name.innerText, effect: effect?.innerText ?? "", width: own.width, inside };
        });
      }, attribute)),
    );
  }
  return found;
}

for (const [slug, tag, known] of [
  ["trainer", "en", /Sky/],
  ["trainer", "de", /[a-zäöü]{3}/],
  ["trainer", "ar", /[\u0621-\u064a]{2}/],
  ["travel-bike", "en", /Lake blue/],
  ["travel-bike", "de", /[a-zäöü]{3}/],
  ["travel-bike", "ar", /[\u0621-\u064a]{2}/],
  ["coffee-machine", "de", /RAL/],
] as const) {
  test(`swatches say their names, ${slug} in ${tag}`, async ({ page }) => {
    await openProduct(page, slug, `?_lang=${tag}`);
    expect(await page.evaluate(() => matchMedia("(hover: none)").matches)).toBe(true);
    const found = await swatches(page);
    expect(found.length).toBeGreaterThan(2);
    expect(found.filter(({ name }) => known.test(name)).length).toBeGreaterThan(0);
    expect(found.filter(({ width, inside, name }) => width < 12 || !inside || !name.trim())).toEqual([]);
    await expectAccessible(page, `swatches, ${slug} in ${tag}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
}

test("what a swatch costs stands under it, as in each language prices are written", async ({ page }) => {
  for (const [tag, price] of [["en", /^[+−]€[0-9,]+$/], ["de", /^[+−][0-9.]+\s€$/], ["ar", /€/]] as const) {
    await openProduct(page, "coffee-machine", `?_lang=${tag}`);
    const found = await swatches(page);
    const priced = found.filter(({ effect }) => /€/.test(effect));
    expect(priced.length, tag).toBeGreaterThan(0);
    // Behind the price it may say when.
    for (const { effect } of priced) expect(effect.replace(/[\u200e\u200f\u061c]/g, "").split(/\s· /)[0]).toMatch(price);
  }
});

// Some choices make others move much.
for (const [slug, attribute, code] of [
  ["travel-bike", "rear_wheel", "w22"],
  ["coffee-machine", "heating", "w1600"],
  ["laptop", "memory", "m64"],
] as const) {
  test(`all that a tile would change opens in place, and chooses nothing, ${slug}`, async ({ page }) => {
    await openProduct(page, slug);
    await openStep(page, attribute);
    const tile = option(page, attribute, code);
    const input = tile.locator("input");
    await expect(tile.locator("[data-all] button")).toBeVisible();
    const told = (await input.getAttribute("aria-description"))!;
    const was = await input.isChecked();
    const button = tile.locator("[data-all] button");
    expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(24);
    await button.tap();
    await expect(tile.locator("[data-all]")).toContainText(told);
    await expect(tile.locator("[data-all] span")).toBeVisible();
    expect(await input.isChecked()).toBe(was);
    await expectAccessible(page, "all that changes");
    // What is told follows the design.
    await tile.tap({ position: { x: 10, y: 10 } });
    await expect(input).toBeChecked();
  });
}

for (const [slug, attribute, code, words] of [
  ["travel-bike", "colour", "red", "Reserved for bikes with a 20″ front wheel."],
  ["bookcase", "wood", "birch", "Light in colour and in weight"],
] as const) {
  test(`what is to be said of a swatch can be read and heard before it is chosen, ${slug}`, async ({ page }) => {
    await openProduct(page, slug);
    await openStep(page, attribute);
    const tile = option(page, attribute, code);
    await expect(tile.locator("input")).toHaveAccessibleDescription(new RegExp(words));
    await tile.locator("[data-all] button").tap();
    await expect(tile.locator("[data-all] span")).toContainText(words);
    await expect(tile.locator("input")).not.toBeChecked();
    await expectAccessible(page, "what is to be said of a swatch");
  });
}

test("a mouse has all of that where it points, and tiles stay as they were", async ({ browser, shop }) => {
  const context = await browser.newContext({ baseURL: shop.url, hasTouch: false, isMobile: false });
  const page = await context.newPage();
  await openProduct(page, "trainer");
  await expect(page.locator("[data-all]")).toHaveCount(0);
  expect((await option(page, "upper_colour", "sky").locator("span:not([style])").first().boundingBox())!.width).toBeLessThan(3);
  await context.close();
});
