// Ribbons, films and cleaning cards of the district and its offices, as double-entry moves between
// accounts: at the district by lot and quantity, at an office by the number on each.
//
//   const SupplyBook book = ReadSupplies(resident);
//   book.At({SupplyAccount::kNodeStock, susut, ConsumableKind::kRibbon});    // pieces
//   book.balanced();
//   for (const SupplyParcel& parcel : book.Differing()) …sent and not received, or the reverse…
//
// A projection of what the logs say, made anew each time: pure and order-free.
#ifndef KEPING_CENTRAL_NODE_CORE_SUPPLY_BOOK_H_
#define KEPING_CENTRAL_NODE_CORE_SUPPLY_BOOK_H_

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "central_node/core/rows.h"
#include "central_node/core/settings.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::central {

enum class SupplyAccount {
  kSupplier = 1,  // a source: what came to the district
  kUnrecorded,    // a source: what an office has without a parcel, or a count found too many
  kDistrictStock,
  kInTransit,  // sent to an office
  kNodeStock,
  kInstalled,  // in a printer
  kUsed,       // taken out of a printer and kept; of cleaning cards: used
  kDestroyed,
  kSpoiled,
  kMissing,  // counted too few
};

inline constexpr std::array<SupplyAccount, 10> kSupplyAccounts = {
    SupplyAccount::kSupplier,  SupplyAccount::kUnrecorded, SupplyAccount::kDistrictStock,
    SupplyAccount::kInTransit, SupplyAccount::kNodeStock,  SupplyAccount::kInstalled,
    SupplyAccount::kUsed,      SupplyAccount::kDestroyed,  SupplyAccount::kSpoiled,
    SupplyAccount::kMissing};

constexpr bool IsSource(SupplyAccount account) {
  return account == SupplyAccount::kSupplier || account == SupplyAccount::kUnrecorded;
}

// Stable snake_case name, for programs and screens.
const char* SupplyAccountName(SupplyAccount account);

// An account at one holder; the holder is empty for the sources and the district.
struct SupplyPlace {
  SupplyAccount account = SupplyAccount::kDistrictStock;
  domain::NodeId holder;
  domain::ConsumableKind kind = domain::ConsumableKind::kRibbon;

  friend bool operator==(const SupplyPlace&, const SupplyPlace&) = default;
  friend auto operator<=>(const SupplyPlace&, const SupplyPlace&) = default;
};

// Of one kind in one parcel of the district.
struct SupplyParcel {
  domain::TransferId transfer;
  domain::NodeId node;
  domain::ConsumableKind kind = domain::ConsumableKind::kRibbon;
  int64_t sent = 0;
  int64_t came = 0;  // entered at that office under the parcel's number
};

// A maker's lot in the district's stock.
struct SupplyLot {
  domain::ConsumableKind kind = domain::ConsumableKind::kRibbon;
  domain::SupplyLotId lot;

  friend bool operator==(const SupplyLot&, const SupplyLot&) = default;
  friend auto operator<=>(const SupplyLot&, const SupplyLot&) = default;
};

// A value; not thread-safe.
class SupplyBook {
 public:
  int64_t At(const SupplyPlace& place) const;
  const std::map<SupplyPlace, int64_t>& places() const { return places_; }
  // Pieces of each lot in the district's stock.
  const std::map<SupplyLot, int64_t>& lots() const { return lots_; }
  const std::vector<SupplyParcel>& parcels() const { return parcels_; }
  // Parcels of which not as many came as were sent.
  std::vector<SupplyParcel> Differing() const;
  // The closing equation, derived from the enum: what lies anywhere came from a source, and nothing
  // lies anywhere less than zero times.
  bool balanced() const;

 private:
  friend class SupplyReader;
  void Move(const SupplyPlace& from, const SupplyPlace& to, int64_t pieces);

  std::map<SupplyPlace, int64_t> places_;
  std::map<SupplyLot, int64_t> lots_;
  std::vector<SupplyParcel> parcels_;
};

SupplyBook ReadSupplies(const Resident& resident);

// Pieces of one lot in the district's stock, without a book of all; 0 where more left it than came.
uint32_t InStock(const CentreRow& centre, const SupplyLot& lot);

// What was entered under the same paper, for the same step, kind and lot; or nullptr.
const domain::SupplyMoved* SamePaper(const domain::SupplyMoved& moved, const CentreRow& centre);

// Cards that what an office has of ribbons or films makes, as the boxes promise: all of what lies
// in stock, and of what is in its printers the rest after the cards that the office made from the
// day on that the first of it was installed. One of which nobody said what it promises is taken for
// as large as the largest there. Nullopt: nobody ever said it.
std::optional<uint64_t> CardsLeft(const Settings& settings, const NodeRow& node,
                                  domain::ConsumableKind kind);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_SUPPLY_BOOK_H_
