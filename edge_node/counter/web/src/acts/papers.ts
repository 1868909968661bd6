// Papers that an office signs, as files: the minutes of its last count, and forms for a dead computer.
import { PaperFile, PaperKind, PaperLanguage } from "../../gen/keping/edge/v1/paper_pb.js";
import { choice } from "../questions.js";
import type { Act, Outcome, Sending, Told } from "./act.js";

export type PaperAct = "countPaper" | "blankForm";

const FORMS = [
  PaperKind.FORM_RECEIVE,
  PaperKind.FORM_SPOILED,
  PaperKind.FORM_COUNT,
  PaperKind.FORM_HANDOVER,
  PaperKind.FORM_ANSWERS,
];

// The latest of its kind, as a PDF on F4.
export async function paperFile({ rpc, operatorId, language }: Sending, kind: PaperKind): Promise<NonNullable<Told["file"]>> {
  const { fileName, content } = await rpc.paper.makePaper({
    kind,
    file: PaperFile.PDF,
    operatorId,
    language: language === "id" ? PaperLanguage.INDONESIAN : PaperLanguage.ENGLISH,
  });
  return { name: fileName, read: async () => content };
}

async function tellOf(sending: Sending, kind: PaperKind): Promise<Outcome> {
  const file = await paperFile(sending, kind);
  return { told: { title: { key: "paper.made" }, hint: "paper.hint", facts: [["stick.file", file.name]], file } };
}

export const papers: Record<PaperAct, Act> = {
  countPaper: {
    title: "countPaper.title",
    questions: () => [],
    send: (sending) => tellOf(sending, PaperKind.COUNT),
  },
  blankForm: {
    title: "blankForm.title",
    questions: () => [choice("kind", "form.kind.", FORMS, "blankForm.hint")],
    send: (sending) => tellOf(sending, Number(sending.text("kind")) as PaperKind),
  },
};
