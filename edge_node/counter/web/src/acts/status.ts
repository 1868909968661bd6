// A resident asks for a card. The NIK goes to the node and is kept nowhere on the page.
import { ScanField } from "../../gen/keping/edge/v1/scan_pb.js";
import { blankForm } from "../forms.js";
import { text } from "../questions.js";
import type { Act, Told } from "./act.js";

export type StatusAct = "status";

export const status: Record<StatusAct, Act> = {
  status: {
    title: "status.title",
    questions: () => [{ ...text("nik", "label.nik", "status.hint"), field: ScanField.NIK, personal: true }],
    send: async ({ rpc, operatorId, text: of }) => {
      const { status: number, sinceDays } = await rpc.handover.askStatus({ nik: of("nik"), operatorId });
      const told: Told = {
        title: { family: "resident.", name: String(number) },
        hint: "status.toldHint",
        facts: sinceDays > 0 ? [["fact.since", { day: sinceDays }]] : [],
        next: { label: "button.askNext", form: blankForm("status", {}) },
      };
      return { told };
    },
  },
};
