// The console's screens without a browser: what a form sends, refuses, and shows afterwards.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

const PAGE = join(process.env.KEPING_BUILD, "central_node/console/web/page");

// As much of a document as the screens use.
class Element {
  constructor(tag) {
    Object.assign(this, { tag, nodes: [], attributes: {}, dataset: {}, checked: false });
  }
  get value() {
    if (this.typed === undefined && this.tag === "select") {
      return (this.nodes.find((one) => one.defaultSelected) ?? this.nodes[0])?.value ?? "";
    }
    return this.typed ?? "";
  }
  set value(text) {
    this.typed = text;
    this.first ??= text;
  }
  get textContent() {
    return this.nodes.map((one) => (typeof one === "string" ? one : one.textContent)).join("");
  }
  get all() {
    return [this, ...this.nodes.flatMap((one) => (typeof one === "string" ? [] : one.all))];
  }
  append(...nodes) {
    for (const node of nodes) if (typeof node !== "string") node.parent = this;
    this.nodes.push(...nodes);
  }
  replaceChildren(...nodes) {
    this.nodes = [];
    this.append(...nodes);
  }
  replaceWith(node) {
    node.parent = this.parent;
    this.parent.nodes[this.parent.nodes.indexOf(this)] = node;
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  reset() {
    for (const one of this.all) Object.assign(one, { typed: one.tag === "select" ? undefined : one.first, checked: false });
  }
  closest() {
    return undefined;
  }
  addEventListener() {}
  focus() {}
}

globalThis.document = { createElement: (tag) => new Element(tag), documentElement: {} };
globalThis.HTMLInputElement = Element;
globalThis.localStorage = { getItem: () => null, setItem: () => undefined };
globalThis.location = { hash: "#/blank" };

async function screensOf(...names) {
  const { build } = (await import(join(PAGE, "node_modules/esbuild/lib/main.js"))).default;
  const folder = mkdtempSync(join(tmpdir(), "keping-console-"));
  const outfile = join(folder, "screens.mjs");
  try {
    const contents = names.map((name) => `export * from "./src/${name}.ts";`).join("");
    await build({ stdin: { contents, resolveDir: PAGE, loader: "ts" }, bundle: true, format: "esm",
      platform: "node", outfile, logLevel: "error" });
    return await import(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { Address, blank, papers, people } = await screensOf("screens/blank", "screens/papers", "screens/people", "screen");
const ADMINISTRATOR = 6;
const STOCK_KEEPER = 3;
const AUDITOR = 5;

// A centre that remembers what was sent.
function centre(role) {
  const sent = [];
  const officers = [];
  const operators = [];
  const grants = [];
  const keep = (list) => async (request) => {
    sent.push(request);
    list.push({ ...request, certifiedVersions: [], dayDays: 17_000, issuedBy: "", issuedAtMicros: 0n, usedBy: "", usedAtMicros: 0n,
      state: "issued" });
    return { firstPassword: "KOPI-1", code: "1", spoken: "satu", leaseEpoch: "" };
  };
  const rpc = {
    desk: { listOfficers: async () => ({ officers: [...officers] }), setOfficer: keep(officers) },
    people: {
      listOperators: async () => ({ operators: [...operators], nextPageToken: "" }),
      addOperator: keep(operators),
      listGrants: async () => ({ grants: [...grants], refused: [] }),
      issueGrant: keep(grants),
    },
    papers: { listPapers: async () => ({ papers: [] }) },
  };
  const session = { person: "rai", role, may: (roles) => roles.includes(role) };
  const facts = { offices: [{ node: "susut", name: "Susut" }], utcOffsetMinutes: 480, villages: [] };
  return { sent, context: { rpc, session, facts, live: { offices: [] } } };
}

async function shown(screen, context, hash = "") {
  const place = new Element("div");
  await screen.show(context, place, Address.parse(hash));
  return place;
}

const formWith = (place, label) => place.all.find((one) => one.tag === "form" && one.textContent.includes(label));
const inputOf = (form, label) => {
  const { htmlFor } = form.all.find((one) => one.tag === "label" && one.textContent === label);
  return form.all.find((one) => one.id === htmlFor);
};
const settled = async () => {
  for (let i = 0; i < 20; ++i) await Promise.resolve();
};
async function send(form) {
  form.onsubmit({ preventDefault: () => undefined });
  await settled();
}

for (const [name, submit, label] of [["an officer", "Tambah atau ubah pejabat", "Kode pejabat"],
  ["an operator", "Daftarkan petugas", "Kode petugas"]]) {
  test(`${name} who was added stands in the list at once, and the form is empty`, async () => {
    const { sent, context } = centre(ADMINISTRATOR);
    const place = await shown(people, context);
    const form = formWith(place, submit);
    inputOf(form, label).value = "ketut.arsa";
    await send(form);
    assert.equal(sent.length, 1);
    const row = place.all.find((one) => one.tag === "tr" && one.textContent.includes("ketut.arsa"));
    assert.ok(row, place.textContent);
    assert.equal(inputOf(form, label).value, "");
    assert.match(form.textContent, /KOPI-1/);
  });

  test(`${name} with a code that is none is not sent, and the page says how codes are`, async () => {
    const { sent, context } = centre(ADMINISTRATOR);
    const form = formWith(await shown(people, context), submit);
    for (const code of ["Ibu Sari <b>!", "ketut arsa", "k\u00e9tut", "x".repeat(65)]) {
      inputOf(form, label).value = code;
      await send(form);
      assert.match(form.textContent, /Kode orang: .*Contoh: wayan\.sari/, code);
      assert.equal(inputOf(form, label).value, code);
    }
    assert.equal(sent.length, 0);
  });
}

test("a grant that was read out stands in the list at once", async () => {
  const { context } = centre(ADMINISTRATOR);
  const place = await shown(people, context);
  assert.match(place.textContent, /Belum ada izin/);
  await send(formWith(place, "Buat kode izin"));
  assert.doesNotMatch(place.textContent, /Belum ada izin/);
});

test("a NIK that is searched for is in no address", async () => {
  const place = await shown(blank, centre(AUDITOR).context);
  for (const label of ["Nomor seri blangko", "Nomor data cetak (PRR)"]) {
    const form = formWith(place, label);
    for (const nik of ["5106015003900001", " 5106 0150 0390 0001 "]) {
      inputOf(form, label).value = nik;
      await send(form);
      assert.match(form.textContent, /Ini NIK/, label);
      assert.equal(location.hash, "#/blank");
    }
  }
  const form = formWith(place, "Nomor data cetak (PRR)");
  inputOf(form, "Nomor data cetak (PRR)").value = "PRR-5106-1";
  await send(form);
  assert.equal(location.hash, "#/record/PRR-5106-1");
});

test("invitations are offered as a paper to those who may look at them", async () => {
  const kinds = async (role, hash) => {
    const place = await shown(papers, centre(role).context, hash);
    const form = place.all.find((one) => one.tag === "form");
    const select = form.all.find((one) => one.tag === "select");
    return { offered: select.textContent, chosen: select.value };
  };
  const hash = "#/papers?kind=5";
  assert.match((await kinds(AUDITOR, hash)).offered, /Undangan/);
  assert.equal((await kinds(AUDITOR, hash)).chosen, "5");
  assert.doesNotMatch((await kinds(STOCK_KEEPER, hash)).offered, /Undangan/);
  assert.equal((await kinds(STOCK_KEEPER, hash)).chosen, "1");
});
