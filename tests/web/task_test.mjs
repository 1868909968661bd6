// What a scan means at the counter's desk: one row per case.
import assert from "node:assert/strict";
import test from "node:test";
import { pureParts } from "./support/page_parts.mjs";

const { baseTask, cardOfAnotherPrinter, compare, expand, expandItem, fieldOf, interpret, jobOf } =
  await pureParts();

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
  ["a cause spoils the card", { kind: "spoil", job: finish.job }, "3", { do: "spoil", job: finish.job, cause: 3 }],
  ["no cause, no spoil", { kind: "spoil", job: finish.job }, "6", { do: "say", key: "cause.choose" }],
  ["the same blank is released", { kind: "unused", job: finish.job }, "04A1", { do: "release", job: finish.job }],
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
]) {
  test(name, () => assert.deepEqual(interpret(task, input), want));
}

test("a card of another printer finds its own job", () => {
  const other = job("doubt", { act: "a2", blank: "04B2", printer: "p2" });
  const found = cardOfAnotherPrinter([finish.job, other], finish, "04B2");
  assert.deepEqual(found, { kind: "tail", job: other, serial: "04B2" });
  assert.equal(cardOfAnotherPrinter([finish.job, other], finish, "04A1"), undefined);
  assert.equal(cardOfAnotherPrinter([finish.job, other], tail, "04B2"), undefined);
  const working = { ...other, state: "sent" };
  assert.equal(cardOfAnotherPrinter([working], { kind: "print" }, "04B2"), undefined);
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
