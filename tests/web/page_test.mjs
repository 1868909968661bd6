// A day at the counter's page in a real browser, over a real node, centre, link and IPP printer; and
// the same API by clients that nobody here wrote.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test as nodeTest } from "node:test";
import { clientParts } from "./support/page_parts.mjs";
import { openScreen } from "./support/screen.mjs";
import { startWorld } from "./support/world.mjs";

const ARCHITECTURES = { x64: "x64", arm64: "aarch64" };
const PASSWORD = "kopi bangli 2017";

let place, world, screen;
let stock = [];
let broken = "";

// The tests are one day, each goes on from the last: after a failure the others tell nothing.
function test(name, body) {
  nodeTest(name, async (context) => {
    if (broken) return context.skip(`after a failure: ${broken}`);
    broken = name;
    await body(context);
    broken = "";
  });
}

before(async () => {
  place = await startWorld();
  world = place.world;
  screen = await openScreen(place.url);
});

after(async () => {
  await screen?.close();
  await world?.end();
});

// A call by curl, in Connect's JSON; what the node answered, error or not.
function post(method, message, token = "") {
  const more = token ? ["-H", `authorization: Bearer ${token}`] : [];
  return JSON.parse(execFileSync("curl", ["-sS", "-X", "POST", "-H", "content-type: application/json",
    "-d", JSON.stringify(message), ...more, `${place.url}/keping.edge.v1.${method}`]).toString());
}

const signIn = () =>
  post("PeopleService/SignIn", { person: place.operator, password: PASSWORD }).token;

const nikTail = async (act) => (await world.nik({ act })).slice(-4);
const openJob = async () => (await world.jobs())[0];

// Prints on the next blank of the stock; returns the job once its card waits for a scan.
async function printCard() {
  const blank = stock.shift();
  await screen.isAt("print");
  await screen.scan(blank);
  await screen.isAt("finish");
  return openJob();
}

async function verify(job, blank = job.blank) {
  await screen.scan(blank);
  await screen.isAt("tail");
  await screen.scan(await nikTail(job.act));
}

test("a wrong password is refused in words", async () => {
  await screen.enter(place.operator, "salah sekali");
  await screen.sees("K-175", "#notice");
  await screen.shoot("gate-refused");
});

test("the first password is replaced by an own one", async () => {
  await screen.enter(place.operator, place.first_password.toLowerCase());
  await screen.sees("Pilih kata sandi sendiri", "form.gate");
  await screen.shoot("gate-new-password");
  await screen.type([PASSWORD, PASSWORD]);
  await screen.isAt("print");
});

test("signing in opens the desk, ready to scan", async () => {
  await screen.press("F5");
  await screen.isAt("print");
  await screen.page.getByRole("button", { name: "Keluar" }).click();
  await screen.sees("Kode petugas", "form.gate");
  await screen.enter(place.operator, PASSWORD);
  await screen.isAt("print");
  await screen.sees("susut-1", "#printers");
  await screen.sees("tidak terjangkau", "#printers");
  await screen.sees("Printer tidak dapat dihubungi. (K-148)", "#printers");
  await screen.hasFocusInScanField();
  await screen.shoot("desk-empty");
});

test("a locked screen opens with the password", async () => {
  assert.deepEqual(await screen.call("PeopleService/LockScreen", {}), {});
  await screen.page.reload();
  await screen.sees("Layar terkunci", "form.gate");
  await screen.shoot("gate-locked");
  await screen.type([PASSWORD]);
  await screen.isAt("print");
});

test("blanks are received by scan, with the differences before they count", async () => {
  const transfer = await world.dispatch();
  await screen.sees("Terima kiriman", "#transfers");
  await screen.shoot("transfer-waits");
  await screen.press("F8");
  await screen.isAt("receive");
  const items = transfer.serials.split(",");
  const chip = items.find((item) => /^(?=.*[A-F])[0-9A-F]{14}$/.test(item));
  await screen.page.selectOption("#counter", "loket-1");
  await screen.scan(chip.match(/../g).reverse().join("").toLowerCase());
  await screen.sees(chip, ".serials");
  await screen.page.selectOption("#counter", "loket-2");
  await screen.sees("K-239", "#reader");
  await screen.shoot("reader-gone");
  await screen.page.selectOption("#counter", "");
  await screen.scan(items[0]);
  await screen.scan(items[0]);
  await screen.sees("sudah dipindai", "#notice");
  await screen.scanAtOnce(items[1], items[1]);
  await screen.sees("Terbaca dua kali", "#notice");
  await screen.paste(items.slice(2).join("\n"));
  await screen.sees("0 belum dipindai", ".sums");
  await screen.shoot("receiving");
  await screen.press("F10");
  await screen.sees("kurang 0", "#notice");
  stock = items.filter((item) => !item.includes(".."));
  assert.ok(stock.length >= 8, "some blanks are single chips");
});

test("a paste is no scan, and a NIK is no blank", async () => {
  await screen.paste(stock[0]);
  await screen.sees("Jangan menempel", "#notice");
  await screen.scan("5106010101900007");
  await screen.sees("Ini NIK", "#notice");
  await screen.sees("K-231", "#notice");
  await screen.scan("04A1B2C304A1B2C3");
  await screen.sees("K-233", "#notice");
  await screen.shoot("wrong-input");
});

test("a chip at the node's reader is a scan at the screen of its counter", async () => {
  await screen.page.selectOption("#counter", "loket-3");
  const chip = stock.findLast((serial) => /^(?=.*[A-F])[0-9A-F]{14}$/.test(serial));
  await world.hold({ chip });
  await screen.page.locator(`#scan[placeholder="${chip}"]`).waitFor();
  await screen.sees("K-102", "#notice");
  await screen.shoot("read-at-node");
  await world.hold({ chip: "" });
  await screen.page.selectOption("#counter", "");
});

test("nobody is certified: the refusal is a sentence with its code", async () => {
  await screen.scan(stock[0]);
  await screen.sees("belum bersertifikat", "#notice");
  await screen.sees("K-102", "#notice");
  await screen.shoot("refused-not-trained");
  await world.certify();
});

test("a card: scan the blank, compare, scan the card, four digits", async () => {
  const job = await printCard();
  const name = await screen.text(".whose .name");
  assert.match(name, /\p{Lu}{2}/u);
  assert.ok(await screen.page.locator(".whose img").evaluate((photo) => photo.naturalWidth > 0));
  await screen.shoot("finish");
  await screen.scan(job.blank);
  await screen.isAt("tail");
  await screen.scan("9999");
  await screen.sees("K-121", "#notice");
  await screen.shoot("wrong-digits");
  await screen.scan(await nikTail(job.act));
  await screen.sees("Kartu baik", "#notice");
  await screen.isAt("print");
  await screen.hasFocusInScanField();
  // Whose card it was, nobody sees any longer: not here, not by the API.
  await screen.seesNot(name);
  assert.equal((await openJob()).state, "good");
  await screen.shoot("good");
});

test("a killed node: the page waits, then asks about the card in doubt", async () => {
  await world.hold_card();
  const blank = stock.shift();
  await screen.scan(blank);
  await screen.isAt("working");
  await screen.shoot("working");
  const job = await openJob();
  await world.wait_for_job_at_printer({ act: job.act });
  await world.kill_node();
  await screen.sees("K-221", "#banner");
  await screen.shoot("node-gone");
  await world.start_node();
  // A node that starts again knows no session.
  await screen.sees("Kata sandi", "form.gate");
  await screen.type([PASSWORD]);
  await screen.isAt("finish");
  await screen.sees("keluar dari printer? Pindai kartunya.", "h1");
  await screen.sees("Menunggu jawaban", "#printers");
  await screen.shoot("doubt");
  await world.print_normally();
  await world.wait_for_card({ act: job.act });
  await verify(job, "FFFFFFFFFFFFFF");
  await screen.sees("K-122", "#notice");
  await screen.isAt("finish");
  await verify(job);
  await screen.sees("Kartu baik", "#notice");
  await screen.seesNot("Menunggu jawaban", "#printers");
});

test("the printer fails: the blank that stayed empty goes back", async () => {
  await world.printer_fails();
  const job = await printCard();
  await screen.sees("Printer berhenti", "h1");
  await screen.shoot("failed");
  await screen.press("F4");
  await screen.isAt("unused");
  await screen.scan(stock[0]);
  await screen.sees("bukan blangko", "#notice");
  await screen.scan(job.blank);
  await screen.sees("kembali ke baki", "#notice");
  stock.unshift(job.blank);
  await world.print_normally();
});

test("an outage: work goes on, and the screen says what is not proven", async () => {
  // What the centre does not know of a record, it cannot count as withdrawn.
  await world.wait_for_proof();
  await world.cut_link();
  await screen.sees("Tanpa sambungan", "#link");
  const job = await printCard();
  await screen.press("F2");
  await screen.isAt("spoil");
  await screen.shoot("spoil");
  await screen.scan("3");
  await screen.sees("dicatat rusak", "#notice");
  assert.equal((await openJob()).state, "spoiled");
  assert.ok(!/^0$/.test(await screen.text("#proof li:nth-child(2) .value")));
  await screen.shoot("outage");
  // The nation withdraws the next record, which this office cannot know.
  const [next] = await world.queue();
  await world.withdraw({ prr: next.prr });
  const unaware = await printCard();
  assert.equal(unaware.prr, next.prr);
  assert.notEqual(unaware.act, job.act);
  await verify(unaware);
  await screen.sees("Kartu baik", "#notice");
});

test("one card over the duty is refused", async () => {
  await screen.sees("Sisa hari ini: 0 dari 4", "#printers");
  await screen.scan(stock[0]);
  await screen.sees("K-113", "#notice");
  await screen.sees("sudah habis", "#notice");
  await screen.shoot("refused-over-duty");
});

test("the link returns: a recall comes, and all is proven", async () => {
  await world.heal_link();
  await screen.sees("Tersambung", "#link");
  await world.wait_for_order();
  await screen.sees("Tarik kembali kartu ini", "#orders");
  await screen.shoot("order-waits");
  await screen.page.locator("#orders button").focus();
  await screen.press("Enter");
  await screen.isAt("order");
  await screen.shoot("order");
  await screen.scan("");
  await screen.sees("Dilaporkan", "#notice");
  await world.wait_for_proof();
  const { proof_code } = await world.status();
  await screen.sees(proof_code, "#proof");
  await screen.sees("0belum terbukti", "#proof li:nth-child(2)");
  await screen.shoot("proven");
  // The district compares it with what it holds: from a photo, or over the phone.
  const [log, seq, digits] = (await screen.readQr("#proof .qr")).split(" ");
  assert.ok(digits.startsWith(proof_code));
  const same = await world.compare_head({ log, seq, code: digits });
  assert.equal(same.comparison, "HEAD_COMPARISON_SAME");
  const other = await world.compare_head({ log: "susut", seq, code: "00000000" });
  assert.deepEqual([other.comparison, other.held_code], ["HEAD_COMPARISON_OTHER", proof_code]);
});

test("the other language stays after a reload, and so does the desk", async () => {
  await screen.page.locator("#language").focus();
  await screen.press("Enter");
  await screen.sees("has printed all it may today", "h1");
  await screen.page.reload();
  await screen.sees("has printed all it may today", "h1");
  await screen.sees("The printer cannot be reached. (K-148)", "#printers");
  await screen.sees("Left today: 0 of 4", "#printers");
  await screen.hasFocusInScanField();
  await screen.shoot("english");
});

test("the focus returns to the scan field", async () => {
  await screen.page.locator("#plan").click();
  await screen.hasFocusInScanField();
  await screen.press("Tab");
  await screen.press("Tab");
  await screen.page.keyboard.type("04");
  await screen.hasFocusInScanField();
  assert.equal(await screen.page.locator("#scan").inputValue(), "04");
});

test("the page's code had no fault", () => assert.deepEqual(screen.faults, []));

test("curl signs in and speaks to the API, in the own name only", () => {
  const token = signIn();
  assert.equal(post("CounterService/GetStatus", {}, token).node, "susut");
  assert.equal(post("CounterService/GetStatus", {}).code, "unauthenticated");
  const print = { operatorId: "op-other", blank: "A0001" };
  assert.match(post("CounterService/Print", print, token).message, /^K-188: /);
  assert.deepEqual(post("PeopleService/SignOut", { token }, token), {});
  assert.match(post("CounterService/GetStatus", {}, token).message, /^K-186: /);
});

test("the page's session is a cookie that its scripts cannot read, and that other sites cannot use", async () => {
  assert.ok(!(await screen.page.evaluate(() => document.cookie)).includes("keping"));
  const [cookie] = await screen.page.context().cookies(place.url);
  assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite], ["keping-susut", true, "Strict"]);
  const stored = await screen.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!stored.includes(cookie.value));
  const curl = (...headers) => JSON.parse(execFileSync("curl", ["-sS", "-d", "{}",
    "-H", "content-type: application/json", "-H", `cookie: keping-susut=${cookie.value}`,
    ...headers.flatMap((header) => ["-H", header]), `${place.url}/keping.edge.v1.CounterService/GetStatus`]).toString());
  assert.equal(curl("keping-session: cookie").node, "susut");
  assert.equal(curl().code, "unauthenticated");
  assert.match(curl("keping-session: cookie", "origin: http://elsewhere.example").message, /^K-333: /);
  assert.match(curl("keping-session: cookie", "sec-fetch-site: cross-site").message, /^K-333: /);
});

test("the office's network is served with TLS, by the node's certificate", () => {
  const url = `https://susut:${place.tls_port}`;
  const curl = (...more) =>
    execFileSync("curl", ["-sS", "--resolve", `susut:${place.tls_port}:127.0.0.1`, ...more, url],
      { stdio: ["ignore", "pipe", "ignore"] }).toString();
  assert.match(curl("--cacert", place.authority), /<title>Keping/);
  assert.throws(() => curl(), "a certificate of nobody's authority");
});

test("buf curl speaks to the API", (context) => {
  if (!ARCHITECTURES[process.arch]) return context.skip("buf is not packaged for this machine");
  const buf = join(process.env.KEPING_WEB_TOOLS,
    `node_modules/@bufbuild/buf-linux-${ARCHITECTURES[process.arch]}/bin/buf`);
  const answer = execFileSync(buf, ["curl", "--schema", "../../proto", "--protocol", "connect",
    "-H", `authorization: Bearer ${signIn()}`, "-d", "{}",
    `${place.url}/keping.edge.v1.ScreenService/GetOffice`]);
  assert.equal(JSON.parse(answer).officeName, "Susut");
});

test("the Connect library streams and reads errors", async () => {
  const { createClient, createConnectTransport, ScreenService } = await clientParts();
  const token = signIn();
  for (const useBinaryFormat of [false, true]) {
    const client = createClient(ScreenService, createConnectTransport({
      baseUrl: place.url,
      useBinaryFormat,
      interceptors: [(next) => (request) => {
        request.header.set("authorization", `Bearer ${token}`);
        return next(request);
      }],
    }));
    for await (const { status } of client.watchStatus({})) {
      assert.equal(status.cardsGood, 3n);
      break;
    }
    // The card of a settled job: its name is not shown again.
    const { act } = await openJob();
    await assert.rejects(client.getCard({ act }), /failed_precondition.*K-223/);
  }
});

test("who guesses passwords is locked out, also with the right one", () => {
  const enter = (password) => post("PeopleService/SignIn", { person: place.operator, password });
  let tries = 0;
  for (; !/^K-174: /.test(enter("salah sekali").message) && tries < 20; ++tries);
  assert.ok(tries > 1 && tries < 20);
  const { code, message } = enter(PASSWORD);
  assert.equal(code, "resource_exhausted");
  assert.match(message, /^K-174: /);
});
