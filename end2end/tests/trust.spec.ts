// What a shopper is told before ordering: the day it is there as the design changes, each change announced once, several
// pieces with their discount, returns; and the pages about the shop.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, fillOrder, openProduct, openStep, option, test, toOrder, total } from "./shop";

const note = (page: Page) => page.getByTestId("bar").locator("summary");
const terms = (page: Page) => page.getByTestId("terms");

/** The day that is promised, as a date of the machine's calendar. */
async function promised(page: Page): Promise<Date> {
  const [, day] = /with you by (\d+\s[A-Z][a-z]+)/.exec((await note(page).textContent()) ?? "") ?? [];
  expect(day, "a day is promised").toBeTruthy();
  const now = new Date();
  const inYear = (year: number) => new Date(`${day.replace(/\s/, " ")} ${year} 12:00 UTC`);
  // A month that is over for this year is one of the next.
  const thisYear = inYear(now.getFullYear());
  return thisYear.getTime() > now.getTime() ? thisYear : inYear(now.getFullYear() + 1);
}

for (const [device, viewport] of [
  ["desktop", { width: 1280, height: 900 }],
  ["phone", { width: 390, height: 844 }],
] as const) {
  for (const [slug, attribute, code] of [
    ["trainer", "upper", "leather"],
    ["bookcase", "wood", "walnut"],
  ] as const) {
    test(`the bar of the ${slug} promises a day on a ${device}, and follows the design`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await openProduct(page, slug);
      const before = await promised(page);
      expect(before.getTime()).toBeGreaterThan(Date.now());
      await expect(note(page)).toBeInViewport();
      await openStep(page, attribute);
      await option(page, attribute, code).click();
      await expect(option(page, attribute, code).locator("input")).toBeChecked();
      const alive = await promised(page);
      expect(alive.getTime()).toBeGreaterThanOrEqual(before.getTime());
      expect([0, 6]).not.toContain(alive.getUTCDay());
      // The server says the same.
      await page.waitForURL(new RegExp(`${attribute}=${code}`));
      await page.reload();
      expect(await promised(page)).toEqual(alive);
    });
  }
}

for (const { slug, attribute, code, name } of [
  { slug: "trainer", attribute: "upper", code: "leather", name: /leather/i },
  { slug: "travel-bike", attribute: "drivetrain", code: "belt", name: /belt/i },
]) {
  test(`a change of money is announced once, politely, ${slug}`, async ({ page }) => {
    await openProduct(page, slug);
    await page.evaluate(() => {
      const heard: string[] = [];
      const live = [...document.querySelectorAll("[aria-live], [role=status], [role=alert]")];
      const listen = new MutationObserver((changes) => {
        const said = new Set(changes.map(({ target }) => (target instanceof Element ? target : target.parentElement)!));
        for (const region of said) if (region.textContent) heard.push(region.textContent);
      });
      for (const region of live) listen.observe(region, { childList: true, characterData: true, subtree: true });
      (window as unknown as { heard: string[] }).heard = heard;
    });
    const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    await option(page, attribute, code).click();
    await expect.poll(async () => (await heard()).length).toBe(1);
    await page.getByTestId("bar").getByRole("button", { name: "Undo" }).click();
    await expect.poll(async () => (await heard()).length).toBe(2);
    const [chosen, undone] = await heard();
    expect(chosen).toMatch(name);
    expect(chosen).toMatch(/Total €[\d,.]+, \+€[\d,.]+/);
    expect(undone).toMatch(/Total €[\d,.]+, −€[\d,.]+/);
    const polite = page.getByTestId("bar").locator("[role=status]");
    await expect(polite).toHaveAttribute("aria-live", "polite");
  });
}

test("what can't be returned is said before ordering, and follows what is typed", async ({ page }) => {
  await openProduct(page, "trainer");
  await note(page).click();
  await expect(terms(page)).toContainText("Can be returned within 14 days");
  await expect(terms(page)).toContainText(/incl\. €[\d,.]+ VAT \(19%\)/);
  await expect(terms(page)).toContainText("Several cost less each (from 5: 5% off, from 20: 10% off, so that 20 cost less than 19)");
  await openProduct(page, "bookcase");
  await note(page).click();
  await expect(terms(page)).toContainText("Can be returned within 14 days");
  await openProduct(page, "bookcase", "?width=150");
  await note(page).click();
  await expect(terms(page)).toContainText("Can’t be returned: cut to your measure");
  await toOrder(page);
  await expect(page.getByTestId("returns")).toHaveText("Can’t be returned: cut to your measure");
});

/** Products with a discount on several: the design, how many, and what is said of it then. */
const TIERS = [
  { slug: "trainer", name: "Trainer", design: "upper=leather", pieces: "5", told: "5% off from 5 pieces" },
  { slug: "bookcase", name: "Bookcase made to measure", design: "wood=walnut", pieces: "3", told: "4% off from 3 pieces" },
];

for (const [javaScriptEnabled, { slug, name, design, pieces, told }] of [[true, TIERS[0]], [false, TIERS[1]]] as const) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test(`several pieces are ordered with their discount, ${slug}`, async ({ page }) => {
      test.info().annotations.push({ type: "expected-status", description: "422" });
      await page.goto(`/products/${slug}/order?${design}`);
      const one = await page.getByTestId("place-order").innerText();
      await fillOrder(page);
      await page.getByLabel("How many").fill("0");
      await page.getByTestId("place-order").click();
      await expect(page.getByText("Enter how many you want, 1 to 999.")).toBeVisible();
      await page.getByLabel("How many").fill(pieces);
      // With scripts it follows by itself.
      const update = page.getByRole("button", { name: "Update the total" });
      if (javaScriptEnabled) await expect(update).toHaveCount(0);
      else await update.click();
      await expect(page.getByTestId("breakdown")).toContainText(told);
      const several = await page.getByTestId("place-order").innerText();
      expect(several).not.toBe(one);
      await expect(page.getByLabel("Delivery address")).toHaveValue("Gran Via 1\n28013 Madrid");
      if (javaScriptEnabled) await expectAccessible(page, "order form of several");
      await page.getByTestId("place-order").click();
      await expect(page.getByText(new RegExp(`${pieces} × ${name}, placed .*, with you by`))).toBeVisible();
      await expect(page.getByTestId("breakdown").locator("tr").last()).toContainText(several.split("· ")[1]);
    });
  });
}

for (const { slug, name, design, pieces, told } of TIERS) {
  test(`the total follows the number of pieces while it is typed, and they are ordered again, ${slug}`, async ({ page }) => {
    await page.goto(`/products/${slug}/order?${design}`);
    const button = page.getByTestId("place-order");
    const one = await button.innerText();
    await page.getByLabel("How many").fill(pieces);
    await page.getByLabel("Name", { exact: true }).pressSequentially("Ana Lima");
    await expect(button).not.toHaveText(one);
    await expect(page.getByTestId("breakdown")).toContainText(told);
    await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
    const several = await button.innerText();
    await page.reload();
    await expect(button).toHaveText(several);
    await fillOrder(page);
    await button.click();
    await expect(page.getByText(new RegExp(`${pieces} × ${name}, placed`))).toBeVisible();
    await page.getByRole("link", { name: "Order it again", exact: true }).click();
    await expect(page.getByLabel("How many")).toHaveValue(pieces);
    await expect(button).toHaveText(several);
  });
}

for (const { slug, attribute, code, open } of [
  { slug: "travel-bike", attribute: "frame", code: "low_step", open: /Still open: from (€[\d,.]+) to (€[\d,.]+)/ },
  { slug: "laptop", attribute: "display", code: "touch", open: /Still open: from (€[\d,.]+) to (€[\d,.]+)/ },
]) {
  test(`the bar says what it weighs, and between which totals it still lies, ${slug}`, async ({ page }) => {
    const euros = (price: string) => Number(price.replace(/[^\d.]/g, ""));
    const read = async () => {
      const text = await terms(page).innerText();
      const [, low, high] = open.exec(text) ?? [];
      expect(low, text).toBeTruthy();
      const [, weight] = /Weighs ([\d.,]+)\skg/.exec(text) ?? [];
      expect(weight, text).toBeTruthy();
      return { low: euros(low), high: euros(high), weight: Number(weight), total: euros(await total(page).innerText()) };
    };
    await openProduct(page, slug);
    await note(page).click();
    const before = await read();
    expect(before.low).toBeLessThanOrEqual(before.total);
    expect(before.high).toBeGreaterThanOrEqual(before.total);
    await option(page, attribute, code).locator("input").check({ force: true });
    await expect(option(page, attribute, code).locator("input")).toBeChecked();
    // What is decided leaves less open, and the weight is that of the design.
    await expect.poll(async () => (await read()).weight).toBeGreaterThan(before.weight);
    const after = await read();
    expect(after.low).toBeGreaterThanOrEqual(before.low);
    expect(after.high).toBeLessThanOrEqual(before.high);
    expect(after.high - after.low).toBeLessThan(before.high - before.low);
    expect(after.low).toBeLessThanOrEqual(after.total);
    expect(after.high).toBeGreaterThanOrEqual(after.total);
  });
}

test("where prices can't be told exactly, it says that they are bounds", async ({ page }) => {
  await openProduct(page, "bookcase");
  await note(page).click();
  await expect(terms(page)).toContainText(/Still open: at least €[\d,.]+, at most €[\d,.]+/);
});

for (const [language, title] of [
  ["en", "Privacy"],
  ["de", "Datenschutz"],
  ["ar", "الخصوصية"],
] as const) {
  test(`the pages about the shop can be read by everybody, in ${language}`, async ({ page }) => {
    await page.goto(`/?_lang=${language}`);
    await page.locator("footer").getByRole("link", { name: title }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    for (const path of ["delivery", "returns", "payment", "contact", "company", "privacy"]) {
      await page.goto(`/${path}`);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expectAccessible(page, path);
    }
  });
}

test("the foot of a product's page can be reached below its bar", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openProduct(page, "trainer");
  expect(await total(page).innerText()).toContain("€");
  const link = page.locator("footer").getByRole("link", { name: "Returns" });
  await link.scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await link.click();
  await expect(page).toHaveURL(/\/returns$/);
});
