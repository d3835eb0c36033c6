// Pictures of docs, small enough to be kept.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { expect } from "./shop";

const docs = resolve(__dirname, "../../docs");
/** Bytes that a picture may have. */
const MOST = 80_000;

export const settle = (page: Page) => page.waitForLoadState("networkidle");

/** Puts screenshots side by side, each of a width in pixels, into one picture of docs, such as `shopper/start`. */
export async function keepPicture(page: Page, name: string, width: number, shots: Buffer[]): Promise<void> {
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
  const path = join(docs, `${name}.webp`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

