// What happens on a product's page is counted when it is left, and an administrator sees it.
import { type Page } from "@playwright/test";
import { enter, expect, expectAccessible, openProduct, option, ownShop, toOrder } from "./shop";

const test = ownShop();

const CSV = "/admin/products/trainer/insight.csv?days=7";

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
  await enter(page, shop, "ana@example.org");
  const context = await browser.newContext({ baseURL: shop.url });
  const errors: string[] = [];
  const shopper = await context.newPage();
  shopper.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  for (let times = 0; times < 5; times++) await visit(shopper);
  await openProduct(shopper, "trainer");
  await option(shopper, "upper", "suede").click();
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
  // Whoever went on to the order form left no step.
  expect(counted.match(/step_left,.*/g)).toEqual([expect.stringMatching(/^step_left,\w+,,,5$/)]);
  expect(counted).toMatch(/barred,lining,calfskin,\w+,5/);

  await page.goto("/admin/products/trainer");
  await page.locator("a[href='/admin/products/trainer/insight']").click();
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
  await enter(page, shop, "ana@example.org");
  await page.goto("/admin/products/laptop/insight");
  await expect(page.getByTestId("nothing")).toContainText("Nothing is counted yet");
  await page.getByLabel("From").fill("2027-01-01");
  await page.getByLabel("To", { exact: true }).fill("2027-01-31");
  await page.getByTestId("show").click();
  await expect(page).toHaveURL(/from=2027-01-01&to=2027-01-31/);
  await expect(page.getByTestId("nothing")).toBeVisible();
});
