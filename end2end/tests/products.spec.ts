// The life of a product: made from nothing with six attributes, published, ordered; hidden, archived, moved; its options as a table,
// its prices by a percentage. The core of it also without scripts.
import { resolve } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { enter, expect, expectAccessible, fillOrder, ownShop, saved, toOrder } from "./shop";

const test = ownShop();

const folder = resolve(__dirname, "../screenshots");

/** Begins a product, gives it five further attributes, options and a rule, and publishes it. */
async function make(page: Page, name: string, slug: string) {
  await page.getByTestId("new-product").click();
  const fresh = page.locator("form", { has: page.getByTestId("begin") });
  await fresh.getByLabel("Name of the product").fill(name);
  await fresh.getByLabel("What is decided first").fill("Shade");
  await fresh.getByLabel("Its options, one to a line").fill("Brass\nGlass\nPaper");
  await page.getByTestId("begin").click();
  await expect(page).toHaveURL(new RegExp(`/admin/products/${slug}$`));

  for (const [label, kind] of [
    ["Foot", "choice"],
    ["Cable", "choice"],
    ["Extras", "multi-choice"],
    ["Height", "number"],
    ["Engraving", "text"],
  ]) {
    const another = page.locator("#new_attribute");
    await another.locator("[name='new.label']").fill(label);
    await another.locator("[name='new.kind']").selectOption(kind);
    await page.getByTestId("save-new_attribute").click();
    await expect(page.getByTestId(`attribute-${label.toLowerCase()}`)).toHaveCount(1);
  }
  // Options come as a table.
  for (const [code, table] of [
    ["foot", "name,price\nOak,0\nSteel,12.50"],
    ["cable", "name;price\nShort;0\nLong;4"],
    ["extras", "name\tprice\nDimmer\t9\nSpare bulb\t3"],
  ]) {
    const attribute = page.getByTestId(`attribute-${code}`);
    if ((await attribute.getAttribute("open")) === null) await attribute.locator("summary").first().click();
    const area = attribute.locator("textarea[name=rows]");
    if (!(await area.isVisible())) await attribute.locator("summary", { hasText: "Options from a table" }).click();
    await area.fill(table);
    await page.getByTestId(`save-attribute-${code}`).click();
    await saved(page);
  }
  const standard = page.locator("#standard");
  await standard.getByLabel("Foot", { exact: true }).selectOption("oak");
  await standard.getByLabel("Cable", { exact: true }).selectOption("short");
  await page.getByTestId("save-standard").click();
  await saved(page);
  const basics = page.locator("#basics");
  await basics.locator("[name=base_price]").fill("89");
  await basics.locator("[name=lead_time_days]").fill("5");
  await page.getByTestId("save-basics").click();
  await saved(page);
}

async function publish(page: Page, slug: string) {
  await page.goto(`/admin/products/${slug}/publish`);
  // What it does was looked at, and large changes of prices are meant.
  for (const box of await page.locator("[name=seen], [name=twice]").all()) await box.check();
  await page.getByTestId("publish").click();
  await expect(page).toHaveURL(new RegExp(`/admin/products/${slug}/revisions`));
}

async function without(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: url });
  return context.newPage();
}

test("a product is made from nothing, ordered, hidden, archived and moved", async ({ page, shop }) => {
  test.setTimeout(240_000);
  test.info().annotations.push({ type: "expected-status", description: "410" }, { type: "expected-status", description: "422" });
  await enter(page, shop, "ana@example.org");
  await expectAccessible(page, "what waits today");
  await page.goto("/admin/products");
  await expectAccessible(page, "list of products");
  await page.getByTestId("new-product").click();
  await page.screenshot({ path: `${folder}/admin-new-product-desktop-light.png`, fullPage: true });
  await expectAccessible(page, "new product");
  // What can't be taken is told at its field, and nothing typed is lost.
  await page.getByTestId("begin").click();
  await expect(page.getByText("Give the product a name of at most 200 characters.")).toBeVisible();
  await page.goto("/admin/products");
  await make(page, "Desk lamp", "desk-lamp");
  await expect(page.getByTestId("draft-state")).toContainText("no problems");
  await publish(page, "desk-lamp");

  await page.goto("/products/desk-lamp");
  await expect(page.locator("h1")).toContainText("Desk lamp");
  await toOrder(page);
  await fillOrder(page);
  await page.getByTestId("place-order").click();
  await page.getByTestId("order-number").waitFor();
  const order = page.url();

  await page.goto("/admin/products/desk-lamp/standing");
  await page.screenshot({ path: `${folder}/admin-standing-desktop-light.png`, fullPage: true });
  await expectAccessible(page, "standing of a product");
  await page.getByLabel("Move to place").fill("1");
  await page.getByTestId("move").click();
  await expect(page.getByTestId("done")).toContainText("It is at place 1 now.");
  await page.getByTestId("hidden").click();
  await expect(page.getByTestId("done")).toContainText("It is hidden");
  await page.getByTestId("undo").click();
  await expect(page.getByTestId("stands")).toContainText("on the shop's list");
  const archived = page.waitForEvent("load");
  await page.getByTestId("archived").click();
  await archived;
  await page.goto("/products/desk-lamp");
  await expect(page.locator("main")).toContainText("can’t be ordered any more");
  await expectAccessible(page, "archived product");
  await page.screenshot({ path: `${folder}/archived-desktop-light.png` });
  await page.goto(order);
  await page.getByTestId("order-number").waitFor();
  await page.goto("/admin/products/desk-lamp/standing");
  await page.getByTestId("listed").click();
  await page.getByLabel("New address").fill("reading-lamp");
  await page.getByTestId("change-address").click();
  await expect(page).toHaveURL(/\/admin\/products\/reading-lamp\/standing/);
  await page.goto("/products/desk-lamp?shade=glass");
  await expect(page).toHaveURL(/\/products\/reading-lamp\?.*shade=glass/);
});

test("a table that was exported and pasted, and prices by a percentage", async ({ page, shop }) => {
  test.setTimeout(120_000);
  await enter(page, shop, "ben@example.org");
  await page.goto("/admin/products/trainer");
  const upper = page.getByTestId("attribute-upper");
  await upper.locator("summary").first().click();
  await upper.locator("summary", { hasText: "Options from a table" }).click();
  const csv = await page.request.get((await upper.getByTestId("options-csv").getAttribute("href")) ?? "");
  expect(await csv.text()).toContain("code,name,price,description,weight,days,points,colour");
  await upper.locator("textarea[name=rows]").fill(await csv.text());
  await page.getByTestId("save-attribute-upper").click();
  await expect(page.getByTestId("saved")).toBeVisible();
  await expect(page.getByTestId("draft-state")).toContainText("No changes");

  await page.goto("/admin/prices");
  await page.getByLabel("Trainer").check();
  await page.getByLabel("Percent").fill("10");
  await page.getByLabel("Rounded to").selectOption("9");
  await page.getByTestId("look").click();
  await expect(page.getByTestId("preview")).toContainText("Base price");
  await expectAccessible(page, "prices by a percentage");
  await page.screenshot({ path: `${folder}/admin-prices-desktop-light.png`, fullPage: true });
  await page.getByTestId("save-prices").click();
  await expect(page.getByTestId("done")).toContainText("changed in the draft");
  await page.goto("/admin/products/trainer");
  await expect(page.getByTestId("draft-state")).toContainText("no problems");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByTestId("draft-state")).toContainText("No changes");
});

test("without scripts a product is made, published, hidden and listed again", async ({ browser, shop }) => {
  test.setTimeout(120_000);
  const page = await without(browser, shop.url);
  await page.setViewportSize({ width: 390, height: 844 });
  await enter(page, shop, "cleo@example.org");
  await page.goto("/admin/products");
  await page.getByTestId("new-product").click();
  await page.screenshot({ path: `${folder}/admin-new-product-phone-light.png`, fullPage: true });
  const fresh = page.locator("form", { has: page.getByTestId("begin") });
  await fresh.getByLabel("Name of the product").fill("Stool");
  await fresh.getByLabel("What is decided first").fill("Wood");
  await fresh.getByLabel("Its options, one to a line").fill("Oak\nAsh");
  await page.getByTestId("begin").click();
  // That it costs nothing and is ready at once is meant.
  await page.goto("/admin/products/stool/publish");
  await expect(page.getByTestId("finding")).toHaveCount(2);
  for (const left of [1, 0]) {
    await page.getByTestId("finding").first().getByRole("button").click();
    await expect(page.getByTestId("finding")).toHaveCount(left);
  }
  await publish(page, "stool");
  await page.goto("/");
  await expect(page.locator("main")).toContainText("Stool");
  await page.goto("/admin/products/stool/standing");
  await page.getByTestId("hidden").click();
  await page.screenshot({ path: `${folder}/admin-standing-phone-light.png`, fullPage: true });
  await page.goto("/");
  await expect(page.locator("main")).not.toContainText("Stool");
  await page.goto("/admin/products/stool/standing");
  await page.getByTestId("listed").click();
  await expect(page.getByTestId("stands")).toContainText("on the shop's list");
  await page.goto("/admin/products");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: `${folder}/admin-products-phone-dark.png`, fullPage: true });
  await page.context().close();
});
