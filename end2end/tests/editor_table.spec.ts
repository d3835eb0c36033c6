// The editor's page: options as a table, sections by their addresses, the tree on a laptop, the head that stays in view.
import { type Locator, type Page } from "@playwright/test";
import { enter, expect, expectAccessible, openRow, ownShop, saved } from "./shop";

const test = ownShop();

const UPPER = "/admin/products/trainer?section=attribute-upper";
const LAPTOP = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };

const rows = (page: Page) => page.getByTestId("attribute-upper").getByTestId("option");
const cell = (row: Locator, name: string) => row.locator(`[data-cell='${name}'] input`).first();
const heights = (page: Page) => rows(page).evaluateAll((all) => all.map((row) => (row as HTMLElement).offsetHeight));

test("options are rows of cells, and what else there is of one opens below it", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await page.setViewportSize(LAPTOP);
  await page.goto(UPPER);
  for (const height of await heights(page)) {
    expect(height).toBeGreaterThanOrEqual(34);
    expect(height).toBeLessThanOrEqual(44);
  }
  const knit = rows(page).and(page.locator("[data-key=knit]"));
  for (const name of ["label", "price", "swatch", "available", "code", "weight"]) await expect(cell(knit, name)).toBeVisible();
  const right = await knit.evaluate((row) => Math.max(...[...row.querySelectorAll("[data-cell] input")].map((input) => input.getBoundingClientRect().right)));
  const edge = await knit.evaluate((row) => row.getBoundingClientRect().right);
  expect(right).toBeLessThanOrEqual(edge);
  await expect(knit.getByTestId("show-it")).toBeHidden();
  await openRow(knit);
  for (const part of [knit.getByTestId("show-it"), knit.getByTestId("retire"), knit.getByRole("button", { name: "Remove: Knit" })]) await expect(part).toBeVisible();
  await expect(knit.locator("[name='description.knit']")).toBeVisible();
  await expectAccessible(page, "the table of options");
});

test("arrows lead up and down through the cells of a column, and what is typed is saved", async ({ page, shop }) => {
  await enter(page, shop, "bea@example.org");
  await page.setViewportSize(LAPTOP);
  await page.goto(UPPER);
  const prices = rows(page).locator("[data-cell=price] input");
  await prices.nth(0).focus();
  await page.keyboard.press("ArrowDown");
  await expect(prices.nth(1)).toBeFocused();
  await page.keyboard.type("17");
  await page.keyboard.press("ArrowDown");
  await expect(prices.nth(2)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(prices.nth(0)).toBeFocused();
  // There is nothing above the first.
  await page.keyboard.press("ArrowUp");
  await expect(prices.nth(0)).toBeFocused();
  await saved(page);
  await page.reload();
  await expect(prices.nth(1)).toHaveValue("17.00");
});

test("on a phone an option is a card that opens", async ({ page, shop }) => {
  await enter(page, shop, "cleo@example.org");
  await page.setViewportSize(PHONE);
  await page.goto(UPPER);
  const knit = rows(page).and(page.locator("[data-key=knit]"));
  await expect(cell(knit, "label")).toBeVisible();
  await expect(cell(knit, "price")).toBeVisible();
  await expect(cell(knit, "code")).toBeHidden();
  await openRow(knit);
  await expect(cell(knit, "code")).toBeVisible();
  await expect(knit.getByTestId("retire")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await expectAccessible(page, "the cards of options");
});

test("a product's pages and the ways back are in view on a laptop and on a phone", async ({ page, shop }) => {
  await enter(page, shop, "dan@example.org");
  await page.goto("/admin/products/trainer?section=basics");
  await page.locator("#basics [name=summary]").fill("A trainer with a way back.");
  await page.locator("#basics [name=summary]").press("Tab");
  await saved(page);
  for (const size of [LAPTOP, PHONE]) {
    await page.setViewportSize(size);
    await page.goto("/admin/products/trainer");
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect(page.getByRole("button", { name: "Undo" })).toBeInViewport();
    await expect(page.getByRole("button", { name: "Redo" })).toBeInViewport();
    await expect(page.getByTestId("draft-state")).toBeInViewport();
  }
  await page.setViewportSize(LAPTOP);
  await page.goto("/admin/products/trainer?section=basics");
  for (const name of ["Draft", "Texts", "Analysis", "Changes", "Revisions", "Sold out", "Menus", "In the shop", "Insight"]) {
    await expect(page.locator("#bar nav").getByRole("link", { name, exact: true })).toBeInViewport({ ratio: 1 });
  }
});

test("one section is on a page of its own, and the tree leads through all of them", async ({ page, shop }) => {
  await enter(page, shop, "eve@example.org");
  await page.setViewportSize(LAPTOP);
  await page.goto("/admin/products");
  await page.getByTestId("product").filter({ hasText: "Trainer" }).getByRole("link", { name: "Trainer", exact: true }).click();
  await expect(page).toHaveURL(/trainer\?section=basics/);
  await expect(page.locator("[data-part]")).toHaveCount(1);
  const tree = page.getByTestId("tree");
  await expect(tree).toBeVisible();
  await expect(tree.locator("li[data-attribute=upper]")).toContainText("4 options");
  await tree.getByRole("link", { name: "Rules", exact: true }).click();
  await expect(page).toHaveURL(/section=rules/);
  await expect(page.locator("[data-part]")).toHaveCount(1);
  // A problem leads to its field, wherever that is.
  await page.goto("/admin/products/trainer?section=basics");
  await page.locator("#basics [name=base_price]").fill("-5");
  await page.locator("#basics [name=base_price]").press("Tab");
  await expect(page.getByTestId("problem")).not.toHaveCount(0);
  await page.goto(UPPER);
  await page.getByTestId("problem").getByRole("link").first().click();
  await expect(page).toHaveURL(/section=basics/);
  await expect(page.locator("#basics [name=base_price]")).toBeInViewport();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByTestId("problem")).toHaveCount(0);
});

test("Ctrl+Z outside of a text takes the last change back, and with Shift does it again", async ({ page, shop }) => {
  await enter(page, shop, "fay@example.org");
  await page.goto(UPPER);
  const mesh = rows(page).and(page.locator("[data-key=mesh]")).locator("[name='available.mesh']");
  const before = await mesh.isChecked();
  await mesh.click();
  await saved(page);
  await page.locator("#bar").getByRole("button", { name: "Undo" }).focus();
  await page.keyboard.press("Control+z");
  await expect(mesh).toBeChecked({ checked: before });
  await page.keyboard.press("Control+Shift+Z");
  await expect(mesh).toBeChecked({ checked: !before });
  // In a text it is the text's own.
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  const name = page.getByLabel("Name of Mesh");
  await name.focus();
  await page.keyboard.press("Control+z");
  // An undo would be on its way by then.
  await page.waitForTimeout(400);
  expect(sent).toEqual([]);
  await expect(mesh).toBeChecked({ checked: !before });
});

test("rows that could not be taken are left out where something is undone", async ({ page, shop }) => {
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await enter(page, shop, "gil@example.org");
  await page.goto(UPPER);
  const table = page.locator("details", { has: page.locator("[name=rows]") }).last();
  await table.locator("summary").first().click();
  await table.locator("[name=rows]").fill("name,price\nFelt,12\nCanvas,dear");
  await page.getByTestId("save-attribute-upper").click();
  await expect(page.getByTestId("rows-wrong")).toBeVisible();
  await expect(page.getByLabel("Name of Felt")).toHaveCount(1);
  await page.getByTestId("rows-wrong").locator("[name$='.name']").fill("Sailcloth");
  await page.locator("#bar").getByRole("button", { name: "Undo" }).click();
  await page.getByTestId("unsaved").getByRole("button", { name: "Leave these out and undo" }).click();
  await expect(page.getByLabel("Name of Felt")).toHaveCount(0);
  await expect(page.getByTestId("rows-wrong")).toHaveCount(0);
  await expect(page.getByTestId("unsaved")).toBeHidden();
});

test("what somebody else saved is told, and comes without losing what is typed", async ({ page, shop, browser }) => {
  await enter(page, shop, "hal@example.org");
  await page.goto("/admin/products/trainer?section=basics");
  const other = await (await browser.newContext({ baseURL: shop.url })).newPage();
  await enter(other, shop, "ida@example.org");
  await other.goto("/admin/products/trainer?section=basics");
  await other.locator("#basics [name=summary]").fill("Ida's words.");
  await other.locator("#basics [name=summary]").press("Tab");
  await saved(other);
  await expect(page.getByTestId("newer")).toBeHidden();
  // As somebody who comes back to the page.
  await expect(async () => {
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await expect(page.getByTestId("newer")).toContainText("ida@example.org", { timeout: 1_000 });
  }).toPass();
  await page.getByTestId("newer").getByRole("button", { name: "Load it" }).click();
  await expect(page.locator("#basics [name=summary]")).toHaveValue("Ida's words.");
  await expect(page.getByTestId("newer")).toBeHidden();
  await other.context().close();
});
