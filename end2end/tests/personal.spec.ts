// Defaults learnt from other shoppers: asked for, explained, switched off.
import { expect, openProduct, option, picture, test, total } from "./shop";

/** The question about use stands behind one line until it is answered. */
async function answers(page: import("@playwright/test").Page) {
  const question = page.getByTestId("personal");
  if (!(await question.evaluate((details: HTMLDetailsElement) => details.open))) await question.locator("summary").click();
  return question.locator("[aria-pressed]");
}

const sources = (page: import("@playwright/test").Page) => page.getByTestId("source").allInnerTexts();

test("two uses start from different, explained designs, and the switch brings the standard back", async ({ page, context }) => {
  await openProduct(page, "travel-bike");
  expect(await context.cookies()).toEqual([]);
  const standard = { picture: await picture(page).innerHTML(), price: await total(page).innerText() };
  expect((await sources(page)).every((source) => !source.startsWith("Chosen"))).toBe(true);

  const starts: string[] = [];
  for (const index of [0, 1]) {
    await (await answers(page)).nth(index).click();
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    await expect((await answers(page)).nth(index)).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByTestId("start")).toContainText(/most often chosen by .* example orders/);
    const told = await sources(page);
    expect(told.some((source) => /Chosen in (\d+ of \d+|nearly all|all \d+) example orders of/.test(source)), told.join(" | ")).toBe(true);
    starts.push(await picture(page).innerHTML());
  }
  expect(new Set([...starts, standard.picture]).size).toBe(3);
  expect((await context.cookies()).map(({ name }) => name)).toEqual(["atelier_personal"]);

  // Another visit starts from the answer.
  await openProduct(page, "travel-bike");
  expect(await picture(page).innerHTML()).toBe(starts[1]);

  await page.getByTestId("personal-off").click();
  await expect(page.getByTestId("start")).toContainText("our standard");
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  expect(await picture(page).innerHTML()).toBe(standard.picture);
  await expect(total(page)).toHaveText(standard.price);
  expect(await context.cookies()).toEqual([]);
  await openProduct(page, "travel-bike");
  await expect(page.getByTestId("start")).toContainText("our standard");
});

test("one click reverts a personal start to the standard", async ({ page }) => {
  await openProduct(page, "trainer");
  const standard = await total(page).innerText();
  await (await answers(page)).nth(1).click();
  await expect(page.getByTestId("start")).toContainText(/most often chosen by/);
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("start")).toContainText("our standard");
  await expect(total(page)).toHaveText(standard);
});

test("an answer keeps the choices already made", async ({ page }) => {
  await openProduct(page, "trainer", "?upper_colour=sky");
  await (await answers(page)).first().click();
  await expect(page).toHaveURL(/upper_colour=sky/);
  await expect(page.locator('[data-attribute="upper_colour"]').getByTestId("source")).toHaveText("Your choice");
});

test("an answer keeps what was chosen before the page was alive", async ({ page }) => {
  // The browser's code never arrives.
  await page.route(/\.wasm/, () => {});
  await page.goto("/products/trainer", { waitUntil: "commit" });
  await option(page, "upper", "knit").click();
  await (await answers(page)).first().click();
  await expect(page).toHaveURL(/_start=personal.*upper=knit/);
});
