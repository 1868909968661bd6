// What passed between this district and others.

#include <algorithm>
#include <map>
#include <set>

#include "common/cli/conservation.h"

namespace keping::cli {

using domain::BlankSerial;
using domain::NodeId;

const BlankCensus::Paper* BlankCensus::LastPaperOn(const BlankSerial& blank) const {
  const Paper* last = nullptr;
  for (const auto* paper : MentionsOf(blank).papers) {
    if (last == nullptr || paper->second.seq >= last->seq) last = &paper->second;
  }
  return last;
}

bool BlankCensus::IsAway(const BlankSerial& blank) const {
  const Paper* last = LastPaperOn(blank);
  return last != nullptr && !last->brings();
}

bool BlankCensus::CameFromElsewhere(const BlankSerial& blank) const {
  const auto& papers = MentionsOf(blank).papers;
  return std::any_of(papers.begin(), papers.end(),
                     [](const auto* paper) { return paper->second.brings(); });
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
  const Mentions& mentions = MentionsOf(blank);
  for (const auto* arrival : mentions.arrivals) {
    if (arrival->second.unexpected.Contains(blank)) seen.insert(arrival->second.spot.node);
  }
  if (!seen.empty()) return {"contested", seen.begin()->value()};
  for (const auto* sending : mentions.sendings) {
    sent[sending->second.transfer][sending->first.first] = sending->second.node;
  }
  for (const auto* loan : mentions.loans) {
    sent[loan->second.transfer][loan->first] = loan->second.to;
  }
  // Of two events that name a transfer the greater id has the word.
  if (!sent.empty()) return {"contested", sent.begin()->second.rbegin()->second.value()};
  const bool for_good = LastPaperOn(blank)->step == domain::LoanStep::kGivenBack;
  return {for_good ? "given_back" : "lent_out", ""};
}

}  // namespace keping::cli
