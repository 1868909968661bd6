// What the logs say of one blank, one record, one case: the answer to "where is it", with evidence.
//
//   KEPING_ASSIGN_OR_RETURN(std::optional<BlankTrace> trace, TraceBlank(centre, serial));
//   for (const TracedFact& fact : trace->facts) Show(fact.ref, fact.event);
#ifndef KEPING_CENTRAL_NODE_STORE_TRACE_H_
#define KEPING_CENTRAL_NODE_STORE_TRACE_H_

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "absl/status/statusor.h"
#include "central_node/store/central_node.h"
#include "central_node/store/queries.h"

namespace keping::central {

// An entry that says something of it. Without an event where this version cannot read it.
struct TracedFact {
  FactRef ref;
  std::optional<domain::Event> event;
};

// In the order of the clocks that wrote them, which proves nothing, then of their logs.
using TracedFacts = std::vector<TracedFact>;

// The entry that a fact is.
absl::StatusOr<TracedFact> ReadFact(const CentralNode& centre, const FactRef& ref);

struct BlankTrace {
  BlankRow row;
  Jobs jobs;                              // that meant it, or whose card was found on it
  std::map<domain::BoxId, BoxRow> boxes;  // out of which it was scanned
  TracedFacts facts;
  // What else it is called, where that is certain; then row.place, the jobs and the facts are those
  // of the blank under either name.
  std::optional<domain::BlankSerial> other_name = {};
  // Of the blank under either name, and of the records whose cards are on it.
  std::set<domain::CaseId> cases = {};
};
// Nullopt: no allotment names it, and no office spoke of it.
absl::StatusOr<std::optional<BlankTrace>> TraceBlank(const CentralNode& centre,
                                                     const domain::BlankSerial& serial);

struct RecordTrace {
  PrrView view;
  Jobs jobs;
  std::map<domain::BlankSerial, ledger::Place> places;  // of its cards
  TracedFacts facts;
};
// Nullopt when the record is not known.
absl::StatusOr<std::optional<RecordTrace>> TraceRecord(const CentralNode& centre,
                                                       const domain::PrrId& prr);
// The records under a NIK, by its keyed hash.
absl::StatusOr<std::vector<domain::PrrId>> RecordsOfPerson(const CentralNode& centre,
                                                           const crypto::Hash& nik_key);

struct CaseTrace {
  CaseView view;
  TracedFacts evidence;                       // as far as its rows say where it lies
  std::map<crypto::Hash, TracedFact> others;  // decisions and acknowledgements, by id
};
// Nullopt when there is no such case.
absl::StatusOr<std::optional<CaseTrace>> TraceCase(const CentralNode& centre,
                                                   const domain::CaseId& id);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_TRACE_H_
