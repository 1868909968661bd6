// The finished cards of this node and the manifests that list them, a projection of the log.
//
//   good -> in the office -> handed over -> delivered
//                         <- returned
//   in the office | returned -> called back -> destroyed
//
//   CardShelf shelf;
//   shelf.AddGood(blank, prr, act, day);
//   shelf.Apply(ManifestHandedOver{…});
//   shelf.Find(blank)->place;            // CardPlace::kHandedOver
#ifndef KEPING_EDGE_NODE_CORE_CARD_SHELF_H_
#define KEPING_EDGE_NODE_CORE_CARD_SHELF_H_

#include <map>
#include <set>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/domain/blank_serial.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"

namespace keping::edge {

enum class CardPlace { kInOffice, kHandedOver, kDelivered, kDestroyed };

struct Card {
  domain::PrrId prr;  // empty: it was found at go-live, and nobody knows whose it is
  domain::ActId act;  // the job or the opening that it comes from
  CardPlace place = CardPlace::kInOffice;
  bool returned = false;   // was with a village head before
  bool not_found = false;  // the village head looked for the resident once
  bool recalled = false;   // called back: it goes nowhere but into the fire
  domain::ActId manifest;  // the last that lists it; or empty
  absl::CivilDay since;    // of its place
};

struct Manifest {
  domain::ActId act;
  domain::VillageCode village;
  domain::SerialSet cards;
  domain::OperatorId operator_id;
  absl::CivilDay made_on;
  // The cards that left, and when. Empty: not handed over.
  domain::SerialSet left;
  absl::CivilDay left_on;

  bool handed_over() const { return !left.empty(); }
};

// Not thread-safe; changed only while events are applied.
class CardShelf {
 public:
  void AddGood(const domain::BlankSerial& blank, const domain::PrrId& prr, const domain::ActId& act,
               const absl::CivilDay& day);
  // The act's answer was set aside: there is no such card.
  void Remove(const domain::ActId& act);
  void Apply(const domain::StockOpened& event, const absl::CivilDay& day);
  void Apply(const domain::ManifestMade& event, const absl::CivilDay& day);
  void Apply(const domain::ManifestHandedOver& event);
  void Apply(const domain::CardsAnswered& event, const absl::CivilDay& day);
  void Apply(const domain::CardsDestroyed& event, const absl::CivilDay& day);
  // A recall of the card on `blank` was carried out.
  void Recall(const domain::BlankSerial& blank);

  // nullptr when there is none.
  const Card* Find(const domain::BlankSerial& blank) const;
  const Manifest* FindManifest(const domain::ActId& act) const;
  // The card of a record made last, or nullptr.
  const Card* CardOf(const domain::PrrId& prr) const;

  const std::map<domain::BlankSerial, Card>& cards() const { return cards_; }
  // In the order in which they were made.
  const std::vector<domain::ActId>& manifests() const { return order_; }
  // In the office, to go out; those that were called back are not among them.
  domain::SerialSet InOffice() const;
  domain::SerialSet Recalled() const;
  // Left under this manifest and not answered for.
  domain::SerialSet StillOutUnder(const domain::ActId& manifest) const;

 private:
  void Place(const domain::SerialSet& serials, CardPlace place, const absl::CivilDay& day);

  std::map<domain::BlankSerial, Card> cards_;
  std::map<domain::PrrId, domain::BlankSerial> latest_of_;
  std::map<domain::ActId, domain::BlankSerial> by_act_;  // of jobs
  std::map<domain::ActId, Manifest> manifests_;
  std::vector<domain::ActId> order_;
  std::set<domain::BlankSerial> recalled_;  // also of cards that are not here yet
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_CARD_SHELF_H_
