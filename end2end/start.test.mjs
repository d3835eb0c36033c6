// What public/start.js does where the configurator can't be loaded, told without a browser: node --test end2end/start.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const AsyncFunction = (async () => {}).constructor;
// A module's imports can't be handed in; the same function under another name can.
const source = readFileSync(new URL("../public/start.js", import.meta.url), "utf8").replaceAll("import(", "load(");
const start = new AsyncFunction("document", "sessionStorage", "fetch", "location", "load", "console", source);
const script = "/pkg/atelier.js?v=1";

// A tab of a browser, which remembers between pages.
const tab = () => {
  const kept = new Map();
  const storage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, String(value)) };
  // Opens a page. `answers` has the status of each address; null where the line is broken. Returns what the script did.
  // `clicked` is chosen while /form.js is loading.
  const open = async ({ answers = {}, fields = [], clicked, sessionStorage = storage } = {}) => {
    const done = [];
    const document = {
      getElementById: (id) =>
        id === "start" ? { dataset: { script, wasm: "/pkg/atelier.wasm?v=1" } } : { dataset: { artifact: "/artifacts/1.bin" } },
      querySelectorAll: () => fields.map((field) => ({ ...field, dispatchEvent: () => done.push("send what was changed") })),
    };
    const status = (address) => (address in answers ? answers[address] : 200);
    const fetch = async (address) => {
      if (status(address) === null) throw new TypeError("the line is broken");
      return { status: status(address) };
    };
    const load = async (address) => {
      if (address === "/form.js") {
        if (clicked) clicked.checked = true;
        return void done.push("be a form");
      }
      if (status(address) !== 200) throw new TypeError("can't be loaded");
      return {
        default: async ({ module_or_path }) => {
          if ((await module_or_path).status !== 200) throw new TypeError("no module");
        },
        hydrate: async () => {
          if (status("/artifacts/1.bin") !== 200) throw new Error("no artifact");
          done.push("come alive");
        },
      };
    };
    await start(document, sessionStorage, fetch, { reload: () => done.push("reload") }, load, { warn() {} });
    return done;
  };
  return { open };
};

test("a page comes alive", async () => {
  assert.deepEqual(await tab().open(), ["come alive"]);
});

for (const gone of [script, "/pkg/atelier.wasm?v=1", "/artifacts/1.bin"]) {
  test(`a page whose ${gone} is gone is fetched anew, once`, async () => {
    const { open } = tab();
    assert.deepEqual(await open({ answers: { [gone]: 404 } }), ["reload"]);
    assert.deepEqual(await open({ answers: { [gone]: 404 } }), ["be a form"]);
  });
}

test("the page that is fetched anew comes alive", async () => {
  const { open } = tab();
  assert.deepEqual(await open({ answers: { [script]: 404 } }), ["reload"]);
  assert.deepEqual(await open(), ["come alive"]);
});

test("what was changed meanwhile is sent, and the page that comes back comes alive", async () => {
  const { open } = tab();
  const fields = [{ type: "radio", checked: true, defaultChecked: false }];
  assert.deepEqual(await open({ answers: { [script]: 404 }, fields }), ["be a form", "send what was changed"]);
  assert.deepEqual(await open(), ["come alive"]);
});

test("where the line is broken the page is a form, and the next ones are at once", async () => {
  const { open } = tab();
  const fields = [{ type: "text", value: "Ana", defaultValue: "" }];
  assert.deepEqual(await open({ answers: { [script]: null }, fields }), ["be a form", "send what was changed"]);
  assert.deepEqual(await open(), ["be a form"]);
});

test("what is changed while the page becomes a form is sent, too", async () => {
  const { open } = tab();
  await open({ answers: { [script]: null } });
  const clicked = { type: "radio", checked: false, defaultChecked: false };
  assert.deepEqual(await open({ fields: [clicked], clicked }), ["be a form", "send what was changed"]);
});

test("where nothing can be remembered nothing is fetched anew", async () => {
  const refuse = () => {
    throw new Error("no storage");
  };
  const sessionStorage = { getItem: refuse, setItem: refuse };
  assert.deepEqual(await tab().open({ answers: { [script]: 404 }, sessionStorage }), ["be a form"]);
});
