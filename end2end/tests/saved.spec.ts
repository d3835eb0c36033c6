// Designs that save themselves, are shared and opened again; pages and orders while the shop is away.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, fillOrder, openProduct, option, test, toOrder, total } from "./shop";

for (const [slug, attribute, code] of [
  ["travel-bike", "colour", "lake"],
  ["coffee-machine", "trim", "brass"],
]) {
  test(`${slug}: a design saves itself, and the product offers to go on`, async ({ page, context, browser, baseURL }) => {
    await openProduct(page, slug);
    await expect(page.getByTestId("left")).toHaveCount(0);
    const saved = page.waitForResponse((answer) => answer.url().endsWith("/save") && answer.ok());
    await option(page, attribute, code).click();
    const price = await total(page).innerText();
    await saved;
    expect((await context.cookies()).find(({ name }) => name === "atelier_designs")?.httpOnly).toBe(true);
    await page.goto(`/products/${slug}`);
    await expect(page.getByTestId("left")).toContainText(price);
    await expectAccessible(page, "a design to go on with");
    await page.getByTestId("left").getByRole("link").click();
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    await expect(option(page, attribute, code).locator("input")).toBeChecked();
    await expect(total(page)).toHaveText(price);

    // The link goes on in another browser, whose storage knows nothing.
    await page.getByTestId("save").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page, "the link of a saved design");
    const link = await page.getByTestId("link").inputValue();
    await page.goto(`${link}/link`);
    await expectAccessible(page, "the page of a link");
    const other = await (await browser.newContext({ baseURL })).newPage();
    await other.goto(link);
    await expect(option(other, attribute, code).locator("input")).toBeChecked();
    await other.context().close();
  });
}

for (const [slug, attribute, codes] of [
  ["travel-bike", "colour", ["lake", "sage", "cream"]],
  ["coffee-machine", "trim", ["brass", "graphite", "copper"]],
] as const) {
  test(`two devices that change one design are told, ${slug}`, async ({ page, browser, baseURL }) => {
    const saved = (on: Page) => on.waitForResponse((answer) => answer.url().endsWith("/save") && answer.ok());
    await openProduct(page, slug);
    const first = saved(page);
    await option(page, attribute, codes[0]).click();
    await first;
    await page.getByTestId("save").click();
    const link = await page.getByTestId("link").inputValue();
    await page.keyboard.press("Escape");

    const other = await (await browser.newContext({ baseURL, reducedMotion: "reduce" })).newPage();
    await other.goto(link);
    await expect(other.locator("#configurator[data-alive]")).toBeVisible();
    const second = saved(other);
    await option(other, attribute, codes[1]).click();
    await second;
    await expect(other.getByTestId("elsewhere").locator("p")).toBeHidden();

    const third = saved(page);
    await option(page, attribute, codes[2]).click();
    await third;
    await expect(page.getByTestId("elsewhere")).toContainText("changed on another device, too");
    await expectAccessible(page, "a design that was changed elsewhere, too");
    await page.getByRole("link", { name: "Show the other one" }).click();
    await expect(option(page, attribute, codes[1]).locator("input")).toBeChecked();
    await other.context().close();
  });
}

for (const [slug, attribute, code, name] of [
  ["travel-bike", "colour", "lake", "Lake"],
  ["coffee-machine", "trim", "brass", "brass"],
]) {
  test(`a shared design starts one's own and stays as it is, ${slug}`, async ({ page, browser, baseURL }) => {
    await openProduct(page, slug, `?${attribute}=${code}`);
    const price = await total(page).innerText();
    await page.getByTestId("share").click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("A link to share");
    await expect(dialog.locator("svg").first()).toBeVisible();
    await dialog.locator("summary").click();
    await expect(dialog.getByTestId("design-words")).toHaveValue(new RegExp(name));
    const link = await page.getByTestId("link").inputValue();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();

    const friend = await (await browser.newContext({ baseURL, reducedMotion: "reduce" })).newPage();
    await friend.goto(link);
    await expect(friend.locator("#configurator[data-alive]")).toBeVisible();
    await expect(friend.getByTestId("notices")).toContainText("shared with you");
    const saved = friend.waitForResponse((answer) => answer.url().endsWith("/save") && answer.ok());
    const others = friend.locator(`[data-attribute="${attribute}"] [data-option]:not([data-option="${code}"])`);
    await others.first().click();
    await saved;
    await page.goto(link);
    await expect(option(page, attribute, code).locator("input")).toBeChecked();
    await expect(total(page)).toHaveText(price);
    await friend.goto(`/products/${slug}`);
    await expect(friend.getByTestId("left")).toBeVisible();
    await friend.context().close();
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a button gives the link", async ({ page }) => {
    await page.goto("/products/trainer?upper=leather");
    await page.getByTestId("save").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your design is saved");
    const link = await page.getByTestId("link").inputValue();
    await page.goto(link);
    await expect(option(page, "upper", "leather").locator("input")).toBeChecked();
    await page.goto("/products/trainer");
    await expect(page.getByTestId("left")).toBeVisible();
  });
});

test("what is typed into an order survives reload, back and a change of the design", async ({ page }) => {
  await openProduct(page, "travel-bike", "?colour=lake");
  await toOrder(page);
  await fillOrder(page, "Mia Sato");
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Mia Sato");
  await page.getByRole("link", { name: "Change the design" }).click();
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await toOrder(page);
  await expect(page.getByLabel("Name")).toHaveValue("Mia Sato");
  await expect(page.getByLabel("Delivery address")).toHaveValue(/Gran Via/);
  expect(page.url()).not.toContain("Mia");
  await page.getByTestId("place-order").click();
  await expect(page).toHaveURL(/\/orders\//);
  await page.getByTestId("ways-on").getByRole("link", { name: "Order it again", exact: true }).click();
  await expect(page.getByLabel("Name")).toHaveValue("");
});

test("what is wrong with an order is said without another page", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await openProduct(page, "travel-bike", "?colour=lake");
  await toOrder(page);
  await page.getByLabel("Name").fill("Mia Sato");
  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("order-errors")).toBeFocused();
  await expect(page.getByLabel("Name")).toHaveValue("Mia Sato");
  await page.getByLabel("E-mail").fill("mia@example.org");
  await page.getByLabel("Delivery address").fill("Gran Via 1\n28013 Madrid");
  await page.getByTestId("place-order").click();
  await expect(page).toHaveURL(/\/orders\//);
});

test("an order goes through by itself once the shop is back, once", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "503" });
  await openProduct(page, "bookcase");
  await toOrder(page);
  await fillOrder(page);
  // The first attempt reaches the shop, and its answer is lost; those after it find the shop away.
  let attempts = 0;
  let isAway = true;
  await page.route("**/order?**", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    attempts += 1;
    if (!isAway) return route.continue();
    if (attempts === 1) await route.fetch({ maxRedirects: 0 });
    return route.fulfill({ status: 503, headers: { "retry-after": "1" }, body: "" });
  });
  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("away")).toContainText("can’t be reached");
  await expect(page.getByTestId("away")).toBeVisible();
  await expectAccessible(page, "the shop is away");
  isAway = false;
  await page.getByTestId("away").getByRole("button").click();
  await expect(page).toHaveURL(/\/orders\//, { timeout: 20_000 });
  expect(attempts).toBeGreaterThan(1);
  await expect(page.getByTestId("order-number")).toBeVisible();
});

/** Fields by the names of what a form has of itself, as a product's attributes may be called: the form has them in its place. */
async function shadow(page: Page, path: string, form: string) {
  const names = ["action", "elements", "method", "id", "name", "target", "submit", "reset"];
  const fields = names.map((name) => `<input type="hidden" form="${form}" name="${name}" value="x" disabled>`).join("");
  await page.route(`**${path}*`, async (route) => {
    if (route.request().resourceType() !== "document" || route.request().method() !== "GET") return route.fallback();
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace("</body>", `${fields}</body>`) });
  });
}

test("attributes may be called what a form has of itself", async ({ page }) => {
  await shadow(page, "/products/travel-bike", "design");
  await openProduct(page, "travel-bike");
  expect(await page.locator("#design").evaluate((form: HTMLFormElement) => (form.action as unknown) instanceof HTMLInputElement)).toBe(true);
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/save") && answer.ok());
  await option(page, "colour", "lake").click();
  await saved;
  await page.getByTestId("share").click();
  await expect(page.getByTestId("link")).toHaveValue(/\/d\//);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await expect(option(page, "colour", "lake").locator("input")).not.toBeChecked();
  await shadow(page, "/products/travel-bike/order", "order");
  await page.goto("/products/travel-bike/order?_revision=1&_start=standard");
  await page.getByLabel("Name").fill("Bo Larsen");
  await page.getByLabel("E-mail").fill("bo.shadow@example.org");
  await page.getByLabel("Delivery address").fill("Harbour Street 4\n1000 Portside");
  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("order-number")).toBeVisible();
});

test("the way to the order waits until the shop is back", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "503" });
  await openProduct(page, "travel-bike");
  let isAway = true;
  await page.route("**/servez", (route) => (isAway ? route.fulfill({ status: 503, body: "" }) : route.continue()));
  await page.getByTestId("order").click();
  await expect(page.getByTestId("away")).toContainText("can’t be reached");
  // The design goes on meanwhile.
  await option(page, "colour", "lake").click();
  isAway = false;
  await page.getByTestId("away").getByRole("button", { name: "Try now" }).click();
  await expect(page).toHaveURL(/\/order\?.*colour=lake/, { timeout: 20_000 });
});

// As pages that another release rendered: the server has no script of their addresses.
for (const isChanged of [true, false]) {
  test(`a page whose script is gone is fetched anew once${isChanged ? ", with what was changed on it" : ""}`, async ({ page, context }) => {
    test.slow();
    test.info().annotations.push({ type: "expected-status", description: "404" });
    const pages: string[] = [];
    page.on("response", (answer) => {
      const isPage = answer.request().resourceType() === "document" && answer.ok();
      if (isPage && new URL(answer.url()).pathname === "/products/travel-bike") pages.push(answer.url());
    });
    await page.route("**/products/travel-bike", async (route) => {
      if (pages.length > 0 || route.request().resourceType() !== "document") return route.fallback();
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/(?<=atelier(?:_bg)?\.(?:js|wasm)\?v=)[0-9a-f]{16}/g, "0".repeat(16));
      expect(body).toContain("atelier.js?v=0000000000000000");
      return route.fulfill({ response: answer, body });
    });
    let goOn = () => {};
    const isReady = new Promise<void>((done) => (goOn = done));
    await page.route(/atelier\.js\?v=0{16}$/, async (route) => {
      await isReady;
      return route.fallback();
    });
    const gone = page.waitForResponse((answer) => answer.url().endsWith("atelier.js?v=0000000000000000") && answer.status() === 404);
    await page.goto("/products/travel-bike", { waitUntil: "commit" });
    const lake = option(page, "colour", "lake");
    if (isChanged) await lake.locator("input").check({ force: true });
    const saved = isChanged && page.waitForResponse((answer) => answer.url().endsWith("/save") && answer.ok());
    goOn();
    await gone;
    await expect(page.locator("#configurator[data-alive]")).toBeVisible({ timeout: 30_000 });
    await expect(lake.locator("input")).toBeChecked({ checked: isChanged });
    expect(pages).toHaveLength(2);
    if (!isChanged) return;
    await saved;
    expect((await context.cookies()).some(({ name }) => name === "atelier_designs")).toBe(true);
    await page.goto("/products/travel-bike");
    await expect(page.getByTestId("left")).toContainText(/./);
  });
}
