// Whether any page or state of the shop keeps somebody out, as far as axe can tell.

import { TAGS, violations } from "../../end2end/tests/axe.mjs";
import { PLACES } from "../../end2end/tests/places.mjs";
import { DESKTOP, PHONE } from "./shop.mjs";

const LOOKS = [
    [PHONE, "light"],
    [DESKTOP, "dark"],
    [PHONE, "dark"],
    [DESKTOP, "light"],
];
const LANGUAGES = ["en", "de", "ar"];

export async function axe({ browser, shop, tell }) {
    const [rows, found] = [[], []];
    for (const [turn, [viewport, colorScheme]] of LOOKS.entries()) {
        const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", baseURL: shop.url });
        const page = await context.newPage();
        const broken = Object.fromEntries(LANGUAGES.map((language) => [language, [0, 0]]));
        for (const [index, [name, lead]] of Object.entries(PLACES).entries()) {
            const language = LANGUAGES[(index + turn) % LANGUAGES.length];
            await context.addCookies([{ name: "atelier_language", value: language, url: shop.url }]);
            let looked = 0;
            await lead(page, async () => {
                looked++;
                const rules = await violations(page);
                broken[language][0] += 1;
                broken[language][1] += rules.length;
                const what = `${name}, ${viewport.width}, ${colorScheme}, ${language}`;
                found.push(...rules.map(({ id, html }) => `${what}: ${id}: ${html[0]}`));
            });
            if (looked !== 1) throw new Error(`${name} was looked at ${looked} times`);
        }
        await context.close();
        for (const [language, [states, rules]] of Object.entries(broken)) rows.push([viewport === PHONE ? "phone" : "desktop", colorScheme, language, states, rules]);
    }
    if (tell) found.forEach((one) => console.log(one));
    const states = rows.reduce((sum, row) => sum + row[3], 0);
    const bars = [[`rules of axe broken in ${states} states`, "0", `${found.length}`, found.length === 0]];
    const texts = [
        `${Object.keys(PLACES).length} pages and states (\`end2end/tests/places.mjs\`: also the open panel, questions, needs, compare, conflicts, what was refused, the shop away, dialogs), each on a phone and a desktop, light and dark, the languages taking turns; rules ${TAGS.join(", ")}.`,
    ];
    return { bars, texts, table: [["screen", "scheme", "language", "states", "rules broken"], rows] };
}
