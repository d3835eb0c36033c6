// When something is so, by menus and by keyboard: an attribute, a surcharge and a layer, with scripts and without.
import { type Locator, type Page } from "@playwright/test";
import { enter, expect, expectAccessible, ownShop, pick, press, type } from "./shop";

const test = ownShop();

const EDITOR = "/admin/products/trainer";
const section = (name: string) => `${EDITOR}?section=${name}`;
const menusIn = (place: Page | Locator) => place.getByRole("group", { name: "Applies when", exact: true });

/** Begins a condition and says what is to be which. */
async function say(menus: Locator, what: string, value: string, scripts: boolean): Promise<void> {
  await press(menus.getByRole("button", { name: /add a condition/ }));
  await expect(menus.getByTestId("condition")).toHaveCount(1);
  await pick(menus.getByLabel("What", { exact: true }), what);
  if (!scripts) await press(menus.getByTestId("show-values"));
  await pick(menus.getByLabel("Value", { exact: true }), value);
}

async function save(page: Page, name: string): Promise<void> {
  await press(page.getByTestId(`save-${name}`));
  await expect(page.getByTestId("saved").first()).toBeVisible();
}

async function expectSaid(page: Page, name: string, place: (page: Page) => Locator, value: string): Promise<void> {
  await page.goto(section(name));
  await expect(menusIn(place(page)).getByLabel("Value", { exact: true }).locator("option:checked")).toHaveText(value);
}

for (const scripts of [true, false]) {
  test(`an attribute, a surcharge and a layer have conditions by menus, scripts ${scripts ? "on" : "off"}`, async ({ browser, shop }) => {
    test.slow();
    const context = await browser.newContext({ baseURL: shop.url, javaScriptEnabled: scripts });
    const page = await context.newPage();
    await enter(page, shop, `ana-${scripts}@example.org`);
    // Both go on from one draft, so each says something else.
    const [code, what, value, at] = scripts ? (["lace_colour", "Laces", "Flat", 3] as const) : (["insole", "Sole", "Trail", 4] as const);

    const attribute = (within: Page) => within.getByTestId(`attribute-${code}`);
    await page.goto(section(`attribute-${code}`));
    await expect(menusIn(attribute(page))).toContainText("Always.");
    await say(menusIn(attribute(page)), what, value, scripts);
    await save(page, `attribute-${code}`);
    await expectSaid(page, `attribute-${code}`, attribute, value);

    await page.goto(section("prices"));
    const another = page.getByTestId("new-prices");
    await type(another.getByLabel("Name", { exact: true }), `With ${value}`);
    await type(another.getByLabel("Amount"), "2");
    await say(menusIn(another), what, value, scripts);
    await expect(another.getByLabel("Name", { exact: true })).toHaveValue(`With ${value}`);
    if (scripts) {
      await page.setViewportSize({ width: 320, height: 700 });
      await expectAccessible(page, "a condition by menus at 320 px");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }
    await save(page, "prices");
    await expectSaid(page, "prices", (within) => within.getByTestId("entry-prices").last(), value);

    const layer = (within: Page) => within.getByTestId("entry-layers").nth(at);
    await page.goto(section("layers"));
    await expect(layer(page).getByLabel("From the left")).toBeHidden();
    await say(menusIn(layer(page)), what, value, scripts);
    await save(page, "layers");
    await expectSaid(page, "layers", layer, value);
    await context.close();
  });
}

test("a condition in one's own words is answered with the right one, and becomes menus", async ({ page, shop }) => {
  await enter(page, shop, "bo@example.org");
  const form = page.getByTestId("attribute-panel_colour");
  await page.goto(section("attribute-panel_colour"));
  await press(menusIn(form).getByRole("button", { name: /write it as text/ }));
  const text = form.getByRole("textbox", { name: "Applies when", exact: true });
  await type(text, "If Upper is Suede");
  await page.keyboard.press("Escape");
  // What belongs together is sent once all of it is left: the button beside it is part of that.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await press(form.getByTestId("use-instead"));
  await expect(menusIn(form).getByLabel("Value", { exact: true }).locator("option:checked")).toHaveText("Suede");
  await expectSaid(page, "attribute-panel_colour", () => form, "Suede");
});

test("what a test design has is chosen from its menus", async ({ page, shop }) => {
  await enter(page, shop, "cy@example.org");
  await page.goto(section("tests"));
  const another = page.getByTestId("new-tests");
  await type(another.getByLabel("Name", { exact: true }), "On trails");
  await pick(another.getByLabel("Sole", { exact: true }), "Trail");
  await press(page.getByTestId("save-tests"));
  const added = page.getByTestId("entry-tests").last();
  await expect(added.getByTestId("design-menus").locator("summary")).toHaveText("What it has: Sole: Trail");
});
