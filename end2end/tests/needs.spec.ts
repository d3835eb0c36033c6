// What suits best: asked, proposed live, taken, and what there is when nothing is cheap enough.
import { expect, expectAccessible, openProduct, option, test, total } from "./shop";

test("what matters is set, and the proposal follows and is taken", async ({ page }) => {
  await openProduct(page, "travel-bike");
  await page.getByTestId("needs").click();
  await expect(page).toHaveURL(/travel-bike\/needs/);
  const reasons = page.locator("[data-fresh=reasons]");
  await page.locator("#matters-lightness").press("End");
  for (const other of ["comfort", "range", "speed", "durability"]) await page.locator(`#matters-${other}`).press("Home");
  await expect(page).toHaveURL(/_matters.lightness=3/);
  await expect(reasons).toContainText("Good for: Lightness");
  await expect(reasons).not.toContainText("Comfort");
  await page.locator("[name=_up_to]").fill("1800");
  await expect(page).toHaveURL(/_up_to=1800/);
  const price = await page.getByTestId("total").innerText();
  expect(Number(price.replace(/[^0-9]/g, ""))).toBeLessThanOrEqual(1800);

  await page.getByTestId("take").click();
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect(page.getByTestId("start")).toContainText("Lightness");
  await expect(total(page)).toHaveText(price);
  // A choice by hand stands over it, and is kept by the next proposal.
  await option(page, "colour", "lake").click();
  await expect(page).toHaveURL(/colour=lake/);
  await page.getByTestId("needs").click();
  await expect(reasons).toContainText("Lake blue");
  await expect(reasons).toContainText("You chose it");
  await expect(page.locator("#matters-lightness")).toHaveValue("3");
});

test("each step costs more than the last, and says what for", async ({ page }) => {
  await openProduct(page, "laptop");
  await page.getByTestId("needs").click();
  for (const wanted of ["speed", "screen"]) await page.locator(`#matters-${wanted}`).press("End");
  for (const other of ["mobility", "quiet", "value"]) await page.locator(`#matters-${other}`).press("Home");
  await expect(page).toHaveURL(/_matters.speed=3&_matters.screen=3/);
  // A limit that nothing keeps to: the lowest price there is, and the best for it.
  await page.locator("[name=_up_to]").fill("500");
  const nothing = page.getByTestId("nothing");
  await expect(nothing).toContainText("The lowest price is €");
  const lowest = (await nothing.innerText()).match(/lowest price is (€[0-9,]+)/)?.[1] ?? "";
  await nothing.getByRole("link", { name: `See the one for ${lowest}` }).click();
  await expect(page.getByTestId("total")).toHaveText(lowest);
  // Each step costs more than the last, and says what for.
  const euros = (price: string) => Number(price.replace(/[^0-9]/g, ""));
  let before = euros(lowest);
  for (let step = 0; step < 3; step++) {
    const more = page.getByTestId("next");
    await expect(more).toContainText(/Next, for \+€[0-9,]+: /);
    const told = euros((await more.innerText()).match(/\+€[0-9,]+/)?.[0] ?? "");
    await more.getByRole("link", { name: "See it" }).click();
    await expect.poll(async () => euros(await page.getByTestId("total").innerText())).toBe(before + told);
    before += told;
  }
  await page.getByTestId("take").click();
  await expect.poll(async () => euros(await total(page).innerText())).toBe(before);
  await expect(page.getByTestId("start")).toContainText("Speed");
});

test("measures of a bookcase stay, and what they cost is in the price", async ({ page }) => {
  await page.goto("/products/bookcase/needs?width=150");
  await page.locator("#matters-sturdiness").press("End");
  await expect(page).toHaveURL(/sturdiness=3/);
  const price = await page.getByTestId("total").innerText();
  await page.getByTestId("take").click();
  await expect(total(page)).toHaveText(price);
  await expect(page.locator('[name="width"]')).toHaveValue("150");
});

for (const [width, height, language] of [[390, 844, "en"], [320, 700, "de"], [390, 844, "ar"]] as const) {
  test(`on a phone the answer stays in view while sliders move, ${width} ${language}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`/products/travel-bike/needs?_lang=${language}`);
    const slider = page.locator("input[type=range][data-currency]");
    // The words at the ends of both kinds of sliders.
    for (const ends of ["slider-ends", "price-ends"]) await expect(page.getByTestId(ends)).toHaveText(/\S+.*\S/s);
    await slider.scrollIntoViewIfNeeded();
    await slider.evaluate((element) => element.scrollIntoView({ block: "end", behavior: "instant" }));
    const parts = ["picture", "total", "take"].map((part) => page.getByTestId(part));
    const before = await page.getByTestId("total").innerText();
    await slider.evaluate((input: HTMLInputElement) => {
      input.value = input.min;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await expect(page.getByTestId("total")).not.toHaveText(before);
    await expect(slider).toBeInViewport();
    for (const part of parts) await expect(part).toBeInViewport();
    // It leaves most of the screen to what is set, and covers nothing that has the focus.
    const answer = (await page.getByTestId("take").boundingBox())!;
    expect(answer.y + answer.height).toBeLessThan(0.4 * height);
    await page.locator("[id^=matters-]").first().focus();
    const focused = (await page.locator("[id^=matters-]").first().boundingBox())!;
    expect(focused.y).toBeGreaterThanOrEqual(answer.y + answer.height);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await expectAccessible(page, "what suits best, further down");
    // What there is when nothing is cheap enough stays, too.
    await page.goto(`/products/travel-bike/needs?_lang=${language}&_up_to=300`);
    await slider.evaluate((element) => element.scrollIntoView({ block: "end", behavior: "instant" }));
    await expect(page.getByTestId("nothing")).toBeInViewport({ ratio: 0.9 });
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("the form is sent by its button", async ({ page }) => {
    await page.goto("/products/laptop/needs");
    await page.locator("[name=_up_to]").fill("2500");
    await page.locator("#needs button[type=submit]").click();
    await expect(page).toHaveURL(/_up_to=2500/);
    const price = await page.getByTestId("total").innerText();
    await page.getByTestId("take").click();
    await expect(total(page)).toHaveText(price);
  });
});

test("what fits best is told once it stays, and the slider says its amount", async ({ page }) => {
  await openProduct(page, "travel-bike");
  await page.getByTestId("needs").click();
  const status = page.locator("#answer");
  await expect(status).toBeEmpty();
  const slider = page.locator("input[type=range][data-currency]");
  await expect(slider).toHaveAttribute("aria-valuetext", /^€[0-9,]+$/);
  await slider.focus();
  for (let presses = 0; presses < 5; presses++) await page.keyboard.press("PageUp");
  await expect(slider).toHaveAttribute("aria-valuetext", `€${Number(await slider.inputValue()).toLocaleString("en")}`);
  const shown = page.getByTestId("total");
  await expect(status).toHaveText(/^Fits best now: €[0-9,]+\. /);
  // The page answers while keys are still pressed; what is told is what stays.
  await expect(async () => expect(await status.innerText()).toContain(await shown.innerText())).toPass();
});

for (const [slug, query] of [["travel-bike", ""], ["bookcase", "?width=150"]] as const) {
  test(`another price asks nobody for its design, and goes on without a line, ${slug}`, async ({ page }) => {
    await page.goto(`/products/${slug}/needs${query}`);
    await page.locator("#needs input[type=range]").first().press("End");
    await expect(page).toHaveURL(/_matters/);
    const slider = page.locator("input[type=range][data-currency]");
    const shown = page.getByTestId("total");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const euros = async () => Number((await shown.innerText()).replace(/[^0-9]/g, ""));
    const [low, high] = await slider.evaluate((input: HTMLInputElement) => [Number(input.min), Number(input.max)]);
    const seen = new Set<string>();
    for (let part = 0; part <= 10; part++) {
      const most = Math.round(low + ((high - low) * part) / 10);
      const { now, told } = await slider.evaluate((input: HTMLInputElement, most) => {
        input.value = String(most);
        input.dispatchEvent(new Event("input", { bubbles: true }));
        const total = document.querySelector("[data-testid=total]")!;
        return { now: total.textContent!, told: total.parentElement!.dataset.told! };
      }, most);
      // At once, in the same task.
      expect(told).toContain(now);
      expect(await euros()).toBeLessThanOrEqual(most);
      seen.add(now);
    }
    expect(seen.size).toBeGreaterThan(3);
    await page.waitForTimeout(500);
    expect(asked.filter((url) => !/picture\.svg/.test(url))).toEqual([]);
    // The picture follows once it stays; as the server draws it.
    await expect(page.locator("[data-testid=picture]:not([aria-busy]) > svg")).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`_up_to=${high}`));
    const words = await shown.innerText();
    const reasons = await page.locator("[data-fresh=reasons]").innerText();
    const picture = await page.getByTestId("picture").innerHTML();
    await page.reload();
    await expect(shown).toHaveText(words);
    expect(await page.locator("[data-fresh=reasons]").innerText()).toBe(reasons);
    expect(await page.getByTestId("picture").innerHTML()).toBe(picture);
    // What the next euros buy is shown without asking, too; also over a line that brings nothing.
    await slider.fill(String(Math.round(low + (high - low) / 3)));
    await page.waitForTimeout(400);
    await page.route("**/*", () => undefined);
    for (let step = 0; step < 2; step++) {
      const before = await euros();
      const next = page.getByTestId("next");
      const more = Number((await next.innerText()).match(/\+€([0-9,]+)/)![1].replace(/,/g, ""));
      await next.getByRole("link").click();
      expect(await euros()).toBe(before + more);
    }
    await page.unroute("**/*");
    const last = await shown.innerText();
    await page.getByTestId("take").click();
    await expect(total(page)).toHaveText(last);
  });
}

test("a price below all others, and an earlier day than any, say what comes nearest", async ({ page }) => {
  for (const slug of ["travel-bike", "bookcase"]) {
    await page.goto(`/products/${slug}/needs`);
    const today = await page.locator("#by").getAttribute("min");
    await page.locator("#by").fill(today!);
    const nothing = page.getByTestId("nothing");
    await expect(nothing).toContainText(/nothing is with you by .* The earliest is \d+\s\w+/);
    await nothing.getByRole("link", { name: /^Look for / }).click();
    await expect(page.locator("#by")).not.toHaveValue(today!);
    await expect(page).toHaveURL(/_by=20/);
    const day = await page.locator("#by").inputValue();
    const written = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(day));
    await expect(page.getByTestId("beside")).toContainText(`with you by ${written}`);
    await page.locator("[name=_up_to]").fill("1");
    await expect(nothing).toContainText("The lowest price is €");
    await page.locator("#by").fill("");
    await page.locator("[name=_up_to]").fill("9999");
    await expect(page.getByTestId("take")).toBeVisible();
    await expect(page).not.toHaveURL(/_by=\d/);
  }
});

test("the question about use is answered here, too, and the answer is kept as it says", async ({ page, context }) => {
  for (const [slug, use] of [["travel-bike", "On long tours with luggage"], ["laptop", ""]] as const) {
    await page.goto(`/products/${slug}/needs`);
    await expect(page.locator("#use-kept")).toContainText("We then keep your answer in a cookie");
    expect((await context.cookies()).filter(({ name }) => name === "atelier_personal")).toEqual([]);
    const answers = page.locator("#needs input[name=_for]");
    await (use ? page.getByLabel(use) : answers.first()).check();
    await expect(page.locator("#use-kept")).toContainText("Your answer is kept");
    await expect(page).toHaveURL(/_for=/);
    expect((await context.cookies()).map(({ name }) => name)).toContain("atelier_personal");
    const words = await page.getByTestId("total").innerText();
    await page.getByTestId("take").click();
    await expect(total(page)).toHaveText(words);
    await context.clearCookies();
  }
});

test("an answer that was withdrawn meanwhile is not given again, and all of the page is for the answer", async ({ page, context }) => {
  const kept = async () => (await context.cookies()).some(({ name }) => name === "atelier_personal");
  await page.goto("/products/travel-bike/needs");
  await page.getByLabel("On long tours with luggage").check();
  await expect(page.locator("#use-kept")).toContainText("Your answer is kept");
  expect(await kept()).toBe(true);
  await expect(page.getByRole("link", { name: "Back to the menu" })).toHaveAttribute("href", /_start=personal&_use=touring/);
  await expect(page.locator("#needs [name=_use]")).toHaveValue("touring");
  // As in another tab.
  await context.clearCookies();
  await page.locator("#needs input[type=range]").first().press("End");
  await expect(page.locator("#use-kept")).toContainText("We then keep your answer in a cookie");
  expect(await kept()).toBe(false);
  await page.reload();
  await expect(page.getByTestId("take")).toBeVisible();
  expect(await kept()).toBe(false);
});

test("without scripts, too, an answer is kept by the form's own button", async ({ browser, shop }) => {
  const context = await browser.newContext({ baseURL: shop.url, javaScriptEnabled: false });
  const page = await context.newPage();
  const kept = async () => (await context.cookies()).some(({ name }) => name === "atelier_personal");
  await page.goto("/products/travel-bike/needs");
  await page.getByRole("radio", { name: "On long tours with luggage" }).check();
  await page.locator("#needs button").click();
  await expect(page).toHaveURL(/_for=touring/);
  await expect(page.getByRole("radio", { name: "On long tours with luggage" })).toBeChecked();
  expect(await kept()).toBe(true);
  await context.clearCookies();
  await page.locator("#needs button").click();
  await expect(page).toHaveURL(/_use=touring/);
  expect(await kept()).toBe(false);
  await context.close();
});

test("a picture that the server refuses is asked for once, and one that it is too busy for again", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "404" }, { type: "expected-status", description: "503" });
  await page.clock.install();
  await page.goto("/products/travel-bike/needs");
  const picture = page.getByTestId("picture");
  const price = page.locator("[name=_up_to]");
  let [asked, status] = [0, 404];
  await page.route("**/picture.svg?*", (route) => {
    asked++;
    return status === 200 ? route.continue() : route.fulfill({ status, body: "" });
  });
  await price.fill("2600");
  await expect.poll(() => asked).toBe(1);
  await expect(picture).not.toHaveAttribute("aria-busy");
  await page.clock.fastForward(30_000);
  expect(asked).toBe(1);
  status = 503;
  await price.fill("1900");
  await expect.poll(() => asked).toBe(2);
  await expect(picture).toHaveAttribute("aria-busy", "true");
  status = 200;
  await page.clock.fastForward(6_000);
  await expect(picture).not.toHaveAttribute("aria-busy");
  expect(asked).toBe(3);
});

test("another language keeps what is set", async ({ page }) => {
  await page.goto("/products/travel-bike/needs");
  await page.locator("[name=_up_to]").fill("2100");
  await expect(page).toHaveURL(/_up_to=2100/);
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.locator("[name=_up_to]")).toHaveValue("2100");
});
