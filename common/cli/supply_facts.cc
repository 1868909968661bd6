#include "common/cli/supply_facts.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/cli/store_report.h"
#include "common/storage/key_space.h"
#include "keping/store/v1/central.pb.h"

namespace keping::cli {

namespace row = ::keping::store::v1;

void SupplyFacts::Add(const LoggedEvent& event) {
  if (const auto* moved = event.As<domain::SupplyMoved>()) {
    logged_[event.id] = {"", moved->quantity};
  } else if (const auto* used = event.As<domain::ConsumableMoved>()) {
    logged_[event.id] = {event.node.value(), used->quantity};
  }
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
    facts[*id] = {node, fact.moved().quantity()};
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
    const auto in_words = [](const Facts& facts, Facts::const_iterator fact) {
      return fact == facts.end() ? std::string("nothing")
                                 : absl::StrCat(fact->second.quantity, " pieces");
    };
    const std::string& node = (want == logged_.end() ? got : want)->second.node;
    AddDifference(report, "supplies_differ",
                  absl::StrCat("ribbons and films of ", node.empty() ? "the district" : node),
                  absl::StrCat("got ", in_words(rows, got), " of entry ", id.ShortHex(), ", want ",
                               in_words(logged_, want), " as the logs say"));
  }
  AddCheck(report, "supply_facts", logged_.size());
  return absl::OkStatus();
}

}  // namespace keping::cli
