// The district's month of PaperSource: the custody journal, each move on the day of its fact.

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/console/paper_source.h"
#include "central_node/console/spoil_reasons.h"
#include "central_node/core/passing_days.h"
#include "central_node/store/delivery_trace.h"
#include "central_node/store/log_scan.h"
#include "central_node/store/named_blank.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using domain::AllotmentReceived;
using domain::BlankSerial;
using domain::NodeId;

// One month of the ledger, as rows and logs have it.
class MonthReader {
 public:
  MonthReader(const CentralNode& centre, absl::CivilMonth month, absl::CivilDay today)
      : centre_(centre), settings_(centre.settings()), first_(month) {
    stock_.month = month;
    stock_.upto = std::min(today, absl::CivilDay(month + 1) - 1);
  }

  absl::Status Read() {
    KEPING_RETURN_IF_ERROR(ReadLogs());
    KEPING_ASSIGN_OR_RETURN(const std::vector<AllotmentReceived> deliveries,
                            ReadDeliveries(centre_));
    for (const AllotmentReceived& delivery : deliveries) AddDelivery(delivery);
    KEPING_RETURN_IF_ERROR(ReadJournal());
    KEPING_RETURN_IF_ERROR(ReadBoxes());
    return ReadBlanks();
  }

  // With the offices' names.
  MonthlyStock Take(const std::function<std::string(const NodeId&)>& name) {
    for (auto& [holder, blanks] : holders_) {
      stock_.holders.push_back({holder.empty() ? std::string() : name(holder), std::move(blanks)});
    }
    for (auto& [office, cards] : spoiled_) stock_.spoiled.push_back({name(office), cards});
    // What no row speaks of never left the district.
    for (size_t i = 0; i < stock_.deliveries.size(); ++i) {
      MonthlyStock::Delivery& delivery = stock_.deliveries[i];
      delivery.blanks[StockPlace::kDistrict] +=
          static_cast<int64_t>(delivery.serials.size()) - with_row_[i];
    }
    return std::move(stock_);
  }

 private:
  bool InMonth(absl::CivilDay day) const { return day >= first_ && day <= stock_.upto; }

  absl::Status ReadLogs() {
    return ScanLogs(centre_, [this](const ArrivedEntry& entry) {
      days_.emplace(entry.ref.id, DayOf(settings_, entry.ref));
      reasons_.Hear(entry);
    });
  }

  void AddDelivery(const AllotmentReceived& delivery) {
    MonthlyStock::Delivery line{.allotment = delivery.allotment.value(),
                                .bast_number = delivery.bast_number,
                                .serials = delivery.serials,
                                .quantity = QuantityOf(delivery),
                                .blanks = {}};
    for (const domain::Box& box : delivery.boxes) {
      box_delivery_.emplace(box.box, stock_.deliveries.size());
    }
    stock_.deliveries.push_back(std::move(line));
    with_row_.push_back(0);
  }

  absl::Status ReadJournal() {
    return ScanRows<ledger::Move>(
        centre_, storage::kMovePrefix, [this](absl::string_view, const ledger::Move& move) {
          const auto day = days_.find(move.cause);
          if (day == days_.end()) {
            return absl::DataLossError(absl::StrCat(
                "K-355: a move of the custody journal: got the cause ", move.cause.ShortHex(),
                ", want one that is in a log; run keping verify"));
          }
          if (day->second > stock_.upto) return absl::OkStatus();
          Post(move.from, -move.quantity, day->second);
          Post(move.to, move.quantity, day->second);
          return absl::OkStatus();
        });
  }

  void Post(const ledger::Place& place, int64_t quantity, absl::CivilDay day) {
    AccountMonth& month = stock_.accounts[place.account];
    if (day < first_) {
      month.opening += quantity;
    } else if (quantity > 0) {
      month.in += quantity;
    } else {
      month.out -= quantity;
    }
    if (ledger::IsSource(place.account)) return;
    holders_[place.holder][PlaceOf(place.account, place.holder.empty())] += quantity;
  }

  absl::Status ReadBoxes() {
    return ScanRows<BoxRow>(
        centre_, storage::kBoxRowPrefix, [this](absl::string_view id, const BoxRow& row) {
          const auto delivery = box_delivery_.find(domain::BoxId::Of(id));
          if (delivery == box_delivery_.end()) return absl::OkStatus();
          stock_.deliveries[delivery->second]
              .blanks[PlaceOf(row.place.account, row.place.holder.empty())] += row.unidentified;
          return absl::OkStatus();
        });
  }

  absl::Status ReadBlanks() {
    return ScanRows<BlankRow>(
        centre_, storage::kBlankRowPrefix,
        [this](absl::string_view id, const BlankRow& row) -> absl::Status {
          const BlankSerial serial = BlankSerial::Of(id);
          KEPING_RETURN_IF_ERROR(AddToDelivery(serial, row));
          const bool no_card = row.place.account == ledger::Account::kSpoiled ||
                               row.place.account == ledger::Account::kDestroyed;
          return no_card ? AddSpoiled(serial, row.place.holder) : absl::OkStatus();
        });
  }

  absl::Status AddToDelivery(const BlankSerial& serial, const BlankRow& row) {
    KEPING_ASSIGN_OR_RETURN(const CountedName name, ReadCountedName(centre_, serial, row));
    const StockPlace place = PlaceOf(name.place.account, name.place.holder.empty());
    if (const auto delivery = box_delivery_.find(name.box); delivery != box_delivery_.end()) {
      ++stock_.deliveries[delivery->second].blanks[place];
      return absl::OkStatus();
    }
    for (size_t i = 0; i < stock_.deliveries.size(); ++i) {
      if (!stock_.deliveries[i].serials.Contains(serial)) continue;
      ++with_row_[i];
      ++stock_.deliveries[i].blanks[place];
      break;
    }
    return absl::OkStatus();
  }

  // A card that was called back is burnt, and was not spoiled.
  absl::Status AddSpoiled(const BlankSerial& blank, const NodeId& node) {
    KEPING_ASSIGN_OR_RETURN(const SpoilReasons::Spoil spoil, reasons_.Of(centre_, blank));
    const auto day = days_.find(spoil.fact);
    if (day != days_.end() && InMonth(day->second)) ++spoiled_[node][spoil.reason];
    return absl::OkStatus();
  }

  const CentralNode& centre_;
  const Settings& settings_;
  const absl::CivilDay first_;
  MonthlyStock stock_;
  std::map<crypto::Hash, absl::CivilDay> days_;
  SpoilReasons reasons_;
  std::map<domain::BoxId, size_t> box_delivery_;
  std::vector<int64_t> with_row_;  // of each delivery, its serials of which there is a row
  std::map<NodeId, std::map<StockPlace, int64_t>> holders_;
  std::map<NodeId, std::map<SpoilReason, int64_t>> spoiled_;
};

}  // namespace

absl::StatusOr<MonthlyStock> PaperSource::Month(absl::CivilMonth month,
                                                absl::CivilDay today) const {
  if (absl::CivilDay(month) > today) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-353: month: got ", absl::FormatCivilTime(month),
                     ", want one that has begun; today is ", absl::FormatCivilTime(today)));
  }
  MonthReader reader(centre_, month, today);
  KEPING_RETURN_IF_ERROR(reader.Read());
  return reader.Take([this](const NodeId& node) { return names_.Of(node); });
}

}  // namespace keping::central
