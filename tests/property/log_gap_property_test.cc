// Whether a part of a log is missing depends on what is here and on what is known to have been
// written, and not on the order in which the two came.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "gtest/gtest.h"
#include "tests/support/memory_centre.h"

namespace keping::central {
namespace {

using base::Prng;
using domain::CaseKind;
using domain::CaseState;
using domain::IncarnationId;
using domain::NodeId;

constexpr uint64_t kEntries = 12;

// Entries of susut's log come in order, words of a gap at any time between them.
class RandomDistrict {
 public:
  explicit RandomDistrict(uint64_t seed) : prng_(seed) {
    centre_.Handle(OpenGeneration{.generation = domain::GenerationId::Of("g1")});
    centre_.Handle(EnrolNode{.node = NodeId::Of("susut"),
                             .incarnation = IncarnationId::Of("susut-1"),
                             .public_key = std::string(32, 'k')});
  }

  void Entry() {
    ++held_;
    centre_.FromNode("susut", domain::CancelAsked{.act = domain::ActId::Of(absl::StrCat(held_)),
                                                  .operator_id = domain::OperatorId::Of("op")});
  }
  void Gap(uint64_t seq) {
    const uint64_t first = std::min(seq, held_ + 2);
    centre_.Handle(GapFound{{.node = NodeId::Of("susut"),
                             .incarnation = IncarnationId::Of("susut-1"),
                             .held_seq = held_,
                             .first_seq = first,
                             .seq = seq,
                             .hash = crypto::Sha256({absl::StrCat(seq)})}});
    reached_ = std::max(reached_, seq);
  }

  // What is true of the case after each step.
  void Check() const {
    const CaseRow row = centre_.case_of(CaseKind::kLogGap, "susut\nsusut-1");
    if (reached_ == 0) {
      EXPECT_EQ(row.revision, 0u);
      return;
    }
    EXPECT_EQ(row.state, held_ >= reached_ ? CaseState::kClosed : CaseState::kOpen)
        << held_ << " of " << reached_;
  }

  uint64_t held() const { return held_; }
  Prng& prng() { return prng_; }
  CaseRow row() const { return centre_.case_of(CaseKind::kLogGap, "susut\nsusut-1"); }

 private:
  Prng prng_;
  MemoryCentre centre_{{.offices = {{NodeId::Of("susut"), "51.06.01"}}}};
  uint64_t held_ = 0;
  uint64_t reached_ = 0;
};

TEST(LogGapPropertyTest, ACaseIsOpenJustWhileSomethingIsMissing) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    RandomDistrict district(seed);
    while (district.held() < kEntries) {
      if (district.prng().Chance(1, 3)) {
        district.Gap(district.held() + 2 + district.prng().Below(4));
      } else {
        district.Entry();
      }
      district.Check();
    }
    for (int i = 0; i < 6; ++i) district.Entry();
    district.Check();
    if (::testing::Test::HasFailure()) return;
  }
}

// The same words and entries, each time in another order among each other.
TEST(LogGapPropertyTest, TheVerdictDependsOnTheSetOfFactsAlone) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Prng prng(seed);
    const std::vector<uint64_t> words = {3 + prng.Below(8), 3 + prng.Below(8)};
    const uint64_t entries = prng.Below(12);
    std::set<std::string> verdicts;
    for (uint64_t order = 0; order < 5; ++order) {
      RandomDistrict district(seed * 31 + order);
      size_t said = 0;
      while (said < words.size() || district.held() < entries) {
        const bool speak =
            said < words.size() && (district.held() == entries || district.prng().Chance(1, 2));
        if (speak) {
          district.Gap(words[said++]);
        } else {
          district.Entry();
        }
      }
      const CaseRow row = district.row();
      verdicts.insert(absl::StrCat(domain::CaseStateName(row.state), row.evidence.size()));
    }
    EXPECT_EQ(verdicts.size(), 1u);
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace keping::central
