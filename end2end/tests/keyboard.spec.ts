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

/** On a wide screen and on a phone, each with another product: what is chosen first, and what that blocks in another step. */
const WALKS = [
  { screen: "desktop", viewport: { width: 1280, height: 900 }, slug: "trainer", choose: ["upper", "knit"], blocked: ["sole", "trail"], step: "sole_step" },
  { screen: "phone", viewport: { width: 390, height: 844 }, slug: "travel-bike", choose: ["frame", "low_step"], blocked: ["handlebar", "drop"], step: "finish" },
] as const;

/** Presses arrow keys within a group until this option has the focus. */
async function arrowTo(page: Page, [attribute, code]: readonly [string, string]): Promise<void> {
  const [is, wanted] = await page.evaluate(([name, value]) => {
    const inputs = [...document.querySelectorAll<HTMLInputElement>(`[name=${name}]`)];
    return [inputs.findIndex(({ checked }) => checked), inputs.findIndex((input) => input.value === value)];
  }, [attribute, code] as const);
  for (let press = 0; press < Math.abs(wanted - is); press++) await page.keyboard.press(wanted > is ? "ArrowDown" : "ArrowUp");
}

for (const { screen, viewport, slug, choose, blocked, step } of WALKS) {
  test(`from the list to a placed order by keyboard alone, ${slug} on a ${screen}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize(viewport);
    await page.goto("/");
    await tabTo(page, `a[href="/products/${slug}"]`);
    await page.keyboard.press("Enter");
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    const input = ([attribute, code]: readonly [string, string]) => option(page, attribute, code).locator("input");
    await tabTo(page, `[name=${choose[0]}]`);
    const before = await total(page).innerText();
    await arrowTo(page, choose);
    await expect(input(choose)).toBeChecked();
    await expect(input(choose)).toBeFocused();
    await expect(total(page)).not.toHaveText(before);
    // On a phone the other is in another step, one after the other.
    for (let steps = 0; screen === "phone" && steps < 6 && !(await page.locator(`#step-${step}`).isVisible()); steps++) {
      await tabTo(page, "section:not([hidden]) [data-testid=step-head] a[href]:last-of-type");
      await page.keyboard.press("Enter");
    }
    await tabTo(page, `[name=${blocked[0]}]`);
    // What is blocked keeps the former choice, and says why; the first way out is taken.
    await arrowTo(page, blocked);
    await expect(page.getByTestId("panel")).toBeVisible();
    await tabTo(page, "[data-testid=repair]");
    await page.keyboard.press("Enter");
    await expect(input(blocked)).toBeChecked();
    await page.keyboard.press("Control+z");
    await expect(input(choose)).toBeChecked();
    await page.keyboard.press("Control+Shift+z");
    await expect(input(blocked)).toBeChecked();
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
