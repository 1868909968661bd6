// What a scan means at the counter's desk: one row per case.
import assert from "node:assert/strict";
import test from "node:test";
import { pureParts } from "./support/page_parts.mjs";

const { ACTS, answer, askedAnew, baseTask, before, blankForm, cardOfAnotherJob, choicesOf, close, closed, compare, correctable, dayOf,
  difference, expand, expandItem, fieldOf, interpret, jobOf, namedOrChosen, offered, only, othersOut, question,
  questionsOf, renewed, saidOf, stepBack, textsOf, upkeepOf, variance, wholeNumber, withoutLast, workOf,
  WORK } = await pureParts();

const job = (state, over = {}) => ({ act: "a1", blank: "04A1", printer: "p1", state, ...over });
const transfer = { transfer: "t1", serials: "A01..A03", quantity: 3n };
const action = { action: "o1", kind: 1 };

test("the printer's open job decides the task", () => {
  assert.equal(baseTask([], "p1").kind, "print");
  assert.equal(baseTask([job("completed")], "p2").kind, "print");
  for (const [state, kind] of [
    ["intended", "working"],
    ["sent", "working"],
    ["completed", "finish"],
    ["failed", "finish"],
    ["doubt", "finish"],
  ]) {
    const task = baseTask([job(state)], "p1");
    assert.equal(task.kind, kind, state);
    assert.equal(jobOf(task).act, "a1");
  }
});

const finish = { kind: "finish", job: job("completed") };
const tail = { kind: "tail", job: job("completed"), serial: "04A1" };

for (const [name, task, input, want] of [
  ["a blank is printed", { kind: "print" }, "04A1B2", { do: "print", blank: "04A1B2" }],
  ["Enter alone never prints", { kind: "print" }, "  ", { do: "nothing" }],
  ["a scan while the printer works is held off", { kind: "working", job: job("sent") }, "04A1", { do: "say", key: "scan.wait" }],
  ["a finished card leads to its digits", finish, "04A1", { do: "go", to: tail }],
  ["four digits verify", tail, "0007", { do: "verify", job: tail.job, serial: "04A1", tail: "0007" }],
  ["three digits do not", tail, "007", { do: "say", key: "tail.four" }],
  ["a second scan is not taken for digits", tail, "04A1", { do: "say", key: "tail.four" }],
  ["a cause spoils the card", { kind: "spoil", job: finish.job, serial: "" }, "3",
    { do: "spoil", job: finish.job, serial: "", cause: 3 }],
  ["no cause, no spoil", { kind: "spoil", job: finish.job, serial: "" }, "6", { do: "say", key: "cause.choose" }],
  ["the same blank is released", { kind: "unused", job: job("failed") }, "04A1", { do: "release", job: job("failed") }],
  ["another blank is not", { kind: "unused", job: finish.job }, "04A2",
    { do: "say", key: "unused.otherBlank", values: { blank: "04A1" } }],
  ["a spoiled blank asks for its cause", { kind: "spoilBlank" }, "04A9", { do: "go", to: { kind: "spoilBlankCause", serial: "04A9" } }],
  ["and is spoiled", { kind: "spoilBlankCause", serial: "04A9" }, "1", { do: "spoilBlank", serial: "04A9", cause: 1 }],
  ["a delivery takes scans", { kind: "receive", transfer, scanned: ["A01"] }, "A02",
    { do: "go", to: { kind: "receive", transfer, scanned: ["A01", "A02"] } }],
  ["and ranges, each blank once", { kind: "receive", transfer, scanned: ["A01"] }, "A01..A03",
    { do: "go", to: { kind: "receive", transfer, scanned: ["A01", "A02", "A03"] } }],
  ["a blank scanned twice is told", { kind: "receive", transfer, scanned: ["A01"] }, "A01", { do: "say", key: "receive.twice" }],
  ["and lists of both", { kind: "receive", transfer, scanned: [] }, "A01..A02,04B2",
    { do: "go", to: { kind: "receive", transfer, scanned: ["A01", "A02", "04B2"] } }],
  ["Enter reports an order as done", { kind: "order", action }, "", { do: "acknowledge", action }],
  ["a stray scan does not", { kind: "order", action }, "04A1", { do: "say", key: "order.enterOnly" }],
  ["the hopper keeps the order", { kind: "hopper", blanks: ["A02"] }, "A01",
    { do: "go", to: { kind: "hopper", blanks: ["A02", "A01"] } }],
  ["a blank lies once in the hopper", { kind: "hopper", blanks: ["A02"] }, "A02",
    { do: "say", key: "hopper.twice", values: { blank: "A02" } }],
  ["a hopper takes 200", { kind: "hopper", blanks: expand("A001..A200") }, "B1",
    { do: "say", key: "hopper.full", values: { n: 200 } }],
  ["a card's serial leads to its story", { kind: "history" }, "04a1", { do: "readHistory", subject: "04a1" }],
]) {
  test(name, () => assert.deepEqual(interpret(task, input), want));
}

test("a card of another printer finds its own job", () => {
  const other = job("doubt", { act: "a2", blank: "04B2", printer: "p2" });
  const found = cardOfAnotherJob([finish.job, other], finish, "04B2");
  assert.deepEqual(found, { kind: "tail", job: other, serial: "04B2" });
  assert.equal(cardOfAnotherJob([finish.job, other], finish, "04A1"), undefined);
  assert.equal(cardOfAnotherJob([finish.job, other], tail, "04B2"), undefined);
  const working = { ...other, state: "sent" };
  assert.equal(cardOfAnotherJob([working], { kind: "print" }, "04B2"), undefined);
});

test("the field asks the node where it takes serials, and nowhere else", () => {
  const [blank, blanks] = [1, 2];  // of ScanField
  for (const [task, want] of [
    [{ kind: "print" }, blank],
    [{ kind: "working", job: job("sent") }, blank],
    [finish, blank],
    [{ kind: "unused", job: finish.job }, blank],
    [{ kind: "spoilBlank" }, blank],
    [{ kind: "receive", transfer, scanned: [] }, blanks],
    [{ kind: "hopper", blanks: [] }, blank],
    [{ kind: "batch" }, blank],
    [{ kind: "spoilSerial", job: finish.job }, blank],
    [{ kind: "form", form: blankForm("test", {}) }, blank],
    [{ kind: "form", form: blankForm("adopt", {}) }, undefined],
    [{ kind: "pick" }, undefined],
    [{ kind: "history" }, undefined],
    [tail, undefined],
    [{ kind: "spoil", job: finish.job }, undefined],
    [{ kind: "order", action }, undefined],
  ]) {
    assert.equal(fieldOf(task), want, task.kind);
  }
});

test("ranges are written out", () => {
  assert.deepEqual(expandItem("A098..A101"), ["A098", "A099", "A100", "A101"]);
  assert.deepEqual(expandItem("04A1B2C3D4E5F6"), ["04A1B2C3D4E5F6"]);
  for (const wrong of ["", "A1..A10", "A1..B2", "A1..", "A2..A1", "A1..A2..A3", "A000000..A999999"]) {
    assert.equal(expandItem(wrong), undefined, wrong);
  }
  assert.equal(expand("A01..A03,04B2").length, 4);
});

test("differences are by serial", () => {
  assert.deepEqual(compare("A01..A03", ["A02", "A09"]), {
    received: ["A02"],
    missing: ["A01", "A03"],
    unexpected: ["A09"],
  });
});

// ---- Batches.

const [RUNS, MISMATCH, PRINTER] = [0, 2, 4];
const cardOf = (n, state = "completed", over = {}) =>
  ({ act: `a${n}`, blank: `B${n}`, printer: "p1", state, batch: "b1", ...over });
const batchOf = (end, jobs) => ({
  batch: "b1", printer: "p1", end, jobs, waiting: ["B9"],
  toScan: jobs.filter(({ state }) => ["completed", "failed", "doubt"].includes(state)).map(({ act }) => act),
});
const base = (batch) =>
  baseTask(batch.jobs.filter(({ state }) => state !== "good"), "p1", [batch]);

for (const [name, batch, kind] of [
  ["a batch that feeds is the task", batchOf(RUNS, [cardOf(1, "sent")]), "batch"],
  ["so is one whose cards came out", batchOf(PRINTER, [cardOf(1), cardOf(2)]), "batch"],
  ["one last card is like any card", batchOf(PRINTER, [cardOf(1, "good"), cardOf(2, "failed")]), "finish"],
  ["after a swap every card is looked at", batchOf(MISMATCH, [cardOf(1, "good"), cardOf(2)]), "batch"],
  ["the card under way comes out first", batchOf(MISMATCH, [cardOf(1, "good"), cardOf(2, "sent")]), "working"],
  ["a batch that is answered for is over", batchOf(MISMATCH, [cardOf(1, "good")]), "print"],
]) {
  test(name, () => assert.equal(base(batch).kind, kind));
}

test("no printer waits for an answer that was set aside", () => {
  assert.equal(baseTask([job("doubt", { reopened: true })], "p1").kind, "print");
});

const swapped = batchOf(RUNS, [cardOf(1), cardOf(2), cardOf(3, "sent")]);
const feeding = base(swapped);

test("a scan in a batch finds its card, or asks whose it is", () => {
  const [first, second] = swapped.jobs;
  assert.deepEqual(interpret(feeding, "B2").to, { kind: "tail", job: second, serial: "B2" });
  const pick = interpret(feeding, "B9").to;
  assert.deepEqual([pick.kind, pick.purpose, pick.serial, pick.out.length], ["pick", "card", "B9", 2]);
  assert.deepEqual(interpret(pick, "1").to, { kind: "tail", job: first, serial: "B9" });
  assert.deepEqual(interpret(pick, "3"), { do: "say", key: "pick.choose" });
  assert.deepEqual(interpret({ ...feeding, out: [] }, "B9"), { do: "say", key: "batch.noneOut" });
  assert.deepEqual(interpret({ ...feeding, out: [first] }, "B9").to, { kind: "tail", job: first, serial: "B9" });
  assert.deepEqual(interpret(feeding, ""), { do: "nothing" });
});

test("another person on the card: the serial goes on to the others that are out", () => {
  const [first, second] = swapped.jobs;
  const tail = { kind: "tail", job: second, serial: "B2" };
  assert.deepEqual(othersOut(tail, [swapped]).out, [first]);
  assert.equal(othersOut({ ...tail, job: job("completed") }, [swapped]), undefined);
});

test("a spoiled card of a batch is named by its serial where that can be read", () => {
  const task = { kind: "spoilSerial", job: cardOf(1) };
  assert.deepEqual(interpret(task, "B2").to, { kind: "spoil", job: task.job, serial: "B2" });
  assert.deepEqual(interpret(task, "").to, { kind: "spoil", job: task.job, serial: "" });
  const lost = { kind: "spoilSerial", job: cardOf(1, "doubt", { blank: "" }) };
  assert.deepEqual(interpret(lost, ""), { do: "say", key: "spoilSerial.needed" });
});

test("a chosen task goes with its job as it is now", () => {
  const now = cardOf(1, "completed", { blank: "B2" });
  const tail = { kind: "tail", job: cardOf(1), serial: "B2" };
  assert.equal(renewed(tail, [now]).job.blank, "B2");
  assert.equal(renewed(tail, []), undefined);
  const pick = interpret(feeding, "B9").to;
  assert.deepEqual(renewed(pick, [now]).out, [now]);
  assert.equal(renewed(pick, []), undefined);
});

// ---- Forms.

const filled = (form, ...inputs) =>
  inputs.reduce((at, input) => answer(at.form, input), { form, complete: false });

test("a cancel wants Enter alone", () => {
  const form = blankForm("cancel", { subject: "a1" });
  const task = { kind: "form", form };
  assert.deepEqual(interpret(task, "04A1"), { do: "say", key: "form.enterOnly" });
  assert.equal(interpret(task, "").do, "submit");
});

test("a correction asks why, then for a second person and the password as typed", () => {
  const form = blankForm("correct", { subject: "a1" });
  assert.deepEqual(answer(form, "5"), { wrong: "form.choose" });
  const { form: full, complete } = filled(form, "2", " spv ", " kopi ");
  assert.ok(complete);
  assert.deepEqual(full.answers, { reason: "2", second: "spv", password: " kopi " });
  assert.ok(question(filled(form, "2", "spv").form).secret);
});

test("only an adoption by slip asks for the slip", () => {
  const form = blankForm("adopt", { printer: "p1" });
  assert.ok(filled(form, "3").complete);
  assert.equal(question(filled(form, "2").form).name, "slip");
});

test("scans are gathered until F10, each once, and none is an answer only where it may be", () => {
  const task = { kind: "form", form: blankForm("count", { pile: "1" }) };
  const first = interpret(task, "A01..A03").to;
  assert.deepEqual(first.form.scanned, ["A01", "A02", "A03"]);
  assert.deepEqual(interpret(first, "A02"), { do: "say", key: "receive.twice" });
  assert.deepEqual(interpret(first, " "), { do: "nothing" });
  assert.deepEqual(withoutLast(first).form.scanned, ["A01", "A02"]);
  const next = closed(first).to;
  assert.deepEqual([next.form.answers, question(next.form).name], [{ scanned: "A01,A02,A03" }, "second"]);
  assert.deepEqual(saidOf(next.form), [["fact.scanned", { key: "scans.count", values: { n: 3 } }]]);
  assert.equal(question(closed(task).to.form).name, "second");
  assert.equal(withoutLast(task), undefined);
  assert.deepEqual(closed({ kind: "hopper", blanks: [] }), { do: "say", key: "receive.nothing" });
});

test("one question back brings the scans back; a form without an answer is left", () => {
  const { form } = closed({ kind: "form", form: { ...blankForm("count", {}), scanned: ["A01", "A02"] } }).to;
  const named = answer(form, "op-2").form;
  assert.deepEqual(stepBack(named).answers, { scanned: "A01,A02" });
  assert.deepEqual(stepBack(form).scanned, ["A01", "A02"]);
  assert.equal(stepBack(stepBack(form)), undefined);
  assert.deepEqual(stepBack(filled(blankForm("correct", {}), "2", "spv").form).answers, { reason: "2" });
});

test("what the node refuses is asked again from the question it is about", () => {
  const { form } = filled(blankForm("correct", {}), "2", "op-2", "secret");
  assert.deepEqual(askedAnew(form, "K-173").answers, { reason: "2" });
  assert.equal(askedAnew(form, "K-175"), undefined);
  const own = filled(blankForm("password", {}), "old one", "new one 1", "new one 1").form;
  assert.deepEqual(askedAnew(own, "K-175").answers, {});
  assert.deepEqual(askedAnew(own, "K-364").answers, { old: "old one" });
  assert.equal(askedAnew(own, "K-113"), undefined);
});

test("a number may be typed as the screen writes it", () => {
  for (const [typed, number] of [["1580", 1580], ["1.580", 1580], ["1,580", 1580], ["0", 0], ["7.000.000", 7_000_000]]) {
    assert.equal(wholeNumber(typed), number);
  }
  for (const wrong of ["", "1.58", "1580.", "-3", "12345678", "1.5800"]) assert.equal(wholeNumber(wrong), undefined, wrong);
});

test("a blank is empty by its scan alone only where the printer failed before it", () => {
  const of = (over) => interpret({ kind: "unused", job: job("failed", over) }, "04A1");
  assert.equal(of({}).do, "release");
  for (const over of [{ state: "doubt" }, { state: "completed" }, { printerSaidCompleted: true }, { cancelAsked: true }]) {
    const { to } = of(over);
    assert.equal(to.kind, "unusedSure");
    assert.deepEqual(interpret(to, "04A1"), { do: "say", key: "unused.sureWrong" });
    assert.deepEqual(interpret(to, "1"), { do: "release", job: to.job });
  }
});

test("Esc goes one question back, and never lets a spoiled blank be scanned for a card", () => {
  assert.deepEqual(before({ kind: "spoilBlankCause", serial: "A01" }), { kind: "spoilBlank" });
  assert.equal(before({ kind: "unusedSure", job: job("doubt") }).kind, "unused");
  assert.equal(before({ kind: "spoilBlank" }), undefined);
});

test("another blank's number is told before the four digits are typed", () => {
  const job = { act: "a", blank: "A01", printer: "p-1" };
  assert.deepEqual(interpret({ kind: "finish", job }, "A01"), { do: "go", to: { kind: "tail", job, serial: "A01" } });
  const { say, values } = interpret({ kind: "finish", job }, "A02");
  assert.deepEqual([say, values], ["tail.other", { serial: "A02", blank: "A01" }]);
});

test("the menu's numbers are the same for everybody, and a row shows only to those who may", () => {
  const [operator, keeper] = [{ role: 1 }, { role: 3 }];
  assert.deepEqual([only(1)(operator), only(1)(keeper), only(1)({ role: 0 })], [true, false, true]);
  assert.deepEqual(offered({ role: 0 }).map(([number]) => number), WORK.map((_, i) => i + 1));
  assert.ok(offered(keeper).length < offered(operator).length);
  assert.equal(workOf(keeper, String(WORK.findIndex(({ act }) => act === "handOver") + 1)), undefined);
  assert.equal(workOf(operator, "1"), WORK[0]);
  assert.equal(workOf(operator, "0"), undefined);
  assert.deepEqual(interpret({ kind: "menu", role: 1 }, "1"), { do: "work", work: WORK[0] });
  assert.deepEqual(interpret({ kind: "menu", role: 1 }, "99"), { do: "say", key: "form.choose" });
});

// ---- Other work.

test("what is listed is chosen by its number or its own name; what is not goes to the node", () => {
  const { read } = namedOrChosen("box", [{ value: "K-7" }, { value: "k8" }], "openBox.hint");
  for (const [input, value] of [["1", "K-7"], ["k-7", "K-7"], ["2", "k8"], ["KOTAK-9", "KOTAK-9"]]) {
    assert.equal(read(input), value, input);
  }
  for (const wrong of ["", "0", "3"]) assert.equal(read(wrong), undefined, wrong);
});

// The names of the questions of a form whose scans are given as one range each.
const asked = (form, ...inputs) => {
  const at = inputs.reduce(({ form: now }, input) => {
    const { scans } = question(now) ?? {};
    return scans ? close({ ...now, scanned: expand(input) }) : answer(now, input);
  }, { form });
  return questionsOf(at.form).map(({ name }) => name);
};

test("a box that held less than its paper says wants two persons, a full one does not", () => {
  const box = blankForm("openBox", {}, [{ value: "K7", word: "K7", about: { left: "3" } }]);
  assert.deepEqual(asked(box, "1", "A1..A3"), ["box", "scanned"]);
  assert.deepEqual(asked(box, "1", "A1..A2"), ["box", "scanned", "emptied"]);
  assert.deepEqual(asked(box, "1", "A1..A2", "1"), ["box", "scanned", "emptied"]);
  assert.deepEqual(asked(box, "1", "A1..A2", "2"), ["box", "scanned", "emptied", "second", "password"]);
});

test("a lent parcel is compared with its slip while it is scanned", () => {
  const items = [{ value: "susut-1", word: "", about: { serials: "A1..A3" } }];
  const { form } = filled(blankForm("receiveLent", {}, items), "1");
  assert.deepEqual(question(form).scans, { none: false, listed: "A1..A3" });
  assert.equal(question(filled(blankForm("receiveLent", {}, items), "other-9").form).scans.listed, undefined);
});

test("witnesses are asked for one after the other, until Enter alone", () => {
  const fire = blankForm("burn", {});
  assert.deepEqual(asked(fire, "BA-1", "I Wayan", "Ni Made"),
    ["minutes", "witness1", "witness2", "witness3", "scanned", "second", "password"]);
  assert.deepEqual(asked(fire, "BA-1", "I Wayan", "", "A1..A2"),
    ["minutes", "witness1", "witness2", "scanned", "second", "password"]);
  assert.deepEqual(answer(filled(fire, "BA-1").form, ""), { wrong: "form.empty" });
});

test("a count of a ribbon is of two persons and finds one or none; a spoiled one needs no number", () => {
  const items = [{ value: "RB-1", word: "", about: { kind: "1" } }, { value: "KP-1", word: "", about: { kind: "3" } }];
  const settle = blankForm("supplySettle", {}, items);
  assert.deepEqual(asked(settle, "1", "1"), ["consumable", "step"]);
  assert.deepEqual(asked(settle, "1", "2"), ["consumable", "step", "quantity", "second", "password"]);
  assert.deepEqual(asked(settle, "2", "1"), ["consumable", "step", "quantity"]);
  assert.deepEqual(answer(filled(settle, "1", "2").form, "2"), { wrong: "form.number" });
});

test("nothing irreversible is decided by Enter alone", () => {
  for (const [act, ...inputs] of [["manifest", "51.06"], ["handOver", "m-1234", "Kurir"], ["atCounter", "04A1"]]) {
    const { form } = filled(blankForm(act, {}), ...inputs);
    assert.deepEqual(interpret({ kind: "form", form }, ""), { do: "say", key: "sure.wrong" }, act);
    assert.equal(interpret({ kind: "form", form }, "1").do, "submit", act);
  }
});

test("a NIK is asked for as such, and shown nowhere", () => {
  const task = { kind: "form", form: blankForm("status", {}) };
  assert.equal(fieldOf(task), 3);
  assert.deepEqual(saidOf(answer(task.form, "5106010101900007").form), []);
});

test("a variance names what is missing, and where the book has what is too much", () => {
  const told = variance("1", {
    counted: 2n, missing: "A01..A02", missingQuantity: 2n, surplus: [{ serial: "B9", bookPlace: "unknown" }],
  });
  assert.deepEqual(told.lists[0].rows, ["A01", "A02"]);
  assert.deepEqual(told.lists[1].rows[0].values, { serial: "B9", place: { family: "place.", name: "unknown" } });
  assert.equal(difference("t1", { missing: "", unexpected: "" }), undefined);
  assert.deepEqual(difference("t1", { missing: "A1", unexpected: "" }).lists[0].rows, ["A1"]);
});

test("what a form says to the node: all answers, and its second person's proof", async () => {
  const { form } = filled(blankForm("lend", {}), "kintamani");
  const full = filled(close({ ...form, scanned: ["A1", "A2"] }).form, "spv", " kopi ").form;
  const calls = [];
  const rpc = {
    people: { confirmSecond: async (request) => (calls.push(request), { confirmation: "c1" }) },
    stock: { lendBlanks: async (...call) => (calls.push(call), { transfer: "P-1", quantity: 2n }) },
  };
  const outcome = await ACTS.lend.send({ rpc, operatorId: "op", form: full, text: textsOf(full) });
  assert.deepEqual(calls, [
    { person: "spv", password: " kopi " },
    [{ to: "kintamani", scanned: "A1,A2", operatorId: "op", second: "spv" }, { headers: { "keping-second": "c1" } }],
  ]);
  assert.deepEqual(outcome.told.title.values, { transfer: "P-1" });
});

test("dates are days, month, year", () => {
  assert.equal(dayOf("1-1-1970"), "0");
  assert.equal(dayOf("27-04-2017"), "17283");
  for (const wrong of ["", "31-02-2017", "2017-04-27", "27-04-17"]) assert.equal(dayOf(wrong), undefined, wrong);
});

test("a printer's upkeep: what is installed comes out, and the rest keeps its number", () => {
  const room = (over) => ({
    role: 2,
    printer: "p1", day: {}, machines: { printers: [{ printer: "p1", installed: [], ...over }], toDestroy: [] },
  });
  const ribbon = { kind: 1, consumable: "r1" };
  assert.deepEqual(upkeepOf(room({}), "5").act, "install");
  assert.deepEqual(upkeepOf(room({ installed: [ribbon] }), "5").about,
    { printer: "p1", kind: "1", consumable: "r1" });
  const waiting = room({});
  waiting.machines.toDestroy.push(ribbon);
  assert.equal(filled(upkeepOf(waiting, "7"), "1").form.answers.item, "1 r1");
  assert.deepEqual([upkeepOf(room({}), "8").act, upkeepOf(room({ inService: true }), "8").act], ["adopt", "release"]);
  assert.deepEqual(choicesOf(room({})).map(([number]) => number), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  // What the role may not do keeps its number and is not there.
  const operators = { ...room({}), role: 1 };
  assert.deepEqual(choicesOf(operators).map(([number]) => number), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(upkeepOf(operators, "9"), undefined);
  assert.equal(upkeepOf(room({}), "11"), undefined);
  assert.deepEqual(interpret({ kind: "upkeep", room: room({}) }, "7"), { do: "say", key: "destroy.none" });
});

test("the last answer can be corrected, once", () => {
  const entry = (event, act, setAside = false) => ({ event, act, setAside });
  const good = [entry("print_intended", "a1"), entry("print_verified", "a1")];
  assert.equal(correctable(good), "a1");
  assert.equal(correctable([good[0]]), undefined);
  assert.equal(correctable([good[0], entry("print_verified", "a1", true), entry("corrected", "c1")]), undefined);
});
