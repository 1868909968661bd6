// A person's own work at this office: the shift, the day's report, a code from the telephone, the password.
import { PaperKind } from "../../gen/keping/edge/v1/paper_pb.js";
import { ReportCodeCheck, type CloseShiftResponse, type OpenShiftResponse } from "../../gen/keping/edge/v1/people_pb.js";
import { GrantKind } from "../../gen/keping/log/v1/office_pb.js";
import type { Key } from "../../common/messages.js";
import { blankForm, type Form } from "../forms.js";
import { choice, confirm, optional, text, wholeNumber, type Question } from "../questions.js";
import type { Word } from "../words.js";
import type { Act, Outcome, Sending, Told } from "./act.js";
import { paperFile } from "./papers.js";

export type ShiftAct = "shiftOpen" | "shiftClose" | "dayReport" | "phoneGrant" | "password";

const LEAST_PASSWORD = 8;

// By hand, and never taken from the screen: Enter alone says that nobody counted.
const counted: Question = {
  ...optional("counted", "label.counted", "shift.countHint"),
  wrong: "shift.countWrong",
  read: (input) => (input === "" ? "" : wholeNumber(input)?.toString()),
};

// Twelve digits, read out in groups.
const code: Question = {
  ...text("code", "label.grantCode", "phoneGrant.codeHint"),
  wrong: "phoneGrant.codeWrong",
  read: (input) => (/^(\d[\s.-]*){12}$/.test(input) ? input : undefined),
};

const epoch: Question = {
  ...text("epoch", "label.epoch", "phoneGrant.epochHint"),
  wrong: "phoneGrant.epochWrong",
  read: (input) => (/^\d+\.\d+$/.test(input) ? input : undefined),
};

const unseen = (name: string, label: Key, hint: Key): Question => ({ ...text(name, label, hint), secret: true });

// Typed twice, since nobody sees it.
const newPassword = ({ answers }: Form): Question[] => [
  {
    ...unseen("fresh", "label.newPassword", "password.newHint"),
    wrong: "password.short",
    read: (input) => (input.length >= LEAST_PASSWORD ? input : undefined),
  },
  {
    ...unseen("repeated", "label.newPassword", "password.againHint"),
    wrong: "password.differs",
    read: (input) => (input === answers["fresh"] ? input : undefined),
  },
];

const GRANTS = [GrantKind.UNLOCK_NODE, GrantKind.CERTIFY_OPERATOR, GrantKind.RESET_PASSWORD, GrantKind.FORCE_LEASE];

function grantQuestions(form: Form): Question[] {
  const kind = Number(form.answers["kind"]) as GrantKind;
  const person = kind === GrantKind.CERTIFY_OPERATOR || kind === GrantKind.RESET_PASSWORD;
  return [
    { ...choice("kind", "permit.", GRANTS, "phoneGrant.hint"), fact: "fact.purpose" },
    ...(person ? [text("subject", "label.person", "phoneGrant.personHint")] : []),
    ...(kind === GrantKind.FORCE_LEASE ? [text("subject", "fact.prr", "phoneGrant.recordHint"), epoch] : []),
    code,
    ...(kind === GrantKind.RESET_PASSWORD ? newPassword(form) : []),
  ];
}

type ShiftAnswer = Pick<OpenShiftResponse | CloseShiftResponse, "book" | "difference">;

// What of the code on the paper wants a look.
const CODES: Partial<Record<ReportCodeCheck, Key>> = {
  [ReportCodeCheck.EARLIER]: "shift.codeEarlier",
  [ReportCodeCheck.UNKNOWN]: "shift.codeUnknown",
};

// What is odd, by what the node compared: nothing is adjusted by it.
function oddities({ difference = 0n }: ShiftAnswer, check = ReportCodeCheck.NOT_GIVEN): Word[] {
  const code = CODES[check];
  const n = Number(difference < 0n ? -difference : difference);
  const count: Word = { key: difference < 0n ? "shift.tooFew" : "shift.tooMany", values: { n } };
  return [...(n > 0 ? [count] : []), ...(code ? [{ key: code }] : [])];
}

function shiftTold(title: Key, { book, difference }: ShiftAnswer, odd: Word[], more: Partial<Told>): Told {
  const counted: [Key, Word][] = difference === undefined ? [] : [["label.counted", Number(book + difference)]];
  return {
    title: { key: title },
    facts: [["shift.book", Number(book)], ...counted],
    lists: [{ heading: { key: "shift.warnings" }, rows: odd }],
    ...more,
  };
}

const countOf = (typed: string) => (typed === "" ? {} : { counted: BigInt(typed) });

async function open({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const request = { operatorId, reportCode: of("reportCode"), ...countOf(of("counted")) };
  const answer = await rpc.people.openShift(request);
  const odd = oddities(answer, answer.codeCheck);
  if (odd.length === 0) return { say: "done.shiftOpened" };
  return { say: "done.shiftOdd", odd: true, told: shiftTold("shift.opened", answer, odd, {}) };
}

// The report is what a closed shift most often waits for.
async function close({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  const answer = await rpc.people.closeShift({ operatorId, ...countOf(of("counted")) });
  const next = { label: "dayReport.title", form: blankForm("dayReport", {}) } as const;
  const odd = oddities(answer);
  const told = shiftTold("shift.closed", answer, odd, { next });
  return odd.length > 0 ? { say: "done.shiftOdd", odd: true, told } : { say: "done.shiftClosed", told };
}

async function report(sending: Sending): Promise<Outcome> {
  const { rpc, operatorId } = sending;
  const { text: page, code: proof, codeQr } = await rpc.people.reportDay({ operatorId });
  const told: Told = {
    title: { key: "dayReport.made" },
    hint: "dayReport.madeHint",
    facts: [],
    page,
    file: await paperFile(sending, PaperKind.DAY_REPORT),
    proof: { label: "dayReport.code", code: proof, qr: codeQr },
  };
  return { say: "done.dayReport", values: { code: proof }, told };
}

async function grant({ rpc, operatorId, text: of }: Sending): Promise<Outcome> {
  await rpc.people.useGrant({
    operatorId,
    kind: Number(of("kind")) as GrantKind,
    subject: of("subject"),
    code: of("code"),
    newPassword: of("fresh"),
    leaseEpoch: of("epoch"),
  });
  return { say: "done.phoneGrant" };
}

export const shift: Record<ShiftAct, Act> = {
  shiftOpen: {
    title: "shift.open",
    questions: () => [counted, optional("reportCode", "label.reportCode", "shift.codeHint")],
    send: open,
  },
  shiftClose: { title: "shift.close", questions: () => [counted], send: close },
  dayReport: { title: "dayReport.title", questions: () => [confirm("dayReport.hint")], send: report },
  phoneGrant: { title: "phoneGrant.title", questions: grantQuestions, send: grant },
  password: {
    title: "password.title",
    questions: (form) => [unseen("old", "label.oldPassword", "password.oldHint"), ...newPassword(form)],
    send: async ({ rpc, operatorId, text: of }) => {
      await rpc.people.changePassword({ operatorId, oldPassword: of("old"), newPassword: of("fresh") });
      return { say: "done.password" };
    },
  },
};
