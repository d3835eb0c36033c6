// A product that is too large for a diagram: the server answers for it, and the page is a form that is sent at every change.
import { Shop, expect, test as base, toOrder, total } from "./shop";

const test = base.extend<object, { shop: Shop }>({
  shop: [
    async ({}, use) => {
      const shop = await Shop.open("end2end/catalogs");
      await use(shop);
      await shop.close();
    },
    { scope: "worker" },
  ],
});

const refused = { annotation: { type: "expected-status", description: "422" } };

test("every change goes to the server, and the page comes back as it was left", async ({ page }) => {
  await page.goto("/products/workbench");
  await expect(page.getByText("is sent there at every change")).toBeVisible();
  const before = await total(page).innerText();
  const part = page.locator("input[name=p9][value=o2]");
  const tile = page.locator("label", { has: part });
  await tile.scrollIntoViewIfNeeded();
  const place = (await tile.boundingBox())!.y;
  await tile.click();
  await expect(page).toHaveURL(/p9=o2/);
  // Though the notice above it is gone.
  await expect(page.getByText("is sent there at every change")).toHaveCount(0);
  await expect.poll(async () => Math.abs((await tile.boundingBox())!.y - place)).toBeLessThan(2);
  await expect(part).toBeChecked();
  await expect(part).toBeFocused();
  await expect(total(page)).not.toHaveText(before);
  await expect(tile).toBeInViewport();
  // A slider sends what its box would.
  const slider = page.locator('[data-attribute="height"]').getByRole("slider");
  await slider.focus();
  await slider.press("ArrowLeft");
  await expect(page).toHaveURL(/height=85/);
  await expect(page.getByLabel("Height, exact")).toHaveValue("85");
  await expect(slider).toBeFocused();
  await slider.press("ArrowLeft");
  await expect(page).toHaveURL(/height=80/);
  await page.getByRole("textbox", { name: "Name on the bench" }).fill("Ida");
  await toOrder(page);
  await expect(page).toHaveURL(/\/order\?.*name=Ida/);
});

test("what does not fit says why and offers ways there, too", refused, async ({ page }) => {
  await page.goto("/products/workbench?height=100");
  const part = page.locator("input[name=p0][value=o1]");
  await part.scrollIntoViewIfNeeded();
  const answered = page.waitForResponse((answer) => answer.url().includes("/choose"));
  await page.locator("label", { has: part }).click();
  expect((await answered).status()).toBe(422);
  await expect(page.getByTestId("panel")).toContainText("A high bench has no room at its first place.");
  await page.getByRole("link", { name: "Keep my design" }).click();
  await expect(page.getByTestId("panel")).toHaveCount(0);
  await expect(page.getByLabel("Height, exact")).toHaveValue("100");
  await page.locator("label", { has: part }).click();
  await page.getByTestId("repair").first().click();
  await expect(page).toHaveURL(/p0=o1/);
  await expect(part).toBeChecked();
  await expect(page.getByLabel("Height, exact")).toHaveValue("95");
});

test("on a phone a panel opens above the bar", refused, async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/products/workbench?height=100#step-parts");
  const tile = page.locator("label", { has: page.locator("input[name=p0][value=o1]") });
  const bar = page.getByTestId("bar");
  // The tile just above the bar, so that there is no room for a panel under it.
  await tile.evaluate((tile, bar) => scrollBy({ top: tile.getBoundingClientRect().bottom - bar!.getBoundingClientRect().top + 8, behavior: "instant" }), await bar.elementHandle());
  await tile.click();
  const panel = page.getByTestId("panel");
  await expect(panel).toBeVisible();
  // The page that came back shows the step that was shown.
  await expect(page).toHaveURL(/#step-parts$/);
  await expect.poll(async () => {
    const box = (await panel.boundingBox())!;
    return box.y + box.height <= (await bar.boundingBox())!.y;
  }).toBe(true);
});
