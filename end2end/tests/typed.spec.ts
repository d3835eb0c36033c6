// What people type and search: nothing typed is lost, numbers and letters as they write them, long lists by name and number.
import { expect, expectAccessible, openProduct, option, picture, test, toOrder, total } from "./shop";
import type { Page } from "@playwright/test";

const field = (page: Page, code: string) => page.locator(`[data-attribute="${code}"] input[name="${code}"]`);
const part = (page: Page, code: string) => page.locator(`[data-attribute="${code}"]`);

async function type(page: Page, code: string, text: string): Promise<void> {
  await field(page, code).fill(text);
  await field(page, code).blur();
}

test("measures are taken to the centimetre, as people write them", async ({ page }) => {
  await openProduct(page, "bookcase");
  for (const [code, typed, taken] of [["width", "187", "187 cm"], ["height", "211 cm", "211 cm"], ["depth", "31,0", "31 cm"]]) {
    await type(page, code, typed);
    await expect(part(page, code).getByTestId("value")).toHaveText(taken);
  }
});

test("measures are understood in other units, and what is too much for a space is told", async ({ page }) => {
  await openProduct(page, "bookcase");
  for (const [typed, taken] of [["1870 mm", "187 cm"], ["1m87", "187 cm"], ["1.88 m", "188 cm"], ["1 m 86 cm", "186 cm"]]) {
    await type(page, "width", typed);
    await expect(part(page, "width").getByTestId("value"), typed).toHaveText(taken);
  }
  for (const typed of ["187,5 cm", "1875 mm"]) {
    await type(page, "width", "186");
    await expect(part(page, "width").getByRole("alert")).toHaveCount(0);
    await type(page, "width", typed);
    await expect(part(page, "width").getByRole("alert"), typed).toContainText("188 does not fit into a space of 187.5 cm.");
    await expect(part(page, "width").getByTestId("nearest")).toHaveText(["187 cm", "188 cm"]);
  }
});

/** Letters of a text, as they are typed and as they are taken. */
const LETTERS = [["Émilie", "Émilie"], ["E\u0301MILIE", "ÉMILIE"], ["Müller", "Müller"], ["Łódź", "Łódź"], ["Straße", "Straße"]];
const CAPITALS: Record<string, string> = { "Straße": "STRAẞE" };
const upper = (text: string) => CAPITALS[text] ?? text.toUpperCase();

for (const [slug, code, language, written] of [
  ["trainer", "embroidery", "en", upper],
  ["trainer", "embroidery", "de", upper],
  ["laptop", "engraving", "en", (text: string) => text],
] as const) {
  test(`a name with an accent is made as it is written, ${slug} (${language})`, async ({ page }) => {
    await openProduct(page, slug, `?_lang=${language}`);
    for (const [typed, taken] of LETTERS) {
      await type(page, code, typed);
      await expect(field(page, code)).toHaveValue(written(taken));
      await expect(picture(page).locator("text")).toHaveText(written(taken));
    }
  });
}

for (const { slug, code, taken, other } of [
  { slug: "trainer", code: "embroidery", taken: "ANA", other: ["upper", "knit"] },
  { slug: "travel-bike", code: "name", taken: "Ana", other: ["tyres", "black"] },
]) {
  test(`what can't be made is named while typing, stays, and stops the order, ${slug}`, async ({ page }) => {
    await openProduct(page, slug);
    await field(page, code).pressSequentially("Ana☃");
    await expect(part(page, code).getByTestId("typing")).toContainText("“☃”");
    await field(page, code).blur();
    await expect(field(page, code)).toHaveValue("Ana☃");
    await expect(part(page, code).getByRole("alert")).toContainText("“☃”");
    await expectAccessible(page, "a text that can't be taken");
    await option(page, other[0], other[1]).click();
    await expect(field(page, code)).toHaveValue("Ana☃");
    await page.getByTestId("order").click();
    await expect(page).toHaveURL(new RegExp(`/products/${slug}\\?`));
    await expect(field(page, code)).toBeFocused();
    await expect(page).toHaveURL(/_typed=/);
    await page.reload();
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    await expect(field(page, code)).toHaveValue("Ana☃");
    await page.getByTestId("nearest").click();
    await expect(field(page, code)).toHaveValue(taken);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await toOrder(page);
    await expect(page).toHaveURL(/\/order\?/);
  });
}

test("a number out of range stays with the nearest one beside it", async ({ page }) => {
  await openProduct(page, "bookcase");
  await type(page, "width", "300");
  await expect(field(page, "width")).toHaveValue("300");
  await expect(part(page, "width").getByTestId("nearest")).toHaveText(["240 cm"]);
  await type(page, "width", "187.5");
  await expect(part(page, "width").getByTestId("nearest")).toHaveText(["187 cm", "188 cm"]);
  await part(page, "width").getByTestId("nearest").last().click();
  await expect(field(page, "width")).toHaveValue("188");
  await type(page, "width", "wide");
  await expect(field(page, "width")).toHaveValue("wide");
  await part(page, "width").getByTestId("keep").click();
  await expect(field(page, "width")).toHaveValue("188");
});

test("a number that other choices leave no room for is taken once they do", async ({ page }) => {
  await openProduct(page, "bookcase");
  await option(page, "uprights", "none").click();
  await type(page, "width", "230");
  await expect(field(page, "width")).toHaveValue("230");
  await expect(part(page, "width").getByTestId("panel")).toBeVisible();
  await expect(part(page, "width").getByTestId("nearest")).toHaveCount(1);
  await page.getByRole("button", { name: "Let go of Uprights" }).click();
  await expect(part(page, "width").getByTestId("panel")).toBeHidden();
  await expect(part(page, "width").getByTestId("value")).toHaveText("230 cm");
});

test("without scripts an entry stays, too, and its nearest values are links", async ({ browser, shop }) => {
  const context = await browser.newContext({ baseURL: shop.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/products/bookcase");
  await field(page, "width").fill("300");
  await page.getByTestId("order").click();
  await expect(page).not.toHaveURL(/\/order\?/);
  await expect(field(page, "width")).toHaveValue("300");
  await part(page, "width").getByTestId("nearest").click();
  await expect(field(page, "width")).toHaveValue("240");
  await context.close();
});

test("undo reaches what was typed, by keys too, and survives a reload", async ({ page }) => {
  await openProduct(page, "bookcase");
  await type(page, "width", "187");
  await type(page, "width", "300");
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  await expect(field(page, "width")).toHaveValue("187");
  await page.keyboard.press("Control+Shift+z");
  await expect(field(page, "width")).toHaveValue("300");
  await expect(page).toHaveURL(/_typed=width/);
  await page.reload();
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo" })).toBeEnabled();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(field(page, "width")).toHaveValue("187");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(field(page, "width")).toHaveValue("120");
  await page.getByRole("button", { name: "Redo" }).click();
  await page.getByTestId("reset").click();
  await page.getByRole("dialog").getByTestId("take").click();
  await expect(field(page, "width")).toHaveValue("120");
  await page.keyboard.press("Control+z");
  await expect(field(page, "width")).toHaveValue("187");
  // In a field its own undo is meant.
  await field(page, "width").focus();
  await page.keyboard.press("Control+z");
  await expect(part(page, "width").getByTestId("value")).toHaveText("187 cm");
});

test("Enter on a radio button neither orders nor loads the page", async ({ page }) => {
  await openProduct(page, "trainer");
  await page.evaluate(() => document.body.setAttribute("data-here", ""));
  await option(page, "upper", "mesh").locator("input").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await expect(option(page, "upper", "knit").locator("input")).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/upper=knit/);
  await expect(page.locator("body[data-here]")).toBeVisible();
});

for (const [language, name] of [["en", "sky blue"], ["de", "himmelblau"]]) {
  test(`one of two hundred colours is found by name and number (${language})`, async ({ page }) => {
    await openProduct(page, "coffee-machine", `?_lang=${language}`);
    const colours = part(page, "colour").filter({ has: page.getByRole("searchbox") });
    const search = colours.getByRole("searchbox");
    for (const text of [name, "RAL 5015", "5015", "ral5015"]) {
      await search.fill(text);
      await expect(colours.locator("[data-option]:visible")).toHaveCount(1);
      await expect(option(page, "colour", "sky_blue")).toContainText(/5015/);
    }
    await expectAccessible(page, "a list that is searched");
    await search.press("Enter");
    await option(page, "colour", "sky_blue").click();
    await expect(colours.getByTestId("value")).toContainText("5015");
    await search.fill("");
    await expect(colours.locator("[data-option]:visible")).not.toHaveCount(1);
    await toOrder(page);
    await expect(page).toHaveURL(/\/order\?/);
    await expect(page.getByText(/RAL.5015/)).toBeVisible();
  });
}

for (const [language, name, blues] of [["en", "turquoise", "Blue"], ["de", "turkis", "Blau"], ["ar", "فيروزي", "الأزرق"]]) {
  test(`one of fifty threads is found by name, and is beside those of its hue (${language})`, async ({ page }) => {
    await openProduct(page, "trainer", `?embroidery=ANA&_lang=${language}`);
    const threads = part(page, "thread");
    const shown = threads.locator("[data-option]:visible");
    await expect(shown).toHaveCount(18);
    await threads.getByRole("searchbox").fill(name);
    await expect(shown).toHaveCount(1);
    await option(page, "thread", "turquoise").click();
    await expect(page).toHaveURL(/thread=turquoise/);
    await threads.getByRole("searchbox").fill("");
    await threads.locator("summary").click();
    await expect(shown).toHaveCount(48);
    await expect(threads.getByRole("heading", { name: blues, exact: true })).toBeVisible();
  });
}

test("a long list is grouped by hue, with names to read before choosing", async ({ page }) => {
  await openProduct(page, "coffee-machine");
  const colours = part(page, "colour");
  await colours.locator("summary").click();
  await expect(colours.getByRole("heading", { name: "Blue", exact: true })).toBeVisible();
  // As long as it is not open its names are there for screen readers alone, a pixel wide.
  const name = option(page, "colour", "sky_blue").getByText("Sky blue");
  expect((await name.boundingBox())!.width).toBeGreaterThan(20);
  await colours.locator("summary").click();
  await expect(colours.getByRole("heading", { name: "Blue", exact: true })).toBeHidden();
});

test("a swatch's name follows pointer and keyboard", async ({ page }) => {
  await openProduct(page, "trainer");
  await option(page, "upper_colour", "navy").hover();
  await expect(part(page, "upper_colour").getByTestId("caption")).toContainText("Navy");
  await expect(total(page)).toBeVisible();
});
