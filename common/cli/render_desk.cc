#include "common/cli/render_desk.h"

#include <google/protobuf/text_format.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/cli/render.h"
#include "common/cli/table.h"

namespace keping::cli {
namespace {

namespace api = central_api;

std::string DecidersOf(const api::GetCaseResponse& answer) {
  std::vector<std::string> roles;
  for (int role : answer.may_decide()) {
    roles.push_back(RoleWord(static_cast<log::v1::Role>(role)));
  }
  return absl::StrCat(absl::StrJoin(roles, " or "),
                      answer.two_persons() ? ", and a second person" : "");
}

// Entities are lines of a key; people read them on one.
std::string OneLine(const std::string& entity) {
  return absl::StrReplaceAll(entity, {{"\n", " "}});
}

template <typename Texts>
std::string Joined(const Texts& texts) {
  return texts.empty() ? "-" : absl::StrJoin(texts, ", ");
}

}  // namespace

template <typename Facts>
std::string DeskText::FactTable(const Facts& facts) const {
  if (facts.empty()) return "Nobody said anything of it.\n";
  Table table(
      {{"At"}, {"What"}, {"Who"}, {"Reference"}, {"Log"}, {"Entry", Align::kRight}, {"Id"}});
  for (const api::Fact& fact : facts) {
    table.AddRow({time_.Format(fact.wall_micros()), fact.event(), OrDash(fact.person()),
                  OrDash(fact.reference()), fact.node(), absl::StrCat(fact.seq()),
                  fact.id().substr(0, 8)});
  }
  return table.ToString();
}

std::string DeskText::operator()(const api::ListCasesResponse& cases) const {
  if (cases.cases().empty()) return "No cases.\n";
  Table table({{"Case"},
               {"Kind"},
               {"State"},
               {"Revision", Align::kRight},
               {"PRR"},
               {"Blank"},
               {"Office"},
               {"Evidence", Align::kRight},
               {"Proposal"}});
  for (const api::Case& one : cases.cases()) {
    table.AddRow(
        {one.case_id(),
         absl::StrCat(one.code(), " ", PlainName(log::v1::CaseKind_Name(one.kind()), "CASE_KIND_")),
         PlainName(log::v1::CaseState_Name(one.state()), "CASE_STATE_"),
         absl::StrCat(one.revision()), OrDash(one.prr()), OrDash(one.blank()), OrDash(one.node()),
         absl::StrCat(one.evidence_size()), OrDash(one.proposal())});
  }
  return table.ToString() + MoreOf(cases.next_page_token());
}

std::string DeskText::operator()(const api::GetCaseResponse& answer) const {
  const api::Case& one = answer.case_();
  Table table({{"Case"}, {one.case_id()}});
  table.AddRow({"Kind", absl::StrCat(answer.code(), " ",
                                     PlainName(log::v1::CaseKind_Name(one.kind()), "CASE_KIND_"))});
  table.AddRow({"State", PlainName(log::v1::CaseState_Name(one.state()), "CASE_STATE_")});
  table.AddRow({"Revision", absl::StrCat(one.revision())});
  table.AddRow({"About", OrDash(OneLine(answer.entity()))});
  table.AddRow({"Record", OrDash(one.prr())});
  table.AddRow({"Blank", OrDash(one.blank())});
  table.AddRow({"Office", OrDash(one.node())});
  table.AddRow({"Proposal", one.proposal()});
  table.AddRow({"Decides", DecidersOf(answer)});
  std::string explanation;
  for (const std::string& sentence : answer.explanation()) {
    absl::StrAppend(&explanation, "\n", sentence);
  }
  if (!explanation.empty()) absl::StrAppend(&explanation, "\n");
  std::string text =
      absl::StrCat(table.ToString(), explanation, "\nEvidence, ", one.evidence_size(),
                   one.evidence_size() == 1 ? " entry" : " entries",
                   one.evidence_size() == answer.evidence_size()
                       ? ""
                       : absl::StrCat(", ", answer.evidence_size(), " of them here"),
                   ":\n");
  if (answer.evidence_size() > 0) text += FactTable(answer.evidence());
  for (const api::Decision& decision : answer.decisions()) {
    absl::StrAppend(&text, "\nDecided at revision ", decision.revision(), ": ",
                    PlainName(log::v1::Resolution_Name(decision.resolution()), "RESOLUTION_"),
                    decision.keep().empty() ? "" : absl::StrCat(", ", decision.keep(), " stays"),
                    ", by ", decision.by(),
                    decision.second().empty() ? "" : absl::StrCat(" and ", decision.second()),
                    decision.document().empty() ? "" : absl::StrCat(", ", decision.document()),
                    ", ", time_.Format(decision.fact().wall_micros()), "\n");
  }
  if (answer.orders().empty()) return text;
  Table orders({{"Order"}, {"What"}, {"Office"}, {"Blank"}, {"Done"}});
  for (const api::Order& order : answer.orders()) {
    orders.AddRow({order.action(),
                   PlainName(log::v1::ActionKind_Name(order.kind()), "ACTION_KIND_"), order.node(),
                   OrDash(order.blank()), YesNo(order.done())});
  }
  return absl::StrCat(text, "\n", orders.ToString());
}

std::string DeskText::operator()(const api::ResolveCaseResponse& answer) const {
  if (answer.dry_run()) {
    Table orders({{"What"}, {"Office"}, {"Blank"}});
    for (const api::Order& order : answer.would_order()) {
      orders.AddRow({PlainName(log::v1::ActionKind_Name(order.kind()), "ACTION_KIND_"),
                     order.node(), OrDash(order.blank())});
    }
    return absl::StrCat("Nothing was written. The case would be ",
                        PlainName(log::v1::CaseState_Name(answer.state()), "CASE_STATE_"), ".\n",
                        orders.ToString());
  }
  return absl::StrCat(
      "The case is ", PlainName(log::v1::CaseState_Name(answer.state()), "CASE_STATE_"), ".",
      answer.orders() == 0 ? ""
                           : absl::StrCat(" Orders to offices: ", answer.orders(),
                                          "; it closes when they say that they are done."),
      "\n");
}

std::string DeskText::operator()(const api::TraceBlankResponse& answer) const {
  Table table({{"Blank"}, {answer.blank()}});
  table.AddRow({"Also called", OrDash(answer.other_name())});
  table.AddRow({"Is", answer.account()});
  table.AddRow({"At", answer.holder().empty() ? "the district" : answer.holder()});
  table.AddRow({"Named by an allotment", YesNo(answer.issued())});
  if (!answer.box().empty()) {
    table.AddRow({"Scanned out of box", answer.box()});
    table.AddRow({"  of lot", OrDash(answer.lot())});
    table.AddRow({"  of delivery", OrDash(answer.allotment())});
  }
  table.AddRow({"Jobs", Joined(answer.acts())});
  table.AddRow({"  of records", Joined(answer.prrs())});
  table.AddRow({"Cases", Joined(answer.cases())});
  return absl::StrCat(table.ToString(), "\n", FactTable(answer.facts()));
}

std::string DeskText::operator()(const api::TraceRecordResponse& answer) const {
  Table table({{"Record"}, {answer.prr()}});
  table.AddRow({"State", answer.state()});
  table.AddRow({"At", OrDash(answer.holder())});
  table.AddRow({"Village", OrDash(answer.village())});
  table.AddRow({"Version", absl::StrCat(answer.version())});
  table.AddRow({"Withdrawn", YesNo(answer.withdrawn())});
  table.AddRow({"Replaces", OrDash(answer.replaces())});
  table.AddRow({"Replaced by", Joined(answer.replaced_by())});
  table.AddRow({"Cases", Joined(answer.cases())});
  std::string text = table.ToString() + "\n";
  if (!answer.cards().empty()) {
    Table cards({{"Card on"},
                 {"Office"},
                 {"Is"},
                 {"Printed"},
                 {"By"},
                 {"Printer"},
                 {"Application"},
                 {"Version", Align::kRight},
                 {"Lease"},
                 {"Held then"}});
    for (const api::Card& card : answer.cards()) {
      cards.AddRow({card.blank(), card.node(), card.account(), time_.Format(card.printed_micros()),
                    OrDash(card.operator_id()), OrDash(card.printer()),
                    OrDash(card.application_version()), absl::StrCat(card.version()),
                    card.lease_epoch(), YesNo(card.lease_valid())});
    }
    absl::StrAppend(&text, cards.ToString(), "\n");
  }
  return text + FactTable(answer.facts());
}

std::string DeskText::operator()(const api::ReportSubjectResponse& answer) const {
  std::string text = absl::StrCat("Records under this NIK: ", answer.records_size(),
                                  ". This question was logged.\n");
  for (const api::TraceRecordResponse& record : answer.records()) {
    absl::StrAppend(&text, "\n", (*this)(record));
  }
  Table reads({{"Looked at"}, {"Record"}, {"At"}, {"By"}, {"For"}});
  for (const api::PersonalRead& read : answer.reads()) {
    reads.AddRow({time_.Format(read.fact().wall_micros()), read.prr(), read.fact().node(),
                  OrDash(read.fact().person()),
                  read.of_plan()
                      ? "the day's plan, this record perhaps among them"
                      : PlainName(log::v1::ReadPurpose_Name(read.purpose()), "READ_PURPOSE_")});
  }
  return absl::StrCat(text, "\n", reads.ToString());
}

std::string DeskText::operator()(const api::ListDestructionsResponse& answer) const {
  const std::string rule =
      absl::StrCat("Pictures and signatures are kept for ", answer.picture_days(),
                   " closed working days after a card was delivered or burnt, or a record "
                   "withdrawn.\n");
  if (answer.records().empty()) return absl::StrCat(rule, "None were destroyed yet.\n");
  Table table({{"Record"}, {"Destroyed at"}, {"When"}, {"Entry", Align::kRight}, {"Id"}});
  for (const api::DestroyedRecord& record : answer.records()) {
    for (const api::Fact& fact : record.facts()) {
      table.AddRow({record.prr(), fact.node(), time_.Format(fact.wall_micros()),
                    absl::StrCat(fact.seq()), fact.id().substr(0, 16)});
    }
  }
  return absl::StrCat(rule, table.ToString(), MoreOf(answer.next_page_token()));
}

std::string DeskText::operator()(const api::SetOfficerResponse& answer) const {
  if (answer.first_password().empty()) return "The district's roster is changed.\n";
  return absl::StrCat(
      "The district's roster is changed.\nFirst password: ", answer.first_password(),
      "\nTell it to this person alone. It is shown once, and is changed at the "
      "first sign-in: keping central sign-in.\n");
}

std::string DeskText::operator()(const api::ListOfficersResponse& answer) const {
  if (answer.officers().empty()) {
    return "Nobody is on the district's roster. The first one is an administrator.\n";
  }
  Table table({{"Person"}, {"Role"}, {"On the roster"}, {"Password"}});
  for (const api::Officer& officer : answer.officers()) {
    const char* password = officer.own_password() ? "own" : "first";
    table.AddRow({officer.officer(), RoleWord(officer.role()), YesNo(officer.active()),
                  officer.has_password() ? password : "none"});
  }
  return table.ToString();
}

std::string DeskText::operator()(const api::GetPolicyResponse& answer) const {
  std::string text;
  google::protobuf::TextFormat::PrintToString(answer.policy(), &text);
  return text;
}

std::string DeskText::operator()(const api::TryPolicyResponse& answer) const {
  Table table({{"Case"}, {"Kind"}, {"About"}, {"Now"}, {"Would be"}, {"Why"}});
  for (const api::PolicyDifference& one : answer.differences()) {
    table.AddRow(
        {one.case_id(),
         absl::StrCat(one.code(), " ", PlainName(log::v1::CaseKind_Name(one.kind()), "CASE_KIND_")),
         OneLine(one.entity()), one.now(), one.would_be(), one.reason()});
  }
  std::string text = answer.differences().empty() ? "" : table.ToString();
  absl::StrAppend(&text, "Looked at ", Count(answer.looked_at()),
                  "; other under this policy: ", WithThousands(answer.differences_size()), ".\n");
  if (answer.cannot_tell() > 0) {
    absl::StrAppend(&text, "Of ", Count(answer.cannot_tell()),
                    " it cannot be told: what decides is not kept any more.\n");
  }
  return absl::StrCat(text, "Nothing was changed.\n");
}

std::string DeskText::operator()(const api::SetPolicyResponse&) const {
  return "The policy is set; it holds from the next fact on.\n";
}

std::string DeskText::operator()(const api::EnterReadinessResponse&) const {
  return "Entered; the next plan takes it into account.\n";
}

std::string DeskText::operator()(const api::EnterAbsenceResponse&) const {
  return "Entered; the next plan takes it into account.\n";
}

std::string DeskText::operator()(const api::StatePrinterResponse&) const {
  return "Entered; the next plan takes it into account.\n";
}

std::string DeskText::operator()(const api::ReportFiguresResponse&) const {
  return "Entered. Where it contradicts itself or the ledger there is a case; no balance "
         "changed.\n";
}

std::string DeskText::operator()(const api::IdentifyBlankResponse&) const {
  return "Entered. Where it contradicts another name there is a case.\n";
}

std::string DeskText::operator()(const api::CloseDaysResponse& answer) const {
  return absl::StrCat("Closed up to ", FormatDay(answer.last_days()), ".\n");
}

std::string DeskText::operator()(const api::ReceiveDeliveryResponse& answer) const {
  return absl::StrCat("Received: ", Count(answer.listed()), " blanks by serial, ",
                      Count(answer.unidentified()),
                      " by quantity; they get their serials when they are scanned.\n");
}

std::string DeskText::operator()(const api::ListBoxesResponse& answer) const {
  if (answer.boxes().empty()) return "No boxes.\n";
  Table table({{"Box"},
               {"Lot"},
               {"Delivery"},
               {"Serials"},
               {"Paper", Align::kRight},
               {"Scanned", Align::kRight},
               {"Left", Align::kRight},
               {"Is"},
               {"At"},
               {"Case"}});
  for (const api::BoxState& box : answer.boxes()) {
    const bool known = box.scheme() != log::v1::SERIAL_SCHEME_UNSPECIFIED;
    table.AddRow(
        {box.box(), OrDash(box.lot()), OrDash(box.allotment()),
         known ? PlainName(log::v1::SerialScheme_Name(box.scheme()), "SERIAL_SCHEME_") : "-",
         Count(box.quantity()), Count(box.identified()), Count(box.unidentified()),
         box.unidentified() > 0 ? box.account() : "scanned",
         box.holder().empty() ? "the district" : box.holder(), OrDash(box.case_id())});
  }
  return table.ToString();
}

std::string DeskText::operator()(const api::PackEvidenceResponse& answer) const {
  return absl::StrCat(
      "Written, ", Count(answer.pack().size()),
      " bytes. Check it on any machine: keping verify --pack FILE --centre-key KEY, with the "
      "key that keping central status shows.\n");
}

}  // namespace keping::cli
