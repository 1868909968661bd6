// Why a case may exist: what the simulator did that a judge is right to find. A case without a
// cause is a false alarm, and a law broken.
//
//   causes.Note(CaseKind::kWithdrawnPrinted, prr.value());
//   causes.Has(kind, entity);
#ifndef KEPING_TESTS_SIM_CAUSES_H_
#define KEPING_TESTS_SIM_CAUSES_H_

#include <set>
#include <string>

#include "central_node/core/case_policy.h"
#include "common/domain/event.h"

namespace keping::sim {

class Causes {
 public:
  // `entity`: a PRR id, a serial or a transfer id.
  void Note(domain::CaseKind kind, const std::string& entity) {
    noted_.insert(central::CaseIdFor(kind, entity));
  }
  bool Has(domain::CaseKind kind, const std::string& entity) const {
    return Has(central::CaseIdFor(kind, entity));
  }
  bool Has(const domain::CaseId& id) const { return noted_.contains(id); }

 private:
  std::set<domain::CaseId> noted_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_CAUSES_H_
