// Who may do what in an office: one table. The rule of an act says which roles may do it, and which
// may be the second of two persons where it takes two.
//
//   if (!MayDo(person.role, OfficeAct::kPrint)) …
//   if (!MayBeSecond(other.role, OfficeAct::kDestroyCards)) …
//
// Decisions ask EdgeCore::CheckMay and CheckSecond, which look the persons up and answer in words.
#ifndef KEPING_EDGE_NODE_CORE_ROLES_H_
#define KEPING_EDGE_NODE_CORE_ROLES_H_

#include <set>
#include <vector>

#include "common/domain/event.h"

namespace keping::edge {

enum class OfficeAct {
  kPrint,
  kAnswerCard,  // good, spoiled, unused; cancel
  kCorrectAnswer,
  kPrintTestCard,
  kMaintainPrinter,
  kMoveConsumable,
  kDestroyConsumable,
  kOverride,
  kReleasePrinter,
  kAdoptPrinter,
  kReceiveTransfer,
  kSpoilBlank,
  kOpenStock,
  kOpenBox,  // scan blanks out of a box that came by quantity
  kLendBlanks,
  kCountStock,
  kDestroyCards,
  kEnterLate,
  kHandOver,  // manifests, and what became of their cards
  kAcknowledgeAction,
  kCorrectOfficeDay,
  kKeepShift,  // open and close the own one
  kReportDay,
  kUseGrant,
  kReadPersonalData,
  kChangeOwnPassword,
};

struct ActRule {
  OfficeAct act;
  const char* name;  // as in "may not …"
  std::set<domain::Role> roles;
  std::set<domain::Role> seconds;  // of those acts that name a second person
};

// The rule of every act, in the order of the enum.
const std::vector<ActRule>& ActRules();
const ActRule& RuleOf(OfficeAct act);

bool MayDo(domain::Role role, OfficeAct act);
bool MayBeSecond(domain::Role role, OfficeAct act);

// As people know it from the commands: "stock-keeper".
const char* RoleName(domain::Role role);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_ROLES_H_
