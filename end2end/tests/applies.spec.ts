// Attributes that don't always apply: they come and go with what they depend on, and what was chosen for them comes back.
import { expect, expectAccessible, fillOrder, openProduct, openStep, option, picture, test, toOrder, total } from "./shop";
import type { Page } from "@playwright/test";

const part = (page: Page, code: string) => page.locator(`[data-attribute="${code}"]`);
const announced = (page: Page) => page.locator('[role="status"][aria-live="polite"].sr-only');

async function embroider(page: Page, text: string): Promise<void> {
  const field = page.locator('[data-attribute="embroidery"] input[name="embroidery"]');
  await field.fill(text);
  await field.blur();
}

test("the thread comes and goes with the embroidery", async ({ page }) => {
  await openProduct(page, "trainer");
  await expect(part(page, "thread")).toBeHidden();
  await embroider(page, "ANA");
  await expect(part(page, "thread")).toBeVisible();
  await expect(announced(page)).toContainText(/Now to choose: Thread: \S/);
  await expectAccessible(page, "an attribute that came to apply");
  await expect(picture(page).locator("text")).toHaveText("ANA");
  await embroider(page, "");
  await expect(part(page, "thread")).toBeHidden();
  await expect(announced(page)).toContainText("Not part of it now: Thread");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(part(page, "thread")).toBeVisible();
});

test("a chosen thread waits while there is no name", async ({ page }) => {
  await openProduct(page, "trainer");
  await embroider(page, "ANA");
  await option(page, "thread", "gold").click();
  const golden = await picture(page).innerHTML();
  await embroider(page, "");
  await expect(part(page, "thread")).toBeHidden();
  await expect(page).toHaveURL(/thread=gold/);
  await embroider(page, "ANA");
  await expect(part(page, "thread").getByTestId("value")).toHaveText("Gold");
  expect(await picture(page).innerHTML()).toBe(golden);
});

for (const [device, viewport] of [["desktop", { width: 1280, height: 900 }], ["phone", { width: 390, height: 844 }]] as const) {
  test(`handles cost nothing and stand on no sheet without doors (${device})`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await openProduct(page, "bookcase");
    const before = await total(page).innerText();
    await expect(part(page, "handles")).toBeHidden();
    await openStep(page, "doors");
    await option(page, "doors", "lower").click();
    await option(page, "handles", "brass").click();
    const withHandles = await total(page).innerText();
    await option(page, "doors", "none").click();
    await expect(part(page, "handles")).toBeHidden();
    await expect(total(page)).toHaveText(before);
    await expect(page).toHaveURL(/doors=none.*handles=brass/);
    await toOrder(page);
    await expect(page.getByText("Handles")).toHaveCount(0);
    await fillOrder(page);
    await page.getByTestId("place-order").click();
    await expect(page.getByTestId("order-number")).toBeVisible();
    await expect(page.getByText("Handles")).toHaveCount(0);
    await page.goBack();
    await page.goBack();
    await expect(page).toHaveURL(/doors=none.*handles=brass/);
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    await openStep(page, "doors");
    await option(page, "doors", "lower").click();
    await expect(part(page, "handles").getByTestId("value")).toHaveText("Brass");
    await expect(total(page)).toHaveText(withHandles);
  });
}

test("steps count what is there", async ({ page }) => {
  await openProduct(page, "trainer");
  const tab = page.getByRole("link", { name: /^Laces and name/ });
  await embroider(page, "ANA");
  await expect(tab).toContainText(/1\/\d+/);
  const before = Number((await tab.innerText()).match(/1\/(\d+)/)![1]);
  await option(page, "thread", "gold").click();
  await expect(tab).toContainText(`2/${before}`);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the form shows what applies, and keeps what was chosen", async ({ page }) => {
    const update = () => page.getByRole("button", { name: "Update picture and price" }).click();
    await page.goto("/products/bookcase");
    const before = await total(page).innerText();
    await expect(part(page, "handles")).toBeHidden();
    await option(page, "doors", "lower").click();
    await update();
    await option(page, "handles", "brass").click();
    await update();
    const withHandles = await total(page).innerText();
    await option(page, "doors", "none").click();
    await update();
    await expect(part(page, "handles")).toBeHidden();
    await expect(total(page)).toHaveText(before);
    await expect(page).toHaveURL(/handles=brass/);
    await option(page, "doors", "lower").click();
    await update();
    await expect(part(page, "handles").getByTestId("value")).toHaveText("Brass");
    await expect(total(page)).toHaveText(withHandles);
    await toOrder(page);
    await expect(page.getByText("Brass", { exact: true })).toBeVisible();
  });

  test("a proposal and a shared copy have no attribute that doesn't apply", async ({ page }) => {
    await page.goto("/products/bookcase/needs");
    await expect(page.getByText("Handles")).toHaveCount(0);
    await page.goto("/products/bookcase/needs?doors=lower&handles=brass");
    await expect(page.getByText("Handles").first()).toBeVisible();
  });
});
