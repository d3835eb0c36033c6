// What suits best: asked, proposed live, taken, and what there is when nothing is cheap enough.
import { expect, openProduct, option, test, total } from "./shop";

test("what matters is set, and the proposal follows and is taken", async ({ page }) => {
  await openProduct(page, "travel-bike");
  await page.getByTestId("needs").click();
  await expect(page).toHaveURL(/travel-bike\/needs/);
  const reasons = page.locator("[data-fresh=reasons]");
  await page.locator("#matters-lightness").press("End");
  for (const other of ["comfort", "range", "speed", "durability"]) await page.locator(`#matters-${other}`).press("Home");
  await expect(page).toHaveURL(/_matters.lightness=3/);
  await expect(reasons).toContainText("Good for: Lightness");
  await expect(reasons).not.toContainText("Comfort");
  await page.locator("[name=_up_to]").fill("1800");
  await expect(page).toHaveURL(/_up_to=1800/);
  const price = await page.getByTestId("total").innerText();
  expect(Number(price.replace(/[^0-9]/g, ""))).toBeLessThanOrEqual(1800);

  await page.getByTestId("take").click();
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect(page.getByTestId("start")).toContainText("Lightness");
  await expect(total(page)).toHaveText(price);
  // A choice by hand stands over it, and is kept by the next proposal.
  await option(page, "colour", "lake").click();
  await expect(page).toHaveURL(/colour=lake/);
  await page.getByTestId("needs").click();
  await expect(reasons).toContainText("Lake blue");
  await expect(reasons).toContainText("You chose it");
  await expect(page.locator("#matters-lightness")).toHaveValue("3");
});

test("each step costs more than the last, and says what for", async ({ page }) => {
  await openProduct(page, "laptop");
  await page.getByTestId("needs").click();
  for (const wanted of ["speed", "screen"]) await page.locator(`#matters-${wanted}`).press("End");
  for (const other of ["mobility", "quiet", "value"]) await page.locator(`#matters-${other}`).press("Home");
  await expect(page).toHaveURL(/_matters.speed=3&_matters.screen=3/);
  // A limit that nothing keeps to: the lowest price there is, and the best for it.
  await page.locator("[name=_up_to]").fill("500");
  const nothing = page.getByTestId("nothing");
  await expect(nothing).toContainText("The lowest price is €");
  const lowest = (await nothing.innerText()).match(/lowest price is (€[0-9,]+)/)?.[1] ?? "";
  await nothing.getByRole("link", { name: `See the one for ${lowest}` }).click();
  await expect(page.getByTestId("total")).toHaveText(lowest);
  // Each step costs more than the last, and says what for.
  const euros = (price: string) => Number(price.replace(/[^0-9]/g, ""));
  let before = euros(lowest);
  for (let step = 0; step < 3; step++) {
    const more = page.getByTestId("next");
    await expect(more).toContainText(/Next, for \+€[0-9,]+: /);
    const told = euros((await more.innerText()).match(/\+€[0-9,]+/)?.[0] ?? "");
    await more.getByRole("link", { name: "See it" }).click();
    await expect.poll(async () => euros(await page.getByTestId("total").innerText())).toBe(before + told);
    before += told;
  }
  await page.getByTestId("take").click();
  await expect.poll(async () => euros(await total(page).innerText())).toBe(before);
  await expect(page.getByTestId("start")).toContainText("Speed");
});

test("measures of a bookcase stay, and what they cost is in the price", async ({ page }) => {
  await page.goto("/products/bookcase/needs?width=150");
  await page.locator("#matters-sturdiness").press("End");
  await expect(page).toHaveURL(/sturdiness=3/);
  const price = await page.getByTestId("total").innerText();
  await page.getByTestId("take").click();
  await expect(total(page)).toHaveText(price);
  await expect(page.locator('[name="width"]')).toHaveValue("150");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("the form is sent by its button", async ({ page }) => {
    await page.goto("/products/laptop/needs");
    await page.locator("[name=_up_to]").fill("2500");
    await page.locator("#needs button[type=submit]").click();
    await expect(page).toHaveURL(/_up_to=2500/);
    const price = await page.getByTestId("total").innerText();
    await page.getByTestId("take").click();
    await expect(total(page)).toHaveText(price);
  });
});

test("what fits best is told once it stays, and the slider says its amount", async ({ page }) => {
  await openProduct(page, "travel-bike");
  await page.getByTestId("needs").click();
  const status = page.locator("#answer");
  await expect(status).toBeEmpty();
  const slider = page.locator("input[type=range][data-currency]");
  await expect(slider).toHaveAttribute("aria-valuetext", /^€[0-9,]+$/);
  await slider.focus();
  for (let presses = 0; presses < 5; presses++) await page.keyboard.press("PageUp");
  await expect(slider).toHaveAttribute("aria-valuetext", `€${Number(await slider.inputValue()).toLocaleString("en")}`);
  const shown = page.getByTestId("total");
  await expect(status).toHaveText(/^Fits best now: €[0-9,]+\. /);
  // The page answers while keys are still pressed; what is told is what stays.
  await expect(async () => expect(await status.innerText()).toContain(await shown.innerText())).toPass();
});
