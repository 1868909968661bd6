#include "edge_node/core/box_decisions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "edge_node/core/office_rules.h"

namespace keping::edge {
namespace {

using domain::BlankSerial;
using domain::Box;
using domain::BoxId;
using domain::SerialSet;

const Box* FindBox(const std::vector<Box>& boxes, const BoxId& id) {
  const auto found =
      std::find_if(boxes.begin(), boxes.end(), [&](const Box& one) { return one.box == id; });
  return found == boxes.end() ? nullptr : &*found;
}

// Of a box that came; also of one that its transfer's receipt did not find, and that was found
// since.
std::optional<HeldBox> BoxHere(const EdgeCore& core, const BoxId& id) {
  const HeldBox* held = core.boxes().Find(id);
  if (held != nullptr && held->paper.quantity > 0) return *held;
  for (const auto& [transfer, item] : core.catalogue().transfers()) {
    const Box* paper = FindBox(item.boxes, id);
    if (paper == nullptr || !core.Received(transfer)) continue;
    HeldBox box = held == nullptr ? HeldBox() : *held;
    box.paper = *paper;
    return box;
  }
  return std::nullopt;
}

bool IsKnown(const EdgeCore& core, const BlankSerial& serial) {
  if (core.tray().Knows(serial)) return true;
  const auto& transfers = core.catalogue().transfers();
  return std::any_of(transfers.begin(), transfers.end(),
                     [&](const auto& entry) { return entry.second.serials.Contains(serial); });
}

absl::Status CheckSerials(const EdgeCore& core, const HeldBox& box, const SerialSet& scanned) {
  SerialSet known;
  SerialSet unfit;
  scanned.ForEach([&](const BlankSerial& serial) {
    if (IsKnown(core, serial)) known.Insert(serial);
    if (!domain::Fits(box.paper, serial)) unfit.Insert(serial);
  });
  const std::string& name = box.paper.box.value();
  if (!known.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-137: ", known.size(), " of these are known already and cannot come out of box ", name,
        ": ", Some(known), ". By the books ", known.ranges().front().first.text(), " is \"",
        WhereInBooks(core, known.ranges().front().first),
        "\". Put them aside and scan the others; nothing was changed."));
  }
  if (!unfit.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-138: ", unfit.size(), " of these are not what the paper of box ", name,
                     " declares (", domain::SchemeName(box.paper.scheme), "): ", Some(unfit),
                     ". Look at the label and at the reader; nothing was changed."));
  }
  if (scanned.size() > box.left()) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-136: got ", scanned.size(), " blanks out of box ", name,
                     ", want at most the ", box.left(), " that are left in it by its paper (",
                     box.paper.quantity, " in all, ", box.born.size(),
                     " scanned before). Scan again what the box holds, put what is too many "
                     "aside sealed, and call the district office; nothing was changed."));
  }
  return absl::OkStatus();
}

// Who may, and when two have to see it.
absl::Status CheckPeople(const EdgeCore& core, const OpenBox& open, const HeldBox& box) {
  const bool short_of = open.emptied && open.scanned.size() < box.left();
  if (!short_of && open.second.empty()) return core.CheckMay(open.operator_id, OfficeAct::kOpenBox);
  return CheckTwoPersons(core, OfficeAct::kOpenBox, open.operator_id, open.second);
}

}  // namespace

Decision Decide(const EdgeCore& core, const Scene&, const OpenBox& open) {
  if (absl::Status status = core.CheckMay(open.operator_id, OfficeAct::kOpenBox); !status.ok())
    return Decision::Failed(status);
  const std::optional<HeldBox> box = BoxHere(core, open.box);
  if (!box.has_value()) {
    return Decision::Failed(absl::NotFoundError(
        absl::StrCat("K-135: box ", open.box.value(),
                     " did not come to this office. Look at its label, and receive its transfer "
                     "first.")));
  }
  if (box->emptied) {
    return Decision::Failed(absl::FailedPreconditionError(
        absl::StrCat("K-139: box ", open.box.value(), " is empty by the books: ", box->born.size(),
                     " blanks were scanned out of it. What is left in it put aside, and call the "
                     "district office.")));
  }
  if (open.scanned.empty() && !open.emptied) {
    return Decision::Failed(
        absl::InvalidArgumentError("got no serial, want at least one. Scan what is in the box."));
  }
  absl::Status status = CheckFits({&open.scanned});
  if (status.ok()) status = CheckSerials(core, *box, open.scanned);
  if (status.ok()) status = CheckPeople(core, open, *box);
  if (!status.ok()) return Decision::Failed(std::move(status));
  Decision decision;
  decision.events.push_back(
      domain::BoxOpened{.act = open.act,
                        .box = open.box,
                        .serials = open.scanned,
                        .emptied = open.emptied || open.scanned.size() == box->left(),
                        .operator_id = open.operator_id,
                        .second = open.second});
  return decision;
}

absl::Status CompareBoxes(const EdgeCore& core, const ReceiveTransfer& receive,
                          const std::vector<Box>* announced, domain::BlanksReceived& event) {
  if (announced != nullptr && !announced->empty() && receive.boxes.empty() && !receive.no_boxes) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-130: transfer ", receive.transfer.value(), " has ", announced->size(),
                     " sealed boxes, among them ", announced->front().box.value(),
                     ". Say which of them came, by their labels, or that none did."));
  }
  for (const Box& box : receive.boxes) {
    if (core.boxes().Find(box.box) != nullptr) {
      return absl::AlreadyExistsError(absl::StrCat(
          "K-139: box ", box.box.value(), " came to this office before; nothing was changed."));
    }
    const Box* paper = announced == nullptr ? &box : FindBox(*announced, box.box);
    if (paper == nullptr) {
      event.unexpected_boxes.push_back(box.box);
    } else if (paper->quantity == 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("K-130: box ", box.box.value(),
                       " came before its dispatch record. Say how many blanks its label names."));
    } else if (FindBox(event.boxes, box.box) == nullptr) {
      event.boxes.push_back(*paper);
    }
  }
  if (announced == nullptr) return absl::OkStatus();
  for (const Box& box : *announced) {
    if (FindBox(event.boxes, box.box) == nullptr) event.missing_boxes.push_back(box.box);
  }
  return absl::OkStatus();
}

}  // namespace keping::edge
