// Texts in other languages: by keyboard, on a phone of 320 px, from right to left, stale after a change and taken for right.
import { type Page } from "@playwright/test";
import { enter, expect, expectAccessible, ownShop, saved } from "./shop";

const test = ownShop();

const EDITOR = "/admin/products/trainer";
const TEXTS = `${EDITOR}/texts`;

async function holds(page: Page, what: string): Promise<void> {
  for (const [width, height] of [[320, 700], [1440, 900]]) {
    await page.setViewportSize({ width, height });
    await expectAccessible(page, `${what} at ${width} px`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}

test("a text is translated from right to left, goes stale, and is taken for right by keyboard", async ({ page, shop }) => {
  test.setTimeout(120_000);
  await enter(page, shop, "ana@example.org");
  await page.goto(EDITOR);
  await page.getByRole("link", { name: "Texts", exact: true }).press("Enter");
  await holds(page, "the languages");
  await page.getByRole("link", { name: "العربية (ar)" }).press("Enter");
  await expect(page).toHaveURL(/\/texts\/ar$/);
  const name = page.locator('[name="text.name"]');
  await expect(name).toHaveAttribute("dir", "rtl");
  await expect(name).toHaveAttribute("lang", "ar");
  expect(await name.evaluate((field) => getComputedStyle(field).direction)).toBe("rtl");
  await expect(page.getByTestId("original").first()).toHaveAttribute("dir", "ltr");
  await name.fill("حذاء رياضي");
  // Enter in a field saves.
  await name.press("Enter");
  await expect(page.getByTestId("saved")).toBeVisible();
  await expect(name).toHaveValue("حذاء رياضي");
  await holds(page, "texts in Arabic");

  await page.goto(EDITOR);
  await page.locator("#basics").getByLabel("Name", { exact: true }).fill("Runner");
  await page.locator("#basics").getByRole("button", { name: "Save" }).first().click();
  await saved(page);
  await page.goto(`${TEXTS}/ar`);
  await page.getByTestId("show-stale").press("Enter");
  await expect(page).toHaveURL(/show=stale/);
  const stale = page.getByTestId("text").filter({ has: page.getByTestId("stale") });
  await expect(stale).toHaveCount(1);
  await expect(stale).toContainText("The original said “Trainer” then.");
  await holds(page, "stale texts");
  await stale.getByRole("button", { name: /still right/i }).press("Enter");
  await expect(page.getByTestId("no-texts")).toBeVisible();
});

test("leaving a page of texts saves what was typed, and a search finds it", async ({ page, shop }) => {
  await enter(page, shop, "bo@example.org");
  await page.goto(`${TEXTS}/fr`);
  await expect(page.getByTestId("not-spoken")).toBeVisible();
  await page.locator('[name="text.summary"]').fill("Une chaussure faite pour toi.");
  await page.getByTestId("later-texts").click();
  await expect(page.getByTestId("shown-texts")).toContainText("Texts 61");
  await page.getByLabel("Search in originals and translations").fill("chaussure");
  await page.getByLabel("Search in originals and translations").press("Enter");
  await expect(page.getByTestId("text")).toHaveCount(1);
  await expect(page.locator('[name="text.summary"]')).toHaveValue("Une chaussure faite pour toi.");
});

test("texts save themselves, beside what others write, and what clashes stays and is told", async ({ page, shop }) => {
  test.setTimeout(90_000);
  test.info().annotations.push({ type: "expected-status", description: "409" });
  await enter(page, shop, "dee@example.org");
  await page.goto(`${TEXTS}/fr?show=missing`);
  const text = (name: string) => page.locator(`[name="${name}"]`);
  const row = page.getByTestId("text").filter({ has: text("text.name") });
  await expect(row.getByTestId("missing")).toBeVisible();
  await text("text.name").pressSequentially("Basket");
  await expect(page.getByTestId("saving")).toHaveText("Saved");
  await expect(page).toHaveURL(/show=missing/);
  await expect(text("text.name")).toBeFocused();
  await expect(row.getByTestId("missing")).toBeHidden();
  // Somebody else writes another text meanwhile: both stay.
  const other = await page.context().newPage();
  await other.goto(`${TEXTS}/fr`);
  await expect(other.locator('[name="text.name"]')).toHaveValue("Basket");
  await other.locator('[name="text.summary"]').fill("Une chaussure.");
  await expect(other.getByTestId("saving")).toHaveText("Saved");
  await text("text.description").fill("Cousue main.");
  await expect(page.getByTestId("saving")).toHaveText("Saved");
  await other.reload();
  await expect(other.locator('[name="text.description"]')).toHaveValue("Cousue main.");
  await expect(other.locator('[name="text.summary"]')).toHaveValue("Une chaussure.");
  // The same text twice is asked about; nothing typed goes.
  await text("text.name").fill("Tennis");
  await expect(page.getByTestId("saving")).toHaveText("Saved");
  await other.locator('[name="text.name"]').fill("Chaussure");
  await expect(other.locator("#unsaved")).toContainText("somebody changed the same meanwhile");
  await expect(other.locator('[name="text.name"]')).toHaveValue("Chaussure");
  await expectAccessible(other, "texts that could not be saved");
  await other.getByTestId("save-texts").click();
  await expect(other.getByTestId("conflict")).toBeVisible();
  await other.getByTestId("save-texts").click();
  await expect(other.getByTestId("saved")).toBeVisible();
  await expect(other.locator('[name="text.name"]')).toHaveValue("Chaussure");
});

test("a table of texts goes out and comes back, with the rows that can't be taken", async ({ page, shop }) => {
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await enter(page, shop, "cy@example.org");
  await page.goto(`${TEXTS}/fr`);
  const download = page.waitForEvent("download");
  await page.getByTestId("texts-csv").click();
  expect((await download).suggestedFilename()).toBe("trainer-fr.csv");
  await page.getByTestId("paste").getByText("Paste or upload a table").first().press("Enter");
  await page.locator("#rows").fill("text,translation\nname,Basket\nnothing,Rien");
  await page.getByTestId("save-rows").press("Enter");
  await expect(page.getByTestId("rows-wrong")).toContainText("Row 3, text");
  await expect(page.locator("#rows")).toHaveValue(/nothing,Rien/);
  await expect(page.locator('[name="text.name"]')).toHaveValue("Basket");
  await holds(page, "rows that came back");
  await page.locator("#file").setInputFiles({ name: "fr.csv", mimeType: "text/csv", buffer: Buffer.from("text,translation\nname,Chaussure\n") });
  await page.getByTestId("upload").click();
  await expect(page.getByTestId("saved")).toBeVisible();
  await expect(page.locator('[name="text.name"]')).toHaveValue("Chaussure");
});
