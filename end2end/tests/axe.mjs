// What axe finds on a page. It runs in the page itself, which has no frames: asked by way of @axe-core/playwright, which carries every
// element that passed out of the page and back, the editor took three times as long.
import axe from "axe-core";

/** @typedef {import("@playwright/test").Page} Page */

export const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * The rules that the page breaks, each with what breaks it. Contrast takes three quarters of the time.
 * @param {Page} page
 * @param {boolean} contrast
 * @returns {Promise<{ id: string, html: string[] }[]>}
 */
export async function violations(page, contrast = true) {
  await page.evaluate(axe.source);
  return page.evaluate(
    async ([tags, contrast]) => {
      const rules = { "color-contrast": { enabled: contrast } };
      const found = await window.axe.run({ runOnly: tags, rules, resultTypes: ["violations"] });
      return found.violations.map(({ id, nodes }) => ({ id, html: nodes.map((node) => node.html) }));
    },
    [TAGS, contrast],
  );
}
