// The core of a merchandiser's year without scripts.
import { enter, expect, ownShop } from "./shop";

const test = ownShop();
test.use({ actionTimeout: 15_000 });

test("the core of it without scripts: a price, a rule, published and taken back", async ({ shop, browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: shop.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await enter(page, shop, "dora@example.org");
  await page.goto("/admin/products/trainer?section=attribute-upper");
  const upper = page.getByTestId("attribute-upper");
  if (!(await upper.getByLabel("Price of Leather").isVisible())) await upper.locator("summary").first().click();
  await upper.getByLabel("Price of Leather").fill("29");
  await page.getByTestId("save-attribute-upper").click();
  await expect(page.getByTestId("saved")).toBeVisible();

  // A rule by menus: each button shows what the choice before it asks for, and saves nothing yet.
  await page.goto("/admin/products/trainer?section=rules");
  const rule = page.getByTestId("new-rule");
  const part = (name: string) => rule.getByTestId(`part-${name}`);
  await part("given").getByLabel("What", { exact: true }).selectOption("lining");
  await part("given").getByTestId("show-values").click();
  await part("given").getByLabel("Value", { exact: true }).selectOption("wool");
  await part("then").getByLabel("What", { exact: true }).selectOption("upper");
  await part("then").getByTestId("show-values").click();
  await part("then").getByLabel("How", { exact: true }).selectOption("is_not");
  await part("then").getByLabel("Value", { exact: true }).selectOption("suede");
  await page.getByTestId("save-rules").click();
  await expect(page.getByTestId("saved")).toBeVisible();
  const sentence = "Lining: Merino does not go with Upper: Suede.";
  await expect(page.getByTestId("rule").last().getByTestId("made-sentence").first()).toContainText(sentence);

  await page.goto("/admin/products/trainer/publish");
  await expect(page.getByTestId("repriced").filter({ hasText: "Upper: Leather" })).toContainText("€29");
  for (const box of await page.locator("[name=seen], [name=twice]").all()) await box.check();
  await page.getByTestId("publish").click();
  await expect(page.getByTestId("done")).toBeVisible();
  await page.goto("/products/trainer?lining=wool&upper=suede");
  await expect(page.locator("main")).toContainText(sentence);
  await page.goto("/admin/products/trainer/revisions");
  await page.getByTestId("roll-back-1").click();
  await page.getByTestId("roll-back").click();
  await expect(page.getByTestId("done")).toContainText("Revision 1 is live again");
  await page.goto("/products/trainer?lining=wool&upper=suede");
  await expect(page.getByTestId("total").first()).toBeVisible();
  await expect(page.locator("main")).not.toContainText(sentence);
  await context.close();
});
