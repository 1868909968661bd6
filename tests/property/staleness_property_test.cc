// What supervisors allow without contact: an office never lets through more than the budget of an
// outage, whatever it is asked for and whenever it is heard; and the centre, which counts from the
// log alone, finds just the prints that no honest office would write.

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "central_node/core/stale_prints.h"
#include "common/base/prng.h"
#include "edge_node/core/staleness_budget.h"
#include "gtest/gtest.h"

namespace keping {
namespace {

using base::Prng;
using domain::ActId;
using domain::RecordClass;

constexpr uint32_t kBudget = 4;

// One log: what its office asks for, writes and hears.
class RandomOffice {
 public:
  explicit RandomOffice(uint64_t seed) : prng_(seed) {}

  void Step() {
    switch (prng_.Below(8)) {
      case 0:
        // A receipt, of all or of a part.
        proven_ = prng_.Chance(1, 2) ? seq_ : proven_ + prng_.Below(seq_ - proven_ + 1);
        return;
      case 1:
      case 2:
        return Ask();
      case 3:
        return Forge();
      default:
        return Print();
    }
  }

 private:
  RecordClass AnyClass() {
    return prng_.Chance(1, 2) ? RecordClass::kFirstCard : RecordClass::kReplacement;
  }

  // As the office decides (edge_node/core/duty_decisions.cc).
  void Ask() {
    const RecordClass record_class = AnyClass();
    const auto prints = static_cast<uint32_t>(1 + prng_.Below(3));
    if (budget_.Granted(proven_, record_class) + prints > kBudget) return;
    const domain::OverrideGranted grant{.act = ActId::Of(absl::StrCat("grant-", seq_)),
                                        .kind = domain::OverrideKind::kStaleness,
                                        .printer = {},
                                        .prints = prints,
                                        .operator_id = domain::OperatorId::Of("made"),
                                        .record_class = record_class,
                                        .policy_version = 1};
    budget_.Apply(grant, ++seq_);
    central::AddStaleGrant(grant, seq_, grants_);
  }

  void Print() {
    const RecordClass record_class = AnyClass();
    const ActId grant = budget_.Next(proven_, record_class);
    if (grant.empty()) return;
    const domain::PrintIntended intent = Intent(grant);
    budget_.Apply(intent);
    const auto use = central::NumberStale(intent, grants_);
    ASSERT_TRUE(use.has_value());
    EXPECT_EQ(use->record_class, record_class);
    EXPECT_TRUE(central::IsWithinBudget(*use, Versions())) << "print " << use->number;
    EXPECT_LE(use->number, kBudget);
  }

  // A print under a word that was never given.
  void Forge() {
    const auto use = central::NumberStale(Intent(ActId::Of(absl::StrCat("word-", seq_))), grants_);
    ASSERT_TRUE(use.has_value());
    EXPECT_FALSE(central::IsWithinBudget(*use, Versions()));
  }

  domain::PrintIntended Intent(const ActId& grant) {
    domain::PrintIntended intent;
    intent.act = ActId::Of(absl::StrCat("job-", ++seq_));
    intent.stale_override = grant;
    intent.proven_seq = proven_;
    return intent;
  }

  static std::map<uint32_t, std::vector<domain::StalenessRule>> Versions() {
    return {{1,
             {{.record_class = RecordClass::kFirstCard, .override_prints = kBudget},
              {.record_class = RecordClass::kReplacement, .override_prints = kBudget}}}};
  }

  Prng prng_;
  edge::StalenessBudget budget_;
  central::StaleGrants grants_;
  uint64_t seq_ = 1;
  uint64_t proven_ = 0;
};

TEST(StalenessPropertyTest, AnOfficeStaysWithinItsBudgetAndTheCentreCountsTheSame) {
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    RandomOffice office(seed);
    for (int i = 0; i < 200; ++i) office.Step();
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace keping
