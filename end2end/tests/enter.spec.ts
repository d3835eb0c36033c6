// Enter in a field does what its form is for: it takes what was typed, changes no language and saves nothing. With and without scripts.
import { expect, fillOrder, test } from "./shop";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("what to pay is taken as it is typed", async ({ page }) => {
      await page.goto("/products/laptop/needs");
      const box = page.getByRole("textbox", { name: "At most to pay" });
      await box.fill("1100");
      await box.press("Enter");
      await expect(page).toHaveURL(/_up_to=1100/);
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
      await expect(box).toHaveValue("1100");
      expect(page.url()).not.toContain("_lang");
    });

    test("a measure is taken, and nothing is saved", async ({ page }) => {
      await page.goto("/products/bookcase");
      if (javaScriptEnabled) await expect(page.locator("#configurator[data-alive]")).toBeVisible();
      const width = page.locator('input[name="width"]').first();
      await width.fill("187");
      await width.press("Enter");
      await expect(page).toHaveURL(/\/products\/bookcase\?.*width=187/);
      await expect(page.locator('input[name="width"]').first()).toHaveValue("187");
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
    });

    test("an order is placed, or its faults are told", async ({ page }) => {
      test.info().annotations.push({ type: "expected-status", description: "422" });
      await page.goto("/products/trainer/order?upper=leather");
      await page.getByLabel("How many").fill("0");
      await page.getByLabel("How many").press("Enter");
      await expect(page.getByTestId("order-errors")).toBeVisible();
      await expect(page.getByText("Enter how many you want, 1 to 999.")).toBeVisible();
      await expect(page.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
      await page.getByLabel("How many").fill("1");
      await fillOrder(page);
      await page.getByLabel("Name").press("Enter");
      await expect(page).toHaveURL(/\/orders\//);
    });

    test("another language keeps what was typed", async ({ page }) => {
      await page.goto("/products/trainer/order?upper=leather");
      await page.getByLabel("Name").fill("Mia Sato");
      await page.getByRole("button", { name: "Deutsch" }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "de");
      await expect(page.getByLabel("Name")).toHaveValue("Mia Sato");
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the order form is a tap away", async ({ page }) => {
    await page.goto("/products/trainer/order?upper=leather");
    await page.getByTestId("to-form").click();
    await expect(page.getByRole("heading", { level: 1 })).toBeInViewport();
  });
});
