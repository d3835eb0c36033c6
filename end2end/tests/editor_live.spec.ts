// The editor saves itself: what is typed in one section is there whatever becomes of another, of the session, the line or the page.
import { type Page } from "@playwright/test";
import { enter, expect, expectAccessible, openRow, ownShop, saved } from "./shop";

const test = ownShop();

const EDITOR = "/admin/products/trainer";
const PASSWORD = "a kiln and a wheel";

/** What the shop has of a field. */
async function kept(page: Page, field: string): Promise<string | null> {
  const html = await (await page.request.get(EDITOR)).text();
  const read = ([text, wanted]: string[]) => new DOMParser().parseFromString(text, "text/html").querySelector(wanted)?.getAttribute("value") ?? null;
  return page.evaluate(read, [html, field]);
}

const field = (page: Page, name: string) => page.locator(`#basics [name=${name}]`);

test("what is typed in two sections is saved without a button, and nothing jumps", async ({ page, shop }) => {
  await enter(page, shop, "ana@example.org");
  await page.goto(EDITOR);
  await expect(page.getByTestId("saving")).toHaveText("");
  await field(page, "summary").fill("A trainer for rain.");
  await expect(page.getByTestId("saving")).toHaveText("Not saved");
  // On to another section before anything is sent; what is typed there meanwhile stays.
  const label = page.getByTestId("attribute-upper").getByLabel("Name of Leather");
  await openRow(page.getByTestId("attribute-upper").locator(".."));
  await label.focus();
  await page.keyboard.press("End");
  await page.keyboard.type(", waxed", { delay: 60 });
  await expect.poll(() => kept(page, "#basics [name=summary]")).toBe("A trainer for rain.");
  await expect(label).toBeFocused();
  await expect(label).toHaveValue("Leather, waxed");
  const top = (await label.boundingBox())?.y ?? 0;
  await page.keyboard.press("Tab");
  await saved(page);
  // Its translations are of the former text, which nobody has looked at yet.
  await expect(page.getByTestId("draft-state")).toContainText("Draft · 2 things to settle");
  expect(Math.abs(((await label.boundingBox())?.y ?? 0) - top)).toBeLessThan(3);
  expect(await kept(page, "#basics [name=summary]")).toBe("A trainer for rain.");
  expect(await kept(page, "[name='label.leather']")).toBe("Leather, waxed");
  // Who can't see it hears it once, after a pause.
  await expect(page.locator("#announced")).toHaveText("Saved");
  // A button of one section saves what is typed in another, too.
  await field(page, "summary").fill("A trainer for snow.");
  await page.locator("#budget [name=ceiling]").fill("7");
  await page.getByTestId("save-budget").click();
  // Three saves, of which two change what all designs are counted by.
  await expect(page.getByTestId("saved")).toBeVisible({ timeout: 60_000 });
  await saved(page);
  expect(await kept(page, "#basics [name=summary]")).toBe("A trainer for snow.");
  // What follows is shown: the picture beside, the bar, the rules.
  await field(page, "base_price").fill("150");
  await field(page, "base_price").press("Tab");
  await saved(page);
  await expect(page.locator("#analysis")).toContainText("€150");
});

test("what can't be taken is marked and stays, while others are saved", async ({ page, shop }) => {
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await enter(page, shop, "bea@example.org");
  await page.goto(EDITOR);
  await field(page, "lead_time_days").fill("soon");
  await field(page, "lead_time_days").press("Tab");
  await expect(page.locator("#unsaved")).toContainText("Not saved: something can't be taken as it is.");
  await expect(field(page, "lead_time_days")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "lead_time_days")).toHaveValue("soon");
  await page.locator("#budget [name=ceiling]").fill("8");
  await page.locator("#budget [name=ceiling]").press("Tab");
  await expect.poll(() => kept(page, "#budget [name=ceiling]")).toBe("8");
  await expect(field(page, "lead_time_days")).toHaveAttribute("aria-invalid", "true");
  await field(page, "lead_time_days").fill("6");
  await field(page, "lead_time_days").press("Tab");
  await saved(page);
  await expect(page.locator("#unsaved")).toBeHidden();
  await expect(field(page, "lead_time_days")).not.toHaveAttribute("aria-invalid", "true");
});

test("a clash shows both, and saving again is a decision", async ({ page, shop, browser }) => {
  test.info().annotations.push({ type: "expected-status", description: "409" });
  await enter(page, shop, "cleo@example.org");
  await page.goto(EDITOR);
  const context = await browser.newContext({ baseURL: shop.url });
  const other = await context.newPage();
  await enter(other, shop, "dan@example.org");
  await other.goto(EDITOR);
  await field(other, "summary").fill("Dan's words.");
  await other.locator("#budget [name=ceiling]").fill("9");
  await other.locator("#budget [name=ceiling]").press("Tab");
  await saved(other);
  await field(page, "summary").fill("Cleo's words.");
  await field(page, "summary").press("Tab");
  await expect(page.getByTestId("conflict")).toContainText("dan@example.org");
  await expect(page.locator("#unsaved")).toContainText("somebody changed the same meanwhile");
  await expect(page.getByTestId("saved-now").first()).toContainText("Dan's words.");
  await expect(field(page, "summary")).toHaveValue("Cleo's words.");
  // Typing on does not decide it.
  await field(page, "summary").fill("Cleo's better words.");
  await field(page, "summary").press("Tab");
  await expect(page.locator("#unsaved")).toContainText("somebody changed the same meanwhile");
  await page.getByTestId("save-basics").click();
  await saved(page);
  await expect(page.getByTestId("conflict")).toHaveCount(0);
  expect(await kept(page, "#basics [name=summary]")).toBe("Cleo's better words.");
  expect(await kept(page, "#budget [name=ceiling]")).toBe("9");
  await context.close();
});

test("a session that ends loses nothing, and goes on after a log-in in another tab", async ({ page, shop }) => {
  // A long page to look through.
  test.slow();
  await enter(page, shop, "eve@example.org");
  await page.goto(EDITOR);
  const tab = await page.context().newPage();
  await tab.goto("/admin");
  await tab.getByTestId("log-out").click();
  await expect(tab).toHaveURL(/log/);
  await field(page, "summary").fill("Typed after the end.");
  await field(page, "summary").press("Tab");
  await expect(page.locator("#unsaved")).toContainText("you are logged out");
  await expect(field(page, "summary")).toHaveValue("Typed after the end.");
  await expectAccessible(page, "logged out");
  await tab.goto("/admin/login");
  await tab.getByLabel("E-mail").fill("eve@example.org");
  await tab.locator("input[type=password]").fill(PASSWORD);
  await tab.locator("main button[type=submit]").first().click();
  await expect(tab).toHaveURL(/\/admin$/);
  await expect(page.getByTestId("saving")).toHaveText("Saved", { timeout: 20_000 });
  await expect(page.locator("#unsaved")).toBeHidden();
  expect(await kept(page, "#basics [name=summary]")).toBe("Typed after the end.");
  await tab.close();
});

test("a shop that is away, and a page that goes meanwhile, lose nothing", async ({ page, shop }) => {
  // A long page to look through.
  test.slow();
  test.info().annotations.push({ type: "expected-status", description: "503" });
  await enter(page, shop, "finn@example.org");
  await page.goto(EDITOR);
  await page.route("**/basics", (route) => route.fulfill({ status: 503, body: "" }));
  await field(page, "summary").fill("Typed while it was away.");
  await field(page, "summary").press("Tab");
  await expect(page.locator("#unsaved")).toContainText("the shop can't be reached");
  await expect(page.getByTestId("saving")).toHaveText("Not saved");
  // The page goes, and comes again.
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expect(field(page, "summary")).toHaveValue("Typed while it was away.");
  await expect(page.locator("#unsaved")).toContainText("put back");
  await expect(page.getByTestId("saving")).toHaveText("Not saved");
  await expectAccessible(page, "put back");
  // Away still, then back: it goes on by itself.
  await page.getByRole("button", { name: "Save now" }).click();
  await expect(page.locator("#unsaved")).toContainText("the shop can't be reached");
  await page.unroute("**/basics");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await saved(page);
  expect(await kept(page, "#basics [name=summary]")).toBe("Typed while it was away.");
  await page.reload();
  await expect(page.locator("#unsaved")).toBeHidden();
});

test("undo takes back what somebody sees as one change, once everything is saved", async ({ page, shop }) => {
  await enter(page, shop, "gil@example.org");
  await page.goto(EDITOR);
  const before = await field(page, "summary").inputValue();
  for (const words of ["A trainer", "A trainer of", "A trainer of wool."]) {
    await field(page, "summary").fill(words);
    await field(page, "summary").press("Tab");
    await saved(page);
  }
  const name = await field(page, "name").inputValue();
  await field(page, "name").fill(`${name} two`);
  // Not saved yet: undo saves it first, and takes that back.
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(field(page, "name")).toHaveValue(name);
  await expect(field(page, "summary")).toHaveValue("A trainer of wool.");
  await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(field(page, "summary")).toHaveValue(before);
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(field(page, "summary")).toHaveValue("A trainer of wool.");
  expect(await kept(page, "#basics [name=summary]")).toBe("A trainer of wool.");
});

test("parts come, move and go in place and by keyboard, with what is typed elsewhere", async ({ page, shop }) => {
  // A long page to look through.
  test.slow();
  await enter(page, shop, "hal@example.org");
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(EDITOR);
  const upper = page.getByTestId("attribute-upper");
  await upper.locator("summary").first().press("Enter");
  await upper.locator("[name='new.label']").fill("Canvas");
  await field(page, "summary").fill("Typed before the row.");
  await upper.getByRole("button", { name: "Add", exact: true }).press("Enter");
  await expect(upper.getByLabel("Name of Canvas")).toBeVisible();
  await expect(upper.getByLabel("Name of Canvas")).toBeFocused();
  await expect(upper.locator("[name='new.label']")).toHaveValue("");
  expect(await kept(page, "#basics [name=summary]")).toBe("Typed before the row.");
  await openRow(upper.getByTestId("option").filter({ has: page.getByLabel("Name of Canvas") }));
  const up = upper.getByRole("button", { name: /Move up.*Canvas|Canvas.*[Mm]ove up/ });
  await up.press("Enter");
  await expect(up).toBeFocused();
  // What a section's button added has the focus, too.
  const surcharge = page.locator("#prices");
  await surcharge.locator("[name='new.label']").fill("Gift box");
  await surcharge.locator("[name='new.amount']").fill("4");
  await page.getByTestId("save-prices").press("Enter");
  await expect(surcharge.getByTestId("entry-prices").last().getByLabel("Name")).toBeFocused();
  await expect(surcharge.getByTestId("entry-prices").last().getByLabel("Name")).toHaveValue("Gift box");
  await expectAccessible(page, "the editor at 320 px");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  // A link away waits for what is typed.
  await field(page, "summary").fill("Typed before leaving.");
  await page.getByRole("link", { name: "Revisions" }).click();
  await expect(page).toHaveURL(/revisions/);
  expect(await kept(page, "#basics [name=summary]")).toBe("Typed before leaving.");
});

test("a rule that is shown as text stays so, and what is typed there while it is saved stays", async ({ page, shop }) => {
  await enter(page, shop, "kim@example.org");
  await page.goto(EDITOR);
  const rule = page.getByTestId("rule").first();
  await openRow(rule);
  await rule.getByRole("button", { name: /write it as text/ }).click();
  const text = rule.getByRole("textbox", { name: "Rule 1", exact: true });
  await expect(text).toBeVisible();
  await field(page, "summary").fill("Typed beside a rule.");
  await field(page, "summary").press("Tab");
  await saved(page);
  await expect(text).toBeVisible();
  const before = await text.inputValue();
  await page.route("**/rules", async (route) => {
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue();
  });
  await rule.getByLabel("Sentence for shoppers").fill("Not with this sole.");
  await rule.getByLabel("Sentence for shoppers").press("Tab");
  await text.focus();
  await expect(page.getByTestId("saving")).toHaveText("Saving…");
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" and lining != wool");
  await expect(page.getByTestId("saving")).not.toHaveText("Saving…");
  await expect(text).toBeFocused();
  await expect(text).toHaveValue(`${before} and lining != wool`);
  await expect(page.getByTestId("saving")).toHaveText("Not saved");
  await page.unroute("**/rules");
  await page.keyboard.press("Tab");
  await saved(page);
  // Undo takes back the condition, then the sentence.
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rule.getByLabel("Sentence for shoppers")).not.toHaveValue("Not with this sole.");
});

test("the tree leads to sections, and a problem to its field", async ({ page, shop }) => {
  await enter(page, shop, "ida@example.org");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(EDITOR);
  const tree = page.getByTestId("tree");
  // The step has that name, too.
  await tree.getByRole("link", { name: "Sole", exact: true }).last().click();
  await expect(page.getByTestId("attribute-sole")).toHaveAttribute("open", "");
  await expect(page.getByTestId("attribute-sole").locator("summary").first()).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`${EDITOR}#attribute-sole$`));
  await field(page, "base_price").fill("-5");
  await field(page, "base_price").press("Tab");
  await expect(tree.getByRole("link", { name: /Product.*1 problem/ })).toBeVisible();
  await page.getByTestId("problem").getByRole("link").first().click();
  await expect(field(page, "base_price")).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByTestId("problem")).toHaveCount(0);
  // One section alone saves itself as well.
  await page.goto(`${EDITOR}?section=basics`);
  await expect(page.locator("#rules")).toHaveCount(0);
  await field(page, "summary").fill("Typed on a page of its own.");
  await field(page, "summary").press("Tab");
  await saved(page);
  await expect(page.locator("#rules")).toHaveCount(0);
});

test("without scripts one section is there at a time, and a link to a field leads to it", async ({ shop, browser }) => {
  const page = await (await browser.newContext({ baseURL: shop.url, javaScriptEnabled: false })).newPage();
  await enter(page, shop, "jo@example.org");
  await page.goto(EDITOR);
  await expect(page.locator("[data-part] form:visible")).toHaveCount(0);
  await page.goto(`${EDITOR}#lead_time_days`);
  await expect(field(page, "lead_time_days")).toBeVisible();
  await expect(page.locator("[data-part] form:visible")).toHaveCount(1);
  await page.goto(EDITOR);
  await page.getByRole("link", { name: "Product: open it" }).click();
  await field(page, "summary").fill("Typed without scripts.");
  await page.getByTestId("save-basics").click();
  await expect(page.getByTestId("saved")).toBeVisible();
  await expect(page.locator("[data-part]")).toHaveCount(1);
  await page.context().close();
});

test("designs and prices follow each save beside the form, and what was typed keeps the focus", async ({ page, shop }) => {
  await enter(page, shop, "lea@example.org");
  await page.goto(EDITOR);
  const figure = (what: string) => page.getByTestId("overview-figure").filter({ hasText: what }).locator("dd");
  await expect(figure("Valid designs")).toHaveText(/\d/);
  const [designs, lowest] = [await figure("Valid designs").innerText(), await figure("Lowest price").innerText()];
  const base = Number(await field(page, "base_price").inputValue());
  await field(page, "base_price").fill(String(base + 10));
  await field(page, "base_price").press("Tab");
  await saved(page);
  // A draft that another test left has a price before and after already.
  const [live, now] = [lowest.split(" → ")[0], lowest.split(" → ").at(-1) ?? ""];
  const dearer = `€${Number(now.replace(/[^\d.]/g, "")) + 10}`;
  await expect(figure("Lowest price")).toHaveText(`${live} → ${dearer}`);
  await expect(figure("Valid designs")).toHaveText(designs);
  await expect(field(page, "lead_time_days")).toBeFocused();
  // A rule takes designs away: the count is another one.
  const rule = page.getByTestId("new-rule");
  await rule.getByRole("button", { name: /write it as text/ }).click();
  await rule.getByRole("textbox", { name: "Condition", exact: true }).fill("upper != suede");
  await page.keyboard.press("Escape");
  await page.getByTestId("save-rules").press("Enter");
  await saved(page);
  await expect(figure("Valid designs")).not.toHaveText(designs);
  await expect(figure("Valid designs")).toContainText(`${designs.split(" → ")[0]} → `);
  // The option that is dead now stands there, with the rule that is at fault; each leads to its field.
  const fault = page.getByTestId("overview-fault").first();
  await expect(fault).toContainText("No valid design has this option:");
  await fault.getByRole("link", { name: "Upper: Suede" }).click();
  await expect(page.getByTestId("attribute-upper").getByTestId("option").filter({ has: page.getByLabel("Name of Suede") })).toBeFocused();
  await expect(fault.getByRole("link", { name: /^Rule \d+/ })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(figure("Valid designs")).toHaveText(designs);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(figure("Lowest price")).toHaveText(lowest);
});

test("an overview that takes longer is put in once it is known", async ({ page, shop }) => {
  await enter(page, shop, "max@example.org");
  // As the shop answers where it needs longer than a moment.
  await page.route(`**${EDITOR}`, async (route) => {
    const answer = await route.fetch();
    const html = await answer.text();
    const waiting = html.replace(/(<div[^>]*id="overview"[^>]*)>([\s\S]*?)<p><a/, (_, open: string) => `${open} data-going-on="on"><p role="status">Designs and prices are being worked out.</p><p><a`);
    expect(waiting).toContain("being worked out");
    await route.fulfill({ response: answer, body: waiting });
  });
  await page.goto(EDITOR);
  await expect(page.getByTestId("overview-figure")).toHaveCount(4);
  await expect(page.getByTestId("overview")).not.toContainText("being worked out");
});

test("what looks forgotten is meant in its row or beside it, and nothing that is typed is lost", async ({ page, shop }) => {
  await enter(page, shop, "nia@example.org");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(EDITOR);
  const colour = page.getByTestId("attribute-upper_colour");
  await colour.locator("summary").first().press("Enter");
  await colour.locator("[name='new.label']").fill("Fog");
  const swatched = colour.locator("[name='new.swatched']");
  if (await swatched.isChecked()) await swatched.uncheck();
  await colour.getByRole("button", { name: "Add", exact: true }).press("Enter");
  const row = colour.getByTestId("option").filter({ has: page.getByLabel("Name of Fog") });
  const here = row.getByTestId("forgotten-here");
  await expect(here.filter({ hasText: "The picture has no colour for it" })).toBeVisible();
  const open = await here.count();
  await expect(page.getByTestId("draft-state")).toContainText("to settle");
  await expect(page.getByTestId("tree").getByRole("link", { name: /look/ }).first()).toContainText("▲");
  // By the button in the row, with what is typed in it.
  await row.getByLabel("Name of Fog").fill("Fog grey");
  await here.filter({ hasText: "no colour" }).getByRole("button").press("Enter");
  await saved(page);
  const grey = colour.getByTestId("option").filter({ has: page.getByLabel("Name of Fog grey") });
  await expect(grey.getByTestId("forgotten-here")).toHaveCount(open - 1);
  // The rest beside the forms, one by one; what is typed meanwhile is saved first.
  const findings = page.getByTestId("finding");
  await field(page, "lead_time_days").fill("21");
  for (let left = await findings.count(); left > 0; left = await findings.count()) {
    await findings.first().getByRole("button").press("Enter");
    await expect.poll(() => findings.count()).toBeLessThan(left);
  }
  expect(await kept(page, "#basics [name=lead_time_days]")).toBe("21");
  await expect(page.getByTestId("draft-state")).toContainText("no problems");
  await expect(page).toHaveURL(new RegExp(`${EDITOR}(#|$)`));
  await expectAccessible(page, "nothing to settle");
});

test("the picture follows the option that is being edited, and says which design it is", async ({ page, shop }) => {
  await enter(page, shop, "oda@example.org");
  await page.goto(EDITOR);
  const told = page.getByTestId("picture-of");
  const picture = page.getByTestId("draft-picture");
  await expect(told).toHaveText("The standard design.");
  const standard = await picture.innerHTML();
  const upper = page.getByTestId("attribute-upper");
  await upper.locator("summary").first().press("Enter");
  await upper.getByLabel("Name of Suede").focus();
  await expect(told).toContainText("shows Upper: Suede");
  await expect(upper.getByLabel("Name of Suede")).toBeFocused();
  const suede = await picture.innerHTML();
  expect(suede).not.toBe(standard);
  // It stays while that is saved.
  await upper.getByLabel("Price of Suede").fill("31");
  await upper.getByLabel("Price of Suede").press("Enter");
  await saved(page);
  await expect(told).toContainText("shows Upper: Suede");
  await openRow(upper.getByTestId("option").first());
  await upper.getByTestId("option").first().getByTestId("show-it").press("Enter");
  await expect(told).not.toContainText("Suede");
  await field(page, "summary").focus();
  await expect(told).toHaveText("The standard design.");
  expect(await picture.innerHTML()).toBe(standard);
  // A layer that the standard does not show.
  const layer = page.getByTestId("entry-layers").filter({ has: page.locator("[name^='given.when.'], textarea[name^='when.']") }).last();
  await layer.locator("[name^='file.'], [name^='text.']").first().focus();
  await expect(told).toContainText("layer");
});
