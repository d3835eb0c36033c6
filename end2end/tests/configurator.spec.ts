// What the configurator does in the browser.
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { PRODUCTS, expect, expectAccessible, openProduct, option, picture, test, toOrder, total } from "./shop";

test("clicks are answered without asking the server", async ({ page, context }) => {
  await openProduct(page, "travel-bike");
  // What comes once the page is idle, such as others' habits.
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  const before = await total(page).innerText();
  await option(page, "drivetrain", "belt").click();
  await expect(total(page)).not.toHaveText(before);
  await expect(page.getByTestId("change")).toContainText(/[+−]€/);
  await page.getByText("incl. VAT").click();
  await expect(page.getByTestId("breakdown")).toContainText("Total");
});

test("what is done before the page is alive is not lost", async ({ page }) => {
  const alive = page.locator("#configurator[data-alive]");
  const before = async (address: string, act: () => Promise<void>) => {
    let letGo = () => {};
    const held = new Promise<void>((done) => (letGo = done));
    await page.route(/\.wasm/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(address, { waitUntil: "commit" });
    await act();
    await expect(alive).toBeHidden();
    letGo();
    await expect(alive).toBeVisible();
    await page.unroute(/\.wasm/);
  };
  await before("/products/trainer", async () => {
    await option(page, "upper", "knit").click();
    await option(page, "sole", "trail").click();
    await page.locator('[data-attribute="embroidery"] input').fill("ana");
    await page.locator('[data-attribute="embroidery"] input').blur();
  });
  await expect(option(page, "upper", "knit").locator("input")).toBeChecked();
  await expect(option(page, "upper", "knit").locator("input")).toBeChecked();
  await expect(picture(page).locator("text")).toHaveText("ANA");
  await expect(page.locator('[data-attribute="embroidery"] input')).toHaveValue("ANA");
  const sum = await page.getByTestId("breakdown").locator("tr").last().locator("td").textContent();
  await expect(total(page)).toHaveText(sum!);
  // Trail soles don't go with knit: the panel says so, as for any click.
  await expect(page.getByTestId("panel")).toContainText("Not with");
  await expect(page).toHaveURL(/upper=knit.*embroidery=ANA/);
  // What is still being typed stays as it is, and counts once the shopper leaves it.
  const width = page.getByLabel("Width, exact");
  await before("/products/bookcase", () => width.fill("95"));
  await expect(width).toHaveValue("95");
  await expect(width).toBeFocused();
  await width.blur();
  await expect(page.locator('[data-attribute="width"] [data-testid="value"]')).toHaveText("95 cm");
});

test("undo, redo, release and reset", async ({ page }) => {
  await openProduct(page, "trainer");
  const standard = await total(page).innerText();
  await option(page, "upper", "leather").click();
  await option(page, "lining", "calfskin").click();
  const designed = await total(page).innerText();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(option(page, "lining", "calfskin").locator("input")).not.toBeChecked();
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(total(page)).toHaveText(designed);
  await page.getByRole("button", { name: "Let go of Lining" }).click();
  await expect(option(page, "lining", "calfskin").locator("input")).not.toBeChecked();
  await page.getByTestId("reset").click();
  // What was chosen is asked for first.
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Go back to our standard?");
  await expect(dialog.getByTestId("given-up")).toContainText("Upper");
  await dialog.getByTestId("take").click();
  await expect(total(page)).toHaveText(standard);
  await expect(option(page, "upper", "leather").locator("input")).not.toBeChecked();
});

test("a design survives a reload and travels by link", async ({ page, browser, shop }) => {
  await openProduct(page, "trainer");
  await option(page, "upper_colour", "navy").click();
  await page.locator('[data-attribute="embroidery"] input').fill("ANA");
  await page.locator('[data-attribute="embroidery"] input').blur();
  await expect(picture(page).locator("text")).toHaveText("ANA");
  await expect(page).toHaveURL(/upper_colour=navy.*embroidery=ANA/);
  const price = await total(page).innerText();
  await page.reload();
  await expect(page.locator("#configurator[data-alive]")).toBeVisible();
  await expect(total(page)).toHaveText(price);
  await expect(option(page, "upper_colour", "navy").locator("input")).toBeChecked();
  const other = await browser.newPage({ baseURL: shop.url });
  await other.goto(page.url());
  await expect(picture(other).locator("text")).toHaveText("ANA");
  await other.close();
});

test("a design that is left at once is what one comes back to", async ({ page }) => {
  await openProduct(page, "travel-bike");
  const before = await total(page).innerText();
  const why = page.getByTestId("why");
  await option(page, "drivetrain", "belt").locator("input").evaluate(async (input: HTMLInputElement) => {
    input.click();
    await new Promise(requestAnimationFrame);
    document.querySelector<HTMLElement>("[data-testid=why]")?.click();
  });
  await expect(page).toHaveURL(/defaults\?.*drivetrain=belt/);
  await expect(why).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/drivetrain=belt/);
  await expect(option(page, "drivetrain", "belt").locator("input")).toBeChecked();
  await expect(total(page)).not.toHaveText(before);
});

test("a blocked option says why and offers a way", async ({ page }) => {
  await openProduct(page, "trainer");
  await option(page, "upper", "knit").click();
  const trail = option(page, "sole", "trail");
  await expect(trail).toHaveClass(/blocked/);
  await expect(trail).toContainText("Not with Knit");
  const before = await total(page).innerText();
  await trail.click();
  const panel = page.getByTestId("panel");
  await expect(panel).toContainText("Not with");
  await expect(total(page)).toHaveText(before);
  await page.getByTestId("repair").first().click();
  await expect(trail.locator("input")).toBeChecked();
  await expect(option(page, "upper", "knit").locator("input")).not.toBeChecked();
  await expect(panel).toBeHidden();
});

test("a way to a thread keeps the name that it is for", async ({ page }) => {
  await openProduct(page, "trainer");
  const name = page.locator('[data-attribute="embroidery"] input');
  await name.fill("ANA");
  await name.blur();
  await option(page, "panel_colour", "oat").click();
  const gold = page.locator('[data-attribute="thread"] [data-option="gold"]');
  await gold.click();
  const ways = page.getByTestId("repair");
  await expect(ways.first()).toContainText("Side panels");
  // Without a name there would be no thread.
  await expect(ways.filter({ hasText: "Embroidery" })).toHaveCount(0);
  await ways.first().click();
  await expect(gold.locator("input")).toBeChecked();
  await expect(picture(page).locator("text")).toHaveText("ANA");
});

test("what can't be left out says so", async ({ page }) => {
  await openProduct(page, "bookcase");
  await option(page, "back", "open").click();
  await option(page, "extras", "wall_fixing").click();
  await expect(page.getByTestId("panel")).toContainText("Wall fixing can’t be left out as it stands.");
  await expect(page.getByTestId("repair").first()).toContainText("Leave it out with Back panel");
});

test("a slider stops where it has to, and says why", async ({ page }) => {
  await openProduct(page, "bookcase");
  await option(page, "uprights", "none").click();
  const width = page.locator('[data-attribute="width"]');
  const slider = width.getByRole("slider");
  await slider.focus();
  await slider.press("End");
  const exact = page.getByLabel("Width, exact");
  const most = await exact.inputValue();
  expect(Number(most)).toBeLessThan(Number(await slider.getAttribute("max")));
  await expect(slider).toHaveValue(most);
  await expect(width.getByTestId("panel")).toContainText("does not fit as it stands");
  await slider.press("ArrowLeft");
  await expect(exact).toHaveValue(String(Number(most) - Number(await slider.getAttribute("step"))));
  await expect(width.getByTestId("panel")).toBeHidden();
  // Dragged beyond it once more, from where it stops: the browser finds nothing changed.
  await slider.press("End");
  await expect(width.getByTestId("panel")).toBeVisible();
  const box = (await slider.boundingBox())!;
  const share = (Number(most) - Number(await slider.getAttribute("min"))) / (Number(await slider.getAttribute("max")) - Number(await slider.getAttribute("min")));
  await page.mouse.move(box.x + 8 + (box.width - 16) * share, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(slider).toHaveValue(most);
  await expect(width.getByTestId("panel")).toContainText("does not fit as it stands");
});

test("a way opens in a tab of its own where one asks for that", async ({ page, context }) => {
  await openProduct(page, "trainer");
  await option(page, "upper", "knit").click();
  await option(page, "sole", "trail").click();
  const opening = context.waitForEvent("page");
  await page.getByTestId("repair").first().click({ modifiers: ["ControlOrMeta"] });
  const other = await opening;
  await expect(other).toHaveURL(/sole=trail/);
  await expect(option(page, "upper", "knit").locator("input")).toBeChecked();
  await expect(page).toHaveURL(/upper=knit$/);
});

test("an option that can't join another is offered in its place", async ({ page }) => {
  await openProduct(page, "travel-bike");
  await option(page, "carrier_bags", "pair").click();
  await expect(page.getByTestId("question")).toContainText("This removes Right pannier");
  await page.getByTestId("repair").click();
  await expect(option(page, "carrier_bags", "pair").locator("input")).toBeChecked();
  await expect(option(page, "carrier_bags", "pannier_right").locator("input")).not.toBeChecked();
});

test("a change says what else it moved", async ({ page }) => {
  await openProduct(page, "bookcase");
  await option(page, "extras", "wall_fixing").click();
  const moved = "Also changed: Height to 180 cm; Depth to 45 cm.";
  await expect(page.locator('[data-attribute="extras"]').getByTestId("moved")).toHaveText(moved);
  await expect(page.getByRole("status")).toContainText(moved);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByTestId("moved")).toBeHidden();
});

test("the tab of the step on the screen is marked", async ({ page }) => {
  await openProduct(page, "travel-bike");
  const current = page.getByRole("navigation", { name: "Steps" }).locator("a:target-current");
  await expect(current).toHaveText("Frame");
  await page.getByRole("link", { name: "Luggage" }).click();
  await expect(current).toHaveText("Luggage");
});

test("the keyboard reaches everything", async ({ page }) => {
  await openProduct(page, "trainer");
  await option(page, "upper", "mesh").locator("input").focus();
  await page.keyboard.press("ArrowRight");
  await expect(option(page, "upper", "knit").locator("input")).toBeChecked();
  const ring = await option(page, "upper", "knit").evaluate((tile) => getComputedStyle(tile).outlineStyle);
  expect(ring).toBe("solid");
});

for (const slug of ["trainer", "laptop"]) {
  for (const [screen, viewport] of [["phone", { width: 390, height: 844 }], ["desktop", { width: 1280, height: 900 }]] as const) {
    test(`no tile is left over in a row of its own, ${slug} on a ${screen}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await openProduct(page, slug);
      const { lone, odd } = await page.evaluate(() => {
        const [lone, odd]: [string[], string[]] = [[], []];
        for (const step of document.querySelectorAll("section[id^=step-]")) {
          location.hash = step.id;
          for (const group of step.querySelectorAll<HTMLElement>("[data-attribute]")) {
            const tiles = [...group.querySelectorAll<HTMLElement>("label[data-option]")].filter((tile) => tile.offsetParent);
            const grid = tiles[0]?.parentElement;
            if (!grid || getComputedStyle(grid).gridTemplateColumns.split(" ").length !== 2) continue;
            const tops = tiles.map((tile) => Math.round(tile.getBoundingClientRect().top));
            const last = tiles.filter((_, index) => tops[index] === Math.max(...tops));
            if (tiles.length % 2) odd.push(group.dataset.attribute!);
            if (last.length === 1 && last[0].getBoundingClientRect().width < grid.getBoundingClientRect().width - 2) lone.push(group.dataset.attribute!);
          }
        }
        return { lone, odd };
      });
      expect(odd.length, "a group of tiles that would leave one over").toBeGreaterThan(0);
      expect(lone).toEqual([]);
    });
  }
}

test("a drag is one step to undo, and Enter applies instead of ordering", async ({ page }) => {
  await openProduct(page, "bookcase");
  const value = page.locator('[data-attribute="width"]').getByTestId("value");
  const before = await value.innerText();
  const slider = page.locator('[data-attribute="width"]').getByRole("slider");
  const box = (await slider.boundingBox())!;
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
  await page.mouse.down();
  for (let step = 1; step <= 8; step++) await page.mouse.move(box.x + box.width / 3 + step * 12, box.y + box.height / 2);
  await page.mouse.up();
  await expect(value).not.toHaveText(before);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(value).toHaveText(before);
  await page.getByLabel("Width, exact").fill("135");
  await page.getByLabel("Width, exact").press("Enter");
  await expect(value).toHaveText("135 cm");
  await expect(page).toHaveURL(/\/products\/bookcase\?/);
});

test("a bookcase is drawn to its measures", async ({ page }) => {
  await openProduct(page, "bookcase");
  const before = { price: await total(page).innerText(), picture: await picture(page).innerHTML() };
  const width = page.getByLabel("Width, exact");
  await width.fill("95");
  await width.blur();
  await expect(page.locator('[data-attribute="width"]').getByTestId("value")).toHaveText("95 cm");
  expect(await total(page).innerText()).not.toBe(before.price);
  expect(await picture(page).innerHTML()).not.toBe(before.picture);
  await width.fill("96.5");
  await width.blur();
  await expect(page.locator('[data-attribute="width"]').getByRole("alert")).toContainText("96 or 97");
});

test("random shoppers never meet a dead end", async ({ page }) => {
  test.setTimeout(120_000);
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  for (const slug of PRODUCTS) {
    await openProduct(page, slug);
    for (let click = 0; click < 12; click++) {
      const open = page.locator("label[data-option]:not(.blocked):not(:has(:checked)):visible");
      const tile = open.nth(random(await open.count()));
      const code = await tile.getAttribute("data-option");
      const attribute = await tile.locator("xpath=ancestor::*[@data-attribute]").getAttribute("data-attribute");
      await tile.click();
      await expect(option(page, attribute!, code!).locator("input"), `${slug}: ${attribute}=${code}`).toBeChecked();
    }
    await toOrder(page);
    await expect(page.getByTestId("place-order"), slug).toBeVisible();
  }
});

test("no page breaks accessibility rules", async ({ page }) => {
  test.setTimeout(120_000);
  for (const address of ["/", ...PRODUCTS.map((slug) => `/products/${slug}`), "/products/trainer/order"]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(address);
      await expectAccessible(page, `${address}, ${colorScheme}`);
    }
  }
});

test("the shopper's WebAssembly and the style of all pages stay small", async () => {
  const folder = resolve(__dirname, "../../target/site/pkg");
  for (const [ending, most] of [[".wasm", 256_000], [".css", 10_240]] as const) {
    const name = readdirSync(folder).find((file) => file.endsWith(ending));
    const packed = brotliCompressSync(readFileSync(join(folder, name!)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    console.log(`${name}: ${packed.length} bytes brotli`);
    expect(packed.length, name).toBeLessThanOrEqual(most);
  }
});

test("where the configurator can't be loaded, every change goes to the server", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route(/\.wasm/, async (route) => {
    await held;
    await route.fulfill({ contentType: "application/wasm", body: "no module" });
  });
  await page.goto("/products/travel-bike", { waitUntil: "commit" });
  // Clicked before it is known that there is nobody to answer.
  const before = await total(page).innerText();
  await option(page, "drivetrain", "belt").click();
  release();
  await expect(page).toHaveURL(/drivetrain=belt/);
  await expect(total(page)).not.toHaveText(before);
  await page.goto("/products/travel-bike");
  await option(page, "drivetrain", "belt").click();
  await expect(page).toHaveURL(/drivetrain=belt/);
  await expect(page.locator("#configurator[data-alive]")).toHaveCount(0);
  // A page that the browser kept shows the design it came with beside its price, once it is known that nobody answers. Before, what is
  // set here is a change that goes to the server: then the page is another one.
  const kept = page.url();
  await expect(async () => {
    if (page.url() !== kept) await page.goto(kept);
    await option(page, "drivetrain", "derailleur").locator("input").evaluate((input: HTMLInputElement) => (input.checked = true));
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await expect(option(page, "drivetrain", "belt").locator("input")).toBeChecked({ timeout: 500 });
  }).toPass();
});

test("a form that the server answers says where a change was made what else it moved, once, with the way back", async ({ page }) => {
  await page.route(/\.wasm/, (route) => route.fulfill({ contentType: "application/wasm", body: "no module" }));
  await page.goto("/products/bookcase");
  await expect(page.locator("#configurator[data-failed]")).toHaveCount(1);
  await option(page, "extras", "wall_fixing").click();
  const moved = page.locator('[data-attribute="extras"]').getByTestId("moved");
  await expect(moved).toContainText("Also changed: Height to 180 cm; Depth to 45 cm.");
  await expect(page).not.toHaveURL(/_was=/);
  await moved.getByRole("link", { name: "Take it back · −€2.28" }).click();
  await expect(option(page, "extras", "wall_fixing").locator("input")).toBeChecked();
  await expect(page.getByTestId("moved")).toHaveCount(0);
});

test("where loading the configurator takes too long, every change goes to the server", async ({ page }) => {
  await page.clock.install();
  await page.route(/\.wasm/, () => {});
  const asked = page.waitForRequest(/\.wasm/);
  await page.goto("/products/travel-bike", { waitUntil: "commit" });
  await asked;
  await option(page, "drivetrain", "belt").click();
  const warned = page.waitForEvent("console", (message) => message.text().includes("can't be loaded"));
  await page.clock.fastForward(31_000);
  await warned;
  await expect(page).toHaveURL(/drivetrain=belt/);
  // The next change does not wait again, and comes back where it was made.
  const hub = option(page, "drivetrain", "hub");
  await hub.click();
  await expect(page).toHaveURL(/drivetrain=hub/);
  await expect(hub).toBeInViewport();
});
