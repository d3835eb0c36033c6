// What a screen reader says while somebody chooses, meets a blocked option, takes a way out and undoes that, and then orders: the
// form, what is wrong with it, and the placed order. The transcripts stand in end2end/tests/spoken; UPDATE=1 writes them anew.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { expect, openProduct, option, test } from "./shop";

const folder = resolve(__dirname, "spoken");
const reader = resolve(__dirname, "../../node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js");

type Virtual = {
  start(options: { container: Node }): Promise<void>;
  next(): Promise<void>;
  lastSpokenPhrase(): Promise<string>;
  spokenPhraseLog(): Promise<string[]>;
  clearSpokenPhraseLog(): Promise<void>;
};
declare const window: Window & { virtual: Virtual };

/** Lets a screen reader listen to the page. */
async function listen(page: Page, container = "#configurator"): Promise<void> {
  const body = readFileSync(reader, "utf8");
  await page.route("**/virtual-screen-reader.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
  await page.evaluate(async (selector) => {
    const place = "/virtual-screen-reader.js";
    const { virtual } = await import(place);
    window.virtual = virtual;
    await virtual.start({ container: document.querySelector(selector)! });
  }, container);
}

/** Reads on from where the reader is to the end, as somebody does who listens to all of it. */
async function readOn(page: Page): Promise<string[]> {
  await page.evaluate(() => window.virtual.clearSpokenPhraseLog());
  return page.evaluate(async () => {
    for (let phrases = 0; phrases < 400 && !/^end of main/.test(await window.virtual.lastSpokenPhrase()); phrases++) await window.virtual.next();
    return window.virtual.spokenPhraseLog();
  });
}

/** What is said from when something is done until it is quiet. */
async function said(page: Page, act: () => Promise<void>): Promise<string[]> {
  await page.evaluate(() => window.virtual.clearSpokenPhraseLog());
  await act();
  let before = -1;
  let lines: string[] = [];
  // Quiet is when two looks, half a second apart, find the same.
  await expect.poll(async () => {
    lines = await page.evaluate(() => window.virtual.spokenPhraseLog());
    const isQuiet = lines.length === before;
    before = lines.length;
    return isQuiet;
  }, { intervals: [500] }).toBe(true);
  return lines;
}

/** What differs from day to day, and from order to order. */
const evened = (text: string) =>
  text
    .replace(/\d{1,2}\s(January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?/g, "DAY")
    .replace(/Order \d+/g, "Order NUMBER")
    .replace(/ordered\d+@/g, "ordered@");

/** Compares what was said with the transcript of that name. */
function expectTranscript(name: string, transcript: string[]): void {
  const text = `${evened(transcript.join("\n").trim())}\n`;
  const file = join(folder, `${name}.txt`);
  if (process.env.UPDATE) writeFileSync(file, text);
  expect(text, `what is said is no longer what ${file} has; UPDATE=1 writes it anew`).toBe(readFileSync(file, "utf8"));
}

/** What is said by itself, not because the reader goes there. */
const announced = (lines: string[]) => lines.filter((line) => /^(polite|assertive):/.test(line));

const WALKS = [
  { slug: "trainer", choose: ["upper", "knit"], blocked: ["sole", "trail"] },
  { slug: "travel-bike", choose: ["frame", "low_step"], blocked: ["handlebar", "drop"] },
] as const;

for (const { slug, choose, blocked } of WALKS) {
  test(`each change is said once, ${slug}`, async ({ page }) => {
    test.setTimeout(180_000);
    await openProduct(page, slug);
    await listen(page);
    const transcript: string[] = [];
    const told = async (what: string, act: () => Promise<void>, times = 1) => {
      const lines = await said(page, act);
      transcript.push(`# ${what}`, ...lines, "");
      expect.soft(announced(lines), `${what} is announced`).toHaveLength(times);
    };
    const input = ([attribute, code]: readonly [string, string]) => option(page, attribute, code).locator("input");
    await told("go to an option", () => input(choose).focus(), 0);
    await told("choose it", () => page.keyboard.press("Space"));
    await told("go to a blocked option", () => input(blocked).focus(), 0);
    await told("choose that", () => page.keyboard.press("Space"));
    await expect(page.getByTestId("panel")).toBeVisible();
    await told("go to the first way out", () => page.getByTestId("repair").first().focus(), 0);
    await told("take it", () => page.keyboard.press("Enter"));
    await expect(input(blocked)).toBeChecked();
    await told("undo", () => page.keyboard.press("Control+z"));
    await expect(input(choose)).toBeChecked();
    await told("redo", () => page.keyboard.press("Control+Shift+z"));
    expectTranscript(slug, transcript);
  });
}

const ORDERS = [
  { slug: "trainer", design: "upper=leather&embroidery=ANA" },
  { slug: "travel-bike", design: "colour=lake&drivetrain=hub" },
];

for (const { slug, design } of ORDERS) {
  test(`an order is told from its form to where it is placed, ${slug}`, async ({ page }) => {
    test.setTimeout(180_000);
    test.info().annotations.push({ type: "expected-status", description: "422" });
    await page.goto(`/products/${slug}/order?${design}`);
    await listen(page, "body");
    const transcript: string[] = [];
    const told = async (what: string, act: () => Promise<void>, times = 0) => {
      const lines = await said(page, act);
      transcript.push(`# ${what}`, ...lines, "");
      expect.soft(announced(lines), `${what} is announced`).toHaveLength(times);
      return lines.join("\n");
    };
    const place = page.getByTestId("place-order");
    for (const name of ["quantity", "name", "email", "address", "note"]) await told(`go to ${name}`, () => page.locator(`#${name}`).focus());
    await told("go to the button", () => place.focus());
    const wrong = await told("place it with nothing typed", async () => {
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("order-errors")).toBeFocused();
    }, 1);
    expect(wrong).toContain("Nothing was ordered yet");
    // Each field says itself what is wrong with it.
    for (const [name, words] of [["name", "Enter your first and last name"], ["email", "Enter the e-mail address"], ["address", "Enter the address we deliver to"]]) {
      expect(await told(`go to ${name} again`, () => page.locator(`#${name}`).focus())).toContain(words);
    }
    await page.locator("#name").fill("Ana Lopez");
    await page.locator("#email").fill(`ordered${Date.now()}@example.org`);
    await page.locator("#address").fill("Gran Via 1, 28013 Madrid");
    await place.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("order-number")).toBeVisible();
    await listen(page, "main");
    transcript.push("# the placed order, read from its beginning", ...(await readOn(page)));
    expectTranscript(`order-${slug}`, transcript);
  });
}
