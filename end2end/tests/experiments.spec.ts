// An experiment whose groups are shown the same design otherwise: started in the admin, kept by shoppers, counted in the report.
import type { Browser, Page } from "@playwright/test";
import { Shop, enter, expect, expectAccessible, openProduct, option, press, send, test as base, type } from "./shop";

const PRODUCT = "/products/coffee-machine";
const GROUPS = ["badge", "reason-first", "all-options", "most-changed-first"] as const;
type Group = (typeof GROUPS)[number];
/** Within their steps, what was changed most first. */
const CHANGED = ["grinder", "pump", "cup_warmer", "trim"];

/** A shop that has learnt from made-up orders, in which some attributes were changed. */
const test = base.extend<object, { shop: Shop }>({
  shop: [
    async ({}, use) => {
      const shop = await Shop.open();
      shop.command("demo-orders");
      await shop.restart();
      const why = async () => (await fetch(`${shop.url}${PRODUCT}/defaults`, { headers: { cookie: "atelier_personal=" } })).text();
      await expect.poll(why, { timeout: 180_000, intervals: [500] }).not.toContain("is being looked at");
      const told = ["revision=1", "new=1", ...CHANGED.map((code) => `changed=${code}`)].join("&");
      const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
      for (let visit = 0; visit < 20; visit++) await fetch(`${shop.url}${PRODUCT}/counts`, { method: "POST", headers, body: told });
      await use(shop);
      await shop.close();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

test.describe.configure({ mode: "serial" });

/** The number in the cookie of a shopper of each group, and how many had to come for that. */
const visitors = new Map<Group, string>();
let came = 0;
let report = "";

/** Which group's page it is; nothing for the holdout's. */
function groupOf(html: string): Group | undefined {
  if (html.includes('data-testid="recommended"')) return "badge";
  if (html.includes('data-testid="reason"')) return "reason-first";
  if (/data-attribute="colour".*?<details[^>]* open/s.test(html)) return "all-options";
  if (html.indexOf('data-attribute="grinder"') < html.indexOf('data-attribute="hoppers"')) return "most-changed-first";
  return undefined;
}

/** The page of a shopper who is in a group already. */
async function shopper(browser: Browser, shop: Shop, group: Group, scripts = true): Promise<Page> {
  const context = await browser.newContext({ baseURL: shop.url, javaScriptEnabled: scripts });
  await context.addCookies([{ name: "atelier_personal", value: visitors.get(group)!, url: shop.url }]);
  const page = await context.newPage();
  page.on("console", (message) => expect(message.type(), message.text()).not.toBe("error"));
  page.on("pageerror", (error) => expect(String(error)).toBe(""));
  return page;
}

const reload = async (page: Page) => {
  await page.reload();
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
};

/** The codes of the attributes as they stand in the document. */
const attributes = (page: Page) =>
  page.locator("[data-attribute]").evaluateAll((all) => all.map((part) => (part as HTMLElement).dataset.attribute));

test("an experiment with four groups is started by keyboard", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await page.goto("/admin/experiments/new?product=coffee-machine");
  await expect(page.getByText("Beans: Grinder, Bean hoppers, Hopper size")).toBeVisible();
  await type(page.getByLabel("Name"), "How it is shown");
  for (const group of GROUPS) await type(page.locator(`#${group}`), "22");
  const usual = { lift: "50", orders: "5", value: "1500", cap: "4500", window: "14" };
  for (const [name, text] of Object.entries(usual)) await type(page.locator(`#${name}`), text);
  await send(page.getByTestId("plan"));
  await expect(page.getByTestId("takes")).toContainText("visitors to see a lift of 50 %");
  await expectAccessible(page, "a new experiment");
  await send(page.getByTestId("start"));
  await expect(page.getByTestId("state")).toContainText("It runs: day 1");
  report = page.url();
});

test("chance puts shoppers who agreed into every group", async ({ shop }) => {
  const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
  for (; visitors.size < GROUPS.length && came < 40; came++) {
    const answered = await fetch(`${shop.url}${PRODUCT}/start`, { method: "POST", headers, body: "_use=office", redirect: "manual" });
    const cookie = answered.headers.getSetCookie().map((one) => one.split(";")[0]).find((one) => one.startsWith("atelier_personal="))!;
    const page = await fetch(new URL(answered.headers.get("location")!, shop.url), { headers: { cookie } });
    const group = groupOf(await page.text());
    if (group) visitors.set(group, cookie.slice(cookie.indexOf("=") + 1));
  }
  expect([...visitors.keys()].sort()).toEqual([...GROUPS].sort());
});

test("a group has what would be chosen marked, also after a reload", async ({ browser, shop }) => {
  const page = await shopper(browser, shop, "badge");
  await openProduct(page, "coffee-machine");
  for (const visit of ["first", "again"]) {
    const marked = page.locator("label").filter({ has: page.getByTestId("recommended") });
    expect(await marked.count(), visit).toBeGreaterThan(0);
    for (const input of await marked.locator("input").all()) await expect(input).not.toBeChecked();
    await reload(page);
  }
  await page.context().close();
});

test("a group has long menus open, also after a reload", async ({ browser, shop }) => {
  const page = await shopper(browser, shop, "all-options");
  await openProduct(page, "coffee-machine");
  const colours = page.locator('[data-attribute="colour"] [data-option]:visible');
  await expect(colours).toHaveCount(216);
  await reload(page);
  await expect(colours).toHaveCount(216);
  await page.context().close();
});

test("a group has the reason before the value, which a choice takes away", async ({ browser, shop }) => {
  const page = await shopper(browser, shop, "reason-first");
  await openProduct(page, "coffee-machine");
  const part = page.locator("[data-attribute]").filter({ has: page.locator('[data-testid="reason"]', { hasText: "offices" }) }).first();
  const code = (await part.getAttribute("data-attribute"))!;
  const place = page.locator(`[data-attribute="${code}"]`);
  const head = () => place.evaluate((all) => {
    const [reason, value, source] = ["reason", "value", "source"].map((name) => all.querySelector<HTMLElement>(`[data-testid=${name}]`)!);
    const isBefore = (reason.compareDocumentPosition(value) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
    return { isBefore, reason: reason.textContent!.trim(), source: source.textContent!.trim() };
  });
  for (const visit of ["first", "again"]) {
    expect(await head(), visit).toEqual({ isBefore: true, reason: expect.stringContaining("offices"), source: "" });
    await reload(page);
  }
  await page.screenshot({ path: "end2end/screenshots/reason-first.png" });
  await expectAccessible(page, "reasons first");
  const other = place.locator("label:not(.blocked)").filter({ has: page.locator("input:not(:checked)") }).first();
  await other.click();
  await expect(place.getByTestId("source")).toHaveText("Your choice");
  await expect(place.getByTestId("reason")).toHaveText("");
  await page.goBack();
  await page.context().close();
});

test("a group has what is changed most first, with and without scripts, and for the keyboard", async ({ browser, shop }) => {
  const page = await shopper(browser, shop, "most-changed-first");
  await openProduct(page, "coffee-machine");
  const order = await attributes(page);
  expect(order.slice(0, 5)).toEqual(["grinder", "hoppers", "hopper_size", "pump", "chamber"]);
  await reload(page);
  expect(await attributes(page)).toEqual(order);
  // A choice leaves everything where it is.
  await option(page, "hoppers", "2").or(page.locator('[data-attribute="hoppers"] label:has(input:not(:checked)):not(.blocked)').first()).first().click();
  await expect(page.locator('[data-attribute="hoppers"]').getByTestId("source")).toHaveText("Your choice");
  expect(await attributes(page)).toEqual(order);
  await page.locator('[data-attribute="grinder"] input:checked').focus();
  const focused = () => page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-attribute]")?.dataset.attribute);
  await expect.poll(async () => (await page.keyboard.press("Tab"), focused())).toBe("hoppers");
  await page.context().close();

  const plain = await shopper(browser, shop, "most-changed-first", false);
  await plain.goto(PRODUCT);
  expect(await attributes(plain)).toEqual(order);
  await plain.context().close();
});

test("the report counts each visitor once, in their group", async ({ page, shop }) => {
  await enter(page, shop, "bo@example.org");
  await page.goto(report);
  const counts = (await page.getByTestId("came").allInnerTexts()).map(Number);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(came);
  for (const count of counts.slice(1)) expect(count).toBeGreaterThan(0);
  await expect(page.getByText("The order in which what is changed most comes first: Beans: Grinder")).toBeVisible();
  await expectAccessible(page, "an experiment");
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `end2end/screenshots/experiment-${width}.png`, fullPage: true });
  }
  await press(page.getByTestId("ask-end"));
  await send(page.getByTestId("end"));
  await expect(page.getByTestId("state")).toContainText("Ended");
});
