// The district's policy: how long it waits before it asks, who decides on which kind of case, and
// on which days its offices work. One typed text file for people, one event for the log
// (PolicySet); version 0 is what holds before any was set.
//
//   Policy policy;                                     // version 0
//   policy.WorksOn(node, absl::CivilDay(2017, 3, 28))  // false: Nyepi, where the policy says so
#ifndef KEPING_COMMON_DOMAIN_POLICY_H_
#define KEPING_COMMON_DOMAIN_POLICY_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/domain/ids.h"

namespace keping::domain {

enum class CaseKind;
enum class Role;

// Who may decide on the cases of a kind; what is not named here is decided as the program says.
struct CaseRule {
  CaseKind kind = {};
  std::set<Role> may_decide;  // not empty
  bool two_persons = false;

  friend bool operator==(const CaseRule&, const CaseRule&) = default;
};

// A day on which nobody works: everywhere, or in one office.
struct Holiday {
  absl::CivilDay day;
  std::string name;  // at most 64 bytes: "Nyepi"
  NodeId node;       // empty: every office

  friend bool operator==(const Holiday&, const Holiday&) = default;
};

struct Policy {
  uint32_t version = 0;  // one more than the one before
  // Closed working days of the office, after which a case is opened.
  uint32_t silent_transfer_days = 3;
  uint32_t silent_node_days = 3;
  uint32_t doubt_days = 1;
  std::vector<CaseRule> rules;  // at most one for a kind
  std::vector<Holiday> holidays;
  // 0 is Monday. In Indonesia most offices rest on Saturday and Sunday.
  std::set<int> rest_days = {5, 6};

  bool WorksOn(const NodeId& node, absl::CivilDay day) const;

  friend bool operator==(const Policy&, const Policy&) = default;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_POLICY_H_
