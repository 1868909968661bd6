// The judge of counts against slow twins that try every explanation, against the truth of a
// simulated office, and against itself with the facts in another order and told twice.

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/core/judge_figures.h"
#include "central_node/core/mis_scans.h"
#include "central_node/core/shift_windows.h"
#include "common/base/prng.h"
#include "gtest/gtest.h"
#include "tests/support/counted_office.h"

namespace keping::central {
namespace {

using base::Prng;
using domain::BlankSerial;
using domain::SerialSet;

BlankSerial SerialOf(uint64_t number) {
  return CountedOffice::Serial(absl::StrCat("A", 1000 + number));
}

template <typename T>
void Shuffle(std::vector<T>& items, Prng& prng) {
  for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[prng.Below(i)]);
}

// ---------------------------------------------------------------------------------------------
// Pairs: the twin tries every set of pairs.

using PairKey = std::tuple<uint64_t, BlankSerial, BlankSerial>;

class PairTwin {
 public:
  PairTwin(std::vector<NamedSerial> named, std::vector<MeantSerial> meant)
      : named_(std::move(named)), meant_(std::move(meant)) {
    Try(0, {});
  }

  std::vector<SerialPair> best() const {
    std::vector<SerialPair> pairs;
    for (const auto& [distance, named, meant] : best_) pairs.push_back({named, meant});
    return pairs;
  }

 private:
  void Try(size_t i, std::vector<PairKey> pairs) {
    if (i == named_.size()) {
      std::sort(pairs.begin(), pairs.end());
      const bool better =
          pairs.size() > best_.size() || (pairs.size() == best_.size() && pairs < best_);
      if (better) best_ = std::move(pairs);
      return;
    }
    Try(i + 1, pairs);
    for (const MeantSerial& meant : meant_) {
      const bool taken = std::any_of(pairs.begin(), pairs.end(), [&](const PairKey& one) {
        return std::get<2>(one) == meant.serial;
      });
      if (taken || !(meant.seen < named_[i].used)) continue;
      const uint64_t a = meant.serial.number();
      const uint64_t b = named_[i].serial.number();
      std::vector<PairKey> more = pairs;
      more.emplace_back(a > b ? a - b : b - a, named_[i].serial, meant.serial);
      Try(i + 1, std::move(more));
    }
  }

  const std::vector<NamedSerial> named_;
  const std::vector<MeantSerial> meant_;
  std::vector<PairKey> best_;
};

TEST(CountPropertyTest, PairsAreTheClosestOfAllLargestSets) {
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Prng prng(seed);
    std::vector<uint64_t> numbers(20);
    for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
    Shuffle(numbers, prng);
    std::vector<NamedSerial> named;
    std::vector<MeantSerial> meant;
    for (uint64_t i = prng.Below(6); i > 0; --i) {
      named.push_back({SerialOf(numbers.back()), {1, prng.Below(8)}});
      numbers.pop_back();
    }
    for (uint64_t i = prng.Below(6); i > 0; --i) {
      meant.push_back({SerialOf(numbers.back()), {1, prng.Below(8)}});
      numbers.pop_back();
    }
    ASSERT_EQ(PairMisScans(named, meant), PairTwin(named, meant).best());
  }
}

// ---------------------------------------------------------------------------------------------
// Windows: the twin tries every set of them.

std::vector<bool> BlamedByTwin(const std::vector<CountPoint>& points, int64_t sum) {
  const size_t windows = points.size() - 1;
  using Key = std::tuple<size_t, size_t, std::vector<bool>>;
  std::optional<Key> best;
  const int64_t total = points.back().difference - points.front().difference;
  for (uint64_t set = 0; set < (uint64_t{1} << windows); ++set) {
    std::vector<bool> blamed;
    int64_t made_up = 0;
    size_t wrong = 0;
    for (size_t i = 0; i < windows; ++i) {
      blamed.push_back((set >> i & 1) != 0);
      const int64_t change = points[i + 1].difference - points[i].difference;
      if (blamed[i]) made_up += change;
      const int64_t error = points[i + 1].difference - points.front().difference - made_up;
      if (i + 1 < windows && error != 0 && error != total - sum) ++wrong;
    }
    if (made_up != sum) continue;
    Key key{static_cast<size_t>(std::count(blamed.begin(), blamed.end(), true)), wrong, blamed};
    if (!best.has_value() || key < *best) best = std::move(key);
  }
  return best.has_value() ? std::get<2>(*best) : BlamedByTwin(points, total);
}

TEST(CountPropertyTest, TheFewestWindowsMakeUpTheSum) {
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Prng prng(seed);
    std::vector<CountPoint> points;
    for (uint64_t i = 0; i < 2 + prng.Below(9); ++i) {
      CountPoint point;
      point.place = {1, i};
      point.difference = i == 0 || prng.Chance(1, 3) ? 0 : prng.Between(-3, 3);
      points.push_back(point);
    }
    const int64_t sum = prng.Chance(1, 2) ? points.back().difference : prng.Between(-3, 3);
    std::vector<bool> blamed;
    for (const CountWindow& window : FindWindows(points, sum).windows) {
      blamed.push_back(window.blamed);
    }
    ASSERT_EQ(blamed, BlamedByTwin(points, sum));
  }
}

// ---------------------------------------------------------------------------------------------
// A month in an office whose truth is known: people take blanks, name the wrong one, count wrongly,
// and find some again.

struct Truth {
  std::set<std::string> slips;    // jobs that named another blank than they used
  std::set<std::string> thefts;   // shifts in which blanks went
  std::set<BlankSerial> settles;  // serials of the count that a later fact explains
  SerialSet missing;
  SerialSet surplus;
  std::vector<int64_t> hand_counts;  // the difference at each, in order
};

struct Manners {
  bool thieves = true;
  bool hand_slips = true;
  bool found_later = true;
};

class Month {
 public:
  Month(uint64_t seed, const Manners& manners) : prng_(seed), manners_(manners) {
    office_.Receive("A1000..A1059");
    present_ = CountedOffice::Set("A1000..A1059");
    office_.Count("", "");
    const uint64_t shifts = 1 + prng_.Below(6);
    for (uint64_t i = 0; i < shifts; ++i) WorkShift(absl::StrCat("s", i));
    truth_.missing = office_.book().Difference(present_);
    truth_.surplus = present_.Difference(office_.book());
    office_.Count(truth_.missing.ToString(), truth_.surplus.ToString());
    if (manners.found_later) FindSome();
  }

  const CountedOffice& office() const { return office_; }
  const Truth& truth() const { return truth_; }
  Prng& prng() { return prng_; }

 private:
  std::optional<uint64_t> HandCount() {
    if (prng_.Chance(1, 10) && manners_.hand_slips) return std::nullopt;
    const uint64_t slip = manners_.hand_slips && prng_.Chance(1, 6) ? 1 + prng_.Below(2) : 0;
    const uint64_t counted = present_.size() - slip;
    truth_.hand_counts.push_back(static_cast<int64_t>(counted) -
                                 static_cast<int64_t>(office_.book().size()));
    return counted;
  }

  void WorkShift(const std::string& shift) {
    office_.OpenShift(shift, absl::StrCat("person-", shift), HandCount());
    for (uint64_t i = prng_.Below(4); i > 0; --i) PrintCard();
    if (manners_.thieves && truth_.thefts.empty() && prng_.Chance(1, 3)) {
      truth_.thefts.insert(shift);
      for (uint64_t i = 1 + prng_.Below(2); i > 0; --i) present_.Remove(AnyPresent());
    }
    office_.CloseShift(shift, absl::StrCat("person-", shift), HandCount());
  }

  BlankSerial AnyPresent() {
    const SerialSet both = present_.Intersect(office_.book());
    uint64_t left = prng_.Below(both.size());
    BlankSerial chosen;
    both.ForEach([&](const BlankSerial& serial) {
      if (left-- == 0) chosen = serial;
    });
    return chosen;
  }

  // The operator takes one blank and sometimes names another one of the tray.
  void PrintCard() {
    const std::string job = absl::StrCat("j", ++jobs_);
    const BlankSerial used = AnyPresent();
    const BlankSerial named = prng_.Chance(1, 4) ? AnyPresent() : used;
    if (named != used) truth_.slips.insert(job);
    present_.Remove(used);
    office_.Intend(job, named.text());
    if (prng_.Chance(1, 8)) return;  // its answer is still to come
    if (prng_.Chance(1, 4)) {
      office_.Spoil(job, named.text());
    } else {
      office_.Verify(job, named.text());
    }
  }

  void FindSome() {
    truth_.missing.ForEach([&](const BlankSerial& serial) {
      if (!prng_.Chance(1, 3)) return;
      office_.Intend(absl::StrCat("j", ++jobs_), serial.text());
      truth_.settles.insert(serial);
    });
    truth_.surplus.ForEach([&](const BlankSerial& serial) {
      if (!prng_.Chance(1, 3)) return;
      office_.Receive(serial.text());
      truth_.settles.insert(serial);
    });
  }

  Prng prng_;
  const Manners manners_;
  CountedOffice office_;
  SerialSet present_;  // what truly lies in the tray
  Truth truth_;
  uint64_t jobs_ = 0;
};

TEST(CountPropertyTest, TheSetOfFactsDecides) {
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Month month(seed, {});
    const CountVerdict verdict = month.office().Judge();
    std::vector<CountedOffice::Fold> folds = month.office().folds();
    for (size_t i = 0; i < 10; ++i) folds.push_back(folds[month.prng().Below(folds.size())]);
    Shuffle(folds, month.prng());
    ASSERT_EQ(CountedOffice::JudgeFolded(folds), verdict);
  }
}

TEST(CountPropertyTest, EveryDifferenceIsNamedAndTheExplainedOnesAreNotLookedFor) {
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const Month month(seed, {});
    const CountVerdict verdict = month.office().Judge();
    SerialSet missing;
    SerialSet surplus;
    bool settled = true;
    for (const CountDifference& one : verdict.differences) {
      (one.missing ? missing : surplus).Insert(one.serial);
      const bool explained = month.truth().settles.contains(one.serial);
      ASSERT_EQ(one.learned.has_value(), explained) << one.serial.text();
      settled = settled && explained;
      ASSERT_EQ(one.windows.empty(), !one.open());
    }
    ASSERT_EQ(missing, month.truth().missing);
    ASSERT_EQ(surplus, month.truth().surplus);
    ASSERT_EQ(verdict.settled, settled);
    ASSERT_EQ(verdict.anomalies.size(), missing.empty() && surplus.empty() ? 0u : 1u);
  }
}

TEST(CountPropertyTest, SlipsAreFoundInTheJobsThatMadeThem) {
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const Month month(seed, {.found_later = false});
    std::set<std::string> jobs;
    const CountVerdict verdict = month.office().Judge();
    for (const MisScan& one : verdict.mis_scans) jobs.insert(one.act.value());
    // A job that used a blank which an earlier one had named leaves one difference for both.
    for (const std::string& job : jobs) ASSERT_TRUE(month.truth().slips.contains(job)) << job;
    ASSERT_EQ(jobs.size(), month.truth().surplus.size());
  }
}

TEST(CountPropertyTest, WhereHandCountsAreRightTheShiftIsFound) {
  int found = 0;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const Month month(seed, {.hand_slips = false, .found_later = false});
    std::set<std::string> blamed;
    for (const CountWindow& window : month.office().Judge().windows) {
      if (!window.blamed) continue;
      for (const ShiftOf& shift : window.shifts) blamed.insert(shift.act.value());
    }
    ASSERT_EQ(blamed, month.truth().thefts);
    found += static_cast<int>(blamed.size());
  }
  EXPECT_GT(found, 100);
}

TEST(CountPropertyTest, BlamedWindowsAreThoseOfTheTwinOverAllHandCounts) {
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const Month month(seed, {});
    const Truth& truth = month.truth();
    int64_t sum = 0;
    // A slip takes one away and adds one, so it leaves the sum as it is.
    for (const SerialSet* side : {&truth.missing, &truth.surplus}) {
      side->ForEach([&](const BlankSerial& one) {
        if (!truth.settles.contains(one)) sum += side == &truth.missing ? -1 : 1;
      });
    }
    const CountVerdict verdict = month.office().Judge();
    std::vector<CountPoint> points(1);
    for (int64_t difference : truth.hand_counts) {
      points.push_back({.place = {1, points.size()}, .difference = difference});
    }
    points.push_back({.place = {1, points.size()},
                      .difference = static_cast<int64_t>(truth.surplus.size()) -
                                    static_cast<int64_t>(truth.missing.size())});
    std::vector<bool> blamed;
    for (const CountWindow& window : verdict.windows) blamed.push_back(window.blamed);
    ASSERT_EQ(blamed, BlamedByTwin(points, sum));
  }
}

// ---------------------------------------------------------------------------------------------

TEST(CountPropertyTest, FiguresDifferByWhatTheirSumsDiffer) {
  for (uint64_t seed = 1; seed <= 1000; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Prng prng(seed);
    FiguresFact figures;
    int64_t sum = 0;
    for (uint64_t i = prng.Below(5); i > 0; --i) {
      const uint64_t quantity = prng.Below(100);
      figures.report.parts.push_back({.label = "part", .quantity = quantity});
      sum += static_cast<int64_t>(quantity);
    }
    const bool parts = !figures.report.parts.empty();
    figures.report.total = static_cast<uint64_t>(sum) + prng.Below(3);
    const int64_t total = static_cast<int64_t>(figures.report.total);
    const std::optional<int64_t> ledger =
        prng.Chance(1, 3) ? std::nullopt : std::optional<int64_t>(sum);
    const bool wrong = (parts || ledger.has_value()) && total != sum;
    ASSERT_EQ(JudgeFigures(figures, ledger).anomalies.size(), wrong ? 1u : 0u);
  }
}

}  // namespace
}  // namespace keping::central
