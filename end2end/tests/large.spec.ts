// A product that is too large for a diagram: the server answers for it, and the page is a form that is sent at every change.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Shop, expect, option, test as base, toOrder, total } from "./shop";

const test = base.extend<object, { shop: Shop }>({
  shop: [
    async ({}, use) => {
      const shop = await Shop.open("end2end/catalogs");
      await use(shop);
      await shop.close();
    },
    { scope: "worker" },
  ],
});

const refused = { annotation: { type: "expected-status", description: "422" } };

test("every change goes to the server, and the page comes back as it was left", async ({ page }) => {
  await page.goto("/products/workbench");
  await expect(page.getByText("is sent there at every change")).toBeVisible();
  const before = await total(page).innerText();
  const part = page.locator("input[name=p9][value=o2]");
  const tile = page.locator("label", { has: part });
  await tile.scrollIntoViewIfNeeded();
  const place = (await tile.boundingBox())!.y;
  await tile.click();
  await expect(page).toHaveURL(/p9=o2/);
  // Though the notice above it is gone.
  await expect(page.getByText("is sent there at every change")).toHaveCount(0);
  await expect.poll(async () => Math.abs((await tile.boundingBox())!.y - place)).toBeLessThan(2);
  await expect(part).toBeChecked();
  await expect(part).toBeFocused();
  await expect(total(page)).not.toHaveText(before);
  await expect(tile).toBeInViewport();
  // A slider sends what its box would.
  const slider = page.locator('[data-attribute="height"]').getByRole("slider");
  await slider.focus();
  await slider.press("ArrowLeft");
  await expect(page).toHaveURL(/height=85/);
  await expect(page.getByLabel("Height, exact")).toHaveValue("85");
  await expect(slider).toBeFocused();
  await slider.press("ArrowLeft");
  await expect(page).toHaveURL(/height=80/);
  await page.getByRole("textbox", { name: "Name on the bench" }).fill("Ida");
  await toOrder(page);
  await expect(page).toHaveURL(/\/order\?.*name=Ida/);
});

test("what does not fit says why and offers ways there, too", refused, async ({ page }) => {
  await page.goto("/products/workbench?height=100");
  const part = page.locator("input[name=p0][value=o1]");
  await part.scrollIntoViewIfNeeded();
  const answered = page.waitForResponse((answer) => answer.url().includes("/choose"));
  await page.locator("label", { has: part }).click();
  expect((await answered).status()).toBe(422);
  await expect(page.getByTestId("panel")).toContainText("A high bench has no room at its first place.");
  await page.getByRole("link", { name: "Keep my design" }).click();
  await expect(page.getByTestId("panel")).toHaveCount(0);
  await expect(page.getByLabel("Height, exact")).toHaveValue("100");
  await page.locator("label", { has: part }).click();
  await page.getByTestId("repair").first().click();
  await expect(page).toHaveURL(/p0=o1/);
  await expect(part).toBeChecked();
  await expect(page.getByLabel("Height, exact")).toHaveValue("95");
});

test("on a phone a panel opens above the bar", refused, async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/products/workbench?height=100#step-parts");
  const tile = page.locator("label", { has: page.locator("input[name=p0][value=o1]") });
  const bar = page.getByTestId("bar");
  // The tile just above the bar, so that there is no room for a panel under it.
  await tile.evaluate((tile, bar) => scrollBy({ top: tile.getBoundingClientRect().bottom - bar!.getBoundingClientRect().top + 8, behavior: "instant" }), await bar.elementHandle());
  await tile.click();
  const panel = page.getByTestId("panel");
  await expect(panel).toBeVisible();
  // The page that came back shows the step that was shown.
  await expect(page).toHaveURL(/#step-parts$/);
  await expect.poll(async () => {
    const box = (await panel.boundingBox())!;
    return box.y + box.height <= (await bar.boundingBox())!.y;
  }).toBe(true);
});

test("a choice is taken back where it was made", async ({ page }) => {
  await page.goto("/products/workbench");
  const part = page.locator('[data-attribute="p9"]');
  const chosen = part.locator("input:checked");
  const standard = await chosen.inputValue();
  await option(page, "p9", "o2").click();
  await expect(page).toHaveURL(/p9=o2/);
  await part.getByRole("button", { name: /^Let go of / }).click();
  await expect(page).not.toHaveURL(/p9=/);
  await expect(chosen).toHaveValue(standard);
  await expect(part.getByRole("button", { name: /^Let go of / })).toHaveCount(0);
  await expect(part).toBeInViewport();
});

test("changes are undone and done again, by links and keys, also after a reload", async ({ page }) => {
  await page.goto("/products/workbench");
  const undo = page.getByRole("link", { name: "Undo" });
  const redo = page.getByRole("link", { name: "Redo" });
  const height = page.getByLabel("Height, exact");
  const part = page.locator("input[name=p9][value=o2]");
  await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
  const prices = [await total(page).innerText()];
  await page.locator("label", { has: part }).click();
  await expect(page).toHaveURL(/p9=o2/);
  // The page is there once it has put the focus back.
  await expect(part).toBeFocused();
  prices.push(await total(page).innerText());
  await page.locator('[data-attribute="height"]').getByRole("slider").press("ArrowLeft");
  await expect(page).toHaveURL(/height=85/);
  await undo.scrollIntoViewIfNeeded();
  await undo.click();
  await expect(height).toHaveValue("90");
  await expect(part).toBeChecked();
  await expect(undo).toBeFocused();
  await expect(page.getByTestId("bar").getByRole("status")).toHaveText(prices[1]);
  await page.keyboard.press("Control+z");
  await expect(part).not.toBeChecked();
  await expect(total(page)).toHaveText(prices[0]);
  await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
  await expect(redo).toBeFocused();
  await page.reload();
  await expect(redo).toBeVisible();
  await page.keyboard.press("Control+Shift+z");
  await expect(part).toBeChecked();
  await redo.click();
  await expect(height).toHaveValue("85");
  await expect(redo).toHaveCount(0);
  // Something else, and there is nothing to bring back.
  await undo.click();
  await expect(height).toHaveValue("90");
  await expect(redo).toBeVisible();
  await page.locator("label", { has: page.locator("input[name=p9][value=o1]") }).click();
  await expect(page).toHaveURL(/p9=o1/);
  await expect(undo).toBeVisible();
  await expect(redo).toHaveCount(0);
  // The browser's way back is one, too.
  await page.goBack();
  await expect(part).toBeChecked();
  await expect(redo).toBeVisible();
});

test("a long menu is searched by name and number", async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const shades = Array.from({ length: 30 }, (_, at) => `{ code = "s${at}", label = "Shade ${at} (RAL ${1000 + at})", swatch = "#24${(0x1000 + 97 * at).toString(16)}" }`);
  const paint = `[[attributes]]
code = "paint"
step = "bench"
label = "Paint"
kind = "choice"
standard = "s0"
options = [${shades.join(", ")}, { code = "turquoise", label = "Türkis (RAL 5018)", swatch = "#058b8c" }]

`;
  cpSync(resolve(__dirname, "../catalogs/workbench"), join(folder, "workbench"), { recursive: true });
  const file = join(folder, "workbench/product.toml");
  writeFileSync(file, readFileSync(file, "utf8").replace("[[rules]]", `${paint}[[rules]]`));
  const shop = await Shop.open(folder);
  const context = await browser.newContext({ baseURL: shop.url });
  try {
    const page = await context.newPage();
    await page.goto("/products/workbench");
    const menu = page.locator('[data-attribute="paint"]');
    const search = menu.getByRole("searchbox");
    const shown = menu.locator("[data-option]:visible");
    const found = search.locator("xpath=..").getByRole("status");
    for (const [words, count] of [["turkis", 1], ["RAL 1007", 1], ["ral1007", 1], ["shade 2", 12], ["zzz", 0]] as const) {
      await search.fill(words);
      await expect(shown, words).toHaveCount(count);
      await expect(found).toHaveText(`${count} found`);
    }
    // A list that was open is open again.
    const more = menu.locator("details");
    await search.fill("");
    await expect(more).toHaveJSProperty("open", false);
    await menu.locator("summary").click();
    await search.fill("shade 2");
    await search.fill("");
    await expect(more).toHaveJSProperty("open", true);
    await search.fill("5018");
    await search.press("Enter");
    await expect(shown).toHaveCount(1);
    await option(page, "paint", "turquoise").click();
    await expect(page).toHaveURL(/paint=turquoise/);
    await expect(option(page, "paint", "turquoise").locator("input")).toBeChecked();
    await page.getByRole("link", { name: "Undo" }).click();
    await expect(option(page, "paint", "s0").locator("input")).toBeChecked();
    await page.goto("/products/workbench?_lang=de");
    await search.fill("türkis");
    await expect(found).toHaveText("1 gefunden");
  } finally {
    await context.close();
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
