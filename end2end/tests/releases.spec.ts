// A release, without scripts and on a narrow screen: planned, told on the product's page, cancelled; and published at once.
import { resolve } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { enter, expect, expectAccessible, ownShop } from "./shop";

const test = ownShop();

test.use({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });

const folder = resolve(__dirname, "../screenshots");

/** That the page somebody is on is accessible and nothing of it is cut, seen by a browser with scripts: only one tells that. */
async function expectFits(browser: Browser, page: Page, what: string) {
  const storageState = await page.context().storageState();
  const context = await browser.newContext({ storageState, javaScriptEnabled: true, viewport: page.viewportSize() });
  const seen = await context.newPage();
  await seen.goto(page.url());
  await expectAccessible(seen, what);
  const widths = await seen.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0], what).toBeLessThanOrEqual(widths[1]);
  await context.close();
}

test("a release is planned, cancelled and published without scripts on a narrow screen", async ({ browser, page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await page.goto("/admin/releases");
  await expect(page.getByTestId("empty")).toBeVisible();
  await expectFits(browser, page, "no releases");

  await page.goto("/admin/products/trainer?section=basics");
  const summary = page.locator("#basics [name=summary]");
  await summary.fill("A trainer for spring.");
  await summary.press("Enter");
  await page.goto("/admin/products/trainer/publish");
  // Its translations are of the former text, and still right.
  for (const language of ["العربية", "Deutsch"]) await page.getByRole("button", { name: `They are still right: all stale texts in ${language}` }).click();
  await page.getByTestId("with-others").click();
  await expectFits(browser, page, "a new release");
  await page.getByLabel("Name of the release").fill("Spring");
  await page.locator("select[name=when]").selectOption("at");
  await page.locator("[name=start]").fill("2999-03-01T09:00");
  await page.locator("[name=seen-trainer]").check();
  await page.getByTestId("plan").click();
  await expect(page.getByTestId("state")).toHaveText("Planned");
  await expectFits(browser, page, "a release");
  await page.screenshot({ path: `${folder}/admin-release-phone-light.png`, fullPage: true });

  await page.goto("/admin/products/trainer/publish");
  await page.getByTestId("in-release").getByRole("link").click();
  await page.getByTestId("cancel").click();
  await expect(page.getByTestId("state")).toHaveText("Cancelled");

  await page.goto("/admin/releases/new");
  await page.locator("[name=product][value=trainer]").check();
  await page.getByTestId("go-on").click();
  await page.getByLabel("Name of the release").fill("Now");
  await page.locator("[name=seen-trainer]").check();
  await page.getByTestId("plan").click();
  await expect(page.getByTestId("state")).toHaveText("Live");
  await page.getByTestId("end").click();
  await expect(page.getByTestId("state")).toHaveText("Ended");
  await page.goto("/admin/releases");
  await expect(page.getByTestId("past").getByTestId("release")).toHaveCount(2);
  await expectFits(browser, page, "the releases");
});
