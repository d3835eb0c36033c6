// What once went wrong in the editor: buttons while the shop is away, entries that change places, parts that somebody else removes.
import { type Browser, type Page } from "@playwright/test";
import { enter, expect, expectAccessible, fillOrder, openRow, ownShop, saved, type Shop } from "./shop";

const test = ownShop();

const EDITOR = "/admin/products/trainer";

const field = (page: Page, name: string) => page.locator(`#basics [name=${name}]`);
const attribute = (page: Page, code: string) => page.getByTestId(`attribute-${code}`);
const options = (page: Page, code: string) => attribute(page, code).getByTestId("option");
const unfoldPart = async (page: Page, code: string) => {
  if ((await attribute(page, code).getAttribute("open")) === null) await attribute(page, code).locator("summary").first().click();
};
const layers = (page: Page) => page.getByTestId("entry-layers");

/** The files of the layers, as the shop has them. */
async function files(page: Page): Promise<string[]> {
  const html = await (await page.request.get(EDITOR)).text();
  const read = (text: string) => [...new DOMParser().parseFromString(text, "text/html").querySelectorAll("#layers [name^='file.'] option[selected]")].map((option) => option.getAttribute("value") ?? "");
  return page.evaluate(read, html);
}
/** The codes of an attribute's options, as the shop has them. */
async function codes(page: Page, code: string): Promise<string[]> {
  const html = await (await page.request.get(EDITOR)).text();
  const read = ([text, within]: string[]) => [...new DOMParser().parseFromString(text, "text/html").querySelectorAll(`#attribute-${within} [name^='code.']`)].map((input) => input.getAttribute("value") ?? "");
  return page.evaluate(read, [html, code]);
}

async function open(page: Page, shop: Shop, who: string): Promise<void> {
  await enter(page, shop, `${who}@example.org`);
  await page.goto(EDITOR);
}
async function somebodyElse(browser: Browser, shop: Shop, who: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: shop.url });
  const other = await context.newPage();
  await open(other, shop, who);
  return other;
}
const more = async (page: Page, code: string, option: string) => {
  const row = options(page, code).and(page.locator(`[data-key=${option}]`));
  await openRow(row);
  return row;
};

test("a question is answered by its buttons alone, and can be declined", async ({ page, shop }) => {
  // A long page to look through.
  test.slow();
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await open(page, shop, "ana");
  const upper = attribute(page, "upper");
  await unfoldPart(page, "upper");
  const before = await codes(page, "upper");
  const remove = upper.locator("button[value='remove:knit']");
  await more(page, "upper", "knit");
  await remove.click();
  await expect(upper.getByTestId("asks")).toBeFocused();
  // Away from the heads that stay in view, which cover what scrolls below them.
  await upper.getByTestId("asks").evaluate((asks) => asks.scrollIntoView({ block: "center", behavior: "instant" }));
  await expectAccessible(page, "a question");
  // Enter in a line of text is Save, also under a question.
  const label = upper.locator("[name='label.mesh']");
  await label.fill("Open mesh");
  await label.press("Enter");
  await expect(upper.getByTestId("asks")).toHaveCount(0);
  await saved(page);
  expect(await codes(page, "upper")).toEqual(before);
  await more(page, "upper", "knit");
  await remove.click();
  await upper.getByRole("button", { name: "Keep it" }).click();
  await expect(upper.getByTestId("asks")).toHaveCount(0);
  await saved(page);
  await expect(page.locator("#unsaved")).toBeHidden();
  expect(await codes(page, "upper")).toEqual(before);
  // A question that is left open keeps nothing else from being undone.
  await more(page, "upper", "knit");
  await remove.click();
  await expect(upper.getByTestId("asks")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(label).toHaveValue("Mesh");
  await expect(upper.getByTestId("asks")).toHaveCount(0);
  await expect(page.locator("#unsaved")).toBeHidden();
});

test("a button that is pressed while the shop is away is done once it is back", async ({ page, shop }) => {
  test.info().annotations.push({ type: "expected-status", description: "503" });
  await open(page, shop, "bea");
  await page.route("**/layers", (route) => route.fulfill({ status: 503, body: "" }));
  const before = await files(page);
  await page.locator("#layers button[value='remove:0']").click();
  await expect(page.locator("#unsaved")).toContainText("the shop can't be reached");
  expect(await files(page)).toEqual(before);
  await page.unroute("**/layers");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect.poll(() => files(page)).toEqual(before.slice(1));
  await saved(page);
  await expect(page.locator("#unsaved")).toBeHidden();
  await page.locator("#budget [name=ceiling]").fill("7");
  await page.getByTestId("save-budget").click();
  await saved(page);
});

test("what is typed after an option's code changed is saved", async ({ page, shop }) => {
  await open(page, shop, "cy");
  await unfoldPart(page, "lining");
  const row = await more(page, "lining", "wool");
  await row.locator("[name='code.wool']").fill("merino");
  // On to the next field before anything is saved.
  const next = attribute(page, "lining").locator("[name='description.wool'], [name='description.merino']");
  await next.focus();
  await saved(page);
  await expect(next).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Warm and dry.");
  await page.keyboard.press("Tab");
  await saved(page);
  await page.reload();
  await expect(page.locator("#attribute-lining [name='description.merino']")).toHaveValue("Warm and dry.");
});

test("a layer goes where it is sent, once, with the focus, and no other with it", async ({ page, shop }) => {
  await open(page, shop, "dan");
  const before = await files(page);
  const place = layers(page).nth(3).locator("[name^='place.']");
  await place.fill("1");
  await place.press("Enter");
  const moved = [before[3], ...before.slice(0, 3), ...before.slice(4)];
  await expect.poll(() => files(page)).toEqual(moved);
  await expect(place.or(page.locator("#layers [name='place.0']")).first()).toBeFocused();
  // Something else of that section is saved: nothing moves once more.
  await layers(page).nth(5).getByRole("button", { name: /write it as text/ }).click();
  const when = page.locator("#layers [name='when.5']");
  await when.fill("heel_tab = loop or heel_tab = leather");
  // The button beside it belongs to it.
  await when.press("Tab");
  await page.keyboard.press("Tab");
  await saved(page);
  expect(await files(page)).toEqual(moved);
  // By keyboard an entry goes on as often as the key is pressed.
  const down = page.locator("#layers button[value='down:0']");
  await down.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => files(page)).toEqual([moved[1], moved[0], ...moved.slice(2)]);
  await saved(page);
  await page.keyboard.press("Enter");
  await expect.poll(() => files(page)).toEqual([moved[1], moved[2], moved[0], ...moved.slice(3)]);
});

test("what is open and has the focus goes with an option", async ({ page, shop }) => {
  await open(page, shop, "eve");
  await unfoldPart(page, "laces");
  const last = (await codes(page, "laces")).at(-1) ?? "";
  const row = await more(page, "laces", last);
  await row.locator(`button[value='up:${last}']`).click();
  await saved(page);
  await expect(row.locator("details")).toHaveAttribute("open", "");
  await expect(options(page, "laces").locator("details[open]")).toHaveCount(1);
  await expect(row.locator(`button[value='up:${last}']`)).toBeFocused();
  // Its place is written and left before anything is saved: what is typed next is its own.
  await row.locator(`[name='place.${last}']`).fill("1");
  const description = row.locator(`[name='description.${last}']`);
  await description.focus();
  await saved(page);
  await expect(description).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("On top.");
  await page.keyboard.press("Tab");
  await saved(page);
  await row.locator(`[name='place.${last}']`).fill("2");
  await row.locator(`[name='place.${last}']`).press("Enter");
  await expect(row.locator(`[name='place.${last}']`)).toBeFocused();
  await saved(page);
  await page.reload();
  expect((await codes(page, "laces"))[1]).toBe(last);
  await expect(page.locator(`#attribute-laces [name='description.${last}']`)).toHaveValue("On top.");
});

test("what was typed in a part that somebody else removed is told until it is forgotten", async ({ page, shop, browser }) => {
  test.info().annotations.push({ type: "expected-status", description: "404" }, { type: "expected-status", description: "422" });
  await open(page, shop, "finn");
  const other = await somebodyElse(browser, shop, "gil");
  const insole = attribute(page, "insole");
  await unfoldPart(page, "insole");
  await unfoldPart(other, "insole");
  await attribute(other, "insole").locator("button[value='attribute-remove']").click();
  await attribute(other, "insole").getByRole("button", { name: "Remove it all the same" }).click();
  await expect(attribute(other, "insole")).toHaveCount(0);
  await insole.locator("[name=help]").fill("Soft, and washable.");
  await insole.locator("[name=help]").press("Tab");
  await expect(page.locator("#unsaved")).toContainText("Advice under the name (optional): Soft, and washable.");
  await expect(insole).toHaveCount(0);
  // It stays told while other parts are saved, and after a reload.
  await field(page, "summary").fill("A trainer without insoles.");
  await field(page, "summary").press("Tab");
  await saved(page);
  await expect(page.locator("#unsaved")).toContainText("Soft, and washable.");
  await page.reload();
  await expect(page.locator("#unsaved")).toContainText("Soft, and washable.");
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(page.locator("#unsaved")).toBeHidden();
  await other.context().close();
});

test("what is kept of one section stays kept on the page of another", async ({ page, shop }) => {
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await open(page, shop, "hal");
  await field(page, "lead_time_days").fill("soon");
  await field(page, "lead_time_days").press("Tab");
  await expect(page.locator("#unsaved")).toContainText("something can't be taken");
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto(`${EDITOR}?section=budget`);
  await expect(page.locator("#unsaved")).toBeHidden();
  await page.locator("#budget [name=ceiling]").fill("6");
  await page.locator("#budget [name=ceiling]").press("Tab");
  await saved(page);
  await page.goto(EDITOR);
  await expect(field(page, "lead_time_days")).toHaveValue("soon");
  await expect(page.locator("#unsaved")).toContainText("put back");
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(field(page, "lead_time_days")).not.toHaveValue("soon");
});

test("a button that is pressed twice does it once", async ({ page, shop }) => {
  await open(page, shop, "ida");
  const before = await files(page);
  await page.locator("#layers button[value='remove:2']").dblclick();
  await expect.poll(() => files(page)).toEqual([...before.slice(0, 2), ...before.slice(3)]);
  await saved(page);
  await page.waitForTimeout(1_000);
  expect(await files(page)).toEqual([...before.slice(0, 2), ...before.slice(3)]);
  const fit = attribute(page, "fit");
  await unfoldPart(page, "fit");
  await fit.locator("[name='new.label']").fill("Extra wide");
  await fit.getByRole("button", { name: "Add", exact: true }).dblclick();
  await expect(fit.getByLabel("Name of Extra wide")).toBeVisible();
  await saved(page);
  await expect(fit.locator("[name='new.label']")).not.toHaveAttribute("aria-invalid", "true");
  expect((await codes(page, "fit")).filter((code) => code.startsWith("extra_wide"))).toHaveLength(1);
});

test("a clash is decided though others go on", async ({ page, shop, browser }) => {
  test.info().annotations.push({ type: "expected-status", description: "409" });
  await open(page, shop, "jo");
  const other = await somebodyElse(browser, shop, "kim");
  await field(other, "summary").fill("Kim's words.");
  await field(other, "summary").press("Tab");
  await saved(other);
  await field(page, "summary").fill("Jo's words.");
  await field(page, "summary").press("Tab");
  await expect(page.getByTestId("conflict")).toBeVisible();
  // Both go on elsewhere meanwhile.
  await other.locator("#budget [name=ceiling]").fill("9");
  await other.locator("#budget [name=ceiling]").press("Tab");
  await saved(other);
  await page.locator("#budget [name=per_deviation]").fill("3");
  await page.locator("#budget [name=per_deviation]").press("Tab");
  await expect.poll(async () => (await (await page.request.get(EDITOR)).text()).includes('name="per_deviation" type="text" inputmode="numeric" autocomplete="off" value="3"')).toBe(true);
  await page.getByTestId("save-basics").click();
  await saved(page);
  await expect(page.getByTestId("conflict")).toHaveCount(0);
  await page.reload();
  await expect(field(page, "summary")).toHaveValue("Jo's words.");
  await expect(page.locator("#budget [name=ceiling]")).toHaveValue("9");
  await other.context().close();
});

test("theirs are taken only once they are here", async ({ page, shop, browser }) => {
  test.info().annotations.push({ type: "expected-status", description: "409" }, { type: "expected-status", description: "503" });
  await open(page, shop, "lea");
  const other = await somebodyElse(browser, shop, "max");
  await field(other, "summary").fill("Max's words.");
  await field(other, "summary").press("Tab");
  await saved(other);
  await field(page, "summary").fill("Lea's words.");
  await field(page, "summary").press("Tab");
  await expect(page.getByTestId("conflict")).toBeVisible();
  await page.route(`**${EDITOR}`, (route) => route.fulfill({ status: 503, body: "" }));
  await page.getByTestId("conflict").getByRole("link").click();
  await expect(page.locator("#unsaved")).toContainText("the shop can't be reached");
  await expect(page.getByTestId("conflict")).toBeVisible();
  await expect(field(page, "summary")).toHaveValue("Lea's words.");
  await page.unroute(`**${EDITOR}`);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page.locator("#unsaved")).toContainText("somebody changed the same meanwhile");
  await page.getByTestId("conflict").getByRole("link").click();
  await expect(field(page, "summary")).toHaveValue("Max's words.");
  await expect(page.getByTestId("conflict")).toHaveCount(0);
  await other.context().close();
});

test("a move goes on though something else is wrong, and a link waits for it", async ({ page, shop }) => {
  await open(page, shop, "nic");
  // Something of that attribute is wrong, and stays so.
  const sole = attribute(page, "sole");
  await unfoldPart(page, "sole");
  await sole.getByRole("button", { name: /write it as text/ }).first().click();
  await sole.locator("[name=applies]").fill("nothing = here");
  // The button beside it belongs to it.
  await sole.locator("[name=applies]").press("Tab");
  await page.keyboard.press("Tab");
  await saved(page);
  await expect(sole.locator("[name=applies]")).toHaveAttribute("aria-invalid", "true");
  const order = await codes(page, "sole");
  const last = order.at(-1) ?? "";
  const up = sole.locator(`button[value='up:${last}']`);
  await more(page, "sole", last);
  await up.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => codes(page, "sole")).not.toEqual(order);
  await saved(page);
  await expect(up).toBeFocused();
  // A link at once: the button before it is done.
  await page.route("**/layers", async (route) => {
    await new Promise((done) => setTimeout(done, 600));
    await route.continue();
  });
  const before = await files(page);
  await page.locator("#layers button[value='remove:1']").click();
  await page.getByRole("link", { name: "Revisions" }).click();
  await expect(page).toHaveURL(/revisions/);
  expect(await files(page)).toEqual([before[0], ...before.slice(2)]);
});

test("a rule by menus is saved though nobody does anything more", async ({ page, shop }) => {
  await open(page, shop, "rob");
  const rule = page.getByTestId("rule").first();
  await openRow(rule);
  await page.route("**/rules", async (route) => {
    await new Promise((done) => setTimeout(done, 1_500));
    await route.continue();
  });
  await rule.locator("select[name$='.relation']").first().selectOption({ label: "is not" });
  await field(page, "summary").focus();
  await expect(page.getByTestId("saving")).toHaveText("Not saved");
  await saved(page);
  await page.reload();
  await expect(page.getByTestId("rule").first().locator("select[name$='.relation']").first().locator("option:checked")).toHaveText("is not");
});

test("an entry whose answer was lost is there once, as it was mended", async ({ page, shop }) => {
  await open(page, shop, "oda");
  const fit = attribute(page, "fit");
  await unfoldPart(page, "fit");
  const before = await codes(page, "fit");
  // It arrives, and its answer does not.
  await page.route("**/attributes/fit", async (route) => {
    await route.fetch();
    await route.fulfill({ status: 504, body: "" });
  }, { times: 1 });
  await fit.locator("[name='new.label']").fill("Slim");
  test.info().annotations.push({ type: "expected-status", description: "504" });
  await fit.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.locator("#unsaved")).toContainText("the shop can't be reached");
  await fit.locator("[name='new.label']").fill("Very slim");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await saved(page);
  await expect(fit.getByLabel("Name of Very slim")).toBeVisible();
  expect(await codes(page, "fit")).toHaveLength(before.length + 1);
});

test("texts that are typed are saved with a file, and put back after a log-in", async ({ page, shop }) => {
  await enter(page, shop, "pia@example.org");
  await page.goto(`${EDITOR}/texts/fr`);
  await page.locator('[name="text.summary"]').fill("Une chaussure.");
  await page.locator("#file").setInputFiles({ name: "fr.csv", mimeType: "text/csv", buffer: Buffer.from("text,translation\nname,Chaussure\n") });
  await page.getByTestId("upload").click();
  await expect(page.getByTestId("saved")).toBeVisible();
  await expect(page.locator('[name="text.name"]')).toHaveValue("Chaussure");
  await expect(page.locator('[name="text.summary"]')).toHaveValue("Une chaussure.");
  await expect(page.getByTestId("put-back")).toBeHidden();
  // The session ends, and the log-in leads elsewhere.
  const tab = await page.context().newPage();
  await tab.goto("/admin");
  await tab.getByTestId("log-out").click();
  await expect(tab).toHaveURL(/log/);
  await page.locator('[name="text.name"]').fill("Basket");
  await expect(page.locator("#unsaved")).toContainText("you are logged out");
  await page.getByTestId("save-texts").click();
  await expect(page).toHaveURL(/login/);
  await page.getByLabel("E-mail").fill("pia@example.org");
  await page.locator("input[type=password]").fill("a kiln and a wheel");
  await page.getByTestId("log-in").click();
  await expect(page).not.toHaveURL(/login/);
  await page.goto(`${EDITOR}/texts/fr`);
  await expect(page.locator('[name="text.name"]')).toHaveValue("Basket");
  await expect(page.getByTestId("put-back")).toBeVisible();
  await expectAccessible(page, "texts that were put back");
  // Leaving asks; once it is saved nothing does.
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked += 1;
    void dialog.accept();
  });
  await page.locator('[name="text.name"]').press("End");
  await page.goto(`${EDITOR}/texts/fr`);
  expect(asked).toBe(1);
  await page.getByTestId("save-texts").click();
  await expect(page.getByTestId("saved")).toBeVisible();
  await expect(page.getByTestId("put-back")).toBeHidden();
  await page.goto(`${EDITOR}/texts/fr`);
  await expect(page.locator('[name="text.name"]')).toHaveValue("Basket");
  expect(asked).toBe(1);
  // What stands on another page of the form waits for it.
  await page.locator('[name="text.summary"]').fill("Autre chose.");
  await page.goto(`${EDITOR}/texts/fr?show=all&from=61`);
  await expect(page.getByTestId("put-back")).toBeHidden();
  await page.goto(`${EDITOR}/texts/fr`);
  await expect(page.getByTestId("put-back")).toBeVisible();
  await expect(page.locator('[name="text.summary"]')).toHaveValue("Autre chose.");
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(page.locator('[name="text.summary"]')).toHaveValue("Une chaussure.");
  await page.goto(`${EDITOR}/texts/fr`);
  await expect(page.getByTestId("put-back")).toBeHidden();
});

/** Sends a form after the session ended elsewhere, and logs in where that leads. */
async function sendLoggedOut(page: Page, button: string, email: string): Promise<void> {
  const tab = await page.context().newPage();
  await tab.goto("/admin");
  await tab.getByTestId("log-out").click();
  await expect(tab).toHaveURL(/login/);
  await tab.close();
  await page.getByTestId(button).click();
  await expect(page).toHaveURL(/login/);
  await page.waitForLoadState();
  await page.getByLabel("E-mail").fill(email);
  await page.locator("input[type=password]").fill("a kiln and a wheel");
  await page.getByTestId("log-in").click();
}

test("settings, a note and a new product are put back after a log-in, and are over once they are taken", async ({ page, shop }) => {
  test.setTimeout(120_000);
  await page.goto("/products/trainer/order?upper=leather");
  await fillOrder(page);
  await page.getByTestId("place-order").click();
  const number = (await page.getByTestId("order-number").innerText()).replace(/\D/g, "");
  const who = "rosa@example.org";
  await enter(page, shop, who);
  const told = page.getByTestId("put-back");

  await page.goto("/admin/settings");
  await page.locator("[name='contact.hours']").fill("Always, nearly");
  await page.locator("[name='pages.payment']").fill("You pay once it is there.");
  await sendLoggedOut(page, "save", who);
  await expect(page).toHaveURL(/\/admin\/settings/);
  await expect(told).toBeVisible();
  await expect(page.locator("[name='contact.hours']")).toHaveValue("Always, nearly");
  await expect(page.locator("[name='pages.payment']")).toHaveValue("You pay once it is there.");
  await expectAccessible(page, "settings that were put back");
  await page.getByTestId("save").click();
  await expect(page.getByTestId("done")).toBeVisible();
  await expect(told).toBeHidden();
  await expect(page.locator("[name='contact.hours']")).toHaveValue("Always, nearly");

  const note = page.getByLabel("New note");
  await page.goto(`/admin/orders/${number}`);
  await note.fill("Call before sending");
  await sendLoggedOut(page, "add-note", who);
  await expect(told).toBeVisible();
  await expect(note).toHaveValue("Call before sending");
  await page.getByTestId("add-note").click();
  await expect(page.getByTestId("notes")).toContainText("Call before sending");
  await expect(note).toHaveValue("");
  await page.reload();
  await expect(note).toHaveValue("");
  await expect(told).toBeHidden();

  // Where that leads elsewhere, too.
  const name = page.locator("#fresh-name");
  await page.goto("/admin/new");
  await name.fill("Lamp");
  await page.locator("#fresh-attribute").fill("Shade");
  await page.locator("#fresh-options").fill("Linen\nPaper");
  await sendLoggedOut(page, "begin", who);
  await expect(told).toBeVisible();
  await expect(name).toHaveValue("Lamp");
  await expect(page.locator("#fresh-options")).toHaveValue("Linen\nPaper");
  await page.getByTestId("begin").click();
  await expect(page).toHaveURL(/\/admin\/products\/lamp$/);
  await page.goto("/admin/new");
  await expect(name).toHaveValue("");
  await expect(told).toBeHidden();
});

test("a note that found no shop is there when its page is opened again, and over once it is taken", async ({ page, shop }) => {
  await page.goto("/products/trainer/order?upper=leather");
  await fillOrder(page);
  await page.getByTestId("place-order").click();
  const number = (await page.getByTestId("order-number").innerText()).replace(/\D/g, "");
  await enter(page, shop, "pia@example.org");
  const order = `/admin/orders/${number}`;
  const note = page.getByLabel("New note");
  await page.goto(order);
  await note.fill("Call before sending");
  await page.route(`**${order}`, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await page.getByTestId("add-note").click();
  await expect(page).toHaveURL(/chrome-error/);
  await page.unroute(`**${order}`);
  await page.goto(order);
  await expect(note).toHaveValue("Call before sending");
  await expect(page.getByTestId("put-back")).toBeVisible();
  await page.getByTestId("add-note").click();
  await expect(page.getByTestId("notes")).toContainText("Call before sending");
  await page.goto(order);
  await expect(note).toHaveValue("");
  await expect(page.getByTestId("put-back")).toBeHidden();
});

test("a tab from the morning takes nothing back from others", async ({ page, shop }) => {
  test.setTimeout(120_000);
  test.info().annotations.push({ type: "expected-status", description: "409" });
  await open(page, shop, "quin");
  await field(page, "lead_time_days").fill("19");
  await field(page, "lead_time_days").press("Tab");
  await saved(page);
  await page.reload();
  const [version, base] = await Promise.all(["version", "base"].map((name) => page.locator(`#basics [name=${name}]`).inputValue()));
  // A hundred versions later nobody knows what this page was made from.
  for (let at = 0; at < 102; at++) {
    const form = { version: String(Number(version) + at), base, lead_time_days: String(20 + (at % 2)), _end: "on" };
    const answer = await page.request.post(`${EDITOR}/basics`, { form, maxRedirects: 0, headers: { "sec-fetch-site": "same-origin" } });
    expect(answer.status()).toBe(303);
  }
  await field(page, "summary").fill("Typed in the morning.");
  await field(page, "summary").press("Tab");
  await saved(page);
  await expect(page.getByTestId("conflict")).toHaveCount(0);
  await page.reload();
  await expect(field(page, "summary")).toHaveValue("Typed in the morning.");
  await expect(field(page, "lead_time_days")).toHaveValue("21");
});

test("a new entry that is sent while its page goes is made once", async ({ page, shop }) => {
  await open(page, shop, "rosa");
  page.on("dialog", (dialog) => void dialog.accept());
  await unfoldPart(page, "laces");
  const before = await codes(page, "laces");
  await attribute(page, "laces").locator("[name='new.label']").fill("Waxed");
  await page.goto("/admin/orders");
  await expect.poll(async () => (await page.request.get(EDITOR)).text()).toContain("Waxed");
  await page.goto(EDITOR);
  await unfoldPart(page, "laces");
  await expect(options(page, "laces")).toHaveCount(before.length + 1);
  await expect(attribute(page, "laces").locator("[name='new.label']")).toHaveValue("");
  await expect(page.locator("#unsaved")).toBeHidden();
  // What could not be sent is put back.
  // What a page sends as it goes may pass by routes.
  await page.evaluate(() => (window.fetch = () => Promise.reject(new TypeError("no way out"))));
  await attribute(page, "laces").locator("[name='new.label']").fill("Braided");
  await page.goto("/admin/orders");
  await page.goto(EDITOR);
  await expect(attribute(page, "laces").locator("[name='new.label']")).toHaveValue("Braided");
  await page.locator("[data-try]").click();
  await saved(page);
  expect(await codes(page, "laces")).toHaveLength(before.length + 2);
});

test("rows that can't be taken yet are there again when the page comes anew", async ({ page, shop }) => {
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await open(page, shop, "sol");
  page.on("dialog", (dialog) => void dialog.accept());
  await unfoldPart(page, "laces");
  const laces = attribute(page, "laces");
  await laces.locator("summary", { hasText: "Options from a table" }).click();
  const rows = laces.getByLabel("Rows of a spreadsheet or CSV file");
  await rows.fill("name,price\nFlat,2.00\nRound,soon\n");
  await page.getByTestId("save-attribute-laces").click();
  const wrong = page.getByTestId("rows-wrong");
  await expect(wrong.locator("[aria-invalid]")).toHaveValue("soon");
  // What could be taken is saved, the rest is kept.
  expect((await page.request.get(EDITOR).then((answer) => answer.text())).includes('value="Flat"')).toBe(true);
  await wrong.locator("[aria-invalid]").fill("soonish");
  await page.reload();
  await expect(rows).toHaveValue(/"Round"/);
  await expect(rows).toHaveValue(/"soonish"/);
  await rows.fill((await rows.inputValue()).replace("soonish", "3.00"));
  await page.getByTestId("save-attribute-laces").click();
  await saved(page);
  expect((await page.request.get(EDITOR).then((answer) => answer.text())).includes('value="Round"')).toBe(true);
});
