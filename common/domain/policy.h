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
#include "common/domain/record_class.h"

namespace keping::domain {

enum class CaseKind;
enum class Role;

// Who may decide on the cases of a kind; what is not named here is decided as the program says.
struct CaseRule {
  CaseKind kind = {};
  std::set<Role> may_decide;  // not empty
  bool two_persons = false;
  bool wait_for_person = false;  // facts that settle such a case do not close it

  friend bool operator==(const CaseRule&, const CaseRule&) = default;
};

// A day on which nobody works: everywhere, or in one office.
struct Holiday {
  absl::CivilDay day;
  std::string name;  // at most 64 bytes: "Nyepi"
  NodeId node;       // empty: every office

  friend bool operator==(const Holiday&, const Holiday&) = default;
};

// Of one class of record: how long an office may print it without contact, and how many more a
// supervisor may allow in one outage.
struct StalenessRule {
  RecordClass record_class = RecordClass::kFirstCard;
  uint32_t limit_days = 0;  // 0: as the office's configuration says
  uint32_t override_prints = 0;

  friend bool operator==(const StalenessRule&, const StalenessRule&) = default;
};

// Of a class that no rule names.
inline constexpr uint32_t kDefaultOverridePrints = 200;

// The rule of a class; what holds without one where there is none.
StalenessRule StalenessOf(const std::vector<StalenessRule>& rules, RecordClass record_class);

// Where the district says nothing else.
inline constexpr uint32_t kUsualPictureDays = 30;

struct Policy {
  uint32_t version = 0;  // one more than the one before
  // Closed working days of the office, after which a case is opened.
  uint32_t silent_transfer_days = 3;
  uint32_t silent_node_days = 3;
  uint32_t doubt_days = 1;
  // Closed working days of the office after which the pictures of a record go, once its card was
  // delivered or burnt, or the record withdrawn.
  uint32_t picture_days = kUsualPictureDays;
  std::vector<CaseRule> rules;  // at most one for a kind
  std::vector<Holiday> holidays;
  // 0 is Monday. In Indonesia most offices rest on Saturday and Sunday.
  std::set<int> rest_days = {5, 6};
  std::vector<StalenessRule> staleness = {};  // at most one for a class

  bool WorksOn(const NodeId& node, absl::CivilDay day) const;

  friend bool operator==(const Policy&, const Policy&) = default;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_POLICY_H_
