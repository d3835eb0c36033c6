// Whether the engine answers the same natively and in WebAssembly, byte for byte: node same.mjs BINARY [WALKS].
//
// BINARY is engine-answers; the module is looked for in target/engine-module. For every model the module must make the
// same artifact, answer random shoppers the same, and answer the same from the artifact that was made natively.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const [binary, walks = "2"] = process.argv.slice(2);
const { Engine } = createRequire(import.meta.url)(join(root, "target/engine-module/engine_module.js"));

const models = readdirSync(join(root, "catalogs"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => [join(root, "catalogs", entry.name, "product.toml")]);
const data = join(root, "../shared/data");
for (const files of [
  ["renault/small/rules.xml", "renault/small/prices.xml"],
  ["renault/medium/rules.xml", "renault/medium/prices.xml"],
  ["feature-models/e_shop.dimacs"],
  ["feature-models/axtls.dimacs"],
]) {
  const found = files.map((file) => join(data, file));
  if (found.every(existsSync)) models.push(found);
  else console.log(`skipped: ${found[0]} is not there`);
}

let different = 0;
for (const [file, prices] of models) {
  const native = execFileSync(binary, [walks, "1", file, ...(prices ? [prices] : [])], { maxBuffer: 1 << 30 });
  const length = Number(native.readBigUInt64LE(0));
  const [artifact, answers] = [native.subarray(8, 8 + length), native.subarray(8 + length)];

  const text = readFileSync(file, "utf8");
  const priced = prices && readFileSync(prices, "utf8");
  const compiled = new Engine(basename(file), text, priced);
  const read = new Engine(basename(file), text, priced, artifact);
  const checks = {
    "artifact": artifact.equals(compiled.artifact()),
    "answers": answers.equals(compiled.answers(Number(walks), 1n)),
    "answers from the native artifact": answers.equals(read.answers(Number(walks), 1n)),
  };
  const wrong = Object.keys(checks).filter((check) => !checks[check]);
  different += wrong.length;
  const verdict = wrong.length > 0 ? `DIFFERENT: ${wrong.join(", ")}` : "the same";
  console.log(`${file.slice(file.startsWith(root) ? root.length + 1 : 0)}: ${artifact.length} + ${answers.length} bytes, ${verdict}`);
}
process.exit(different > 0 ? 1 : 0);
