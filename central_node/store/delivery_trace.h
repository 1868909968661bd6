// Where the blanks of a delivery went: the transfers that took them, and where they are now.
//
//   KEPING_ASSIGN_OR_RETURN(std::optional<DeliveryTrace> trace, TraceDelivery(*centre, allotment));
//   // 200 came; 150 by S-470/7 to susut: 31 are finished cards there, 119 lie in its stock
//
// Reads the centre's log and the rows of all blanks: for a look now and then.
#ifndef KEPING_CENTRAL_NODE_STORE_DELIVERY_TRACE_H_
#define KEPING_CENTRAL_NODE_STORE_DELIVERY_TRACE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "common/domain/event.h"
#include "common/domain/serial_set.h"
#include "common/ledger/balances.h"

namespace keping::central {

struct DeliveryTrace {
  struct Sent {
    domain::TransferId transfer;  // empty: never sent
    domain::NodeId node;
    domain::SerialSet serials;                // of what is known by serial
    std::map<ledger::Place, int64_t> states;  // blanks, those in boxes too
  };

  domain::AllotmentReceived delivery;
  std::vector<Sent> transfers;  // by their numbers; last what was never sent
};

// Blanks by its paper.
int64_t QuantityOf(const domain::AllotmentReceived& delivery);

// In the order in which they came, each once.
absl::StatusOr<std::vector<domain::AllotmentReceived>> ReadDeliveries(const CentralNode& centre);

// A blank that the district sent several times is with the last of these transfers. Nullopt: there
// is no such delivery.
absl::StatusOr<std::optional<DeliveryTrace>> TraceDelivery(const CentralNode& centre,
                                                           const domain::AllotmentId& allotment);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_DELIVERY_TRACE_H_
