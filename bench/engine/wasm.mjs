// Random shoppers in WebAssembly: node wasm.mjs RULES PRICES WALKS SEED prints {choices, dead_ends, p50_us, p95_us, max_us}.
//
// It needs target/bench-wasm/engine.mjs, a module around the engine built for wasm32, with one function:
//
//   open(rules: string, prices: string): Promise<{
//     sizes: Uint32Array,                          // how many options each attribute has
//     menu(chosen: Int32Array): Uint8Array,        // per attribute the option chosen or -1; returns for each option of
//                                                  // each attribute, one behind the other, whether it is possible
//   }>
//
// `menu` must work out what the native side does (availability, price bounds and completions of every option), even
// though only the availability is read here. While target/bench-wasm is absent, run.py says "not measured".

import { readFileSync } from "node:fs";

const [rules, prices, walks, seed] = process.argv.slice(2);
const { open } = await import(new URL("../../target/bench-wasm/engine.mjs", import.meta.url));
const engine = await open(readFileSync(rules, "utf8"), readFileSync(prices, "utf8"));

// SplitMix64 (Steele, Lea and Flood, 2014), as in the native walk.
let state = BigInt(seed);
const below = (limit) => {
  state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
  let mixed = state;
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
  return Number((mixed ^ (mixed >> 31n)) % BigInt(limit));
};

// The undecided attributes with the options each has left; null at a dead end.
const undecided = (possible, chosen) => {
  const open = [];
  let first = 0;
  for (const [attribute, size] of engine.sizes.entries()) {
    const left = [];
    for (let option = 0; option < size; option++) if (possible[first + option]) left.push(option);
    first += size;
    if (left.length === 0) return null;
    if (chosen[attribute] < 0 && left.length > 1) open.push([attribute, left]);
  }
  return open;
};

const times = [];
let deadEnds = 0;
for (let walk = 0; walk < Number(walks); walk++) {
  const chosen = new Int32Array(engine.sizes.length).fill(-1);
  for (;;) {
    const before = process.hrtime.bigint();
    const possible = engine.menu(chosen);
    times.push(Number(process.hrtime.bigint() - before) / 1000);
    const open = undecided(possible, chosen);
    if (open === null) deadEnds++;
    if (open === null || open.length === 0) break;
    const [attribute, left] = open[below(open.length)];
    chosen[attribute] = left[below(left.length)];
  }
}
times.sort((a, b) => a - b);
const rank = (share) => times[Math.max(0, Math.ceil(times.length * share) - 1)];
console.log(JSON.stringify({ choices: times.length, dead_ends: deadEnds, p50_us: rank(0.5), p95_us: rank(0.95), max_us: rank(1) }));
