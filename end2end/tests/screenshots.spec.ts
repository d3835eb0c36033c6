// Pictures of every page for people to look at: end2end/screenshots, phone and desktop, light and dark.
import { resolve } from "node:path";
import { expectAccessible, fillOrder, openProduct, openStep, option, PRODUCTS, test } from "./shop";

const folder = resolve(__dirname, "../screenshots");

for (const [device, viewport] of [
  ["desktop", { width: 1440, height: 900 }],
  ["phone", { width: 390, height: 844 }],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`pages on a ${device}, ${colorScheme}`, async ({ page }) => {
      test.setTimeout(180_000);
      test.info().annotations.push({ type: "expected-status", description: "422" }, { type: "expected-status", description: "404" });
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const shoot = (name: string, fullPage = false) => page.screenshot({ path: `${folder}/${name}-${device}-${colorScheme}.png`, fullPage });
      await page.goto("/");
      await page.waitForLoadState("networkidle");
      await shoot("list", true);
      for (const slug of PRODUCTS) {
        await openProduct(page, slug);
        await page.waitForLoadState("networkidle");
        await shoot(slug);
        await shoot(`${slug}-whole`, true);
      }
      await openProduct(page, "trainer", "?upper=knit");
      await openStep(page, "sole");
      await option(page, "sole", "trail").click();
      await option(page, "sole", "trail").scrollIntoViewIfNeeded();
      await shoot("blocked");
      await page.getByText("incl. VAT").click();
      await shoot("breakdown");
      await page.goto("/products/trainer/order?upper=leather");
      await shoot("order-form", true);
      await expectAccessible(page, "order form");
      await page.getByTestId("place-order").click();
      await shoot("order-errors", true);
      await expectAccessible(page, "order form with errors");
      await fillOrder(page);
      await page.getByTestId("place-order").click();
      await page.getByTestId("order-number").waitFor();
      await shoot("order", true);
      await expectAccessible(page, "order");
      await page.goto("/products/travel-bike/compare?_with=mine._revision%3D1%26colour%3Dred&_with=ready.commuter&_with=standard");
      await page.waitForLoadState("networkidle");
      await shoot("compare", true);
      await page.goto("/products/nothing");
      await shoot("unknown");
      await expectAccessible(page, "unknown product");
    });
  }
}
