// A shop of the bench's own: a process with a fresh database on a loopback port, and pages of it in a browser.

import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { executablePath } from "../../end2end/browser.mjs";

export const ROOT = resolve(import.meta.dirname, "../..");
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };
const READY_WITHIN = 120_000;
// All visits come from one client.
export const LIMITS = ["--threads-per-client", "1000", "--waiting-per-client", "1000"];

export const pause = (time) => new Promise((done) => setTimeout(done, time));

/** The release build where there is one, else the debug build. */
export function ownBinary() {
    const builds = ["release", "debug"].map((profile) => join(ROOT, "target", profile, "atelier"));
    const found = builds.find((build) => existsSync(build));
    if (!found) throw new Error("there is no build of atelier: `make build` makes one, `--binary` names another");
    return found;
}

async function freePort() {
    const probe = createServer();
    await new Promise((done, fail) => probe.on("error", fail).listen(0, "127.0.0.1", done));
    const { port } = probe.address();
    await new Promise((done) => probe.close(done));
    return port;
}

/** A running shop. */
export class Shop {
    static async open({ binary, site, catalogs = join(ROOT, "catalogs"), hasMadeUpOrders = false }) {
        const shop = new Shop();
        shop.folder = mkdtempSync(join(tmpdir(), "bench-page-"));
        const address = `127.0.0.1:${await freePort()}`;
        shop.url = `http://${address}`;
        const place = ["--database", join(shop.folder, "shop.db"), "--url", shop.url];
        const serve = ["serve", "--address", address, "--catalogs", catalogs, "--site", site, ...LIMITS];
        if (hasMadeUpOrders) await promisify(execFile)(binary, ["demo-orders", "--catalogs", catalogs, ...place], { cwd: ROOT });
        shop.process = spawn(binary, [...place, ...serve], { cwd: ROOT, stdio: ["ignore", "ignore", "pipe"] });
        let log = "";
        shop.process.stderr.on("data", (text) => (log = (log + text).slice(-4_000)));
        const until = Date.now() + READY_WITHIN;
        for (;;) {
            const answer = await fetch(`${shop.url}/readyz`).catch(() => null);
            if (answer?.ok) return shop;
            if (shop.process.exitCode !== null || Date.now() > until) throw new Error(`the shop does not start:\n${log}`);
            await pause(100);
        }
    }

    async close() {
        const gone = new Promise((done) => this.process.once("exit", done));
        this.process.kill("SIGTERM");
        await gone;
        rmSync(this.folder, { recursive: true, force: true });
    }
}

export const openBrowser = () =>
    chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });

/** Installed in a page: waits until the next frame is on the screen. */
function frames() {
    window.afterFrame = () =>
        new Promise((done) =>
            requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => done();
                port2.postMessage(null);
            }),
        );
}

/** A page that nobody visited before, with DevTools at it, which can wait for a frame (`afterFrame()`). */
export async function newPage(browser, options = {}) {
    const context = await browser.newContext({ viewport: PHONE, locale: "en", ...options });
    const page = await context.newPage();
    await page.addInitScript(frames);
    const tools = await context.newCDPSession(page);
    return { page, tools, close: () => context.close() };
}

/** Goes to a product, until its page answers clicks itself. */
export async function openProduct(page, shop, slug) {
    await page.goto(`${shop.url}/products/${slug}`);
    await page.waitForSelector("#configurator[data-alive]", { timeout: 90_000 });
}

export const slow = (tools, times) => tools.send("Emulation.setCPUThrottlingRate", { rate: times });

/** Numbers between 0 and 1 that are the same in each run (mulberry32). */
export function random(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

export function quantile(values, part) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export async function commit() {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT });
    return stdout.trim();
}
