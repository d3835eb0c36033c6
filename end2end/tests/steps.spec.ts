// Phones show one step of the menu at a time.
import type { Page } from "@playwright/test";
import { PRODUCTS, expect, expectAccessible, openProduct, option, test } from "./shop";

const PHONE = { width: 390, height: 844 };

const shown = (page: Page) => page.locator("section[id^=step-]:visible");
const heading = (page: Page) => shown(page).getByRole("heading", { level: 2 });
const decided = (page: Page) => shown(page).getByTestId("decided");

test.describe("on a phone", () => {
  test.use({ viewport: PHONE });

  for (const slug of PRODUCTS) {
    test(`the first thing to choose is on the first screen, ${slug}`, async ({ page }) => {
      await openProduct(page, slug);
      await expect(shown(page)).toHaveCount(1);
      const first = page.locator("[data-attribute] :is([data-option], input)").first();
      const bar = (await page.getByTestId("bar").boundingBox())!;
      const box = (await first.boundingBox())!;
      expect(box.y + box.height).toBeLessThanOrEqual(bar.y);
      expect((await page.getByTestId("picture").boundingBox())!.height).toBeGreaterThan(0.25 * PHONE.height);
    });
  }

  for (const slug of ["trainer", "travel-bike"]) {
    test(`another language begins at the same step, ${slug}`, async ({ page }) => {
      await openProduct(page, slug);
      const second = (await page.locator("section[id^=step-]").nth(1).getAttribute("id"))!;
      await page.getByRole("link", { name: /^Next: / }).first().click();
      await expect(shown(page)).toHaveId(second);
      await page.getByRole("button", { name: "Deutsch" }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "de");
      await expect(shown(page)).toHaveCount(1);
      await expect(shown(page)).toHaveId(second);
    });

    test(`steps lead to those beside them, and back leads back, ${slug}`, async ({ page }) => {
      await openProduct(page, slug);
      const [first, second] = await page.locator("section[id^=step-] h2").allTextContents();
      await expect(heading(page)).toHaveText(first);
      await expect(page.getByRole("link", { name: /^Back to/ })).toHaveCount(0);
      await page.getByRole("link", { name: `Next: ${second}` }).first().click();
      await expect(heading(page)).toHaveText(second);
      await expect(shown(page)).toHaveCount(1);
      // Where a screen reader goes on, and where it can be seen.
      await expect(shown(page)).toBeFocused();
      await expect(heading(page)).toBeInViewport();
      await expect(decided(page)).toHaveText(/^0 of \d+ decided$/);
      const free = shown(page).locator("[data-option]:not(.blocked) input:not(:checked)").first();
      const chosen = await free.evaluate((input: HTMLInputElement) => `${input.name}=${input.value}`);
      await free.click();
      await expect(decided(page)).toHaveText(/^1 of \d+ decided$/);
      await expect(page).toHaveURL(new RegExp(`${chosen}.*#step-`));
      // A reload stays in the step; the way back leads to the step before, with the design as it is now.
      await page.reload();
      await expect(page.locator("#configurator[data-alive]")).toBeVisible();
      await expect(heading(page)).toHaveText(second);
      await expect(decided(page)).toHaveText(/^1 of \d+ decided$/);
      // What the page writes as it comes alive is written by then.
      await page.waitForTimeout(400);
      await page.goBack();
      await expect(heading(page)).toHaveText(first);
      await expect(page).toHaveURL(new RegExp(chosen));
      await page.goForward();
      await expect(heading(page)).toHaveText(second);
      await page.getByRole("link", { name: `Back to ${first}` }).click();
      await expect(heading(page)).toHaveText(first);
    });
  }

  test("the end of a step leads on to the next, and the last one ends", async ({ page }) => {
    await openProduct(page, "travel-bike");
    const names = await page.locator("section[id^=step-] h2").allTextContents();
    for (const name of names.slice(1)) {
      await page.getByRole("link", { name: `Next: ${name}` }).last().click();
      await expect(heading(page)).toHaveText(name);
    }
    await expect(page.getByRole("link", { name: /^Next:/ })).toHaveCount(0);
    await expectAccessible(page, "the last step");
  });

  test("what stops the order is shown, whichever step it is in", async ({ page }) => {
    await openProduct(page, "trainer");
    await page.evaluate(() => (location.hash = "attribute-embroidery"));
    const field = page.locator('[data-attribute="embroidery"] input[type=text]').first();
    await field.fill("☃");
    await field.blur();
    await page.getByRole("link", { name: /^Back to/ }).first().click();
    await expect(field).toBeHidden();
    await page.getByTestId("order").click();
    await expect(field).toBeFocused();
    await expect(field).toBeInViewport();
  });

  test.describe("without scripts", () => {
    test.use({ javaScriptEnabled: false });

    test("all steps are there", async ({ page }) => {
      await page.goto("/products/trainer");
      const all = await page.locator("section[id^=step-]").count();
      await expect(shown(page)).toHaveCount(all);
      await expect(page.getByRole("navigation", { name: "Steps" })).toBeVisible();
      await expect(option(page, "sole", "trail")).toBeVisible();
    });
  });
});

test("wide screens show all steps with how much of each is decided, and a row of them", async ({ page }) => {
  await openProduct(page, "trainer");
  const all = await page.locator("section[id^=step-]").count();
  await expect(shown(page)).toHaveCount(all);
  await expect(page.getByRole("navigation", { name: "Steps" })).toBeVisible();
  const decided = page.getByTestId("decided");
  for (const words of await decided.all()) await expect(words).toHaveText(/^0 of \d+ decided$/);
  await option(page, "sole", "trail").click();
  await expect(decided.filter({ hasText: /^1 of \d+ decided$/ })).toHaveCount(1);
  const [name, words] = await Promise.all([page.locator("section[id^=step-] h2").first().boundingBox(), decided.first().boundingBox()]);
  expect(words!.y).toBeGreaterThan(name!.y);
  expect(words!.y).toBeLessThan(name!.y + name!.height);
});
