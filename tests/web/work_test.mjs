// Other work at the counter's page, in a real browser over a real node, by keyboard and scanner alone: a
// count that differs from the book, blanks lent, cards destroyed by two persons, a village's cards from the
// list to the answer, and a resident who asks.
import assert from "node:assert/strict";
import { after, before, test as nodeTest } from "node:test";
import { oneDay, openOffice, PASSWORD, SUPERVISORS } from "./support/office.mjs";

const CARDS_PER_DAY = 30;
const test = oneDay(nodeTest);

let place, world, screen, supervisor;
let stock = [];

before(async () => {
  ({ place, world, screen, supervisor, stock } = await openOffice("work-", { cards_per_day: CARDS_PER_DAY }));
});

after(async () => {
  await screen?.close();
  await world?.end();
});

const take = (n) => stock.splice(0, n);

// By the words of a row: its number may change when another row comes.
async function choose(words) {
  await screen.press("F12");
  await screen.isAt("menu");
  const row = await screen.page.locator(".menu li", { hasText: words }).first().innerText();
  await screen.scan(/^\d+/.exec(row)[0]);
}

async function begin(words) {
  await choose(words);
  await screen.isAt("form");
  await screen.hasFocusInScanField();
}

async function proveSecond(person = supervisor, password = SUPERVISORS) {
  await screen.sees("Orang kedua", "label");
  await screen.scan(person);
  await screen.scan(password);
}

async function printGoodCard() {
  const [blank] = take(1);
  await screen.isAt("print");
  await screen.scan(blank);
  await screen.isAt("finish");
  const [job] = await world.jobs();
  await screen.scan(blank);
  await screen.isAt("tail");
  await screen.scan((await world.nik({ act: job.act })).slice(-4));
  await screen.sees("Kartu baik", "#notice");
  return job;
}

test("other work is a list of numbers", async () => {
  await screen.press("F12");
  await screen.isAt("menu");
  await screen.hasFocusInScanField();
  await screen.look("menu");
  await screen.scan("99");
  await screen.sees("salah satu nomor", "#notice");
  await screen.press("Escape");
  await screen.isAt("print");
});

test("a count says what is missing and what is too much", async () => {
  const [missing, lastOne, ...others] = stock;
  await begin("Hitung blangko di baki");
  await screen.look("count-empty");
  await screen.scan("");
  await screen.isAt("form");
  await screen.scan(lastOne);
  await screen.scan("04FFFFFFFFFFFF");
  await screen.paste(others.join(","));
  await screen.sees(`${stock.length} dipindai`, ".sums");
  await screen.scan(lastOne);
  await screen.sees("sudah dipindai", "#notice");
  await screen.look("count");
  await screen.press("F10");
  await screen.sees("ikut menghitung", ".hint");
  // One step back, and nothing is lost.
  await screen.press("Escape");
  await screen.sees(`${stock.length} dipindai`, ".sums");
  await screen.press("F10");
  await screen.look("count-second");
  await proveSecond();
  await screen.isAt("told");
  await screen.sees("berbeda dari buku", "h1");
  await screen.sees(missing, ".told");
  await screen.sees("04FFFFFFFFFFFF: menurut buku tidak dikenal", ".told");
  await screen.sees("kurang 1, lebih 1", "#notice");
  await screen.look("count-differs");
  await screen.press("Escape");
  await screen.isAt("print");
});

test("a count that fits needs nobody else", async () => {
  await begin("Hitung tumpukan rusak");
  await screen.press("F10");
  await screen.scan("");
  await screen.sees("sama dengan buku", "#notice");
  await screen.isAt("print");
});

test("blanks are lent by two persons, and the screen says the number for the paper", async () => {
  const bundle = take(3);
  await begin("Pinjamkan blangko");
  await screen.look("lend");
  await screen.scan("kintamani");
  await screen.press("F10");
  await screen.sees("Belum ada yang dipindai", "#notice");
  for (const blank of bundle) await screen.scan(blank);
  await screen.sees("3 dipindai", ".sums");
  await screen.look("lend-scans");
  await screen.press("F10");
  await screen.scan(place.operator);
  await screen.sees("kode Anda sendiri", "#notice");
  await screen.look("lend-refused");
  await proveSecond();
  await screen.isAt("told");
  await screen.sees("Tulis nomor ini", "h1");
  await screen.look("lent");
  await screen.press("Escape");
  await choose("Lihat pinjaman");
  await screen.isAt("told");
  await screen.sees("3 keping ke kintamani", ".told");
  await screen.look("lendings");
  await screen.press("Escape");
});

test("an act that has nothing to choose from says so", async () => {
  await choose("Terima pinjaman");
  await screen.sees("Tidak ada pinjaman", "#notice");
  await screen.isAt("menu");
  await screen.press("Escape");
});

test("two persons destroy spoiled cards before witnesses", async () => {
  const spoiled = take(2);
  for (const blank of spoiled) {
    await begin("Catat blangko rusak");
    await screen.scan(blank);
    await screen.scan("5");
    if (blank === spoiled[0]) await screen.look("spoil");
    await screen.scan("2");
    await screen.sees("dicatat rusak", "#notice");
  }
  await begin("Musnahkan kartu rusak");
  await screen.scan("BA-17/2017");
  await screen.scan("I Wayan Saksi");
  await screen.look("destroy-witness");
  await screen.scan("Ni Made Saksi");
  await screen.scan("");
  for (const blank of [...spoiled, stock[0]]) await screen.scan(blank);
  await screen.sees("3 dipindai", ".sums");
  // Scans are not thrown away by one key.
  await screen.press("Escape");
  await screen.sees("sekali lagi", "#notice");
  await screen.look("destroy-scans");
  await screen.press("F10");
  await proveSecond();
  await screen.sees("K-197", "#notice");
  await screen.look("destroy-refused");
  // The one that is not spoiled comes out again: back to the scans, and the last is struck off.
  for (let i = 0; i < 2; ++i) await screen.press("Escape");
  await screen.sees("3 dipindai", ".sums");
  await screen.press("F4");
  await screen.sees("2 dipindai", ".sums");
  await screen.press("F10");
  await proveSecond();
  await screen.sees("Pemusnahan 2 keping dicatat", "#notice");
  await screen.isAt("print");
});

let card;

test("a village's cards go on a list, and its paper has their names", async () => {
  card = await printGoodCard();
  await begin("Buat daftar serah terima");
  await screen.look("manifest-village");
  await screen.scan("1");
  await screen.scan("");
  await screen.sees("Ketik 1", "#notice");
  await screen.look("manifest-sure");
  await screen.scan("1");
  await screen.isAt("told");
  await screen.sees("Daftar dibuat: 1 kartu", "h1");
  await screen.look("manifest-made");
  await screen.press("F10");
  await screen.sees(card.blank, ".slip");
  await screen.look("manifest-paper");
  // On paper there is all of it, and nothing else.
  await screen.page.emulateMedia({ media: "print" });
  const hidden = await screen.page.evaluate(() => {
    const { clientHeight, scrollHeight } = document.querySelector(".slip");
    return [scrollHeight - clientHeight, getComputedStyle(document.querySelector("header")).display];
  });
  assert.deepEqual(hidden, [0, "none"]);
  await screen.page.emulateMedia({ media: null });
  const download = screen.page.waitForEvent("download");
  await screen.press("F8");
  assert.match((await download).suggestedFilename(), /\.pdf$/);
  await screen.press("Escape");
  await screen.isAt("print");
});

test("the courier takes them, and the village answers", async () => {
  await begin("Kartu dibawa kurir desa");
  await screen.look("hand-over");
  await screen.scan("1");
  await screen.scan("I Nengah Kurir");
  await screen.look("hand-over-sure");
  await screen.scan("1");
  await screen.sees("1 kartu tercatat keluar", "#notice");
  await begin("Jawaban dari desa");
  await screen.look("answer");
  await screen.scan("1");
  await screen.press("F10");
  await screen.press("F10");
  await screen.look("answer-rest");
  await screen.scan("");
  await screen.isAt("form");
  await screen.scan("1");
  await screen.sees("diterima warga 1, kembali 0", "#notice");
  await begin("Lihat atau cetak daftar");
  await screen.scan("1");
  await screen.isAt("told");
  await screen.sees(`${card.blank}: menurut buku sudah di tangan warga`, ".told");
  await screen.look("manifest-settled");
  await screen.press("Escape");
});

test("a resident takes a card at the counter", async () => {
  const job = await printGoodCard();
  await begin("Warga mengambil kartunya");
  await screen.scan(job.blank);
  await screen.look("at-counter");
  await screen.scan("1");
  await screen.sees("diterima warga", "#notice");
  await begin("Warga mengambil kartunya");
  await screen.scan(job.blank);
  await screen.scan("1");
  await screen.sees("K-192", "#notice");
  await screen.press("Escape");
  await screen.press("Escape");
});

// What the page and its browser keep.
const kept = () => screen.page.evaluate(() =>
  document.documentElement.outerHTML + document.querySelector("#scan").value +
  JSON.stringify({ ...sessionStorage, ...localStorage }) + location.href);

test("a resident who asks is told, and the page keeps no NIK", async () => {
  const nik = await world.nik({ act: card.act });
  await begin("Warga menanyakan");
  await screen.look("status");
  await screen.scan(nik.slice(1));
  await screen.sees("K-23", "#notice");
  await screen.scan(nik);
  await screen.isAt("told");
  await screen.sees("sudah diterima", "h1");
  await screen.look("status-told");
  assert.ok(!(await kept()).includes(nik));
  await screen.press("F10");
  await screen.isAt("form");
  await screen.scan("5106010101900009");
  await screen.sees("tidak dikenal", "h1");
  await screen.press("Escape");
  await screen.isAt("print");
  assert.ok(!(await kept()).includes(nik));
});

test("a ribbon comes and is counted by two persons", async () => {
  await begin("Terima pita");
  await screen.look("supply-kind");
  for (const answer of ["1", "RB-2017-0099", "500", ""]) await screen.scan(answer);
  await screen.sees("RB-2017-0099 dicatat di persediaan", "#notice");
  await begin("Periksa persediaan pita");
  await screen.look("supply");
  for (const answer of ["RB-2017-0099", "2", "1"]) await screen.scan(answer);
  await proveSecond();
  await screen.sees("di persediaan sekarang 1", "#notice");
});

test("the page's code had no fault", () => assert.deepEqual(screen.faults, []));
