// The shop's order endpoint on Fastify and libSQL: reads and checks the JSON, looks up what each option costs, writes a row as long
// as an order's (WAL, FULL), and answers like the shop.
//
//   node server.js ANSWER DATABASE BYTES
//
// ANSWER is a file with one of the shop's answers, from which it takes product, prices and form. It says on standard output where
// it listens.

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createClient } from "@libsql/client";
import Fastify from "fastify";

const [answer, database, bytes] = process.argv.slice(2);
const form = JSON.parse(readFileSync(answer, "utf8"));
const options = new Set(form.design.map((value) => value.attribute));
const prices = new Map(form.lines.map((line) => [line.label, line.amount.amount]));
const row = "x".repeat(Number(bytes));

const client = createClient({ url: `file:${database}` });
await client.execute("PRAGMA journal_mode = WAL");
await client.execute("PRAGMA synchronous = FULL");
await client.execute("CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, bytes TEXT NOT NULL) STRICT");

const text = { type: "string", minLength: 1 };
const schema = {
  headers: { type: "object", required: ["idempotency-key"], properties: { "idempotency-key": text } },
  body: {
    type: "object",
    required: ["product", "design", "buyer"],
    properties: {
      product: { const: form.product },
      design: {
        type: "object",
        required: ["revision", "choices"],
        properties: { revision: { const: form.revision }, choices: { type: "object" } },
      },
      buyer: { type: "object", required: ["name", "email", "address"], properties: { name: text, email: text, address: text, note: { type: "string" } } },
    },
  },
};

const server = Fastify();
server.post("/api/v1/orders", { schema }, async (request, reply) => {
  const { design, buyer } = request.body;
  const unknown = Object.keys(design.choices).find((attribute) => !options.has(attribute));
  if (unknown) return reply.code(422).send({ code: "unknown-attribute", place: unknown });
  const total = form.lines.reduce((sum, line) => sum + prices.get(line.label), 0);
  const token = randomBytes(16).toString("hex");
  const written = await client.execute({
    sql: "INSERT INTO orders (key, bytes) VALUES (?, ?)",
    args: [request.headers["idempotency-key"], row],
  });
  const number = 1000 + Number(written.lastInsertRowid);
  const placed = { placed_at: new Date().toISOString(), total: { ...form.total, amount: total }, buyer: { note: "", ...buyer } };
  return reply.code(201).send({ ...form, number, token, page: `/orders/${token}`, ...placed });
});
console.log((await server.listen({ host: "127.0.0.1", port: 0 })).replace("http://", ""));
