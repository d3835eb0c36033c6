// The pictures of docs/shopper.md and README.md, taken anew by `make pictures`.
import type { Locator, Page } from "@playwright/test";
import { keepPicture, settle } from "./pictures";
import { expect, fillOrder, openProduct, openStep, option, test, toOrder } from "./shop";

const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

/** Goes to a place with some of the page above it, so that it is seen what it belongs to. */
async function scrollTo(place: Locator, above: number): Promise<void> {
  await place.evaluate((element, room) => scrollBy({ top: element.getBoundingClientRect().top - room, behavior: "instant" }), above);
}

test("a desktop", async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize(DESKTOP);
  const shoot = async (name: string) => {
    await settle(page);
    await keepPicture(page, `shopper/${name}`, 1000, [await page.screenshot()]);
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
  await page.goto("/products/travel-bike/compare?_with=mine._revision%3D1%26frame%3Dlow_step%26colour%3Dlake&_with=ready.commuter&_with=ready.tourer&_with=standard");
  await shoot("compare");
  await openProduct(page, "trainer", "?upper=leather&upper_colour=navy&embroidery=ANA");
  await page.getByTestId("share").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await shoot("share");
  await page.keyboard.press("Escape");
  await toOrder(page);
  await fillOrder(page);
  await shoot("order");
  await openProduct(page, "trainer", "?upper=knit&upper_colour=sky&_lang=ar");
  await shoot("arabic");
});

test("a large desktop", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openProduct(page, "travel-bike");
  await settle(page);
  await keepPicture(page, "configurator", 1200, [await page.screenshot()]);
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
  await keepPicture(page, "shopper/trainer", 320, shots);
});
