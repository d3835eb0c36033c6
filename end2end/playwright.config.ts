import { defineConfig } from "@playwright/test";
import { executablePath } from "./browser.mjs";

// Each worker has a shop of its own. Two keep a small machine busy: browser and server wait for each other most of the time.
export default defineConfig({
  testDir: "./tests",
  // Takes the pictures of docs; it is no test.
  testIgnore: process.env.PICTURES ? [] : "**/pictures.spec.ts",
  outputDir: "./results",
  workers: 2,
  // Whoever passes only on the second try is listed as flaky, which is a fault to be mended, but no reason to run all anew.
  retries: 1,
  // A busy machine of two cores takes its time; what passes is none the slower for it.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  forbidOnly: true,
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 900 },
    // Prices count to their new value; tests read them at once.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
