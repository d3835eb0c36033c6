// From a product to a placed order, with and without scripts, and the order again after a restart.
import { expect, fillOrder, openProduct, option, picture, test, toOrder, total } from "./shop";

const CHANGES = [
  { slug: "travel-bike", attribute: "colour", code: "lake", words: "Lake" },
  { slug: "laptop", attribute: "keyboard", code: "de", words: "" },
  { slug: "trainer", attribute: "upper", code: "leather", words: "" },
  { slug: "bookcase", attribute: "wood", code: "walnut", words: "" },
  { slug: "coffee-machine", attribute: "trim", code: "brass", words: "" },
];

test("the list shows the five products with pictures and prices", async ({ page }) => {
  await page.goto("/");
  for (const { slug } of CHANGES) {
    const card = page.locator(`a[href="/products/${slug}"]`);
    await expect(card).toContainText(/From €[\d,]+/);
    const picture = card.locator("img");
    await picture.scrollIntoViewIfNeeded();
    expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(0);
  }
});

test("each product is designed, ordered, and still there after a restart", async ({ page, shop }) => {
  test.setTimeout(180_000);
  const placed: { address: string; number: string; value: string }[] = [];
  for (const { slug, attribute, code } of CHANGES) {
    await openProduct(page, slug);
    const drawn = picture(page);
    const before = { price: await total(page).innerText(), picture: await drawn.innerHTML() };
    const shown = page.locator(`[data-attribute="${attribute}"]`).getByTestId("value");
    const standard = await shown.innerText();
    await option(page, attribute, code).click();
    await expect(option(page, attribute, code).locator("input")).toBeChecked();
    if (slug !== "laptop") expect(await drawn.innerHTML(), `${slug}: the picture follows`).not.toBe(before.picture);
    // It follows a frame later.
    await expect(shown).not.toHaveText(standard);
    const value = await shown.innerText();
    const price = await total(page).innerText();
    await toOrder(page);
    await expect(page).toHaveURL(new RegExp(`/products/${slug}/order\\?.*${attribute}=${code}`));
    await fillOrder(page);
    await expect(page.getByTestId("place-order")).toContainText(price);
    await page.getByTestId("place-order").click();
    await expect(page).toHaveURL(/\/orders\/[0-9a-f]{32}$/);
    const number = await page.getByTestId("order-number").innerText();
    await expect(page.locator("dd", { hasText: value }).first()).toBeVisible();
    await expect(page.getByTestId("breakdown").locator("tr").last()).toContainText(price);
    placed.push({ address: page.url(), number, value });
  }
  expect(new Set(placed.map(({ number }) => number)).size).toBe(CHANGES.length);
  await shop.restart();
  for (const { address, number, value } of placed) {
    await page.goto(address);
    await expect(page.getByTestId("order-number")).toHaveText(number);
    await expect(page.locator("dd", { hasText: value }).first()).toBeVisible();
    await expect(picture(page).locator("> svg")).toBeVisible();
  }
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("choices are a form, and the order succeeds", async ({ page }) => {
    await page.goto("/products/trainer");
    const before = await total(page).innerText();
    await option(page, "upper", "leather").click();
    await option(page, "sole", "trail").click();
    await page.getByRole("button", { name: "Update picture and price" }).click();
    await expect(page).toHaveURL(/upper=leather/);
    expect(await total(page).innerText()).not.toBe(before);
    await expect(option(page, "upper", "leather").locator("input")).toBeChecked();
    // The trail sole comes in few colours; the rest of the design followed.
    await expect(page.locator('[data-attribute="sole_colour"]').getByTestId("source")).toContainText("Adjusted");
    await toOrder(page);
    await fillOrder(page, "Bela Kun");
    await page.getByTestId("place-order").click();
    await expect(page.getByTestId("order-number")).toHaveText(/Order \d+/);
  });

  test("changes sent together are judged together", async ({ page }) => {
    await page.goto("/products/trainer?laces=elastic");
    await option(page, "upper", "leather").click();
    await option(page, "laces", "flat").click();
    await page.getByRole("button", { name: "Update picture and price" }).click();
    await expect(page).toHaveURL(/upper=leather.*laces=flat/);
  });

  test("a blocked choice says why and links to a way to have it", async ({ page }) => {
    test.info().annotations.push({ type: "expected-status", description: "422" });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/products/trainer?upper=knit");
    await option(page, "sole", "trail").click();
    await page.getByRole("button", { name: "Update picture and price" }).click();
    const notice = page.getByTestId("notices");
    await expect(notice).toContainText("Trail does not fit as it stands");
    await expect(notice).toBeInViewport();
    await expect(page.getByTestId("panel")).toContainText("does not fit as it stands");
    await page.getByTestId("repair").first().click();
    await expect(option(page, "sole", "trail").locator("input")).toBeChecked();
  });
});

test("mistakes in the order form are explained and nothing typed is lost", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await openProduct(page, "trainer");
  await toOrder(page);
  await page.getByLabel("Name").fill("Ana <script>");
  await page.getByLabel("E-mail").fill("ana");
  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("order-errors")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(/@/);
  await expect(page.getByLabel("Delivery address")).toHaveAccessibleDescription(/./);
  await expect(page.getByLabel("Name")).toHaveValue("Ana <script>");
  await expect(page.getByLabel("E-mail")).toHaveValue("ana");
  await fillOrder(page);
  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("order-number")).toBeVisible();
});

test("going back and ordering again is asked about", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "409" });
  const order = async () => {
    await fillOrder(page, "Ana Lopez", "back@example.org");
    await page.getByTestId("place-order").click();
  };
  await page.goto("/products/trainer/order?upper=leather");
  await order();
  const first = await page.getByTestId("order-number").innerText();
  await page.goBack();
  await order();
  await expect(page.getByTestId("order-errors")).toContainText(`You ordered this a moment ago: ${first.toLowerCase()}`);
  await expect(page.getByTestId("place-order")).toContainText("Order another one");
  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("order-number")).not.toHaveText(first);
});

test("an invalid design posted by hand is refused with reasons; a price sent along is ignored", async ({ request }) => {
  const buyer = { name: "Ana", email: "ana@example.org", address: "Gran Via 1, 28013 Madrid", price: "1", total: "1" };
  const refused = await request.post("/products/trainer/order?upper=knit&sole=trail", { form: buyer });
  expect(refused.status()).toBe(422);
  const body = await refused.text();
  expect(body).toContain("Nothing was ordered yet");
  expect(body).toContain("Gran Via 1");
  const placed = await request.post("/products/trainer/order?upper=mesh", { form: buyer });
  expect(placed.status()).toBe(200);
  expect(await placed.text()).toMatch(/€1\d\d/);
});

test("an option that is not on the menu costs nothing but itself", async ({ page }) => {
  const answer = await page.goto("/products/trainer?upper=lether&sole=trail&srsltid=x");
  expect(answer?.status()).toBe(200);
  await expect(page.locator("main")).toContainText("Did you mean Leather?");
  await expect(page.locator("input[name=sole][value=trail]")).toBeChecked();
});

test("unknown products and orders are helpful pages", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "404" });
  for (const [address, words] of [
    ["/products/trainr", "Trainer"],
    ["/orders/0123456789abcdef0123456789abcdef", "order"],
    ["/nowhere", "All products"],
  ]) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(404);
    await expect(page.locator("main")).toContainText(words);
    await page.getByRole("link", { name: "All products" }).click();
    await expect(page).toHaveURL(/\/$/);
  }
});

test("a number that can't be taken is told in words also where the form is sent at once", async ({ page }) => {
  test.info().annotations.push({ type: "expected-status", description: "422" });
  await page.goto("/products/trainer/order");
  await fillOrder(page);
  await page.locator("#quantity").fill("0");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("order-errors")).toBeVisible();
  // Past the pause after which the total follows what is typed.
  await page.waitForTimeout(1_000);
  await expect(page.locator("[id='quantity.note']")).toHaveText(/Enter how many you want/);
  await expect(page.locator("#quantity")).toHaveAttribute("aria-describedby", /quantity\.note/);
});

test("while the number of pieces can't be taken, it says so and no total stays", async ({ page }) => {
  await page.goto("/products/trainer/order");
  const pieces = page.locator("#quantity");
  const total = page.locator("[data-follows=total]");
  const button = page.getByTestId("place-order");
  const before = await total.innerText();
  await pieces.fill("0");
  await expect(page.locator("[id='quantity.note']")).toHaveText(/Enter how many you want/);
  await expect(pieces).toHaveAttribute("aria-invalid", "true");
  await expect(pieces).toHaveAttribute("aria-describedby", /quantity\.note/);
  await expect(total).toHaveText("The total is shown once the number of pieces can be taken.");
  await expect(button).not.toContainText("€");
  await expect(page.locator("[data-follows=lines]")).toBeHidden();
  await pieces.fill("2");
  await expect(pieces).not.toHaveAttribute("aria-invalid");
  await expect(page.locator("[id='quantity.note']")).toHaveCount(0);
  await expect(button).toContainText("€");
  await expect(page.locator("[data-follows=lines]")).toBeVisible();
  expect(await total.innerText()).not.toBe(before);
});
