// Designs side by side, and designs that are kept under names.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, openProduct, option, test, total } from "./shop";

const side = (slug: string, ...designs: string[]) =>
  `/products/${slug}/compare?${designs.map((design) => `_with=${encodeURIComponent(design)}`).join("&")}`;
const BIKE = side("travel-bike", "mine._revision=1&_start=standard&colour=lake", "ready.commuter", "ready.tourer", "standard");

/** What a line says, design by design. */
const line = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell");

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

for (const [slug, attribute, code, value, label] of [
  ["travel-bike", "colour", "lake", "Lake blue", "Colour"],
  ["coffee-machine", "trim", "brass", "Satin brass", "Trim"],
]) {
  test(`${slug}: one's own beside the nearest ready-made design`, async ({ page }) => {
    await openProduct(page, slug);
    await option(page, attribute, code).click();
    const price = await total(page).innerText();
    await page.getByTestId("compare").click();
    await expect(page).toHaveURL(/\/compare\?_with=mine/);
    const heads = page.getByRole("columnheader");
    await expect(heads.first()).toHaveText("Your design");
    await expect(heads.last()).toHaveText("Our standard");
    await expect(line(page, "Price").first()).toContainText(price);
    await expect(line(page, label).first()).toHaveText(value);
    // Only what differs, until everything is asked for.
    const few = await page.getByRole("row").count();
    for (const row of await page.locator("tbody tr:has(td):not([aria-hidden])").filter({ hasNot: page.getByTestId("take") }).all()) {
      const texts = await row.getByRole("cell").allInnerTexts();
      expect(new Set(texts).size, texts.join(" | ")).toBeGreaterThan(1);
    }
    await page.getByTestId("other").click();
    await expect.poll(() => page.getByRole("row").count()).toBeGreaterThan(few);
    await page.getByTestId("other").click();
    await expect(page.getByRole("row")).toHaveCount(few);
    await expectAccessible(page, "designs side by side");

    // Another one is made one's own: it opens at the price that stood here.
    const name = await heads.nth(1).innerText();
    const theirs = await line(page, "Price").nth(1).innerText();
    await page.getByTestId("take").nth(1).click();
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    expect(theirs).toContain(await total(page).innerText());
    await expect(page.getByTestId("ready-made").filter({ hasText: name })).toHaveAttribute("aria-current", "true");
  });

  test(`${slug}: designs are kept, renamed, removed and put back`, async ({ page, context }) => {
    test.info().annotations.push({ type: "expected-status", description: "422" });
    await openProduct(page, slug);
    await option(page, attribute, code).click();
    await page.getByTestId("snapshot").click();
    const dialog = page.getByRole("dialog");
    const name = dialog.getByRole("textbox").first();
    await expect(name).toHaveValue(new RegExp(value));
    await expectAccessible(page, "a design gets a name");
    // What is no name stays in its field.
    await name.fill("x".repeat(41));
    await dialog.getByTestId("keep").click();
    await expect(dialog).toContainText("Shorten it to 40 characters");
    await name.fill("For Émile");
    await dialog.getByTestId("keep").click();
    await expect(dialog.getByTestId("done")).toHaveText("Kept as “For Émile”.");
    await expect(dialog.getByTestId("snapshot")).toHaveCount(1);

    await dialog.getByTestId("rename").click();
    await dialog.getByTestId("snapshot").getByRole("textbox").fill("For Zoë");
    await page.keyboard.press("Enter");
    await expect(dialog.getByTestId("done")).toHaveText("It is called “For Zoë” now.");
    await dialog.getByTestId("remove").click();
    await expect(dialog.getByTestId("snapshot")).toHaveCount(0);
    await dialog.getByTestId("undo-remove").click();
    await expect(dialog.getByTestId("snapshot")).toContainText("For Zoë");
    await expectAccessible(page, "designs that are kept");

    // It is there after the page is loaded anew, and in the comparison.
    await page.goto(`/products/${slug}`);
    await expect(page.getByTestId("left")).toContainText("“For Zoë”");
    expect((await context.cookies()).find((cookie) => cookie.name === "atelier_snapshots")?.expires).toBeGreaterThan(Date.now() / 1_000 + 86_400);
    await page.getByTestId("snapshot").click();
    await dialog.getByTestId("compare-kept").click();
    await expect(page.getByRole("columnheader").last()).toHaveText("For Zoë");
    await page.getByTestId("take").last().click();
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    await expect(option(page, attribute, code).locator("input")).toBeChecked();
  });
}

test("designs that saved themselves are told apart", async ({ page, context }) => {
  for (const query of ["?sole=trail", "?upper=leather"]) {
    const window = await context.newPage();
    await openProduct(window, "trainer", query);
    await window.getByTestId("save").click();
    await expect(window.getByTestId("link")).toBeVisible();
    await window.close();
  }
  for (const [language, name] of [["en", /^Saved at \d\d:\d\d on /], ["de", /^Gespeichert um \d\d:\d\d Uhr am /], ["ar", /^حُفظ الساعة \d\d:\d\d في /]] as const) {
    await page.goto(`/products/trainer/compare?_lang=${language}`);
    const saved = page.getByTestId("more").getByRole("link").filter({ hasText: name });
    await expect(saved).toHaveCount(2);
    expect(new Set(await saved.allInnerTexts()).size).toBe(2);
    // They are told apart once they are side by side, too.
    for (const [at, name] of (await saved.allInnerTexts()).entries()) {
      await page.getByTestId("more").getByRole("link", { name, exact: true }).click();
      await expect(page.getByRole("columnheader")).toHaveCount(at + 1);
    }
    const heads = await page.getByRole("columnheader").allInnerTexts();
    expect(heads).toHaveLength(2);
    expect(new Set(heads).size).toBe(2);
  }
});

test("a phone shows two designs, the others by swiping, and never scrolls sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(BIKE);
  expect(await overflow(page)).toBe(0);
  const [first, second, third] = await page.getByRole("columnheader").all();
  for (const shown of [first, second]) await expect(shown).toBeInViewport({ ratio: 0.95 });
  await expect(third).not.toBeInViewport();
  // By keyboard, within the table alone; what lines and designs are called stays in sight.
  const scroller = page.getByTestId("scroller");
  await scroller.focus();
  // A press counts from where the last one's movement is, so a busy machine needs more of them.
  await expect(async () => {
    for (let press = 0; press < 6; press++) await page.keyboard.press("ArrowRight", { delay: 50 });
    await expect(page.getByRole("columnheader").last()).toBeInViewport({ ratio: 0.9, timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole("rowheader", { name: "Price" })).toBeInViewport({ ratio: 0.9 });
  expect(await overflow(page)).toBe(0);
  // Every line is on the page itself; further down each part says again which design is which.
  expect(await scroller.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeLessThanOrEqual(0);
  const again = page.getByTestId("names-again").last();
  await again.scrollIntoViewIfNeeded();
  await expect(again).toContainText("Commuter");
  await page.emulateMedia({ media: "print" });
  await expect(again).toBeHidden();
});

for (const width of [320, 390]) {
  test(`a phone of ${width} pixels has all lines of two designs on the page, below what stays of the designs`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${side("coffee-machine", "mine._revision=1&_start=standard&trim=brass", "standard")}&_all=1`);
    const scroller = page.getByTestId("scroller");
    expect(await scroller.evaluate(({ scrollHeight, clientHeight, scrollWidth, clientWidth }) => [scrollHeight - clientHeight, scrollWidth - clientWidth])).toEqual([0, 0]);
    await expect(page.getByTestId("names-again")).toHaveCount(0);
    const last = page.getByRole("rowheader").last();
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport({ ratio: 0.9 });
    for (const head of await page.getByRole("columnheader").all()) await expect(head).toBeInViewport({ ratio: 0.9 });
    expect(await overflow(page)).toBe(0);
  });
}

test("on a desktop pictures, names and prices stay on top", async ({ page }) => {
  await page.goto(`${BIKE}&_all=1`);
  await page.mouse.wheel(0, 900);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(500);
  await expect(page.getByRole("columnheader").first()).toBeInViewport({ ratio: 0.9 });
  await expect(line(page, "Price").first()).toBeInViewport({ ratio: 0.9 });
});

for (const scheme of ["light", "dark"] as const) {
  for (const [screen, viewport] of Object.entries({ phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } })) {
    test(`nothing keeps anybody out: ${screen}, ${scheme}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (const address of [BIKE, `${BIKE}&_all=1`, "/products/travel-bike/compare", "/products/trainer/snapshots?_revision=1&upper=leather"]) {
        await page.goto(address);
        await expectAccessible(page, address);
        expect(await overflow(page), address).toBe(0);
      }
    });
  }
}

test("what differs fits on one page of paper", async ({ page }) => {
  await page.goto(BIKE);
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(paper.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  const [, width, height] = paper.match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/) ?? [];
  expect(Number(width)).toBeGreaterThan(Number(height));
});

test("a proposal is compared with the design that it is for", async ({ page }) => {
  await page.goto("/products/travel-bike/needs?colour=lake&_matters.comfort=5");
  await page.getByTestId("compare").click();
  await expect(page.getByRole("columnheader")).toHaveText(["Your design", "What fits best"]);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("designs are compared, kept and put back", async ({ page }) => {
    await page.goto("/products/trainer?upper=leather");
    await page.getByTestId("compare").click();
    await expect(page.getByRole("columnheader").first()).toHaveText("Your design");
    await page.getByTestId("take-out").first().click();
    await page.getByTestId("more").getByRole("link").first().click();
    await page.getByTestId("other").click();
    await expect(page.getByTestId("other")).toHaveText("Show only what differs");

    await page.goto("/products/trainer?upper=leather");
    await page.getByTestId("snapshot").click();
    await page.getByLabel("Keep this design under a name").fill("School");
    await page.getByTestId("keep").click();
    await expect(page.getByTestId("done")).toHaveText("Kept as “School”.");
    await page.getByTestId("remove").click();
    await page.getByTestId("undo-remove").click();
    await expect(page.getByTestId("snapshot")).toContainText("School");
    await page.getByTestId("open").click();
    await expect(option(page, "upper", "leather").locator("input")).toBeChecked();
    await expect(page.getByTestId("notices")).toContainText("This is “School” as it was kept.");
  });
});
