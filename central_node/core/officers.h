// The district's own people, and who may decide what.
//
//   if (CommandResult why = WhyNotOfficer(centre, by, {domain::Role::kAdministrator});
//       why.outcome != CommandOutcome::kDone) …
#ifndef KEPING_CENTRAL_NODE_CORE_OFFICERS_H_
#define KEPING_CENTRAL_NODE_CORE_OFFICERS_H_

#include <set>
#include <string>

#include "central_node/core/input.h"
#include "central_node/core/rows.h"
#include "common/domain/office_event.h"
#include "common/domain/policy.h"

namespace keping::central {

// Which of those who act.
enum class Person { kOnly, kFirst, kSecond };

// kDone when the person is on the district's roster under one of these roles. The subject of
// kRoleForbids says who it is, and which role of which.
CommandResult WhyNotOfficer(const CentreRow& centre, const domain::OperatorId& officer,
                            const std::set<domain::Role>& roles, Person person = Person::kOnly);

// Of two persons who answer alike: why the first of them who may not may not.
CommandResult WhyNotBoth(const CentreRow& centre, const domain::OperatorId& by,
                         const domain::OperatorId& second, const std::set<domain::Role>& roles);

// "a reconciler or an auditor".
std::string InWords(const std::set<domain::Role>& roles);

// Of a second person it is enough to be on the roster.
std::set<domain::Role> AnyRole();

// Who decides on cases of the kind: by the district's policy, else as the program says.
domain::CaseRule RuleFor(const domain::Policy& policy, domain::CaseKind kind);

// Whether nobody's word is needed: nobody is on the roster, or no administrator can sign in.
bool IsFounding(const CentreRow& centre, const SetOfficer& command);

// The first officer is an administrator, and nobody's word is needed, nor for another one while no
// administrator can sign in; every later change is one of an administrator, and leaves one.
CommandResult WhyNotSetOfficer(const CentreRow& centre, const SetOfficer& command);

// Whether an officer may give a password now; `running` is the centre's running time.
CommandResult WhyNotSignIn(const CentreRow& centre, const domain::OperatorId& officer,
                           absl::Duration running);

// Two different administrators or reconcilers, and the version that follows.
CommandResult WhyNotSetPolicy(const CentreRow& centre, const SetPolicy& command);

// Two different people of the district who answer for blanks.
CommandResult WhyNotRequestBlanks(const CentreRow& centre, const RequestBlanks& command);

// Whether the case `row` may be decided in this way by these people. Of a trial neither the second
// person nor a document is asked for.
CommandResult WhyNotResolve(const CentreRow& centre, const CaseRow& row, const ResolveCase& command,
                            bool trial = false);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_OFFICERS_H_
