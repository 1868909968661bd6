// The acts of the counter's page that are a person's own work, or are copied from paper, and the help of
// all of them. Pure.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { pureParts } from "./support/page_parts.mjs";

const WEB = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "edge_node/counter/web");
const { ACTS, answer, blankForm, close, minuteOf, question, statedMicros, stepBack } = await pureParts();

const filled = (form, ...inputs) =>
  inputs.reduce((at, input) => answer(at.form, input), { form, complete: false });
const asked = (form, ...inputs) => question(filled(form, ...inputs).form)?.name;

// ---- Help.

const read = (path) => readFileSync(join(WEB, path), "utf8");
const TASKS = [.../export type Task =([^;]|;(?= \w+:|[^;]*\}))*?;\n\n/.exec(read("src/task.ts"))[0].matchAll(/\{ kind: "(\w+)"/g)]
  .map(([, kind]) => kind).filter((kind) => kind !== "form");

for (const language of ["id", "en"]) {
  test(`every task and every act has its help, in three lines: ${language}`, () => {
    const catalogue = JSON.parse(read(`messages/${language}.json`));
    assert.ok(TASKS.length > 15 && Object.keys(ACTS).length > 20);
    const wanted = [...TASKS.map((kind) => `help.task.${kind}`), ...Object.keys(ACTS).map((act) => `help.act.${act}`)];
    const lines = (key) => (catalogue[key] ?? "").split("\n").filter((line) => line.trim());
    assert.deepEqual(wanted.filter((key) => lines(key).length !== 3), []);
    const helps = Object.keys(catalogue).filter((key) => /^help\.(act|task)\./.test(key));
    assert.deepEqual(helps.filter((key) => !wanted.includes(key)), []);
  });
}

// ---- The shift.

test("a shift begins with a count and the code of the last report, both only if there are any", () => {
  const form = blankForm("shiftOpen", {});
  assert.ok(filled(form, "", "").complete);
  const { form: full, complete } = filled(form, " 1549 ", "3f2a91c0");
  assert.ok(complete);
  assert.deepEqual(full.answers, { counted: "1549", reportCode: "3f2a91c0" });
  for (const wrong of ["-1", "12,5", "banyak", "12345678"]) {
    assert.deepEqual(answer(form, wrong), { wrong: "shift.countWrong" }, wrong);
  }
});

test("a permission by telephone asks what its kind needs", () => {
  const form = blankForm("phoneGrant", {});
  assert.equal(asked(form, "1"), "code");
  assert.equal(asked(form, "2"), "subject");
  assert.equal(asked(form, "3", "op-susut", "0713 3411 3424"), "fresh");
  assert.equal(asked(form, "4", "PRR-1"), "epoch");
  assert.deepEqual(answer(filled(form, "4", "PRR-1").form, "17"), { wrong: "phoneGrant.epochWrong" });
  for (const wrong of ["0713 3411 342", "0713 3411 34245", "a713 3411 3424"]) {
    assert.deepEqual(answer(filled(form, "1").form, wrong), { wrong: "phoneGrant.codeWrong" }, wrong);
  }
  assert.ok(filled(form, "1", "0713-3411-3424").complete);
});

test("a new password is typed twice, unseen", () => {
  const form = blankForm("password", {});
  assert.ok(question(form).secret);
  const old = filled(form, " lama ").form;
  assert.equal(old.answers.old, " lama ");
  assert.deepEqual(answer(old, "pendek"), { wrong: "password.short" });
  const fresh = filled(old, "kopi bangli 2018").form;
  assert.deepEqual(answer(fresh, "kopi bangli 2017"), { wrong: "password.differs" });
  assert.ok(filled(fresh, "kopi bangli 2018").complete);
});

// ---- What stood on paper.

const ABOUT = { offset: "480", operator: "op-susut" };
const HEAD = ["F-12", "27-04-2017", "14.30", "op-susut"];
const paper = (act) => filled(blankForm(act, ABOUT), ...HEAD).form;

test("the time on a form is the office's wall clock", () => {
  assert.deepEqual([minuteOf("14.30"), minuteOf("7:05"), minuteOf("24.00"), minuteOf("9.5"), minuteOf("1430")],
    ["870", "425", undefined, undefined, undefined]);
  const at = new Date("2017-04-27T14:30:00+08:00").getTime();
  assert.equal(statedMicros("17283", "870", "480"), BigInt(at) * 1000n);
  assert.equal(statedMicros("17283", "10", "480"), (BigInt(at) / 86_400_000n * 86_400_000n - 28_200_000n) * 1000n);
});

test("a form is entered by the person who is written on it", () => {
  const form = filled(blankForm("lateSpoiled", ABOUT), "F-12", "27-04-2017", "14.30").form;
  assert.deepEqual(answer(form, "op-tembuku"), { wrong: "late.personWrong" });
  assert.equal(asked(form, "op-susut"), "blank");
});

test("a line of spoiled blanks repeats the end of the number, as the paper does", () => {
  const form = filled(paper("lateSpoiled"), "04A1B2C3D4E5F6").form;
  assert.deepEqual(answer(form, "E5F7"), { wrong: "late.againWrong" });
  assert.deepEqual(stepBack(form).answers.blank, undefined);
  const { form: full, complete } = filled(form, "e5f6", "1", "5");
  assert.ok(complete);
  assert.equal(full.answers.step, "0");
  assert.ok(filled(paper("lateSpoiled"), "").complete);
});

test("after a line the next one of the same paper follows, and an empty one ends it", async () => {
  const { form } = filled(paper("lateSpoiled"), "04A1B2C3D4E5F6", "e5f6", "1", "5");
  const sent = [];
  const rpc = { stock: { markSpoiled: async (request) => sent.push(request) } };
  const send = (one) => ACTS.lateSpoiled.send({
    rpc, operatorId: "op-susut", form: one, text: (name) => one.answers[name] ?? one.about[name] ?? "",
  });
  const { again } = await send(form);
  assert.equal(question(again).name, "blank");
  assert.deepEqual(sent[0], {
    operatorId: "op-susut", blank: "04A1B2C3D4E5F6", cause: 1, step: 0,
    late: { number: "F-12", statedAtMicros: 1_493_274_600_000_000n },
  });
  assert.equal((await send(filled(again, "").form)).say, "done.lateEnd");
  assert.equal(sent.length, 1);
});

test("a count takes a second person only where the paper has one", () => {
  const pile = filled(paper("lateCount"), "2").form;
  const none = close(pile).form;
  assert.ok(filled(none, "").complete);
  assert.ok(question(filled(none, "spv-susut").form).secret);
});

test("what became of cards is three groups, and the rest only of a list", () => {
  const groups = (form) => ["delivered", "notFound", "returned"].reduce((at) => close(at).form, form);
  const single = filled(paper("lateAnswers"), "").form;
  assert.equal(question(groups(single)), undefined);
  const listed = filled(paper("lateAnswers"), "M-1").form;
  assert.equal(question(groups(listed)).name, "rest");
});
