// What is in order in the editor: rows and entries of the tree are dragged with a mouse and with a finger, and moved by keyboard; the tree is searched.
import type { Locator, Page } from "@playwright/test";
import { enter, expect, expectAccessible, openRow, ownShop, saved } from "./shop";

const test = ownShop();

const EDITOR = "/admin/products/trainer";
const WIDE = { width: 1440, height: 900 };

/** Drags something by its handle to where another begins, or ends. */
async function drag(page: Page, row: Locator, to: Locator, where: "before" | "behind" = "before"): Promise<void> {
  const handle = row.locator("[data-drag]").first();
  await handle.scrollIntoViewIfNeeded();
  const from = (await handle.boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2 + 8);
  await expect(page.locator("#drag-line")).toBeVisible();
  const box = (await to.boundingBox())!;
  await page.mouse.move(box.x + 12, where === "before" ? box.y + 3 : box.y + box.height - 3, { steps: 4 });
  await page.mouse.up();
  await expect(page.locator("#drag-line")).toHaveCount(0);
}

/** The same with a finger, before what may be further up than the screen: at its edge the page scrolls. */
async function dragByTouch(page: Page, row: Locator, to: Locator): Promise<void> {
  const handle = row.locator("[data-drag]").first();
  await handle.scrollIntoViewIfNeeded();
  const touch = await page.context().newCDPSession(page);
  const from = (await handle.boundingBox())!;
  const [x, start] = [from.x + from.width / 2, from.y + from.height / 2];
  const move = (y: number) => touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x, y }] });
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y: start }] });
  await move(start - 8);
  await expect(page.locator("#drag-line")).toBeVisible();
  const top = async () => (await to.boundingBox())!.y;
  await expect(async () => {
    await move((await top()) < 80 ? 20 : start - 8);
    expect(await top()).toBeGreaterThanOrEqual(80);
  }).toPass();
  await move((await top()) + 3);
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

/** What the shop has: names of an attribute's options, or of the attributes themselves, in their order. */
async function kept(page: Page, wanted: string, name = "value"): Promise<string[]> {
  const html = await (await page.request.get(EDITOR)).text();
  const read = ([text, wanted, name]: string[]) => [...new DOMParser().parseFromString(text, "text/html").querySelectorAll(wanted)].map((node) => node.getAttribute(name) ?? "");
  return page.evaluate(read, [html, wanted, name]);
}
const OPTIONS = "#attribute-upper [data-testid=option]";
const undo = (page: Page) => page.getByRole("button", { name: "Undo" }).click();

test("options are dragged to another place, which is saved and undone; what was open and had the focus stays", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await page.setViewportSize(WIDE);
  await page.goto(EDITOR);
  const before = await kept(page, OPTIONS, "data-key");
  expect(before.length).toBeGreaterThan(2);
  const upper = page.getByTestId("attribute-upper");
  await upper.locator("summary").first().click();
  const rows = upper.getByTestId("option");
  await rows.nth(1).locator("summary").first().click();
  const focused = rows.nth(1).locator("[name^='label.']");
  await focused.focus();
  const key = (await rows.nth(1).getAttribute("data-key"))!;
  // The last one to the first place; Escape leaves all as it is.
  const grip = rows.last().locator("[data-drag]");
  await grip.scrollIntoViewIfNeeded();
  const handle = (await grip.boundingBox())!;
  await page.mouse.move(handle.x + 5, handle.y + 5);
  await page.mouse.down();
  await page.mouse.move(handle.x + 5, handle.y - 60, { steps: 3 });
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(page.locator("#drag-line")).toHaveCount(0);
  await drag(page, rows.last(), rows.first());
  await saved(page);
  const moved = [before.at(-1)!, ...before.slice(0, -1)];
  expect(await kept(page, OPTIONS, "data-key")).toEqual(moved);
  await expect.poll(() => rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.key))).toEqual(moved);
  await expect(upper).toHaveAttribute("open", "");
  await expect(page.locator(`${OPTIONS}[data-key="${key}"] [name='label.${key}']`)).toBeFocused();
  await expect(page.locator(`${OPTIONS}[data-key="${key}"] details`).first()).toHaveAttribute("open", "");
  // And down again, behind another.
  await drag(page, rows.first(), rows.nth(1), "behind");
  await expect.poll(() => kept(page, OPTIONS, "data-key")).toEqual([moved[1], moved[0], ...moved.slice(2)]);
  await undo(page);
  await expect.poll(() => kept(page, OPTIONS, "data-key")).toEqual(moved);
  await undo(page);
  await expect.poll(() => kept(page, OPTIONS, "data-key")).toEqual(before);
  // By keyboard there are the buttons and the number of the place.
  await openRow(rows.last());
  const up = rows.last().getByRole("button", { name: /^Move up/ });
  await up.press("Enter");
  await saved(page);
  expect((await kept(page, OPTIONS, "data-key")).at(-2)).toBe(before.at(-1));
});

test("rules, layers and surcharges are dragged, with a finger, too", async ({ browser, shop }) => {
  const context = await browser.newContext({ baseURL: shop.url, hasTouch: true, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await enter(page, shop, "bea@example.org");
  await page.goto(EDITOR);
  const rules = page.getByTestId("rule");
  const sentences = () => kept(page, "#rules textarea[name^='rule.'], #rules input[name^='place.']", "name");
  const before = await sentences();
  expect(await rules.count()).toBeGreaterThan(1);
  await dragByTouch(page, rules.nth(1), rules.first());
  await saved(page);
  await expect.poll(sentences).not.toEqual(before);
  const layers = () => kept(page, "#layers [data-testid=entry-layers] [name^='file.'] option[selected]");
  const drawn = await layers();
  const entries = page.getByTestId("entry-layers");
  await dragByTouch(page, entries.nth(1), entries.first());
  await expect.poll(layers).toEqual([drawn[1], drawn[0], ...drawn.slice(2)]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await context.close();
});

test("steps and attributes are dragged in the tree, and attributes on the page", async ({ page, shop }) => {
  await enter(page, shop, "cy@example.org");
  await page.setViewportSize(WIDE);
  await page.goto(EDITOR);
  const tree = page.getByTestId("tree");
  const entry = (kind: "step" | "attribute", code: string) => tree.locator(`li[data-${kind}="${code}"]`);
  const attributes = () => kept(page, "#tree li[data-attribute]", "data-attribute");
  const steps = () => kept(page, "#tree li[data-step]", "data-step");
  const [first, second] = await steps();
  const before = await attributes();
  // The first attribute becomes the first of the second step.
  const moving = before[0];
  await drag(page, entry("attribute", moving), entry("step", second), "behind");
  await saved(page);
  const stepOf = async (code: string) => (await kept(page, `#attribute-${code} [name=step] option[selected]`))[0];
  await expect.poll(() => stepOf(moving)).toBe(second);
  const behind = entry("attribute", moving).evaluate((item) => (item.previousElementSibling as HTMLElement).dataset.step);
  expect(await behind).toBe(second);
  await undo(page);
  await expect.poll(attributes).toEqual(before);
  // A step with all its attributes.
  await drag(page, entry("step", second), entry("step", first));
  await expect.poll(steps).toEqual([second, first, ...(await steps()).slice(2)]);
  await undo(page);
  await expect.poll(async () => (await steps())[0]).toBe(first);
  // On the page.
  const order = () => kept(page, "#attributes > div > details", "id");
  const rows = page.locator("#attributes > div > details");
  const ids = await order();
  await drag(page, rows.nth(2), rows.first());
  await expect.poll(order).toEqual([ids[2], ids[0], ids[1], ...ids.slice(3)]);
});

test("the tree is searched as it is typed, and Enter leads to what is found", async ({ page, shop }) => {
  await enter(page, shop, "dov@example.org");
  await page.setViewportSize(WIDE);
  await page.goto(EDITOR);
  const tree = page.getByTestId("tree");
  const search = tree.getByLabel("Find by name or code");
  await search.fill("suede");
  await expect(tree.getByRole("link", { name: "Upper: Suede" })).toBeVisible();
  await expect(tree.getByRole("link", { name: "Budget" })).toBeHidden();
  // Of a part of the tree no place is meant.
  await search.fill("colour");
  await expect(tree.locator("li[data-attribute]:visible")).not.toHaveCount(0);
  await expect(tree.locator("[data-drag]:visible")).toHaveCount(0);
  await search.fill("suede");
  await expect(tree.getByRole("link", { name: "Upper: Suede" })).toBeVisible();
  await expectAccessible(page, "the tree is searched");
  await search.press("Enter");
  await expect(page.getByTestId("option").filter({ has: page.getByLabel("Name of Suede") })).toBeFocused();
  // A save leaves what is found there.
  await page.locator("#basics [name=summary]").fill("Typed while the tree is searched.");
  await page.locator("#basics [name=summary]").press("Tab");
  await saved(page);
  await expect(search).toHaveValue("suede");
  await expect(tree.getByRole("link", { name: "Upper: Suede" })).toBeVisible();
  await expect(tree.getByRole("link", { name: "Budget" })).toBeHidden();
  await search.fill("nothing at all");
  await expect(tree.getByRole("status")).toHaveText("Nothing has “nothing at all” in its name or code.");
  await search.fill("");
  await expect(tree.getByRole("link", { name: "Budget" })).toBeVisible();
  await expect(tree.locator("[data-drag]:visible")).not.toHaveCount(0);
  await expect(tree.getByRole("link", { name: "Upper: Suede" })).toHaveCount(0);
});

test("without scripts the tree's search asks the shop, and nothing is to be dragged", async ({ shop, browser }) => {
  const page = await (await browser.newContext({ baseURL: shop.url, javaScriptEnabled: false, viewport: WIDE })).newPage();
  await enter(page, shop, "eve@example.org");
  await page.goto(EDITOR);
  const tree = page.getByTestId("tree");
  await tree.getByLabel("Find by name or code").fill("suede");
  await tree.getByRole("button", { name: "Find" }).click();
  await expect(page).toHaveURL(/search=suede/);
  await tree.getByRole("link", { name: "Upper: Suede" }).click();
  await expect(page.getByLabel("Name of Suede")).toBeVisible();
  await expect(page.locator("[data-drag]").first()).toBeHidden();
  // The picture of an option, by a link.
  const suede = page.getByTestId("option").filter({ has: page.getByLabel("Name of Suede") });
  await openRow(suede);
  await suede.getByTestId("show-it").click();
  await expect(page.getByTestId("picture-of")).toContainText("shows Upper: Suede");
  await expect(page).toHaveURL(/section=attribute-upper/);
  await page.context().close();
});
