// Menus of groups: chosen in the admin, shown first to whom they are for with a reason, all else one click away, none after the switch.
import type { Page } from "@playwright/test";
import { enter, expect, expectAccessible, openProduct, option, ownShop } from "./shop";

// A shop of its own, because this one changes what shoppers see.
const test = ownShop();

const MENUS = "/admin/products/travel-bike/menus";
const COLOURS = 8;

/** Says what the bike is for, on the page that is open. */
async function answer(page: Page, place: number) {
  const question = page.getByTestId("personal");
  if (!(await question.evaluate((details: HTMLDetailsElement) => details.open))) await question.locator("summary").click();
  await question.locator("[aria-pressed]").nth(place).click();
  await expect(page).toHaveURL(/_start=personal/);
}

/** The codes of the colours that can be seen. */
async function seen(page: Page): Promise<string[]> {
  const tiles = page.locator('[data-attribute="colour"] [data-option]:visible');
  return tiles.evaluateAll((all) => all.map((tile) => (tile as HTMLElement).dataset.option ?? ""));
}

const told = (page: Page) => page.locator('[data-attribute="colour"]').getByTestId("shown-first");

test.describe.configure({ mode: "serial" });

test("a merchandiser chooses what a group is shown first, by mouse and by keyboard", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await page.goto(MENUS);
  await expect(page.getByTestId("empty")).toContainText("No group has a menu of its own yet.");
  await expect(page.getByTestId("order")).toContainText("What a shopper said matters to them");
  await expectAccessible(page, "menus, none yet");
  await page.getByLabel("Menu", { exact: true }).selectOption("colour");
  await page.getByLabel("Group", { exact: true }).selectOption("use:touring");
  await page.getByTestId("choose-options").click();
  const editor = page.getByTestId("menu-editor");
  for (const colour of ["Lake blue", "Ochre yellow"]) await editor.getByLabel(colour, { exact: true }).setChecked(true);
  for (const colour of ["Cream", "Signal red"]) await editor.getByLabel(colour, { exact: true }).setChecked(false);
  await page.getByTestId("preview").click();
  await expect(page.getByTestId("previewed")).toContainText("Lake blue");
  await expect(page.getByTestId("previewed")).not.toContainText("Cream");
  await expectAccessible(page, "a menu, previewed");
  await page.getByTestId("save").click();
  await expect(page.getByTestId("done")).toContainText("Colour is kept for Stated use: touring riders.");

  // The next by keyboard alone.
  await page.goto(`${MENUS}?attribute=colour&group=use:everyday`);
  for (const box of await editor.locator("input[type=checkbox]").all()) await box.setChecked(false);
  const cream = editor.getByLabel("Cream", { exact: true });
  await cream.focus();
  await page.keyboard.press("Space");
  await expect(cream).toBeChecked();
  await page.getByTestId("save").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("done")).toContainText("everyday riders");
  await expectAccessible(page, "menus");
});

test("a touring rider sees other options first than an everyday rider, each with its reason, and none after the switch", async ({ page, context }) => {
  await openProduct(page, "travel-bike");
  expect((await seen(page)).length).toBe(COLOURS);
  await answer(page, 0);
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect(told(page)).toHaveText("Shown first: our choice for touring riders.");
  const touring = await seen(page);
  expect(touring).toEqual(expect.arrayContaining(["lake", "ochre"]));
  expect(touring).not.toContain("cream");
  await expectAccessible(page, "a menu of touring riders");

  // Nothing is out of reach: by keyboard the rest opens, is chosen, and stays in sight.
  const more = page.locator('[data-attribute="colour"] summary');
  await more.focus();
  await page.keyboard.press("Enter");
  expect((await seen(page)).length).toBe(COLOURS);
  await option(page, "colour", "cream").locator("input").focus();
  await page.keyboard.press("Space");
  await expect(option(page, "colour", "cream").locator("input")).toBeChecked();
  await more.focus();
  await page.keyboard.press("Enter");
  expect(await seen(page)).toContain("cream");

  await page.getByTestId("why").click();
  await expect(page.getByTestId("menu-shown")).toContainText("our choice for touring riders");
  await expectAccessible(page, "why, with menus");
  await page.goBack();

  await openProduct(page, "travel-bike");
  await answer(page, 1);
  await expect(told(page)).toHaveText("Shown first: our choice for everyday riders.");
  const everyday = await seen(page);
  expect(everyday).toContain("cream");
  expect(everyday).not.toContain("ochre");
  expect(everyday).not.toEqual(touring);

  for (const [language, words] of [["de", "Zuerst: was wir Alltagsradlern empfehlen."], ["ar", "أولًا: ما اخترناه لفئة"]]) {
    await context.addCookies([{ name: "atelier_language", value: language, url: new URL("/", page.url()).href }]);
    await openProduct(page, "travel-bike");
    await expect(told(page)).toContainText(words);
    await expectAccessible(page, `a menu of everyday riders, ${language}`);
  }
  await context.addCookies([{ name: "atelier_language", value: "en", url: new URL("/", page.url()).href }]);

  await openProduct(page, "travel-bike");
  await page.getByTestId("personal-off").click();
  await expect(page.getByTestId("start")).toContainText("our standard");
  await expect(told(page)).toHaveCount(0);
  expect((await seen(page)).length).toBe(COLOURS);
});

test("without consent nobody has a group's menu", async ({ page }) => {
  await openProduct(page, "travel-bike", "?_start=personal&_use=touring");
  await expect(told(page)).toHaveCount(0);
  expect((await seen(page)).length).toBe(COLOURS);
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("the menu is the same, and the rest opens", async ({ page }) => {
    await page.goto("/products/travel-bike");
    await page.getByTestId("personal").locator("summary").click();
    await page.getByTestId("personal").locator("[aria-pressed]").first().click();
    await expect(told(page)).toHaveText("Shown first: our choice for touring riders.");
    const all = page.locator('[data-attribute="colour"] [data-option]');
    await expect(all).toHaveCount(COLOURS);
    await expect(option(page, "colour", "cream")).toBeHidden();
    await page.locator('[data-attribute="colour"] summary').click();
    await expect(option(page, "colour", "cream")).toBeVisible();
  });
});
