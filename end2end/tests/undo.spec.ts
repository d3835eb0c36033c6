// Undo reaches what was before another start: an answer about use, a proposal that was taken, a reset.
import type { Page } from "@playwright/test";
import { expect, openProduct, option, test, total } from "./shop";

const alive = (page: Page) => expect(page.locator("#configurator[data-alive]")).toBeVisible();
/** A choice of each product, and its first use. */
const PRODUCTS = { "travel-bike": ["frame", "trapeze", "touring"], trainer: ["sole", "trail", ""] } as const;

async function answer(page: Page) {
  const question = page.getByTestId("personal");
  if (!(await question.evaluate((details: HTMLDetailsElement) => details.open))) await question.locator("summary").click();
  await question.locator("[aria-pressed]").first().click();
  await expect(page).toHaveURL(/_start=personal&_use=/);
  await alive(page);
}

/** Neither way leads beyond the page's own start, once that was looked for. */
const noneLeadsOn = (page: Page) => expect(page.getByTestId("order").locator("xpath=..").locator("a[rel=nofollow][hidden]")).toHaveCount(2);
const undo = (page: Page) => page.keyboard.press("Control+z");
const redo = (page: Page) => page.keyboard.press("Control+Shift+Z");

for (const [slug, [attribute, code]] of Object.entries(PRODUCTS)) {
  const chosen = new RegExp(`${attribute}=${code}`);
  const tile = (page: Page) => option(page, attribute, code).locator("input");

  test(`an answer about use is undone, with what was before it, ${slug}`, async ({ page }) => {
    await openProduct(page, slug);
    const prices = [await total(page).innerText()];
    await option(page, attribute, code).click();
    await expect(page).toHaveURL(chosen);
    prices.push(await total(page).innerText());
    await answer(page);
    await expect(page).toHaveURL(chosen);
    await expect(page.getByRole("link", { name: "Undo" })).toBeVisible();
    await undo(page);
    await expect(page).toHaveURL(/_start=standard/);
    await alive(page);
    await expect(page.locator("[aria-pressed=true]")).toHaveCount(0);
    await expect(tile(page)).toBeChecked();
    await expect(total(page)).toHaveText(prices[1]);
    await undo(page);
    await expect(tile(page)).not.toBeChecked();
    await expect(total(page)).toHaveText(prices[0]);
    await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
    // And all the way back.
    await redo(page);
    await expect(total(page)).toHaveText(prices[1]);
    await expect(page.getByRole("link", { name: "Redo" })).toBeVisible();
    await redo(page);
    await expect(page).toHaveURL(/_start=personal/);
    await alive(page);
    await expect(page.locator("[aria-pressed=true]")).toHaveCount(1);
    await expect(page.getByRole("link", { name: "Undo" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Redo" })).toHaveCount(0);
  });

  test(`a proposal that was taken is undone, ${slug}`, async ({ page }) => {
    await openProduct(page, slug);
    await option(page, attribute, code).click();
    await expect(page).toHaveURL(chosen);
    const before = await total(page).innerText();
    await page.getByTestId("needs").click();
    await page.locator("#needs input[type=range]").first().press("End");
    await page.getByTestId("take").click();
    await expect(page).toHaveURL(/_start=needs/);
    await alive(page);
    // A change of its own goes first.
    const other = page.locator("[data-attribute] [data-option]:not(.blocked) input[type=radio]:not(:checked)").last();
    const name = await other.evaluate((input: HTMLInputElement) => `[name="${input.name}"][value="${input.value}"]`);
    await other.click();
    await expect(page.locator(name)).toBeChecked();
    await undo(page);
    await expect(page.locator(name)).not.toBeChecked();
    await page.getByRole("link", { name: "Undo" }).click();
    await expect(page).toHaveURL(/_start=standard/);
    await alive(page);
    await expect(page).toHaveURL(chosen);
    await expect(total(page)).toHaveText(before);
    await expect(page.getByRole("link", { name: "Redo" })).toBeVisible();
    // Another choice, and there is nothing to bring back.
    await page.locator(name).click();
    await expect(page.getByRole("link", { name: "Redo" })).toBeHidden();
  });

  test(`a reset behind an answer about use is undone, ${slug}`, async ({ page }) => {
    await openProduct(page, slug);
    await answer(page);
    await option(page, attribute, code).click();
    await expect(page).toHaveURL(chosen);
    const before = await total(page).innerText();
    // Nobody ordered yet: the answer's start is the standard, and nothing is to be loaded.
    await page.getByTestId("reset").click();
    await page.getByRole("dialog").getByTestId("take").click();
    await expect(page).not.toHaveURL(chosen);
    await expect(tile(page)).not.toBeChecked();
    await undo(page);
    await expect(page).toHaveURL(chosen);
    await expect(tile(page)).toBeChecked();
    await expect(total(page)).toHaveText(before);
    await undo(page);
    await expect(tile(page)).not.toBeChecked();
  });
}

test("what was switched off, and what was at another visit, is not brought back", async ({ page }) => {
  await openProduct(page, "trainer");
  await answer(page);
  await page.getByTestId("personal-off").click();
  await expect(page).toHaveURL(/_start=standard/);
  await alive(page);
  await noneLeadsOn(page);
  await answer(page);
  await expect(page.getByRole("link", { name: "Undo" })).toBeVisible();
  await page.goto("/");
  await page.locator("main a[href*='/products/trainer']").first().click();
  await alive(page);
  await noneLeadsOn(page);
});
