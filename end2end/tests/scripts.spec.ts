// The admin's scripts: no page of the shop asks for one, and all of them together are small.
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { enter, expect, openProduct, ownShop } from "./shop";

const test = ownShop();

const PUBLIC = resolve(__dirname, "../../public");
const MOST_BYTES = 400 * 1024;

const SHOP = [
  "/", "/?q=nothing", "/products/trainer/order?upper=leather", "/products/travel-bike/needs", "/products/travel-bike/compare?_with=ready.commuter&_with=standard",
  "/products/trainer/snapshots", "/products/trainer/defaults", "/account", "/contact", "/privacy", "/delivery", "/returns", "/payment", "/company", "/products/nothing",
];
const ADMIN = [
  "/admin", "/admin/products", "/admin/products/trainer", "/admin/products/trainer?section=rules", "/admin/products/trainer/analysis", "/admin/products/trainer/drawings", "/admin/products/trainer/texts/de",
  "/admin/products/trainer/publish", "/admin/products/trainer/insight", "/admin/products/trainer/learnt", "/admin/products/trainer/standing", "/admin/products/trainer/menus", "/admin/orders", "/admin/prices", "/admin/settings",
];

/** The files of public/ that pages ask for as programs. */
async function askedFor(page: Page, visit: () => Promise<void>): Promise<Set<string>> {
  const asked = new Set<string>();
  const listen = (request: { url(): string; resourceType(): string }) => {
    const name = new URL(request.url()).pathname.slice(1);
    if (request.resourceType() === "script" && !name.includes("/")) asked.add(name);
  };
  page.on("request", listen);
  await visit();
  page.off("request", listen);
  return asked;
}

test("no page of the shop asks for a script of the admin, and those are small", async ({ page, shop }) => {
  test.setTimeout(180_000);
  test.info().annotations.push({ type: "expected-status", description: "404" });
  const ofShop = await askedFor(page, async () => {
    for (const address of SHOP) await page.goto(address, { waitUntil: "networkidle" });
    // Alive, with all that it loads once it is used.
    await openProduct(page, "trainer");
    await page.getByTestId("order").click();
    await expect(page.getByTestId("place-order")).toBeVisible();
    await openProduct(page, "travel-bike");
    await page.waitForLoadState("networkidle");
  });
  await enter(page, shop, "ana@example.org");
  const ofAdmin = await askedFor(page, async () => {
    for (const address of ADMIN) await page.goto(address, { waitUntil: "networkidle" });
  });
  // Links and forms wait for a shop that is away, here as there.
  expect([...ofAdmin].filter((name) => ofShop.has(name)), "asked for by both").toEqual(["line.js"]);
  for (const name of ["editor.js", "patch.js", "drag.js", "tree.js", "overview.js", "pictured.js", "codes.js", "sentences.js", "drawings.js", "analysis.js", "typed.js"]) {
    expect(ofAdmin, name).toContain(name);
  }
  // What nobody asked for is not known to be the shop's: it weighs with the admin's.
  const files = readdirSync(PUBLIC).filter((name) => name.endsWith(".js") && !ofShop.has(name));
  expect(files.length).toBeGreaterThanOrEqual(ofAdmin.size);
  const bytes = files.reduce((sum, name) => sum + brotliCompressSync(readFileSync(resolve(PUBLIC, name))).length, 0);
  expect(bytes, `the admin's scripts: ${files.join(", ")}`).toBeLessThanOrEqual(MOST_BYTES);
  console.log(`The admin's ${files.length} scripts weigh ${bytes} bytes, brotli.`);
});
