// Weighs a page's WebAssembly as browsers get it: its size when packed, and by crate what its code is made of.
//
//     node bench/page/weigh.mjs MODULE.wasm [--functions N] [--crate NAME]
//
// MODULE.wasm is what cargo made, and goes through wasm-bindgen and wasm-opt as with cargo-leptos. Crates are weighed
// before wasm-opt, which puts functions of one crate into those of another. A function belongs to the crate that wrote it,
// so an instance of `Vec` for one of our types is alloc's.
// --functions N lists the N heaviest functions, of one crate with --crate NAME.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";

const CODE = 10;
const CUSTOM = 0;
const IMPORT = 2;
const FUNCTION_NAMES = 1;

/** Reads a module's numbers and names (WebAssembly's binary format: LEB128 numbers, counted bytes). */
class Reader {
    constructor(bytes, at = 0) {
        this.bytes = bytes;
        this.at = at;
    }

    number() {
        let [value, shift] = [0, 1];
        for (;;) {
            const byte = this.bytes[this.at++];
            value += (byte & 0x7f) * shift;
            if (byte < 0x80) return value;
            shift *= 128;
        }
    }

    text() {
        const length = this.number();
        this.at += length;
        return this.bytes.toString("utf8", this.at - length, this.at);
    }

    limits() {
        const flags = this.number();
        this.number();
        if (flags & 1) this.number();
    }
}

function importedFunctions(reader) {
    let functions = 0;
    for (let left = reader.number(); left > 0; left--) {
        reader.text();
        reader.text();
        const kind = reader.bytes[reader.at++];
        if (kind === 0) {
            reader.number();
            functions++;
        } else if (kind === 1) {
            reader.at++;
            reader.limits();
        } else if (kind === 2) {
            reader.limits();
        } else {
            reader.at += 2;
        }
    }
    return functions;
}

/** Every function with its name and size in bytes. */
function functionsOf(bytes) {
    const reader = new Reader(bytes, 8);
    const [sizes, names] = [[], new Map()];
    let imported = 0;
    while (reader.at < bytes.length) {
        const section = bytes[reader.at++];
        const size = reader.number();
        const end = reader.at + size;
        if (section === IMPORT) {
            imported = importedFunctions(reader);
        } else if (section === CODE) {
            for (let left = reader.number(); left > 0; left--) {
                const length = reader.number();
                sizes.push(length);
                reader.at += length;
            }
        } else if (section === CUSTOM && reader.text() === "name") {
            while (reader.at < end) {
                const kind = bytes[reader.at++];
                const length = reader.number();
                const after = reader.at + length;
                if (kind === FUNCTION_NAMES) {
                    for (let left = reader.number(); left > 0; left--) names.set(reader.number(), reader.text());
                }
                reader.at = after;
            }
        }
        reader.at = end;
    }
    return sizes.map((size, index) => ({ size, name: names.get(imported + index) ?? "?" }));
}

/** The crate of a function by its mangled name: `_RNvNtCs1_4core…` of the newer way, `_ZN4core…` of the older. */
function crateOf(name) {
    if (name.startsWith("_R")) {
        const crate = name.match(/Cs[0-9A-Za-z]*_(\d+)_?/);
        const from = crate && crate.index + crate[0].length;
        return crate ? name.slice(from, from + Number(crate[1])) : "?";
    }
    const first = name.match(/^_ZN(\d+)/);
    if (!first) return "no crate";
    const segment = name.slice(first[0].length, first[0].length + Number(first[1]));
    if (/^\w+$/.test(segment) && !segment.startsWith("_$")) return segment;
    // `<Type as Trait>`: of the crate of the first path in it, which is the trait's where the type is a parameter.
    return segment.replaceAll(/\$\w+\$/g, " ").match(/([A-Za-z]\w*)\.\./)?.[1] ?? "?";
}

/** What cargo-leptos hands to wasm-opt, as Cargo.toml has it. */
function wasmOptFlags() {
    const workspace = readFileSync(new URL("../../Cargo.toml", import.meta.url), "utf8");
    return JSON.parse(workspace.match(/^wasm-opt-features = (\[.*\])$/m)[1]);
}

/** The module as it is served, and before wasm-opt, with the names of its functions. */
function made(file) {
    const folder = mkdtempSync(join(tmpdir(), "weigh-"));
    try {
        const bind = (names) => {
            execFileSync("wasm-bindgen", ["--target", "web", "--no-typescript", names, "--out-dir", folder, file]);
            return join(folder, `${basename(file, ".wasm")}_bg.wasm`);
        };
        const named = readFileSync(bind("--no-demangle"));
        const bound = bind("--remove-name-section");
        execFileSync("wasm-opt", [...wasmOptFlags(), bound, "-o", bound]);
        return { served: readFileSync(bound), named };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { functions: { type: "string" }, crate: { type: "string" } },
});
const { served, named } = made(positionals[0]);
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: served.length };
console.log(`${served.length} bytes, Brotli ${brotliCompressSync(served, { params }).length}`);
const functions = functionsOf(named).map((one) => ({ ...one, crate: crateOf(one.name) }));
const crates = new Map();
for (const { crate, size } of functions) {
    const [all, count] = crates.get(crate) ?? [0, 0];
    crates.set(crate, [all + size, count + 1]);
}
const total = functions.reduce((sum, { size }) => sum + size, 0);
console.log(`before wasm-opt ${total} bytes of code in ${functions.length} functions, by crate:`);
for (const [crate, [size, count]] of [...crates].sort(([, a], [, b]) => b[0] - a[0]).slice(0, 24)) {
    console.log(`${String(size).padStart(8)}  ${String(count).padStart(5)}  ${crate}`);
}
if (options.functions) {
    const some = functions.filter(({ crate }) => !options.crate || crate === options.crate);
    for (const { size, name } of some.sort((a, b) => b.size - a.size).slice(0, Number(options.functions))) {
        console.log(`${String(size).padStart(8)}  ${name}`);
    }
}
