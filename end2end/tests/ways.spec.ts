// Ways to what is blocked, ready-made designs, and the budget in words.
import { expect, expectAccessible, openProduct, option, test, total } from "./shop";

test("a blocked option says by how much, and offers ways that differ", async ({ page }) => {
  await openProduct(page, "trainer");
  await option(page, "upper", "leather").click();
  await option(page, "sole", "cup").click();
  const before = await total(page).innerText();
  await option(page, "lining", "calfskin").click();
  const panel = page.getByTestId("panel");
  await expect(panel).toContainText(/\d+\sg too much: A shoe stays at or below 385 g/);
  const ways = page.getByTestId("repair");
  await expect(ways).toHaveCount(2);
  const told = await ways.allInnerTexts();
  expect(told.some((way) => way.includes("Upper"))).toBe(true);
  expect(told.some((way) => way.includes("Sole"))).toBe(true);
  await ways.first().click();
  await expect(panel).toBeHidden();
  await expect(option(page, "lining", "calfskin").locator("input")).toBeChecked();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(total(page)).toHaveText(before);
  await expect(option(page, "lining", "calfskin").locator("input")).not.toBeChecked();
});

test("a full set says how many it takes, and offers a place for each that is there", async ({ page }) => {
  await openProduct(page, "travel-bike", "?litres=0&carrier_bags=trunk,pannier_right,pannier_left&extras=");
  await option(page, "carrier_bags", "duffel").click();
  await expect(page.getByTestId("panel")).toContainText("takes at most 3");
  await expect(page.getByTestId("question")).toContainText("This removes");
  await expect(page.getByTestId("repair")).toContainText("Go on");
});

test("a ready-made design is a click away, and one's own stands beside it", async ({ page }) => {
  await openProduct(page, "travel-bike");
  const beside = page.getByTestId("beside");
  const cards = page.getByTestId("ready-made");
  await expect(cards).toHaveCount(4);
  await expect(cards.first()).toHaveAttribute("aria-current", "true");
  const commuter = cards.filter({ hasText: "Commuter" });
  const price = (await commuter.innerText()).split("\n").pop()!;
  await commuter.click();
  await expect(total(page)).toHaveText(price);
  await expect(beside).toContainText("This is our “Commuter”.");
  await expect(commuter).toHaveAttribute("aria-current", "true");
  await option(page, "handlebar", "butterfly").click();
  await expect(beside).toContainText(/1 change from our “Commuter”: €[\d,.]+ (more|less)/);
  await expect(beside).toContainText(/changes from our standard: €[\d,.]+ more/);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(cards.first()).toHaveAttribute("aria-current", "true");
  await expectAccessible(page, "ready-made designs");
});

test("a ready-made design is a link without scripts", async ({ browser, shop }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: shop.url });
  const page = await context.newPage();
  await page.goto("/products/travel-bike?_lang=de");
  await page.getByTestId("ready-made").filter({ hasText: "Alltagsrad" }).click();
  await expect(option(page, "drivetrain", "belt").locator("input")).toBeChecked();
  await expect(page.getByTestId("beside")).toContainText("Das ist unser Entwurf „Alltagsrad“.");
  await context.close();
});

test("the budget says what takes most of it, and at the ceiling what to let go", async ({ page }) => {
  await openProduct(page, "trainer");
  const spent = page.getByTestId("spent");
  await page.getByText("incl. VAT").click();
  await expect(spent).toContainText("0 of 11 points");
  const chosen = "upper=leather&upper_colour=navy&panel_colour=ink&heel_tab=leather&sole=cloud&sole_colour=gum&laces=round&lace_colour=navy";
  await openProduct(page, "trainer", `?${chosen}`);
  await page.getByText("incl. VAT").click();
  await expect(spent).toContainText("Most of it:");
  await expect(spent).toContainText("11 of 11 points");
  const before = await total(page).innerText();
  await spent.getByRole("link").first().click();
  await expect(spent).not.toContainText("11 of 11 points");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(total(page)).toHaveText(before);
});
