// People: the district's officers, the offices' rosters and training, absences, and grants by telephone.
import { h } from "../../common/dom.js";
import { passwordField } from "../../common/gate.js";
import { named, t, type Key } from "../../common/messages.js";
import type { Officer } from "../../gen/keping/central/v1/desk_pb.js";
import { AbsenceKind } from "../../gen/keping/log/v1/district_pb.js";
import { GrantKind, Role } from "../../gen/keping/log/v1/office_pb.js";
import { dayOf } from "../days.js";
import { day, form, numbersOf, personCode, required, select, show, text, tick, type Field } from "../form.js";
import { list, pager, panel, renewable, table, type Part } from "../parts.js";
import { MAY } from "../roles.js";
import { linkTo, type Address, type Context, type Screen } from "../screen.js";
import { officeOf, officeOptions, timeOf } from "../words.js";

const PAGE = 50;

const roleOf = (role: number) => named("role.", String(role)) ?? String(role);
const roles = (): [string, string][] => numbersOf(Role).map((role) => [String(role), roleOf(role)]);

// To be told to one person, once: it is kept nowhere.
function told(done: string, password: string): Part {
  return password === "" ? done : h("span", {}, done, " ", t("people.tell"), " ",
    h("strong", { class: "secret" }, password));
}

async function officerTable(context: Context, known: Map<string, Officer>): Promise<HTMLElement> {
  const { officers: all } = await context.rpc.desk.listOfficers({});
  for (const one of all) known.set(one.officer, one);
  return table(["people.officer", "people.role", "people.state"],
    all.map((one): Part[] => [one.officer, roleOf(one.role),
      !one.active ? `■ ${t("people.struckOff")}`
        : one.ownPassword ? `✓ ${t("people.ownPassword")}`
          : one.hasPassword ? `… ${t("people.hasFirst")}` : `○ ${t("people.noPassword")}`]), "people.noOfficers");
}

async function officers(context: Context): Promise<HTMLElement> {
  const known = new Map<string, Officer>();
  const { part, again } = await renewable(() => officerTable(context, known));
  const officer = personCode("officer", "people.officer");
  const role = required(select("role", "people.role", [["", t("decide.choose")], ...roles()]));
  const active = select("active", "people.active", [["yes", t("people.onRoster")], ["", t("people.struckOff")]], "yes");
  // Who is known stays what he or she is, unless that is changed.
  officer.input.addEventListener("change", () => {
    const one = known.get(officer.input.value.trim());
    if (!one) return;
    role.input.value = String(one.role);
    active.input.value = one.active ? "yes" : "";
  });
  const entry = () => form(context, {
    fields: [officer, role, active, tick("password", "people.firstPassword")],
    submit: "people.setOfficer",
    run: async (entered) => {
      const { firstPassword } = await context.rpc.desk.setOfficer({
        officer: entered.text("officer"),
        role: entered.number("role"),
        active: entered.text("active") !== "",
        firstPassword: entered.ticked("password"),
        by: context.session.person,
      });
      return told(t("people.officerDone", { officer: entered.text("officer") }), firstPassword);
    },
    done: again,
  });
  return panel("people.officers", part,
  context.session.may(MAY.administer) && h("details", {}, h("summary", {}, t("people.setOfficer")), entry()),
  ownPassword(context));
}

// One's own; the session goes on.
function ownPassword(context: Context): HTMLElement {
  const secret = (name: string, label: Key): Field => ({ ...passwordField(`own-${name}`, label), name });
  const [fresh, again] = [secret("new", "gate.newPassword"), secret("again", "gate.newPasswordAgain")];
  const compare = () => again.input.setCustomValidity(fresh.input.value === again.input.value ? "" : t("gate.notTheSame"));
  for (const { input } of [fresh, again]) input.oninput = compare;
  const entry = form(context, {
    fields: [secret("old", "people.oldPassword"), fresh, again],
    submit: "people.changePassword",
    run: async (entered) => {
      await context.rpc.signIn.changePassword({ officer: context.session.person, oldPassword: entered.text("old"),
        newPassword: entered.text("new") });
      entry.reset();
      return t("people.passwordChanged");
    },
  });
  return h("details", {}, h("summary", {}, t("people.ownTitle")), entry);
}

function rosterForms(context: Context, done: () => void): HTMLElement[] {
  const { rpc, session } = context;
  const offices = officeOptions(context);
  const add = form(context, {
    fields: [personCode("operator", "people.operator"), select("node", "offices.office", offices),
      select("role", "people.role", roles()), tick("password", "people.firstPassword")],
    submit: "people.add",
    run: async (entered) => {
      const { firstPassword } = await rpc.people.addOperator({
        operatorId: entered.text("operator"), node: entered.text("node"), role: entered.number("role"),
        firstPassword: entered.ticked("password"), by: session.person,
      });
      return told(t("people.added", { operator: entered.text("operator") }), firstPassword);
    },
    done,
  });
  const certify = form(context, {
    fields: [personCode("operator", "people.operator"), select("node", "offices.office", offices),
      required(text("version", "people.version")), tick("withdraw", "people.withdraw")],
    submit: "people.certify",
    run: async (entered) => {
      await rpc.people.certifyOperator({
        operatorId: entered.text("operator"), node: entered.text("node"),
        applicationVersion: entered.text("version"), withdraw: entered.ticked("withdraw"), by: session.person,
      });
      return t("people.certified", { operator: entered.text("operator"), version: entered.text("version") });
    },
    done,
  });
  const remove = form(context, {
    fields: [personCode("operator", "people.operator"), select("node", "offices.office", offices)],
    submit: "people.remove",
    run: async (entered) => {
      await rpc.people.removeOperator({ operatorId: entered.text("operator"), node: entered.text("node"), by: session.person });
      return t("people.removed", { operator: entered.text("operator") });
    },
    done,
  });
  const require = form(context, {
    fields: [required(text("version", "people.version")),
      select("node", "offices.office", officeOptions(context, t("words.everywhere")))],
    submit: "people.require",
    run: async (entered) => {
      await rpc.people.requireApplication({ applicationVersion: entered.text("version"), node: entered.text("node"), by: session.person });
      return t("people.required", { version: entered.text("version") });
    },
    done,
  });
  return [
    h("details", {}, h("summary", {}, t("people.add")), add),
    h("details", {}, h("summary", {}, t("people.certify")), certify),
    h("details", {}, h("summary", {}, t("people.remove")), remove),
    h("details", {}, h("summary", {}, t("people.require")), require),
  ];
}

function absence(context: Context, done: () => void): HTMLElement {
  const kinds = numbersOf(AbsenceKind).map((kind): [string, string] =>
    [String(kind), named("absence.", String(kind)) ?? ""]);
  return h("details", {}, h("summary", {}, t("people.absence")), form(context, {
    fields: [personCode("operator", "people.operator"), select("kind", "people.absenceKind", kinds),
      required(day("first", "people.from")), required(day("last", "people.to")),
      select("node", "people.otherOffice", officeOptions(context, t("people.noOffice"))), tick("withdrawn", "people.absenceWithdrawn")],
    submit: "people.enterAbsence",
    run: async (entered) => {
      await context.rpc.desk.enterAbsence({
        operatorId: entered.text("operator"), kind: entered.number("kind"), firstDays: entered.day("first"),
        lastDays: entered.day("last"), node: entered.text("node"), withdrawn: entered.ticked("withdrawn"),
        by: context.session.person,
      });
      return t("people.absenceDone", { operator: entered.text("operator") });
    },
    done,
  }));
}

async function operatorTable(context: Context, address: Address): Promise<HTMLElement> {
  const { operators: all, nextPageToken } =
    await context.rpc.people.listOperators({ pageSize: PAGE, pageToken: address.get("page") });
  return h("div", {},
    table(["people.operator", "offices.office", "people.role", "people.versions", "people.state"],
      all.map((one): Part[] => [one.operatorId, officeOf(context, one.node), roleOf(one.role),
        one.certifiedVersions.length === 0 ? `⚠ ${t("people.notCertified")}` : list(one.certifiedVersions),
        one.active ? t("people.onRoster") : `■ ${t("people.struckOff")}`]), "people.noOperators"),
    pager(nextPageToken, address.get("page") === "", (page) => {
      location.hash = linkTo("people", "", { page });
    }));
}

async function operators(context: Context, address: Address): Promise<HTMLElement> {
  const { part, again } = await renewable(() => operatorTable(context, address));
  return panel("people.operators", part,
    ...(context.session.may(MAY.staff) ? rosterForms(context, again) : []),
    context.session.may(MAY.enterForPlan) && absence(context, again));
}

const kindOf = (kind: number) => named("grant.kind.", String(kind)) ?? "";

async function grantTable(context: Context): Promise<HTMLElement> {
  const { grants: all, refused } = await context.rpc.people.listGrants({ pageSize: PAGE });
  return h("div", {},
    table(["offices.office", "grant.kindLabel", "grant.subject", "plan.day", "people.state", "grant.issuedBy", "grant.usedBy"],
      all.map((one): Part[] => [officeOf(context, one.node), kindOf(one.kind), one.subject, dayOf(one.dayDays),
        named("grant.state.", one.state) ?? one.state,
        list([one.issuedBy, timeOf(context, one.issuedAtMicros)].filter((word) => word !== ""), " · "),
        list([one.usedBy, timeOf(context, one.usedAtMicros)].filter((word) => word !== ""), " · ")]), "grant.none"),
    refused.length > 0 && h("p", {}, "⚠ ", list(refused.map((one) =>
      t("grant.refused", { office: officeOf(context, one.node), n: Number(one.count) })))));
}

async function grants(context: Context): Promise<HTMLElement> {
  const { part, again } = await renewable(() => grantTable(context));
  // Nothing is chosen by itself: a code for the wrong office opens that one.
  const kinds = numbersOf(GrantKind).map((kind): [string, string] => [String(kind), kindOf(kind)]);
  const node = required(select("node", "offices.office", officeOptions(context, t("decide.choose"))));
  const kind = required(select("kind", "grant.kindLabel", [["", t("decide.choose")], ...kinds]));
  const subject = text("subject", "grant.subject");
  const version = text("version", "people.version");
  const issue = form(context, {
    fields: [node, kind, subject, version],
    submit: "grant.issue",
    run: async (entered) => {
      const { code, spoken, leaseEpoch } = await context.rpc.people.issueGrant({
        node: entered.text("node"), kind: entered.number("kind"), subject: entered.text("subject"),
        applicationVersion: entered.text("version"), by: context.session.person,
      });
      const what = [kindOf(entered.number("kind")), entered.text("subject")].filter((word) => word !== "").join(" ");
      return h("span", {}, t("grant.read", { office: officeOf(context, entered.text("node")), what }), " ",
        h("strong", { class: "secret" }, code), h("br"), spoken,
        leaseEpoch !== "" && ` ${t("grant.epoch", { epoch: leaseEpoch })}`);
    },
    done: again,
  });
  // Only what the chosen kind is about.
  const follow = () => {
    const chosen = Number(kind.input.value) as GrantKind;
    show(subject, chosen !== GrantKind.UNLOCK_NODE);
    show(version, chosen === GrantKind.CERTIFY_OPERATOR);
    subject.input.required = chosen !== GrantKind.UNLOCK_NODE;
    version.input.required = chosen === GrantKind.CERTIFY_OPERATOR;
  };
  kind.input.onchange = follow;
  follow();
  return panel("grant.title", part,
    context.session.may(MAY.lease) && h("details", {}, h("summary", {}, t("grant.issue")), issue));
}

export const people: Screen = {
  id: "people",
  title: "people.title",
  show: async (context, place, address) => {
    place.append(...(await Promise.all([officers(context), operators(context, address), grants(context)])));
  },
};
