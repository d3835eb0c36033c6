// A whole order by keyboard alone, on wide screens and phones.
import type { Page } from "@playwright/test";
import { expect, option, test, total } from "./shop";

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press("Tab");
    const isThere = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (isThere) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

for (const [screen, viewport] of [
  ["desktop", { width: 1280, height: 900 }],
  ["phone", { width: 390, height: 844 }],
] as const) {
  test(`from the list to a placed order by keyboard alone, ${screen}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize(viewport);
    await page.goto("/");
    await tabTo(page, 'a[href="/products/trainer"]');
    await page.keyboard.press("Enter");
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    await tabTo(page, "[name=upper]");
    const before = await total(page).innerText();
    await page.keyboard.press("ArrowRight");
    await expect(option(page, "upper", "knit").locator("input")).toBeChecked();
    await expect(option(page, "upper", "knit").locator("input")).toBeFocused();
    await expect(total(page)).not.toHaveText(before);
    // On to the sole: on a phone that is another step.
    if (screen === "phone") {
      await tabTo(page, 'a[href="#step-sole_step"]');
      await page.keyboard.press("Enter");
    }
    await tabTo(page, "[name=sole]");
    // What is blocked keeps the former choice, and says why; the first way out is taken.
    const [is, trail] = await page.evaluate(() => {
      const soles = [...document.querySelectorAll<HTMLInputElement>("[name=sole]")];
      return [soles.findIndex(({ checked }) => checked), soles.findIndex(({ value }) => value === "trail")];
    });
    for (let press = 0; press < Math.abs(trail - is); press++) await page.keyboard.press(trail > is ? "ArrowDown" : "ArrowUp");
    await expect(page.getByTestId("panel")).toBeVisible();
    await tabTo(page, "[data-testid=repair]");
    await page.keyboard.press("Enter");
    await expect(option(page, "sole", "trail").locator("input")).toBeChecked();
    await page.keyboard.press("Control+z");
    await expect(option(page, "upper", "knit").locator("input")).toBeChecked();
    await page.keyboard.press("Control+Shift+z");
    await expect(option(page, "sole", "trail").locator("input")).toBeChecked();
    const price = await total(page).innerText();
    await tabTo(page, "[data-testid=order]");
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("place-order")).toBeVisible();
    for (const [field, text] of [["name", "Ana Lopez"], ["email", `keyboard-${screen}@example.org`], ["address", "Gran Via 1, 28013 Madrid"]]) {
      await tabTo(page, `[name=${field}]`);
      await page.keyboard.type(text);
    }
    await tabTo(page, "[data-testid=place-order]");
    await expect(page.getByTestId("place-order")).toContainText(price);
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("order-number")).toHaveText(/Order \d+/);
  });
}

test("Enter on an option changes nothing, and Space chooses it", async ({ page }) => {
  await page.goto("/products/bookcase");
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await page.evaluate(() => document.body.setAttribute("data-here", ""));
  for (const kind of ["radio", "checkbox"]) {
    const free = page.locator(`[data-option]:not(.blocked) input[type=${kind}]:not(:checked)`).first();
    const [name, value] = await free.evaluate((input: HTMLInputElement) => [input.name, input.value]);
    const input = page.locator(`input[name="${name}"][value="${value}"]`);
    await input.focus();
    await page.keyboard.press("Enter");
    await expect(input).not.toBeChecked();
    await expect(page.locator("body[data-here]")).toBeVisible();
    await page.keyboard.press("Space");
    await expect(input).toBeChecked();
    await expect(page).toHaveURL(new RegExp(`${name}=`));
  }
});
