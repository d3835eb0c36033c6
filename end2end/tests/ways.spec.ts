// Ways to what is blocked, ready-made designs, and the budget in words.
import { expect, expectAccessible, openProduct, option, test, total } from "./shop";

const BLOCKED = [
  { slug: "trainer", query: "", chosen: [["upper", "leather"], ["sole", "cup"]], wanted: ["lining", "calfskin"], reason: /\d+\sg too much: A shoe stays at or below 385 g/, ways: ["Upper", "Sole"] },
  { slug: "bookcase", query: "?width=150&thickness=mm22&uprights=one", chosen: [], wanted: ["load", "heavy"], reason: /Heavy volumes bend this board/, ways: ["Board thickness", "Uprights", "Width"] },
];

for (const { slug, query, chosen, wanted, reason, ways: gives } of BLOCKED) {
  test(`a blocked option says why, and offers ways that differ, ${slug}`, async ({ page }) => {
    await openProduct(page, slug, query);
    for (const [attribute, code] of chosen) await option(page, attribute, code).click();
    const before = await total(page).innerText();
    const tile = option(page, wanted[0], wanted[1]);
    await tile.click();
    const panel = page.getByTestId("panel");
    await expect(panel).toContainText(reason);
    const ways = page.getByTestId("repair");
    await expect(ways).toHaveCount(gives.length);
    // Each gives up something else, and says price and delivery.
    const told = await ways.allInnerTexts();
    for (const given of gives) expect(told.filter((way) => way.includes(`${given}:`)), given).toHaveLength(1);
    for (const way of told) expect(way).toMatch(/([+−]€[\d,.]+|same price).*(working days? (later|sooner)|same delivery)/s);
    await ways.first().click();
    await expect(panel).toBeHidden();
    await expect(tile.locator("input")).toBeChecked();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(total(page)).toHaveText(before);
    await expect(tile.locator("input")).not.toBeChecked();
  });
}

for (const [slug, query, attribute, code, causes] of [
  ["trainer", "?laces=elastic&sole=trail", "lining", "wool", ["A knitted upper is too soft", "Merino shows through", "Elastic laces need"]],
  ["laptop", "?memory=m16", "build", "workhorse", ["Plover takes", "Osprey takes", "Finch and Swift are always"]],
] as const) {
  test(`two causes are told at once, the rest when it is asked for, ${slug}`, async ({ page }) => {
    await openProduct(page, slug, query);
    await option(page, attribute, code).click();
    const panel = page.getByTestId("panel");
    const more = panel.locator("details");
    await expect(more.locator("summary")).toHaveText(`And ${causes.length - 2} more reason`);
    const [first, rest] = [panel.locator("> p").first(), more.locator("p")];
    await expect(rest).toBeHidden();
    await more.locator("summary").click();
    await expect(rest).toBeVisible();
    const [told, asked] = [await first.innerText(), await rest.innerText()];
    expect(causes.filter((cause) => told.includes(cause))).toHaveLength(2);
    expect(causes.filter((cause) => asked.includes(cause))).toHaveLength(1);
    for (const cause of causes) expect(told.includes(cause), cause).not.toBe(asked.includes(cause));
  });
}

for (const [slug, query, attribute, code, most] of [
  ["travel-bike", "?litres=0&carrier_bags=trunk,pannier_right,pannier_left&extras=", "carrier_bags", "duffel", 3],
  ["laptop", "?display=touch&accessories=mouse,sleeve,hub,charger", "accessories", "pen", 4],
] as const) {
  test(`a full set says how many it takes, and offers a place for each that is there, ${slug}`, async ({ page }) => {
    await openProduct(page, slug, query);
    const limits = page.locator(`[data-attribute="${attribute}"]`).getByTestId("limits");
    await expect(limits).toHaveText(`${most} of at most ${most}`);
    await option(page, attribute, code).click();
    await expect(page.getByTestId("panel")).toContainText(`at most ${most}`);
    await expect(page.getByTestId("repair").first()).toBeVisible();
    await page.getByTestId("keep-mine").click();
    await page.locator(`[data-attribute="${attribute}"] [data-option]:has(:checked)`).first().click();
    await expect(limits).toHaveText(`${most - 1} of at most ${most}`);
  });
}

const READY = [
  { slug: "travel-bike", name: "Commuter", attribute: "frame", code: "low_step", more: "more" },
  { slug: "coffee-machine", name: "Espresso only", attribute: "trim", code: "brass", more: "more" },
];

for (const { slug, name, attribute, code, more } of READY) {
  test(`a ready-made design is a click away, and one's own stands beside it, ${slug}`, async ({ page }) => {
    await openProduct(page, slug);
    const beside = page.getByTestId("beside");
    const cards = page.getByTestId("ready-made");
    await expect(cards).toHaveCount(4);
    await expect(cards.first()).toHaveAttribute("aria-current", "true");
    const ready = cards.filter({ hasText: name });
    const price = (await ready.innerText()).split("\n").pop()!;
    await ready.click();
    await expect(total(page)).toHaveText(price);
    await expect(beside).toContainText(`This is our “${name}”.`);
    await expect(ready).toHaveAttribute("aria-current", "true");
    // What a tile says of price and days is what then stands beside the design.
    const told = await option(page, attribute, code).innerText();
    const [, change] = /\+(€[\d,.]+)/.exec(told)!;
    const [days] = /\d+\s(?:working\sdays?)\slater/.exec(told)!;
    await option(page, attribute, code).click();
    await expect(beside).toContainText(`1 change from our “${name}”: ${change} ${more}, ${days}`);
    await expect(beside).toContainText(/changes from our standard: €[\d,.]+ (more|less), \d+\sworking\sdays?\s(later|sooner)/);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(cards.first()).toHaveAttribute("aria-current", "true");
    await expectAccessible(page, "ready-made designs");
  });
}

for (const { status, told } of [{ status: 500, told: "away" }, { status: 429, told: "away" }, { status: 404, told: "dialog" }]) {
  test(`nothing is replaced without an answer, ${status}`, { annotation: { type: "expected-status", description: String(status) } }, async ({ page }) => {
    const { slug, name, attribute, code } = READY[0];
    await openProduct(page, slug);
    const tile = option(page, attribute, code);
    await tile.click();
    await expect(page).toHaveURL(new RegExp(`${attribute}=${code}`));
    const mine = await total(page).innerText();
    const asked = "**/replace?**";
    await page.route(asked, (route) => route.fulfill({ status, contentType: "text/html", body: "<main><h1>It does not work.</h1><p>Nothing is lost.</p></main>" }));
    await page.getByTestId("ready-made").filter({ hasText: name }).click();
    const dialog = page.getByRole("dialog");
    if (told === "dialog") {
      await expect(dialog).toContainText("It does not work.");
      await expect(dialog).toContainText("Nothing is lost.");
      await dialog.getByRole("button").click();
      await expect(dialog).toBeHidden();
    } else {
      await expect(page.getByTestId("away").getByRole("button").first()).toBeVisible();
    }
    await expect(total(page)).toHaveText(mine);
    await expect(tile.locator("input")).toBeChecked();
    await page.unroute(asked);
    if (told === "dialog") await page.getByTestId("ready-made").filter({ hasText: name }).click();
    else await page.getByTestId("away").getByRole("button").first().click();
    await expect(dialog).toContainText(`Take “${name}” in place of your design?`);
  });
}

for (const { slug, name, attribute, code } of READY) {
  test(`a ready-made design asks before it takes the place of one's own, ${slug}`, async ({ page }) => {
    await openProduct(page, slug);
    const tile = option(page, attribute, code);
    await tile.click();
    await expect(page).toHaveURL(new RegExp(`${attribute}=${code}`));
    const mine = await total(page).innerText();
    const cards = page.getByTestId("ready-made");
    const ready = cards.filter({ hasText: name });
    const price = (await ready.innerText()).split("\n").pop()!;
    await ready.click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(`Take “${name}” in place of your design?`);
    await expect(dialog.getByTestId("given-up")).toContainText(`instead of`);
    await expect(dialog.getByTestId("costs-then")).toHaveText(new RegExp(`^\\${price} in all: €[\\d,.]+ (more|less)`));
    await expect(dialog.getByTestId("keep-mine")).toBeFocused();
    await expectAccessible(page, "what a ready-made design takes the place of");
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(ready).toBeFocused();
    await expect(total(page)).toHaveText(mine);
    await expect(tile.locator("input")).toBeChecked();
    // Nobody means to go on who closes it.
    await page.keyboard.press("Enter");
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(tile.locator("input")).toBeChecked();
    await page.keyboard.press("Enter");
    await dialog.getByTestId("take").click();
    await expect(dialog).toBeHidden();
    await expect(total(page)).toHaveText(price);
    await expect(ready).toHaveAttribute("aria-current", "true");
    await expect(page.getByTestId("bar").getByRole("status")).toContainText(price);
    // From one ready-made design to another nothing of one's own is lost.
    await cards.first().click();
    await expect(cards.first()).toHaveAttribute("aria-current", "true");
    await expect(dialog).toBeHidden();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(tile.locator("input")).toBeChecked();
    await expect(total(page)).toHaveText(mine);
  });
}

test("without scripts a ready-made design asks on a page of its own", async ({ browser, shop }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: shop.url });
  const page = await context.newPage();
  await page.goto("/products/travel-bike?frame=low_step");
  const frame = option(page, "frame", "low_step").locator("input");
  const ready = page.getByTestId("ready-made").filter({ hasText: "Commuter" });
  await ready.click();
  await expect(page.getByTestId("given-up")).toContainText("instead of");
  await page.getByTestId("keep-mine").click();
  await expect(frame).toBeChecked();
  await ready.click();
  await page.getByTestId("take").click();
  await expect(frame).not.toBeChecked();
  await expect(page.getByTestId("beside")).toContainText("This is our “Commuter”.");
  await context.close();
});

test("a ready-made design is a link without scripts", async ({ browser, shop }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: shop.url });
  const page = await context.newPage();
  await page.goto("/products/travel-bike?_lang=de");
  await page.getByTestId("ready-made").filter({ hasText: "Alltagsrad" }).click();
  await expect(option(page, "drivetrain", "belt").locator("input")).toBeChecked();
  await expect(page.getByTestId("beside")).toContainText("Das ist unser Entwurf „Alltagsrad“.");
  await context.close();
});

for (const [slug, ceiling, chosen, further] of [
  ["trainer", 11, "upper=leather&upper_colour=navy&panel_colour=ink&heel_tab=leather&sole=cloud&sole_colour=gum&laces=round&lace_colour=navy", ["fit", "wide"]],
  ["bookcase", 14, "wood=walnut&thickness=mm30&feet=frame&doors=drawers&depth=40&back=sage&extras=wall_fixing,led,cable&width=130", ["handles", "brass"]],
] as const) {
  test(`the budget says what takes most of it, and at the ceiling what to let go, ${slug}`, async ({ page }) => {
    await openProduct(page, slug);
    const spent = page.getByTestId("spent");
    await total(page).click();
    await expect(spent).toContainText(`0 of ${ceiling} points`);
    await openProduct(page, slug, `?${chosen}`);
    await total(page).click();
    await expect(spent).toContainText("Most of it:");
    await expect(spent).toContainText(`${ceiling} of ${ceiling} points`);
    const before = await total(page).innerText();
    await spent.getByRole("link").first().click();
    await expect(spent).not.toContainText(`${ceiling} of ${ceiling} points`);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(total(page)).toHaveText(before);
    // What would go beyond it is explained like a rule, with ways to have it.
    await total(page).click();
    const tile = option(page, further[0], further[1]);
    await expect(tile).toHaveClass(/blocked/);
    await tile.click();
    await expect(page.getByTestId("panel")).toContainText(/This would take \d+ of \d+ points of customisation|go beyond the customisation budget/);
    await page.getByTestId("repair").first().click();
    await expect(tile.locator("input")).toBeChecked();
  });
}
