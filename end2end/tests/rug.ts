// The rug of the merchandiser's story: its drawings and German texts as its file has them, rows of a spreadsheet, and orders.

const LINES = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at)).join("");

const FRINGE = `<path d="${LINES(25, (at) => `M0,${at * 4 + 2}C12,${at * 4} 22,${at * 4 + 4} 34,${at * 4 + 2}`)}" fill="none" stroke="#efe6d2" stroke-width="1.6" stroke-linecap="round"/>`;

const drawing = (box: string, content: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box}">\n${content}\n</svg>\n`;

export const DRAWINGS = {
  "floor.svg": drawing(
    "1200 900",
    `<path d="M0,0H1200V900H0Z" fill="#e4d9c6"/>\n<path d="${LINES(7, (at) => `M0,${at * 130 + 60}H1200`)}" stroke="#cdbfa6" stroke-width="3"/>\n` +
      `<path d="${LINES(7, (at) => `M${((at * 370) % 1000) + 140},${at * 130 + 60}v130`)}" stroke="#cdbfa6" stroke-width="3"/>`,
  ),
  "fringe-left.svg": drawing("34 100", FRINGE),
  "fringe-right.svg": drawing("34 100", FRINGE),
  "rug.svg": drawing(
    "100 100",
    '<path d="M0,0H100V100H0Z" fill="var(--pile-shade, #b9a27e)"/>\n<path d="M2,3H98V97H2Z" fill="var(--pile, #d8c3a0)"/>\n' +
      '<path d="M7,11H93V89H7ZM9,14V86H91V14Z" fill="var(--pile-deep, #9c8662)"/>\n<path d="M13,20H87V80H13ZM14,21.5V78.5H86V21.5Z" fill="var(--pile-light, #eadcc3)"/>',
  ),
  "weave.svg": drawing("100 100", `<path d="${LINES(49, (at) => `M0,${at * 2 + 2}H100`)}" stroke="#000" stroke-opacity=".16" stroke-width=".7" stroke-dasharray="1.6 .7"/>`),
};

const LEFT = "600 - length * 3 / 2";
const TOP = "450 - width * 3 / 2";
const [LONG, HIGH] = ["length * 3", "width * 3"];

/** From back to front, as far as they are drawn; what is embroidered comes by form. */
export const LAYERS = [
  { file: "floor.svg" },
  { file: "fringe-left.svg", when: "extras has fringe", x: `${LEFT} - 30`, y: TOP, width: "34", height: HIGH },
  { file: "fringe-right.svg", when: "extras has fringe", x: "596 + length * 3 / 2", y: TOP, width: "34", height: HIGH },
  { file: "rug.svg", tint: { pile: "colour" }, x: LEFT, y: TOP, width: LONG, height: HIGH },
  { file: "weave.svg", when: "material = jute", x: LEFT, y: TOP, width: LONG, height: HIGH },
];

const options = (labels: Record<string, string>) => Object.fromEntries(Object.entries(labels).map(([code, label]) => [code, { label }]));

export const GERMAN = {
  name: "Teppich",
  summary: "Ein Teppich, gewebt nach deinem Maß.",
  steps: { choices: "Stoff", size: "Maße" },
  attributes: {
    material: { label: "Material", options: options({ wool: "Wolle", cotton: "Baumwolle", jute: "Jute" }) },
    colour: { label: "Farbe", options: options({ sand: "Sand", indigo: "Indigo", moss: "Moos", rust: "Rost" }) },
    extras: { label: "Extras", options: options({ fringe: "Fransen", non_slip_mat: "Rutschmatte" }) },
    width: { label: "Breite", unit: "cm" },
    length: { label: "Länge", unit: "cm" },
    initials: { label: "Initialen" },
  },
  prices: { "Wool, by area": "Wolle, nach Fläche", "Cotton, by area": "Baumwolle, nach Fläche", "Jute, by area": "Jute, nach Fläche" },
};

/** A product's file as the shop writes it, as far as the story changes it. */
export interface ProductFile {
  source: { layers: unknown[]; translations: Record<string, unknown> };
  drawings: Record<string, string>;
}

const hex = (at: number) => `#${(0x100000 + at * 8111).toString(16).padStart(6, "0")}`;

/** What is wrong with some of the rows, by their number. */
const BAD: Record<number, string> = {
  13: "Shade 0012\tfree\t#334455",
  205: "Shade 0204\t15.005\t#445566",
  377: "Shade 0376\t15\tblue",
  500: "\t15\t#556677",
  641: "Shade 0640\t1O\t#667788",
  820: "Shade 0819\t15\t#12345",
  999: "Shade 0998\t15 dollars\t#778899",
};

/** The numbers of the rows that can't be taken; the first row names the columns. */
export const BAD_ROWS = Object.keys(BAD).map(Number);

const HEAD = "name\tprice\tcolour";
/** A good row, by its number. */
const shade = (row: number) => `Shade ${String(row - 1).padStart(4, "0")}\t15\t${hex(row)}`;

/** Rows of a thousand colours, of which seven can't be taken. */
export const SHADES = [HEAD, ...Array.from({ length: 1000 }, (_, at) => BAD[at + 2] ?? shade(at + 2))].join("\n");
/** The cells of a row that is mended: name, price, colour. */
export const mended = (row: number): string[] => shade(row).split("\t");

/** The address of the order form of one of the story's orders: every sixth or so is rust. */
export function ordered(at: number): string {
  const material = ["wool", "cotton", "jute"][at % 3];
  const colours = material === "jute" ? ["sand", "moss"] : ["sand", "indigo", "moss", "rust"];
  const colour = colours[Math.floor(at / 3) % colours.length];
  return `/products/rug/order?material=${material}&colour=${colour}&width=${80 + (at % 5) * 20}&length=${140 + (at % 7) * 20}`;
}
