// Rows of a table of which some can't be taken: they are left out at once, or go with the paste that is taken back.
import { type Page } from "@playwright/test";
import { enter, expect, openRow, ownShop, send } from "./shop";

const test = ownShop();

const UPPER = "/admin/products/trainer?section=attribute-upper";

/** Pastes two good rows and a bad one into the table of an attribute's options. */
async function paste(page: Page): Promise<void> {
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await page.goto(UPPER);
  const table = page.locator("details", { has: page.locator("[name=rows]") }).last();
  await table.locator("summary").first().click();
  await table.locator("[name=rows]").fill("name,price\nFelt,12\nCanvas,dear\nHemp,14");
  await send(page.getByTestId("save-attribute-upper"));
  await expect(page.getByTestId("rows-wrong")).toBeVisible();
  await expect(page.getByLabel("Name of Hemp")).toHaveCount(1);
}

test("undo takes a paste back though some of its rows could not be taken", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await paste(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Name of Hemp")).toHaveCount(0);
  await expect(page.getByTestId("rows-wrong")).toHaveCount(0);
  await expect(page.getByTestId("unsaved")).toBeHidden();
});

test("what was mended of such rows is not lost by undoing", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await paste(page);
  await page.getByTestId("rows-wrong").locator("[name$='.name']").fill("Sailcloth");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByTestId("unsaved")).toContainText("Nothing was done yet");
  await expect(page.getByTestId("rows-wrong").locator("[name$='.name']")).toHaveValue("Sailcloth");
});

test("all rows are left out at once", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await paste(page);
  await page.getByTestId("rows-out").click();
  await expect(page.getByTestId("rows-wrong")).toHaveCount(0);
  await expect(page.getByLabel("Name of Hemp")).toHaveCount(1);
  await page.reload();
  await expect(page.getByTestId("rows-wrong")).toHaveCount(0);
});

test("what was removed is taken back where that is told", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await page.goto("/admin/products/trainer?section=attribute-heel_tab");
  const names = page.getByTestId("attribute-heel_tab").locator("[name='label.plain']");
  await expect(names).toHaveCount(1);
  await openRow(page.getByTestId("option").and(page.locator("[data-key=plain]")));
  await page.getByRole("link", { name: "Retire None" }).click();
  await page.getByTestId("show").click();
  await page.getByTestId("retire").click();
  await expect(names).toHaveCount(0);
  await page.getByTestId("take-back").getByRole("button").click();
  await expect(names).toHaveCount(1);
});
