// Two designs of different products are put into the basket, and ordered with one form.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, fillOrder, test } from "./shop";

async function putIn(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByTestId("put").click();
  await expect(page).toHaveURL(/\/basket\?/);
}

async function putTwoIn(page: Page): Promise<void> {
  await putIn(page, "/products/trainer/order?upper=leather");
  await putIn(page, "/products/bookcase/order?wood=walnut");
  await expect(page.getByTestId("basket-line")).toHaveCount(2);
}

async function orderAll(page: Page, name: string): Promise<void> {
  await fillOrder(page, name);
  await page.getByTestId("place-order").click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f]{32}$/);
  const together = page.getByTestId("ordered-together");
  await expect(together.locator("li")).toHaveCount(2);
  await together.getByRole("link").click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f]{32}\/\d+$/);
  await expect(page.getByTestId("order-number")).toBeVisible();
  await expect(page.getByTestId("basket-link")).toHaveCount(0);
}

test("on a phone: pieces, taken out and put back, ordered at once", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await putTwoIn(page);
  await expectAccessible(page, "basket on a phone");
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow(), "nothing is wider than the screen").toBeLessThanOrEqual(0);
  const first = page.getByTestId("basket-line").first();
  const before = await page.getByTestId("basket-total").innerText();
  await page.getByLabel("Name", { exact: true }).fill("Ana Lopez");
  await first.getByRole("textbox").fill("2");
  await expect(page.getByTestId("basket-total"), "the total follows by itself").not.toHaveText(before);
  const two = await page.getByTestId("basket-total").innerText();
  await first.getByRole("textbox").fill("none");
  await expect(first.getByText("Enter how many")).toBeVisible();
  await expect(page.getByTestId("basket-total")).not.toHaveText(two);
  await expect(first.getByTestId("line-total")).toBeHidden();
  await first.getByRole("textbox").fill("2");
  await expect(page.getByTestId("basket-total")).toHaveText(two);
  await expect(page.getByLabel("Name", { exact: true }), "what was typed is still there").toHaveValue("Ana Lopez");
  await first.getByTestId("remove").click();
  await expect(page.getByTestId("basket-line")).toHaveCount(1);
  await page.getByTestId("undo-remove").click();
  await expect(page.getByTestId("basket-line")).toHaveCount(2);
  await expect(first.getByRole("textbox")).toHaveValue("2");
  await page.goto("/products/trainer");
  await expect(page.getByTestId("basket-link")).toContainText("2");
  expect(await overflow(), "the page's head has room for the basket").toBeLessThanOrEqual(0);
  await page.getByTestId("basket-link").click();
  await orderAll(page, "Ana Lopez");
});

test("mistakes keep what was typed, and the way back orders nothing twice", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await putTwoIn(page);
  await page.getByLabel("E-mail").fill("ana");
  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("order-errors")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue("ana");
  await orderAll(page, "Ana Back");
  await page.goto("/basket");
  await expect(page.getByTestId("basket-empty")).toBeVisible();
  await expectAccessible(page, "empty basket");
});

test.describe("without scripts, in German", () => {
  test.use({ javaScriptEnabled: false, locale: "de-DE" });

  test("a design is changed in its place, and all are ordered", async ({ page }) => {
    await putTwoIn(page);
    await expect(page.locator("h1")).toHaveText("Dein Warenkorb");
    await page.getByTestId("basket-line").first().getByTestId("change").click();
    await expect(page).toHaveURL(/\/products\/trainer\?.*upper=leather/);
    await page.goto("/products/trainer/order?upper=mesh");
    await page.getByTestId("replace").click();
    await expect(page.getByTestId("done")).toContainText("ist geändert");
    await expect(page.getByTestId("basket-line")).toHaveCount(2);
    await page.locator("#name").fill("Ana Sommer");
    await page.locator("#email").fill("ana.sommer@example.org");
    await page.locator("#address").fill("Hafenstraße 4\n10115 Berlin");
    await page.getByTestId("place-order").click();
    await expect(page.getByTestId("ordered-together").locator("li")).toHaveCount(2);
  });
});
