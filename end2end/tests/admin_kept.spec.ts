// What is typed in the admin is kept: after a clash, while the shop is away, when a session ends; and what is done to many things at once is
// taken back at once.
import { type Page } from "@playwright/test";
import { enter, expect, expectAccessible, ownShop, saved } from "./shop";

const test = ownShop();

const EDITOR = "/admin/products/trainer";

test("after a clash what was typed goes with its entry, and what others removed comes as another one", async ({ page, shop, browser }) => {
  test.info().annotations.push({ type: "expected-status", description: "409" });
  await enter(page, shop, "uma@example.org");
  await page.goto(EDITOR);
  const context = await browser.newContext({ baseURL: shop.url });
  const other = await context.newPage();
  await enter(other, shop, "vic@example.org");
  await other.goto(EDITOR);
  const price = (who: Page, name: string) => who.locator(`#prices [name='${name}']`);
  const [first, second] = await Promise.all([0, 1].map((at) => price(page, `label.${at}`).inputValue()));
  await price(other, "amount.1").fill("7");
  await price(other, "amount.1").press("Tab");
  await saved(other);
  await other.locator("#prices button[value='remove:0']").click();
  await expect(price(other, "label.0")).toHaveValue(second);
  await saved(other);
  await price(page, "amount.0").fill("5");
  await price(page, "amount.1").fill("8");
  await price(page, "amount.1").press("Tab");
  await expect(page.getByTestId("conflict")).toBeVisible();
  await expect(price(page, "label.0")).toHaveValue(second);
  await expect(price(page, "amount.0")).toHaveValue("8");
  await expect(page.locator("#prices").getByTestId("saved-now").filter({ hasText: "7.00" })).toHaveCount(1);
  await expect(price(page, "new.label")).toHaveValue(first);
  await expect(price(page, "new.amount")).toHaveValue("5");
  await page.getByTestId("save-prices").click();
  await expect(page.getByTestId("conflict")).toHaveCount(0);
  await saved(page);
  const html = await (await page.request.get(EDITOR)).text();
  const read = (text: string) => [...new DOMParser().parseFromString(text, "text/html").querySelectorAll("#prices [name^='label.'], #prices [name^='amount.']")].map((input) => input.getAttribute("value") ?? "");
  expect(await page.evaluate(read, html)).toEqual([second, "8.00", first, "5.00"]);
  await context.close();
});

test("a form of the admin waits for a shop that is away, and is put back where the session ended meanwhile", async ({ page, shop }) => {
  test.info().annotations.push({ type: "expected-status", description: "503" });
  const who = "wim@example.org";
  await enter(page, shop, who);
  await page.goto("/admin/settings");
  const hours = page.locator("[name='contact.hours']");
  await hours.fill("At night");
  let sent = 0;
  page.on("request", (request) => (sent += request.method() === "POST" ? 1 : 0));
  await page.route("**/servez", (route) => route.fulfill({ status: 503, body: "" }));
  await page.getByTestId("save").click();
  const away = page.getByTestId("away");
  await expect(away.locator("p")).toBeVisible();
  await expect(away).toContainText("can’t be reached");
  await expectAccessible(page, "a form of the admin waits");
  await expect(hours).toHaveValue("At night");
  expect(sent).toBe(0);
  const tab = await page.context().newPage();
  await tab.goto("/admin");
  await tab.getByTestId("log-out").click();
  await expect(tab).toHaveURL(/login/);
  await tab.close();
  await page.unroute("**/servez");
  await away.getByRole("button", { name: "Try now" }).click({ timeout: 2_000 }).catch(() => undefined);
  await expect(page).toHaveURL(/login/);
  await page.waitForLoadState();
  await page.getByLabel("E-mail").fill(who);
  await page.locator("input[type=password]").fill("a kiln and a wheel");
  await page.getByTestId("log-in").click();
  await expect(page).toHaveURL(/\/admin\/settings/);
  await expect(page.getByTestId("put-back")).toBeVisible();
  await expect(hours).toHaveValue("At night");
  await page.getByTestId("save").click();
  await expect(page.getByTestId("done")).toBeVisible();
  await expect(page.getByTestId("put-back")).toBeHidden();
  await expect(hours).toHaveValue("At night");
});

test("a form that waited and was not sent is not taken for one that was", async ({ page, shop }) => {
  test.info().annotations.push({ type: "expected-status", description: "503" });
  await enter(page, shop, "xia@example.org");
  await page.goto("/admin/new");
  const name = page.locator("#fresh-name");
  await name.fill("Stool");
  await page.locator("#fresh-attribute").fill("Wood");
  await page.locator("#fresh-options").fill("Oak\nAsh");
  await page.route("**/servez", (route) => route.fulfill({ status: 503, body: "" }));
  await page.getByTestId("begin").click();
  const away = page.getByTestId("away");
  await expect(away.locator("p")).toBeVisible();
  await away.getByRole("button", { name: "Stay here" }).click();
  await expect(away.locator("p")).toBeHidden();
  await page.unroute("**/servez");
  // Leaving asks, as ever.
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked += 1;
    void dialog.accept();
  });
  await page.getByRole("link", { name: "Atelier", exact: true }).click();
  await expect(page).toHaveURL(/\/admin$/);
  expect(asked).toBe(1);
  await page.goto("/admin/new");
  await expect(page.getByTestId("put-back")).toBeVisible();
  await expect(name).toHaveValue("Stool");
});

test("many rows that were saved at once are taken back on their page, whatever was saved by itself before", async ({ page, shop }) => {
  await enter(page, shop, "yan@example.org");
  await page.goto(`${EDITOR}/texts/fr`);
  const text = page.locator('[name="text.name"]');
  const before = await text.inputValue();
  await text.fill("Tennis");
  await expect(page.getByTestId("saving")).toHaveText("Saved");
  await page.locator("#bar").getByTestId("undo").click();
  await expect(page.getByTestId("saving")).toHaveText("");
  await expect(text).toHaveValue(before);
  await expect(page.locator("#bar").getByTestId("undo")).toHaveCount(0);
});

for (const javaScriptEnabled of [true, false]) {
  test(`on a phone the page that is shown is in sight among a product's pages, scripts ${javaScriptEnabled ? "on" : "off"}`, async ({ browser, shop }) => {
    const context = await browser.newContext({ baseURL: shop.url, viewport: { width: 390, height: 844 }, javaScriptEnabled });
    const page = await context.newPage();
    await enter(page, shop, `zoe-${javaScriptEnabled}@example.org`);
    await page.goto(`${EDITOR}/insight`);
    const here = page.locator("#bar nav [aria-current]");
    await expect(here).toHaveText("Insight");
    const end = async () => {
      const box = await here.boundingBox();
      return box ? [Math.sign(Math.floor(box.x)), box.x + box.width <= 390] : [];
    };
    await expect.poll(end).toEqual([1, true]);
    await context.close();
  });
}
