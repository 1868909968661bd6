#include "edge_node/core/office_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/domain/entry.h"
#include "common/domain/limits.h"

namespace keping::edge {
namespace {

using domain::BlankSerial;
using domain::SerialSet;

// So many of the longest serials leave room for an entry's ids.
static_assert(domain::kMaxBlanksOfAct * (BlankSerial::kMaxSize + 1) <
              domain::kMaxPayloadSize - 1024);
constexpr int kSerialsShown = 3;

// The centre wants the card back, or its record is withdrawn.
bool CalledBack(const EdgeCore& core, const BlankSerial& serial, const Card& card) {
  if (card.recalled) return true;
  const domain::PrrItem* item = core.catalogue().FindPrr(card.prr);
  if (item != nullptr && item->withdrawn) return true;
  const auto& actions = core.catalogue().actions();
  return std::any_of(actions.begin(), actions.end(), [&](const auto& entry) {
    return entry.second.kind == domain::ActionKind::kRecallCard && entry.second.blank == serial;
  });
}

const char* WhereIsCard(const Card& card) {
  switch (card.place) {
    case CardPlace::kInOffice:
      return card.recalled ? "called_back" : "printed";
    case CardPlace::kHandedOver:
      return card.recalled ? "called_back" : "handed_over";
    case CardPlace::kDelivered:
      return card.recalled ? "called_back" : "delivered";
    case CardPlace::kDestroyed:
      return "destroyed";
  }
  return "unknown";
}

}  // namespace

absl::Status CheckTwoPersons(const EdgeCore& core, OfficeAct act,
                             const domain::OperatorId& operator_id,
                             const domain::OperatorId& second) {
  if (absl::Status status = core.CheckMay(operator_id, act); !status.ok()) return status;
  return core.CheckSecond(act, operator_id, second);
}

absl::Status CheckFits(std::initializer_list<const SerialSet*> sets) {
  uint64_t blanks = 0;
  for (const SerialSet* set : sets) blanks += set->size();
  if (blanks <= domain::kMaxBlanksOfAct) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("K-134: got ", blanks, " blanks, want at most ",
                                                 domain::kMaxBlanksOfAct,
                                                 " at once. Look at the ends of the ranges."));
}

SerialSet Book(const EdgeCore& core, domain::Pile pile) {
  switch (pile) {
    case domain::Pile::kTray:
      return core.tray().available();
    case domain::Pile::kSpoiled:
      return core.tray().Serials(BlankUse::kSpoiled).Union(core.cards().Recalled());
    case domain::Pile::kPrinted:
      return core.cards().InOffice();
  }
  return {};
}

const char* WhereInBooks(const EdgeCore& core, const BlankSerial& serial) {
  if (core.tray().Available(serial)) return "tray";
  const BlankUse* use = core.tray().UseOf(serial);
  if (use == nullptr) return "unknown";
  switch (*use) {
    case BlankUse::kBound:
      return "bound";
    case BlankUse::kSpoiled:
      return "spoiled";
    case BlankUse::kDestroyed:
      return "destroyed";
    case BlankUse::kLent:
      return "lent";
    case BlankUse::kUsed:
      break;
  }
  const Card* card = core.cards().Find(serial);
  return card == nullptr ? "used" : WhereIsCard(*card);
}

absl::Status CheckMayLeave(const EdgeCore& core, const BlankSerial& serial) {
  const Card* card = core.cards().Find(serial);
  if (card == nullptr || card->place != CardPlace::kInOffice) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-192: ", serial.text(),
        " is no finished card that lies in this office: by "
        "the books it is \"",
        WhereInBooks(core, serial), "\". Scan the card again, or take it out of the list."));
  }
  if (!CalledBack(core, serial, *card)) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("K-193: the card ", serial.text(),
                   " was called back. Do not give it out; put it aside for destruction."));
}

std::string Some(const SerialSet& serials) {
  std::string text;
  int shown = 0;
  serials.ForEach([&](const BlankSerial& serial) {
    if (++shown <= kSerialsShown) absl::StrAppend(&text, shown == 1 ? "" : ", ", serial.text());
  });
  if (shown > kSerialsShown) absl::StrAppend(&text, " and ", shown - kSerialsShown, " more");
  return text;
}

}  // namespace keping::edge
