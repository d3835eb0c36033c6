// A rule by menus, with scripts and by keyboard: another attribute brings its values at once, and nothing typed goes.
import { type Page } from "@playwright/test";
import { enter, expect, expectAccessible, ownShop } from "./shop";

const test = ownShop();

const EDITOR = "/admin/products/trainer";

test("a rule is written by menus and by keyboard", async ({ page, shop }) => {
  // The editor is a long page to look through.
  test.slow();
  await enter(page, shop, "ana@example.org");
  await page.goto(EDITOR);
  const rule = page.getByTestId("new-rule");
  const part = (name: string) => rule.getByTestId(`part-${name}`);
  await rule.getByLabel("Sentence").fill("Typed before the menus");
  // A letter picks an entry of a menu; its values are there without leaving the page.
  await part("given").getByLabel("What", { exact: true }).focus();
  await page.keyboard.type("Lining");
  await expect(part("given").getByLabel("Value", { exact: true })).toBeVisible();
  await expect(part("given").getByLabel("What", { exact: true })).toBeFocused();
  await part("given").getByLabel("Value", { exact: true }).selectOption("wool");
  await part("then").getByLabel("What", { exact: true }).selectOption("upper");
  await part("then").getByLabel("How", { exact: true }).selectOption("none_of");
  await part("then").getByRole("checkbox", { name: "Mesh" }).check();
  await part("then").getByRole("checkbox", { name: "Knit" }).check();
  await expect(part("given").getByLabel("Value", { exact: true })).toHaveValue("wool");
  await expect(rule.getByTestId("show-values").first()).toBeHidden();
  await part("given").getByRole("button", { name: /add a condition/ }).press("Enter");
  await expect(part("given").getByTestId("condition")).toHaveCount(2);
  await expect(part("given").getByLabel("What", { exact: true }).last()).toBeFocused();
  await part("given").getByRole("button", { name: /condition 2: take it away/ }).press("Enter");
  await expect(part("given").getByTestId("condition")).toHaveCount(1);
  await expect(rule.getByLabel("Sentence")).toHaveValue("Typed before the menus");
  await page.setViewportSize({ width: 320, height: 700 });
  await expectAccessible(page, "rules by menus at 320 px");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(320);
  await rule.getByRole("button", { name: /write it as text/ }).press("Enter");
  await expect(rule.getByRole("textbox", { name: "Condition", exact: true })).toHaveValue("lining = wool implies upper not in (mesh, knit)");
  await page.getByTestId("save-rules").click();
  const last = page.getByTestId("rule").last();
  await expect(last.getByTestId("menus")).toBeVisible();
  await expect(last.getByRole("checkbox", { name: "Knit" })).toBeChecked();
});

test("who types an entry's letters gets that entry, however late the shop answers", async ({ page, shop }) => {
  await enter(page, shop, "cleo@example.org");
  await page.goto(EDITOR);
  await page.route("**/admin/products/**", async (route) => {
    if (route.request().method() === "POST") await new Promise((later) => setTimeout(later, 150));
    await route.continue();
  });
  const given = page.getByTestId("new-rule").getByTestId("part-given");
  await given.getByLabel("What", { exact: true }).focus();
  await page.keyboard.type("Lining", { delay: 120 });
  await expect(given.getByLabel("Value", { exact: true })).toBeVisible();
  await expect(given.getByLabel("What", { exact: true })).toHaveValue("lining");
  await expect(given.getByLabel("What", { exact: true })).toBeFocused();
});
