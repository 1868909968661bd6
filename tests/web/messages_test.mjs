// The page's catalogues: both languages say the same, nothing is missing, nothing is left over.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const WEB = join(ROOT, "edge_node/counter/web");

const catalogue = (language) =>
  JSON.parse(readFileSync(join(WEB, "messages", `${language}.json`), "utf8"));
const id = catalogue("id");
const en = catalogue("en");

const sources = readdirSync(join(WEB, "src"), { recursive: true })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(WEB, "src", name), "utf8"))
  .join("\n");

// Families of keys of which the API chooses the member (Family in messages.ts).
const families = [.../Family =([^;]*);/.exec(sources)[1].matchAll(/"([a-z.]+)"/g)].map((m) => m[1]);

const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

const protos = (path) => readFileSync(join(ROOT, "proto", path), "utf8");

// The numbers of an enum's values, without the unspecified one.
function numbersOf(path, name) {
  const body = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(protos(path))[1];
  return [...body.matchAll(/= ([1-9]\d*);/g)].map((m) => m[1]);
}

test("both languages have the same keys", () => {
  assert.deepEqual(Object.keys(id), Object.keys(en));
});

test("both languages fill in the same values", () => {
  for (const key of Object.keys(id)) {
    assert.deepEqual(placeholders(id[key]), placeholders(en[key]), key);
  }
});

test("every sentence says something", () => {
  for (const [key, text] of [...Object.entries(id), ...Object.entries(en)]) {
    assert.notEqual(text.trim(), "", key);
  }
});

test("every message is used", () => {
  assert.ok(families.length > 0);
  const unused = Object.keys(id).filter(
    (key) => !sources.includes(`"${key}"`) && !families.some((family) => key.startsWith(family)),
  );
  assert.deepEqual(unused, []);
});

test("every message that is used is there", () => {
  const used = [...sources.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map((m) => m[1]);
  assert.ok(used.length > 50);
  assert.deepEqual(used.filter((key) => !(key in id)), []);
});

const NUMBERED = [
  ["event", "SpoilCause", "cause"],
  ["event", "ActionKind", "order"],
  ["office", "BatchEnd", "batch.end"],
  ["office", "CorrectionReason", "correction"],
  ["office", "MaintenanceKind", "maintenance"],
  ["office", "ConsumableKind", "consumable"],
  ["office", "OverrideKind", "override.kind"],
  ["office", "OverrideReason", "override.reason"],
  ["office", "AdoptionBasis", "adoption"],
];

test("every number of the API that a person reads has its words", () => {
  const wanted = NUMBERED.flatMap(([file, name, family]) =>
    numbersOf(`keping/log/v1/${file}.proto`, name).map((n) => `${family}.${n}`));
  assert.ok(wanted.length >= 30);
  assert.deepEqual(wanted.filter((key) => !(key in id)), []);
});

test("every state of a job and of a printer has its words", () => {
  const states = /returns "intended"|State of the job[^\n]*: (.*)\./.exec(protos("keping/edge/v1/edge.proto"))[1];
  const jobs = [...states.matchAll(/"(\w+)"/g)].map((m) => `stage.${m[1]}`);
  const line = /\/\/ ("ready"[^\n]*)/.exec(protos("keping/edge/v1/edge.proto"))[1];
  const printers = [...line.matchAll(/"(\w+)"/g)].map((m) => `printer.state.${m[1]}`);
  assert.ok(jobs.length >= 6 && printers.length >= 4);
  assert.deepEqual([...jobs, ...printers].filter((key) => !(key in id)), []);
});
