// What suits best, live: from another price, or other weights, to the new total on the screen.

import { newPage, pause, quantile, random, slow } from "./shop.mjs";

const INPUTS = 60;
/** Of the price: no input waits for what follows the one before. */
const SETTLED = 40;
/** Of the weights, which ask the server. */
const ANSWERED = 10_000;
/** A line of 400 kbit/s with 400 ms, in bytes and milliseconds. */
const SLOW_LINE = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

/** Installed in a page: sets a slider, and tells when the frame is on the screen in which the total is the new one. */
function helpers() {
    const set = (slider, value) => {
        slider.value = value;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const total = () => document.querySelector("[data-testid=total]")?.textContent;
    window.timePrice = async (part) => {
        const slider = document.querySelector("input[type=range][data-currency]");
        const before = total();
        const begun = performance.now();
        set(slider, Math.round(Number(slider.min) + part * (slider.max - slider.min)));
        await afterFrame();
        return { time: performance.now() - begun, isOther: total() !== before };
    };
    window.timeWeight = async (part, most) => {
        const sliders = [...document.querySelectorAll("#needs input[type=range][name]")];
        const slider = sliders[Math.floor(part * sliders.length)];
        const address = location.search;
        const begun = performance.now();
        set(slider, (Number(slider.value) + 1) % (Number(slider.max) + 1));
        // The address follows the answer, in the same task as the total.
        while (location.search === address) {
            if (performance.now() - begun > most) return null;
            await new Promise((done) => setTimeout(done, 1));
        }
        await afterFrame();
        return performance.now() - begun;
    };
}

async function prices(browser, shop, slug, query, times, isSlow) {
    const { page, tools, close } = await newPage(browser);
    await page.goto(`${shop.url}/products/${slug}/needs${query}`);
    await page.evaluate(helpers);
    const requests = [];
    await pause(300);
    page.on("request", (request) => requests.push(request.url()));
    await slow(tools, times);
    if (isSlow) {
        await tools.send("Network.enable");
        await tools.send("Network.emulateNetworkConditions", SLOW_LINE);
    }
    const draw = random(21);
    const taken = [];
    let others = 0;
    for (let input = 0; input < INPUTS; input++) {
        await pause(SETTLED);
        const { time, isOther } = await page.evaluate((part) => window.timePrice(part), draw());
        taken.push(time);
        others += isOther ? 1 : 0;
    }
    const asked = requests.filter((url) => !url.includes("/picture.svg")).length;
    await close();
    return { taken, others, asked };
}

async function weights(browser, shop, slug, query) {
    const { page, close } = await newPage(browser);
    await page.goto(`${shop.url}/products/${slug}/needs${query}`);
    await page.evaluate(helpers);
    const draw = random(22);
    const taken = [];
    for (let input = 0; input < INPUTS / 2; input++) {
        await pause(SETTLED);
        const time = await page.evaluate(([part, most]) => window.timeWeight(part, most), [draw(), ANSWERED]);
        if (time !== null) taken.push(time);
    }
    await close();
    return taken;
}

async function steps(shop, slug, query) {
    const packed = await fetch(`${shop.url}/products/${slug}/needs${query}`, { headers: { "accept-encoding": "br" } });
    const html = await packed.text();
    const data = html.match(/<script[^>]*data-fresh="data"[^>]*>([^<]*)</)?.[1] ?? "{}";
    return { count: JSON.parse(data).steps?.length ?? 0, bytes: data.length };
}

const milliseconds = (times) => `${quantile(times, 0.5).toFixed(1)} / ${quantile(times, 0.95).toFixed(1)} ms`;

export async function needs({ browser, shop }) {
    const [bars, rows] = [[], []];
    for (const [slug, query] of [["travel-bike", ""], ["bookcase", "?width=150"]]) {
        for (const [times, isSlow] of [[1, false], [4, false], [4, true]]) {
            const { taken, others, asked } = await prices(browser, shop, slug, query, times, isSlow);
            const where = `${times > 1 ? `${times}× throttle` : "unthrottled"}${isSlow ? ", 400 kbit/s and 400 ms" : ""}`;
            const p95 = quantile(taken, 0.95);
            const isMet = p95 <= 100 && asked === 0 && others > 0;
            bars.push([`another price to its total, ${slug}, ${where}, p95`, "≤ 100 ms, no request", `${p95.toFixed(1)} ms, ${asked} requests`, isMet]);
            rows.push([slug, "price", where, milliseconds(taken), `${others} of ${INPUTS}`]);
        }
        const taken = await weights(browser, shop, slug, query);
        rows.push([slug, "weights", "unthrottled", milliseconds(taken), `${taken.length} of ${INPUTS / 2} answered`]);
        const { count, bytes } = await steps(shop, slug, query);
        rows.push([slug, "steps on the page", "", `${count}`, `${(bytes / 1000).toFixed(1)} KB before packing`]);
    }
    const texts = [
        `Phone, ${INPUTS} prices anywhere between the lowest and the highest, one every ${SETTLED} ms after the one before was drawn; from the input to the task after the next frame, which shows the total, the reasons and what the next step buys. ` +
            "Pictures are asked for once a price stays, and not counted. Other weights ask the server, 60 ms after the last input.",
    ];
    return { bars, texts, table: [["product", "what", "where", "p50 / p95", "with another total"], rows] };
}
