// Between a draft and the shop: a merchandiser is stopped for five reasons, mends them, sees what publishing does, shows the draft, publishes,
// withdraws and goes back. Once with scripts, the core once more without.
import { resolve } from "node:path";
import { type Browser, type Page } from "@playwright/test";
import { enter, expect, expectAccessible, fillOrder, openProduct, option, ownShop, ruleText, saved, Shop, toOrder } from "./shop";

const test = ownShop();

const EDITOR = "/admin/products/trainer";
const PUBLISH = `${EDITOR}/publish`;
const folder = resolve(__dirname, "../screenshots");

/** Opens everything of an attribute's form. */
async function attribute(page: Page, code: string) {
  await page.goto(EDITOR);
  const form = page.getByTestId(`attribute-${code}`);
  await form.locator("summary").first().click();
  return form;
}

/** Follows the link of what stops the draft, and says whether its field is there. */
async function follow(page: Page, entry: string, words: string): Promise<void> {
  await page.goto(PUBLISH);
  const stop = page.getByTestId(entry).filter({ hasText: words }).first();
  await expect(stop).toBeVisible();
  await expect(page.getByTestId("publish")).toHaveCount(0);
  await stop.getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(`${EDITOR}(\\?section=[^#]+)?#`));
  const anchor = decodeURIComponent(new URL(page.url()).hash.slice(1));
  await expect(page.locator(`[id="${anchor}"]`)).toBeVisible();
}

async function rule(page: Page, text: string): Promise<void> {
  await page.goto(EDITOR);
  await (await ruleText(page)).fill(text);
  await page.getByTestId("save-rules").click();
  await saved(page);
}

async function standard(page: Page, upper: string, sole: string): Promise<void> {
  await page.goto(EDITOR);
  await page.locator("#standard").getByLabel("Upper", { exact: true }).selectOption(upper);
  await page.locator("#standard").getByLabel("Sole", { exact: true }).selectOption(sole);
  await page.getByTestId("save-standard").click();
  await saved(page);
}

/** Looks at a page on a desk and a phone, light and dark. */
async function look(page: Page, name: string): Promise<void> {
  for (const [device, viewport] of [["desktop", { width: 1280, height: 900 }], ["phone", { width: 390, height: 844 }]] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/gate-${name}-${device}-${colorScheme}.png`, fullPage: true });
      await expectAccessible(page, `${name}, ${device}, ${colorScheme}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

test("a draft is stopped for five reasons, mended, looked at, shown, published, withdrawn and rolled back", async ({ page, shop, browser }) => {
  test.setTimeout(300_000);
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await openProduct(page, "trainer", "?upper=leather");
  await toOrder(page);
  await fillOrder(page);
  await page.getByTestId("place-order").click();
  await page.getByTestId("order-number").waitFor();
  await enter(page, shop, "ana@example.org");

  // 1. A rule with a name that there is not.
  await page.goto(EDITOR);
  const sound = await (await ruleText(page)).inputValue();
  await rule(page, "upper = lether implies sole = road");
  await follow(page, "problem", "Did you mean 'leather'?");
  await rule(page, sound);

  // 2. A standard that a rule forbids.
  await standard(page, "knit", "trail");
  await follow(page, "problem", "standard design is not valid");
  await standard(page, "mesh", "road");

  // 3. An option that no valid design has.
  await rule(page, "lining != calfskin");
  await follow(page, "problem", "No valid design has the option");
  await rule(page, sound);

  // 4. A test design that costs something else.
  await page.goto(EDITOR);
  const tests = page.locator("#tests");
  await tests.getByTestId("new-tests").getByLabel("Name").fill("The standard");
  await tests.getByTestId("new-tests").getByLabel("It must cost").fill("1.00");
  await page.getByTestId("save-tests").click();
  await saved(page);
  await follow(page, "failed-test", "and not €1.");
  await page.goto(EDITOR);
  await page.locator("#tests").getByTestId("entry-tests").last().getByLabel("It must cost").fill("");
  await page.getByTestId("save-tests").click();
  await saved(page);

  // 5. An option that costs nothing beside others that do: it is meant.
  const sole = await attribute(page, "sole");
  await sole.getByLabel("Price of Cloud").fill("0");
  await page.getByTestId("save-attribute-sole").click();
  await saved(page);
  await follow(page, "finding", "costs nothing more");
  await page.goto(PUBLISH);
  await look(page, "stopped");
  await page.getByTestId("finding").filter({ hasText: "costs nothing more" }).getByRole("button").click();
  await expect(page.getByTestId("settled")).toBeVisible();

  // What it does: leather costs more, and the order would.
  const upper = await attribute(page, "upper");
  await upper.getByLabel("Price of Leather").fill("99.50");
  await page.getByTestId("save-attribute-upper").click();
  await saved(page);
  await page.goto(PUBLISH);
  await expect(page.getByTestId("repriced").filter({ hasText: "Upper: Leather" })).toContainText("€99.50");
  await expect(page.getByTestId("replay-orders")).toContainText("One costs more");
  await expect(page.getByTestId("touched").getByRole("link")).toHaveText("Order 1001");

  // A link shows it to somebody who is not logged in; nothing can be ordered there.
  await page.getByTestId("make-preview").click();
  const link = await page.getByTestId("preview-link").innerText();
  await look(page, "effect");
  const outside = await browser.newContext({ reducedMotion: "reduce" });
  const stranger = await outside.newPage();
  await stranger.goto(link);
  await expect(stranger.getByTestId("draft")).toBeVisible();
  await expect(stranger.locator("#configurator[data-alive]")).toBeVisible();
  const before = await stranger.getByTestId("total").innerText();
  await option(stranger, "upper", "leather").click();
  await expect(stranger.getByTestId("total")).not.toHaveText(before);
  await expect(stranger).toHaveURL(/upper=leather/);
  await stranger.reload();
  await expect(option(stranger, "upper", "leather")).toBeChecked();
  await stranger.getByTestId("order").click();
  await expect(stranger.getByRole("main")).toContainText("Nothing of a draft can be ordered or saved.");
  await expect(stranger.getByTestId("draft")).toBeVisible();
  await expect(option(stranger, "upper", "leather")).toBeChecked();
  await look(stranger, "preview");

  // Nothing goes live that nobody agreed to, large changes twice.
  await page.goto(PUBLISH);
  await page.getByTestId("publish").click();
  await expect(page.getByTestId("seen-missing")).toBeVisible();
  await page.locator("[name=seen]").check();
  await page.getByTestId("publish").click();
  await expect(page.getByTestId("twice-missing")).toBeVisible();
  await expect(page.locator("[name=seen]")).toBeChecked();
  await page.locator("[name=twice]").check();
  await page.getByTestId("publish").click();
  await expect(page.getByTestId("done")).toBeVisible();
  const over = await stranger.goto(link);
  expect(over?.status()).toBe(404);
  await outside.close();

  // The first revision is withdrawn, and offered again; then the shop goes back to it.
  await page.getByTestId("withdraw-1").click();
  const row = page.getByTestId("revision").filter({ has: page.getByTestId("withdraw-1") });
  await expect(row).toContainText("1 open order of it stays as it is.");
  await look(page, "revisions");
  await page.goto(`${EDITOR}/revisions`);
  await page.getByTestId("withdraw-1").click();
  await page.locator("#reason-1").fill("A wrong price");
  await page.getByTestId("withdraw-now-1").click();
  await expect(page.getByTestId("done")).toBeVisible();
  await page.getByTestId("offer-again-1").click();
  await expect(page.getByTestId("resting")).toBeVisible();
  await page.getByTestId("roll-back-1").click();
  await look(page, "going-back");
  await page.getByTestId("roll-back").click();
  await expect(page.getByTestId("done")).toContainText("1");
});

/** A page of a browser without scripts. */
async function without(browser: Browser, shop: Shop): Promise<Page> {
  const context = await browser.newContext({ baseURL: shop.url, javaScriptEnabled: false });
  return context.newPage();
}

test("the gate works without scripts", async ({ shop, browser }) => {
  test.setTimeout(120_000);
  const page = await without(browser, shop);
  await enter(page, shop, "ben@example.org");
  await page.goto("/admin/products/bookcase?section=basics");
  await page.getByLabel("Base price").first().fill("1.00");
  await page.getByTestId("save-basics").click();
  await page.goto("/admin/products/bookcase/publish");
  await expect(page.getByTestId("effect")).toContainText("The standard design");
  await expect(page.getByTestId("replay-orders")).toContainText("There are none yet.");
  await page.getByTestId("make-preview").click();
  const link = await page.getByTestId("preview-link").innerText();
  await page.goto(link);
  await expect(page.getByTestId("draft")).toBeVisible();
  await page.getByRole("button", { name: "Update" }).click();
  await expect(page.getByTestId("draft")).toBeVisible();
  await expect(page.getByTestId("total")).toBeVisible();
  await page.goto("/admin/products/bookcase/publish");
  await page.locator("[name=seen]").check();
  await page.getByTestId("publish").click();
  await expect(page.getByTestId("twice-missing")).toBeVisible();
  await page.locator("[name=twice]").check();
  await page.getByTestId("publish").click();
  await expect(page.getByTestId("done")).toBeVisible();
  await page.getByTestId("roll-back-1").click();
  await page.getByTestId("roll-back").click();
  await expect(page.getByTestId("done")).toBeVisible();
  await page.context().close();
});
