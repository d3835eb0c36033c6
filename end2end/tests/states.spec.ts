// States of the shopper's page that no address leads to: nothing in them keeps anybody out. Each is looked at on a phone and on a
// wide screen, once in light colours and once in dark.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, openProduct, openStep, option, test } from "./shop";

const LOOKS = [
  [{ width: 390, height: 844 }, "light"],
  [{ width: 1280, height: 900 }, "dark"],
  [{ width: 390, height: 844 }, "dark"],
  [{ width: 1280, height: 900 }, "light"],
] as const;

/** Each leads a page there, and away again. */
const STATES: Record<string, (page: Page, look: () => Promise<void>) => Promise<void>> = {
  "a panel is open": async (page, look) => {
    await openProduct(page, "travel-bike", "?frame=low_step");
    await openStep(page, "handlebar");
    await option(page, "handlebar", "drop").click();
    await expect(page.getByTestId("panel")).toBeVisible();
    await look();
  },
  "the breakdown is open": async (page, look) => {
    await openProduct(page, "laptop");
    await page.getByTestId("total").click();
    await expect(page.getByTestId("breakdown")).toBeVisible();
    await look();
  },
  "choices that can't all be had": async (page, look) => {
    await openProduct(page, "trainer", "?upper=knit&sole=trail");
    await expect(page.getByTestId("notices")).toContainText(/\w/);
    await look();
  },
  "needs without an answer": async (page, look) => {
    await page.goto("/products/travel-bike/needs?drivetrain=belt&_up_to=1800");
    await expect(page.getByTestId("nothing")).toBeVisible();
    await look();
  },
  "the shop is gone while the order is on its way": async (page, look) => {
    await openProduct(page, "coffee-machine");
    await page.route("**/healthz", (route) => route.fulfill({ status: 503, headers: { "retry-after": "1" }, body: "" }));
    await page.getByTestId("order").click();
    await expect(page.getByTestId("away")).toBeVisible();
    await look();
    await page.unroute("**/healthz");
    await expect(page.getByTestId("place-order")).toBeVisible();
  },
  "a product that is not there": async (page, look) => {
    await page.goto("/products/nothing");
    await expect(page.locator("main")).toContainText(/\w/);
    await look();
  },
};

for (const [index, [what, lead]] of Object.entries(STATES).entries()) {
  test(what, async ({ page }) => {
    for (const status of ["404", "422", "503"]) test.info().annotations.push({ type: "expected-status", description: status });
    // Each state on both screens and in both schemes; the pairs take turns.
    for (const [viewport, colorScheme] of LOOKS.slice((index % 2) * 2, (index % 2) * 2 + 2)) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await lead(page, () => expectAccessible(page, `${what}, ${viewport.width}, ${colorScheme}`));
    }
  });
}
