// One case or one blank as a file that proves itself elsewhere: `keping verify --pack`.
import { h, saveFile } from "../../common/dom.js";
import { t } from "../../common/messages.js";
import { form } from "../form.js";
import { panel } from "../parts.js";
import { MAY } from "../roles.js";
import type { Context } from "../screen.js";

// Nothing for whose role it is not.
export function evidencePack(context: Context, of: { caseId?: string; blank?: string }): HTMLElement | "" {
  if (!context.session.may(MAY.examine)) return "";
  return panel("pack.title", h("p", { class: "hint" }, t("pack.hint")), form(context, {
    fields: [],
    submit: "pack.take",
    run: async () => {
      const { pack } = await context.rpc.evidence.packEvidence({ ...of, by: context.session.person });
      const name = `${of.caseId ?? of.blank ?? ""}.pack`;
      saveFile(name, pack);
      return t("pack.done", { name });
    },
  }));
}
