// The rug of the merchandiser's story: its drawings, its layers and German texts by the fields of their forms, rows of a spreadsheet, and orders.

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

/** From back to front, by the names of the form's fields; what is embroidered comes later. */
export const LAYERS: Record<string, string>[] = [
  { file: "floor.svg" },
  { file: "fringe-left.svg", when: "extras has fringe", x: `${LEFT} - 30`, y: TOP, width: "34", height: HIGH },
  { file: "fringe-right.svg", when: "extras has fringe", x: "596 + length * 3 / 2", y: TOP, width: "34", height: HIGH },
  { file: "rug.svg", tint: "pile = colour", x: LEFT, y: TOP, width: LONG, height: HIGH },
  { file: "weave.svg", when: "material != wool", x: LEFT, y: TOP, width: LONG, height: HIGH },
];

/** By what each is of, as the page of texts calls its fields. */
export const GERMAN: Record<string, string> = {
  name: "Teppich",
  summary: "Ein Teppich, gewebt nach deinem Maß.",
  "steps.choices": "Stoff",
  "steps.size": "Maße",
  "attributes.material.label": "Material",
  "attributes.material.options.wool.label": "Wolle",
  "attributes.material.options.cotton.label": "Baumwolle",
  "attributes.material.options.jute.label": "Jute",
  "attributes.colour.label": "Farbe",
  "attributes.colour.options.sand.label": "Sand",
  "attributes.colour.options.indigo.label": "Indigo",
  "attributes.colour.options.moss.label": "Moos",
  "attributes.colour.options.rust.label": "Rost",
  "attributes.extras.label": "Extras",
  "attributes.extras.options.fringe.label": "Fransen",
  "attributes.extras.options.non_slip_mat.label": "Rutschmatte",
  "attributes.width.label": "Breite",
  "attributes.width.unit": "cm",
  "attributes.length.label": "Länge",
  "attributes.length.unit": "cm",
  "attributes.initials.label": "Initialen",
  "prices.Wool, by area": "Wolle, nach Fläche",
  "prices.Cotton, by area": "Baumwolle, nach Fläche",
  "prices.Jute, by area": "Jute, nach Fläche",
};

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
