// States of the shopper's page that no address leads to: nothing in them keeps anybody out. Each is looked at on a phone and on a
// wide screen, in light colours or dark, in German and in Arabic; layouts.spec.ts looks at them in English, too.
import { STATES, STATUSES } from "./places.mjs";
import { expect, expectAccessible, test } from "./shop";

const LOOKS = [
  [{ width: 390, height: 844 }, "light"],
  [{ width: 1280, height: 900 }, "dark"],
  [{ width: 390, height: 844 }, "dark"],
  [{ width: 1280, height: 900 }, "light"],
] as const;
const LANGUAGES = ["de", "ar"];

for (const [index, [what, lead]] of Object.entries(STATES).entries()) {
  test(what, async ({ page, context, baseURL }) => {
    for (const status of STATUSES) test.info().annotations.push({ type: "expected-status", description: status });
    // Each state on both screens, the schemes taking turns, and the languages so that each is on both screens and in both schemes.
    for (const [turn, [viewport, colorScheme]] of LOOKS.slice((index % 2) * 2, (index % 2) * 2 + 2).entries()) {
      const language = LANGUAGES[(turn + (index >> 1)) % 2];
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await context.addCookies([{ name: "atelier_language", value: language, url: baseURL }]);
      await lead(page, async () => {
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await expectAccessible(page, `${what}, ${viewport.width}, ${colorScheme}, ${language}`);
      });
    }
  });
}
