// What a screen reader says while somebody chooses, meets a blocked option, takes a way out and undoes that. The transcripts
// stand in end2end/tests/spoken; UPDATE=1 writes them anew.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { expect, openProduct, option, test } from "./shop";

const folder = resolve(__dirname, "spoken");
const reader = resolve(__dirname, "../../node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js");

type Virtual = {
  start(options: { container: Node }): Promise<void>;
  spokenPhraseLog(): Promise<string[]>;
  clearSpokenPhraseLog(): Promise<void>;
};
declare const window: Window & { virtual: Virtual };

/** Lets a screen reader listen to the page. */
async function listen(page: Page): Promise<void> {
  const body = readFileSync(reader, "utf8");
  await page.route("**/virtual-screen-reader.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
  await page.evaluate(async () => {
    const place = "/virtual-screen-reader.js";
    const { virtual } = await import(place);
    window.virtual = virtual;
    await virtual.start({ container: document.getElementById("configurator")! });
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
    const text = `${transcript.join("\n").trim()}\n`;
    const file = join(folder, `${slug}.txt`);
    if (process.env.UPDATE) writeFileSync(file, text);
    expect(text, `what is said is no longer what ${file} has; UPDATE=1 writes it anew`).toBe(readFileSync(file, "utf8"));
  });
}
