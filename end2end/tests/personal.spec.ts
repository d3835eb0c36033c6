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
    await expect(page.getByTestId("start")).toContainText(/at least 95 in 100 .* example orders/);
    const told = await sources(page);
    expect(told.some((source) => /Chosen in (\d+ of \d+|all \d+) example orders of/.test(source)), told.join(" | ")).toBe(true);
    starts.push(await picture(page).innerHTML());
  }
  expect(new Set([...starts, standard.picture]).size).toBe(3);
  expect((await context.cookies()).map(({ name }) => name)).toEqual(["atelier_personal"]);

  // Another visit starts from the answer.
  await openProduct(page, "travel-bike");
  await expect.poll(() => picture(page).innerHTML()).toBe(starts[1]);

  await page.getByTestId("personal-off").click();
  await expect(page.getByTestId("start")).toContainText("our standard");
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect.poll(() => picture(page).innerHTML()).toBe(standard.picture);
  await expect(total(page)).toHaveText(standard.price);
  expect(await context.cookies()).toEqual([]);
  await openProduct(page, "travel-bike");
  await expect(page.getByTestId("start")).toContainText("our standard");
});

test("one click reverts a personal start to the standard", async ({ page }) => {
  await openProduct(page, "trainer");
  const standard = await total(page).innerText();
  await (await answers(page)).nth(1).click();
  await expect(page.getByTestId("start")).toContainText(/at least 95 in 100/);
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
  await expect(page.locator("main")).toContainText("Counted are all orders of this product");
  const offer = page.getByTestId("offer");
  await expect(offer).toHaveCount(1);
  const first = await offer.innerText();
  expect(first).toMatch(/example orders of shoppers/);
  expect(first).toMatch(/beside your design|as now/);
  await page.getByTestId("other-offers").click();
  await expect.poll(() => offer.count()).toBeGreaterThan(1);

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

/** Until the page has what was learnt. */
async function learnt(page: import("@playwright/test").Page) {
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  const address = await page.locator("#offered").getAttribute("data-habits");
  await expect.poll(() => page.evaluate((name) => performance.getEntriesByName(new URL(name!, location.href).href).length, address)).toBe(1);
}

for (const [tag, reason, price] of [["en", /Chosen (by|in) .*example/, /€|same price/], ["de", /Beispiel/, /€|gleich/], ["ar", /التجريبية/, /€|السعر/]] as const) {
  test(`what others have is found in the browser, in ${tag}, and no request carries the choices`, async ({ page }) => {
    const sent: string[] = [];
    await openProduct(page, "travel-bike", `?_lang=${tag}`);
    await learnt(page);
    page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
    const offer = page.getByTestId("offer-line").locator("[data-offered]");
    await option(page, "frame", "trapeze").click();
    await expect(offer).toBeVisible();
    await expect(offer).toContainText(reason);
    await expect(offer).toContainText(price);
    expect(await offer.innerHTML()).not.toMatch(/\{\d\}/);
    // The design saves itself, which has nothing to do with offers.
    expect(sent.filter((request) => /offers|_part/.test(request))).toEqual([]);
    // The page of proposals is the server's, for who asks for it.
    await page.getByTestId("offers").click();
    await expect(page.getByTestId("offer").first()).toBeVisible();
  });
}

test("where what was learnt can't be had, the server is asked as before", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "404" });
  await page.route(/\/habits\//, (route) => route.fulfill({ status: 404 }));
  await openProduct(page, "travel-bike");
  const answered = page.waitForResponse(/_part=1/);
  await option(page, "frame", "trapeze").click();
  await answered;
  await expect(page.getByTestId("offer-line").locator("[data-offered]")).toBeVisible();
});

/** What an offer is made of. */
type Offer = { offered: string; value: string; told: string };
const dataOf = (offer: import("@playwright/test").Locator) => offer.evaluate(({ dataset }: HTMLElement) => ({ ...dataset }) as Offer);

test("what others with the same choices have is offered in the bar, taken by one click and undone by undo", async ({ page }) => {
  await openProduct(page, "travel-bike");
  const offer = page.getByTestId("offer-line").locator("[data-offered]");
  await expect(offer).toHaveCount(0);
  await option(page, "frame", "trapeze").click();
  await expect(offer).toBeVisible();
  await expect(offer).toContainText(/Chosen (by|in) .*example/);
  await expect(offer).toContainText(/€|same price/);
  const { offered, value, told } = await dataOf(offer);
  const before = { total: await total(page).innerText(), picture: await picture(page).innerHTML() };
  const chosen = page.locator(`#attribute-${offered} input:checked`);
  const was = await chosen.evaluateAll((all: HTMLInputElement[]) => all.map(({ value }) => value));
  // The rest of it on request.
  await offer.locator("summary").click();
  await expect(offer.locator("p")).toHaveText(told);
  // By keyboard, which goes back to where it was.
  const field = option(page, "frame", "trapeze").locator("input");
  await field.focus();
  await offer.getByRole("link", { name: "Take it" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(`#attribute-${offered}`).getByTestId("source")).toHaveText("Your choice");
  await expect(field).toBeFocused();
  await expect(page.locator(`#attribute-${offered} [data-option="${value}"] input`)).toBeChecked();
  await expect(offer.and(page.locator(`[data-offered="${offered}"]`))).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect.poll(() => chosen.evaluateAll((all: HTMLInputElement[]) => all.map(({ value }) => value))).toEqual(was);
  await expect(total(page)).toHaveText(before.total);
  expect(await picture(page).innerHTML()).toBe(before.picture);
});

for (const [screen, viewport] of [["a phone", { width: 390, height: 844 }], ["a small phone", { width: 320, height: 640 }], ["a desktop", { width: 1280, height: 900 }]] as const) {
  test(`on ${screen} an offer has a place of its own, covers nothing and moves nothing`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await openProduct(page, "travel-bike");
    const row = page.getByTestId("offer-line");
    const places = async () => [await row.boundingBox(), await page.getByTestId("bar").boundingBox()];
    await option(page, "frame", "trapeze").click();
    // On phones it is there from the first choice on; the bar keeps its height from then on.
    await expect(row).toBeVisible();
    const empty = await places();
    await page.evaluate(() => {
      const moved: number[] = [];
      Object.assign(window, { moved });
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => moved.push((entry as unknown as { value: number }).value))).observe({ type: "layout-shift" });
    });
    const offer = row.locator("[data-offered]");
    await expect(offer).toBeVisible();
    expect(await places()).toEqual(empty);
    const { x, y, width, height } = (await offer.boundingBox())!;
    const [place] = empty;
    expect(y).toBeGreaterThanOrEqual(place!.y - 1);
    expect(y + height).toBeLessThanOrEqual(place!.y + place!.height + 1);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(viewport.width);
    expect(await page.evaluate(() => (window as unknown as { moved: number[] }).moved)).toEqual([]);
    // What it costs is whole beside the button, however long its name is.
    const [name, price] = [offer.locator("summary bdi").first(), offer.locator("summary bdi").last()];
    await name.evaluate((element) => (element.textContent = "Recycled polyester, slate, in a size beyond all measure"));
    await expect(price).toHaveText(/€|same/i);
    const told = (await price.boundingBox())!;
    const take = (await offer.getByRole("link", { name: "Take it" }).boundingBox())!;
    expect(told.x + told.width).toBeLessThanOrEqual(take.x);
    expect(await price.evaluate((element) => element.scrollWidth - Math.ceil(element.getBoundingClientRect().width))).toBeLessThanOrEqual(0);
    expect(told.height).toBeLessThan(30);
    for (const button of [offer.getByRole("link", { name: "Take it" }), offer.getByRole("button", { name: "Not now" })]) {
      expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(40);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    await offer.getByRole("button", { name: "Not now" }).click();
    await expect(offer).toHaveCount(0);
    expect(await places()).toEqual(empty);
  });
}

test("an offer that is not wanted does not come again in this visit, on no page and in no tab", async ({ page, context }) => {
  await openProduct(page, "travel-bike");
  await option(page, "frame", "trapeze").click();
  const offer = page.getByTestId("offer-line").locator("[data-offered]");
  await expect(offer).toBeVisible();
  const { offered, value } = await dataOf(offer);
  const field = option(page, "frame", "trapeze").locator("input");
  await field.focus();
  await offer.getByRole("button", { name: "Not now" }).focus();
  await page.keyboard.press("Enter");
  await expect(offer).toHaveCount(0);
  await expect(field).toBeFocused();
  const again = page.locator(`[data-offered="${offered}"][data-value="${value}"]`);
  for (const tab of [page, await context.newPage()]) {
    await tab.goto("/products/travel-bike?frame=trapeze");
    await learnt(tab);
    await tab.waitForTimeout(1_000);
    await expect(tab.getByTestId("offer-line").locator("[data-offered]")).toHaveCount(0);
  }
  await expect(again).toHaveCount(0);
});

test("Escape says no to an offer, wherever the keyboard is, and leaves it there", async ({ page }) => {
  await openProduct(page, "travel-bike");
  const field = option(page, "frame", "trapeze").locator("input");
  await option(page, "frame", "trapeze").click();
  const offer = page.getByTestId("offer-line").locator("[data-offered]");
  await expect(offer).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(offer).toHaveCount(0);
  await expect(field).toBeFocused();
  await page.reload();
  await learnt(page);
  await page.waitForTimeout(1_000);
  await expect(offer).toHaveCount(0);
});

test("an offer is told once, and waits while a panel or dialog is open", async ({ page }) => {
  await openProduct(page, "travel-bike");
  const status = page.locator("#offered");
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => heard.push(document.getElementById("offered")!.textContent!)).observe(document.getElementById("offered")!, { childList: true });
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  await option(page, "frame", "trapeze").click();
  await page.evaluate(() => (document.getElementById("kept") as HTMLDialogElement).showModal());
  await page.waitForTimeout(1_500);
  const offer = page.getByTestId("offer-line").locator("[data-offered]");
  await expect(offer).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await expect(offer).toBeVisible();
  const { told } = await dataOf(offer);
  await expect(status).toHaveText(told);
  await expect(status).toHaveAttribute("aria-live", "polite");
  // The same offer for other choices is not told again.
  await page.locator('[data-attribute="colour"] [data-option]').nth(1).click();
  await page.waitForTimeout(1_000);
  expect((await heard()).filter((words) => words === told)).toEqual([told]);
});

test("who switches personal starts off on the page of reasons is offered nothing more", async ({ page }) => {
  await openProduct(page, "travel-bike");
  await (await answers(page)).first().click();
  await expect(page).toHaveURL(/_use=/);
  await page.getByTestId("why").click();
  await page.getByTestId("personal-switch").click();
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  let asked = 0;
  page.on("request", (request) => (asked += /_part=1|\/habits\//.test(request.url()) ? 1 : 0));
  await option(page, "frame", "trapeze").click();
  await expect(page).toHaveURL(/frame=trapeze/);
  await page.waitForTimeout(1_500);
  expect(asked).toBe(0);
});

test("where the shop has no answer, nothing is offered and nothing is said", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "404" });
  await page.route(/\/habits\//, (route) => route.fulfill({ status: 404 }));
  await page.route(/offers\?.*_part=1/, (route) => route.fulfill({ status: 204 }));
  await openProduct(page, "travel-bike");
  const answered = page.waitForResponse(/_part=1/);
  await option(page, "frame", "trapeze").click();
  await answered;
  await expect(page.getByTestId("offer-line").locator("[data-offered]")).toHaveCount(0);
});

test("an offer names what it is of, whole beside its price", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openProduct(page, "travel-bike");
  await option(page, "frame", "trapeze").click();
  const offer = page.getByTestId("offer-line").locator("[data-offered]");
  await expect(offer).toBeVisible();
  const code = await offer.getAttribute("data-offered");
  const label = (await page.locator(`[data-attribute="${code}"]`).getByRole("heading").first().innerText()).trim();
  const name = offer.locator("summary bdi").first();
  await expect(name).toContainText(`${label}: `);
  expect(await name.evaluate((element) => element.scrollWidth - Math.ceil(element.getBoundingClientRect().width))).toBeLessThanOrEqual(0);
});
