// What is sold out: said on the tile, never chosen by a click, and on sale again with one click in the admin.
import { resolve } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { Shop, enter, expect, expectAccessible, openProduct, option, ownShop } from "./shop";

const test = ownShop();

const folder = resolve(__dirname, "../screenshots");

/** A page of the admin, beside the shopper's. */
async function admin(browser: Browser, shop: Shop): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: shop.url })).newPage();
  await enter(page, shop, "ana@example.org");
  return page;
}

test("an option that is sold out says until when and is not chosen", async ({ browser, page, shop }) => {
  const desk = await admin(browser, shop);
  await openProduct(page, "trainer");
  const suede = option(page, "upper", "suede");
  await suede.click();
  await expect(suede.locator("input")).toBeChecked();
  await expect(page).toHaveURL(/upper=suede/);
  const link = page.url();

  await desk.goto("/admin/products/trainer/sold-out");
  await desk.getByLabel("Option", { exact: true }).selectOption("upper/suede");
  await desk.getByLabel("Sold out until").fill("2999-12-18");
  await desk.getByTestId("mark").click();
  await expect(desk.getByTestId("done")).toContainText("Upper: Suede is sold out now.");
  await expectAccessible(desk, "what is sold out");
  await desk.screenshot({ path: `${folder}/admin-sold-out-desktop-light.png`, fullPage: true });

  await openProduct(page, "trainer");
  await expect(suede).toContainText("Suede is sold out until 18 December 2999.");
  const before = await page.getByTestId("total").first().textContent();
  await suede.click();
  await expect(page.getByTestId("panel")).toContainText("Suede is sold out until 18 December 2999.");
  await expect(suede.locator("input")).not.toBeChecked();
  await expect(option(page, "upper", "mesh").locator("input")).toBeChecked();
  expect(await page.getByTestId("total").first().textContent()).toBe(before);
  await expectAccessible(page, "an option that is sold out");
  // The page answers by itself, also what has nothing to do with it.
  await option(page, "upper", "knit").click();
  await expect(option(page, "upper", "knit").locator("input")).toBeChecked();

  await page.goto(link);
  await expect(page.getByTestId("notices")).toContainText("Suede is sold out until 18 December 2999.");
  await expect(page.getByTestId("notices")).toContainText("Upper: Mesh instead of Suede");

  await desk.getByTestId("undo").click();
  await expect(desk.getByTestId("done")).toContainText("Upper: Suede is on sale again.");
  await page.goto(link);
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect(suede.locator("input")).toBeChecked();
});
