// Where every blank truly lies, as a story tells it, and whether the books and the count of
// `keping verify` say the same; and what explains a case.

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "central_node/store/explain_case.h"
#include "central_node/store/queries.h"
#include "central_node/store/trace.h"
#include "common/cli/verify.h"
#include "tests/scenario/desk_words.h"
#include "tests/scenario/district_story.h"

namespace keping::scenario {
namespace {

using domain::BlankSerial;
using Place = std::pair<std::string, std::string>;  // account and holder

std::string InWords(const Place& place) {
  return place.second.empty() ? place.first : absl::StrCat(place.first, " ", place.second);
}

std::string Evidence(const central::CaseTrace& trace) {
  std::set<std::string> lines;
  for (const central::TracedFact& fact : trace.evidence) {
    const std::string name = fact.event.has_value() ? domain::EventName(*fact.event) : "unknown";
    lines.insert(absl::StrCat("  ", fact.ref.node.value(), ": ", name, "\n"));
  }
  return absl::StrJoin(lines, "");
}

}  // namespace

std::string DistrictStory::Truly(const Words& words) {
  const Place place{words[2], words.size() > 3 ? words[3] : ""};
  domain::SerialSet::Parse(words[1])->ForEach(
      [&](const BlankSerial& serial) { truth_[serial] = place; });
  return "";
}

// Every blank that was allotted, in the ledger; and all of them, counted again from the raw logs.
std::string DistrictStory::Compare(const Words&) {
  std::string seen;
  std::map<Place, int64_t> totals;
  for (const auto& [serial, place] : truth_) {
    ++totals[place];
    const auto trace = central::TraceBlank(district_->centre(), serial);
    if (!trace.ok()) return Line(trace.status().message());
    Place booked{"nowhere", ""};
    if (trace->has_value()) {
      const ledger::Place& at = (*trace)->row.place;
      booked = {ledger::AccountName(at.account), at.holder.value()};
    }
    if (booked == place) continue;
    absl::StrAppend(&seen, serial.text(), " is truly ", InWords(place), ", the ledger has it as ",
                    InWords(booked), "\n");
  }
  cli::v1::StoreReport report;
  cli::LogHashes logs;
  const absl::Status status =
      cli::VerifyCentralStore(district_->centre_store(), &report, &logs, &district_->verifier());
  if (!status.ok()) return Line(status.message());
  for (const cli::v1::Difference& one : report.differences()) {
    absl::StrAppend(&seen, "verify: ", one.code(), " ", one.place(), ": ", one.sentence(), "\n");
  }
  int64_t counted = 0;
  for (const cli::v1::Total& total : report.totals()) {
    if (total.quantity() < 0) continue;  // a source
    counted += total.quantity();
    const Place place{total.account(), total.holder()};
    const int64_t truth = totals.contains(place) ? totals.at(place) : 0;
    if (truth == total.quantity()) continue;
    absl::StrAppend(&seen, "truly ", truth, " are ", InWords(place), ", counted again ",
                    total.quantity(), "\n");
  }
  absl::StrAppend(&seen, counted, " blanks, ", truth_.size(), " told of\n");
  return seen;
}

std::string DistrictStory::Explain(const Words& words) {
  const auto cases = central::ReadCases(district_->centre());
  if (!cases.ok()) return Line(cases.status().message());
  std::string seen;
  for (const central::CaseView& one : *cases) {
    if (!Means(words, one.row)) continue;
    const auto trace = central::TraceCase(district_->centre(), one.id);
    const auto remarks = central::ExplainCase(district_->centre(), one.row);
    if (!trace.ok() || !trace->has_value() || !remarks.ok()) return Line("it cannot be read");
    absl::StrAppend(&seen, one.policy->code, " ", one.policy->proposal, "\n", Evidence(**trace));
    for (const central::Remark& remark : *remarks) {
      absl::StrAppend(&seen, "  ", remark.text, "\n");
    }
    for (const central::CaseDecisionFact& decision : one.row.decisions) {
      absl::StrAppend(&seen, "  decided by ", decision.by.value(),
                      decision.second.empty() ? "" : " and ", decision.second.value(),
                      decision.document.empty() ? "" : ", ", decision.document.value(), "\n");
    }
  }
  return seen.empty() ? Line("there is no such case") : seen;
}

std::string DistrictStory::Orders(const Words&) {
  const auto cases = central::ReadCases(district_->centre());
  if (!cases.ok()) return Line(cases.status().message());
  std::set<std::string> lines;
  for (const central::CaseView& one : *cases) {
    for (const auto& [id, row] : one.actions) {
      if (row.ordered) lines.insert(Line(OrderInWords(row)));
    }
  }
  return lines.empty() ? Line("no order") : absl::StrJoin(lines, "");
}

}  // namespace keping::scenario
