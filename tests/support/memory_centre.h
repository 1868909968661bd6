// The central core over plain maps: what a test of its decisions needs, without store and wire.
//
//   MemoryCentre centre({.offices = {{NodeId::Of("susut"), "51.06.01"}}});
//   centre.Handle(EnrolNode{…});
//   FactRef ref = centre.FromNode(NodeId::Of("susut"), PrintVerified{…});
//   EXPECT_EQ(centre.prr("p1").state, PrrState::kPrinted);
#ifndef KEPING_TESTS_SUPPORT_MEMORY_CENTRE_H_
#define KEPING_TESTS_SUPPORT_MEMORY_CENTRE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/needs.h"
#include "central_node/core/step.h"
#include "common/ledger/balances.h"

namespace keping::central {

class MemoryCentre : public EventSink {
 public:
  explicit MemoryCentre(Settings settings) : settings_(std::move(settings)) {}

  FactRef Append(const domain::Event& event) override {
    const uint64_t seq = log_.size() + 1;
    FactRef ref{.id = crypto::Sha256({"centre", absl::StrCat(seq)}),
                .node = domain::NodeId::Of("centre"),
                .incarnation = domain::IncarnationId::Of("g1"),
                .seq = seq,
                .wall_micros = absl::ToUnixMicros(wall_)};
    log_.push_back({.ref = ref, .event = event});
    return ref;
  }

  Effects Handle(const Input& input, Mode mode = Mode::kLive) {
    Rows rows;
    Needs needs(settings_, input, resident_);
    for (Keys keys = needs.Next(rows); !keys.empty(); keys = needs.Next(rows)) Load(keys, rows);
    Effects effects = Step(settings_, mode, input, *this, rows, resident_);
    Store(effects, rows);
    return effects;
  }

  // What every clock shows from now on; the Unix epoch at first.
  void set_wall(absl::Time wall) { wall_ = wall; }

  // The nation hands over the first version of a record of the village 51.06.01.2001.
  Effects Arrive(const domain::PrrId& prr) {
    return Handle(RecordsArrived{{{.prr = prr,
                                   .version = 1,
                                   .village = domain::VillageCode::Of("51.06.01.2001"),
                                   .enrolled_at = absl::UnixEpoch(),
                                   .nik_key = {},
                                   .record_digest = {},
                                   .replaces = {}}}});
  }

  // One more entry of a node's first stream.
  Effects FromNode(const std::string& node, const domain::Event& event) {
    return Handle(EntriesArrived{.node = domain::NodeId::Of(node),
                                 .incarnation = domain::IncarnationId::Of(node + "-1"),
                                 .entries = {Entry(node, event)}});
  }

  // The entry that FromNode would hand in, to be handed in later. Seqs follow the order of calls.
  ArrivedEntry Entry(const std::string& node, const domain::Event& event) {
    const uint64_t seq = ++node_seqs_[node];
    return {.ref = {.id = crypto::Sha256({node, absl::StrCat(seq)}),
                    .node = domain::NodeId::Of(node),
                    .incarnation = domain::IncarnationId::Of(node + "-1"),
                    .seq = seq,
                    .wall_micros = absl::ToUnixMicros(wall_)},
            .event = event};
  }

  PrrRow prr(const std::string& id) const { return tables_.prrs.at(domain::PrrId::Of(id)); }
  BlankRow blank(const std::string& serial) const {
    return tables_.blanks.at(domain::BlankSerial::Of(serial));
  }
  BoxRow box(const std::string& id) const { return tables_.boxes.at(domain::BoxId::Of(id)); }
  // Revision 0 when there is no such case.
  CaseRow case_of(domain::CaseKind kind, const std::string& entity) const {
    const auto found = tables_.cases.find(CaseIdFor(kind, entity));
    return found == tables_.cases.end() ? CaseRow() : found->second;
  }
  const std::vector<ArrivedEntry>& log() const { return log_; }
  const Rows& tables() const { return tables_; }
  const Resident& resident() const { return resident_; }
  const ledger::Balances& balances() const { return balances_; }
  const PrrTally& tally() const { return tally_; }
  const std::vector<std::string>& reports() const { return reports_; }

 private:
  template <typename Table, typename KeySet>
  static void Copy(const Table& from, const KeySet& keys, Table& to) {
    for (const auto& key : keys) {
      const auto found = from.find(key);
      to.emplace(key, found == from.end() ? typename Table::mapped_type() : found->second);
    }
  }

  template <typename Table, typename KeySet>
  static void Write(const Table& from, const KeySet& keys, Table& to) {
    for (const auto& key : keys) to[key] = from.at(key);
  }

  void Load(const Keys& keys, Rows& rows) const {
    Copy(tables_.blanks, keys.blanks, rows.blanks);
    Copy(tables_.prrs, keys.prrs, rows.prrs);
    Copy(tables_.jobs, keys.jobs, rows.jobs);
    Copy(tables_.transfers, keys.transfers, rows.transfers);
    Copy(tables_.cases, keys.cases, rows.cases);
    Copy(tables_.actions, keys.actions, rows.actions);
    Copy(tables_.reports, keys.reports, rows.reports);
    Copy(tables_.batches, keys.batches, rows.batches);
    Copy(tables_.names, keys.names, rows.names);
    Copy(tables_.printer_days, keys.printer_days, rows.printer_days);
    Copy(tables_.counts, keys.counts, rows.counts);
    Copy(tables_.figures, keys.figures, rows.figures);
    Copy(tables_.persons, keys.persons, rows.persons);
    Copy(tables_.boxes, keys.boxes, rows.boxes);
  }

  void Store(const Effects& effects, const Rows& rows) {
    Write(rows.blanks, effects.changed.blanks, tables_.blanks);
    Write(rows.prrs, effects.changed.prrs, tables_.prrs);
    Write(rows.jobs, effects.changed.jobs, tables_.jobs);
    Write(rows.transfers, effects.changed.transfers, tables_.transfers);
    Write(rows.cases, effects.changed.cases, tables_.cases);
    Write(rows.actions, effects.changed.actions, tables_.actions);
    Write(rows.reports, effects.changed.reports, tables_.reports);
    Write(rows.batches, effects.changed.batches, tables_.batches);
    Write(rows.names, effects.changed.names, tables_.names);
    Write(rows.printer_days, effects.changed.printer_days, tables_.printer_days);
    Write(rows.counts, effects.changed.counts, tables_.counts);
    Write(rows.figures, effects.changed.figures, tables_.figures);
    Write(rows.persons, effects.changed.persons, tables_.persons);
    Write(rows.boxes, effects.changed.boxes, tables_.boxes);
    for (const ledger::Move& move : effects.moves) balances_.Apply(move);
    for (const auto& [key, change] : effects.tally) tally_[key] += change;
    reports_.insert(reports_.end(), effects.reports_added.begin(), effects.reports_added.end());
  }

  Settings settings_;
  absl::Time wall_ = absl::UnixEpoch();
  Resident resident_;
  Rows tables_;
  ledger::Balances balances_;
  PrrTally tally_;
  std::vector<ArrivedEntry> log_;
  std::vector<std::string> reports_;
  std::map<std::string, uint64_t> node_seqs_;
};

}  // namespace keping::central

#endif  // KEPING_TESTS_SUPPORT_MEMORY_CENTRE_H_
