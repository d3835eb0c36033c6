// Designs that are opened again after the shop changed: what they cost now and why, what is not there any more, and what comes nearest.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Shop, expect, expectAccessible, openProduct, option, ownShop, total } from "./shop";

// A shop of its own, because what it sells changes.
const test = ownShop();

const catalogs = resolve(__dirname, "../../catalogs");

/** Publishes a product as its file is after some edits; each says what stands in place of what. */
function republish(shop: Shop, slug: string, edits: [string, string][]): void {
  const folder = mkdtempSync(join(tmpdir(), "republished-"));
  try {
    cpSync(join(catalogs, slug), join(folder, slug), { recursive: true });
    // Its made-up past orders have what is not sold any more.
    rmSync(join(folder, slug, "past-orders.toml"));
    const file = join(folder, slug, "product.toml");
    let text = readFileSync(file, "utf8");
    for (const [before, after] of edits) {
      expect(text, before).toContain(before);
      text = text.replace(before, after);
    }
    writeFileSync(file, text);
    expect(shop.command("load", join(folder, slug), "--publish")).toContain("published as revision 2");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const euros = (price: string) => Number(price.replace(/[^0-9.]/g, ""));

for (const { slug, attribute, code, name, base } of [
  { slug: "trainer", attribute: "upper", code: "suede", name: "Suede", base: [14_900, 15_900] },
  { slug: "coffee-machine", attribute: "trim", code: "brass", name: "Satin brass", base: [145_100, 155_100] },
]) {
  test(`a design that is opened later says what changed, why, and what comes nearest, ${slug}`, async ({ page, shop }) => {
    test.setTimeout(180_000);
    const more = (base[1] - base[0]) / 100;
    await openProduct(page, slug, `?${attribute}=${code}`);
    const was = await total(page).innerText();
    await page.getByTestId("share").click();
    const link = await page.getByTestId("link").inputValue();
    // It costs more, and the option can't be had any more.
    republish(shop, slug, [
      [`base_price = ${base[0]}`, `base_price = ${base[1]}`],
      [`{ code = "${code}", label = "${name}"`, `{ code = "${code}", label = "${name}", available = false`],
    ]);
    const notices = page.getByTestId("notices");
    await expect(async () => {
      await page.goto(link);
      await expect(notices).toContainText("The menu has changed since you began.", { timeout: 500 });
    }).toPass({ timeout: 30_000 });
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    // As it was made, at its own price; and what it would be now.
    await expect(total(page)).toHaveText(was);
    await expect(option(page, attribute, code).locator("input")).toBeChecked();
    const told = await notices.innerText();
    const [, now, before, change] = /With the current menu: It costs (€[\d,.]+) now instead of (€[\d,.]+) \(([^)]+)\)/.exec(told) ?? [];
    expect(before, told).toBe(was);
    expect(told).toContain(`Base price +€${more}`);
    expect(told).toContain(name);
    await expectAccessible(page, "a design of a former menu");

    await page.getByRole("button", { name: "Continue with the current menu" }).click();
    await expect(page).toHaveURL(/_revision=2/);
    await expect(page.locator("#configurator[data-alive]")).toBeVisible();
    await expect(total(page)).toHaveText(now);
    expect(euros(now) - euros(was)).toBeCloseTo(euros(change) * (change.startsWith("−") ? -1 : 1));
    await expect(option(page, attribute, code).locator("input")).not.toBeChecked();
    await expect(notices).toContainText(`It costs ${now} now instead of ${was}`);
    await expect(notices).toContainText(name);
    await expectAccessible(page, "a design on the current menu");
    // The link stays as it was.
    await page.goto(link);
    await expect(total(page)).toHaveText(was);
  });
}
