// What the census counts: of one office, and of the district.

#include <cstddef>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/cli/conservation.h"
#include "common/cli/parallel.h"

namespace keping::cli {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::NodeId;
using domain::SerialSet;

std::string BlankPlace(const BlankSerial& blank) { return absl::StrCat("blank ", blank.text()); }

}  // namespace

void BlankCensus::CountClaims(const BlankSerial& blank, const Claims& claims,
                              OfficeCount& count) const {
  for (const auto& [act, claim] : claims) {
    const std::optional<Deed> deed = LastDeed(blank, claim.node);
    const bool finished = claim.outcome == Outcome::kGood || claim.outcome == Outcome::kSpoiled;
    const bool away = deed == Deed::kHandedOver || deed == Deed::kNotFound;
    if (finished && deed == Deed::kDestroyed) {
      ++count.destroyed;
    } else if (claim.outcome == Outcome::kGood) {
      ++(away ? count.handed_over : deed == Deed::kDelivered ? count.delivered : count.used);
    } else if (claim.outcome == Outcome::kSpoiled) {
      ++count.spoiled;
    } else {
      CountOpen(acts_.at(act), count);
    }
  }
}

// The office counts a job that its printer aborted as bound until a person settles it.
void BlankCensus::CountOpen(const Act& act, OfficeCount& count) {
  const bool doubt = act.Said(Word::kDoubted) || !act.set_aside.empty();
  ++(doubt ? count.in_doubt : count.bound);
}

void BlankCensus::CountLoans(OfficeCount& count) const {
  std::map<domain::TransferId, SerialSet> loans;
  for (const auto& [id, loan] : loans_) loans[loan.transfer] = loan.blanks;
  for (const auto& [transfer, blanks] : loans) count.lent += blanks.size();
}

OfficeCount BlankCensus::CountOffice() const {
  OfficeCount count;
  const std::map<BlankSerial, ActId> held = HeldElsewhere();
  count.opened = opened_quantity_;
  SerialSet received;
  for (const auto& [blank, openings] : openings_) received.Insert(blank);
  for (const auto& entry : arrivals_) {
    const Arrival& arrival = entry.second;
    count.received += arrival.received.size();
    arrival.received.Intersect(received).ForEach([&](const BlankSerial& blank) {
      const NodeId& node = arrival.spot.node;
      if (ComingsTo(blank, node).size() <= LoansFrom(blank, node).size() + 1) return;
      count.problems.push_back(
          {"blank_received_twice", BlankPlace(blank),
           "it was received by two transfers, or found at go-live and received"});
    });
    AddTo(received, arrival.received);
  }
  for (const auto& [id, rescan] : rescans_) {
    count.received += rescan.found.Difference(received).size();
    received = received.Union(rescan.found);
  }
  CountLoans(count);
  count.unidentified = boxes_.LeftAtOffice();
  AllSerials().ForEach([&](const BlankSerial& blank) {
    const Claims claims = ClaimsOn(blank);
    const auto holder = held.find(blank);
    const std::set<NodeId> here = ReceivedAt(blank);
    const bool stays = !here.empty() && StaysAt(blank, *here.begin());
    if (claims.empty() && holder != held.end()) {
      CountOpen(acts_.at(holder->second), count);
    } else if (claims.empty() && stays) {
      ++(LookedForInVain(blank, *here.begin()) ? count.missing : count.available);
    }
    if (!claims.empty() && !here.empty() && !stays) {
      count.problems.push_back({"blank_lent_and_used", BlankPlace(blank),
                                absl::StrCat("act ", claims.begin()->first.value(),
                                             " used it, and it was lent to another office")});
    }
    CountClaims(blank, claims, count);
    if (!claims.empty() && !received.Contains(blank)) {
      count.problems.push_back(
          {"blank_never_received", BlankPlace(blank),
           absl::StrCat("act ", claims.begin()->first.value(),
                        " used it, and no transfer of this office brought it")});
    }
    if (claims.empty() && !HandlersOf(blank).empty()) {
      count.problems.push_back({"card_never_made", BlankPlace(blank),
                                "it was handed on or destroyed, and no act made a card of it"});
    }
    if (claims.size() >= 2) {
      count.problems.push_back({"blank_used_twice", BlankPlace(blank),
                                absl::StrCat("acts ", claims.begin()->first.value(), " and ",
                                             claims.rbegin()->first.value(), " both hold it")});
    }
  });
  if (count.accounted() != count.received + count.opened) {
    count.problems.push_back(
        {"custody_not_closed", "this office",
         absl::StrCat("got ", count.received, " blanks received and ", count.opened,
                      " found at go-live, want the ", count.accounted(),
                      " that are in the tray, bound, in doubt, used, handed on, spoiled, lent or "
                      "destroyed")});
  }
  return count;
}

DistrictCount BlankCensus::CountDistrict() const {
  DistrictCount count;
  count.allotments = allotments_.size();
  count.allotted_quantity = allotted_quantity_;
  SerialSet allotted;
  for (const auto& [id, serials] : allotments_) AddTo(allotted, serials);
  count.allotted_serials = allotted.size();
  count.allotted_in_boxes = boxes_.declared_quantity();
  count.allotted_again = allotted_again_;
  if (allotted_quantity_ != allotted.size()) {
    count.problems.push_back(
        {"allotments_overlap", "the allotments",
         absl::StrCat("their quantities add up to ", allotted_quantity_, ", but they name ",
                      allotted.size(), " different serials")});
  }
  std::vector<BlankSerial> all;
  MakeIndex();
  index_.all.ForEach([&all](const BlankSerial& blank) { all.push_back(blank); });
  std::vector<Place> places(all.size());
  InParallel(all.size(), [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) places[i] = PlaceOf(all[i]);
  });
  for (size_t i = 0; i < all.size(); ++i) {
    ++count.totals[places[i]];
    // Of the others the box gives what it says that it holds.
    if (IsOnPaper(all[i]) || !boxes_.CameOut(all[i])) --count.totals[{SourceOf(all[i]), ""}];
    count.places.emplace(all[i], std::move(places[i]));
  }
  count.boxes = boxes_.Contents([&](const BlankSerial& blank) { return IsOnPaper(blank); });
  for (const auto& [box, contents] : count.boxes) {
    const auto add = [&](const CustodyPlace& place, int64_t quantity) {
      if (quantity != 0) count.totals[place] += quantity;
    };
    add({"centre", ""}, -contents.held);
    add({"unknown_origin", ""}, -contents.excess);
    add(contents.place, contents.unidentified);
  }
  return count;
}

}  // namespace keping::cli
