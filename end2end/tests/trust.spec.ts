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

test("a change of money is announced once, politely", async ({ page }) => {
  await openProduct(page, "trainer");
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
  await option(page, "upper", "leather").click();
  await expect.poll(async () => (await heard()).length).toBe(1);
  await page.getByTestId("bar").getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await heard()).length).toBe(2);
  const [chosen, undone] = await heard();
  expect(chosen).toMatch(/leather.*Total €[\d,.]+, \+€[\d,.]+/i);
  expect(undone).toMatch(/Total €[\d,.]+, −€[\d,.]+/);
  const polite = page.getByTestId("bar").locator("[role=status]");
  await expect(polite).toHaveAttribute("aria-live", "polite");
});

test("what can't be returned is said before ordering, and follows what is typed", async ({ page }) => {
  await openProduct(page, "trainer");
  await note(page).click();
  await expect(terms(page)).toContainText("Can be returned within 14 days");
  await expect(terms(page)).toContainText(/incl\. €[\d,.]+ VAT \(19%\)/);
  await openProduct(page, "bookcase");
  await note(page).click();
  await expect(terms(page)).toContainText("Can be returned within 14 days");
  await openProduct(page, "bookcase", "?width=150");
  await note(page).click();
  await expect(terms(page)).toContainText("Can’t be returned: cut to your measure");
  await toOrder(page);
  await expect(page.getByTestId("returns")).toHaveText("Can’t be returned: cut to your measure");
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("several pieces are ordered with their discount", async ({ page }) => {
      test.info().annotations.push({ type: "expected-status", description: "422" });
      await page.goto("/products/trainer/order?upper=leather");
      const one = await page.getByTestId("place-order").innerText();
      await fillOrder(page);
      await page.getByLabel("How many").fill("0");
      await page.getByTestId("place-order").click();
      await expect(page.getByText("Enter how many you want, 1 to 999.")).toBeVisible();
      await page.getByLabel("How many").fill("5");
      await page.getByRole("button", { name: "Update the total" }).click();
      await expect(page.getByTestId("breakdown")).toContainText("5% off from 5 pieces");
      const five = await page.getByTestId("place-order").innerText();
      expect(five).not.toBe(one);
      await expect(page.getByLabel("Delivery address")).toHaveValue("Gran Via 1\n28013 Madrid");
      if (javaScriptEnabled) await expectAccessible(page, "order form of several");
      await page.getByTestId("place-order").click();
      await expect(page.getByText(/5 × Trainer, placed .*, with you by/)).toBeVisible();
      await expect(page.getByTestId("breakdown").locator("tr").last()).toContainText(five.split("· ")[1]);
    });
  });
}

test("the total follows the number of pieces while it is typed, and they are ordered again", async ({ page }) => {
  await page.goto("/products/trainer/order?upper=leather");
  const button = page.getByTestId("place-order");
  const one = await button.innerText();
  await page.getByLabel("How many").fill("5");
  await page.getByLabel("Name", { exact: true }).pressSequentially("Ana Lima");
  await expect(button).not.toHaveText(one);
  await expect(page.getByTestId("breakdown")).toContainText("5% off from 5 pieces");
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  const five = await button.innerText();
  await page.reload();
  await expect(button).toHaveText(five);
  await fillOrder(page);
  await button.click();
  await expect(page.getByText(/5 × Trainer, placed/)).toBeVisible();
  await page.getByRole("link", { name: "Order it again", exact: true }).click();
  await expect(page.getByLabel("How many")).toHaveValue("5");
  await expect(button).toHaveText(five);
});

for (const [language, title] of [
  ["en", "Privacy"],
  ["de", "Datenschutz"],
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
