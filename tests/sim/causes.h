// Why a case may exist: what the simulator did that a judge is right to find. A case without a
// cause is a false alarm, and a law broken.
//
//   causes.Note(CaseKind::kWithdrawnPrinted, prr.value());
//   causes.Has(kind, entity);
#ifndef KEPING_TESTS_SIM_CAUSES_H_
#define KEPING_TESTS_SIM_CAUSES_H_

#include <set>
#include <string>
#include <utility>

#include "common/domain/event.h"

namespace keping::sim {

// What a case is about: its kind, and the record, blank, transfer, job … that it names.
using CaseOf = std::pair<domain::CaseKind, std::string>;

class Causes {
 public:
  void Note(domain::CaseKind kind, const std::string& entity) { noted_.emplace(kind, entity); }
  bool Has(domain::CaseKind kind, const std::string& entity) const {
    return noted_.contains({kind, entity});
  }

 private:
  std::set<CaseOf> noted_;
};

}  // namespace keping::sim

#endif  // KEPING_TESTS_SIM_CAUSES_H_
