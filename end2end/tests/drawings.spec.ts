// The drawings of a draft, with scripts: files chosen and dropped are shown before they are sent, also by keyboard and on a phone;
// replaced, renamed, removed and taken back.
import { type Page } from "@playwright/test";
import { deflateSync } from "node:zlib";
import { enter, expect, expectAccessible, ownShop } from "./shop";

const test = ownShop();

const DRAWINGS = "/admin/products/trainer/drawings";

const svg = (content: string, colour = "#b3261e") =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><style>.a{fill:${colour}}</style>${content}</svg>`);

/** A PNG of one colour. */
function png(width: number, height: number): Buffer {
  const table = Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
  });
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
    const sum = ~body.reduce((sum, byte) => table[(sum ^ byte) & 255]! ^ (sum >>> 8), ~0) >>> 0;
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(data.length, 0);
    numbers.writeUInt32BE(sum, 4);
    return Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)]);
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: width }, () => [36, 56, 92]).flat())]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

async function holds(page: Page, what: string): Promise<void> {
  await expectAccessible(page, what);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** The entry of a drawing. */
function entry(page: Page, name: string) {
  return page.getByTestId("drawing").filter({ has: page.getByText(name, { exact: true }) });
}

for (const [screen, width, height, colour] of [["desktop", 1440, 900, "#b3261e"], ["phone", 390, 844, "#1e6b8e"]] as const) {
  test(`drawings are uploaded, seen, changed and taken back, ${screen}`, async ({ page, shop }) => {
    test.setTimeout(120_000);
    // A file with a script is refused.
    test.info().annotations.push({ type: "expected-status", description: "422" });
    await page.setViewportSize({ width, height });
    await enter(page, shop, `ana-${screen}@example.org`);
    await page.goto("/admin/products/trainer#layers");
    await page.getByTestId("to-drawings").press("Enter");
    await expect(page).toHaveURL(DRAWINGS);
    await holds(page, `drawings, ${screen}`);

    // Chosen, it is seen before it is sent.
    const upload = page.getByTestId("upload");
    const flag = `flag-${screen}`;
    await upload.getByLabel("SVG or PNG files").setInputFiles([
      { name: `${flag}.svg`, mimeType: "image/svg+xml", buffer: svg('<path class="a" d="M0 0h400v300z"/>', colour) },
      { name: `photo-${screen}.png`, mimeType: "image/png", buffer: png(40, 30) },
    ]);
    await expect(upload.getByTestId("chosen").locator("img")).toHaveCount(2);
    await expect(upload.getByTestId("chosen")).toContainText(`Chosen: ${flag}.svg · 1 KB`);
    await holds(page, `files are chosen, ${screen}`);
    await upload.getByLabel("Show it").selectOption("always");
    await upload.getByRole("button", { name: "Upload" }).press("Enter");
    await expect(page.getByTestId("saved")).toContainText(`Saved: ${flag}.svg, photo-${screen}.svg.`);
    await holds(page, `drawings are uploaded, ${screen}`);
    // The draft's picture has them: the path, and the dots of the PNG, which the page's policy lets in.
    const picture = page.getByTestId("draft-picture");
    await expect(picture.locator(`path[fill="${colour}"]`)).toHaveCount(1);
    const dots = picture.locator("image").first();
    expect(await dots.evaluate((image: SVGImageElement) => {
      const probe = new Image();
      probe.src = image.href.baseVal;
      return probe.decode().then(() => [probe.naturalWidth, probe.naturalHeight]);
    })).toEqual([40, 30]);

    // Replaced by a file that is dropped.
    const one = entry(page, `${flag}.svg`);
    await one.getByText("Replace, rename, remove").press("Enter");
    const field = one.getByLabel(`Another file for ${flag}.svg`);
    await field.evaluate((input: HTMLInputElement) => {
      const files = new DataTransfer();
      const text = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><circle r="90" fill="#123456"/></svg>';
      files.items.add(new File([text], "dropped.svg", { type: "image/svg+xml" }));
      input.closest("[data-drop]")!.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
    });
    await expect(one.getByTestId("chosen").locator("img")).toBeVisible();
    await holds(page, `a file is dropped, ${screen}`);
    await one.getByRole("button", { name: `Replace ${flag}.svg` }).press("Enter");
    await expect(page.getByTestId("saved")).toContainText(`Saved: ${flag}.svg.`);
    await expect(page.getByTestId("draft-picture").locator('circle[fill="#123456"]')).toHaveCount(1);
    await page.getByTestId("undo").press("Enter");
    await expect(page).toHaveURL(DRAWINGS);
    await expect(page.getByTestId("draft-picture").locator(`path[fill="${colour}"]`)).toHaveCount(1);

    // What does more than draw is refused, with its place.
    await page.getByTestId("upload").getByLabel("SVG or PNG files").setInputFiles({
      name: "bad.svg", mimeType: "image/svg+xml", buffer: svg("\n<script>alert(1)</script>"),
    });
    await page.getByTestId("upload").getByRole("button", { name: "Upload" }).click();
    await expect(page.getByTestId("not-saved")).toBeFocused();
    await expect(page.getByTestId("not-saved")).toContainText("bad.svg: <script> (line 2, column 1) runs a program");
    await holds(page, `a file is refused, ${screen}`);

    // Renamed, removed after asking, and back by undo.
    await page.goto(DRAWINGS);
    await entry(page, `${flag}.svg`).getByText("Replace, rename, remove").press("Enter");
    await entry(page, `${flag}.svg`).getByLabel(`New name of ${flag}.svg`).fill(`Banner ${screen}`);
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("saved")).toContainText(`Saved: banner-${screen}.svg.`);
    const renamed = entry(page, `banner-${screen}.svg`);
    await renamed.getByText("Replace, rename, remove").press("Enter");
    await renamed.getByRole("button", { name: `Remove banner-${screen}.svg` }).press("Enter");
    await expect(page.getByTestId("not-saved")).toContainText("They go with it: Layer");
    await holds(page, `a removal is asked about, ${screen}`);
    await page.getByTestId("remove-all").press("Enter");
    await expect(page.getByTestId("saved")).toBeVisible();
    await expect(renamed).toHaveCount(0);
    await page.getByTestId("undo").press("Enter");
    await expect(renamed).toHaveCount(1);
  });
}

test("a drawing is downloaded as it is, and an option's way to a file leads back", async ({ page, shop }) => {
  await enter(page, shop, "ben@example.org");
  await page.goto(DRAWINGS);
  const name = await page.getByTestId("drawing").first().locator("p").first().textContent();
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: `Download ${name}` }).click();
  expect((await waiting).suggestedFilename()).toBe(name);

  await page.goto("/admin/products/trainer");
  const option = page.locator("a[href*='place=option:']").first();
  const address = (await option.getAttribute("href"))!;
  const attribute = /option:(\w+):/.exec(address)![1];
  await page.goto(address);
  await page.getByLabel("SVG or PNG files").setInputFiles({ name: "own.svg", mimeType: "image/svg+xml", buffer: svg('<circle class="a" r="9"/>') });
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(page).toHaveURL(new RegExp(`/admin/products/trainer\\?saved=attribute-${attribute}&changed=fitted#attribute-${attribute}$`));
  // What became of the file is told there, too.
  await expect(page.getByTestId("saved")).toContainText("It was put into the middle of the picture");
  await page.goto(DRAWINGS);
  await expect(entry(page, "own.svg")).toContainText(`when ${attribute} `);
});
