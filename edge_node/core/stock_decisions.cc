#include "edge_node/core/stock_decisions.h"

#include "absl/strings/str_cat.h"
#include "edge_node/core/batch_decisions.h"
#include "edge_node/core/box_decisions.h"
#include "edge_node/core/office_rules.h"

namespace keping::edge {
Decision Decide(const EdgeCore& core, const Scene&, const SpoilBlank& spoil) {
  if (absl::Status status = core.CheckMay(spoil.operator_id, OfficeAct::kSpoilBlank); !status.ok())
    return Decision::Failed(status);
  if (absl::Status status = CheckNotInHopper(core, spoil.blank); !status.ok()) {
    return Decision::Failed(std::move(status));
  }
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
                                                 .operator_id = spoil.operator_id,
                                                 .step = spoil.step});
  return decision;
}

namespace {

// What is known of a delivery before it is scanned.
struct Announced {
  const domain::TransferItem* dispatch = nullptr;
  const LendingSlip* slip = nullptr;
  const Lending* given = nullptr;  // the other office did not take what this one lent

  const domain::SerialSet* serials() const {
    if (slip != nullptr) return &slip->blanks;
    if (given != nullptr) return &given->blanks;
    return dispatch == nullptr ? nullptr : &dispatch->serials;
  }
};

// What a delivery brought, against its dispatch record or slip. Without one everything is taken
// over that is not here already.
domain::BlanksReceived Compare(const EdgeCore& core, const ReceiveTransfer& receive,
                               const Announced& announced) {
  domain::SerialSet expected;
  if (announced.serials() != nullptr) {
    expected = *announced.serials();
  } else {
    receive.scanned.ForEach([&](const domain::BlankSerial& blank) {
      const BlankUse* use = core.tray().UseOf(blank);
      const bool comes_back = use != nullptr && *use == BlankUse::kLent;
      if (comes_back || !core.tray().Knows(blank)) expected.Insert(blank);
    });
  }
  return {.act = receive.act,
          .transfer = receive.transfer,
          .operator_id = receive.operator_id,
          .received = expected.Intersect(receive.scanned),
          .missing = expected.Difference(receive.scanned),
          .unexpected = receive.scanned.Difference(expected),
          .lent_by = announced.slip == nullptr ? domain::NodeId() : announced.slip->from};
}

}  // namespace

Decision Decide(const EdgeCore& core, const Scene&, const ReceiveTransfer& receive) {
  if (absl::Status status = core.CheckMay(receive.operator_id, OfficeAct::kReceiveTransfer);
      !status.ok())
    return Decision::Failed(status);
  const Announced announced{.dispatch = core.catalogue().FindTransfer(receive.transfer),
                            .slip = core.lendings().Slip(receive.transfer),
                            .given = core.lendings().Given(receive.transfer)};
  if (announced.serials() == nullptr && !receive.before_dispatch) {
    return Decision::Failed(absl::NotFoundError(absl::StrCat(
        "K-131: transfer ", receive.transfer.value(),
        " is not known here. Check its number, wait for the next contact with the district, import "
        "the slip of who lent it, or receive it before its dispatch, by the number on its "
        "paper.")));
  }
  if (core.Received(receive.transfer)) {
    return Decision::Failed(
        absl::AlreadyExistsError(absl::StrCat("K-132: transfer ", receive.transfer.value(),
                                              " was received before; nothing was changed.")));
  }
  if (absl::Status status = CheckFits({&receive.scanned}); !status.ok()) {
    return Decision::Failed(status);
  }
  domain::BlanksReceived event = Compare(core, receive, announced);
  if (absl::Status status = CheckFits({&event.received, &event.missing, &event.unexpected});
      !status.ok())
    return Decision::Failed(status);
  static const auto& none = *new std::vector<domain::Box>();
  const std::vector<domain::Box>* boxes = announced.dispatch != nullptr
                                              ? &announced.dispatch->boxes
                                              : (announced.serials() != nullptr ? &none : nullptr);
  if (absl::Status status = CompareBoxes(core, receive, boxes, event); !status.ok()) {
    return Decision::Failed(status);
  }
  Decision decision;
  decision.events.push_back(std::move(event));
  return decision;
}

}  // namespace keping::edge
