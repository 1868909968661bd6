#include "central_node/console/district_watch.h"

#include <algorithm>
#include <map>

#include "central_node/core/judge_summaries.h"
#include "central_node/core/node_end.h"
#include "common/base/epoch_days.h"

namespace keping::central {
namespace {

bool HasOperator(const NodeRow& row) {
  return std::any_of(row.operators.begin(), row.operators.end(), [&](const auto& one) {
    const RosterEntry& entry = one.second;
    const bool certified = row.required_application.empty()
                               ? !entry.certified.empty()
                               : entry.certified.contains(row.required_application);
    return entry.active && certified;
  });
}

template <typename Message>
bool Same(const Message& a, const Message& b) {
  return a.SerializeAsString() == b.SerializeAsString();
}

}  // namespace

absl::CivilDay DistrictWatch::Today() const {
  const int offset_minutes = ports_.node->settings().utc_offset_minutes;
  return absl::ToCivilDay(ports_.clock->Now().wall, absl::FixedTimeZone(offset_minutes * 60));
}

v1::WatchDistrictResponse DistrictWatch::Read() {
  v1::WatchDistrictResponse response;
  v1::DistrictPicture& picture = *response.mutable_picture();
  FillOffices(picture);
  FillCases(*picture.mutable_cases());
  picture.mutable_national()->set_connected(ports_.national_connected());
  picture.mutable_national()->set_problem(ports_.national_problem());
  picture.mutable_national()->set_reports_waiting(ports_.node->report_counts().pending);
  picture.mutable_days()->set_last_closed_days(
      base::ToEpochDays(ports_.node->resident().centre.last_closed_day));
  picture.mutable_days()->set_days_left_open(static_cast<uint32_t>(ports_.node->days_left_open()));
  std::string bytes = picture.SerializeAsString();
  if (bytes != last_bytes_) ++revision_;
  last_bytes_ = std::move(bytes);
  response.set_run(ports_.run);
  response.set_revision(revision_);
  response.set_whole(true);
  return response;
}

void DistrictWatch::FillOffices(v1::DistrictPicture& picture) const {
  for (const NodeStatus& status : NodesOf(*ports_.node)) {
    const NodeRow& row = ports_.node->resident().nodes.at(status.node);
    v1::OfficePicture& office = *picture.add_offices();
    office.set_node(status.node.value());
    office.set_connected(ports_.hub->connected(status.node));
    if (!office.connected() && status.last_contact.has_value()) {
      office.set_last_contact_micros(absl::ToUnixMicros(*status.last_contact));
    }
    office.set_proven_seq(status.proven_seq);
    office.set_problem(ports_.hub->problem(status.node));
    if (status.end.has_value()) office.set_ended(EndWord(*status.end));
    office.set_records_left(status.prrs_leased);
    office.set_blanks_left(status.blanks);
    office.set_days_left(
        static_cast<uint32_t>(std::min(status.prrs_leased, status.blanks) / ports_.cards_per_day));
    office.set_records_printed(status.prrs_printed);
    office.set_jobs_in_doubt(static_cast<uint32_t>(row.doubts.size()));
    FillPrinters(status.node, office);
    if (status.blanks == 0) office.add_lacks(v1::NEED_BLANKS);
    if (!HasOperator(row)) office.add_lacks(v1::NEED_OPERATOR);
    if (office.printers_working() == 0) office.add_lacks(v1::NEED_PRINTER);
    if (status.prrs_leased == 0) office.add_lacks(v1::NEED_RECORDS);
  }
}

void DistrictWatch::FillPrinters(const domain::NodeId& node, v1::OfficePicture& office) const {
  const absl::CivilDay today = Today();
  for (const auto& [printer, facts] : ports_.node->resident().centre.printers) {
    const PrinterFact* stated = StatementOn(facts, today);
    if (stated == nullptr || stated->node != node) continue;
    office.set_printers_stated(office.printers_stated() + 1);
    if (stated->cards_per_day > 0) office.set_printers_working(office.printers_working() + 1);
    office.set_cards_per_day(office.cards_per_day() + stated->cards_per_day);
  }
  if (office.printers_stated() > 0) return;
  office.set_printers_working(1);
  office.set_cards_per_day(ports_.cards_per_day);
}

// Of a store that fails none are shown: who writes next ends the program.
void DistrictWatch::FillCases(v1::CasesPicture& cases) {
  const CaseTally& changes = ports_.node->case_changes();
  if (!cases_before_.has_value()) {
    const absl::StatusOr<std::map<domain::CaseState, uint64_t>> counts = CountCases(*ports_.node);
    if (!counts.ok()) return;
    CaseTally before;
    for (const auto& [state, count] : *counts) before[state] = static_cast<int64_t>(count);
    for (const auto& [state, change] : changes) before[state] -= change;
    cases_before_ = std::move(before);
  }
  CaseTally now = *cases_before_;
  for (const auto& [state, change] : changes) now[state] += change;
  for (const auto& [state, count] : now) {
    if (count == 0) continue;
    v1::CaseCount& one = *cases.add_counts();
    one.set_state(static_cast<log::v1::CaseState>(state));
    one.set_cases(static_cast<uint64_t>(count));
  }
}

v1::WatchDistrictResponse ChangeSince(const v1::WatchDistrictResponse& before,
                                      const v1::WatchDistrictResponse& now) {
  v1::WatchDistrictResponse change;
  change.set_run(now.run());
  change.set_revision(now.revision());
  std::map<std::string, const v1::OfficePicture*> known;
  for (const v1::OfficePicture& office : before.picture().offices()) {
    known[office.node()] = &office;
  }
  const v1::DistrictPicture& picture = now.picture();
  for (const v1::OfficePicture& office : picture.offices()) {
    const auto found = known.find(office.node());
    if (found != known.end() && Same(*found->second, office)) continue;
    *change.mutable_picture()->add_offices() = office;
  }
  const auto copy_changed = [&](const auto& was, const auto& is, auto set) {
    if (!Same(was, is)) *set(*change.mutable_picture()) = is;
  };
  copy_changed(before.picture().cases(), picture.cases(),
               [](v1::DistrictPicture& out) { return out.mutable_cases(); });
  copy_changed(before.picture().national(), picture.national(),
               [](v1::DistrictPicture& out) { return out.mutable_national(); });
  copy_changed(before.picture().days(), picture.days(),
               [](v1::DistrictPicture& out) { return out.mutable_days(); });
  return change;
}

}  // namespace keping::central
