// The pictures of docs/shopper.md and README.md, taken anew by `make pictures`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { expect, fillOrder, openProduct, openStep, option, test, toOrder } from "./shop";

const folder = resolve(__dirname, "../../docs/shopper");
const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };
/** Bytes that a picture may have. */
const MOST = 80_000;

/** Puts screenshots side by side, each of a width in pixels, into one picture of this name. */
async function keep(page: Page, name: string, width: number, shots: Buffer[]): Promise<void> {
  const blank = await page.context().newPage();
  const made = await blank.evaluate(
    async ([texts, wide]) => {
      const gap = 24;
      const load = async (text: string) => createImageBitmap(await (await fetch(`data:image/png;base64,${text}`)).blob());
      const images = await Promise.all(texts.map(load));
      const heights = images.map((image) => Math.round((image.height * wide) / image.width));
      const canvas = document.createElement("canvas");
      canvas.width = images.length * (wide + gap) - gap;
      canvas.height = Math.max(...heights);
      const pen = canvas.getContext("2d")!;
      pen.imageSmoothingQuality = "high";
      images.forEach((image, index) => pen.drawImage(image, index * (wide + gap), 0, wide, heights[index]));
      return canvas.toDataURL("image/webp", 0.82);
    },
    [shots.map((shot) => shot.toString("base64")), width] as const,
  );
  await blank.close();
  const bytes = Buffer.from(made.split(",")[1], "base64");
  expect(bytes.length, name).toBeLessThanOrEqual(MOST);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.webp`), bytes);
}

/** Goes to a place with some of the page above it, so that it is seen what it belongs to. */
async function scrollTo(place: Locator, above: number): Promise<void> {
  await place.evaluate((element, room) => scrollBy({ top: element.getBoundingClientRect().top - room, behavior: "instant" }), above);
}

const settle = (page: Page) => page.waitForLoadState("networkidle");

test("a desktop", async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize(DESKTOP);
  const shoot = async (name: string) => {
    await settle(page);
    await keep(page, name, 1000, [await page.screenshot()]);
  };
  await openProduct(page, "travel-bike");
  await shoot("start");
  await openProduct(page, "travel-bike", "?frame=low_step&colour=lake");
  await option(page, "handlebar", "drop").click();
  await scrollTo(option(page, "handlebar", "drop"), 220);
  await shoot("blocked");
  await page.getByTestId("total").click();
  await shoot("total");
  await page.goto("/products/travel-bike/needs?_matters.lightness=3&_matters.comfort=1&_up_to=2000");
  await shoot("needs");
  await openProduct(page, "trainer", "?upper=leather&upper_colour=navy&embroidery=ANA");
  await page.getByTestId("share").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await shoot("share");
  await page.keyboard.press("Escape");
  await toOrder(page);
  await fillOrder(page);
  await shoot("order");
});

test("a phone", async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize(PHONE);
  const shots: Buffer[] = [];
  const shoot = async () => {
    await settle(page);
    shots.push(await page.screenshot());
  };
  await openProduct(page, "trainer");
  await shoot();
  await option(page, "upper", "knit").click();
  await option(page, "upper_colour", "sky").click();
  await scrollTo(option(page, "upper", "knit"), 330);
  await shoot();
  await openStep(page, "sole");
  await option(page, "sole", "trail").click();
  await expect(page.getByTestId("panel")).toBeVisible();
  await scrollTo(page.getByTestId("panel"), 400);
  await shoot();
  await keep(page, "trainer", 320, shots);
});
