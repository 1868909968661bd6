// What the district office does and sees.

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "central_node/store/queries.h"
#include "tests/scenario/desk_words.h"
#include "tests/scenario/district_story.h"

namespace keping::scenario {

using domain::NodeId;
using domain::OperatorId;

constexpr absl::string_view kFirstPassword = "a verifier, specimen";

// ---- The district office.

std::string DistrictStory::Told(central::CommandOutcome outcome) {
  district_->Run();
  if (outcome == central::CommandOutcome::kDone) return "";
  const uint64_t unheard = district_->centre().resident().centre.unheard.size();
  return Line(central::Sentence({.outcome = outcome, .got = unheard}));
}

template <typename... Command>
std::string DistrictStory::Ask(const Command&... command) {
  const auto result = district_->centre().Handle(district_->clock().Now(), command...);
  if (!result.ok()) return Line(result.status().message());
  district_->hub().Pump();
  district_->Run();
  return result->outcome == central::CommandOutcome::kDone ? "" : Line(central::Sentence(*result));
}

// Made administers, rai reconciles, sari audits.
std::string DistrictStory::Officers(const Words&) {
  using Person = std::pair<std::string, domain::Role>;
  std::string seen;
  for (const auto& [name, role] :
       {Person{"made", domain::Role::kAdministrator}, Person{"rai", domain::Role::kReconciler},
        Person{"sari", domain::Role::kAuditor}}) {
    seen += Ask(central::SetOfficer{.officer = OperatorId::Of(name), .role = role, .by = Made()},
                kFirstPassword);
  }
  return seen;
}

// Ten in the morning of a later day, for everybody; the district closes the days that are over.
std::string DistrictStory::Day(const Words& words) {
  const absl::Time morning = absl::FromCivil(absl::CivilHour(DayOf(words[1])) + 2,
                                             absl::UTCTimeZone());  // 10:00 in Bali
  district_->clock().Advance(morning - district_->clock().Now().wall);
  const absl::Status status = district_->centre().EndDays(district_->clock().Now());
  if (!status.ok()) return Line(status.message());
  district_->Run();
  return "";
}

std::string DistrictStory::Decide(const Words& words) {
  central::ResolveCase command = ReadDecision(words);
  const auto cases = central::ReadCases(district_->centre());
  if (!cases.ok()) return Line(cases.status().message());
  for (const central::CaseView& one : *cases) {
    if (!Means(words, one.row)) continue;
    command.case_id = one.id;
    command.revision = one.row.revision;
  }
  return Ask(command);
}

std::string DistrictStory::Figures(const Words& words) {
  const auto act = domain::ActId::Of(absl::StrCat("report-", ++acts_));
  const absl::CivilDay today = absl::ToCivilDay(district_->clock().Now().wall, absl::UTCTimeZone());
  return Ask(central::Enter{.entry = ReadFigures(words, act, today), .by = OperatorId::Of("rai")});
}

std::string DistrictStory::Record(const Words& words) {
  if (words.size() != 4 || words[2] != "for") return Misread(words);
  const auto home = std::find(names_.begin(), names_.end(), words[3]) - names_.begin() + 1;
  int number = 0;
  if (!absl::SimpleAtoi(words[1].substr(1), &number)) return Misread(words);
  district_->AddRecords(number, 1, absl::StrCat("51.06.0", home, ".2001"));
  district_->Run();
  return LeaseOf({"lease", words[1]});
}

std::string DistrictStory::Allot(const Words& words) {
  int quantity = 0;
  if (words.size() != 2 || !absl::SimpleAtoi(words[1], &quantity)) return Misread(words);
  return Line(district_->AddBlanks(quantity, ++allotments_).ToString());
}

std::string DistrictStory::Move(const Words& words) {
  if (words.size() != 4 || words[2] != "to") return Misread(words);
  return Told(district_->Command(
      central::MoveLease{.prr = domain::PrrId::Of(words[1]), .to = NodeId::Of(words[3])}));
}

std::string DistrictStory::Dispatch(const Words& words) {
  int quantity = 0;
  if (words.size() != 5 || words[3] != "as" || !absl::SimpleAtoi(words[1], &quantity)) {
    return Misread(words);
  }
  return Told(district_->Command(central::Dispatch{.transfer = domain::TransferId::Of(words[4]),
                                                   .node = NodeId::Of(words[2]),
                                                   .quantity = static_cast<uint64_t>(quantity),
                                                   .serials = {}}));
}

std::string DistrictStory::Lose(const Words& words) {
  return words.size() == 2 ? Close(words[1], domain::NodeEnd::kLost) : Misread(words);
}

std::string DistrictStory::Revoke(const Words& words) {
  if (words.size() != 2) return Misread(words);
  const std::string seen = Close(words[1], domain::NodeEnd::kRevoked);
  district_->hub().Close(NodeId::Of(words[1]), absl::PermissionDeniedError("K-255"));
  district_->Run();
  return seen;
}

std::string DistrictStory::AcceptClaims(const Words& words) {
  uint64_t seq = 0;
  if (words.size() != 4 || words[2] != "up-to" || !absl::SimpleAtoi(words[3], &seq)) {
    return Misread(words);
  }
  const NodeId node = NodeId::Of(words[1]);
  const auto claims = central::ReadClaims(district_->centre(), node, 1);
  if (!claims.ok() || claims->empty()) return Line("there is no claim");
  return Ask(central::AcceptClaims{.node = node,
                                   .incarnation = claims->front().incarnation,
                                   .seq = seq,
                                   .by = OperatorId::Of("kadis"),
                                   .second = OperatorId::Of("sekdis"),
                                   .document = domain::DocumentNumber::Of("470/2/2017")});
}

std::string DistrictStory::Close(const std::string& name, domain::NodeEnd end) {
  return Told(
      district_->Command(central::CloseNode{.node = NodeId::Of(name),
                                            .end = end,
                                            .by = OperatorId::Of("kadis"),
                                            .second = OperatorId::Of("sekdis"),
                                            .document = domain::DocumentNumber::Of("470/1/2017")}));
}

// ---- The nation.

std::string DistrictStory::Withdraw(const Words& words) {
  const central::WithdrawalsArrived arrived{
      {{.prr = domain::PrrId::Of(words[1]), .version = 2, .reason = ReadReason(words)}}};
  const absl::Status status =
      district_->centre().ReceiveWithdrawals(district_->clock().Now(), arrived, ++withdrawals_);
  if (!status.ok()) return Line(status.message());
  district_->hub().Pump();
  district_->Run();
  return "";
}

// The nation accepts every report that waited for it.
std::string DistrictStory::Answers(const Words&) {
  constexpr size_t kAll = 1000;
  const auto pending = district_->centre().PendingReports(kAll);
  if (!pending.ok()) return Line(pending.status().message());
  central::ReportAnswersArrived arrived;
  for (const central::NamedReport& report : *pending) {
    arrived.answers.push_back(
        {.item = report.item, .kind = report.row.kind, .accepted = true, .reason = {}});
  }
  const absl::Status status =
      district_->centre().ReceiveReportAnswers(district_->clock().Now(), arrived);
  if (!status.ok()) return Line(status.message());
  return Line(absl::StrCat("the nation took ", pending->size(), " reports"));
}

}  // namespace keping::scenario
