// A random walk of clicks and repairs, and after each whether the page's price is the API's.

import { DESKTOP, newPage, openProduct, random } from "./shop.mjs";
import { PRODUCTS } from "./views.mjs";

/** Installed in a page: what is designed, what it costs there, and what a text says about a price. */
function readers() {
    const inMinor = (text) => Math.round(Number(text.replace(/[^\d.]/g, "")) * 100);
    window.design = () => {
        const choices = {};
        for (const group of document.querySelectorAll("[data-attribute]")) {
            const { attribute } = group.dataset;
            const inputs = [...group.querySelectorAll(`[name="${attribute}"]`)];
            const ticked = inputs.filter(({ checked }) => checked).map(({ value }) => value);
            if (inputs.some(({ type }) => type === "checkbox")) choices[attribute] = ticked;
            else if (inputs.some(({ type }) => type === "radio")) choices[attribute] = ticked[0];
            else if (inputs[0]) choices[attribute] = group.querySelector("[type=range]") ? Number(inputs[0].value) : inputs[0].value;
        }
        return choices;
    };
    window.totalShown = () => inMinor(document.querySelector("[data-testid=total]").textContent);
    // "+€18" and "−€18" as minor units, nothing said as no change, and nothing where it can't be said.
    window.changeTold = (text) => {
        const told = text.match(/([+−])€([\d,.]+)/);
        if (told) return (told[1] === "−" ? -1 : 1) * inMinor(told[2]);
        return /once chosen/.test(text) ? null : 0;
    };
}

/** One click: an option, or a way out where one is blocked. Says what was done and what it was said to change. */
function act([first, second]) {
    const pick = (list, part) => list[Math.floor(part * list.length)];
    const tiles = [...document.querySelectorAll("[data-option]")].filter((tile) => tile.querySelector("input[type=checkbox], input:not(:checked)"));
    const tile = pick(tiles, first);
    const isBlocked = tile.classList.contains("blocked");
    const told = window.changeTold(tile.querySelector("span:last-of-type").textContent);
    const wasTicked = tile.querySelector("input").checked;
    tile.querySelector("input").click();
    return new Promise((done) =>
        requestAnimationFrame(() => {
            const ways = [...document.querySelectorAll("[data-testid=repair]")];
            const way = pick(ways, second);
            if (!way) return done({ kind: isBlocked ? "no way" : "click", told: isBlocked || wasTicked ? null : told, what: tile.dataset.option });
            const promised = window.changeTold(way.textContent);
            way.click();
            requestAnimationFrame(() => done({ kind: "repair", told: promised, what: tile.dataset.option }));
        }),
    );
}

async function quoteOf(shop, slug, choices) {
    const answer = await fetch(`${shop.url}/api/v1/products/${slug}/quote`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ choices }),
    });
    const body = await answer.json();
    return answer.ok ? body.quote.total.amount : `${answer.status} ${body.detail ?? body.code}`;
}

async function walk(browser, shop, slug, steps) {
    const { page, close } = await newPage(browser, { viewport: DESKTOP, reducedMotion: "reduce" });
    await openProduct(page, shop, slug);
    await page.evaluate(readers);
    const draw = random(300);
    const found = { clicks: 0, repairs: 0, noWay: 0, wrong: [], toldWrong: [] };
    let before = await page.evaluate(() => window.totalShown());
    for (let step = 0; step < steps; step++) {
        const { kind, told, what } = await page.evaluate(act, [draw(), draw()]);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const [shown, choices] = await page.evaluate(() => [window.totalShown(), window.design()]);
        const quote = await quoteOf(shop, slug, choices);
        if (quote !== shown) found.wrong.push(`${what}: ${shown} on the page, ${quote} by the API`);
        if (told !== null && told !== shown - before) found.toldWrong.push(`${kind} ${what}: told ${told}, was ${shown - before}`);
        if (kind === "repair") found.repairs++;
        else if (kind === "click") found.clicks++;
        else found.noWay++;
        before = shown;
    }
    await close();
    return found;
}

export async function walks({ browser, shop, steps, tell }) {
    const bars = [];
    const rows = [];
    for (const slug of PRODUCTS) {
        const { clicks, repairs, noWay, wrong, toldWrong } = await walk(browser, shop, slug, steps);
        if (tell) console.log(slug, wrong.slice(0, 5), toldWrong.slice(0, 5));
        rows.push([slug, clicks, repairs, noWay, wrong.length, toldWrong.length]);
        bars.push([`wrong prices in ${steps} clicks and repairs, ${slug}`, "0", `${wrong.length}`, wrong.length === 0]);
        bars.push([`changes of price told otherwise than they were, ${slug}`, "0", `${toldWrong.length}`, toldWrong.length === 0]);
    }
    const texts = [
        "Any option at random, and of a blocked one any way out. After each the page's total is compared with the API's quote of all that is chosen and shown, and its change with what the tile or the way had said.",
    ];
    return { bars, texts, table: [["product", "clicks", "repairs", "blocked without a way", "wrong prices", "told otherwise"], rows] };
}
