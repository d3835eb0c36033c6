// Defaults learnt from other shoppers: asked for, explained, switched off.
import { Shop, expect, openProduct, option, picture, test as base, total } from "./shop";

/** A shop with made-up orders, once it has learnt from those of the bike and the trainer. */
const test = base.extend<{}, { shop: Shop }>({
  shop: [
    async ({}, use) => {
      const shop = await Shop.open();
      shop.command("demo-orders");
      await shop.restart();
      for (const product of ["travel-bike", "trainer"]) {
        const headers = { cookie: "atelier_personal=" };
        const why = async () => (await fetch(`${shop.url}/products/${product}/defaults`, { headers })).text();
        await expect.poll(why, { timeout: 180_000, intervals: [500] }).not.toContain("is being looked at");
      }
      await use(shop);
      await shop.close();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

/** The question about use stands behind one line until it is answered. */
async function answers(page: import("@playwright/test").Page) {
  const question = page.getByTestId("personal");
  if (!(await question.evaluate((details: HTMLDetailsElement) => details.open))) await question.locator("summary").click();
  return question.locator("[aria-pressed]");
}

const sources = (page: import("@playwright/test").Page) => page.getByTestId("source").allInnerTexts();

test("two uses start from different, explained designs, and the switch brings the standard back", async ({ page, context }) => {
  await openProduct(page, "travel-bike");
  expect(await context.cookies()).toEqual([]);
  const standard = { picture: await picture(page).innerHTML(), price: await total(page).innerText() };
  expect((await sources(page)).every((source) => !source.startsWith("Chosen"))).toBe(true);

  const starts: string[] = [];
  for (const index of [0, 2]) {
    const use = index === 0 ? "touring" : "train";
    await (await answers(page)).nth(index).click();
    await expect(page).toHaveURL(new RegExp(`_use=${use}&_base=`));
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    await expect((await answers(page)).nth(index)).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByTestId("start")).toContainText(/nearly all .* agree.* example orders/);
    const told = await sources(page);
    expect(told.some((source) => /Chosen in (\d+ of \d+|nearly all|all \d+) example orders of/.test(source)), told.join(" | ")).toBe(true);
    starts.push(await picture(page).innerHTML());
  }
  expect(new Set([...starts, standard.picture]).size).toBe(3);
  expect((await context.cookies()).map(({ name }) => name)).toEqual(["atelier_personal"]);

  // Another visit starts from the answer.
  await openProduct(page, "travel-bike");
  expect(await picture(page).innerHTML()).toBe(starts[1]);

  await page.getByTestId("personal-off").click();
  await expect(page.getByTestId("start")).toContainText("our standard");
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  expect(await picture(page).innerHTML()).toBe(standard.picture);
  await expect(total(page)).toHaveText(standard.price);
  expect(await context.cookies()).toEqual([]);
  await openProduct(page, "travel-bike");
  await expect(page.getByTestId("start")).toContainText("our standard");
});

test("one click reverts a personal start to the standard", async ({ page }) => {
  await openProduct(page, "trainer");
  const standard = await total(page).innerText();
  await (await answers(page)).nth(1).click();
  await expect(page.getByTestId("start")).toContainText(/nearly all .* agree/);
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await page.getByTestId("reset").click();
  await expect(page.getByTestId("start")).toContainText("our standard");
  await expect(total(page)).toHaveText(standard);
});

test("an answer keeps the choices already made", async ({ page }) => {
  await openProduct(page, "trainer", "?upper_colour=sky");
  await (await answers(page)).first().click();
  await expect(page).toHaveURL(/upper_colour=sky/);
  await expect(page.locator('[data-attribute="upper_colour"]').getByTestId("source")).toHaveText("Your choice");
});

test("an answer keeps what was chosen before the page was alive", async ({ page }) => {
  // The browser's code never arrives.
  await page.route(/\.wasm/, () => {});
  await page.goto("/products/trainer", { waitUntil: "commit" });
  await option(page, "upper", "knit").click();
  await (await answers(page)).first().click();
  await expect(page).toHaveURL(/_start=personal.*upper=knit/);
});

/** By attribute: the level that spoke, as the page of reasons has it. */
async function levels(page: import("@playwright/test").Page): Promise<Record<string, string>> {
  const rows = page.locator("[data-default]");
  const pairs = await rows.evaluateAll((all) => all.map((row) => [(row as HTMLElement).dataset.default, (row as HTMLElement).dataset.level]));
  return Object.fromEntries(pairs);
}

test("a returning touring rider and a first-time commuter see other defaults, each with its reason", async ({ browser, shop }) => {
  const seen: string[] = [];
  for (const [use, people] of [["On long tours with luggage", "touring riders"], ["To work and around town", "everyday riders"]] as const) {
    const context = await browser.newContext({ baseURL: shop.url });
    const page = await context.newPage();
    await openProduct(page, "travel-bike");
    await (await answers(page)).filter({ hasText: use }).click();
    await expect(page).toHaveURL(/_base=/);
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    // They come again, without any address but the product's.
    await openProduct(page, "travel-bike");
    const told = await sources(page);
    expect(told.some((source) => source.includes(`example orders of ${people}`)), told.join(" | ")).toBe(true);
    await page.getByTestId("why").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Why these defaults");
    const by = await levels(page);
    expect(Object.values(by)).toContain("use");
    expect(Object.values(by)).toContain("standard");
    await expect(page.locator("[data-level=use]").first()).toContainText(people);
    await expect(page.locator("[data-level=use]").first()).toContainText("kept aside");
    seen.push((await page.locator("[data-default]").allInnerTexts()).join("\n"));

    // One switch, and it is the standard; one more, and it is not.
    await page.getByTestId("personal-switch").click();
    await expect(page.getByTestId("start")).toContainText("our standard");
    expect(await context.cookies()).toEqual([]);
    await page.getByTestId("why").click();
    await expect(page.getByTestId("personal-state")).toContainText("are off");
    expect(Object.values(await levels(page))).not.toContain("use");
    await page.getByTestId("personal-switch").click();
    await expect(page).toHaveURL(/_start=personal/);
    expect((await context.cookies()).map(({ name }) => name)).toEqual(["atelier_personal"]);
    await context.close();
  }
  expect(seen[0]).not.toBe(seen[1]);
});

test("without consent nothing is personal, and offers follow this visit's choices", async ({ page, context }) => {
  await openProduct(page, "travel-bike", "?_start=personal&_use=touring");
  await expect(page.getByTestId("start")).toContainText("our standard");
  await openProduct(page, "travel-bike");
  const price = await total(page).innerText();
  await option(page, "frame", "trapeze").click();
  await expect(total(page)).not.toHaveText(price);
  await expect(page).toHaveURL(/frame=trapeze/);
  const chosen = await total(page).innerText();
  await page.getByTestId("offers").click();
  await expect(page.locator("main")).toContainText("What you chose during this visit is used");
  const offer = page.getByTestId("offer");
  await expect(offer).toHaveCount(1);
  const first = await offer.innerText();
  expect(first).toMatch(/example orders of shoppers/);
  expect(first).toMatch(/beside your design|as now/);
  await page.getByTestId("other-offers").click();
  expect(await offer.count()).toBeGreaterThan(1);

  // Nothing moved; other choices have other offers.
  await page.goBack();
  await page.goBack();
  await expect(total(page)).toHaveText(chosen);
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await option(page, "frame", "low_step").click();
  await expect(page).toHaveURL(/frame=low_step/);
  await page.getByTestId("offers").click();
  await expect(offer).toHaveCount(1);
  expect(await offer.innerText()).not.toBe(first);
  const offered = await page.getByTestId("total").innerText();
  await page.getByTestId("take").click();
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect(total(page)).toHaveText(offered);
  await expect(page.locator('[data-attribute="frame"]').getByTestId("source")).toHaveText("Your choice");
  expect((await context.cookies()).filter(({ name }) => name === "atelier_personal")).toEqual([]);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("starts, reasons, the switch and offers are pages and forms", async ({ page }) => {
    await page.goto("/products/travel-bike?frame=trapeze");
    await (await page.getByTestId("personal")).locator("summary").click();
    await page.getByTestId("personal").locator("[aria-pressed]").first().click();
    await expect(page).toHaveURL(/_start=personal.*frame=trapeze/);
    await page.getByTestId("offers").click();
    await expect(page.getByTestId("offer").first()).toContainText("touring riders");
    await page.getByTestId("take").first().click();
    await expect(page).toHaveURL(/frame=trapeze/);
    await page.getByTestId("why").click();
    await page.getByTestId("personal-switch").click();
    await expect(page.getByTestId("start")).toContainText("our standard");
    await expect(page).toHaveURL(/frame=trapeze/);
  });
});

test("what others with the same choices have is offered over the bar, taken by one click and undone by undo", async ({ page }) => {
  await openProduct(page, "travel-bike");
  const line = page.getByTestId("offer-line");
  await expect(line).toBeEmpty();
  await option(page, "frame", "trapeze").click();
  const offer = line.locator("[data-offered]");
  await expect(offer).toBeVisible();
  await expect(offer).toContainText(/Chosen (by|in) .*example/);
  await expect(offer).toContainText(/€|same price/);
  const { offered, value } = await offer.evaluate(({ dataset }: HTMLElement) => ({ ...dataset })) as Record<string, string>;
  const before = { total: await total(page).innerText(), picture: await picture(page).innerHTML() };
  const chosen = page.locator(`#attribute-${offered} input:checked`);
  const was = await chosen.evaluateAll((all: HTMLInputElement[]) => all.map(({ value }) => value));
  // By keyboard.
  await offer.getByRole("link", { name: "Take it" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(`#attribute-${offered}`).getByTestId("source")).toHaveText("Your choice");
  const field = page.locator(`#attribute-${offered} [data-option="${value}"] input`);
  await expect(field).toBeFocused();
  await expect(offer.and(page.locator(`[data-offered="${offered}"]`))).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect.poll(() => chosen.evaluateAll((all: HTMLInputElement[]) => all.map(({ value }) => value))).toEqual(was);
  await expect(total(page)).toHaveText(before.total);
  expect(await picture(page).innerHTML()).toBe(before.picture);
});

test("an offer that is not wanted is the last of this visit", async ({ page }) => {
  await openProduct(page, "travel-bike");
  await option(page, "frame", "trapeze").click();
  const line = page.getByTestId("offer-line");
  await line.getByRole("button", { name: "Not now" }).click();
  await expect(line).toBeEmpty();
  let asked = 0;
  page.on("request", (request) => (asked += request.url().includes("_part=1") ? 1 : 0));
  await option(page, "frame", "low_step").click();
  await expect(page).toHaveURL(/frame=low_step/);
  await page.reload();
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await page.waitForTimeout(1_500);
  expect(asked).toBe(0);
  await expect(line).toBeEmpty();
});

test("where the shop has no answer, nothing is offered and nothing is said", async ({ page }) => {
  await page.route(/offers\?.*_part=1/, (route) => route.fulfill({ status: 204 }));
  await openProduct(page, "travel-bike");
  const answered = page.waitForResponse(/_part=1/);
  await option(page, "frame", "trapeze").click();
  await answered;
  await expect(page.getByTestId("offer-line")).toBeEmpty();
});
