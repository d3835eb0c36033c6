// Links and forms while the shop can't be reached: no browser's error page, nothing lost, and a way to stay.
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, openProduct, option, press, test, total } from "./shop";

/** From where a link leads on, and to where. */
const LINKS: Record<string, (page: Page, slug: string) => Promise<void>> = {
  menu: async (page, slug) => {
    await openProduct(page, slug);
    await page.getByTestId("needs").click({ trial: true });
  },
  needs: async (page, slug) => {
    await page.goto(`/products/${slug}/needs`);
    await page.getByTestId("take").click({ trial: true });
  },
};
const FIRST: Record<string, [string, string]> = { "travel-bike": ["colour", "lake"], trainer: ["upper", "knit"] };

for (const slug of ["travel-bike", "trainer"]) {
  for (const from of ["menu", "needs"]) {
    for (const how of ["says 503", "hangs"]) {
      test(`a link of the ${from} waits for a shop that ${how}, ${slug}`, async ({ page }) => {
        test.info().annotations.push({ type: "expected-status", description: "503" });
        await LINKS[from](page, slug);
        if (from === "menu") {
          const [attribute, code] = FIRST[slug];
          await option(page, attribute, code).click();
          await expect(page).toHaveURL(new RegExp(`${attribute}=${code}`));
        }
        const before = page.url();
        // Whatever is asked of it: as if it were gone.
        await page.route("**/*", (route) => (how === "hangs" ? undefined : route.fulfill({ status: 503, body: "" })));
        const link = page.getByTestId(from === "menu" ? "needs" : "take");
        await link.click();
        const away = page.getByTestId("away");
        await expect(away.locator("p")).toBeVisible();
        await expect(away).toContainText("can’t be reached");
        expect(page.url()).toBe(before);
        if (how === "says 503") await expectAccessible(page, "a link waits");
        // Who stays here is led nowhere later.
        await away.getByRole("button", { name: "Stay here" }).click();
        await expect(away.locator("p")).toBeHidden();
        await link.click();
        await expect(away.locator("p")).toBeVisible();
        await expect(away.getByRole("button", { name: "Try now" })).toBeVisible();
        await page.unroute("**/*");
        // It goes on by itself, too.
        await away.getByRole("button", { name: "Try now" }).click({ timeout: 2_000 }).catch(() => undefined);
        await expect(page).toHaveURL(from === "menu" ? new RegExp(`${slug}/needs\\?.*${FIRST[slug].join("=")}`) : new RegExp(`/${slug}\\?.*_start=needs`), { timeout: 20_000 });
      });
    }
  }
}

test("the order is shown once the shop is back, however often it went", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "503" });
  await page.goto("/products/travel-bike/order?_revision=1&_start=standard");
  await page.getByLabel("Name").fill("Bo Larsen");
  await page.getByLabel("E-mail").fill("bo.away@example.org");
  await page.getByLabel("Delivery address").fill("Harbour Street 4\n1000 Portside");
  let isAway = true;
  await page.route("**/servez", (route) => (isAway ? route.fulfill({ status: 503, body: "" }) : route.continue()));
  await page.getByTestId("place-order").click();
  const away = page.getByTestId("away");
  await expect(away.locator("p")).toBeVisible();
  // It is placed: nobody stays with a form for it.
  await expect(away.getByRole("button", { name: "Stay here" })).toBeHidden();
  isAway = false;
  await expect(page.getByTestId("order-number")).toBeVisible({ timeout: 20_000 });
});

/** The shop as it can't be reached until it is back. */
async function leave(page: Page) {
  test.info().annotations.push({ type: "expected-status", description: "503" });
  await page.route("**/servez", (route) => route.fulfill({ status: 503, body: "" }));
  return () => page.unroute("**/servez");
}

/** Forms: where each stands, what is typed where, what sends it, and what the page that comes of it shows. */
const FORMS: Record<string, { at: string; typed?: [string, string]; button: (page: Page) => Locator; comes: (page: Page) => Promise<void> }> = {
  "the order form's language": {
    at: "/products/trainer/order?_revision=1&_start=standard",
    typed: ["[name=name]", "Bo Larsen"],
    button: (page) => page.getByRole("button", { name: "Deutsch" }),
    comes: async (page) => {
      await expect(page.locator("html")).toHaveAttribute("lang", "de");
      await expect(page.locator("[name=name]")).toHaveValue("Bo Larsen");
    },
  },
  "the language of the needs": {
    at: "/products/travel-bike/needs",
    typed: ["[name=_up_to]", "2100"],
    button: (page) => page.getByRole("button", { name: "Deutsch" }),
    comes: async (page) => {
      await expect(page.locator("html")).toHaveAttribute("lang", "de");
      await expect(page.locator("[name=_up_to]")).toHaveValue("2100");
    },
  },
  "the search": {
    at: "/",
    typed: ["#words", "bike"],
    button: (page) => page.getByRole("search").getByRole("button"),
    comes: (page) => expect(page.getByTestId("found")).toContainText("bike"),
  },
  "keeping a design on its page": {
    at: "/products/trainer/snapshots?_revision=1&upper=leather",
    typed: ["#snapshot-name", "School"],
    button: (page) => page.getByTestId("keep"),
    comes: (page) => expect(page.getByTestId("done")).toHaveText("Kept as “School”."),
  },
  "the switch of personal starts": {
    at: "/products/travel-bike/defaults",
    button: (page) => page.getByTestId("personal-switch"),
    comes: (page) => expect(total(page)).toBeVisible(),
  },
};

for (const [what, { at, typed, button, comes }] of Object.entries(FORMS)) {
  test(`${what} waits for a shop that is away, and is sent once`, async ({ page }) => {
    await page.goto(at);
    if (typed) await page.locator(typed[0]).fill(typed[1]);
    const before = await page.locator("h1").innerText();
    let sent = 0;
    page.on("request", (request) => (sent += request.isNavigationRequest() && !request.redirectedFrom() ? 1 : 0));
    const back = await leave(page);
    await button(page).click();
    const away = page.getByTestId("away");
    await expect(away.locator("p")).toBeVisible();
    await expect(away).toContainText("can’t be reached");
    // Pressed again it is still one.
    await press(button(page));
    await expect(page.locator("h1")).toHaveText(before);
    if (typed) await expect(page.locator(typed[0])).toHaveValue(typed[1]);
    expect(sent).toBe(0);
    await back();
    await away.getByRole("button", { name: "Try now" }).click({ timeout: 2_000 }).catch(() => undefined);
    await comes(page);
    expect(sent).toBe(1);
  });
}

test("a link that waits leads to what the page shows by then", async ({ page }) => {
  await page.goto("/products/travel-bike/needs");
  const price = page.locator("[name=_up_to]");
  await price.fill("1788");
  await expect(page).toHaveURL(/_up_to=1788/);
  const before = await page.getByTestId("total").innerText();
  const back = await leave(page);
  await page.getByTestId("take").click();
  const away = page.getByTestId("away");
  await expect(away.locator("p")).toBeVisible();
  await price.fill("2600");
  await expect(page.getByTestId("total")).not.toHaveText(before);
  const shown = await page.getByTestId("total").innerText();
  await back();
  await away.getByRole("button", { name: "Try now" }).click({ timeout: 2_000 }).catch(() => undefined);
  await expect(page).toHaveURL(/\/travel-bike\?.*_start=needs/, { timeout: 20_000 });
  await expect(total(page)).toHaveText(shown);
});

test("what is said of a shop that is away can be pressed in a dialog, and gives the keyboard back", async ({ page }) => {
  await openProduct(page, "travel-bike");
  await page.getByTestId("save").click();
  const link = page.locator("dialog[open] a[href]").first();
  await expect(link).toBeVisible();
  const back = await leave(page);
  await link.focus();
  await page.keyboard.press("Enter");
  const stay = page.locator("dialog[open]").getByRole("button", { name: "Stay here" });
  await expect(stay).toBeVisible();
  await expectAccessible(page, "a link of a dialog waits");
  await stay.click();
  await expect(stay).toBeHidden();
  await expect(link).toBeFocused();
  // Closed meanwhile, it is said over the page.
  await page.keyboard.press("Enter");
  await expect(stay).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await expect(page.getByTestId("away").locator("p")).toBeVisible();
  await back();
});

test("an order that waits is said to wait also after a link does not any more", async ({ page }) => {
  await page.goto("/products/travel-bike/order?_revision=1&_start=standard");
  await page.getByLabel("Name").fill("Bo Larsen");
  await page.getByLabel("E-mail").fill("bo.waits@example.org");
  await page.getByLabel("Delivery address").fill("Harbour Street 4\n1000 Portside");
  const back = await leave(page);
  let isAway = true;
  await page.route("**/order?*", (route) => (isAway && route.request().method() === "POST" ? route.fulfill({ status: 503, body: "" }) : route.continue()));
  await page.getByTestId("place-order").click();
  const away = page.getByTestId("away");
  const stay = away.getByRole("button", { name: "Stay here" });
  await expect(away.locator("p")).toBeVisible();
  await expect(stay).toBeHidden();
  await page.getByRole("contentinfo").getByRole("link").first().click();
  await expect(stay).toBeVisible();
  await stay.click();
  await expect(stay).toBeHidden();
  await expect(away.locator("p")).toBeVisible();
  isAway = false;
  await back();
  await expect(page.getByTestId("order-number")).toBeVisible({ timeout: 40_000 });
});

test("where the shop answers, the browser follows links as ever", async ({ page }) => {
  await openProduct(page, "travel-bike");
  await page.evaluate(() =>
    addEventListener("click", (event) => {
      // Once all have listened.
      const told = () => sessionStorage.setItem("prevented", String(event.defaultPrevented));
      queueMicrotask(told);
      addEventListener("pagehide", told);
    }),
  );
  const box = (await page.getByTestId("needs").boundingBox())!;
  await page.mouse.move(box.x + 5, box.y + box.height / 2);
  const answered = page.waitForResponse("**/servez");
  await page.mouse.down();
  await answered;
  await page.waitForTimeout(50);
  await page.mouse.up();
  await expect(page).toHaveURL(/\/needs/);
  expect(await page.evaluate(() => sessionStorage.getItem("prevented"))).toBe("false");
  // Other keys, other windows.
  await page.route("**/servez", () => undefined);
  const [other] = await Promise.all([page.context().waitForEvent("page"), page.getByTestId("take").click({ modifiers: ["ControlOrMeta"] })]);
  await expect(other).toHaveURL(/_start=needs/);
});
