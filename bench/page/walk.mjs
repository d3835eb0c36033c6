// A random walk of clicks and repairs: after each whether the page's price is the API's, and whether all that became another, and nothing
// else, is what was told before.

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
    // By attribute: its name, its value in words, nothing where it doesn't apply, and the names of the options of a set.
    window.valuesShown = () => {
        const values = {};
        for (const group of document.querySelectorAll("[data-attribute]")) {
            const ticked = [...group.querySelectorAll("[data-option]:has(input[type=checkbox]:checked) > span:first-of-type")];
            const isSet = group.querySelector("input[type=checkbox]") !== null;
            values[group.dataset.attribute] = {
                label: group.querySelector("h3").textContent,
                value: group.hidden ? null : group.querySelector("[data-testid=value]").textContent,
                options: isSet && !group.hidden ? ticked.map((name) => name.textContent) : null,
            };
        }
        return values;
    };
    // What a tile says that a click moves besides: all of it stands in its description, where it is more than the tile names.
    window.alsoTold = (tile) => {
        const described = tile.querySelector("input").getAttribute("aria-description") ?? "";
        const told = described.includes("also: ") ? described : tile.querySelector("span:last-of-type").textContent;
        return told.match(/also: (.*?)(?:\s· |$)/)?.[1] ?? "";
    };
    window.totalShown = () => inMinor(document.querySelector("[data-testid=total]").textContent);
    // "+€18" and "−€18" as minor units, nothing said as no change, and nothing where it can't be said.
    window.changeTold = (text) => {
        const told = text.match(/([+−])€([\d,.]+)/);
        if (told) return (told[1] === "−" ? -1 : 1) * inMinor(told[2]);
        return /once chosen/.test(text) ? null : 0;
    };
}

/** One click: an option, or a way out where one is blocked. Says what was done, and what of the price and of what else was told. */
function act([first, second]) {
    const pick = (list, part) => list[Math.floor(part * list.length)];
    const tiles = [...document.querySelectorAll("[data-option]")].filter((tile) => tile.querySelector("input[type=checkbox], input:not(:checked)"));
    const tile = pick(tiles, first);
    const isBlocked = tile.classList.contains("blocked");
    const told = window.changeTold(tile.querySelector("span:last-of-type").textContent);
    const wasTicked = tile.querySelector("input").checked;
    const own = tile.closest("[data-attribute]").dataset.attribute;
    const also = window.alsoTold(tile);
    tile.querySelector("input").click();
    return new Promise((done) =>
        requestAnimationFrame(() => {
            const ways = [...document.querySelectorAll("[data-testid=repair]")];
            const way = pick(ways, second);
            const what = tile.dataset.option;
            if (!way) return done({ kind: isBlocked ? "no way" : "click", told: isBlocked || wasTicked ? null : told, also: isBlocked || wasTicked ? null : also, own, what });
            const promised = window.changeTold(way.textContent);
            const question = document.querySelector("[data-testid=question]")?.textContent ?? "";
            const words = `${question} ${way.textContent}`;
            way.click();
            requestAnimationFrame(() => done({ kind: "repair", told: promised, also: words, own, what }));
        }),
    );
}

/** What is to be told of everything that became another, but the attribute that was clicked. */
function changes(own, before, after) {
    const told = [];
    for (const [code, { label, value, options }] of Object.entries(after)) {
        const was = before[code];
        if (code === own || was.value === value) continue;
        if (value === null) told.push([label]);
        else if (options && was.options) {
            const [came, went] = [options.filter((name) => !was.options.includes(name)), was.options.filter((name) => !options.includes(name))];
            told.push(...(came.length ? [[label]] : []), ...[...came, ...went].map((name) => [name]));
        } else told.push([`${label} ${value}`, `${label}: ${value}`, `${label} to ${value}`]);
    }
    return told.sort(([one], [other]) => other.length - one.length);
}

/** What was not told, and what of a tile's words did not happen. */
function untold({ kind, also, own }, before, after) {
    let rest = also;
    const missing = [];
    for (const ways of changes(own, before, after)) {
        const way = ways.find((words) => rest.includes(words));
        if (way) rest = rest.replace(way, "");
        else missing.push(`not told: ${ways[0]}`);
    }
    // A way says in a sentence what else it does with what was asked for.
    const over = kind === "click" ? rest.replace(/\bno\b|[,:;؛\s]/g, "") : "";
    return over ? [...missing, `told in vain: ${over}`] : missing;
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
    const found = { clicks: 0, repairs: 0, noWay: 0, wrong: [], toldWrong: [], untold: [], withoutWay: [] };
    let [before, valuesBefore] = await page.evaluate(() => [window.totalShown(), window.valuesShown()]);
    for (let step = 0; step < steps; step++) {
        const done = await page.evaluate(act, [draw(), draw()]);
        const { kind, told, what } = done;
        // Values and tiles are written in the task after the frame that shows the price.
        const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 5))));
        await page.evaluate(drawn);
        const [shown, choices, values] = await page.evaluate(() => [window.totalShown(), window.design(), window.valuesShown()]);
        const quote = await quoteOf(shop, slug, choices);
        if (quote !== shown) found.wrong.push(`${what}: ${shown} on the page, ${quote} by the API`);
        if (told !== null && told !== shown - before) found.toldWrong.push(`${kind} ${what}: told ${told}, was ${shown - before}`);
        if (kind === "repair") found.repairs++;
        else if (kind === "click") found.clicks++;
        else {
            found.noWay++;
            found.withoutWay.push(`${what}: ${await page.evaluate(() => document.querySelector("[data-testid=panel]")?.textContent ?? "no panel")}`);
        }
        if (done.also !== null) found.untold.push(...untold(done, valuesBefore, values).map((words) => `${kind} ${what}: ${words}`));
        [before, valuesBefore] = [shown, values];
    }
    await close();
    return found;
}

export async function walks({ browser, shop, steps, tell }) {
    const bars = [];
    const rows = [];
    for (const slug of PRODUCTS) {
        const { clicks, repairs, noWay, wrong, toldWrong, untold, withoutWay } = await walk(browser, shop, slug, steps);
        if (tell) console.log(slug, wrong.slice(0, 5), toldWrong.slice(0, 5), untold.slice(0, 12), withoutWay);
        rows.push([slug, clicks, repairs, noWay, wrong.length, toldWrong.length, untold.length]);
        bars.push([`wrong prices in ${steps} clicks and repairs, ${slug}`, "0", `${wrong.length}`, wrong.length === 0]);
        bars.push([`changes of price told otherwise than they were, ${slug}`, "0", `${toldWrong.length}`, toldWrong.length === 0]);
        bars.push([`other changes that were not told, or told and did not happen, ${slug}`, "0", `${untold.length}`, untold.length === 0]);
    }
    const texts = [
        "Any option at random, and of a blocked one any way out. After each the page's total is compared with the API's quote of all that is chosen and shown, and its change with what the tile or the way had said. " +
            "Every other value that is another then has to stand in the words of the tile (*also: …*) or of the way, and a tile's words name nothing else.",
    ];
    return { bars, texts, table: [["product", "clicks", "repairs", "blocked without a way", "wrong prices", "told otherwise", "other changes told wrong"], rows] };
}
