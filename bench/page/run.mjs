// Measures the shopper's page in a browser and writes the section in bench/RESULTS.md.
//
//     node bench/page/run.mjs [--binary FILE] [--site FOLDER] [--parts clicks nodes bytes vitals line walks axe habits needs] [--runs 5]
//                             [--steps 300] [--other-binary FILE --other-site FOLDER] [--dry] [--tell]
//
// It starts the shop itself, with a fresh database on a loopback port. --other-… names an earlier build, whose clicks are
// measured in turn with ours. --runs is of how many runs of clicks the best counts, --steps how long a walk is. --dry only
// prints; --tell prints what was found in detail.

import { readFileSync, rmSync, mkdtempSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { axe } from "./axe.mjs";
import { clicks, nodes } from "./clicks.mjs";
import { habits } from "./habits.mjs";
import { writeLarge } from "./large.mjs";
import { needs } from "./needs.mjs";
import { LIMITS, ROOT, Shop, commit, openBrowser, ownBinary } from "./shop.mjs";
import { bytes, line, vitals } from "./views.mjs";
import { walks } from "./walk.mjs";

const PARTS = {
    clicks: ["A click", clicks],
    nodes: ["What a click changes", nodes],
    bytes: ["Bytes", bytes],
    vitals: ["First view on a desktop", vitals],
    line: ["First view on a slow line", line],
    walks: ["Random walks", walks],
    axe: ["Axe", axe],
    habits: ["What was learnt", habits],
    needs: ["What suits best", needs],
};

function table(head, rows) {
    const row = (cells) => `| ${cells.join(" | ")} |`;
    return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** Each part has markers of its own, so that one can be measured again without the others. */
function replaceSection(text, name) {
    const path = join(ROOT, "bench", "RESULTS.md");
    const [begin, end] = [`<!-- bench-page-${name} -->`, `<!-- /bench-page-${name} -->`];
    const block = `${begin}\n${text}\n${end}\n`;
    const old = readFileSync(path, "utf8");
    const [from, to] = [old.indexOf(begin), old.indexOf(end)];
    const isThere = from >= 0 && to >= 0;
    const written = isThere ? old.slice(0, from) + block + old.slice(to + end.length).replace(/^\n/, "") : `${old.trimEnd()}\n\n${block}`;
    writeFileSync(path, written);
}

async function section(name, given, command) {
    const [title, measure] = PARTS[name];
    const { bars, texts, table: further } = await measure(given);
    const [processor] = cpus();
    const load = loadavg()[0].toFixed(1);
    const said = `\`${command}\` (\`make bench-page\`), ${new Date().toISOString().slice(0, 10)}, commit ${await commit()}, ${processor.model.trim()}, ${cpus().length} cores, load ${load} at the end, Chromium ${given.browser.version()}. The server's limits are \`${LIMITS.join(" ")}\`.`;
    const parts = [`## Page: ${title}`, said, table(["bar", "wanted", "reached", ""], bars.map(([bar, wanted, reached, isMet]) => [bar, wanted, reached, isMet ? "met" : "missed"])), ...texts];
    if (further) parts.push(table(...further));
    return { text: parts.join("\n\n"), missed: bars.filter(([, , , isMet]) => !isMet).map(([bar, wanted, reached]) => `${bar}: ${reached}, wanted ${wanted}`) };
}

async function main() {
    const { values, positionals } = parseArgs({
        allowPositionals: true,
        options: {
            binary: { type: "string" },
            site: { type: "string", default: join(ROOT, "target/site") },
            parts: { type: "string", multiple: true, default: [] },
            runs: { type: "string", default: "5" },
            steps: { type: "string", default: "300" },
            "other-binary": { type: "string" },
            "other-site": { type: "string" },
            dry: { type: "boolean", default: false },
            tell: { type: "boolean", default: false },
        },
    });
    const asked = [...values.parts, ...positionals];
    const parts = asked.length ? asked : Object.keys(PARTS);
    const unknown = parts.find((part) => !(part in PARTS));
    if (unknown) throw new Error(`there is no part ${unknown}; there are ${Object.keys(PARTS).join(", ")}`);
    const binary = values.binary ?? ownBinary();
    const command = ["node bench/page/run.mjs", ...process.argv.slice(2)].join(" ");
    const folder = mkdtempSync(join(tmpdir(), "bench-page-large-"));
    const open = [];
    const start = async (options) => {
        const shop = await Shop.open(options);
        open.push(shop);
        return shop;
    };
    const browser = await openBrowser();
    const missed = [];
    try {
        const own = { binary, site: values.site };
        const given = { browser, runs: Number(values.runs), steps: Number(values.steps), tell: values.tell };
        if (parts.some((part) => part !== "nodes" && part !== "habits")) given.shop = await start(own);
        if (parts.includes("habits")) given.learning = await start({ ...own, hasMadeUpOrders: true });
        if (parts.includes("nodes")) {
            Object.assign(given, writeLarge(folder));
            given.large = await start({ ...own, catalogs: folder });
        }
        if (values["other-binary"]) given.other = await start({ binary: values["other-binary"], site: values["other-site"] ?? values.site });
        for (const part of parts) {
            const { text, missed: here } = await section(part, given, command);
            console.log(`${text}\n`);
            missed.push(...here);
            if (!values.dry) replaceSection(text, part);
        }
    } finally {
        await browser.close();
        for (const shop of open) await shop.close();
        rmSync(folder, { recursive: true, force: true });
    }
    console.log(missed.length ? `missed:\n  ${missed.join("\n  ")}` : "all bars are met");
}

await main();
