// What a first view costs: bytes, when its largest part is painted, what moves, and from when on it answers.

import { DESKTOP, newPage, pause, quantile, slow } from "./shop.mjs";

export const PRODUCTS = ["travel-bike", "laptop", "trainer", "bookcase", "coffee-machine"];
const TIMES = 3;
/** 400 kbit/s and 400 ms. */
const SLOW_LINE = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const PATIENCE = 60_000;

/** Installed in a page before it loads. */
function observe() {
    const seen = { largest: 0, moved: 0, alive: 0 };
    window.seen = seen;
    new PerformanceObserver((list) => list.getEntries().forEach(({ startTime }) => (seen.largest = startTime))).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) seen.moved += value;
    }).observe({ type: "layout-shift", buffered: true });
    new MutationObserver(() => {
        if (!seen.alive && document.querySelector("#configurator[data-alive]")) seen.alive = performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-alive"] });
}

const alive = (page) => page.waitForSelector("#configurator[data-alive]", { timeout: PATIENCE });

/** Bytes of all that a first view loads, heads included, and of the WebAssembly without them. */
async function weigh(browser, shop, slug) {
    const { page, tools, close } = await newPage(browser);
    await tools.send("Network.enable");
    const [types, sizes] = [new Map(), new Map()];
    tools.on("Network.responseReceived", ({ requestId, response }) => types.set(requestId, response));
    tools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
    await page.goto(`${shop.url}/products/${slug}`);
    await alive(page);
    await page.waitForLoadState("networkidle");
    await close();
    const length = ({ headers }) => Number(headers["content-length"] ?? headers["Content-Length"]);
    const wasm = [...types.values()].find(({ mimeType }) => mimeType === "application/wasm");
    const artifact = [...types.values()].find(({ url }) => url.includes("/artifact") && !url.includes("/habits/"));
    return { all: [...sizes.values()].reduce((sum, size) => sum + size, 0), wasm: length(wasm), artifact: artifact ? length(artifact) : 0 };
}

export async function bytes({ browser, shop }) {
    const rows = [];
    const bars = [];
    let module = 0;
    for (const slug of PRODUCTS) {
        const { all, wasm, artifact } = await weigh(browser, shop, slug);
        module = wasm;
        rows.push([slug, `${(all / 1000).toFixed(1)} KB`, `${(artifact / 1000).toFixed(1)} KB`]);
        bars.push([`first view, all bytes, ${slug}`, "≤ 400 KB", `${(all / 1000).toFixed(1)} KB`, all <= 400_000]);
    }
    bars.unshift(["WebAssembly before the first click, Brotli", "≤ 256 000 bytes", `${module} bytes`, module <= 256_000]);
    return { bars, texts: ["As sent, with the heads of the answers, until the page is alive and asks for nothing more."], table: [["product", "first view", "its artifact"], rows] };
}

/** One first view. On a slow line an option is clicked as soon as it can be seen, which must count in the end. */
async function view(browser, shop, slug, isSlow) {
    const { page, tools, close } = await newPage(browser, isSlow ? {} : { viewport: DESKTOP });
    await page.addInitScript(observe);
    if (isSlow) {
        await tools.send("Network.enable");
        await tools.send("Network.emulateNetworkConditions", SLOW_LINE);
        await slow(tools, 4);
    }
    await page.goto(`${shop.url}/products/${slug}`, { waitUntil: "commit", timeout: PATIENCE });
    let early = null;
    if (isSlow) {
        const free = page.locator("[data-option]:not(.blocked) input:not(:checked)").first();
        await free.waitFor({ state: "attached", timeout: PATIENCE });
        await page.waitForFunction(() => window.seen.largest > 0, null, { timeout: PATIENCE });
        early = await free.evaluate((input) => (input.click(), [input.name, input.value]));
    }
    await alive(page);
    await pause(500);
    const seen = await page.evaluate(() => window.seen);
    const counts = early === null || (await page.evaluate(([name, value]) => new URLSearchParams(location.search).getAll(name).includes(value), early));
    await close();
    return { ...seen, counts };
}

const seconds = (time) => `${(time / 1000).toFixed(2)} s`;

export async function vitals({ browser, shop }) {
    const bars = [];
    const rows = [];
    for (const slug of PRODUCTS) {
        const views = [];
        for (let turn = 0; turn < TIMES; turn++) views.push(await view(browser, shop, slug, false));
        const [largest, moved] = [quantile(views.map(({ largest }) => largest), 0.5), Math.max(...views.map(({ moved }) => moved))];
        rows.push([slug, seconds(largest), moved.toFixed(4), seconds(quantile(views.map(({ alive }) => alive), 0.5))]);
        bars.push([`largest paint (LCP), desktop, ${slug}`, "≤ 0.5 s", seconds(largest), largest <= 500]);
        bars.push([`what moved (CLS), desktop, ${slug}`, "≤ 0.01", moved.toFixed(4), moved <= 0.01]);
    }
    return { bars, texts: [`Desktop, nothing kept from before; paint and life are medians of ${TIMES}, of what moved the most counts.`], table: [["product", "LCP", "CLS", "alive"], rows] };
}

export async function line({ browser, shop }) {
    const bars = [];
    const rows = [];
    for (const slug of PRODUCTS) {
        const views = [];
        for (let turn = 0; turn < TIMES; turn++) views.push(await view(browser, shop, slug, true));
        const [largest, living] = [quantile(views.map(({ largest }) => largest), 0.5), quantile(views.map(({ alive }) => alive), 0.5)];
        const counted = views.filter(({ counts }) => counts).length;
        rows.push([slug, seconds(largest), seconds(living), `${counted} of ${TIMES}`]);
        bars.push([`largest paint, slow line, ${slug}`, "≤ 2.5 s", seconds(largest), largest <= 2_500]);
        bars.push([`alive, slow line, ${slug}`, "≤ 9 s", seconds(living), living <= 9_000]);
        bars.push([`an earlier click counts, slow line, ${slug}`, "each", `${counted} of ${TIMES}`, counted === TIMES]);
    }
    return { bars, texts: [`Phone, 400 kbit/s, 400 ms, processor 4× slower; medians of ${TIMES}. An option is clicked at the first large paint.`], table: [["product", "LCP", "alive", "earlier clicks that counted"], rows] };
}
