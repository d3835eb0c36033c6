// A merchandiser's day: in by the printed link, a draft with mistakes, stopped, published, rolled back.
import { resolve } from "node:path";
import { expect, expectAccessible, fillOrder, openProduct, option, ownShop, ruleText, saved, toOrder, total } from "./shop";

const test = ownShop();

const folder = resolve(__dirname, "../screenshots");

test("a draft is edited, stopped from being broken, published, and rolled back", async ({ page, shop, browser }) => {
  test.setTimeout(480_000);
  test.info().annotations.push({ type: "expected-status", description: "422" });

  // An order from before, with the standard of the first revision.
  await openProduct(page, "trainer", "?upper=leather");
  const before = await total(page).innerText();
  await toOrder(page);
  await fillOrder(page);
  await page.getByTestId("place-order").click();
  await page.getByTestId("order-number").waitFor();
  const order = { address: page.url(), text: await page.locator("main").innerText() };
  const opened = `/products/trainer?_revision=1&_start=standard&upper=leather`;

  // In by the printed link; it works once.
  const link = shop.command("admin", "invite", "ana@example.org");
  await page.goto(link);
  const passwords = page.locator("input[type=password]");
  await passwords.nth(0).fill("a kiln and a wheel");
  await passwords.nth(1).fill("a kiln and a wheel");
  await page.getByTestId("set-password").click();
  await expect(page).toHaveURL(/\/admin$/);
  await page.goto("/admin/products");
  await expect(page.getByTestId("product")).toHaveCount(5);
  const stranger = await browser.newPage();
  await stranger.goto(link);
  await expect(stranger.locator("main")).toContainText("atelier admin invite");
  await stranger.close();

  // Rename an option.
  await page.goto("/admin/products/trainer");
  const upper = page.getByTestId("attribute-upper");
  await upper.locator("summary").first().click();
  await upper.getByLabel("Name of Leather").fill("Full-grain leather");
  await page.getByTestId("save-attribute-upper").click();
  await expect(page.getByTestId("saved")).toBeVisible();
  // Its translations are of the former name.
  await expect(page.getByTestId("draft-state")).toContainText("2 things to settle");

  // A rule with a mistake is kept as typed and says where it is wrong.
  const rule = await ruleText(page);
  const sound = await rule.inputValue();
  await rule.fill("upper = lether implies sole = road");
  await page.getByTestId("save-rules").click();
  await expect(page.getByTestId("rule-mistake").locator("mark")).toHaveText("lether");
  await expect(page.getByTestId("rule-mistake")).toContainText("Did you mean 'leather'?");
  await expect(page.getByTestId("draft-state")).toContainText("1 problem");
  await page.screenshot({ path: `${folder}/admin-rule-mistake-desktop-light.png` });
  await expectAccessible(page, "editor with a mistake");
  await page.getByTestId("rule").first().locator("textarea").first().fill(sound);
  await page.getByTestId("save-rules").click();
  await expect(page.getByTestId("rule-mistake")).toHaveCount(0);

  // An invalid standard is stopped: knit does not go with the trail sole.
  await page.locator("#standard").getByLabel("Upper", { exact: true }).selectOption("knit");
  await page.locator("#standard").getByLabel("Sole", { exact: true }).selectOption("trail");
  await page.getByTestId("save-standard").click();
  await expect(page.getByTestId("problem").first()).toContainText("standard design is not valid");
  await page.goto("/admin/products/trainer/publish");
  await expect(page.getByTestId("problem").first()).toBeVisible();
  const version = await page.goto("/admin/products/trainer").then(() => page.locator("input[name=version]").first().inputValue());
  const forced = await page.request.post("/admin/products/trainer/publish", { form: { version, note: "", _end: "on" } });
  expect(forced.status()).toBe(422);
  await openProduct(page, "trainer");
  await expect(option(page, "upper", "leather").getByText("Leather", { exact: true })).toBeVisible();
  await page.goto("/admin/products/trainer");
  await page.locator("#standard").getByLabel("Upper", { exact: true }).selectOption("mesh");
  await page.locator("#standard").getByLabel("Sole", { exact: true }).selectOption("road");
  await page.getByTestId("save-standard").click();
  await expect(page.getByTestId("problem")).toHaveCount(0);
  await expect(page.getByTestId("draft-state")).toContainText("2 things to settle");

  // A price change is published and seen in the shop.
  await page.getByTestId("attribute-upper").locator("summary").first().click();
  await page.getByLabel("Price of Full-grain leather").fill("99.50");
  await page.getByTestId("save-attribute-upper").click();
  await saved(page);
  await page.goto("/admin/products/trainer/publish");
  // Its translations are of the former text, and still right.
  for (const language of ["العربية", "Deutsch"]) await page.getByRole("button", { name: `They are still right: all stale texts in ${language}` }).click();
  await expect(page.getByTestId("change").first()).toBeVisible();
  await page.screenshot({ path: `${folder}/admin-publish-desktop-light.png`, fullPage: true });
  await page.locator("[name=note]").fill("Leather costs more this winter");
  await page.locator("[name=seen]").check();
  await page.locator("[name=twice]").check();
  await page.getByTestId("publish").click();
  await expect(page.getByTestId("done")).toBeVisible();
  await openProduct(page, "trainer");
  await expect(option(page, "upper", "leather").getByText("Full-grain leather", { exact: true })).toBeVisible();
  await expect(option(page, "upper", "leather")).toContainText("+€99.50");

  // The older order and the design opened before are as they were.
  await page.goto(order.address);
  expect(await page.locator("main").innerText()).toBe(order.text);
  await page.goto(opened);
  await expect(total(page)).toHaveText(before);
  await expect(page.locator("#configurator")).toContainText("The menu has changed since you began");

  // Rolled back, the shop sells the first revision again.
  await page.goto("/admin/products/trainer/revisions");
  await page.getByTestId("roll-back-1").click();
  await expect(page.getByTestId("repriced").filter({ hasText: "Upper: Leather" })).toContainText("€99.50");
  await expect(page.getByTestId("replay-orders")).toBeVisible();
  await page.getByTestId("roll-back").click();
  await expect(page.getByTestId("done")).toContainText("Revision 1 is live again");
  await openProduct(page, "trainer");
  await expect(option(page, "upper", "leather").getByText("Leather", { exact: true })).toBeVisible();
  await page.goto("/admin/orders");
  await expect(page.getByTestId("order")).toHaveCount(1);
  await page.getByTestId("order").getByRole("link").first().click();
  await expect(page.locator("main")).toContainText("Ana Lopez");

  // Pictures of the admin for people to look at.
  const placed = page.url();
  const outside = await (await browser.newContext({ baseURL: shop.url, reducedMotion: "reduce" })).newPage();
  const invitation = shop.command("admin", "invite", "ben@example.org");
  for (const [device, viewport] of [["desktop", { width: 1440, height: 900 }], ["phone", { width: 390, height: 844 }]] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      for (const [name, address] of [
        ["today", "/admin"],
        ["products", "/admin/products"],
        ["editor", "/admin/products/trainer"],
        ["publish", "/admin/products/trainer/publish"],
        ["revisions", "/admin/products/trainer/revisions"],
        ["orders", "/admin/orders"],
        ["order", placed],
      ]) {
        await page.goto(address);
        await page.screenshot({ path: `${folder}/admin-${name}-${device}-${colorScheme}.png` });
        await expectAccessible(page, `${name}, ${device}, ${colorScheme}`);
      }
      await outside.setViewportSize(viewport);
      await outside.emulateMedia({ colorScheme });
      for (const [name, address] of [["login", "/admin/login"], ["invitation", invitation]]) {
        await outside.goto(address);
        await outside.screenshot({ path: `${folder}/admin-${name}-${device}-${colorScheme}.png` });
        await expectAccessible(outside, `${name}, ${device}, ${colorScheme}`);
      }
    }
  }
  await outside.context().close();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByTestId("log-out").click();
  await expect(page).toHaveURL(/\/admin\/login/);
  await page.goto("/admin");
  await expect(page).toHaveURL(/\/admin\/login/);
});
