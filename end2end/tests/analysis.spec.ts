// What is in a draft: told at once and filled in by itself, or by a link without scripts; what a rule alone forbids is kept and taken back; any
// design is judged. On the narrowest phone, light and dark, nothing is out of reach.
import { type Page } from "@playwright/test";
import { enter, expect, expectAccessible, ownShop } from "./shop";

const test = ownShop();

const ANALYSIS = "/admin/products/laptop/analysis";

test("a draft is looked into, a rule's design is kept and taken back, and a design is judged", async ({ page, shop }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await enter(page, shop, "ana@example.org");
  await page.goto("/admin/products/travel-bike/analysis");
  await expect(page.getByTestId("figure").first()).toContainText("Valid designs");
  // It fills in by itself.
  await expect(page.locator("#found[data-going-on]")).toHaveCount(0, { timeout: 20_000 });
  await expect(page.getByTestId("progress")).toContainText(/All \d+ questions are answered/);

  await page.goto(ANALYSIS);
  await expect(page.locator("#found[data-going-on]")).toHaveCount(0, { timeout: 20_000 });
  const rule = page.getByTestId("rule").first();
  await expect(rule).toContainText("It alone forbids this design");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, colorScheme);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  }
  await rule.getByRole("button", { name: "Keep as a test" }).click();
  await expect(page.getByTestId("kept")).toContainText("Kept as a test design");
  await expect(page.getByTestId("is-kept")).toHaveCount(1);
  await page.getByTestId("undo").click();
  await expect(page).not.toHaveURL(/analysis/);
  await page.goto(ANALYSIS);
  await expect(page.getByTestId("rule").first()).toContainText("It alone forbids this design");
  await expect(page.getByTestId("is-kept")).toHaveCount(0);

  await page.getByTestId("rule").first().getByRole("link", { name: "Look at" }).click();
  await expect(page.getByTestId("reason")).toHaveCount(1);
  await expect(page.getByTestId("nearest")).toContainText("The nearest valid design costs");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, colorScheme);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  }
});

test("without scripts the page says how far it came, and a link shows more", async ({ browser, shop, page }) => {
  await enter(page, shop, "bo@example.org");
  const context = await browser.newContext({ baseURL: shop.url, javaScriptEnabled: false, storageState: await page.context().storageState() });
  const plain = await context.newPage();
  await plain.goto("/admin/products/bookcase/analysis");
  for (let tries = 0; tries < 20; tries++) {
    const more = plain.getByRole("link", { name: "Show what is known by now" });
    if ((await more.count()) === 0) break;
    await more.click();
  }
  await expect(plain.getByTestId("progress")).toContainText(/All \d+ questions are answered/);
  await expect(plain.getByTestId("rule").first()).toContainText("It alone forbids this design");
  await context.close();
});
