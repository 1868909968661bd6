// What is kept of an office's counts: bounded, and the same whatever came first.

#include "central_node/core/count_facts.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "common/base/prng.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/counted_office.h"

namespace keping::central {
namespace {

using domain::Pile;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CountedOffice::Facts Folded(const std::vector<CountedOffice::Fold>& folds) {
  CountedOffice::Facts facts;
  for (const CountedOffice::Fold& fold : folds) fold(facts);
  return facts;
}

TEST(CountFactsTest, ACountWithoutADifferenceEndsWhatWasCountedBefore) {
  CountedOffice office;
  office.Count("A1", "");
  office.Count("A2", "", Pile::kSpoiled);
  const FactRef clean = office.Count("", "");
  CountedOffice::Facts facts = Folded(office.folds());
  EXPECT_THAT(facts.counts.counts[Pile::kTray], SizeIs(1));
  EXPECT_EQ(LatestCount(facts.counts, Pile::kTray)->fact, clean);
  EXPECT_THAT(facts.counts.counts[Pile::kSpoiled], SizeIs(1)) << "another pile";
  EXPECT_EQ(LatestCount(facts.counts, Pile::kPrinted), nullptr);
}

TEST(CountFactsTest, ALaterIncarnationGoesOn) {
  CountedOffice office;
  office.Count("A1", "");
  office.BeginIncarnation();
  const FactRef second = office.Count("A2", "");
  EXPECT_EQ(LatestCount(Folded(office.folds()).counts, Pile::kTray)->fact, second);
}

TEST(CountFactsTest, OnlyTheLastAreKeptInWhateverOrderTheyCame) {
  CountedOffice office;
  office.Receive("A0001..A0100");
  for (int i = 0; i < 40; ++i) {
    office.Count("A0001", i % 13 == 5 ? "B1" : "");
    for (int k = 0; k < 4; ++k) {
      office.OpenShift(absl::StrCat("s", i, "-", k), "made", 100);
      office.CloseShift(absl::StrCat("s", i, "-", k), "made", 99 + k % 2);
    }
    if (i == 21) office.BeginIncarnation();
  }
  const CountVerdict verdict = office.Judge();
  CountedOffice::Facts facts = Folded(office.folds());
  EXPECT_LE(facts.counts.counts[Pile::kTray].size(), 2 * kMostCounts);
  EXPECT_LE(facts.counts.marks.size(), 2 * kMostMarks);
  base::Prng prng(1);
  for (int round = 0; round < 20; ++round) {
    std::vector<CountedOffice::Fold> folds = office.folds();
    for (size_t i = folds.size(); i > 1; --i) std::swap(folds[i - 1], folds[prng.Below(i)]);
    ASSERT_EQ(CountedOffice::JudgeFolded(folds), verdict);
  }
}

TEST(CountFactsTest, WildHandCountsAreAnsweredAllTheSame) {
  CountedOffice office;
  office.Receive("A0001..A0100");
  base::Prng prng(7);
  for (int i = 0; i < 64; ++i) {
    const std::string shift = absl::StrCat("s", i);
    office.OpenShift(shift, "made", prng.Next());
    office.CloseShift(shift, "made", i % 2 == 0 ? prng.Below(3000) : uint64_t{1} << i);
  }
  office.Count("A0001", "");
  const CountVerdict verdict = office.Judge();
  EXPECT_THAT(verdict.windows, SizeIs(129));
  int64_t sum = 0;
  for (const CountWindow& window : verdict.windows) sum += window.blamed ? window.change : 0;
  EXPECT_EQ(sum, -1);
}

}  // namespace
}  // namespace keping::central
