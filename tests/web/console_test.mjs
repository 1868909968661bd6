// A morning at the district's console in a real browser, over a real centre with two offices: who may
// look, what is live, a card that was printed twice, and blanks that two persons send.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, test as nodeTest } from "node:test";
import { openConsole } from "./support/console_screen.mjs";
import { startWorld } from "./support/world.mjs";

const PASSWORD = "kopi bangli 2017";
const SECOND = "sari-bangli";
const RECONCILER = "rai-bangli";
const VILLAGE = "Apuan (51.06.01.2001)";

let place, world, screen;
let broken = "";

// The tests are one morning, each goes on from the last: after a failure the others tell nothing.
function test(name, body) {
  nodeTest(name, async (context) => {
    if (broken) return context.skip(`after a failure: ${broken}`);
    broken = name;
    await body(context);
    broken = "";
  });
}

before(async () => {
  place = await startWorld({}, "console_world.py");
  world = place.world;
  screen = await openConsole(place.url);
});

after(async () => {
  await screen?.close();
  await world?.end();
});

// A call by curl, in Connect's JSON, with its status and headers; what the centre answered, error or not.
function post(method, message = {}, headers = []) {
  const said = execFileSync("curl", ["-sS", "-i", "-X", "POST", "-H", "content-type: application/json",
    ...headers.flatMap((one) => ["-H", one]), "-d", JSON.stringify(message),
    `${place.url}/keping.central.v1.${method}`]).toString();
  const [head, body] = said.split("\r\n\r\n");
  return { head, body: JSON.parse(body) };
}

async function signIn(officer, first) {
  await screen.enter(officer, first);
  await screen.sees("Pilih kata sandi sendiri", "form.gate");
  await screen.type([PASSWORD, PASSWORD]);
  await screen.filled();
}

async function signOut() {
  await screen.page.locator("#leave").click();
  await screen.sees("Kode pejabat", "form.gate");
}

const secretOf = () => screen.page.locator(".secret").first().innerText();

// Puts an officer on the roster; returns the first password.
async function addOfficer(officer, role) {
  await screen.go("#/offices");
  await screen.go("#/people");
  await screen.page.getByText("Tambah atau ubah pejabat").first().click();
  const form = screen.form("Tambah atau ubah pejabat");
  await screen.fill(form, { "Kode pejabat": officer, Peran: role });
  assert.match(await screen.send("Tambah atau ubah pejabat"), /Beri tahu hanya kepada orangnya/);
  return secretOf();
}

test("over HTTP nobody looks without a session", () => {
  for (const method of ["DistrictService/GetStatus", "DistrictService/ListCases", "PlanningService/GetForecast"]) {
    assert.match(post(method).body.message, /^K-186: /);
  }
});

test("a wrong password is refused in words", async () => {
  await screen.enter(place.officer, "salah sekali");
  await screen.sees("K-175", "#notice");
  await screen.look("gate-refused");
});

test("the first password is replaced by an own one", async () => {
  await signIn(place.officer, place.first_password);
  await screen.sees("Susut", "#offices");
});

test("the session is a cookie that no script reads and no other site sends", async () => {
  const [cookie] = await screen.page.context().cookies();
  assert.equal(cookie.httpOnly, true);
  assert.equal(cookie.sameSite, "Strict");
  assert.equal(await screen.page.evaluate(() => document.cookie), "");
  assert.equal(await screen.page.evaluate((token) =>
    JSON.stringify({ ...localStorage, ...sessionStorage }).includes(token), cookie.value), false);
  const by = [`cookie: ${cookie.name}=${cookie.value}`];
  const status = "DistrictService/GetStatus";
  assert.match(post(status, {}, by).body.message, /^K-186: /);
  assert.equal(post(status, {}, [...by, "keping-session: cookie"]).body.district, "bangli");
  const foreign = [...by, "keping-session: cookie", "origin: http://example.org"];
  assert.match(post(status, {}, foreign).body.message, /^K-333: /);
  assert.match(post(status, {}, [...by, "keping-session: cookie", "sec-fetch-site: same-site"]).body.message,
    /^K-333: /);
});

test("every screen is there in both languages, on a desk and on a telephone", async () => {
  for (const name of ["offices", "cases", "blank", "plan", "transfers", "stock", "papers", "people", "nodes",
    "policy", "audit", "national"]) {
    await screen.go(`#/${name}`);
    assert.equal(await screen.page.locator(".screen > .notice[data-kind=bad]").count(), 0, name);
    await screen.look(name);
    await screen.switchLanguage();
    await screen.picture(`${name}-en`);
    await screen.switchLanguage();
  }
  assert.deepEqual(screen.faults, []);
});

test("the page finds the centre again by itself, and then wants a sign-in", async () => {
  await world.kill_node({ node: "central" });
  await screen.sees("K-221", "#banner");
  await screen.look("centre-away");
  await world.start_node({ node: "central" });
  await screen.sees("Kode pejabat", "form.gate");
  await screen.enter(place.officer, PASSWORD);
  await screen.filled();
  await screen.sees("tersambung", "#offices");
});

test("a card that was printed twice is seen from both sides and decided by two persons", async () => {
  const second = await addOfficer(SECOND, "Atasan");
  const first = await addOfficer(RECONCILER, "Rekonsiliator");
  await signOut();
  await signIn(SECOND, second);
  await signOut();
  await signIn(RECONCILER, first);
  await screen.go("#/cases");
  await screen.look("cases-open");
  await screen.page.locator("#cases tr", { hasText: "Kartu tercetak dua kali" }).getByRole("link").first().press("Enter");
  await screen.sees("Bukti, berdampingan", "#case");
  await screen.filled();
  assert.equal(await screen.page.locator("#case .beside > div").count() >= 2, true);
  const form = screen.form("Putuskan");
  await screen.fill(form, { "Keputusan": "Terima keadaan ini", "Kode pejabat kedua": RECONCILER,
    "Kata sandi pejabat kedua": PASSWORD });
  assert.match(await screen.send("Putuskan"), /K-303/);
  // What it would do, before a second person comes: the case stays as it is.
  const state = await screen.text("#state");
  const tryIt = () => form.getByRole("button", { name: "Coba dulu" }).press("Enter");
  await tryIt();
  await screen.sees("Belum ada yang dicatat", "#decision");
  await screen.look("case-tried");
  await screen.fill(form, { "Keputusan": "Tarik kembali kartu" });
  await form.getByLabel("Kartu yang tetap berlaku", { exact: true }).selectOption({ index: 1 });
  await tryIt();
  // The judge called the other one back already.
  await screen.sees("K-306", "#decision");
  assert.equal(await screen.text("#state"), state);
  await screen.fill(form, { "Keputusan": "Terima keadaan ini" });
  await screen.fill(form, { "Kode pejabat kedua": SECOND, "Kata sandi pejabat kedua": "bukan ini" });
  assert.match(await screen.send("Putuskan"), /K-175/);
  await screen.look("case");
  await screen.fill(form, { "Kata sandi pejabat kedua": PASSWORD });
  await form.getByRole("button", { name: "Putuskan", exact: true }).press("Enter");
  await screen.sees("Diputuskan.", "#decision");
  await screen.sees(`${RECONCILER} + ${SECOND}`, "#case");
  await screen.look("case-decided");
  assert.equal((await world.cases()).filter((one) => one.code === "K-201").length, 1);
});

test("a blank's life is a time line, found by its serial", async () => {
  await screen.go("#/blank");
  await screen.page.getByLabel("Nomor seri blangko").fill(place.blank);
  await screen.press("Enter");
  await screen.sees("Blangko dikirim", ".timeline");
  await screen.sees("Blangko diterima", ".timeline");
  await screen.look("blank-life");
  await screen.go(`#/record/${place.prr}`);
  await screen.sees("Kartu dicocokkan: baik", ".timeline");
  await screen.look("record");
  await screen.go("#/blank/TIDAKADA1");
  assert.match(await screen.text(".screen > .notice"), /Tidak berhasil|tidak/);
  await screen.look("blank-unknown");
});

test("who may not do it is not offered it, and is refused it", async () => {
  await screen.go("#/transfers");
  assert.equal(await screen.page.getByRole("button", { name: "Kirim", exact: true }).count(), 0);
  const [cookie] = await screen.page.context().cookies();
  const by = [`cookie: ${cookie.name}=${cookie.value}`, "keping-session: cookie"];
  const dispatch = { node: "susut", quantity: "5", transfer: "S-1" };
  assert.match(post("DistrictService/DispatchBlanks", dispatch, by).body.message, /^K-303: /);
  assert.match(post("DistrictService/DispatchBlanks", { ...dispatch, second: SECOND }, by).body.message, /^K-300: /);
  assert.match(post("DistrictService/DispatchBlanks", { ...dispatch, by: SECOND }, by).body.message, /^K-(188|303): /);
});

test("blanks of an allotment go to an office by two persons", async () => {
  await signOut();
  await screen.enter(SECOND, PASSWORD);
  await screen.filled();
  await screen.go("#/transfers?node=susut&quantity=25");
  const form = screen.form("Kirim");
  await screen.fill(form, { "Nomor surat kiriman": "S-470/7", "Kode pejabat kedua": RECONCILER,
    "Kata sandi pejabat kedua": PASSWORD });
  assert.match(await screen.send("Kirim"), /25 blangko dan 0 kotak dikirim ke Susut/);
  await screen.look("dispatched");
  await screen.sees("di jalan", "#transfers");
  await world.wait_for_transfer({ node: "susut", transfer: "S-470/7" });
});

// Asks for the paper of a form; the name of its file, its first bytes, and what the page says to it.
async function take(form, values = {}) {
  await screen.fill(form, values);
  const [file] = await Promise.all([
    screen.page.waitForEvent("download"),
    form.getByRole("button", { name: "Unduh", exact: true }).press("Enter"),
  ]);
  const bytes = readFileSync(await file.path());
  return { name: file.suggestedFilename(), begins: bytes.subarray(0, 4).toString("latin1"), text: bytes.toString(),
    said: await form.locator(".notice").innerText() };
}

// The form of a paper beside what it is of.
async function paperForm(summary) {
  await screen.page.locator("summary", { hasText: summary }).press("Enter");
  return screen.page.locator("details.paper", { hasText: summary }).locator("form");
}

test("the minutes of what was sent are a numbered PDF, and the same again is a copy", async () => {
  await screen.page.getByRole("link", { name: "Berita acara serah terima (BAST)" }).press("Enter");
  await screen.filled();
  const form = screen.form("Unduh");
  const first = await take(form);
  assert.match(first.name, /^001-BAST-\d{4}\.pdf$/);
  assert.equal(first.begins, "%PDF");
  assert.match(first.said, /diunduh: nomor 001\/BAST\/\d{4}/);
  assert.match((await take(form, { Bentuk: "PDF, kertas A4" })).said, /SALINAN ke-1 dari nomor 001/);
  const workbook = await take(form, { Bentuk: "Excel (XLSX)" });
  assert.match(workbook.name, /^BAST-S-470-7\.xlsx$/);
  assert.match(workbook.said, /tanpa nomor/);
  const table = await take(form, { Bentuk: "CSV, satu tabel", "Tabel ke-": "1" });
  assert.match(table.name, /\.csv$/);
  await screen.sees("001/BAST/", "#register");
  await screen.look("papers-made");
});

test("a number is voided by two persons, stays in the register, and the next paper has another", async () => {
  const number = await screen.text("#register tbody th");
  await screen.page.getByText("Batalkan sebuah nomor").press("Enter");
  const form = screen.form("Batalkan");
  await screen.fill(form, { Nomor: number, Sebab: "lembar rusak", "Kode pejabat kedua": SECOND,
    "Kata sandi pejabat kedua": PASSWORD });
  assert.match(await screen.send("Batalkan"), /K-303/);
  await screen.fill(form, { "Kode pejabat kedua": RECONCILER, "Kata sandi pejabat kedua": PASSWORD });
  await form.getByRole("button", { name: "Batalkan", exact: true }).press("Enter");
  await screen.sees("batal: lembar rusak", "#register");
  assert.match((await take(screen.form("Unduh"), { Bentuk: "PDF, kertas F4" })).said, /nomor 002\/BAST/);
  await screen.look("papers-void");
});

test("a paper is asked for where its subject stands, and no file is named after a person", async () => {
  await screen.go("#/transfers");
  const month = await take(await paperForm("Laporan stok bulanan"));
  assert.match(month.name, /^001-LSB-\d{4}\.pdf$/);
  await screen.go("#/cases");
  const recalls = await take(await paperForm("Daftar penarikan kartu"), { Bentuk: "Excel (XLSX)" });
  assert.match(recalls.name, /^DPK-?.*\.xlsx$/);
  await screen.go("#/plan");
  await screen.fill(screen.form("Tampilkan"), { Desa: VILLAGE });
  await screen.send("Tampilkan");
  const invitations = await take(await paperForm("Undangan satu desa"), { Bentuk: "CSV, satu tabel" });
  assert.doesNotMatch(invitations.text, /\d{16}/);
  for (const { name } of [month, recalls, invitations]) assert.doesNotMatch(name, /\d{16}/);
  await screen.go("#/audit");
  await screen.fill(screen.form("Unduh"), { "Nomor berita acara": "470/99/2017" });
  assert.match(await screen.send("Unduh"), /K-352/);
  await screen.look("papers-elsewhere");
});

// The form below a line that opens it.
async function opened(summary) {
  await screen.page.locator("summary", { hasText: summary }).press("Enter");
  return screen.page.locator("details", { hasText: summary }).locator("form");
}

async function submit(form, button, values) {
  await screen.fill(form, values);
  await form.getByRole("button", { name: button, exact: true }).press("Enter");
  await form.locator(".notice .mark").waitFor();
  return form.locator(".notice").innerText();
}

test("a delivery is a tree: its transfers, their offices, and what became of the blanks", async () => {
  await screen.go("#/blank");
  await screen.page.getByRole("link", { name: "Jatah dan ke mana perginya" }).press("Enter");
  await screen.filled();
  await screen.page.locator("#deliveries tbody a").first().press("Enter");
  await screen.sees("Surat S-470/7 ke Susut: 25", ".tree");
  await screen.sees("kartu jadi, menunggu diserahkan · Dinas", ".tree");
  await screen.sees("Tidak dikirim ke kantor mana pun", ".tree");
  await screen.look("delivery-tree");
});

test("figures that do not add up are a case, explained in the language of the page", async () => {
  await screen.go("#/audit");
  const said = await submit(screen.form("Cocokkan angka"), "Cocokkan angka", {
    "Bagian-bagian": "kotak 1 84\nkotak 2 87\nkotak 3 95", "Jumlah menurut laporan": "258", "Nomor surat": "470/9/2017" });
  assert.match(said, /Dicatat/);
  await screen.look("figures-entered");
  await screen.go("#/cases?kind=25");
  await screen.page.locator("#cases tbody a").first().press("Enter");
  await screen.sees("Jumlah bagiannya 266 (84 + 87 + 95): totalnya kurang 8.", "#case");
  await screen.look("case-figures");
  await screen.switchLanguage();
  await screen.sees("Its own parts make 266 (84 + 87 + 95): the total says 8 fewer.", "#case");
  await screen.switchLanguage();
});

test("what the judge makes of two cards is said in Indonesian", async () => {
  const [twice] = (await world.cases()).filter((one) => one.code === "K-201");
  await screen.go(`#/case/${twice.case_id}`);
  await screen.sees(" tetap: hak cetaknya sah dan terakhir.", "#case");
  assert.equal(await screen.page.locator("#case [lang=en]").count(), 0);
});

test("a printer that broke is stated, and the offices' table knows it", async () => {
  await screen.go("#/plan");
  const form = await opened("Nyatakan keadaan printer");
  assert.match(await submit(form, "Nyatakan", { Printer: "susut-1", Kantor: "Susut (susut)" }), /susut-1 dicatat/);
  await screen.look("printer-stated");
  await screen.go("#/offices");
  await screen.sees("0 bekerja", "#offices");
});

test("two names of one blank are entered", async () => {
  await screen.go("#/blank");
  const form = await opened("Satukan dua nama");
  assert.match(await submit(form, "Satukan", { "Nomor tercetak": "Z0000001", "UID chip": "04A1B2C3D4E5F6" }),
    /Dicatat sebagai satu blangko/);
});

test("a policy is tried, and then set by two persons", async () => {
  await signOut();
  await screen.enter(RECONCILER, PASSWORD);
  await screen.filled();
  await screen.go("#/policy");
  const rule = await opened("Atur satu jenis kasus");
  await rule.getByLabel("Auditor").check();
  assert.match(await submit(rule, "Masukkan ke usulan", { Jenis: "Selisih kiriman" }), /Usulan berubah/);
  const draft = screen.form("Coba usulan");
  const days = "Kiriman tanpa kabar menjadi kasus sesudah (hari kerja)";
  assert.match(await submit(draft, "Coba usulan", { [days]: "2" }), /\d+ dari \d+ kasus akan lain/);
  await screen.look("policy-tried");
  const set = screen.form("Tetapkan usulan");
  const by = { "Kode pejabat kedua": SECOND, "Kata sandi pejabat kedua": PASSWORD };
  assert.match(await submit(set, "Tetapkan usulan", by), /K-300/);
  await screen.fill(set, { ...by, "Kode pejabat kedua": place.officer });
  await set.getByRole("button", { name: "Tetapkan usulan", exact: true }).press("Enter");
  await screen.sees("Kebijakan versi 1 berlaku.", "#policy");
  await screen.go("#/audit");
  await screen.go("#/policy");
  await screen.sees("Yang berlaku: kebijakan versi 1.", "#policy");
  assert.equal(await screen.page.getByLabel(days).inputValue(), "2");
});

test("what a revoked machine sent afterwards is believed by two persons, up to a signed entry", async () => {
  await world.print_apart({ node: "dinas" });
  await screen.go("#/nodes");
  const end = await opened("Cabut atau nyatakan hilang");
  const two = { "Kode pejabat kedua": SECOND, "Kata sandi pejabat kedua": PASSWORD };
  assert.match(await submit(end, "Akhiri", { Kantor: "Dinas (dinas)", Bagaimana: "dicabut", "Nomor surat": "470/14/2017",
    ...two }), /Diakhiri/);
  await world.heal_link({ node: "dinas" });
  await world.wait_for_claims({ node: "dinas" });
  await screen.go("#/audit");
  const accept = await opened("Terima sebagai fakta");
  await screen.look("claims");
  assert.match(await submit(accept, "Terima sampai entri itu", { "Nomor surat": "470/15/2017", ...two }),
    /Fakta sekarang sampai entri/);
});

test("an officer changes the own password", async () => {
  await screen.go("#/people");
  const form = await opened("Ganti kata sandi saya");
  const words = { "Kata sandi sekarang": PASSWORD, "Kata sandi baru": `${PASSWORD}!`, "Sekali lagi": `${PASSWORD}!` };
  assert.match(await submit(form, "Ganti kata sandi", words), /Kata sandi diganti/);
  await screen.look("password-changed");
});

test("nothing went wrong in the page's own code", () => {
  assert.deepEqual(screen.faults, []);
});
