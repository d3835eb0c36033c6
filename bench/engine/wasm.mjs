// The engine in WebAssembly, as target/engine-module has it (run.py builds it):
//
//   node wasm.mjs walk WALKS SEED FILE [PRICES] [--artifact FILE]   random shoppers: {choices, dead_ends, first_us, p50_us, p95_us, max_us}
//   node wasm.mjs page WALKS SEED PRODUCT [--artifact FILE]         the same with the menus that a page shows
//   node wasm.mjs packed FILE…                                      {brotli}: the bytes of each when packed
//
// `walk` works out what the native walk does (availability, price bounds and completions of every option), and makes the
// same choices. `page` asks for the product's whole menu, with the design, its quote, and the reasons of what is blocked.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const packed = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

const [task, ...words] = process.argv.slice(2);
const at = words.indexOf("--artifact");
const artifact = at < 0 ? undefined : readFileSync(words.splice(at, 2)[1]);

const open = (file, prices) => {
  const { Engine } = createRequire(import.meta.url)("../../target/engine-module/engine_module.js");
  return new Engine(basename(file), readFileSync(file, "utf8"), prices && readFileSync(prices, "utf8"), artifact);
};

// SplitMix64 (Steele, Lea and Flood, 2014), as in the native walk.
const randomFrom = (seed) => {
  let state = BigInt(seed);
  return (limit) => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let mixed = state;
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return Number((mixed ^ (mixed >> 31n)) % BigInt(limit));
  };
};

// The undecided attributes with the options each has left; null at a dead end.
const undecided = (sizes, possible, chosen) => {
  const open = [];
  let first = 0;
  for (const [attribute, size] of sizes.entries()) {
    const left = [];
    for (let option = 0; option < size; option++) if (possible[first + option]) left.push(option);
    if (left.length === 0 || (chosen[attribute] >= 0 && !possible[first + chosen[attribute]])) return null;
    first += size;
    if (chosen[attribute] < 0 && left.length > 1) open.push([attribute, left]);
  }
  return open;
};

const times = [];
const timed = (ask) => {
  const before = process.hrtime.bigint();
  const answer = ask();
  times.push(Number(process.hrtime.bigint() - before) / 1000);
  return answer;
};

// The first hundred are told apart: that long, and a little longer, the quick compiler's code is what runs.
const told = (deadEnds) => {
  const ranks = (times) => {
    const sorted = [...times].sort((one, other) => one - other);
    return (share) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  };
  const [rank, first] = [ranks(times), ranks(times.slice(0, 100))];
  return {
    choices: times.length, dead_ends: deadEnds,
    first_us: first(0.5), p50_us: rank(0.5), p95_us: rank(0.95), max_us: rank(1),
  };
};

const tasks = {
  walk(walks, seed, file, prices) {
    const engine = open(file, prices);
    const sizes = engine.sizes();
    const below = randomFrom(seed);
    let deadEnds = 0;
    for (let walk = 0; walk < Number(walks); walk++) {
      const chosen = new Int32Array(sizes.length).fill(-1);
      for (;;) {
        const open = undecided(sizes, timed(() => engine.menu(chosen)), chosen);
        if (open === null) deadEnds++;
        const next = open && open[below(Math.max(1, open.length))];
        if (!next) break;
        const [attribute, left] = next;
        chosen[attribute] = left[below(left.length)];
      }
    }
    return told(deadEnds);
  },
  page(walks, seed, file) {
    const engine = open(file);
    for (let walk = 0; walk < Number(walks); walk++) {
      const shopper = engine.shopper(BigInt(seed) + BigInt(walk));
      while (timed(() => shopper.ask())) shopper.decide();
      times.pop(); // Nothing was left to ask.
      shopper.free();
    }
    return told(0);
  },
  packed(...files) {
    return { brotli: files.map((file) => packed(readFileSync(file))) };
  },
};
console.log(JSON.stringify(tasks[task](...words)));
