#include "edge_node/core/stock_decisions.h"

#include "absl/strings/str_cat.h"
#include "common/domain/entry.h"

namespace keping::edge {
namespace {

// What a reception may list, so that its event fits into one entry with its ids.
constexpr size_t kMaxReceivedText = domain::kMaxPayloadSize - 1024;

}  // namespace

Decision Decide(const EdgeCore& core, const Scene&, const SpoilBlank& spoil) {
  if (absl::Status status = core.CheckOperator(spoil.operator_id); !status.ok())
    return Decision::Failed(status);
  if (!core.tray().Available(spoil.blank)) {
    return Decision::Failed(absl::FailedPreconditionError(absl::StrCat(
        "K-123: blank ", spoil.blank.text(),
        core.tray().UseOf(spoil.blank) == nullptr ? " was never received at this office"
                                                  : " is bound to a job, used or already spoiled",
        ". Want a blank that lies in the tray.")));
  }
  Decision decision;
  decision.events.push_back(domain::BlankSpoiled{.act = spoil.act,
                                                 .blank = spoil.blank,
                                                 .cause = spoil.cause,
                                                 .operator_id = spoil.operator_id});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const ReceiveTransfer& receive) {
  if (absl::Status status = core.CheckOperator(receive.operator_id); !status.ok())
    return Decision::Failed(status);
  const domain::TransferItem* transfer = core.catalogue().FindTransfer(receive.transfer);
  if (transfer == nullptr) {
    return Decision::Failed(absl::NotFoundError(absl::StrCat(
        "K-131: transfer ", receive.transfer.value(),
        " is not known here. Check its number, or wait for the next contact with the district.")));
  }
  if (core.Received(receive.transfer)) {
    return Decision::Failed(
        absl::AlreadyExistsError(absl::StrCat("K-132: transfer ", receive.transfer.value(),
                                              " was received before; nothing was changed.")));
  }
  domain::BlanksReceived event{.act = receive.act,
                               .transfer = receive.transfer,
                               .operator_id = receive.operator_id,
                               .received = transfer->serials.Intersect(receive.scanned),
                               .missing = transfer->serials.Difference(receive.scanned),
                               .unexpected = receive.scanned.Difference(transfer->serials)};
  const size_t size = event.received.ToString().size() + event.missing.ToString().size() +
                      event.unexpected.ToString().size();
  if (size > kMaxReceivedText) {
    return Decision::Failed(absl::InvalidArgumentError(
        absl::StrCat("K-134: got ", size, " characters of serials, want at most ", kMaxReceivedText,
                     " for one transfer. Scan only what came with it, and write runs as ranges.")));
  }
  Decision decision;
  decision.events.push_back(std::move(event));
  return decision;
}

}  // namespace keping::edge
