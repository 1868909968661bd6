#include "central_node/store/delivery_trace.h"

#include <set>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/string_view.h"
#include "central_node/store/log_scan.h"
#include "central_node/store/named_blank.h"
#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"
#include "common/wire/event_codec.h"

namespace keping::central {
namespace {

using domain::AllotmentReceived;
using domain::BlankSerial;
using domain::TransferId;

constexpr ledger::Account kAtDistrict = ledger::Account::kDistrictStock;

// By which the district sent it last; the others came from other offices.
template <typename Fact>
const Fact* LastOf(const std::vector<Fact>& dispatches) {
  const Fact* last = nullptr;
  for (const Fact& one : dispatches) {
    if constexpr (requires { one.from; }) {
      if (!one.from.empty()) continue;
    }
    if (last == nullptr || one.fact.After(last->fact)) last = &one;
  }
  return last;
}

class DeliveryReader {
 public:
  DeliveryReader(const CentralNode& centre, AllotmentReceived delivery) : centre_(centre) {
    trace_.delivery = std::move(delivery);
  }

  absl::StatusOr<DeliveryTrace> Read() {
    KEPING_RETURN_IF_ERROR(ReadBoxes());
    KEPING_RETURN_IF_ERROR(ReadBlanks());
    AddUntouched();
    // An empty number is the first of the map.
    for (auto one = sent_.begin(); one != sent_.end(); ++one) {
      if (!one->first.empty()) trace_.transfers.push_back(std::move(one->second));
    }
    const auto rest = sent_.find(TransferId());
    if (rest != sent_.end()) trace_.transfers.push_back(std::move(rest->second));
    return std::move(trace_);
  }

 private:
  template <typename Fact>
  DeliveryTrace::Sent& SentBy(const Fact* dispatch) {
    if (dispatch == nullptr) return sent_[TransferId()];
    DeliveryTrace::Sent& sent = sent_[dispatch->transfer];
    sent.transfer = dispatch->transfer;
    sent.node = dispatch->node;
    return sent;
  }

  absl::Status ReadBoxes() {
    for (const domain::Box& box : trace_.delivery.boxes) {
      KEPING_ASSIGN_OR_RETURN(boxes_[box.box],
                              StoredRow<BoxRow>(centre_, storage::kBoxRowPrefix, box.box.value()));
      const BoxRow& row = boxes_[box.box];
      if (row.unidentified == 0) continue;
      SentBy(LastOf(row.facts.dispatches)).states[row.place] += row.unidentified;
    }
    return absl::OkStatus();
  }

  absl::Status ReadBlanks() {
    return ScanRows<BlankRow>(centre_, storage::kBlankRowPrefix,
                              [this](absl::string_view id, const BlankRow& row) {
                                return Add(BlankSerial::Of(id), row);
                              });
  }

  absl::Status Add(const BlankSerial& serial, const BlankRow& row) {
    KEPING_ASSIGN_OR_RETURN(const CountedName name, ReadCountedName(centre_, serial, row));
    const auto box = boxes_.find(name.box);
    const bool listed = trace_.delivery.serials.Contains(serial);
    if (box == boxes_.end() && !listed) return absl::OkStatus();
    if (listed) touched_.Insert(serial);
    const DispatchFact* dispatch = LastOf(name.dispatches);
    DeliveryTrace::Sent& sent = dispatch == nullptr && box != boxes_.end()
                                    ? SentBy(LastOf(box->second.facts.dispatches))
                                    : SentBy(dispatch);
    sent.serials.Insert(serial);
    ++sent.states[name.place];
    return absl::OkStatus();
  }

  // What no row speaks of never left the district.
  void AddUntouched() {
    const domain::SerialSet untouched = trace_.delivery.serials.Difference(touched_);
    if (untouched.empty()) return;
    DeliveryTrace::Sent& rest = sent_[TransferId()];
    rest.serials = rest.serials.Union(untouched);
    rest.states[{kAtDistrict, {}}] += static_cast<int64_t>(untouched.size());
  }

  const CentralNode& centre_;
  DeliveryTrace trace_;
  std::map<domain::BoxId, BoxRow> boxes_;
  domain::SerialSet touched_;
  std::map<TransferId, DeliveryTrace::Sent> sent_;
};

}  // namespace

int64_t QuantityOf(const AllotmentReceived& delivery) {
  int64_t quantity = static_cast<int64_t>(delivery.serials.size());
  for (const domain::Box& box : delivery.boxes) quantity += static_cast<int64_t>(box.quantity);
  return quantity;
}

absl::StatusOr<std::vector<AllotmentReceived>> ReadDeliveries(const CentralNode& centre) {
  const uint32_t type = wire::EncodeEvent(AllotmentReceived()).type;
  std::vector<AllotmentReceived> deliveries;
  std::set<domain::AllotmentId> seen;
  const auto visit = [&](absl::string_view bytes) -> absl::Status {
    KEPING_ASSIGN_OR_RETURN(const domain::Entry entry, domain::ParseEntry(bytes));
    if (entry.header.type != type) return absl::OkStatus();
    KEPING_ASSIGN_OR_RETURN(const domain::Event event, wire::DecodeEvent(type, entry.payload));
    const auto& delivery = std::get<AllotmentReceived>(event);
    if (seen.insert(delivery.allotment).second) deliveries.push_back(delivery);
    return absl::OkStatus();
  };
  absl::Status status;
  KEPING_RETURN_IF_ERROR(centre.store().Scan(storage::EntryKey(1),
                                             storage::EntryKey(centre.log_head().seq + 1),
                                             [&](absl::string_view, absl::string_view bytes) {
                                               status = visit(bytes);
                                               return status.ok();
                                             }));
  KEPING_RETURN_IF_ERROR(status);
  return deliveries;
}

absl::StatusOr<std::optional<DeliveryTrace>> TraceDelivery(const CentralNode& centre,
                                                           const domain::AllotmentId& allotment) {
  KEPING_ASSIGN_OR_RETURN(std::vector<AllotmentReceived> all, ReadDeliveries(centre));
  for (AllotmentReceived& one : all) {
    if (one.allotment != allotment) continue;
    KEPING_ASSIGN_OR_RETURN(DeliveryTrace trace, DeliveryReader(centre, std::move(one)).Read());
    return trace;
  }
  return std::optional<DeliveryTrace>();
}

}  // namespace keping::central
