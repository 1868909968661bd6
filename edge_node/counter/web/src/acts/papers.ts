// Papers that an office signs, as files: the minutes of its last count, and forms for a dead computer.
import { PaperKind, PaperLanguage } from "../../gen/keping/edge/v1/paper_pb.js";
import { language } from "../../common/messages.js";
import { choice } from "../questions.js";
import type { Rpc } from "../rpc.js";
import type { Act, Outcome, Told } from "./act.js";

export type PaperAct = "countPaper" | "blankForm";

const FORMS = [
  PaperKind.FORM_RECEIVE,
  PaperKind.FORM_SPOILED,
  PaperKind.FORM_COUNT,
  PaperKind.FORM_HANDOVER,
  PaperKind.FORM_ANSWERS,
];

// The latest of its kind, as a PDF on F4.
export async function paperFile(rpc: Rpc, operatorId: string, kind: PaperKind): Promise<NonNullable<Told["file"]>> {
  const { fileName, content } = await rpc.paper.makePaper({
    kind,
    operatorId,
    language: language() === "id" ? PaperLanguage.INDONESIAN : PaperLanguage.ENGLISH,
  });
  return { name: fileName, read: async () => content };
}

async function tellOf(rpc: Rpc, operatorId: string, kind: PaperKind): Promise<Outcome> {
  const file = await paperFile(rpc, operatorId, kind);
  return { told: { title: { key: "paper.made" }, hint: "paper.hint", facts: [["stick.file", file.name]], file } };
}

export const papers: Record<PaperAct, Act> = {
  countPaper: {
    title: "countPaper.title",
    questions: () => [],
    send: ({ rpc, operatorId }) => tellOf(rpc, operatorId, PaperKind.COUNT),
  },
  blankForm: {
    title: "blankForm.title",
    questions: () => [choice("kind", "form.kind.", FORMS, "blankForm.hint")],
    send: ({ rpc, operatorId, text: of }) => tellOf(rpc, operatorId, Number(of("kind")) as PaperKind),
  },
};
