// The pages' catalogues: both languages say the same, nothing is missing, nothing is left over.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SHARED = "common/web";

// The numbers of an enum and the family of their words: the file in proto/, the enum, the family.
const FACES = {
  "edge_node/counter/web": [
    ["log/v1/event", "SpoilCause", "cause"],
    ["log/v1/event", "ActionKind", "order"],
    ["log/v1/office", "BatchEnd", "batch.end"],
    ["log/v1/office", "CorrectionReason", "correction"],
    ["log/v1/office", "MaintenanceKind", "maintenance"],
    ["log/v1/office", "ConsumableKind", "consumable"],
    ["log/v1/office", "OverrideKind", "override.kind"],
    ["log/v1/office", "OverrideReason", "override.reason"],
    ["log/v1/office", "AdoptionBasis", "adoption"],
    ["log/v1/office", "Pile", "pile"],
    ["log/v1/event", "SpoilStep", "step"],
    ["edge/v1/handover", "ResidentStatus", "resident"],
    ["log/v1/office", "GrantKind", "permit"],
  ],
  "central_node/console/web": [
    ["log/v1/office", "Role", "role"],
    ["log/v1/office", "ConsumableKind", "consumable"],
    ["log/v1/office", "GrantKind", "grant.kind"],
    ["log/v1/office", "ReadPurpose", "purpose"],
    ["log/v1/case", "CaseKind", "case.kind"],
    ["log/v1/case", "CaseKind", "proposal"],
    ["log/v1/event", "CaseState", "case.state"],
    ["log/v1/event", "ActionKind", "action"],
    ["log/v1/district", "Resolution", "resolution"],
    ["log/v1/district", "AbsenceKind", "absence"],
    ["log/v1/district", "LoanStep", "loan.step"],
    ["log/v1/district", "SupplyStep", "supply.step"],
    ["log/v1/serial_set", "SerialScheme", "scheme"],
    ["log/v1/district", "FigureKind", "figure"],
    ["log/v1/office", "RecordClass", "class"],
    ["log/v1/policy", "Weekday", "weekday"],
    ["central/v1/desk", "CaseFate", "fate"],
    ["central/v1/paper", "PaperKind", "paper.kind"],
    ["central/v1/remark", "RemarkKind", "remark"],
    ["central/v1/planning", "Need", "need"],
    ["central/v1/planning", "DayState", "day"],
    ["central/v1/planning", "WaitReason", "wait"],
    ["central/v1/planning", "MoveReason", "move"],
  ],
};

const read = (path) => readFileSync(join(ROOT, path), "utf8");

function catalogue(face, language) {
  const [shared, own] = [SHARED, face].map((folder) => JSON.parse(read(`${folder}/messages/${language}.json`)));
  assert.deepEqual(Object.keys(own).filter((key) => key in shared), [], face);
  return { ...shared, ...own };
}

const sourcesOf = (folder) => readdirSync(join(ROOT, folder, "src"), { recursive: true })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => read(join(folder, "src", name)))
  .join("\n");

const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

// The numbers of an enum's values, without the unspecified one.
function numbersOf(path, name) {
  const body = new RegExp(`enum ${name} \\{(.*?)\\n\\}`, "s").exec(read(`proto/keping/${path}.proto`))[1];
  return [...body.matchAll(/= ([1-9]\d*);/g)].map((m) => m[1]);
}

for (const [face, numbered] of Object.entries(FACES)) {
  const [id, en] = ["id", "en"].map((language) => catalogue(face, language));
  const sources = sourcesOf(face) + sourcesOf(SHARED);
  // Families of keys of which the API chooses the member.
  const families = [.../Family =([^;]*);/.exec(sources)[1].matchAll(/"([a-z.]+)"/g)].map((m) => m[1]);

  test(`${face}: both languages have the same keys`, () => {
    assert.deepEqual(Object.keys(id), Object.keys(en));
  });

  test(`${face}: both languages fill in the same values`, () => {
    for (const key of Object.keys(id)) {
      assert.deepEqual(placeholders(id[key]), placeholders(en[key]), key);
    }
  });

  test(`${face}: every sentence says something`, () => {
    for (const [key, text] of [...Object.entries(id), ...Object.entries(en)]) {
      assert.notEqual(text.trim(), "", key);
    }
  });

  test(`${face}: every message is used`, () => {
    assert.ok(families.length > 0);
    const unused = Object.keys(id).filter(
      (key) => !sources.includes(`"${key}"`) && !families.some((family) => key.startsWith(family)),
    );
    assert.deepEqual(unused, []);
  });

  test(`${face}: every message that is used is there`, () => {
    const used = [...sources.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map((m) => m[1]);
    assert.ok(used.length > 50);
    assert.deepEqual(used.filter((key) => !(key in id)), []);
  });

  test(`${face}: every number of the API that a person reads has its words`, () => {
    const wanted = numbered.flatMap(([file, name, family]) =>
      numbersOf(file, name).map((n) => `${family}.${n}`));
    assert.ok(wanted.length >= 30);
    assert.deepEqual(wanted.filter((key) => !(key in id)), []);
  });
}

test("every state of a job and of a printer has its words at the counter", () => {
  const id = catalogue("edge_node/counter/web", "id");
  const proto = read("proto/keping/edge/v1/edge.proto");
  const states = /returns "intended"|State of the job[^\n]*: (.*)\./.exec(proto)[1];
  const jobs = [...states.matchAll(/"(\w+)"/g)].map((m) => `stage.${m[1]}`);
  const line = /\/\/ ("ready"[^\n]*)/.exec(proto)[1];
  const printers = [...line.matchAll(/"(\w+)"/g)].map((m) => `printer.state.${m[1]}`);
  assert.ok(jobs.length >= 6 && printers.length >= 4);
  assert.deepEqual([...jobs, ...printers].filter((key) => !(key in id)), []);
});

test("what the centre names by words has its words at the console", () => {
  const id = catalogue("central_node/console/web", "id");
  const named = (path) => [...read(path).matchAll(/return "(\w+)";/g)].map((m) => m[1]);
  const accounts = named("common/ledger/account.cc").map((name) => `account.${name}`);
  const supplies = named("central_node/core/supply_book.cc").map((name) => `supply.account.${name}`);
  const [pile, book] = ["Pile pile", "BookWord word"].map((argument) => {
    const [, body] = new RegExp(`NameOf\\(${argument}\\) \\{(.*?)\\n\\}`, "s").exec(read("central_node/core/variance_words.cc"));
    return [...body.matchAll(/return "(\w+)";/g)].map((m) => m[1]);
  });
  const names = /kEventNames = .*?\(\{([^}]*)\}/s.exec(read("common/domain/event.cc"))[1];
  const events = [...names.matchAll(/"(\w+)"/g)].map((m) => `event.${m[1]}`);
  assert.ok(accounts.length > 15 && supplies.length > 8 && events.length > 60);
  const counted = [...pile.map((name) => `pile.${name}`), ...book.map((name) => `book.${name}`)];
  assert.equal(counted.length, 13);
  assert.deepEqual([...accounts, ...supplies, ...events, ...counted].filter((key) => !(key in id)), []);
});
