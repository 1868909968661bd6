// What passed between this district and others.

#include <map>
#include <set>

#include "common/cli/conservation.h"

namespace keping::cli {

using domain::BlankSerial;
using domain::NodeId;

const BlankCensus::Paper* BlankCensus::LastPaperOn(const BlankSerial& blank) const {
  const Paper* last = nullptr;
  for (const auto& [id, paper] : papers_) {
    if (!paper.blanks.Contains(blank)) continue;
    if (last == nullptr || paper.seq >= last->seq) last = &paper;
  }
  return last;
}

bool BlankCensus::IsAway(const BlankSerial& blank) const {
  const Paper* last = LastPaperOn(blank);
  return last != nullptr && !last->brings();
}

bool BlankCensus::CameFromElsewhere(const BlankSerial& blank) const {
  for (const auto& [id, paper] : papers_) {
    if (paper.brings() && paper.blanks.Contains(blank)) return true;
  }
  return false;
}

const char* BlankCensus::SourceOf(const BlankSerial& blank) const {
  if (issued_.Contains(blank)) return "centre";
  if (openings_.contains(blank)) return "opening_balance";
  if (CameFromElsewhere(blank)) return "borrowed";
  // As far as its box says that it held so many.
  return boxes_.CameOut(blank) ? "centre" : "unknown_origin";
}

// Who had it in hand all the same, or was to get it, has a word too.
BlankCensus::Place BlankCensus::PlaceOfAway(const BlankSerial& blank) const {
  std::set<NodeId> seen = ReceivedAt(blank);
  std::map<domain::TransferId, std::map<crypto::Hash, NodeId>> sent;
  for (const auto& [id, arrival] : arrivals_) {
    if (arrival.unexpected.Contains(blank)) seen.insert(arrival.spot.node);
  }
  if (!seen.empty()) return {"contested", seen.begin()->value()};
  for (const auto& [id, sending] : sendings_) {
    if (sending.serials.Contains(blank)) sent[sending.transfer][id.first] = sending.node;
  }
  for (const auto& [id, loan] : loans_) {
    if (loan.blanks.Contains(blank)) sent[loan.transfer][id] = loan.to;
  }
  // Of two events that name a transfer the greater id has the word.
  if (!sent.empty()) return {"contested", sent.begin()->second.rbegin()->second.value()};
  const bool for_good = LastPaperOn(blank)->step == domain::LoanStep::kGivenBack;
  return {for_good ? "given_back" : "lent_out", ""};
}

}  // namespace keping::cli
