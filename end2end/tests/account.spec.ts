// A customer: signing in by the link in the folder of mails, and being erased, without scripts.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, fillOrder, test, type Shop } from "./shop";

/** The link of the last mail to sign in. */
async function link(shop: Shop): Promise<string> {
  let found: string | undefined;
  await expect(async () => {
    const mails = readdirSync(shop.mails).filter((name) => /^sign-in-.*\.eml$/.test(name));
    const texts = mails.map((name) => readFileSync(join(shop.mails, name), "utf8"));
    found = texts.map((text) => /^http\S+\/account\/link\/[0-9a-f]+/m.exec(text)?.[0]).find(Boolean);
    expect(found).toBeDefined();
  }).toPass();
  return found as string;
}

test.use({ javaScriptEnabled: false });

test("a buyer signs in by mail, agrees, takes it back, and is erased", async ({ page, shop }) => {
  await page.goto("/products/trainer/order?_revision=1&_start=standard");
  await fillOrder(page);
  const email = await page.locator("#email").inputValue();
  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("order-number")).toBeVisible();

  await page.locator('footer a[href="/account"]').click();
  await page.locator("#email").fill(email);
  await page.getByTestId("mail-link").click();
  await expect(page.locator("h1")).toHaveText("Look into your mail");
  await page.goto(await link(shop));
  await page.getByTestId("sign-in").click();
  await expect(page.getByTestId("who")).toContainText(email);
  await expect(page.locator('a[href^="/account/orders/"]')).toHaveCount(1);
  await page.getByTestId("remember-yes").click();
  await expect(page.getByTestId("consent")).toContainText("You agreed on");
  await page.getByTestId("remember-no").click();
  await expect(page.getByTestId("consent")).toContainText("You have not agreed");

  await page.locator('a[href="/account/erase"]').click();
  await expect(page.getByTestId("kept-orders")).toContainText("is not with you yet");
  await page.getByTestId("erase").click();
  await expect(page.locator("h1")).toHaveText("You are forgotten");
  await page.goto("/account");
  await expect(page.getByTestId("mail-link")).toBeVisible();
  await expect(() => expect(readdirSync(shop.mails).filter((name) => name.endsWith(".eml"))).toEqual([])).toPass();
});
