// What happens on a product's page is counted when it is left, and an administrator sees it.
import { type Page } from "@playwright/test";
import { Shop, expect, expectAccessible, openProduct, option, test as base, toOrder } from "./shop";

// A shop of its own, in which nothing else is counted.
const test = base.extend<object, { shop: Shop }>({
  shop: [
    async ({}, use) => {
      const shop = await Shop.open();
      await use(shop);
      await shop.close();
    },
    { scope: "worker" },
  ],
});

const CSV = "/admin/products/trainer/insight.csv?days=7";

async function enter(page: Page, shop: Shop): Promise<void> {
  await page.goto(shop.command("admin", "invite", "ana@example.org"));
  const passwords = page.locator("input[type=password]");
  await passwords.nth(0).fill("a kiln and a wheel");
  await passwords.nth(1).fill("a kiln and a wheel");
  await page.getByTestId("set-password").click();
  await expect(page).toHaveURL(/\/admin$/);
}

/** Chooses leather and a cup sole, asks for a lining that is too heavy then, and leaves for a page without a configurator. */
async function visit(page: Page): Promise<void> {
  await openProduct(page, "trainer");
  await option(page, "upper", "leather").click();
  await option(page, "sole", "cup").click();
  await option(page, "lining", "calfskin").click();
  await expect(page.getByTestId("panel")).toBeVisible();
  await page.goto("/privacy");
}

test("what shoppers choose and ask for is seen in the admin, and nothing of who asks not to be tracked", async ({ page, shop, browser }) => {
  test.slow();
  await enter(page, shop);
  const context = await browser.newContext({ baseURL: shop.url });
  const errors: string[] = [];
  const shopper = await context.newPage();
  shopper.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  for (let times = 0; times < 5; times++) await visit(shopper);
  await openProduct(shopper, "trainer");
  await toOrder(shopper);
  await context.close();

  const quiet = await browser.newContext({ baseURL: shop.url });
  await quiet.addInitScript(() => Object.defineProperty(navigator, "globalPrivacyControl", { value: true }));
  const hidden = await quiet.newPage();
  hidden.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await visit(hidden);
  await quiet.close();
  expect(errors, "console errors").toEqual([]);

  const file = async () => (await page.request.get(CSV)).text();
  // A browser tells nobody else of what is sent as a page is left.
  await expect.poll(file).toMatch(/visit,,,,6/);
  const counted = await file();
  for (const line of ["chosen,upper,leather,,5", "chosen,sole,cup,,5", "asked,lining,calfskin,,5", "order_form,,,,<5"]) expect(counted).toContain(line);
  expect(counted).toMatch(/barred,lining,calfskin,\w+,5/);

  await page.goto("/admin/products/trainer");
  await page.getByRole("link", { name: "Insight" }).click();
  await expect(page.getByTestId("way").first()).toContainText("6");
  const leather = page.getByTestId("option").filter({ hasText: "eather" }).first();
  await expect(leather).toContainText("5 (");
  await expectAccessible(page, "insight");
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${width} px`).toBe(0);
    await page.screenshot({ path: `end2end/screenshots/insight-${width}.png`, fullPage: true });
  }
});

test("before anything is counted the page says when there will be numbers", async ({ page, shop }) => {
  await enter(page, shop);
  await page.goto("/admin/products/laptop/insight");
  await expect(page.getByTestId("nothing")).toContainText("Nothing is counted yet");
  await page.getByLabel("From").fill("2027-01-01");
  await page.getByLabel("To", { exact: true }).fill("2027-01-31");
  await page.getByTestId("show").click();
  await expect(page).toHaveURL(/from=2027-01-01&to=2027-01-31/);
  await expect(page.getByTestId("nothing")).toBeVisible();
});
