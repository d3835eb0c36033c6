// What is near the top of a product's page and what holds still there: other starts behind one line on phones, steps in one row, what
// is said of a colour, and a search that comes to nothing.
import type { Page } from "@playwright/test";
import { PRODUCTS, expect, expectAccessible, openProduct, option, test, total } from "./shop";

const PHONE = { width: 390, height: 844 };
const starts = (page: Page) => page.locator("[data-starts] summary");

test.describe("on a phone", () => {
  test.use({ viewport: PHONE });

  for (const slug of ["travel-bike", "coffee-machine"]) {
    test(`ready-made designs, the start and the question about use are behind one line, ${slug}`, async ({ page }) => {
      await openProduct(page, slug);
      const cards = page.getByTestId("ready-made");
      const start = page.getByTestId("start");
      for (const part of [cards.first(), start, page.getByTestId("personal")]) await expect(part).toBeHidden();
      await expect(starts(page)).toBeInViewport();
      await starts(page).click();
      for (const part of [cards.first(), start, page.getByTestId("personal")]) await expect(part).toBeInViewport();
      await expectAccessible(page, "other starts");
      const before = await total(page).innerText();
      await cards.nth(1).click();
      await expect(total(page)).not.toHaveText(before);
      await expect(cards.nth(1)).toHaveAttribute("aria-current", "true");
      await starts(page).click();
      await expect(start).toBeHidden();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    });
  }

  test("an answer about use says in view what became of the design, until something else is chosen", async ({ page }) => {
    await openProduct(page, "travel-bike");
    const told = page.getByTestId("notices").getByText(/^For this use/);
    await expect(told).toHaveCount(0);
    await starts(page).click();
    await page.getByTestId("personal").locator("summary").click();
    await page.getByTestId("personal").locator("[aria-pressed]").first().click();
    await expect(page).toHaveURL(/_use=touring/);
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    await expect(told).toBeInViewport();
    // Who has learnt nothing yet changes nothing.
    await expect(told).toHaveText("For this use the design stays as it was.");
    await option(page, "frame", "trapeze").click();
    await expect(page).toHaveURL(/frame=trapeze/);
    await page.reload();
    await expect(told).toHaveCount(0);
  });

  for (const [slug, language] of [["laptop", "de"], ["travel-bike", "en"], ["coffee-machine", "ar"]]) {
    test(`a step that the address names begins below the strip, with nothing half in view, ${slug}`, async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await openProduct(page, slug, `?_lang=${language}`);
      const second = await page.locator("section[id^=step-]").nth(1).getAttribute("id");
      await page.goto("about:blank");
      await openProduct(page, slug, `?_lang=${language}#${second}`);
      const head = page.locator(`#${second}`).getByTestId("step-head");
      await expect.poll(async () => Math.round((await head.boundingBox())!.y)).toBe(96);
      const line = (await page.getByTestId("needs").boundingBox())!;
      expect(line.y + line.height).toBeLessThanOrEqual(97);
    });
  }
});

test("without scripts a phone has all of it, and the shop's line in no more lines than one", async ({ browser, shop }) => {
  const context = await browser.newContext({ baseURL: shop.url, viewport: PHONE, javaScriptEnabled: false, locale: "de" });
  const page = await context.newPage();
  await page.goto("/products/laptop");
  await expect(page.getByTestId("ready-made").first()).toBeVisible();
  await expect(page.getByTestId("start")).toBeVisible();
  await expect(starts(page)).toBeHidden();
  expect((await page.getByRole("banner").boundingBox())!.height).toBeLessThan(80);
  await context.close();
});

for (const language of ["en", "de", "ar"]) {
  test(`the names of all steps share one row on a desktop (${language})`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const slug of PRODUCTS) {
      await openProduct(page, slug, `?_lang=${language}`);
      const steps = page.locator("nav ol > li:visible");
      // As wide as they become.
      await steps.evaluateAll((items) => items.forEach((item) => (item.querySelector("span:last-child")!.textContent = "1/5")));
      const tops = await steps.evaluateAll((items) => items.map((item) => item.getBoundingClientRect().top));
      expect(new Set(tops).size, slug).toBe(1);
      for (const step of await steps.all()) {
        await expect(step, slug).toBeInViewport({ ratio: 0.99 });
        // Of each name there is something to tell it by, and the whole to whoever points at it.
        expect((await step.locator("span").first().boundingBox())!.width).toBeGreaterThan(24);
        await expect(step.locator("a")).toHaveAttribute("title", (await step.locator("span").first().textContent())!);
      }
    }
  });
}

for (const [screen, viewport] of Object.entries({ phone: PHONE, desktop: { width: 1280, height: 900 } })) {
  test(`what is said of a colour moves nothing, ${screen}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await openProduct(page, "travel-bike", "?litres=100");
    const colours = page.locator('[data-attribute="colour"]');
    const heights = new Set<number>();
    const told = new Set<string>();
    for (const swatch of await colours.locator("[data-option]").all()) {
      await swatch.hover();
      const caption = colours.getByTestId("caption");
      await expect(caption).toContainText((await swatch.locator("span").nth(1).textContent())!);
      told.add(await caption.innerText());
      heights.add(Math.round((await colours.boundingBox())!.height));
    }
    expect(told.size).toBeGreaterThan(3);
    expect([...heights]).toHaveLength(1);
    // Long words lie over what is below, and are gone once the keyboard is elsewhere.
    const place = colours.getByTestId("caption").locator("span");
    await colours.locator("input").first().focus();
    await page.mouse.move(0, 0);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await expect(place).toHaveText(/^Forest green/);
  });
}

for (const [language, hue, number] of [["en", "blues", "RAL 5099"], ["de", "himmelblaues", "5099"], ["ar", "", "٥٠٩٩"]]) {
  test(`a search for a colour that is not there shows the nearest (${language})`, async ({ page }) => {
    await openProduct(page, "coffee-machine", `?_lang=${language}`);
    const colours = page.locator('[data-attribute="colour"]');
    const search = colours.getByRole("searchbox");
    const shown = colours.locator("[data-option]:visible");
    const near = colours.locator("[data-near]");
    // By number: those that come before it.
    await search.fill(number);
    await expect(shown).toHaveCount(3);
    await expect(near).toContainText(/RAL.5026/);
    // What is said of the present colour is no answer.
    await expect(colours.getByTestId("caption")).toBeHidden();
    await expectAccessible(page, "a search with what is nearest");
    await shown.first().hover();
    await expect(colours.getByTestId("caption")).toContainText(/RAL.50/);
    // As HTML writes it.
    await search.fill("#ff0000");
    await expect(near).toContainText(/RAL.30/);
    if (hue !== "") {
      await search.fill(hue);
      await expect(near).toContainText(/Bl(ue|au)/);
      expect(await shown.count()).toBeGreaterThan(10);
    }
    // A hue by one of its shades.
    if (language === "en") {
      await search.fill("burgundy");
      await expect(near).toContainText(/Red/);
    }
    // A name that was mistyped.
    if (language === "en") {
      await search.fill("turqoise");
      await expect(near).toContainText(/urquoise/);
      expect(await shown.count()).toBeGreaterThan(0);
    }
    // A hue in another language than the page's.
    await search.fill(language === "en" ? "flieder" : "pink");
    await expect(near).toContainText(/Pink|Rosa|الوردي/);
    await expect(colours.locator("h4:visible")).toHaveCount(1);
    // A list that was open before it was searched is open afterwards, and one that was not is not.
    const more = colours.locator("details").last();
    await search.fill("");
    await expect(more).toHaveJSProperty("open", false);
    await more.locator("summary").click();
    await search.fill("qqqq");
    await search.fill("");
    await expect(more).toHaveJSProperty("open", true);
    await more.locator("summary").click();
    // Nothing near: the way back to all of them.
    await search.fill("qqqq");
    await expect(shown).toHaveCount(0);
    await near.getByRole("button").click();
    await expect(search).toHaveValue("");
    await expect(search).toBeFocused();
    expect(await shown.count()).toBeGreaterThan(150);
    await expect(near).toBeEmpty();
    // The nearest is chosen like any other.
    await search.fill(number);
    await shown.first().click();
    await expect(colours.getByTestId("value")).toContainText(/RAL.50/);
  });
}
