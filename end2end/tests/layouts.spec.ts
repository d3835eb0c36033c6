// Every page on every kind of screen, in every colour scheme and language: nothing keeps anybody out, nothing scrolls
// sideways, and nothing covers what has the focus. The tests take each pair of screen and scheme, screen and language,
// scheme and language; with LOOKS=all they take every combination and photograph it into end2end/screenshots/looks.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { PLACES, STATUSES } from "./places.mjs";
import { enter, expect, expectAccessible, fillOrder, openProduct, ownShop, test } from "./shop";

const SCREENS = {
  zoomed: { width: 320, height: 256 },
  narrow: { width: 320, height: 640 },
  phone: { width: 390, height: 844 },
  sideways: { width: 844, height: 390 },
  desktop: { width: 1440, height: 900 },
  wide: { width: 2560, height: 1440 },
};
const SCHEMES = ["light", "dark", "forced"] as const;
const LANGUAGES = ["en", "de", "ar"] as const;
type Look = { screen: keyof typeof SCREENS; scheme: (typeof SCHEMES)[number]; language: (typeof LANGUAGES)[number] };

const screens = Object.keys(SCREENS) as (keyof typeof SCREENS)[];
const all: Look[] = screens.flatMap((screen) =>
  SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ screen, scheme, language }))),
);
// Every pair is met by each screen in each scheme, the languages taking turns.
const pairs = all.filter(({ screen, scheme, language }) => {
  const turn = screens.indexOf(screen) + SCHEMES.indexOf(scheme);
  return LANGUAGES[turn % LANGUAGES.length] === language;
});
const complete = process.env.LOOKS === "all";
const folder = resolve(__dirname, "../screenshots/looks");
if (complete) mkdirSync(folder, { recursive: true });

/** What to look at, by name. */
const ALL: typeof PLACES = {
  ...PLACES,
  // The kit in all its states, which speaks English.
  ui: async (page, look) => {
    await page.goto("/ui");
    await look();
  },
};
const ADMIN = ["/admin", "/admin/products", "/admin/insight", "/admin/products/trainer/saves", "/admin/products/trainer", "/admin/products/trainer/publish", "/admin/products/trainer/revisions", "/admin/orders", "/admin/people", "/admin/people/keys", "/admin/settings", "/admin/account", "/admin/customers", "/admin/campaigns", "/admin/releases", "/admin/releases/new", "/admin/experiments", "/admin/experiments/new?product=trainer", "/admin/products/trainer/import", "/admin/people/audit?check=1", "/admin/people/audit/1", "/admin/new", "/admin/prices", "/admin/products/trainer/insight", "/admin/products/trainer/learnt", "/admin/products/trainer/analysis", "/admin/products/trainer/analysis/design?judge=on", "/admin/products/trainer/standing", "/admin/products/trainer/texts", "/admin/products/trainer/texts/ar", "/admin/products/trainer/menus?attribute=upper_colour&group=use:running", "/admin/products/trainer/drawings", "/admin/products/trainer?section=rules"];
// Pages that are there once something was done in the shop. A test of the server's (roles.rs) finds those that are in neither list.
const SEEDED = [
  "/admin/orders/{order}",
  "/admin/customer?email=mia%40example.org",
  "/admin/experiments/{experiment}",
  "/admin/releases/1",
  "/admin/products/coffee-machine/attributes/{code}/retire/{option}",
  "/admin/products/coffee-machine/sold-out",
  "/admin/products/trainer/tables/{rule}",
  "/admin/products/trainer?search=leather",
  "/admin/products/trainer?show=option:upper:leather",
];
// Before a session.
const OPEN = ["/admin/login", "/admin/invite/{token}"];

async function dress(page: Page, { screen, scheme, language }: Look): Promise<void> {
  await page.setViewportSize(SCREENS[screen]);
  const colorScheme = scheme === "dark" ? "dark" : "light";
  await page.emulateMedia({ colorScheme, forcedColors: scheme === "forced" ? "active" : "none", reducedMotion: "reduce" });
  await speak(page, language);
}

/** From now on pages are in this language. The cookie is the site's, as the shop's own is: one of a page alone would stand beside it. */
async function speak(page: Page, language: string): Promise<void> {
  await page.context().addCookies([{ name: "atelier_language", value: language, url: new URL("/", page.url()).href }]);
}

/** Whether contrast is looked at: it is that of the scheme on every screen, and the system's where it forces its colours. */
function hasContrast({ screen, scheme }: Look): boolean {
  return complete || (scheme !== "forced" && screens.indexOf(screen) % 2 === 1);
}

async function holds(page: Page, what: string, contrast: boolean): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
  await expectAccessible(page, what, contrast);
}

function places(look: Look): string[] {
  // In a quick run each look sees every third place. Each screen, each scheme and each language sees all of them.
  const names = Object.keys(ALL);
  if (complete) return names;
  const turn = 2 * screens.indexOf(look.screen) + SCHEMES.indexOf(look.scheme);
  return names.filter((_, index) => index % 3 === turn % 3);
}

for (const look of complete ? all : pairs) {
  const { screen, scheme, language } = look;
  test(`the shop, ${screen}, ${scheme}, ${language}`, async ({ page }) => {
    test.setTimeout(300_000);
    for (const status of STATUSES) test.info().annotations.push({ type: "expected-status", description: status });
    await page.goto("/");
    await dress(page, look);
    for (const name of places(look)) {
      await ALL[name](page, async () => {
        await expect(page.locator("html"), name).toHaveAttribute("lang", name === "ui" ? "en" : language);
        await holds(page, `${name}, ${screen}, ${scheme}, ${language}`, hasContrast(look));
        if (complete) await page.screenshot({ path: `${folder}/${name}-${screen}-${scheme}-${language}.png`, fullPage: true });
      });
    }
  });
}

test("the admin on every screen, in every scheme", async ({ page, shop }) => {
  test.setTimeout(600_000);
  await page.goto(shop.command("admin", "invite", "looks@example.org"));
  await page.getByLabel("Password, at least 10 characters").fill("a kiln and a wheel");
  await page.getByLabel("The same again").fill("a kiln and a wheel");
  await page.getByTestId("set-password").click();
  const looks = complete ? all.filter(({ language }) => language === "en") : screens.map((screen, index) => ({ screen, scheme: SCHEMES[index % 3], language: "en" as const }));
  for (const [turn, look] of looks.entries()) {
    await dress(page, look);
    for (const [index, address] of ADMIN.entries()) {
      if (!complete && index % 2 !== turn % 2) continue;
      await page.goto(address);
      await holds(page, `${address}, ${look.screen}, ${look.scheme}`, complete || look.scheme !== "forced");
      const name = address.slice(1).replaceAll("/", "-");
      if (complete) await page.screenshot({ path: `${folder}/${name}-${look.screen}-${look.scheme}.png`, fullPage: true });
    }
  }
});

/** Sends a form of the admin as its page does; the address that it led to. */
async function post(page: Page, address: string, fields: Record<string, string>): Promise<string> {
  const [status, url] = await page.evaluate(async ([address, body]) => {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(body) });
    return [answer.status, answer.url] as const;
  }, [address, Object.entries({ ...fields, _end: "on" })] as const);
  expect(status, address).toBe(200);
  return url;
}

/** An order, an experiment, a release, something that is sold out and a table; returns what addresses name of them. */
async function seed(page: Page): Promise<Record<string, string>> {
  await page.goto("/products/trainer/order?upper=leather");
  await fillOrder(page, "Mia Sand", "mia@example.org");
  await page.getByTestId("place-order").click();
  const order = (await page.getByTestId("order-number").innerText()).match(/\d+/)![0];
  await page.goto("/admin/experiments/new?product=bookcase");
  await page.getByLabel("Name", { exact: true }).fill("Which start");
  for (const [field, value] of [["lift", "8"], ["orders", "2.5"], ["value", "900"], ["cap", "3000"], ["window", "14"]]) await page.locator(`[name=${field}]`).fill(value);
  await page.locator("[name=standard]").fill("50");
  await page.getByTestId("start").click();
  await expect(page).toHaveURL(/experiments\/(?!new)/);
  const experiment = page.url().split("/").pop()!;
  await page.goto("/admin/products/coffee-machine");
  const part = page.locator("[data-part^=attribute-]", { has: page.getByTestId("option") }).first();
  const code = (await part.getAttribute("data-part"))!.replace("attribute-", "");
  const option = (await part.getByTestId("option").first().getAttribute("data-key"))!;
  const version = (of: string) => page.locator(`${of} [name=version]`).first().inputValue();
  const base = await page.locator("#basics [name=base]").inputValue();
  await post(page, "/admin/products/coffee-machine/basics", { version: await version("#basics"), base, lead_time_days: "30" });
  await page.goto("/admin/releases/new");
  await page.locator("[name=product][value=coffee-machine]").check();
  await page.getByTestId("go-on").click();
  await page.getByLabel("Name of the release").fill("Spring");
  await page.locator("select[name=when]").selectOption("at");
  await page.locator("[name=start]").fill("2999-03-01T09:00");
  for (const box of await page.locator("[name^=seen-], [name^=twice-]").all()) await box.check();
  await page.getByTestId("plan").click();
  await expect(page.getByTestId("state")).toHaveText("Planned");
  await page.goto("/admin/products/coffee-machine/sold-out");
  await page.getByLabel("Option", { exact: true }).selectOption({ index: 1 });
  await page.getByTestId("mark").click();
  await expect(page.getByTestId("done")).toBeVisible();
  await page.goto("/admin/products/trainer");
  const rule = page.getByTestId("new-rule");
  await rule.getByText("Begin a table of combinations instead").press("Enter");
  await rule.getByRole("checkbox", { name: "Lining", exact: true }).check();
  await rule.getByRole("checkbox", { name: "Sole", exact: true }).check();
  await rule.getByRole("button", { name: "Begin the table" }).press("Enter");
  await expect(page).toHaveURL(/\/tables\//);
  await page.getByTestId("insert-all").press("Enter");
  await expect(page.getByTestId("table-row").first()).toBeVisible();
  return { order, experiment, code, option, rule: new URL(page.url()).pathname.split("/").pop()! };
}

ownShop()("pages of the admin that come of what was done, light, dark and at 320 px", async ({ page, shop, browser }) => {
  test.setTimeout(600_000);
  await enter(page, shop, "looks@example.org");
  const named = await seed(page);
  const looks = (["desktop", "narrow"] as const).flatMap((screen) => (["light", "dark"] as const).map((scheme) => ({ screen, scheme, language: "en" as const })));
  const guest = await (await browser.newContext({ baseURL: shop.url })).newPage();
  await guest.goto("/admin/login");
  const token = shop.command("admin", "invite", "guest@example.org").split("/").pop()!;
  for (const look of looks) {
    for (const [who, addresses] of [[page, SEEDED], [guest, OPEN]] as const) {
      await dress(who, look);
      for (const address of addresses) {
        const filled = address.replace(/\{(\w+)\}/g, (_, name) => ({ ...named, token })[name as string]!);
        const answer = await who.goto(filled);
        expect(answer?.status(), filled).toBe(200);
        expect(new URL(who.url()).pathname).toBe(filled.split("?")[0]);
        await holds(who, `${filled}, ${look.screen}, ${look.scheme}`, look.screen === "narrow");
      }
    }
  }
  await guest.context().close();
});

test("what has the focus is seen", async ({ page }) => {
  for (const screen of ["phone", "desktop", "sideways"] as const) {
    await page.setViewportSize(SCREENS[screen]);
    await openProduct(page, "trainer");
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press("Tab");
      const covered = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return "";
        // What is seen of an option is its tile.
        const box = (element.closest("label") ?? element).getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const top = document.elementFromPoint(x, y);
        const own = element.closest("label") ?? element;
        return top && (own.contains(top) || top.contains(own)) ? "" : own.outerHTML.slice(0, 120);
      });
      expect(covered, `covered on ${screen}`).toBe("");
    }
  }
});
