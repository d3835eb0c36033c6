// Writes a product of many attributes, as large ones are: most choose among a few options, some take several, a number or a
// text; rules tie neighbours together.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ATTRIBUTES = 268;
const STEPS = 12;
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900"><rect x="300" y="300" width="600" height="300" rx="40" fill="#8a8378"/></svg>';

const option = (index, one) => `{ code = "o${one}", label = "Kind ${index}.${one}", price = ${one * (100 + (index % 7) * 50)} }`;

function attribute(index) {
    const head = `[[attributes]]\ncode = "a${index}"\nstep = "s${Math.floor((index * STEPS) / ATTRIBUTES)}"\nlabel = "Part ${index}"\n`;
    if (index % 40 === 7) return `${head}kind = "number"\nstandard = 4\nmin = 1\nmax = 12\nunit = "cm"\n`;
    if (index % 90 === 11) return `${head}kind = "text"\nstandard = ""\nmax_length = 12\nallowed = "A-Za-z "\n`;
    const options = Array.from({ length: 2 + (index % 4) }, (_, one) => option(index, one));
    const many = index % 30 === 3;
    const kind = many ? 'kind = "multi-choice"\nstandard = []' : 'kind = "choice"\nstandard = "o0"';
    return `${head}${kind}\noptions = [\n  ${options.join(",\n  ")},\n]\n`;
}

const isChoice = (index) => index % 40 !== 7 && index % 90 !== 11 && index % 30 !== 3;

/** A rule over every third pair of neighbours: the last of one brings the second of the other, or does not go with it. */
function rule(index) {
    if (index % 3 !== 0 || index + 1 >= ATTRIBUTES || !isChoice(index) || !isChoice(index + 1)) return "";
    const last = 1 + (index % 4);
    const condition = index % 2 ? `a${index} = o${last} implies a${index + 1} = o1` : `not (a${index} = o${last} and a${index + 1} = o1)`;
    return `[[rules]]\ncode = "r${index}"\nsentence = "Kind ${index}.${last} has its own idea of part ${index + 1}."\nrule = "${condition}"\n`;
}

/** Writes it into a folder of products; its address is `many`. */
export function writeLarge(folder) {
    const place = join(folder, "many");
    mkdirSync(join(place, "layers"), { recursive: true });
    writeFileSync(join(place, "layers", "body.svg"), DRAWING);
    const steps = Array.from({ length: STEPS }, (_, step) => `[[steps]]\ncode = "s${step}"\nlabel = "Step ${step}"\n`);
    const indices = Array.from({ length: ATTRIBUTES }, (_, index) => index);
    const head = 'name = "Many parts"\nsummary = "As many attributes as a large product has."\ncurrency = "EUR"\nbase_price = 100000\nlead_time_days = 20\npicture = [1200, 900]\n';
    const text = [head, ...steps, ...indices.map(attribute), ...indices.map(rule), '[[layers]]\nfile = "body.svg"\n'].filter(Boolean);
    writeFileSync(join(place, "product.toml"), text.join("\n"));
    return { slug: "many", attributes: ATTRIBUTES };
}
