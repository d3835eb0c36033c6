// A table of combinations, with scripts and by keyboard: begun, filled with what is missing, changed, and undone.
import { type Page } from "@playwright/test";
import { enter, expect, expectAccessible, openRow, ownShop } from "./shop";

const test = ownShop();

const EDITOR = "/admin/products/trainer";

test("a table is begun, filled with what is missing, changed and undone", async ({ page, shop }) => {
  test.setTimeout(120_000);
  // Rows that can't be read come back.
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await enter(page, shop, "ana@example.org");
  await page.goto(EDITOR);
  const rule = page.getByTestId("new-rule");
  await rule.getByLabel("Sentence").fill("This sole is not made with that lining.");
  await rule.getByText("Begin a table of combinations instead").press("Enter");
  await rule.getByRole("checkbox", { name: "Lining", exact: true }).check();
  await rule.getByRole("checkbox", { name: "Sole", exact: true }).check();
  await rule.getByRole("button", { name: "Begin the table" }).press("Enter");
  await expect(page).toHaveURL(/\/tables\/rule/);
  await expect(page.getByTestId("no-rows")).toBeVisible();
  await page.getByTestId("insert-all").press("Enter");
  await expect(page.getByTestId("saved")).toBeVisible();
  await expect(page.getByTestId("sum")).toContainText("Every possible combination is in a row");
  const first = page.getByTestId("table-row").first();
  await first.getByLabel("Row 1, Lining").selectOption({ label: "several values…" });
  await page.getByTestId("save-table").press("Enter");
  await expect(page.getByTestId("several")).toBeVisible();
  for (const tick of await page.getByTestId("several").getByRole("checkbox").all()) await tick.uncheck();
  await page.getByTestId("several").getByRole("checkbox", { name: "Merino" }).check();
  for (const [width, height] of [[320, 700], [1440, 900]]) {
    await page.setViewportSize({ width, height });
    await expectAccessible(page, `a table at ${width} px`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.getByTestId("save-table").press("Enter");
  await expect(page.getByTestId("gap").first()).toBeVisible();
  await expect(first.getByLabel("Row 1, Lining")).toHaveValue("wool");
  // Rows of a spreadsheet: the good one is saved, the bad one comes back.
  await page.getByTestId("paste").locator("summary").press("Enter");
  const rows = page.getByRole("textbox", { name: "Rows of a spreadsheet or CSV file" });
  await rows.fill("Sole\tLining\nany\tMerino\nany\tFur");
  await page.getByTestId("save-rows").press("Enter");
  await expect(page.getByTestId("rows-wrong")).toContainText("Row 3, Lining");
  await expect(rows).toHaveValue("Sole\tLining\nany\tFur\n");
  await page.setViewportSize({ width: 320, height: 700 });
  await expectAccessible(page, "a table with rows that came back");
  await page.goto(`${EDITOR}#rules`);
  await openRow(page.getByTestId("rule").last());
  await expect(page.getByTestId("table-rule")).toContainText("A table of what may be together: ");
  await expectAccessible(page, "a table among the rules");
  // The row that was pasted goes again, and no other.
  await expect(page.getByTestId("table-rule")).toContainText("2 rows");
  await page.getByRole("button", { name: /Undo/ }).first().click();
  await expect(page.getByTestId("table-rule")).toContainText("1 row");
});

test("cells of a table save themselves, and what it says follows", async ({ page, shop }) => {
  test.setTimeout(90_000);
  await enter(page, shop, "eva@example.org");
  await page.goto(EDITOR);
  const rule = page.getByTestId("new-rule");
  await rule.getByText("Begin a table of combinations instead").press("Enter");
  await rule.getByRole("checkbox", { name: "Width", exact: true }).check();
  await rule.getByRole("checkbox", { name: "Laces", exact: true }).check();
  await rule.getByRole("button", { name: "Begin the table" }).press("Enter");
  await expect(page).toHaveURL(/\/tables\/rule/);
  await page.getByTestId("insert-all").press("Enter");
  await expect(page.getByTestId("saved")).toBeVisible();
  await expect(page.getByTestId("sum")).toContainText("Every possible combination is in a row");
  const cell = page.getByTestId("table-row").first().getByLabel("Row 1, Width");
  await cell.selectOption({ label: "Narrow" });
  await expect(page.getByTestId("saving")).toHaveText("Saved");
  await expect(page.getByTestId("gap").first()).toBeVisible();
  // Another row waits until it is added.
  const added = page.getByTestId("new-row").getByRole("combobox").first();
  await added.selectOption({ index: 1 });
  await page.waitForTimeout(1_500);
  await expect(page.getByTestId("table-row")).toHaveCount(1);
  await page.getByTestId("save-table").click();
  await expect(page.getByTestId("table-row")).toHaveCount(2);
  await page.reload();
  await expect(cell).toHaveValue("narrow");
  await page.goto(`${EDITOR}#rules`);
  await page.getByRole("button", { name: /Undo/ }).first().click();
  await openRow(page.getByTestId("rule").last());
  await expect(page.getByTestId("table-rule").last()).toContainText("1 row");
});
