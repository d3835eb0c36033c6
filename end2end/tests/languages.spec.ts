// The reader's language in the browser: changing it loses nothing, with and without a script, and nothing that the live
// page says comes from elsewhere.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, openProduct, option, picture, Shop, test, total } from "./shop";

test("a reader goes over to German and back without losing the design", async ({ page }) => {
  await openProduct(page, "trainer", "?upper=knit");
  await option(page, "sole", "cloud").click();
  await expect(page).toHaveURL(/upper=knit.*sole=cloud/);
  const before = await total(page).innerText();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect(page).toHaveURL(/upper=knit.*sole=cloud/);
  await expect(option(page, "sole", "cloud").locator("input")).toBeChecked();
  await expect(total(page)).toHaveText(/^[\d.,]+\u00a0€/);
  // Every further click is answered in German, too.
  await option(page, "sole", "trail").click();
  await expect(page.getByTestId("panel")).toContainText("Alles so lassen");
  await page.getByText("Alles so lassen").click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page).toHaveURL(/upper=knit.*sole=cloud/);
  await expect(total(page)).toHaveText(before);
});

test("a reader goes over to Arabic and back, and the page runs from right to left", async ({ page }) => {
  await openProduct(page, "trainer", "?upper=knit");
  const before = await total(page).innerText();
  await page.getByRole("button", { name: "العربية" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect(page).toHaveURL(/upper=knit/);
  await expect(option(page, "upper", "knit").locator("input")).toBeChecked();
  // The menu is to the left of the picture.
  const left = async (selector: string) => (await page.locator(selector).first().boundingBox())!.x;
  expect(await left('[data-attribute="upper"]')).toBeLessThan(await left('[data-testid="picture"]'));
  await option(page, "sole", "trail").click();
  await expect(page.getByTestId("panel")).toContainText("إبقاء تصميمي كما هو");
  await page.getByText("إبقاء تصميمي كما هو").click();
  expect(await page.evaluate(() => document.fonts.check('16px "Readex Pro"', "قهوة"))).toBe(true);
  await expectAccessible(page, "a desktop in Arabic");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
  await expect(page).toHaveURL(/upper=knit/);
  await expect(total(page)).toHaveText(before);
});

/** Where the shapes of the picture begin, and how wide they are, in thousandths of all that is drawn. */
async function shapes(page: Page): Promise<[number, number][]> {
  const drawing = picture(page).locator("svg").first();
  await expect(drawing).toBeVisible();
  return drawing.evaluate((svg) => {
    const all = [...svg.querySelectorAll("path, circle, ellipse, rect")].map((shape) => shape.getBoundingClientRect()).filter(({ width }) => width > 0);
    const left = Math.min(...all.map((shape) => shape.left));
    const wide = Math.max(...all.map((shape) => shape.right)) - left;
    const inThousandths = (length: number) => Math.round((length / wide) * 1000);
    return all.map((shape) => [inThousandths(shape.left - left), inThousandths(shape.width)] as [number, number]);
  });
}

for (const [slug, design] of [["trainer", "upper=leather"], ["travel-bike", "frame=trapeze"]]) {
  test(`a picture is no mirror image where the page runs from right to left, ${slug}`, async ({ page }) => {
    for (const address of [`/products/${slug}?${design}`, `/products/${slug}/order?${design}`]) {
      await page.goto(`${address}&_lang=en`);
      const english = await shapes(page);
      await page.goto(`${address}&_lang=ar`);
      await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
      const arabic = await shapes(page);
      expect(arabic.length).toBe(english.length);
      const apart = (one: [number, number][], other: [number, number][]) => Math.max(...one.map(([left], index) => Math.abs(left - other[index][0])));
      expect(apart(arabic, english)).toBeLessThanOrEqual(2);
      // A mirror image would be far from it.
      expect(apart(arabic, english.map(([left, width]) => [1000 - left - width, width]))).toBeGreaterThan(100);
    }
    await page.goto(`/products/${slug}/compare?_with=standard&_with=mine.${encodeURIComponent(design)}`);
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    for (const image of [...(await page.locator("main img, main svg").all())].slice(0, 4)) {
      const turned = await image.evaluate((element) => {
        const { transform, scale, rotate } = getComputedStyle(element);
        return [transform, scale, rotate].join();
      });
      expect(turned).toBe("none,none,none");
    }
  });
}

test("Arabic digits are read, and narrow phones need no moving sideways", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openProduct(page, "bookcase", "?_lang=ar");
  const width = page.locator('[data-attribute="width"]');
  const field = width.locator('input[name="width"]');
  await field.fill("١٨٧");
  await field.blur();
  await expect(width.getByTestId("value")).toHaveText("187 سم");
  for (const address of ["/products/bookcase?width=187", "/products/travel-bike/needs", "/products/trainer/order", "/privacy", "/"]) {
    await page.goto(address);
    await expect(page.locator("html")).toHaveAttribute("lang", "ar");
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(content, address).toBeLessThanOrEqual(window);
    await expectAccessible(page, `${address} in Arabic on a phone`);
  }
});

test("long lists are searched as people type Arabic", async ({ page }) => {
  await openProduct(page, "coffee-machine", "?_lang=ar");
  const colours = page.locator('[data-attribute="colour"]');
  for (const query of ["ازرق سماوى", "٥٠١٥"]) {
    await colours.getByRole("searchbox").fill(query);
    await expect(option(page, "colour", "sky_blue")).toBeVisible();
    await expect(option(page, "colour", "jet_black")).toBeHidden();
  }
});

test("so does one without a script, and choices that were not sent go along", async ({ browser, shop }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: shop.url });
  const page = await context.newPage();
  await page.goto("/products/trainer");
  await option(page, "upper", "knit").click();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page).toHaveURL(/upper=knit/);
  await expect(option(page, "upper", "knit").locator("input")).toBeChecked();
  // It is kept for the pages that follow.
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.getByRole("link", { name: "العربية" }).click();
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await page.goto("/products/trainer");
  await option(page, "upper", "knit").click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(option(page, "upper", "knit").locator("input")).toBeChecked();
  await context.close();
});

test("what was typed into the order form stays in the other language", async ({ page }) => {
  await page.goto("/products/trainer/order?upper=knit");
  await page.getByLabel("Name").fill("Ana Lopez");
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("Ana Lopez");
  await expect(page.getByTestId("place-order")).toContainText("Zahlungspflichtig bestellen · ");
  await expect(page.getByTestId("order-errors")).toBeHidden();
});

test("numbers are read as the reader writes them", async ({ browser, shop }) => {
  const context = await browser.newContext({ locale: "de-DE", baseURL: shop.url, reducedMotion: "reduce" });
  const page = await context.newPage();
  await openProduct(page, "bookcase");
  const width = page.locator('[data-attribute="width"]');
  const field = width.locator('input[name="width"]');
  await field.fill("95,0 cm");
  await field.blur();
  await expect(width.getByTestId("value")).toHaveText("95 cm");
  await field.fill("94,5");
  await field.blur();
  await expect(width.getByRole("alert")).toContainText("94 oder 95");
  await expect(field).toHaveValue("94,5");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(width.getByTestId("value")).toHaveText("95 cm");
  // It stays whatever else is chosen, and nothing is ordered without it.
  await page.locator('[data-attribute="wood"] label').last().click();
  await expect(field).toHaveValue("94,5");
  await expect(width.getByRole("alert")).toBeVisible();
  await page.getByTestId("order").click();
  await expect(page).not.toHaveURL(/\/order\?/);
  await expect(page.locator('input[name="width"]')).toHaveValue("94,5");
  await context.close();
});

test("a text that was pasted is counted, not cut", async ({ page }) => {
  await openProduct(page, "trainer");
  const embroidery = page.locator('[data-attribute="embroidery"]');
  const field = embroidery.locator('input[name="embroidery"]');
  const long = "ANNABELLE MONTGOMERY";
  await field.fill(long);
  await expect(embroidery).toContainText(`${long.length} of `);
  await field.blur();
  await expect(field).toHaveValue(long);
  await expect(embroidery.getByRole("alert")).toContainText(`now it has ${long.length}`);
});

test("nothing the live page says is in another language", async ({ browser }) => {
  const shop = await Shop.open("catalogs", "en,en-XA");
  const context = await browser.newContext({ baseURL: shop.url, reducedMotion: "reduce" });
  const page = await context.newPage();
  const outside = () =>
    page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      let text = "";
      while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement!;
        if (!parent.closest("script, noscript, style, svg, footer [translate=no]")) text += ` ${walker.currentNode.textContent}`;
      }
      for (const element of document.querySelectorAll("body [aria-label], body [title]")) {
        text += ` ${element.getAttribute("aria-label") ?? ""} ${element.getAttribute("title") ?? ""}`;
      }
      while (/⟦[^⟦⟧]*⟧/.test(text)) text = text.replace(/⟦[^⟦⟧]*⟧/g, "");
      return text.match(/\p{L}+/gu)?.filter((word) => !["Atelier", "English"].includes(word)) ?? [];
    });
  await openProduct(page, "trainer", "?_lang=en-XA");
  expect(await outside()).toEqual([]);
  await option(page, "upper", "knit").click();
  await option(page, "sole", "trail").click();
  await expect(page.getByTestId("panel")).toBeVisible();
  expect(await outside()).toEqual([]);
  await page.getByTestId("repair").first().click();
  await expect(page.getByTestId("panel")).toBeHidden();
  const field = page.locator('input[name="embroidery"]');
  await field.fill("ß~");
  await field.blur();
  expect((await outside()).filter((word) => word !== "ß")).toEqual([]);
  await openProduct(page, "bookcase");
  await page.locator('input[name="width"]').fill("2,5");
  await page.locator('input[name="width"]').blur();
  expect(await outside()).toEqual([]);
  await context.close();
  await shop.close();
});
