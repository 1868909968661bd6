// Villages, which everything knows by code: how they are called, and how one is chosen.
import { t } from "../common/messages.js";
import { required, select, text, type Field } from "./form.js";
import type { Context } from "./screen.js";

// "Apuan (51.06.01.2001)": names of villages are not unique. The code alone where the name is not known.
export function villageOf({ facts }: Context, code: string): string {
  const name = facts.villages.find((one) => one.code === code)?.name;
  return name === undefined ? code : `${name} (${code})`;
}

// Chosen by name where names are known, else typed as a code.
export function villageField(context: Context, chosen = ""): Field {
  const { villages } = context.facts;
  if (villages.length === 0) return required(text("village", "plan.villageCode", chosen));
  const named = villages.map(({ code }): [string, string] => [code, villageOf(context, code)])
    .sort(([, a], [, b]) => a.localeCompare(b));
  return required(select("village", "plan.village", [["", t("plan.chooseVillage")], ...named], chosen));
}
