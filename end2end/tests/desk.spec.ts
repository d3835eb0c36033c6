// The orders desk: by keyboard, and its core without scripts.
import type { Browser, Page } from "@playwright/test";
import { Shop, expect, expectAccessible, fillOrder, openProduct, ownShop, toOrder } from "./shop";

const test = ownShop();

const PASSWORD = "a kiln and a wheel";

async function place(page: Page, name: string): Promise<string> {
  await openProduct(page, "trainer");
  await toOrder(page);
  await fillOrder(page, name);
  await page.getByTestId("place-order").click();
  const heading = await page.getByTestId("order-number").innerText();
  return heading.replace(/\D/g, "");
}

/** Logs somebody in who was invited, on a page without scripts. */
async function enter(browser: Browser, shop: Shop, email: string, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ baseURL: shop.url, javaScriptEnabled, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(shop.command("admin", "invite", email));
  const passwords = page.locator("input[type=password]");
  await passwords.nth(0).fill(PASSWORD);
  await passwords.nth(1).fill(PASSWORD);
  await page.getByTestId("set-password").click();
  await expect(page).toHaveURL(/\/admin$/);
  return page;
}

test("orders are found, confirmed together, noted and printed, without scripts", async ({ page, shop, browser }) => {
  test.setTimeout(180_000);
  const numbers: string[] = [];
  for (const name of ["Ana Silva", "Bea Silva", "Cleo Silva", "Dora Other"]) numbers.push(await place(page, name));
  const shopper = page.url();
  const desk = await enter(browser, shop, "mia@example.org", false);

  await desk.goto("/admin/orders");
  await expect(desk.getByTestId("order")).toHaveCount(4);
  await desk.getByLabel("Find").fill("silva");
  await desk.getByTestId("show").click();
  await expect(desk.getByTestId("order")).toHaveCount(3);

  // Somebody else cancels one of them meanwhile.
  const other = await enter(browser, shop, "bo@example.org", true);
  await other.goto(`/admin/orders/${numbers[1]}`);
  await other.getByTestId("open-cancelled").focus();
  await other.keyboard.press("Enter");
  await other.getByLabel("Reason").fill("Ordered twice");
  await other.keyboard.press("Enter");
  await expect(other.getByTestId("state")).toContainText("Cancelled");

  for (const number of numbers.slice(0, 3)) await desk.getByLabel(`Order ${number}`, { exact: true }).check();
  await desk.getByTestId("confirm").click();
  await expect(desk.getByTestId("done")).toHaveText("2 orders are changed.");
  await expect(desk.getByTestId("refused")).toContainText(`Somebody else changed order ${numbers[1]} meanwhile`);
  await expect(desk.getByTestId("order")).toHaveCount(3);

  // Kept as a view, with what it asks for.
  await desk.goto("/admin/orders?q=silva&state=confirmed");
  await expect(desk.getByTestId("order")).toHaveCount(2);
  await desk.getByTestId("keep").click();
  await desk.getByLabel("Name of the view").fill("Silvas");
  await desk.getByTestId("keep-view").click();
  await desk.goto("/admin/orders");
  await desk.getByTestId("views").getByRole("link", { name: "Silvas" }).click();
  await expect(desk.getByTestId("order")).toHaveCount(2);

  await desk.getByTestId("order").first().getByRole("link").first().click();
  await desk.getByLabel("New note").fill("Call before sending");
  await desk.getByTestId("add-note").click();
  await expect(desk.getByTestId("notes")).toContainText("Call before sending");
  await desk.getByTestId("to-in_production").click();
  await expect(desk.getByTestId("history")).toContainText("Confirmed → In production");

  // On paper: what is built and for whom, no prices, no forms.
  await desk.emulateMedia({ media: "print" });
  await expect(desk.getByText("Call before sending")).toBeVisible();
  await expect(desk.locator("code").first()).toBeVisible();
  for (const hidden of [desk.getByTestId("breakdown"), desk.getByTestId("history"), desk.getByLabel("New note"), desk.getByTestId("log-out")]) {
    await expect(hidden).toBeHidden();
  }

  await page.goto(shopper);
  await expect(page.getByTestId("order-state")).toContainText("have not confirmed it yet");
  await desk.context().close();
  await other.context().close();
});

test("the desk is used by keyboard and is accessible on phones and desks", async ({ page, shop, browser }) => {
  test.setTimeout(180_000);
  const number = await place(page, "Eva Keys");
  const desk = await enter(browser, shop, "kim@example.org", true);
  await desk.goto("/admin/orders");
  await desk.getByLabel("Find").focus();
  await desk.keyboard.type("keys");
  await desk.keyboard.press("Enter");
  await expect(desk.getByTestId("order")).toHaveCount(1);
  await desk.getByLabel(`Order ${number}`, { exact: true }).focus();
  await desk.keyboard.press("Space");
  await desk.getByTestId("confirm").focus();
  await desk.keyboard.press("Enter");
  await expect(desk.getByTestId("state")).toHaveText("Confirmed");

  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }, { width: 320, height: 640 }]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await desk.setViewportSize(viewport);
      await desk.emulateMedia({ colorScheme });
      for (const address of ["/admin/orders", "/admin/orders?q=keys&due=2999-01-01", `/admin/orders/${number}`]) {
        await desk.goto(address);
        const what = `${address}, ${viewport.width}, ${colorScheme}`;
        await expectAccessible(desk, what);
        const over = await desk.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(over, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    }
  }
  await desk.context().close();
});

test("a program gets a key, works with it under its name, and is refused once it is ended", async ({ page, shop, browser }) => {
  test.setTimeout(120_000);
  const number = await place(page, "Ana Silva");
  const desk = await enter(browser, shop, "kim@example.org", true);
  await desk.goto("/admin/people");
  await desk.getByTestId("keys").click();
  await expect(desk.getByTestId("no-keys")).toContainText("No program has a key yet.");
  await expectAccessible(desk, "no keys");
  await desk.getByLabel("Name").fill("ERP");
  await desk.getByLabel("Role").selectOption("production");
  await desk.getByTestId("make").click();
  const field = desk.getByTestId("made").getByLabel("Key");
  await expect(field).toHaveAttribute("readonly", "");
  const key = await field.inputValue();
  await expect(desk.getByTestId("api-key")).toContainText("Never used");
  await expectAccessible(desk, "a key");

  // Without cookies, as a program asks.
  const headers = { authorization: `Bearer ${key}` };
  const program = await browser.newContext({ baseURL: shop.url });
  const moved = await program.request.post(`/api/v1/desk/orders/${number}/state`, { headers, data: { state: "confirmed", from: "placed" } });
  expect(moved.status()).toBe(200);
  await desk.goto(`/admin/orders/${number}`);
  await expect(desk.getByTestId("state")).toContainText("Confirmed");
  await expect(desk.locator("main")).toContainText("key:erp");

  await desk.goto("/admin/people/keys");
  await expect(desk.getByTestId("made")).toHaveCount(0);
  await expect(desk.getByTestId("api-key")).toContainText("Last used on");
  await desk.getByTestId("end").click();
  await desk.getByTestId("end-now").click();
  await expect(desk.getByTestId("done")).toContainText("key:erp is over");
  await expect(desk.getByTestId("api-key")).toHaveCount(0);
  const refused = await program.request.get("/api/v1/desk/orders", { headers });
  expect(refused.status()).toBe(401);
  await program.close();
  await desk.context().close();
});

test("a page of orders is ticked at once, and a sheet fits on one page upright and across", async ({ page, shop, browser, browserName }) => {
  test.setTimeout(120_000);
  const numbers = [await place(page, "Dora Tick"), await place(page, "Emil Tick")];
  const desk = await enter(browser, shop, "mia@example.org", true);
  // Orders of the tests before are there, too.
  await desk.goto("/admin/orders?q=Tick");
  await desk.getByTestId("tick-all").check();
  for (const number of numbers) await expect(desk.getByLabel(`Order ${number}`, { exact: true })).toBeChecked();
  await desk.getByLabel(`Order ${numbers[0]}`, { exact: true }).uncheck();
  await expect(desk.getByTestId("tick-all")).not.toBeChecked();
  await desk.getByTestId("tick-all").check();
  await desk.getByTestId("confirm-above").click();
  await expect(desk.getByTestId("done")).toHaveText("2 orders are changed.");
  await expect(desk.getByTestId("found")).toContainText("2 orders");

  await desk.goto(`/admin/orders/${numbers[0]}`);
  await expect(desk.getByTestId("print")).toBeVisible();
  // Only Chromium makes a file of what is printed.
  if (browserName !== "chromium") return;
  for (const landscape of [false, true]) {
    const sheet = (await desk.pdf({ format: "A4", landscape })).toString("latin1");
    expect(sheet.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  }
  // What is built keeps a readable width, across as well.
  await desk.setViewportSize({ width: 1050, height: 700 });
  await desk.emulateMedia({ media: "print" });
  const table = await desk.locator("#main table").first().boundingBox();
  expect(table?.width).toBeGreaterThan(500);
});
