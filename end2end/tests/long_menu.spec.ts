// A menu of a thousand options in the editor: found, edited and saved a page at a time, by mouse and keyboard, with and without scripts.
import { type Page } from "@playwright/test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Shop, enter, expect, expectAccessible, openRow, saved, test as base, unfold } from "./shop";

const MANY = 1_000;
const OPTIONS = Array.from({ length: MANY }, (_, at) => `{ code = "shade_${at + 1}", label = "Shade ${at + 1}", swatch = "#24${(at + 1).toString(16).padStart(4, "0")}" }`);
const PRODUCT = `
name = "Ribbon"
summary = "A ribbon, dyed in the shade you choose."
currency = "EUR"
base_price = 900
lead_time_days = 3
benefits = [{ code = "fast", label = "Light-fast" }]
steps = [{ code = "looks", label = "Looks" }]
layers = [{ file = "ribbon.svg" }]

[[attributes]]
code = "shade"
step = "looks"
label = "Shade"
kind = "choice"
standard = "shade_1"
options = [${OPTIONS.join(", ")}]
`;
const RIBBON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900"><rect x="200" y="400" width="800" height="100" fill="#888888"/></svg>`;

const test = base.extend<object, { shop: Shop }>({
  shop: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), "ribbon-"));
      mkdirSync(join(folder, "ribbon", "layers"), { recursive: true });
      writeFileSync(join(folder, "ribbon", "product.toml"), PRODUCT);
      writeFileSync(join(folder, "ribbon", "layers", "ribbon.svg"), RIBBON);
      const shop = await Shop.open(folder);
      await use(shop);
      await shop.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
});
// A thousand options take their time in a build for tests.
test.slow();

const EDITOR = "/admin/products/ribbon";
const SECTION = `${EDITOR}?section=attribute-shade`;
const form = (page: Page) => page.getByTestId("attribute-shade");
const row = (page: Page, at: number) => form(page).locator(`[data-key=shade_${at}]`);
const field = (page: Page, name: string, at: number) => form(page).locator(`[name='${name}.shade_${at}']`);

async function find(page: Page, text: string): Promise<void> {
  await form(page).getByRole("searchbox").fill(text);
  await form(page).getByRole("searchbox").press("Enter");
  await expect(page.getByTestId("shown-options")).toContainText(`“${text}”`);
}

test("one of a thousand is found, edited in every field, saved by itself and undone", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await page.goto(EDITOR);
  await expect(form(page)).toContainText("1,000 options");
  await form(page).locator("summary").first().click();
  await find(page, "Shade 777");
  await expect(page).toHaveURL(/section=attribute-shade&find=Shade%20777/);
  await expect(form(page).getByTestId("option")).toHaveCount(1);
  await page.getByTestId("all-options").click();
  await expect(page.getByTestId("shown-options")).toHaveText("Options 1 to 30 of 1,000");
  await page.goto(`${SECTION}&page=26`);
  await expect(page.getByTestId("shown-options")).toHaveText("Options 751 to 780 of 1,000");
  await unfold(row(page, 777).locator("summary"));
  await field(page, "weight", 777).fill("12");
  await field(page, "description", 777).fill("As dark as plums.");
  const answer = page.waitForResponse((response) => response.request().method() === "GET" && response.url().includes("saved=attribute-shade"));
  await field(page, "description", 777).press("Tab");
  expect((await (await answer).body()).length).toBeLessThan(600_000);
  await saved(page);
  await page.reload();
  await expect(field(page, "weight", 777)).toHaveValue("12");
  await expect(field(page, "description", 777)).toHaveValue("As dark as plums.");
  for (const [width, height] of [[390, 844], [1440, 900]]) {
    await page.setViewportSize({ width, height });
    await expectAccessible(page, `a page of options at ${width} px`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(field(page, "weight", 777)).toHaveValue("");
  await expect(page).toHaveURL(/page=26/);
  await expect(page.getByTestId("shown-options")).toHaveText("Options 751 to 780 of 1,000");
});

test("a problem's link leads to the page of its option, with the focus in it", async ({ page, shop }) => {
  await enter(page, shop, "bea@example.org");
  await page.goto(`${SECTION}&page=9`);
  await field(page, "label", 270).fill("");
  await field(page, "label", 270).press("Tab");
  await saved(page);
  await page.goto(`${SECTION}&page=2`);
  await page.locator("#analysis").getByRole("link", { name: /option/ }).first().click();
  await expect(page).toHaveURL(/page=9#attributes\.0\.options\.269/);
  await expect(field(page, "label", 270)).toBeInViewport();
  await field(page, "label", 270).fill("Shade 270");
  await field(page, "label", 270).press("Tab");
  await saved(page);
  await expect(page.getByTestId("sound")).toBeVisible();
});

test("what is added has the focus on its page, and pages turn by keyboard and save", async ({ page, shop }) => {
  await enter(page, shop, "cleo@example.org");
  await page.goto(SECTION);
  await field(page, "price", 3).fill("1.50");
  await page.getByTestId("later-options").press("Enter");
  await expect(page).toHaveURL(/page=2/);
  await expect(page.getByTestId("shown-options")).toBeFocused();
  await page.getByTestId("earlier-options").press("Enter");
  await expect(field(page, "price", 3)).toHaveValue("1.50");
  await form(page).locator("[name='new.label']").fill("Midnight");
  await form(page).getByRole("button", { name: "Add", exact: true }).press("Enter");
  await expect(page).toHaveURL(/page=34/);
  await expect(page.getByLabel("Name of Midnight")).toBeFocused();
  await openRow(page.getByTestId("option").filter({ has: page.getByLabel("Name of Midnight") }));
  await form(page).getByRole("button", { name: /Midnight.*Remove|Remove.*Midnight/ }).press("Enter");
  await expect(page.getByLabel("Name of Midnight")).toHaveCount(0);
  await expect(page).toHaveURL(/page=34/);
});

test("who types while another moves rows goes on in the same option", async ({ page, shop, browser }) => {
  await enter(page, shop, "dan@example.org");
  await page.goto(`${SECTION}&page=3`);
  const context = await browser.newContext({ baseURL: shop.url });
  const other = await context.newPage();
  await enter(other, shop, "eve@example.org");
  await other.goto(`${SECTION}&page=30`);
  await unfold(row(other, 900).locator("summary"));
  await field(other, "place", 900).fill("70");
  await field(other, "place", 900).press("Tab");
  await saved(other);
  await expect(other.getByTestId("elsewhere")).toContainText("is at place 70 of the list now");
  await field(page, "label", 80).fill("Eighty");
  await field(page, "label", 80).press("Tab");
  // The next field of the row has the focus when the answer comes.
  await expect(row(page, 900)).toBeVisible();
  await expect(field(page, "price", 80)).toBeFocused();
  await page.keyboard.type("8");
  await field(page, "price", 80).press("Tab");
  await saved(page);
  await expect(field(page, "price", 80)).toHaveValue("8.00");
  await expect(field(page, "price", 79)).toHaveValue("");
  await context.close();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("a page is saved by its button, and the others stay", async ({ page, shop }) => {
    await enter(page, shop, "fay@example.org");
    await page.goto(`${SECTION}&page=7`);
    await field(page, "price", 200).fill("2");
    await page.getByTestId("save-attribute-shade").click();
    await expect(page.getByTestId("saved")).toBeVisible();
    await expect(page).toHaveURL(/page=7/);
    await expect(field(page, "price", 200)).toHaveValue("2.00");
    await find(page, "shade_1000");
    await expect(form(page).getByTestId("option")).toHaveCount(1);
    await form(page).locator("[name='new.label']").fill("Dawn");
    await form(page).getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByLabel("Name of Dawn")).toBeFocused();
    await expect(page.getByLabel("Name of Dawn")).toBeInViewport();
  });
});
