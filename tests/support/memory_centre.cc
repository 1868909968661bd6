#include "tests/support/memory_centre.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/needs.h"

namespace keping::central {
namespace {

template <typename Table, typename KeySet>
void Copy(const Table& from, const KeySet& keys, Table& to) {
  for (const auto& key : keys) {
    const auto found = from.find(key);
    to.emplace(key, found == from.end() ? typename Table::mapped_type() : found->second);
  }
}

template <typename Table, typename KeySet>
void Write(const Table& from, const KeySet& keys, Table& to) {
  for (const auto& key : keys) to[key] = from.at(key);
}

// The rows of `keys` as `tables` has them; a default value for a row that is not there.
void Load(const Rows& tables, const Keys& keys, Rows& rows) {
  Copy(tables.blanks, keys.blanks, rows.blanks);
  Copy(tables.prrs, keys.prrs, rows.prrs);
  Copy(tables.jobs, keys.jobs, rows.jobs);
  Copy(tables.transfers, keys.transfers, rows.transfers);
  Copy(tables.cases, keys.cases, rows.cases);
  Copy(tables.actions, keys.actions, rows.actions);
  Copy(tables.reports, keys.reports, rows.reports);
  Copy(tables.batches, keys.batches, rows.batches);
  Copy(tables.names, keys.names, rows.names);
  Copy(tables.printer_days, keys.printer_days, rows.printer_days);
  Copy(tables.counts, keys.counts, rows.counts);
  Copy(tables.figures, keys.figures, rows.figures);
  Copy(tables.persons, keys.persons, rows.persons);
  Copy(tables.boxes, keys.boxes, rows.boxes);
}

}  // namespace

MemoryCentre::MemoryCentre(Settings settings) : settings_(std::move(settings)) {}
MemoryCentre::MemoryCentre(const MemoryCentre&) = default;
MemoryCentre::MemoryCentre(MemoryCentre&&) = default;
MemoryCentre& MemoryCentre::operator=(MemoryCentre&&) = default;
MemoryCentre::~MemoryCentre() = default;

FactRef MemoryCentre::Append(const domain::Event& event) {
  const uint64_t seq = log_.size() + 1;
  FactRef ref{.id = crypto::Sha256({"centre", absl::StrCat(seq)}),
              .node = domain::NodeId::Of("centre"),
              .incarnation = domain::IncarnationId::Of("g1"),
              .seq = seq,
              .wall_micros = absl::ToUnixMicros(wall_)};
  log_.push_back({.ref = ref, .event = event});
  return ref;
}

Effects MemoryCentre::Handle(const Input& input, Mode mode) {
  Rows rows;
  Needs needs(settings_, input, resident_);
  for (Keys keys = needs.Next(rows); !keys.empty(); keys = needs.Next(rows))
    Load(tables_, keys, rows);
  Effects effects = Step(settings_, mode, input, *this, rows, resident_);
  Store(effects, rows);
  return effects;
}

Effects MemoryCentre::Arrive(const domain::PrrId& prr) {
  return Handle(RecordsArrived{{{.prr = prr,
                                 .version = 1,
                                 .village = domain::VillageCode::Of("51.06.01.2001"),
                                 .enrolled_at = absl::UnixEpoch(),
                                 .nik_key = {},
                                 .record_digest = {},
                                 .replaces = {}}}});
}

Effects MemoryCentre::FromNode(const std::string& node, const domain::Event& event) {
  return Handle(EntriesArrived{.node = domain::NodeId::Of(node),
                               .incarnation = domain::IncarnationId::Of(node + "-1"),
                               .entries = {Entry(node, event)}});
}

ArrivedEntry MemoryCentre::Entry(const std::string& node, const domain::Event& event) {
  const uint64_t seq = ++node_seqs_[node];
  return {.ref = {.id = crypto::Sha256({node, absl::StrCat(seq)}),
                  .node = domain::NodeId::Of(node),
                  .incarnation = domain::IncarnationId::Of(node + "-1"),
                  .seq = seq,
                  .wall_micros = absl::ToUnixMicros(wall_)},
          .event = event};
}

const PrrRow& MemoryCentre::prr(const std::string& id) const {
  return tables_.prrs.at(domain::PrrId::Of(id));
}

const BlankRow& MemoryCentre::blank(const std::string& serial) const {
  return tables_.blanks.at(domain::BlankSerial::Of(serial));
}

const BoxRow& MemoryCentre::box(const std::string& id) const {
  return tables_.boxes.at(domain::BoxId::Of(id));
}

CaseRow MemoryCentre::case_of(domain::CaseKind kind, const std::string& entity) const {
  const auto found = tables_.cases.find(CaseIdFor(kind, entity));
  return found == tables_.cases.end() ? CaseRow() : found->second;
}

void MemoryCentre::Store(const Effects& effects, const Rows& rows) {
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

}  // namespace keping::central
