// Which events of the census name which blank.

#include "common/cli/conservation.h"

namespace keping::cli {

using domain::BlankSerial;

void BlankCensus::MakeIndex() const {
  if (index_.mentions.has_value()) return;
  auto& mentions = index_.mentions.emplace();
  index_.all = AllSerials();
  for (const auto& sending : sendings_) {
    sending.second.serials.ForEach(
        [&](const BlankSerial& blank) { mentions[blank].sendings.push_back(&sending); });
  }
  for (const auto& arrival : arrivals_) {
    const Arrival& scan = arrival.second;
    scan.received.Union(scan.missing).Union(scan.unexpected).ForEach([&](const BlankSerial& blank) {
      mentions[blank].arrivals.push_back(&arrival);
    });
  }
  for (const auto& loan : loans_) {
    loan.second.blanks.ForEach(
        [&](const BlankSerial& blank) { mentions[blank].loans.push_back(&loan); });
  }
  for (const auto& rescan : rescans_) {
    rescan.second.found.Union(rescan.second.missing).ForEach([&](const BlankSerial& blank) {
      mentions[blank].rescans.push_back(&rescan);
    });
  }
  for (const auto& gone : gone_) {
    gone.second.blanks.ForEach(
        [&](const BlankSerial& blank) { mentions[blank].gone.push_back(&gone); });
  }
  for (const auto& paper : papers_) {
    paper.second.blanks.ForEach(
        [&](const BlankSerial& blank) { mentions[blank].papers.push_back(&paper); });
  }
}

const BlankCensus::Mentions& BlankCensus::MentionsOf(const BlankSerial& blank) const {
  static const auto* const none = new Mentions();
  MakeIndex();
  const auto found = index_.mentions->find(blank);
  return found == index_.mentions->end() ? *none : found->second;
}

}  // namespace keping::cli
