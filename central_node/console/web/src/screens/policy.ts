// The district's policy: what holds, what another one would have made of the cases, and setting it by two
// persons. What is typed is a draft until then.
import { clone, create } from "@bufbuild/protobuf";
import { h } from "../../common/dom.js";
import { count, named, t, type Key } from "../../common/messages.js";
import { CaseKind } from "../../gen/keping/log/v1/case_pb.js";
import { RecordClass, Role } from "../../gen/keping/log/v1/office_pb.js";
import { CaseRuleSchema, HolidaySchema, PolicySchema, StalenessRuleSchema, Weekday, type CaseRule,
  type Policy } from "../../gen/keping/log/v1/policy_pb.js";
import { CaseFate, type PolicyDifference, type Treatment } from "../../gen/keping/central/v1/desk_pb.js";
import { Entered, form, longText, number, numbersOf, required, select, tick, ticks, type Field } from "../form.js";
import { button, panel, said, table, type Part } from "../parts.js";
import { remarkText } from "../remarks.js";
import { MAY } from "../roles.js";
import type { Context, Screen } from "../screen.js";
import { caseLink } from "../words.js";
import { kindOf } from "./cases.js";

// Of a class that no rule names (common/domain/policy.h).
const USUAL_PRINTS = 200;
const USUAL_PICTURE_DAYS = 30;

const roleOf = (role: Role) => named("role.", String(role)) ?? String(role);
const rolesOf = (roles: Role[], two: boolean) => roles.map(roleOf).join(" / ") + (two ? ` ${t("policy.andSecond")}` : "");

// "2017-03-28 Nyepi @susut", a line each.
const holidayLines = (policy: Policy) => policy.holidays.map(({ date, name, node }) =>
  [date, name, node && `@${node}`].filter((word) => word !== "").join(" ")).join("\n");

function holidaysIn(lines: string) {
  return lines.split("\n").map((line) => line.trim()).filter((line) => line !== "").map((line) => {
    const [, date = "", name = "", node = ""] = /^(\S+)\s*(.*?)\s*(?:@(\S+))?$/.exec(line) ?? [];
    return create(HolidaySchema, { date, name, node });
  });
}

// The draft: its fields as they are typed, its rules as they were put in.
class Draft {
  readonly fields: Field[];
  readonly days: Field[];
  rules: CaseRule[];

  constructor(readonly basis: Policy) {
    this.rules = [...basis.rules];
    this.fields = [
      this.count("transfer", "policy.transferDays", basis.silentTransferDays),
      this.count("node", "policy.nodeDays", basis.silentNodeDays),
      this.count("doubt", "policy.doubtDays", basis.doubtDays),
      this.count("picture", "policy.pictureDays", basis.pictureDays || USUAL_PICTURE_DAYS),
      ...numbersOf(RecordClass).flatMap((one) => {
        const rule = basis.staleness.find(({ recordClass }) => recordClass === one);
        return [
          this.count(`limit${one}`, one === RecordClass.FIRST_CARD ? "policy.limitFirst" : "policy.limitReplacement",
            rule?.limitDays ?? 0, 0),
          this.count(`prints${one}`, one === RecordClass.FIRST_CARD ? "policy.printsFirst" : "policy.printsReplacement",
            rule?.overridePrints ?? USUAL_PRINTS, 0),
        ];
      }),
      longText("holidays", "policy.holidays", holidayLines(basis), "policy.holidaysHint"),
    ];
    this.days = numbersOf(Weekday).map((day) => {
      const field = tick(`rest${day}`, `weekday.${day}` as Key);
      Object.assign(field.input, { defaultChecked: basis.restDays.includes(day) });
      return field;
    });
  }

  private count(name: string, label: Key, value: number, least = 1): Field {
    return required(number(name, label, String(value), least));
  }

  policy(): Policy {
    const entered = new Entered([...this.fields, ...this.days]);
    const policy = clone(PolicySchema, this.basis);
    policy.version = this.basis.version + 1;
    policy.silentTransferDays = entered.number("transfer");
    policy.silentNodeDays = entered.number("node");
    policy.doubtDays = entered.number("doubt");
    policy.pictureDays = entered.number("picture");
    policy.rules = this.rules;
    policy.holidays = holidaysIn(entered.text("holidays"));
    policy.restDays = numbersOf(Weekday).filter((day) => entered.ticked(`rest${day}`));
    policy.staleness = numbersOf(RecordClass).map((recordClass) => create(StalenessRuleSchema, {
      recordClass,
      limitDays: entered.number(`limit${recordClass}`),
      overridePrints: entered.number(`prints${recordClass}`),
    })).filter(({ recordClass, limitDays, overridePrints }) => limitDays !== 0 || overridePrints !== USUAL_PRINTS ||
      this.basis.staleness.some((rule) => rule.recordClass === recordClass));
    return policy;
  }
}

function fateOf(treatment: Treatment | undefined, text: string): Part {
  const fate = treatment && named("fate.", String(treatment.fate));
  if (!treatment || fate === undefined) return said(text);
  const open = treatment.fate === CaseFate.OPEN || treatment.fate === CaseFate.ACTING;
  return open ? `${fate}: ${rolesOf(treatment.mayDecide, treatment.twoPersons)}` : fate;
}

// "Others decide" is said by the column beside it.
function differences(context: Context, found: PolicyDifference[]): HTMLElement {
  return table(["cases.case", "cases.kind", "policy.now", "policy.wouldBe", "policy.why"],
    found.map((one): Part[] => [
      one.nowFate?.fate === CaseFate.NO_CASE ? one.entity : caseLink(one.caseId),
      h("span", {}, kindOf(one.kind), " ", h("span", { class: "code" }, one.code)),
      fateOf(one.nowFate, one.now),
      fateOf(one.wouldBeFate, one.wouldBe),
      remarkText(context, one.why) ?? said(one.reason),
    ]), "policy.noDifference");
}

function trial(context: Context, draft: Draft): HTMLElement {
  const answer = h("div", { id: "differences" });
  return panel("policy.draft", h("p", { class: "hint" }, t("policy.hint")), form(context, {
    fields: draft.fields,
    inside: [ticks("policy.restDays", draft.days)],
    submit: "policy.try",
    run: async () => {
      const policy = draft.policy();
      const found: PolicyDifference[] = [];
      let [lookedAt, cannotTell, pageToken] = [0, 0, ""];
      do {
        const page = await context.rpc.desk.tryPolicy({ policy, pageToken });
        found.push(...page.differences);
        lookedAt += page.lookedAt;
        cannotTell += page.cannotTell;
        pageToken = page.nextPageToken;
      } while (pageToken !== "");
      answer.replaceChildren(differences(context, found));
      return t("policy.tried", { n: found.length, cases: lookedAt }) +
        (cannotTell > 0 ? ` ${t("policy.cannotTell", { n: cannotTell })}` : "");
    },
  }), answer);
}

function rules(context: Context, draft: Draft): HTMLElement {
  const place = h("div", {});
  const show = () => place.replaceChildren(table(
    ["cases.kind", "policy.deciders", "policy.waits", "plan.act"],
    draft.rules.map((rule): Part[] => [kindOf(rule.kind), rolesOf(rule.mayDecide, rule.twoPersons),
      rule.waitForPerson ? t("words.yes") : t("policy.byItself"), button("policy.dropRule", () => {
        draft.rules = draft.rules.filter((one) => one !== rule);
        show();
      })]), "policy.noRules"));
  show();
  const kinds = numbersOf(CaseKind).map((kind): [string, string] => [String(kind), kindOf(kind)]);
  const roles = numbersOf(Role).map((role) => tick(`role${role}`, `role.${role}` as Key));
  const how = [tick("two", "policy.twoPersons"), tick("wait", "policy.waitForPerson")];
  const entry = form(context, {
    fields: [select("kind", "cases.kind", kinds)],
    inside: [ticks("policy.deciders", roles), ticks("policy.how", how)],
    submit: "policy.putRule",
    run: async (entered) => {
      const ticked = new Entered([...roles, ...how]);
      const rule = create(CaseRuleSchema, {
        kind: entered.number("kind"),
        mayDecide: numbersOf(Role).filter((role) => ticked.ticked(`role${role}`)),
        twoPersons: ticked.ticked("two"),
        waitForPerson: ticked.ticked("wait"),
      });
      draft.rules = [...draft.rules.filter(({ kind }) => kind !== rule.kind), rule];
      show();
      return t("policy.rulePut");
    },
  });
  return panel("policy.rules", h("p", { class: "hint" }, t("policy.rulesHint")), place,
    h("details", {}, h("summary", {}, t("policy.newRule")), entry));
}

function setting(context: Context, draft: Draft): HTMLElement {
  return panel("policy.setTitle", h("p", { class: "hint" }, t("policy.setHint")), form(context, {
    fields: [],
    submit: "policy.set",
    second: true,
    run: async (entered, confirmed) => {
      const policy = draft.policy();
      await context.rpc.desk.setPolicy({ policy, by: context.session.person, second: entered.text("second") },
        confirmed);
      draft.basis.version = policy.version;
      return t("policy.done", { version: policy.version });
    },
  }));
}

export const policy: Screen = {
  id: "policy",
  title: "policy.title",
  show: async (context, place) => {
    const { policy: holds } = await context.rpc.desk.getPolicy({});
    const draft = new Draft(holds ?? create(PolicySchema));
    const { version } = draft.basis;
    place.append(
      h("div", { class: "panel" }, h("p", { class: "lead" },
        version === 0 ? t("policy.none") : t("policy.version", { version: count(version) })),
      !context.session.may(MAY.setPolicy) && h("p", { class: "hint" }, t("policy.notYou"))),
      trial(context, draft), rules(context, draft),
      ...(context.session.may(MAY.setPolicy) ? [setting(context, draft)] : []));
  },
};
