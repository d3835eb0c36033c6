// What a browser is given of what was learnt: its bytes, and how long a proposal takes in the browser.

import { newPage, openProduct, pause, quantile, random } from "./shop.mjs";
import { PRODUCTS } from "./views.mjs";

/** How often it is asked for, each time with another choice more. */
const CHOICES = 20;
/** How often in a row, to get beyond the clock's steps. */
const TURNS = 10;
const LEARNT_WITHIN = 180_000;

/** Until the shop has learnt from a product's orders: the address that its page then names. */
async function learnt(shop, slug) {
    const until = Date.now() + LEARNT_WITHIN;
    for (;;) {
        const html = await (await fetch(`${shop.url}/products/${slug}?_start=standard`)).text();
        const address = html.match(/data-habits="([^"]+)"/)?.[1];
        if (address) return address;
        if (Date.now() > until) throw new Error(`nothing is learnt of ${slug}`);
        await pause(500);
    }
}

async function measured(browser, shop, slug) {
    const address = await learnt(shop, slug);
    const packed = await fetch(`${shop.url}${address}`, { headers: { "accept-encoding": "br" } });
    const size = Number(packed.headers.get("content-length"));
    const plain = (await packed.arrayBuffer()).byteLength;
    const { page, close } = await newPage(browser);
    await openProduct(page, shop, slug);
    await page.waitForFunction((name) => performance.getEntriesByName(new URL(name, location.href).href).length, address);
    await pause(200);
    const draw = random(20);
    const numbers = Array.from({ length: CHOICES }, draw);
    const found = await page.evaluate(
        async ({ numbers, turns, address }) => {
            const { offer: found } = await import(document.getElementById("start").dataset.script);
            const time = (task, times) => {
                const begun = performance.now();
                for (let turn = 0; turn < times; turn++) task();
                return (performance.now() - begun) / times;
            };
            const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
            const offer = () => found(bytes);
            const offers = [];
            let some = 0;
            for (const number of numbers) {
                const free = [...document.querySelectorAll("[data-option]:not(.blocked) input:not(:checked)")];
                free[Math.floor(number * free.length)]?.click();
                await new Promise((done) => setTimeout(done, 60));
                some += offer() ? 1 : 0;
                offers.push(time(offer, turns));
            }
            return { offers, some };
        },
        { numbers, turns: TURNS, address },
    );
    await close();
    return { size, plain, ...found };
}

const milliseconds = (time) => `${time.toFixed(2)} ms`;

export async function habits({ browser, learning }) {
    const [bars, rows] = [[], []];
    for (const slug of PRODUCTS) {
        const { size, plain, offers, some } = await measured(browser, learning, slug);
        const slowest = Math.max(...offers);
        bars.push([`what was learnt, Brotli, ${slug}`, "≤ 40 KB", `${(size / 1000).toFixed(1)} KB`, size <= 40_000]);
        bars.push([`a proposal, with the probabilities of all open attributes, ${slug}, slowest`, "≤ 5 ms", milliseconds(slowest), slowest <= 5]);
        rows.push([slug, `${plain} / ${size} bytes`, milliseconds(quantile(offers, 0.5)), milliseconds(slowest), `${some} of ${CHOICES}`]);
    }
    const texts = [
        `3 000 made-up orders each; phone, processor not slowed, ${CHOICES} choices one after the other, ${TURNS} times each. A proposal is all of it: reading what was learnt, probabilities, the most probable valid completion, reason and price.`,
    ];
    return { bars, texts, table: [["product", "plain / packed", "a proposal, median", "slowest", "choices with one"], rows] };
}
