#include "common/cli/supply_facts.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/cli/store_report.h"
#include "common/storage/key_space.h"
#include "common/wire/event_codec.h"
#include "keping/log/v1/district.pb.h"
#include "keping/log/v1/office.pb.h"
#include "keping/store/v1/central.pb.h"

namespace keping::cli {

namespace {

namespace row = ::keping::store::v1;

void ForgetPersons(log::v1::SupplyMoved& moved) {
  moved.clear_by();
  moved.clear_second();
}

void ForgetPersons(log::v1::ConsumableMoved& moved) {
  moved.clear_operator_id();
  moved.clear_second();
}

template <typename Moved>
std::string WithoutPersons(const std::string& payload) {
  Moved moved;
  if (!moved.ParseFromString(payload)) return "something that does not parse";
  ForgetPersons(moved);
  return moved.ShortDebugString();
}

}  // namespace

void SupplyFacts::Add(const LoggedEvent& event) {
  const bool of_district = event.As<domain::SupplyMoved>() != nullptr;
  if (!of_district && event.As<domain::ConsumableMoved>() == nullptr) return;
  logged_[event.id] = {of_district ? std::string() : event.node.value(),
                       wire::EncodeEvent(event.event).payload};
}

std::string SupplyFacts::InWords(const Facts& facts, Facts::const_iterator fact) {
  if (fact == facts.end()) return "nothing";
  const auto& [node, payload] = fact->second;
  return node.empty() ? WithoutPersons<log::v1::SupplyMoved>(payload)
                      : WithoutPersons<log::v1::ConsumableMoved>(payload);
}

absl::Status SupplyFacts::ReadRows(const storage::KvStore& store, Facts& facts) {
  KEPING_ASSIGN_OR_RETURN(const auto bytes, store.Get(storage::kCentreRowKey));
  row::CentreRow centre;
  if (bytes.has_value() && !centre.ParseFromString(*bytes)) {
    return Unreadable("the row of the centre");
  }
  const auto add = [&facts](const std::string& node, const auto& fact) {
    const auto id = crypto::Hash::FromBytes(fact.fact().id());
    if (!id.ok()) return Unreadable("the id of a fact about ribbons");
    facts[*id] = {node, fact.moved().SerializeAsString()};
    return absl::OkStatus();
  };
  for (const row::SupplyFact& fact : centre.supplies()) KEPING_RETURN_IF_ERROR(add("", fact));
  return ScanPrefix(store, storage::kNodeRowPrefix,
                    [&](absl::string_view key, absl::string_view value) {
                      row::NodeRow node;
                      if (!node.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
                        return Unreadable("the row of a node");
                      }
                      for (const row::ConsumableFact& fact : node.consumables()) {
                        KEPING_RETURN_IF_ERROR(add(std::string(key), fact));
                      }
                      return absl::OkStatus();
                    });
}

absl::Status SupplyFacts::Check(const storage::KvStore& store, v1::StoreReport* report) const {
  Facts rows;
  KEPING_RETURN_IF_ERROR(ReadRows(store, rows));
  Facts all = rows;  // of both
  all.insert(logged_.begin(), logged_.end());
  for (const auto& [id, unused] : all) {
    const auto got = rows.find(id);
    const auto want = logged_.find(id);
    if (got != rows.end() && want != logged_.end() && got->second == want->second) continue;
    const std::string& node = (want == logged_.end() ? got : want)->second.node;
    AddDifference(
        report, "supplies_differ",
        absl::StrCat("ribbons and films of ", node.empty() ? "the district" : node),
        absl::StrCat("got of entry ", id.ShortHex(), ": ", InWords(rows, got), "; want ",
                     InWords(logged_, want), ", as the logs say; persons are not named here"));
  }
  AddCheck(report, "supply_facts", logged_.size());
  return absl::OkStatus();
}

}  // namespace keping::cli
