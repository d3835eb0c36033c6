// Codes in texts of the rule language, completed by keyboard.
import { type Page } from "@playwright/test";
import { enter, expect, expectAccessible, ownShop } from "./shop";

const test = ownShop();

const EDITOR = "/admin/products/trainer";

test("codes are completed by keyboard, and a foreign spelling is taken right", async ({ page, shop }) => {
  // The editor is a long page to look through.
  test.slow();
  await enter(page, shop, "ana@example.org");
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(EDITOR);
  const rule = page.getByTestId("new-rule");
  await rule.getByRole("button", { name: /write it as text/ }).press("Enter");
  const text = rule.getByRole("textbox", { name: "Condition", exact: true });
  const list = page.getByRole("listbox", { name: "Codes that fit here" });
  await text.focus();
  await expect(list).toBeHidden();
  // A name finds its code, too; nothing is chosen until an arrow does.
  await page.keyboard.type("Sol");
  await expect(list).toBeVisible();
  await expect(list.getByRole("option").first()).toHaveText("sole Sole");
  await expect(list.locator("[aria-selected=true]")).toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await expect(list.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(list.getByRole("option", { name: "sole_colour" })).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page, "the list of codes at 320 px");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(320);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(text).toHaveValue("sole");
  await expect(text).toBeFocused();
  await expect(list).toBeHidden();
  // Behind a comparison its options are there before a letter is; none is taken unless one is chosen.
  await page.keyboard.type(" == ");
  await expect(list.getByRole("option", { name: "trail" })).toBeVisible();
  await page.keyboard.type("tr");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(text).toHaveValue("sole == trail");
  await page.keyboard.type(" => sole_colour in (o");
  await expect(list).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(text).toHaveValue("sole == trail => sole_colour in (o");
  await page.keyboard.press("Backspace");
  await list.getByRole("option", { name: "oat" }).click();
  await expect(text).toBeFocused();
  await page.keyboard.type(", ash)");
  await expect(text).toHaveValue("sole == trail => sole_colour in (oat, ash)");
  // Tab leaves the field where nothing is open.
  await page.keyboard.press("Tab");
  await expect(text).not.toBeFocused();
  await page.getByTestId("save-rules").click();
  const last = page.getByTestId("rule").last();
  await expect(last.getByTestId("correction")).toContainText("sole = trail implies sole_colour in (oat, ash)");
  await expectAccessible(page, "a foreign spelling at 320 px");
  await last.getByTestId("use-instead").press("Enter");
  await expect(last.getByTestId("menus")).toBeVisible();
  await expect(last.getByTestId("made-sentence").first()).toContainText("Sole: Trail goes only with Sole colour: Oat or Ash.");
});

test("Tab leaves what is typed as it is, in rules and in rows of a table", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await page.goto(EDITOR);
  const rule = page.getByTestId("new-rule");
  await rule.getByRole("button", { name: /write it as text/ }).press("Enter");
  const text = rule.getByRole("textbox", { name: "Condition", exact: true });
  const list = page.getByRole("listbox", { name: "Codes that fit here" });
  await text.focus();
  await page.keyboard.type("Upper contains Sol");
  await expect(list).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(text).toHaveValue("Upper contains Sol");
  await expect(text).not.toBeFocused();
  await expect(list).toBeHidden();
  // A key that breaks a line is no choice either.
  await text.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("e");
  await expect(list).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(text).toHaveValue("Upper contains Sole\n");
  await text.fill("");
  await page.goto(`${EDITOR}?section=attribute-upper`);
  const table = page.locator("details", { has: page.locator("[name=rows]") }).last();
  await table.locator("summary").first().click();
  const rows = table.locator("[name=rows]");
  await rows.focus();
  await page.keyboard.type("name\nSol");
  await expect(list).toBeHidden();
  await page.keyboard.press("Tab");
  await expect(rows).toHaveValue("name\nSol");
});
