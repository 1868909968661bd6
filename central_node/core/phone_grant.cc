#include "central_node/core/phone_grant.h"

#include <set>

#include "common/base/check.h"

namespace keping::central {

PhoneGrantVerdict JudgePhoneGrant(const PhoneGrantFacts& facts) {
  std::set<domain::ActId> acts;
  for (const PhoneGrantUse& use : facts.uses) acts.insert(use.act);
  PhoneGrantVerdict verdict;
  if (acts.empty()) return verdict;
  verdict.state = PhoneGrantState::kUsed;
  if (facts.issues.empty()) verdict.state = PhoneGrantState::kNeverIssued;
  if (acts.size() > 1) verdict.state = PhoneGrantState::kUsedTwice;
  if (verdict.state == PhoneGrantState::kUsed) return verdict;
  Anomaly anomaly{.kind = domain::CaseKind::kGrantMismatch};
  for (const PhoneGrantUse& use : facts.uses) anomaly.evidence.insert(use.fact.id);
  verdict.anomalies.push_back(std::move(anomaly));
  return verdict;
}

std::optional<uint32_t> FreeGrantNumber(const std::map<crypto::Hash, PhoneGrantFacts>& grants,
                                        absl::string_view key, const domain::GrantTerms& terms,
                                        uint32_t first) {
  for (uint32_t i = 0; i < domain::kGrantNumbers; ++i) {
    const uint32_t number = (first + i) % domain::kGrantNumbers;
    if (!grants.contains(domain::GrantTag(key, terms, number))) return number;
  }
  return std::nullopt;
}

const char* PhoneGrantStateName(PhoneGrantState state) {
  switch (state) {
    case PhoneGrantState::kIssued:
      return "issued";
    case PhoneGrantState::kUsed:
      return "used";
    case PhoneGrantState::kNeverIssued:
      return "never_issued";
    case PhoneGrantState::kUsedTwice:
      return "used_twice";
  }
  KEPING_CHECK(false, "every state of a grant has a name");
}

}  // namespace keping::central
