// A telephone grant as the centre knows it: that it read it out, and what the nodes say was typed
// in.
//
//   PhoneGrantVerdict verdict = JudgePhoneGrant(facts);
//   verdict.state;       // issued, used, or a mismatch
//
// Facts of one grant are those with the same tag (common/domain/grant_code.h).
#ifndef KEPING_CENTRAL_NODE_CORE_PHONE_GRANT_H_
#define KEPING_CENTRAL_NODE_CORE_PHONE_GRANT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "central_node/core/anomaly.h"
#include "central_node/core/facts.h"
#include "common/domain/event.h"
#include "common/domain/grant_code.h"
#include "common/domain/ids.h"

namespace keping::central {

// What both sides say about a grant: with the same tag it is the same.
struct PhoneGrantTerms {
  domain::GrantKind kind = domain::GrantKind::kUnlockNode;
  domain::SubjectId subject;
  absl::CivilDay day;

  friend bool operator==(const PhoneGrantTerms&, const PhoneGrantTerms&) = default;
};

struct PhoneGrantIssue {
  FactRef fact;
  PhoneGrantTerms terms;
  domain::OperatorId by;
};

// Accepted at the node. The same act on two branches of a forked log is one use.
struct PhoneGrantUse {
  FactRef fact;
  PhoneGrantTerms terms;
  domain::OperatorId by;
  domain::ActId act;
};

struct PhoneGrantFacts {
  std::vector<PhoneGrantIssue> issues;
  std::vector<PhoneGrantUse> uses;
};

enum class PhoneGrantState {
  kIssued = 1,
  kUsed,
  kNeverIssued,  // used, and this centre knows of no such grant
  kUsedTwice,
};

struct PhoneGrantVerdict {
  PhoneGrantState state = PhoneGrantState::kIssued;
  std::vector<Anomaly> anomalies;
};

PhoneGrantVerdict JudgePhoneGrant(const PhoneGrantFacts& facts);

// From `first` on, the first number under which a grant of these terms has a tag that none of
// `grants` has. Nullopt: all are used up.
std::optional<uint32_t> FreeGrantNumber(const std::map<crypto::Hash, PhoneGrantFacts>& grants,
                                        absl::string_view key, const domain::GrantTerms& terms,
                                        uint32_t first);

// Stable snake_case name, for screens.
const char* PhoneGrantStateName(PhoneGrantState state);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_PHONE_GRANT_H_
