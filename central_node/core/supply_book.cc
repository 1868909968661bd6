#include "central_node/core/supply_book.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "central_node/core/count_facts.h"
#include "central_node/core/passing_days.h"
#include "common/base/check.h"

namespace keping::central {

using domain::ConsumableKind;
using domain::ConsumableStep;
using domain::NodeId;
using domain::SupplyStep;

const char* SupplyAccountName(SupplyAccount account) {
  switch (account) {
    case SupplyAccount::kSupplier:
      return "supplier";
    case SupplyAccount::kUnrecorded:
      return "unrecorded";
    case SupplyAccount::kDistrictStock:
      return "district_stock";
    case SupplyAccount::kInTransit:
      return "in_transit";
    case SupplyAccount::kNodeStock:
      return "node_stock";
    case SupplyAccount::kInstalled:
      return "installed";
    case SupplyAccount::kUsed:
      return "used";
    case SupplyAccount::kDestroyed:
      return "destroyed";
    case SupplyAccount::kSpoiled:
      return "spoiled";
    case SupplyAccount::kMissing:
      return "missing";
  }
  KEPING_CHECK(false, "every account has a name");
}

int64_t SupplyBook::At(const SupplyPlace& place) const {
  const auto found = places_.find(place);
  return found == places_.end() ? 0 : found->second;
}

std::vector<SupplyParcel> SupplyBook::Differing() const {
  std::vector<SupplyParcel> differing;
  std::copy_if(parcels_.begin(), parcels_.end(), std::back_inserter(differing),
               [](const SupplyParcel& one) { return one.sent != one.came; });
  return differing;
}

bool SupplyBook::balanced() const {
  int64_t sum = 0;
  for (const auto& [place, pieces] : places_) {
    sum += pieces;
    if ((IsSource(place.account) ? -pieces : pieces) < 0) return false;
  }
  return sum == 0;
}

void SupplyBook::Move(const SupplyPlace& from, const SupplyPlace& to, int64_t pieces) {
  if (pieces == 0) return;
  places_[from] -= pieces;
  places_[to] += pieces;
}

namespace {

// By how many pieces the district's stock of its lot grew.
int64_t ChangeOfLot(const domain::SupplyMoved& moved) {
  const int64_t pieces = moved.quantity;
  switch (moved.step) {
    case SupplyStep::kTakenIn:
      return pieces;
    case SupplyStep::kDispatched:
    case SupplyStep::kSpoiled:
      return -pieces;
    case SupplyStep::kCounted:
      return pieces - moved.book;
  }
  KEPING_CHECK(false, "every step is known");
}

}  // namespace

class SupplyReader {
 public:
  explicit SupplyReader(const Resident& resident) : resident_(resident) {}

  SupplyBook Read() {
    ReadDistrict();
    for (const auto& [node, row] : resident_.nodes) ReadNode(node, row);
    ReadParcels();
    return std::move(book_);
  }

 private:
  // Pieces of one item.
  using Lies = std::map<SupplyAccount, int64_t>;
  struct Parcel {
    std::map<NodeId, int64_t> sent;
    std::map<NodeId, int64_t> came;
  };

  void ReadDistrict() {
    std::map<ConsumableKind, int64_t> counted;
    for (const SupplyFact& fact : resident_.centre.supplies) {
      const domain::SupplyMoved& moved = fact.moved;
      const int64_t pieces = moved.quantity;
      book_.lots_[{moved.kind, moved.lot}] += ChangeOfLot(moved);
      const SupplyPlace stock{SupplyAccount::kDistrictStock, {}, moved.kind};
      switch (moved.step) {
        case SupplyStep::kTakenIn:
          book_.Move({SupplyAccount::kSupplier, {}, moved.kind}, stock, pieces);
          break;
        case SupplyStep::kDispatched:
          book_.Move(stock, {SupplyAccount::kInTransit, moved.node, moved.kind}, pieces);
          parcels_[{moved.transfer, moved.kind}].sent[moved.node] += pieces;
          break;
        case SupplyStep::kSpoiled:
          book_.Move(stock, {SupplyAccount::kSpoiled, {}, moved.kind}, pieces);
          break;
        case SupplyStep::kCounted:
          counted[moved.kind] += ChangeOfLot(moved);
          break;
      }
    }
    for (const auto& [kind, difference] : counted) {
      Correct({SupplyAccount::kDistrictStock, {}, kind}, difference);
    }
  }

  // What counts found too many or too few, all in all.
  void Correct(const SupplyPlace& stock, int64_t difference) {
    if (difference > 0) {
      book_.Move({SupplyAccount::kUnrecorded, {}, stock.kind}, stock, difference);
    } else {
      book_.Move(stock, {SupplyAccount::kMissing, stock.holder, stock.kind}, -difference);
    }
  }

  void ReadNode(const NodeId& node, const NodeRow& row) {
    std::map<domain::ConsumableId, std::vector<const ConsumableFact*>> items;
    for (const ConsumableFact& fact : row.consumables) {
      items[fact.moved.consumable].push_back(&fact);
    }
    for (auto& [id, facts] : items) {
      std::sort(facts.begin(), facts.end(), [](const ConsumableFact* a, const ConsumableFact* b) {
        return std::tuple(PlaceInLog(a->fact), a->fact.id) <
               std::tuple(PlaceInLog(b->fact), b->fact.id);
      });
      ReadItem(node, facts);
    }
  }

  // In the order of the office's log.
  void ReadItem(const NodeId& node, const std::vector<const ConsumableFact*>& facts) {
    const ConsumableKind kind = facts.front()->moved.kind;
    Lies lies;
    std::set<domain::ActId> acts;
    for (const ConsumableFact* fact : facts) {
      const domain::ConsumableMoved& moved = fact->moved;
      // Two branches of one log may both tell of it.
      if (!acts.insert(moved.act).second) continue;
      switch (moved.step) {
        case ConsumableStep::kReceived:
          lies[SupplyAccount::kNodeStock] += moved.quantity;
          if (!moved.transfer.empty()) {
            parcels_[{moved.transfer, kind}].came[node] += moved.quantity;
          }
          break;
        case ConsumableStep::kInstalled:
          if (kind == ConsumableKind::kCleaningCard) {
            Take(moved, SupplyAccount::kUsed, {SupplyAccount::kNodeStock}, lies);
          } else {
            Take(moved, SupplyAccount::kInstalled,
                 {SupplyAccount::kNodeStock, SupplyAccount::kUsed}, lies);
          }
          break;
        case ConsumableStep::kRemoved:
          Take(moved, SupplyAccount::kUsed, {SupplyAccount::kInstalled, SupplyAccount::kNodeStock},
               lies);
          break;
        case ConsumableStep::kDestroyed:
          Take(moved, SupplyAccount::kDestroyed,
               {SupplyAccount::kUsed, SupplyAccount::kInstalled, SupplyAccount::kNodeStock}, lies);
          break;
        case ConsumableStep::kSpoiled:
          Take(moved, SupplyAccount::kSpoiled,
               {SupplyAccount::kNodeStock, SupplyAccount::kInstalled, SupplyAccount::kUsed}, lies);
          break;
        case ConsumableStep::kCounted:
          Count(moved.quantity, lies);
          break;
      }
    }
    // Whatever lies somewhere came: by parcels as far as they brought it, which ReadParcels posts.
    for (const auto& [account, pieces] : lies) {
      book_.Move({SupplyAccount::kUnrecorded, {}, kind}, {account, node, kind}, pieces);
    }
  }

  // Pieces go to `to` from where they lie: the first of `from` that has some, what was missing
  // last. One that lies nowhere is there all the same.
  static void Take(const domain::ConsumableMoved& moved, SupplyAccount to,
                   std::initializer_list<SupplyAccount> from, Lies& lies) {
    int64_t pieces = std::max<int64_t>(moved.quantity, 1);
    lies[to] += pieces;
    std::vector<SupplyAccount> sources = from;
    sources.push_back(SupplyAccount::kMissing);
    for (const SupplyAccount source : sources) {
      const int64_t taken = std::min(pieces, lies[source]);
      lies[source] -= taken;
      pieces -= taken;
    }
  }

  static void Count(int64_t counted, Lies& lies) {
    int64_t& stock = lies[SupplyAccount::kNodeStock];
    int64_t& missing = lies[SupplyAccount::kMissing];
    missing = std::max<int64_t>(missing + stock - counted, 0);
    stock = counted;
  }

  void ReadParcels() {
    for (const auto& [key, parcel] : parcels_) {
      const auto& [transfer, kind] = key;
      for (const auto& [node, sent] : parcel.sent) {
        const auto found = parcel.came.find(node);
        const int64_t came = found == parcel.came.end() ? 0 : found->second;
        book_.parcels_.push_back(
            {.transfer = transfer, .node = node, .kind = kind, .sent = sent, .came = came});
        // What came by it is not unrecorded.
        book_.Move({SupplyAccount::kInTransit, node, kind}, {SupplyAccount::kUnrecorded, {}, kind},
                   std::min(sent, came));
      }
      for (const auto& [node, came] : parcel.came) {
        if (parcel.sent.contains(node)) continue;
        book_.parcels_.push_back(
            {.transfer = transfer, .node = node, .kind = kind, .sent = 0, .came = came});
      }
    }
  }

  const Resident& resident_;
  SupplyBook book_;
  std::map<std::pair<domain::TransferId, ConsumableKind>, Parcel> parcels_;
};

SupplyBook ReadSupplies(const Resident& resident) { return SupplyReader(resident).Read(); }

uint32_t InStock(const CentreRow& centre, const SupplyLot& lot) {
  int64_t pieces = 0;
  for (const SupplyFact& fact : centre.supplies) {
    if (fact.moved.kind == lot.kind && fact.moved.lot == lot.lot) pieces += ChangeOfLot(fact.moved);
  }
  return static_cast<uint32_t>(std::max<int64_t>(pieces, 0));
}

const domain::SupplyMoved* SamePaper(const domain::SupplyMoved& moved, const CentreRow& centre) {
  const auto same =
      std::find_if(centre.supplies.begin(), centre.supplies.end(), [&](const SupplyFact& one) {
        return one.moved.step == moved.step && one.moved.document == moved.document &&
               one.moved.kind == moved.kind && one.moved.lot == moved.lot;
      });
  return same == centre.supplies.end() ? nullptr : &same->moved;
}

std::optional<uint64_t> CardsLeft(const Settings& settings, const NodeRow& node,
                                  ConsumableKind kind) {
  struct Item {
    LogOrder last;
    ConsumableStep step = ConsumableStep::kReceived;
    uint64_t quantity = 0;
    uint64_t panels = 0;
    absl::CivilDay since;  // in the printer
  };
  std::map<domain::ConsumableId, Item> items;
  uint64_t largest = 0;
  for (const ConsumableFact& fact : node.consumables) {
    if (fact.moved.kind != kind) continue;
    const bool promised = fact.moved.step == ConsumableStep::kReceived ||
                          fact.moved.step == ConsumableStep::kInstalled;
    if (promised) largest = std::max<uint64_t>(largest, fact.moved.panels);
    Item& item = items[fact.moved.consumable];
    if (promised) item.panels = std::max<uint64_t>(item.panels, fact.moved.panels);
    if (PlaceInLog(fact.fact) < item.last) continue;
    item.last = PlaceInLog(fact.fact);
    const bool counted = fact.moved.step == ConsumableStep::kCounted;
    item.step = counted ? ConsumableStep::kReceived : fact.moved.step;
    item.quantity = fact.moved.quantity;
    item.since = DayOf(settings, fact.fact);
  }
  if (largest == 0) return std::nullopt;
  uint64_t in_stock = 0;
  uint64_t in_printers = 0;
  std::optional<absl::CivilDay> since;
  for (const auto& [id, item] : items) {
    const uint64_t panels = item.panels > 0 ? item.panels : largest;
    if (item.step == ConsumableStep::kReceived) in_stock += item.quantity * panels;
    if (item.step != ConsumableStep::kInstalled) continue;
    in_printers += panels;
    since = since.has_value() ? std::min(*since, item.since) : item.since;
  }
  uint64_t made = 0;
  for (const auto figure : {domain::FigureKind::kPrinted, domain::FigureKind::kSpoiled}) {
    const auto days = node.figures.find(figure);
    if (!since.has_value() || days == node.figures.end()) continue;
    for (auto day = days->second.lower_bound(*since); day != days->second.end(); ++day) {
      made += static_cast<uint64_t>(std::max<int64_t>(day->second, 0));
    }
  }
  return in_stock + (in_printers > made ? in_printers - made : 0);
}

}  // namespace keping::central
