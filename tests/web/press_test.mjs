// The print room beyond one card at the counter's page, in a real browser over a real node and IPP
// printer: batches with swapped blanks, a cancelled job, a corrected answer, the printers as machines.
import assert from "node:assert/strict";
import { after, before, test as nodeTest } from "node:test";
import { oneDay, openOffice, PASSWORD, SUPERVISORS } from "./support/office.mjs";

const CARDS_PER_DAY = 30;
const test = oneDay(nodeTest);

let place, world, screen, supervisor;
let stock = [];

before(async () => {
  ({ place, world, screen, supervisor, stock } = await openOffice("press-", { cards_per_day: CARDS_PER_DAY }));
});

after(async () => {
  await screen?.close();
  await world?.end();
});

const take = (n) => stock.splice(0, n);
const digits = async (act) => (await world.nik({ act })).slice(-4);
const newest = async () => (await world.jobs())[0];

// The jobs of the last `n` cards, in the order of their printing.
const latest = async (n) => (await world.jobs()).slice(0, n).reverse();

async function scanCard(serial, act) {
  await screen.scan(serial);
  await screen.isAt("tail");
  await screen.scan(await digits(act));
}

async function openBatch(blanks) {
  await screen.isAt("print");
  await screen.press("F3");
  await screen.isAt("hopper");
  for (const blank of blanks) await screen.scan(blank);
  await screen.sees(`${blanks.length} blangko dipindai`, ".sums");
}

test("a hopper is scanned in its order, each blank once", async () => {
  const blanks = take(5);
  await openBatch(blanks);
  await screen.scan(blanks[0]);
  await screen.sees("sudah dipindai", "#notice");
  await screen.shootBoth("hopper");
  await world.hold_card();
  await screen.press("F10");
  await screen.isAt("batch");
  await screen.sees("kartu ke-1 dari 5", "h1");
  await screen.hasFocusInScanField();
  await screen.shootBoth("batch-feeds");
});

test("a card on another blank of the tray stops the batch", async () => {
  await world.hold_card();
  await screen.sees("1 menunggu dipindai", ".sums");
  await screen.shootBoth("batch-one-out");
  const [first, second] = await latest(2);
  await screen.scan(second.blank);
  await screen.isAt("tail");
  await screen.scan(await digits(first.act));
  await screen.sees(`bukan ${first.blank}`, "#notice");
  await world.print_normally();
  await screen.sees("Blangko tertukar", "h1");
  await screen.shootBoth("batch-mismatch");
  // Nothing more was fed; the card that was under way lies on the first one's blank.
  assert.equal((await newest()).act, second.act);
  await scanCard(first.blank, second.act);
  await screen.sees("Kartu baik", "#notice");
  await screen.isAt("print");
  await screen.sees("3 blangko tidak dicetak", "#batch");
  await screen.shootBoth("batch-over");
  const settled = await latest(2);
  assert.deepEqual(settled.map(({ state, blank }) => [state, blank]),
    [["good", second.blank], ["good", first.blank]]);
});

test("cards of a batch are scanned in any order, and each shows whose it is", async () => {
  await openBatch(take(3));
  await screen.press("F10");
  await screen.sees("3 menunggu dipindai", ".sums");
  const [first, second, third] = await latest(3);
  await screen.shootBoth("batch-done");
  await scanCard(third.blank, third.act);
  await screen.sees("Kartu baik", "#notice");
  // The second and the first were swapped: the name on the card is another than that of its serial.
  await screen.scan(second.blank);
  await screen.isAt("tail");
  await screen.shootBoth("batch-tail");
  await screen.press("F4");
  await screen.isAt("pick");
  await screen.shootBoth("batch-pick");
  await screen.scan("7");
  await screen.sees("salah satu nomor urut", "#notice");
  await screen.scan("1");
  await screen.isAt("tail");
  await screen.scan(await digits(first.act));
  await screen.sees(`bukan ${first.blank}`, "#notice");
  await scanCard(first.blank, second.act);
  await screen.sees("Kartu baik", "#notice");
  await screen.isAt("print");
});

test("a spoiled card of a batch is named, and its record is printed again", async () => {
  await openBatch(take(2));
  await screen.press("F10");
  await screen.sees("2 menunggu dipindai", ".sums");
  const [first, second] = await latest(2);
  await screen.press("F2");
  await screen.isAt("pick");
  await screen.scan("1");
  await screen.isAt("spoilSerial");
  await screen.shootBoth("spoil-serial");
  await screen.scan("");
  await screen.isAt("spoil");
  await screen.scan("4");
  await screen.sees("dicetak lagi pada blangko lain", "#notice");
  await screen.isAt("finish");
  await scanCard(second.blank, second.act);
  await screen.isAt("print");
  await screen.scan(take(1)[0]);
  await screen.isAt("finish");
  const again = await newest();
  assert.equal(again.prr, first.prr);
  await screen.sees("Percobaan ke", ".whose");
  await screen.shootBoth("second-attempt");
  await scanCard(again.blank, again.act);
  await screen.sees("Kartu baik", "#notice");
});

test("what is scanned before the node answered is taken next, but not over a refusal", async () => {
  const [blank, next] = take(2);
  await screen.scan(blank);
  await screen.isAt("finish");
  const card = await newest();
  await screen.scan(blank);
  await screen.isAt("tail");
  await screen.scanAtOnce("9999", next);
  await screen.sees("K-121", "#notice");
  await screen.isAt("tail");
  await screen.scanAtOnce(await digits(card.act), next);
  await screen.sees(next, ".whose");
  await screen.isAt("finish");
  await scanCard(next, (await newest()).act);
  await screen.isAt("print");
});

test("a batch that a person stops feeds nothing more", async () => {
  await world.hold_card();
  await openBatch(take(4));
  await screen.press("F10");
  await screen.isAt("batch");
  await screen.press("F8");
  await screen.sees("Tidak ada kartu lagi", "#notice");
  await world.print_normally();
  await screen.isAt("finish");
  const job = await newest();
  await scanCard(job.blank, job.act);
  await screen.isAt("print");
  await screen.sees("3 blangko tidak dicetak", "#batch");
  assert.equal((await newest()).act, job.act);
});

test("a job that waits is cancelled by Enter alone, and a person says what came out", async () => {
  await world.printer_hangs();
  const [blank] = take(1);
  await screen.scan(blank);
  await screen.isAt("working");
  const job = await newest();
  await world.wait_for_job_at_printer({ act: job.act });
  await screen.press("F4");
  await screen.isAt("form");
  await screen.scan(blank);
  await screen.sees("Enter saja", "#notice");
  await screen.shootBoth("cancel");
  await screen.scan("");
  await screen.isAt("finish");
  await screen.sees("Pekerjaan dibatalkan", "h1");
  await screen.shootBoth("cancelled");
  await world.print_normally();
  await screen.press("F2");
  await screen.scan("3");
  await screen.sees("dicatat rusak", "#notice");
  await screen.isAt("print");
});

let corrected;

test("a card tells its story", async () => {
  await screen.scan(take(1)[0]);
  await screen.isAt("finish");
  corrected = await newest();
  await scanCard(corrected.blank, corrected.act);
  await screen.sees("Kartu baik", "#notice");
  await screen.press("F6");
  await screen.isAt("history");
  await screen.scan("FFFFFFFFFFFFFF");
  await screen.sees("K-169", "#notice");
  await screen.scan("5106010101900007");
  await screen.sees("Ini NIK", "#notice");
  await screen.scan(corrected.prr);
  await screen.sees("Kartu baik", ".story");
  await screen.scan(corrected.blank);
  await screen.sees("Kartu baik", ".story");
  await screen.sees(place.operator, ".story");
  await screen.shootBoth("history");
});

test("two persons set an answer aside; the same person twice does not", async () => {
  await screen.press("F4");
  await screen.isAt("form");
  await screen.shootBoth("correct-reason");
  await screen.scan("2");
  await screen.scan(place.operator);
  await screen.sees("kode Anda sendiri", "#notice");
  await screen.scan("op-tidak-ada");
  await screen.scan(PASSWORD);
  // Another person is asked for, and not another password of that one.
  await screen.sees("K-101", "#notice");
  assert.equal(await screen.page.locator("#scan").getAttribute("type"), "text");
  await screen.scan(supervisor);
  await screen.scan("bukan kata sandi");
  await screen.sees("K-175", "#notice");
  assert.equal(await screen.page.locator("#scan").getAttribute("type"), "password");
  await screen.shootBoth("correct-password");
  await screen.scan(SUPERVISORS);
  await screen.isAt("finish");
  await screen.sees("dikesampingkan", "#notice");
  await screen.sees(corrected.blank, "#reopened");
  assert.equal(await screen.page.locator("#scan").getAttribute("type"), "text");
  await screen.shootBoth("reopened");
  // No printer waits for it.
  await screen.press("Escape");
  await screen.isAt("print");
  await screen.page.locator("#reopened button").focus();
  await screen.press("Enter");
  await screen.isAt("finish");
  await screen.press("F2");
  await screen.scan("4");
  await screen.sees("dicatat rusak", "#notice");
  await screen.press("F6");
  await screen.scan(corrected.blank);
  await screen.sees("dikesampingkan", ".story [data-aside=true]");
  await screen.sees(`${place.operator} + ${supervisor}`, ".story");
  await screen.shootBoth("history-corrected");
  await screen.press("Escape");
});

async function choose(number) {
  await screen.isAt("upkeep");
  await screen.scan(String(number));
  await screen.isAt("form");
}

test("a test card consumes a blank", async () => {
  await screen.press("F7");
  await screen.isAt("upkeep");
  await screen.hasFocusInScanField();
  await screen.shootBoth("upkeep");
  const before = Number((await world.status()).blanks_spoiled);
  const [blank] = take(1);
  await choose(1);
  await screen.shootBoth("test-card");
  await screen.scan(blank);
  await screen.sees("Kartu uji dikirim", "#notice");
  assert.equal(Number((await world.status()).blanks_spoiled), before + 1);
  await choose(1);
  await screen.scan(blank);
  await screen.sees("K-111", "#notice");
  await screen.press("Escape");
});

test("a cleaning card, and a ribbon from its box to its destruction", async () => {
  await choose(2);
  await screen.shootBoth("cleaning");
  await screen.scan("");
  await screen.sees("Perawatan susut-1 dicatat", "#notice");
  await choose(5);
  await screen.scan("RB-2017-0042");
  await screen.scan("0");
  await screen.sees("masuk akal", "#notice");
  await screen.scan("500");
  await screen.sees("RB-2017-0042 terpasang", "#notice");
  await screen.shootBoth("ribbon-in");
  await choose(5);
  await screen.shootBoth("ribbon-out");
  await screen.scan("0");
  await screen.sees("RB-2017-0042 dilepas", "#notice");
  await choose(7);
  await screen.shootBoth("destroy");
  await screen.scan("1");
  await screen.scan(supervisor);
  await screen.scan(SUPERVISORS);
  await screen.sees("Pemusnahan RB-2017-0042 dicatat", "#notice");
});

test("an override is not for an operator", async () => {
  await screen.isAt("upkeep");
  await screen.seesNot("Izin khusus kepala loket", ".upkeep");
  await screen.scan("9");
  await screen.sees("salah satu nomor", "#notice");
  const guard = { kind: 1, printer: "susut-1", prints: 5, reason: 1, operatorId: place.operator };
  assert.match((await screen.call("PressService/GrantOverride", guard)).message, /^K-172: /);
});

test("a supervisor grants prints and corrects the day with a second person", async () => {
  await screen.page.getByRole("button", { name: "Keluar" }).click();
  await screen.sees("Kode petugas", "form.gate");
  await screen.enter(supervisor, SUPERVISORS);
  await screen.isAt("print");
  await screen.press("F7");
  await choose(9);
  for (const answer of ["1", "5"]) await screen.scan(answer);
  await screen.shootBoth("override");
  await screen.scan("1");
  await screen.sees("Izin dicatat", "#notice");
  await choose(10);
  await screen.scan("31-02-2017");
  await screen.sees("hari-bulan-tahun", "#notice");
  await screen.scan("27-04-2017");
  await screen.scan(place.operator);
  await screen.scan(PASSWORD);
  await screen.sees("dibetulkan", "#notice");
  await screen.sees("27 Apr 2017", ".hint");
  await screen.shootBoth("day-corrected");
});

test("a printer leaves with a slip and comes back by it", async () => {
  await choose(8);
  await screen.shootBoth("release");
  await screen.scan("");
  await screen.isAt("told");
  await screen.shootBoth("slip");
  const slip = /KEPING-SLIP.*/.exec(await screen.text(".slip"))[0];
  await screen.press("Escape");
  await screen.scan(stock[0]);
  await screen.sees("K-102", "#notice");
  await screen.press("F7");
  await choose(8);
  await screen.shootBoth("adopt");
  await screen.scan("2");
  await screen.paste(`${slip.slice(0, -1)}x`);
  await screen.sees("K-162", "#notice");
  await screen.paste(slip);
  await screen.sees("dipakai di sini", "#notice");
  await screen.sees("di kantor ini", ".upkeep");
  await screen.shootBoth("adopted");
});

test("the page's code had no fault", () => assert.deepEqual(screen.faults, []));
