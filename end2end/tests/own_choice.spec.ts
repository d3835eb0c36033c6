// What is picked or typed as it stands there is one's own choice from then on; what a click does is told with the value behind it.
import { expect, expectAccessible, openProduct, openStep, option, test, total } from "./shop";
import type { Page } from "@playwright/test";

const part = (page: Page, code: string) => page.locator(`[data-attribute="${code}"]`);
const value = (page: Page, code: string) => part(page, code).getByTestId("value");
const source = (page: Page, code: string) => part(page, code).getByTestId("source");
const exact = (page: Page, code: string) => part(page, code).locator(`input[type=text][name="${code}"]`);

for (const [how, leave] of [["Enter", "Enter"], ["leaving the field", "Tab"]] as const) {
  test(`a number typed as it stands there stays, by ${how}`, async ({ page }) => {
    await openProduct(page, "bookcase");
    for (const code of ["height", "depth"]) {
      const now = await exact(page, code).inputValue();
      await exact(page, code).focus();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type(now);
      await page.keyboard.press(leave);
      await expect(source(page, code)).toHaveText("Your choice");
      await expect(page).toHaveURL(new RegExp(`${code}=${now}`));
    }
    const before = await value(page, "height").innerText();
    await option(page, "extras", "wall_fixing").click();
    await expect(value(page, "height")).toHaveText(before);
    // It is a step like any other.
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(source(page, "depth")).not.toHaveText("Your choice");
  });
}

test("going through the fields chooses nothing", async ({ page }) => {
  await openProduct(page, "bookcase");
  await exact(page, "width").focus();
  for (let press = 0; press < 12; press++) await page.keyboard.press("Tab");
  await exact(page, "height").focus();
  await page.keyboard.press("Enter");
  await exact(page, "depth").click();
  await exact(page, "depth").blur();
  // What the page writes of a change is written by then.
  await page.waitForTimeout(400);
  expect(new URL(page.url()).search).not.toMatch(/(width|height|depth)=/);
  await expect(page.getByTestId("source").filter({ hasText: "Your choice" })).toHaveCount(0);
});

const picks = {
  "a click": async (page: Page) => option(page, "front_wheel", "w28").click(),
  Space: async (page: Page) => {
    await option(page, "front_wheel", "w28").locator("input").focus();
    await page.keyboard.press("Space");
  },
  Enter: async (page: Page) => {
    await option(page, "front_wheel", "w28").locator("input").focus();
    await page.keyboard.press("Enter");
  },
};

for (const [how, pick] of Object.entries(picks)) {
  test(`the option that has the tick is chosen by ${how}, and stays`, async ({ page }) => {
    await openProduct(page, "travel-bike");
    await expect(option(page, "front_wheel", "w28").locator("input")).toBeChecked();
    const price = await total(page).innerText();
    await pick(page);
    await expect(source(page, "front_wheel")).toHaveText("Your choice");
    await expect(page).toHaveURL(/front_wheel=w28/);
    await expect(total(page)).toHaveText(price);
    await expect(page.getByRole("status").filter({ hasText: "Front wheel" })).toContainText("no change in price");
    // Red comes with a small front wheel: now that asks.
    await option(page, "colour", "red").click();
    await expect(page.getByTestId("panel")).toBeVisible();
    await expect(value(page, "front_wheel")).toHaveText(/28/);
    await page.reload();
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    await expect(source(page, "front_wheel")).toHaveText("Your choice");
  });
}

test("the option that has the tick is chosen by a touch, and counts as decided", async ({ browser, shop }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 }, baseURL: shop.url });
  const page = await context.newPage();
  await openProduct(page, "travel-bike");
  await openStep(page, "front_wheel");
  await option(page, "front_wheel", "w28").tap();
  await expect(source(page, "front_wheel")).toHaveText("Your choice");
  await expect(page.locator("section[id^=step-]:visible").getByTestId("decided")).toHaveText(/^1 of \d+ decided$/);
  await context.close();
});

test("the rule that names what was chosen comes before those of lines that nobody chose", async ({ page }) => {
  await openProduct(page, "laptop");
  await option(page, "system", "linux").click();
  await option(page, "memory", "m64").click();
  const told = page.getByTestId("panel").locator("p").first();
  await expect(told).toContainText("Linux is tested on Finch and Heron");
  await expect(told).not.toContainText("Finch holds");
});

test("what came of a number that nobody chose names it, and takes another with one click", async ({ page }) => {
  await openProduct(page, "travel-bike");
  const bags = part(page, "carrier_bags");
  await option(page, "carrier_bags", "pannier_right").click();
  await expect(bags.getByTestId("moved")).toBeVisible();
  await expect(bags.getByTestId("moved-for")).toHaveText(/^Space you need: 20\sL stays\.$/);
  await expect(page.getByRole("status").filter({ hasText: "Space you need" })).toContainText("stays");
  const instead = bags.getByTestId("take-instead");
  await expect(instead).toHaveText(/^Take 0\sL instead\s· −€\d/);
  await expectAccessible(page, "what others were moved for");
  const price = await total(page).innerText();
  await instead.click();
  await expect(value(page, "litres")).toHaveText(/^0\sL$/);
  await expect(source(page, "litres")).toHaveText("Your choice");
  await expect(part(page, "frame_bags").locator("input:checked")).toHaveCount(0);
  await expect(bags.locator("input:checked")).toHaveCount(0);
  await expect(total(page)).not.toHaveText(price);
  await expect(instead).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(total(page)).toHaveText(price);
});

for (const [screen, viewport] of [["a phone", { width: 390, height: 844 }], ["a desktop", { width: 1366, height: 768 }]] as const) {
  test(`what a click moved and the ways back come into view above the bar, on ${screen}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await openProduct(page, "travel-bike");
    await openStep(page, "carrier_bags");
    const bag = option(page, "carrier_bags", "pannier_right");
    const bar = page.getByTestId("bar");
    await bag.scrollIntoViewIfNeeded();
    // As low as it can be clicked.
    const below = async () => (await bar.boundingBox())!.y - (await bag.boundingBox())!.y - (await bag.boundingBox())!.height;
    await page.evaluate((by) => scrollBy({ top: -by, behavior: "instant" }), (await below()) - 8);
    await bag.click();
    const instead = page.getByTestId("take-instead");
    await expect(instead).toBeVisible();
    await expect.poll(async () => (await bar.boundingBox())!.y - (await instead.boundingBox())!.y - (await instead.boundingBox())!.height).toBeGreaterThanOrEqual(0);
  });
}

test("what a click moved moves no page that has room for it", async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 1400 });
  await openProduct(page, "travel-bike");
  const bags = part(page, "carrier_bags");
  await bags.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
  const bag = option(page, "carrier_bags", "pannier_right");
  const before = (await bag.boundingBox())!.y;
  await bag.click();
  await expect(page.getByTestId("take-instead")).toBeVisible();
  await page.waitForTimeout(300);
  expect(Math.abs((await bag.boundingBox())!.y - before)).toBeLessThan(2);
});

for (const [screen, viewport] of [["a phone", { width: 390, height: 844 }], ["a desktop", { width: 1280, height: 800 }]] as const) {
  test(`the change beside the total goes with the next click, on ${screen}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    // It would go by itself after two seconds.
    await page.addInitScript(() => {
      const later = window.setTimeout.bind(window);
      const but = (task: TimerHandler, time?: number) => (time === 2_000 ? 0 : later(task, time));
      window.setTimeout = but as typeof window.setTimeout;
    });
    await openProduct(page, "trainer");
    const [change, bar] = [page.getByTestId("change"), page.getByTestId("bar")];
    await openStep(page, "upper");
    await option(page, "upper", "leather").click();
    await expect(change).toHaveText(/^\+€/);
    await openStep(page, "upper_colour");
    const same = part(page, "upper_colour").locator("[data-option]:not(.blocked) input:not(:checked)").first();
    await same.locator("xpath=ancestor::label").click();
    await expect(change).toBeEmpty();
    await expect(bar.getByText(/with you by/)).toBeVisible();
  });
}
