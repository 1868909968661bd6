// SerialSet against its naive twin, std::set<BlankSerial>: whatever is done to both, both say the
// same.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "common/base/prng.h"
#include "common/domain/serial_set.h"

namespace keping::domain {
namespace {

using Twin = std::set<BlankSerial>;

// A small universe, so that runs meet, split and overlap all the time.
BlankSerial AnySerial(base::Prng& prng) {
  static constexpr const char* kStems[] = {"A0", "A00", "B-", "", "A0X"};
  if (prng.Chance(1, 5)) return BlankSerial::Of("04A1B2C3D4E5F" + std::to_string(prng.Below(10)));
  if (prng.Chance(1, 20)) return BlankSerial::Of("Z");
  return BlankSerial::Of(kStems[prng.Below(5)] + std::to_string(prng.Below(120)));
}

std::vector<BlankSerial> Members(const SerialSet& set) {
  std::vector<BlankSerial> members;
  set.ForEach([&](const BlankSerial& serial) { members.push_back(serial); });
  return members;
}

void ExpectSame(const SerialSet& set, const Twin& twin) {
  ASSERT_EQ(Members(set), std::vector<BlankSerial>(twin.begin(), twin.end()));
  ASSERT_EQ(set.size(), twin.size());
  ASSERT_EQ(set.empty(), twin.empty());
  const auto again = SerialSet::Parse(set.ToString());
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_EQ(*again, set);
  ASSERT_EQ(again->ToString(), set.ToString());
  const auto ranges = set.ranges();
  for (size_t i = 1; i < ranges.size(); ++i) {
    const auto& before = ranges[i - 1].last;
    const auto& next = ranges[i].first;
    ASSERT_LT(before, next);
    ASSERT_FALSE(before.width() > 0 && before.SameRun(next) && before.number() + 1 == next.number())
        << "two runs touch: the form would not be canonical";
  }
}

void InsertSomeRange(base::Prng& prng, SerialSet& set, Twin& twin) {
  BlankSerial a = AnySerial(prng);
  BlankSerial b = AnySerial(prng);
  if (b < a) std::swap(a, b);
  const bool valid = a.width() > 0 && a.SameRun(b);
  ASSERT_EQ(set.InsertRange(a, b).ok(), valid);
  for (uint64_t n = a.number(); valid && n <= b.number(); ++n) twin.insert(a.WithNumber(n));
}

void TakeSome(base::Prng& prng, SerialSet& set, Twin& twin) {
  const uint64_t count = prng.Below(30);
  Twin want;
  while (want.size() < count && !twin.empty()) want.insert(twin.extract(twin.begin()));
  ExpectSame(set.Take(count), want);
}

void DoSomething(base::Prng& prng, SerialSet& set, Twin& twin) {
  const BlankSerial serial = AnySerial(prng);
  switch (prng.Below(6)) {
    case 0:
      return InsertSomeRange(prng, set, twin);
    case 1:
      return TakeSome(prng, set, twin);
    case 2:
    case 3:
      ASSERT_EQ(set.Remove(serial), twin.erase(serial) == 1);
      return;
    default:
      ASSERT_EQ(set.Insert(serial), twin.insert(serial).second);
  }
}

TEST(SerialSetPropertyTest, BehavesAsItsTwin) {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    base::Prng prng(seed);
    SerialSet set;
    Twin twin;
    for (int step = 0; step < 150; ++step) {
      DoSomething(prng, set, twin);
      const BlankSerial asked = AnySerial(prng);
      ASSERT_EQ(set.Contains(asked), twin.count(asked) == 1);
      ExpectSame(set, twin);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(SerialSetPropertyTest, SetOperationsAgreeWithTheTwins) {
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    base::Prng prng(seed);
    SerialSet a, b;
    Twin twin_a, twin_b;
    for (int step = 0; step < 40; ++step) {
      DoSomething(prng, a, twin_a);
      DoSomething(prng, b, twin_b);
    }
    Twin both, without, common;
    std::set_union(twin_a.begin(), twin_a.end(), twin_b.begin(), twin_b.end(),
                   std::inserter(both, both.end()));
    std::set_difference(twin_a.begin(), twin_a.end(), twin_b.begin(), twin_b.end(),
                        std::inserter(without, without.end()));
    std::set_intersection(twin_a.begin(), twin_a.end(), twin_b.begin(), twin_b.end(),
                          std::inserter(common, common.end()));
    ExpectSame(a.Union(b), both);
    ExpectSame(a.Difference(b), without);
    ExpectSame(a.Intersect(b), common);
    ASSERT_EQ(a.ContainsAll(b), common.size() == twin_b.size());
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace keping::domain
