#include "tests/sim/stock_people.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/sim/people.h"

namespace keping::sim {
namespace {

using domain::BlankSerial;
using domain::Pile;
using domain::SerialSet;

constexpr int kOpeningBlanks = 5;

template <typename Event>
const Event& First(const edge::Decision& decision) {
  return std::get<Event>(decision.events.front());
}

bool Says(const edge::Decision& decision, const char* code) {
  return absl::StartsWith(decision.status.message(), code);
}

BlankAt PlaceOf(Pile pile) {
  switch (pile) {
    case Pile::kTray:
      return BlankAt::kTray;
    case Pile::kSpoiled:
      return BlankAt::kSpoiled;
    case Pile::kPrinted:
      break;
  }
  return BlankAt::kGoodCard;
}

}  // namespace

StockPeople::StockPeople(World* world, Matter* matter, Office* office)
    : world_(*world), matter_(*matter), office_(*office), prng_(world->Fork()) {
  if (prng_.Chance(1, 2)) FillCupboard();
}

// What lay in the office before there was a node.
void StockPeople::FillCupboard() {
  for (Pile pile : {Pile::kTray, Pile::kSpoiled, Pile::kPrinted}) {
    Opening opening{.pile = pile, .blanks = {}};
    for (int i = 0; i < kOpeningBlanks; ++i) {
      const int blank = matter_.AddBlank(BlankSerial::Of(absl::StrCat(
          kOldSerials, office_.index() + 1, "P", static_cast<int>(pile), "N", 100 + i)));
      matter_.Move(blank, BlankAt::kCupboard, office_.index());
      opening.blanks.push_back(blank);
    }
    opening_.push_back(std::move(opening));
  }
}

bool StockPeople::Ready() const {
  if (office_.node() == nullptr) return false;
  return core().catalogue().FindOperator(CertifiedOperator(office_.index())) != nullptr &&
         core().catalogue().FindOperator(TraineeOperator(office_.index())) != nullptr;
}

void StockPeople::Look() {
  if (Ready()) TakeOver();
  if (Ready()) Leave();
  if (Ready()) EndAnswer();
  if (Ready()) EndFire();
  if (!Ready() || world_.healed() || !done()) return;
  const bool card_in_printer =
      !core().journal().OpenJobs().empty() ||
      std::any_of(office_.printers().begin(), office_.printers().end(),
                  [](const PrinterUnit& unit) { return unit.in_hopper.has_value(); });
  if (card_in_printer) return;
  switch (prng_.Below(60)) {
    case 0:
      return Count(static_cast<Pile>(1 + prng_.Below(3)));
    case 1:
    case 2:
      return ListCards();
    case 3:
    case 4:
    case 5:
      return AnswerForSome();
    case 6:
      return DeliverAtTheCounter();
    case 7:
      return Burn();
    default:
      return;
  }
}

// ---- Go-live.

void StockPeople::TakeOver() {
  if (opening_.empty()) return;
  const Opening& opening = opening_.back();
  SerialSet serials;
  for (int blank : opening.blanks) serials.Insert(matter_.blank(blank).serial);
  const auto decision =
      office_.Do(edge::OpenStock{.act = office_.NewAct(),
                                 .pile = opening.pile,
                                 .serials = serials,
                                 .minutes = domain::DocumentNumber::Of("BA/1"),
                                 .operator_id = CertifiedOperator(office_.index()),
                                 .second = TraineeOperator(office_.index())});
  if (!decision) return;
  // Known already: it was written before the node died.
  if (!decision->status.ok() && !Says(*decision, "K-191")) {
    return Break("go-live is taken", std::string(decision->status.message()));
  }
  world_.Count("stock_opened");
  MoveAll(serials, PlaceOf(opening.pile));
  opening_.pop_back();
}

void StockPeople::TakeOverAgain() {
  for (Pile pile : {Pile::kTray, Pile::kSpoiled, Pile::kPrinted}) {
    Opening opening{.pile = pile, .blanks = {}};
    Lying(PlaceOf(pile)).ForEach([&](const BlankSerial& serial) {
      if (!absl::StartsWith(serial.text(), kOldSerials) || core().tray().Knows(serial)) return;
      opening.blanks.push_back(matter_.Find(serial));
    });
    if (!opening.blanks.empty()) opening_.push_back(std::move(opening));
  }
}

// ---- Counts.

void StockPeople::Count(Pile pile) {
  // Nobody counts a tray before it was scanned again: its blanks are in no book until then.
  if (pile == Pile::kTray && !core().tray().unconfirmed().empty()) return;
  // Nor while a part of it feeds.
  for (const PrinterUnit& unit : office_.printers()) {
    if (!unit.batch.empty()) return;
  }
  SerialSet scanned = Lying(PlaceOf(pile));
  if (pile == Pile::kSpoiled) scanned = scanned.Union(Lying(BlankAt::kWithdrawn));
  if (pile == Pile::kPrinted) scanned = scanned.Union(Lying(BlankAt::kReturned));
  SerialSet left_out;
  if (!scanned.empty() && world_.plan().miscount.Strikes(prng_)) {
    world_.Count("miscount");
    left_out = scanned.Take(1);
  }
  const auto decision = office_.Do(edge::CountPile{.act = office_.NewAct(),
                                                   .pile = pile,
                                                   .scanned = scanned,
                                                   .operator_id = TraineeOperator(office_.index()),
                                                   .second = {}});
  if (!decision) return;
  if (!decision->status.ok()) {
    return Break("a count is true", std::string(decision->status.message()));
  }
  world_.Count("stock_counted");
  const auto& counted = First<domain::StockCounted>(*decision);
  CheckDifference(pile, counted.missing.Difference(left_out), "missing");
  CheckDifference(pile, counted.surplus, "surplus");
}

void StockPeople::CheckDifference(Pile pile, const SerialSet& serials, const char* what) {
  if (!serials.empty()) world_.Count("count_differs");
  serials.ForEach([&](const BlankSerial& serial) {
    const BlankAt at = matter_.blank(matter_.Find(serial)).at;
    // A box is unpacked, and a recall carried out, a moment before or after the books say so.
    const bool on_its_way = at == BlankAt::kBox || at == BlankAt::kWithdrawn;
    // It came out of a hopper that was loaded one off, and is a job's until that one's card is
    // scanned.
    const bool held = core().journal().OpenJobWith(serial) != nullptr;
    if (!Honest(serial) || on_its_way || held) return;
    Break("a count is true",
          absl::StrCat(serial.text(), " lies at ", BlankAtName(at), ", and a count of pile ",
                       static_cast<int>(pile), " finds it ", what));
  });
}

// ---- Handover.

void StockPeople::ListCards() {
  for (const auto& [serial, card] : core().cards().cards()) {
    const domain::PrrItem* item = core().catalogue().FindPrr(card.prr);
    if (card.place != edge::CardPlace::kInOffice || item == nullptr) continue;
    if (prng_.Chance(1, 2)) continue;
    const domain::ActId act = office_.NewAct();
    const auto decision =
        office_.Do(edge::MakeManifest{.act = act,
                                      .village = item->village,
                                      .cards = {},
                                      .operator_id = TraineeOperator(office_.index())});
    // A village whose cards were all called back has none to list.
    if (decision && decision->status.ok()) leaving_ = act;
    return;
  }
}

void StockPeople::Leave() {
  if (!leaving_) return;
  const edge::Manifest* manifest = core().cards().FindManifest(*leaving_);
  const bool left_before = manifest != nullptr && manifest->handed_over();
  if (left_before) Out(manifest->left);
  if (manifest == nullptr || left_before) return leaving_.reset();
  const auto decision =
      office_.Do(edge::HandOver{.act = office_.NewAct(),
                                .manifest = *leaving_,
                                .day = absl::ToCivilDay(world_.TrueTime(), world_.time_zone()),
                                .receiver = {},
                                .operator_id = TraineeOperator(office_.index())});
  if (!decision) return;
  leaving_.reset();
  // All of its cards may have been called back in the meantime.
  if (!decision->status.ok()) return;
  world_.Count("handed_over");
  const SerialSet& left = First<domain::ManifestHandedOver>(*decision).cards;
  CheckNotCalledBack(left);
  Out(left);
}

void StockPeople::CheckNotCalledBack(const SerialSet& left) {
  for (const auto& [id, order] : core().catalogue().actions()) {
    if (order.kind != domain::ActionKind::kRecallCard || !order.blank) continue;
    if (left.Contains(*order.blank)) {
      Break("a called back card stays", absl::StrCat(order.blank->text(), " left the office"));
    }
  }
}

void StockPeople::Out(const SerialSet& left) {
  left.ForEach([this](const BlankSerial& serial) {
    const int blank = matter_.Find(serial);
    const BlankAt at = matter_.blank(blank).at;
    const bool here = at == BlankAt::kGoodCard || at == BlankAt::kReturned;
    if (here) return matter_.Move(blank, BlankAt::kHandedOver, office_.index());
    if (Honest(serial) && at != BlankAt::kWithdrawn) {
      Break("a card leaves once",
            absl::StrCat(serial.text(), " leaves the office and is ", BlankAtName(at)));
    }
  });
}

void StockPeople::AnswerForSome() {
  const std::vector<domain::ActId>& manifests = core().cards().manifests();
  if (manifests.empty()) return;
  const domain::ActId manifest = manifests[prng_.Below(manifests.size())];
  const SerialSet out = core().cards().StillOutUnder(manifest);
  edge::AnswerCards answer{.act = office_.NewAct(),
                           .manifest = manifest,
                           .delivered = {},
                           .not_found = {},
                           .returned = {},
                           .rest_delivered = false,
                           .operator_id = TraineeOperator(office_.index())};
  Answering meant;
  out.ForEach([&](const BlankSerial& serial) {
    if (matter_.blank(matter_.Find(serial)).at != BlankAt::kHandedOver) return;
    const uint64_t fate = prng_.Below(10);
    SerialSet& fates = fate == 0 ? answer.not_found : fate == 1 ? meant.returned : meant.delivered;
    fates.Insert(serial);
  });
  answer.returned = meant.returned;
  if (answer.not_found.size() + meant.returned.size() + meant.delivered.size() == 0) return;
  const bool all = answer.not_found.Union(meant.returned).Union(meant.delivered) == out;
  answer.rest_delivered = all && prng_.Chance(1, 2);
  if (!answer.rest_delivered) answer.delivered = meant.delivered;
  Say(answer, meant);
}

void StockPeople::DeliverAtTheCounter() {
  const SerialSet here = core().cards().InOffice();
  if (here.empty()) return;
  const BlankSerial serial = here.ranges()[prng_.Below(here.ranges().size())].first;
  const BlankAt at = matter_.blank(matter_.Find(serial)).at;
  if (at != BlankAt::kGoodCard && at != BlankAt::kReturned) return;
  const edge::AnswerCards answer{.act = office_.NewAct(),
                                 .manifest = {},
                                 .delivered = {serial},
                                 .not_found = {},
                                 .returned = {},
                                 .rest_delivered = false,
                                 .operator_id = TraineeOperator(office_.index())};
  Say(answer, {.delivered = {serial}, .returned = {}});
}

void StockPeople::Say(const edge::AnswerCards& answer, const Answering& meant) {
  const auto decision = office_.Do(answer);
  if (!decision) {
    answering_ = meant;
    return;
  }
  if (Says(*decision, "K-193")) return;  // it was called back
  if (!decision->status.ok()) {
    return Break("an answer is taken", std::string(decision->status.message()));
  }
  const auto& answered = First<domain::CardsAnswered>(*decision);
  if (answered.delivered != meant.delivered || answered.returned != meant.returned) {
    Break("an answer is taken",
          absl::StrCat("meant ", meant.delivered.size(), " delivered and ", meant.returned.size(),
                       " returned, written are ", answered.delivered.size(), " and ",
                       answered.returned.size()));
  }
  world_.Count("cards_answered");
  MoveAll(meant.delivered, BlankAt::kDelivered);
  MoveAll(meant.returned, BlankAt::kReturned);
}

// The node died over an answer: the books tell whether it was written.
void StockPeople::EndAnswer() {
  if (!answering_) return;
  const Answering meant = *std::exchange(answering_, std::nullopt);
  const bool one_delivered = !meant.delivered.empty();
  const SerialSet& some = one_delivered ? meant.delivered : meant.returned;
  if (some.empty()) return;
  const edge::Card* card = core().cards().Find(some.ranges().front().first);
  const auto booked = one_delivered ? edge::CardPlace::kDelivered : edge::CardPlace::kInOffice;
  if (card == nullptr || card->place != booked) return;
  MoveAll(meant.delivered, BlankAt::kDelivered);
  MoveAll(meant.returned, BlankAt::kReturned);
}

// ---- The fire.

void StockPeople::Burn() {
  SerialSet serials;
  Lying(BlankAt::kSpoiled).ForEach([&](const BlankSerial& serial) {
    if (Honest(serial)) serials.Insert(serial);
  });
  Lying(BlankAt::kWithdrawn).ForEach([&](const BlankSerial& serial) {
    const edge::Card* card = core().cards().Find(serial);
    if (Honest(serial) && card != nullptr && card->recalled) serials.Insert(serial);
  });
  if (serials.empty()) return;
  burning_ = serials;
  const auto decision =
      office_.Do(edge::DestroyCards{.act = office_.NewAct(),
                                    .serials = serials,
                                    .minutes = domain::DocumentNumber::Of("BA/2"),
                                    .operator_id = CertifiedOperator(office_.index()),
                                    .second = TraineeOperator(office_.index()),
                                    .witnesses = {}});
  if (!decision) return;
  burning_.reset();
  if (!decision->status.ok()) {
    return Break("the fire is true", std::string(decision->status.message()));
  }
  world_.Count("destroyed");
  MoveAll(serials, BlankAt::kDestroyed);
}

void StockPeople::EndFire() {
  if (!burning_) return;
  const SerialSet serials = *std::exchange(burning_, std::nullopt);
  const edge::BlankUse* use = core().tray().UseOf(serials.ranges().front().first);
  if (use != nullptr && *use == edge::BlankUse::kDestroyed) MoveAll(serials, BlankAt::kDestroyed);
}

// ----

SerialSet StockPeople::Lying(BlankAt at) const {
  SerialSet serials;
  for (const Blank& blank : matter_.blanks()) {
    if (blank.at == at && blank.office == office_.index()) serials.Insert(blank.serial);
  }
  return serials;
}

void StockPeople::MoveAll(const SerialSet& serials, BlankAt at) {
  serials.ForEach(
      [&](const BlankSerial& serial) { matter_.Move(matter_.Find(serial), at, office_.index()); });
}

bool StockPeople::Honest(const BlankSerial& serial) const {
  return !matter_.blank(matter_.Find(serial)).doubtful();
}

void StockPeople::Break(const char* law, const std::string& detail) {
  world_.Break(law, absl::StrCat(office_.id().value(), ": ", detail));
}

}  // namespace keping::sim
