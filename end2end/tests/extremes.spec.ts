// What the layout does at its ends: words without end in both directions of writing, a phone's strip and bar, low windows,
// forced colours.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Shop, expect, expectAccessible, openProduct, option, test as base } from "./shop";
import type { Page } from "@playwright/test";

const WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunt".padEnd(60, "e");
const LONG = "Name without a space ".repeat(10) + "x".repeat(2790);

const product = (name: string) => `
name = "${name}"
summary = "${name}"
description = "${name}"
currency = "EUR"
base_price = 123456789
lead_time_days = 28

[uses]
question = "${name}?"

[[uses.answers]]
code = "one"
label = "${name}"
people = "${name}"

[[uses.answers]]
code = "two"
label = "Two"
people = "others"

[budget]
ceiling = 4
per_deviation = 1

[[steps]]
code = "first"
label = "${name} 1"

[[steps]]
code = "second"
label = "${name} 2"

[[attributes]]
code = "part"
step = "first"
label = "${name}"
help = "${name}"
kind = "choice"
standard = "a"
options = [
  { code = "a", label = "${name} a", description = "${name}" },
  { code = "b", label = "${name} b", price = 12345600, points = 2 },
  { code = "c", label = "C" },
]

[[attributes]]
code = "colour"
step = "first"
label = "${name}"
kind = "choice"
standard = "red"
options = [
  { code = "red", label = "${name} red", swatch = "#b02a20" },
  { code = "blue", label = "${name} blue", swatch = "#2a4a90" },
]

[[attributes]]
code = "width"
step = "second"
label = "${name}"
kind = "number"
standard = 120
min = 60
max = 240
step_size = 5
unit = "${name.slice(0, 60)}"

[[attributes]]
code = "engraving"
step = "second"
label = "${name}"
kind = "text"
standard = ""
max_length = 80
allowed = "a-z "

[[rules]]
code = "apart"
rule = "part = b implies colour != blue"
sentence = "${name}"
`;

const test = base.extend<object, { shop: Shop }>({
  shop: [
    async ({}, use) => {
      const catalogs = mkdtempSync(join(tmpdir(), "atelier-words-"));
      for (const [slug, name] of Object.entries({ word: WORD, long: LONG })) {
        mkdirSync(join(catalogs, slug));
        writeFileSync(join(catalogs, slug, "product.toml"), product(name));
      }
      const shop = await Shop.open(catalogs);
      await use(shop);
      await shop.close();
      rmSync(catalogs, { recursive: true });
    },
    { scope: "worker" },
  ],
});

/** Fails when a page has to be moved sideways to be read. */
async function expectNoSideways(page: Page, what: string): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content, what).toBeLessThanOrEqual(window);
}

for (const slug of ["word", "long"]) {
  test(`nothing is wider than the window: ${slug}`, async ({ page }) => {
    test.setTimeout(240_000);
    test.info().annotations.push({ type: "expected-status", description: "422" }, { type: "expected-status", description: "404" });
    for (const [width, height] of [[320, 256], [320, 640], [844, 390], [1024, 700], [2560, 1300]]) {
      const size = `${width}x${height}`;
      await page.setViewportSize({ width, height });
      for (const address of ["/", "/?q=zzz", `/${"x".repeat(200)}`]) {
        await page.goto(address);
        await expectNoSideways(page, `${address}, ${size}`);
      }
      await openProduct(page, slug, "?part=b");
      await option(page, "colour", "blue").click();
      await expect(page.getByTestId("panel")).toBeVisible();
      await page.getByTestId("total").click();
      await expectNoSideways(page, `${slug}, ${size}`);
      await page.evaluate(() => (document.documentElement.dir = "rtl"));
      await expectNoSideways(page, `${slug} from right to left, ${size}`);
      for (const address of ["compare?_with=mine.part%3Db&_with=standard&_with=mine.width%3D60", "snapshots?_revision=1&part=b"]) {
        await page.goto(`/products/${slug}/${address}`);
        await expectNoSideways(page, `${slug}, ${address}, ${size}`);
      }
      await page.goto(`/products/${slug}/order?part=b`);
      await page.getByTestId("place-order").click();
      await expectNoSideways(page, `order form, ${size}`);
    }
  });
}

test("on phones every control has its name, and the picture stays as a strip", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openProduct(page, "word");
  for (const name of ["Undo", "Redo", "Order →"]) await expect(page.getByRole("button", { name })).toBeVisible();
  await expectAccessible(page, "a phone");
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight / 2, behavior: "instant" }));
  const picture = (await page.getByTestId("picture").boundingBox())!;
  const head = (await page.getByTestId("step-head").first().boundingBox())!;
  expect(Math.round(picture.y + picture.height)).toBe(96);
  expect(Math.round(head.y)).toBe(96);
});

test("where the window is low nothing sticks, and the bar ends the configurator", async ({ page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  await openProduct(page, "word");
  await expect(page.getByTestId("bar")).toHaveCSS("position", "static");
  await expect(page.getByRole("navigation", { name: "Steps" })).toHaveCSS("position", "static");
  await expect(page.getByTestId("picture")).toHaveCSS("position", "static");
});

test("with forced colours swatches keep theirs, and what is chosen is seen", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await openProduct(page, "word");
  const dot = (code: string) => option(page, "colour", code).locator("[style]");
  await expect(dot("red")).toHaveCSS("background-color", "rgb(176, 42, 32)");
  const ring = (code: string) => dot(code).evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(await ring("red")).toBe("solid");
  expect(await ring("blue")).toBe("none");
  const tile = option(page, "part", "a");
  expect(await tile.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
});
