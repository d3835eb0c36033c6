// What the browser tests share: a shop of their own with a fresh database, pages on which a console error fails the
// test, and the steps a shopper takes.
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { violations } from "./axe.mjs";

const root = resolve(__dirname, "../..");
const binary = process.env.ATELIER ?? join(root, "target/debug/atelier");

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? done(address.port) : fail(new Error("no port"))));
    });
  });
}

/** A running shop with a database of its own. */
export class Shop {
  private process?: ChildProcess;
  private log = "";

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly catalogs: string,
    private readonly languages: string,
  ) {}

  /** A shop with the demo products, or with those of another folder of this repository. */
  static async open(catalogs = "catalogs", languages = "en,de,ar"): Promise<Shop> {
    const shop = new Shop(mkdtempSync(join(tmpdir(), "atelier-")), await freePort(), catalogs, languages);
    await shop.start();
    return shop;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Where its mails are. */
  get mails(): string {
    return join(this.folder, "outbox");
  }

  private get options(): string[] {
    return ["--database", join(this.folder, "atelier.db"), "--url", this.url];
  }

  private async start(): Promise<void> {
    const place = ["--catalogs", this.catalogs, "--shop-file", "catalogs/shop.toml", "--address", `127.0.0.1:${this.port}`];
    // All tests are one client.
    const limits = ["--mail-folder", this.mails, "--orders-at-once", "10000", "--log-ins-per-client", "10000", "--threads-per-client", "64"];
    const options = [...this.options, "serve", ...place, "--languages", this.languages, ...limits];
    this.process = spawn(binary, options, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
    this.process.stderr?.on("data", (text) => (this.log += text));
    for (let tries = 0; tries < 300; tries++) {
      if (this.process.exitCode !== null) break;
      const answer = await fetch(this.url).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`the shop does not start:\n${this.log}`);
  }

  private async stop(): Promise<void> {
    const running = this.process;
    if (!running || running.exitCode !== null) return;
    const gone = new Promise((done) => running.once("exit", done));
    running.kill("SIGTERM");
    const timer = setTimeout(() => running.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(timer);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Runs the command line on this shop's database; returns what it prints. */
  command(...words: string[]): string {
    return execFileSync(binary, [...this.options, ...words], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

type Fixtures = { quiet: void };
type WorkerFixtures = { shop: Shop };

export const test = base.extend<Fixtures, WorkerFixtures>({
  shop: [
    async ({}, use) => {
      const shop = await Shop.open();
      await use(shop);
      await shop.close();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ shop }, use) => use(shop.url),
  /** Fails a test whose pages write an error to the console or throw. Expected failures of requests are named by tests. */
  quiet: [
    async ({ context }, use, info) => {
      const errors: string[] = [];
      const listen = (page: Page) => {
        page.on("console", (message) => {
          if (message.type() === "error" && !expected(message.text(), info.annotations)) errors.push(message.text());
        });
        page.on("pageerror", (error) => errors.push(String(error)));
      };
      context.on("page", listen);
      await use();
      expect(errors, "console errors").toEqual([]);
    },
    { auto: true },
  ],
});

function expected(text: string, annotations: { type: string; description?: string }[]): boolean {
  return annotations.some(({ type, description }) => type === "expected-status" && text.includes(`status of ${description}`));
}

export { expect };

/** The same test with a shop of the file's own, for tests that change what it sells. */
export function ownShop(): typeof test {
  return test.extend<object, WorkerFixtures>({
    shop: [
      async ({}, use) => {
        const shop = await Shop.open();
        await use(shop);
        await shop.close();
      },
      { scope: "worker" },
    ],
  });
}

/** Lets somebody into the admin by an invitation. */
export async function enter(page: Page, shop: Shop, email: string): Promise<void> {
  await page.goto(shop.command("admin", "invite", email));
  const passwords = page.locator("input[type=password]");
  await passwords.nth(0).fill("a kiln and a wheel");
  await passwords.nth(1).fill("a kiln and a wheel");
  await page.getByTestId("set-password").click();
  await expect(page).toHaveURL(/\/admin$/);
}

/** Presses a button or follows a link by keyboard. */
export async function press(place: Locator, key = "Enter"): Promise<void> {
  await place.focus();
  await expect(place).toBeFocused();
  await place.page().keyboard.press(key);
}

/** Sends a form or follows a link by keyboard, and waits for the page that comes of it, or for what the editor puts into this one. */
export async function send(place: Locator): Promise<void> {
  const page = place.page();
  const loaded = page.waitForEvent("load");
  // It is gone with the page where another one comes.
  const patched = page.evaluate(() => new Promise<void>((done) => document.addEventListener("patched", () => done(), { once: true }))).catch(() => loaded);
  loaded.catch(() => undefined);
  await press(place);
  await Promise.race([loaded, patched]);
  await expect(page.getByTestId("saving").filter({ hasText: "Saving" })).toHaveCount(0);
}

/** Types a text into a field by keyboard, in place of what is there. Texts of several lines come at once, as when they are pasted. */
export async function type(field: Locator, text: string): Promise<void> {
  const { keyboard } = field.page();
  await press(field, "ControlOrMeta+a");
  await keyboard.press("Delete");
  await (text.includes("\n") ? keyboard.insertText(text) : keyboard.type(text));
  await expect(field).toHaveValue(text);
}

/** Picks an entry of a menu by keyboard: its letters lead to it. They are typed anew where the menu was replaced between two of them. */
export async function pick(menu: Locator, words: string): Promise<void> {
  await expect(async () => {
    await menu.focus();
    await menu.page().keyboard.type(words);
    await expect(menu.locator("option:checked")).toHaveText(words, { timeout: 1_500 });
  }).toPass({ timeout: 15_000 });
}

/** Ticks a box by keyboard, or takes its tick away. */
export async function tick(box: Locator, ticked = true): Promise<void> {
  if ((await box.isChecked()) !== ticked) await press(box, "Space");
  await expect(box).toBeChecked({ checked: ticked });
}

/** Opens by keyboard what its summary folds away. */
export async function unfold(summary: Locator): Promise<void> {
  const isOpen = () => summary.evaluate((element) => (element.parentElement as HTMLDetailsElement).open);
  if (!(await isOpen())) await press(summary);
  await expect.poll(isOpen).toBe(true);
}

export const PRODUCTS = ["travel-bike", "laptop", "trainer", "bookcase", "coffee-machine"] as const;

/** Opens a product and waits until the page answers clicks itself. */
export async function openProduct(page: Page, slug: string, query = ""): Promise<void> {
  await page.goto(`/products/${slug}${query}`);
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
}

/** An option's tile or swatch. */
export function option(page: Page, attribute: string, code: string) {
  return page.locator(`[data-attribute="${attribute}"] [data-option="${code}"]`);
}

/** Shows the step of an attribute, where one is shown at a time. */
export async function openStep(page: Page, attribute: string): Promise<void> {
  const group = page.locator(`[data-attribute="${attribute}"]`);
  if (await group.isVisible()) return;
  await page.evaluate((part) => (location.hash = part), `attribute-${attribute}`);
  await expect(group).toBeVisible();
}

/** The design's picture. */
export function picture(page: Page) {
  return page.getByTestId("picture");
}

export function total(page: Page) {
  return page.getByTestId("total");
}

/** Fails when a page keeps somebody out: names, roles, order, and contrast unless another look at it tells that. */
export async function expectAccessible(page: Page, what: string, contrast = true): Promise<void> {
  const problems = (await violations(page, contrast)).map(({ id, html }) => `${id}: ${html.slice(0, 3).join(" | ")}`);
  expect(problems, what).toEqual([]);
}

let buyers = 0;

/** Goes on to the order form, once the shop says that it can be reached. */
export async function toOrder(page: Page): Promise<void> {
  await page.getByTestId("order").click();
  await expect(page.getByTestId("place-order")).toBeVisible();
}

/** Fills the order form in as somebody who did not order before: the same again from the same buyer would be asked about. */
export async function fillOrder(page: Page, name = "Ana Lopez", email = `ana${++buyers}@example.org`): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Delivery address").fill("Gran Via 1\n28013 Madrid");
}

/** Opens a row of the editor, such as a rule. */
export async function openRow(row: Locator): Promise<void> {
  const details = row.locator("details").first();
  if ((await details.getAttribute("open")) === null) await details.locator("summary").first().click();
}

/** Waits until the editor has saved what was typed. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByTestId("saving")).toHaveText("Saved");
}

/** The text of the editor's first rule, which is shown as text. */
export async function ruleText(page: Page): Promise<Locator> {
  const rule = page.getByTestId("rule").first();
  await openRow(rule);
  const menus = rule.getByTestId("menus");
  if (await menus.count()) await rule.getByRole("button", { name: /write it as text/ }).click();
  await expect(menus).toHaveCount(0);
  return rule.locator("textarea").first();
}
