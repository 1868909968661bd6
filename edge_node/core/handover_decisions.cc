#include "edge_node/core/handover_decisions.h"

#include "absl/strings/str_cat.h"
#include "edge_node/core/office_rules.h"

namespace keping::edge {
namespace {

using domain::BlankSerial;
using domain::SerialSet;

// Empty when nobody knows: of a card found at go-live.
domain::VillageCode VillageOf(const EdgeCore& core, const Card& card) {
  const domain::PrrItem* item = core.catalogue().FindPrr(card.prr);
  return item == nullptr ? domain::VillageCode() : item->village;
}

SerialSet CardsOf(const EdgeCore& core, const domain::VillageCode& village) {
  SerialSet cards;
  for (const auto& [serial, card] : core.cards().cards()) {
    if (card.place != CardPlace::kInOffice || VillageOf(core, card) != village) continue;
    if (CheckMayLeave(core, serial).ok()) cards.Insert(serial);
  }
  return cards;
}

// The first card of the list that cannot go to this village.
absl::Status CheckListed(const EdgeCore& core, const domain::VillageCode& village,
                         const SerialSet& cards) {
  absl::Status first;
  cards.ForEach([&](const BlankSerial& serial) {
    if (!first.ok()) return;
    first = CheckMayLeave(core, serial);
    if (!first.ok()) return;
    const domain::VillageCode home = VillageOf(core, *core.cards().Find(serial));
    if (home.empty() || home == village) return;
    first = absl::FailedPreconditionError(
        absl::StrCat("K-192: the card ", serial.text(), " belongs to village ", home.value(),
                     ", not to ", village.value(), ". Take it out of the list."));
  });
  return first;
}

absl::Status NoSuchManifest(const domain::ActId& manifest) {
  return absl::NotFoundError(absl::StrCat("K-194: there is no manifest ", manifest.value(),
                                          " here. Scan its code again."));
}

SerialSet Leaving(const EdgeCore& core, const Manifest& manifest) {
  SerialSet leaving;
  manifest.cards.ForEach([&](const BlankSerial& serial) {
    const Card* card = core.cards().Find(serial);
    if (card == nullptr || card->manifest != manifest.act) return;
    if (CheckMayLeave(core, serial).ok()) leaving.Insert(serial);
  });
  return leaving;
}

// Every card that is out; of one manifest, or of all.
SerialSet OutUnder(const EdgeCore& core, const domain::ActId& manifest) {
  if (!manifest.empty()) return core.cards().StillOutUnder(manifest);
  SerialSet out;
  for (const auto& [serial, card] : core.cards().cards()) {
    if (card.place == CardPlace::kHandedOver) out.Insert(serial);
  }
  return out;
}

// At the counter a card may go straight from the office to the resident.
absl::Status CheckAnswered(const EdgeCore& core, const AnswerCards& answer, const SerialSet& out) {
  const SerialSet named = answer.not_found.Union(answer.returned).Union(answer.delivered);
  if (named.size() != answer.not_found.size() + answer.returned.size() + answer.delivered.size()) {
    return absl::InvalidArgumentError(
        "got a card under two answers, want each card under one of delivered, not found, returned");
  }
  absl::Status first;
  named.Difference(out).ForEach([&](const BlankSerial& serial) {
    if (!first.ok()) return;
    if (answer.manifest.empty() && answer.delivered.Contains(serial)) {
      first = CheckMayLeave(core, serial);
      return;
    }
    first = absl::FailedPreconditionError(absl::StrCat(
        "K-196: the card ", serial.text(), " is not out",
        answer.manifest.empty() ? "" : " under this manifest", ": by the books it is \"",
        WhereInBooks(core, serial), "\". Scan it again, or take it out of the list."));
  });
  return first;
}

}  // namespace

Decision Decide(const EdgeCore& core, const Scene&, const MakeManifest& make) {
  if (absl::Status status = core.CheckMay(make.operator_id, OfficeAct::kHandOver); !status.ok())
    return Decision::Failed(status);
  if (absl::Status status = CheckListed(core, make.village, make.cards); !status.ok())
    return Decision::Failed(status);
  const SerialSet cards = make.cards.empty() ? CardsOf(core, make.village) : make.cards;
  if (cards.empty()) {
    return Decision::Failed(absl::FailedPreconditionError(
        absl::StrCat("K-192: no finished card of village ", make.village.value(),
                     " lies in this office. Check the code of the village.")));
  }
  if (absl::Status status = CheckFits({&cards}); !status.ok()) return Decision::Failed(status);
  Decision decision;
  decision.events.push_back(domain::ManifestMade{
      .act = make.act, .village = make.village, .cards = cards, .operator_id = make.operator_id});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const HandOver& hand_over) {
  if (absl::Status status = core.CheckMay(hand_over.operator_id, OfficeAct::kHandOver);
      !status.ok())
    return Decision::Failed(status);
  const Manifest* manifest = core.cards().FindManifest(hand_over.manifest);
  if (manifest == nullptr) return Decision::Failed(NoSuchManifest(hand_over.manifest));
  const SerialSet leaving = Leaving(core, *manifest);
  if (leaving.empty()) {
    return Decision::Failed(absl::FailedPreconditionError(absl::StrCat(
        "K-195: nothing can be handed over under manifest ", hand_over.manifest.value(), ": ",
        manifest->handed_over() ? "its cards left the office before."
                                : "its cards were called back, or a later manifest lists them.")));
  }
  Decision decision;
  decision.events.push_back(domain::ManifestHandedOver{.act = hand_over.act,
                                                       .manifest = hand_over.manifest,
                                                       .cards = leaving,
                                                       .day = hand_over.day,
                                                       .receiver = hand_over.receiver,
                                                       .operator_id = hand_over.operator_id});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const AnswerCards& answer) {
  if (absl::Status status = core.CheckMay(answer.operator_id, OfficeAct::kHandOver); !status.ok())
    return Decision::Failed(status);
  if (!answer.manifest.empty() && core.cards().FindManifest(answer.manifest) == nullptr)
    return Decision::Failed(NoSuchManifest(answer.manifest));
  if (answer.rest_delivered && answer.manifest.empty()) {
    return Decision::Failed(absl::InvalidArgumentError(
        "got \"the rest was delivered\" without a manifest, want the manifest whose rest it is"));
  }
  const SerialSet out = OutUnder(core, answer.manifest);
  if (absl::Status status = CheckAnswered(core, answer, out); !status.ok())
    return Decision::Failed(status);
  SerialSet delivered = answer.delivered;
  if (answer.rest_delivered) {
    delivered = delivered.Union(out.Difference(answer.not_found).Difference(answer.returned));
  }
  if (delivered.empty() && answer.not_found.empty() && answer.returned.empty()) {
    return Decision::Failed(absl::FailedPreconditionError(
        "K-196: no card is answered for: name one, or a manifest that still has some out."));
  }
  if (absl::Status status = CheckFits({&delivered, &answer.not_found, &answer.returned});
      !status.ok())
    return Decision::Failed(status);
  Decision decision;
  decision.events.push_back(domain::CardsAnswered{.act = answer.act,
                                                  .manifest = answer.manifest,
                                                  .delivered = delivered,
                                                  .not_found = answer.not_found,
                                                  .returned = answer.returned,
                                                  .operator_id = answer.operator_id});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const AskStatus& ask) {
  if (absl::Status status = core.CheckMay(ask.operator_id, OfficeAct::kReadPersonalData);
      !status.ok())
    return Decision::Failed(status);
  Decision decision;
  decision.events.push_back(
      domain::PersonalDataRead{.operator_id = ask.operator_id,
                               .prr = ask.prr,
                               .nik_key = ask.nik_key,
                               .purpose = domain::ReadPurpose::kResidentStatus});
  return decision;
}

Decision Decide(const EdgeCore& core, const Scene&, const ViewNames& view) {
  if (absl::Status status = core.CheckMay(view.operator_id, OfficeAct::kReadPersonalData);
      !status.ok())
    return Decision::Failed(status);
  Decision decision;
  decision.events.push_back(domain::PersonalDataRead{.operator_id = view.operator_id,
                                                     .prr = {},
                                                     .nik_key = {},
                                                     .purpose = domain::ReadPurpose::kRecordView});
  return decision;
}

}  // namespace keping::edge
