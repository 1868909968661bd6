#include "central_node/core/count_facts.h"

#include <algorithm>
#include <utility>

namespace keping::central {
namespace {

// By stream, since what one log drops must not depend on when another one arrived.
template <typename T>
void KeepLast(std::vector<T>& facts, size_t most) {
  std::map<domain::IncarnationId, std::vector<uint64_t>> seqs;
  for (const T& one : facts) seqs[one.fact.incarnation].push_back(one.fact.seq);
  std::map<domain::IncarnationId, uint64_t> first_kept;
  for (auto& [incarnation, of_stream] : seqs) {
    if (of_stream.size() <= most) continue;
    std::sort(of_stream.begin(), of_stream.end());
    first_kept[incarnation] = of_stream[of_stream.size() - most];
  }
  if (first_kept.empty()) return;
  std::erase_if(facts, [&](const T& one) {
    const auto first = first_kept.find(one.fact.incarnation);
    return first != first_kept.end() && one.fact.seq < first->second;
  });
}

}  // namespace

void AddCount(CountFacts& facts, domain::Pile pile, CountFact count) {
  std::vector<CountFact>& counts = facts.counts[pile];
  if (!AddFact(counts, std::move(count))) return;
  std::vector<FactRef> clean;
  for (const CountFact& one : counts) {
    if (one.clean()) clean.push_back(one.fact);
  }
  std::erase_if(counts, [&](const CountFact& one) {
    return std::any_of(clean.begin(), clean.end(),
                       [&](const FactRef& later) { return later.Later(one.fact); });
  });
  KeepLast(counts, kMostCounts);
}

void AddMark(CountFacts& facts, ShiftMark mark) {
  if (AddFact(facts.marks, std::move(mark))) KeepLast(facts.marks, kMostMarks);
}

const CountFact* LatestCount(const CountFacts& facts, domain::Pile pile) {
  const auto counts = facts.counts.find(pile);
  if (counts == facts.counts.end() || counts->second.empty()) return nullptr;
  // Of two branches of one log, the one that went on further.
  return &*std::max_element(counts->second.begin(), counts->second.end(),
                            [](const CountFact& a, const CountFact& b) {
                              return std::tuple(PlaceInLog(a.fact), a.fact.id) <
                                     std::tuple(PlaceInLog(b.fact), b.fact.id);
                            });
}

}  // namespace keping::central
