// The policy on cases, as a table, and the decision what becomes of one case.
//
//   std::optional<CaseDecision> decision = DecideCase(entity, row, &anomaly, acknowledged);
#ifndef KEPING_CENTRAL_NODE_CORE_CASE_POLICY_H_
#define KEPING_CENTRAL_NODE_CORE_CASE_POLICY_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "central_node/core/anomaly.h"
#include "central_node/core/rows.h"
#include "common/domain/event.h"

namespace keping::central {

// Who decides on a case unless the district's policy says something else.
enum class Deciders {
  kReconciler,
  kTwo,         // a reconciler or supervisor, and a second person
  kTwoAuditor,  // an auditor, and a second person
};

struct PolicyRow {
  domain::CaseKind kind;
  const char* code;  // short and stable: what is read out on the phone
  // Ordered at once to the node of every card that the anomaly names.
  std::optional<domain::ActionKind> action;
  bool closes_by_itself;  // when the facts settle it, or no longer show it
  const char* proposal;   // what the officer reads
  Deciders deciders = Deciders::kReconciler;
};

// The row of every kind, in the order of the enum.
const std::vector<PolicyRow>& PolicyRows();
const PolicyRow& PolicyFor(domain::CaseKind kind);

// Its entity is one job: an act id.
bool IsOfJob(domain::CaseKind kind);
// The job of such a case; nullopt of the others, and of an entity that is no act.
std::optional<domain::ActId> JobOf(const domain::CaseChanged& event);
// It is one transfer.
bool IsOfTransfer(domain::CaseKind kind);

// The same kind and entity (a PRR id, a serial, a transfer id) are the same case at every centre.
domain::CaseId CaseIdFor(domain::CaseKind kind, absl::string_view entity);
domain::ActionId ActionIdFor(const domain::CaseId& case_id, const CardAt& card);

// Whom a case is about, as its events name it.
struct CaseEntity {
  std::string text;  // what its id is made from
  domain::PrrId prr;
  std::optional<domain::BlankSerial> blank;
  domain::NodeId node = {};
};

struct CaseDecision {
  domain::CaseChanged changed;
  std::vector<domain::ActionOrdered> ordered;
};

// By the district's rules such a case never closes without a person's decision.
bool WaitsForPerson(const std::vector<domain::CaseRule>& rules, domain::CaseKind kind);

// What follows for one case from `anomaly`, which is null when the judge does not find it any more.
// `acknowledged` tells whether an action that was ordered before has been carried out. Nullopt when
// nothing changes.
std::optional<CaseDecision> DecideCase(
    domain::CaseKind kind, const CaseEntity& entity, const CaseRow& row, const Anomaly* anomaly,
    const std::vector<domain::CaseRule>& rules,
    const std::function<bool(const domain::ActionId&)>& acknowledged);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_CASE_POLICY_H_
