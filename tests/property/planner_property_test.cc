// Laws of every plan, and a slow twin of its schedule: districts that chance makes, with broken
// printers, people away, blanks that come late, villages that are not ready and leases elsewhere.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "central_node/planner/explanation.h"
#include "central_node/planner/forecast.h"
#include "central_node/planner/invitations.h"
#include "central_node/planner/lendings.h"
#include "central_node/planner/plan.h"
#include "central_node/planner/print_plan.h"
#include "common/base/prng.h"
#include "tests/property/naive_schedule.h"
#include "tests/property/random_plan.h"

namespace keping::planner {
namespace {

constexpr uint64_t kSeeds = 400;

bool Within(const std::vector<DayRange>& ranges, absl::CivilDay day) {
  return std::any_of(ranges.begin(), ranges.end(), [day](const DayRange& range) {
    return range.first <= day && (!range.last || day <= *range.last);
  });
}

template <typename List, typename Id, typename IdOf>
const auto& Get(const List& list, const Id& id, IdOf id_of) {
  return *std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.*id_of == id; });
}

// What the plan says, against what was asked, office by office and day by day.
class Audit {
 public:
  Audit(PlanInput input, const Plan& plan) : input_(std::move(input)), plan_(plan) {
    for (const Office& office : input_.offices) {
      const std::vector<PlannedDay> days = PrintPlanOf(plan, office.node);
      for (size_t i = 0; i < days.size(); ++i) {
        EXPECT_EQ(days[i].day, input_.first_day + static_cast<int>(i));
        for (const PlannedRun& run : days[i].runs) CheckRun(office, days[i].day, run);
      }
    }
  }

  void EveryCardIsPrintedOnceWhereItWasSaidToBe() const {
    for (const Record& record : input_.records) {
      const auto print = printed_.find(record.prr);
      const Explanation why = *Explain(plan_, record.prr);
      ASSERT_EQ(why.print.has_value(), print != printed_.end());
      if (!why.print) continue;
      EXPECT_EQ(why.print->day, print->second.day);
      EXPECT_EQ(why.print->node, print->second.node);
    }
  }

  void NoBlankIsUsedTwiceOrInvented() const {
    uint64_t sent = 0;
    for (const Dispatch& dispatch : plan_.supply.dispatches) {
      for (const OfficeShare& share : dispatch.split.shares) sent += share.blanks;
    }
    uint64_t received = input_.district_blanks;
    for (const Allotment& one : input_.allotments) {
      const bool counts = one.arrives_on >= input_.first_day &&
                          one.arrives_on < input_.first_day + input_.policy.horizon_days;
      if (counts) received += one.blanks;
    }
    EXPECT_EQ(sent + plan_.supply.dispatches.back().split.reserve, received);
    for (uint32_t office = 0; office < plan_.schedule.offices.size(); ++office) {
      uint64_t blanks = 0;
      for (int day = 0; day < plan_.schedule.days; ++day) {
        blanks += plan_.supply.supply.arrivals[office][day];
        const OfficeDay& one = plan_.schedule.offices[office][day];
        ASSERT_EQ(one.blanks, blanks);
        ASSERT_LE(one.printed, blanks);
        blanks -= one.printed;
      }
    }
  }

  // Whoever is printed later than somebody after him in his line has a reason of his own.
  void NobodyIsOvertakenWithoutAReason() const {
    const std::vector<Record>& order = plan_.basis.input.records;
    for (uint32_t first = 0; first < order.size(); ++first) {
      for (uint32_t second = first + 1; second < order.size(); ++second) {
        if (plan_.assignment.line_of[first] != plan_.assignment.line_of[second]) continue;
        const Placement& a = plan_.schedule.placements[first];
        const Placement& b = plan_.schedule.placements[second];
        if (!b.planned() || (a.planned() && a.day <= b.day)) continue;
        const bool same_village = order[first].village == order[second].village;
        EXPECT_TRUE(HasReason(first, same_village)) << order[first].prr.value();
      }
    }
  }

  void TheDaysOfEachWaitAreTheDaysUntilThePrint() const {
    for (const Record& record : input_.records) {
      const Explanation why = *Explain(plan_, record.prr);
      int64_t days = 0;
      for (const Wait& wait : why.waits) days += wait.days;
      const int64_t until =
          why.print ? why.print->day - input_.first_day : int64_t{plan_.schedule.days};
      EXPECT_EQ(days, until) << record.prr.value();
    }
  }

  void TheForecastAddsUp() const {
    const Forecast forecast = ForecastOf(plan_);
    for (int day = 0; day < plan_.schedule.days; ++day) {
      uint64_t offices = 0;
      uint64_t villages = 0;
      for (const OfficeForecast& one : forecast.offices) offices += one.backlog.waiting[day];
      for (const VillageForecast& one : forecast.villages) villages += one.backlog.waiting[day];
      ASSERT_EQ(forecast.district.backlog.waiting[day], offices);
      ASSERT_EQ(forecast.district.backlog.waiting[day], villages);
    }
    if (forecast.request) {
      EXPECT_LE(forecast.request->arrive_by, forecast.request->needed_on);
      EXPECT_GT(forecast.request->blanks, 0u);
    }
  }

  void NobodyIsInvitedTooEarlyOrWithTooMany() const {
    for (const Village& village : plan_.basis.input.villages) {
      const InvitationList list = InvitationsOf(plan_, village.village);
      std::map<std::pair<absl::CivilDay, uint32_t>, uint32_t> at;
      std::set<domain::PrrId> listed(list.not_yet.begin(), list.not_yet.end());
      for (const Invitation& one : list.invitations) {
        EXPECT_GT(one.day, printed_.at(one.prr).day);
        EXPECT_LE(++(at[{one.day, one.hour}]), input_.policy.persons_per_hour);
        EXPECT_TRUE(listed.insert(one.prr).second);
      }
      const auto of_village = [&](const Record& record) {
        return record.village == village.village;
      };
      EXPECT_EQ(listed.size(), static_cast<size_t>(std::count_if(
                                   input_.records.begin(), input_.records.end(), of_village)));
    }
  }

  void WhatIsLentIsThere() const {
    std::map<domain::NodeId, uint64_t> lent;
    for (const LendingProposal& one : LendingsOf(plan_)) {
      EXPECT_NE(one.from, one.to);
      EXPECT_GE(one.send_by, input_.first_day);
      lent[one.from] += one.blanks;
    }
    for (const auto& [node, blanks] : lent) {
      const std::vector<PlannedDay> days = PrintPlanOf(plan_, node);
      EXPECT_LE(blanks, days.back().blanks - days.back().printed);
    }
  }

 private:
  struct Print {
    absl::CivilDay day;
    domain::NodeId node;
  };

  void CheckRun(const Office& office, absl::CivilDay day, const PlannedRun& run) {
    const Printer& printer = Get(input_.printers, run.printer, &Printer::printer);
    EXPECT_EQ(printer.node, office.node);
    const uint32_t fed = day == input_.first_day ? printer.fed_today : 0;
    EXPECT_LE(run.records.size() + fed, printer.cards_per_day);
    EXPECT_FALSE(Within(printer.broken, day));
    EXPECT_TRUE(runs_.insert({day, run.printer}).second) << "a printer has one run a day";
    const Operator& person = Get(input_.operators, run.operator_id, &Operator::operator_id);
    EXPECT_TRUE(person.certified_from && *person.certified_from <= day);
    EXPECT_FALSE(Within(person.away, day));
    EXPECT_NE(std::find(person.nodes.begin(), person.nodes.end(), office.node), person.nodes.end());
    const auto [place, is_new] = place_of_.try_emplace({day, run.operator_id}, office.node);
    EXPECT_EQ(place->second, office.node) << "nobody is at two offices on one day";
    EXPECT_LE(++(printers_of_[{day, run.operator_id}]), input_.policy.printers_per_operator);
    EXPECT_EQ(std::find(office.closed.begin(), office.closed.end(), day), office.closed.end());
    EXPECT_TRUE(office.application_from && *office.application_from <= day);
    EXPECT_TRUE(!office.contact_until || day <= *office.contact_until);
    for (const domain::PrrId& prr : run.records) {
      EXPECT_TRUE(printed_.emplace(prr, Print{day, office.node}).second) << "printed twice";
      CheckLease(prr, office, day);
    }
  }

  void CheckLease(const domain::PrrId& prr, const Office& office, absl::CivilDay day) const {
    const Record& record = Get(input_.records, prr, &Record::prr);
    if (record.holder.empty() || record.holder == office.node) return;
    EXPECT_GE(day - input_.first_day, input_.policy.lease_move_days);
  }

  // Within a village only a lease lets somebody overtake.
  bool HasReason(uint32_t record, bool same_village) const {
    const Explanation why = *Explain(plan_, plan_.basis.input.records[record].prr);
    return std::any_of(why.waits.begin(), why.waits.end(), [&](const Wait& wait) {
      return wait.reason == WaitReason::kLeaseMoves ||
             (!same_village && (wait.reason == WaitReason::kVillageNotReady ||
                                wait.reason == WaitReason::kReadyDayFull));
    });
  }

  const PlanInput input_;
  const Plan& plan_;
  std::map<domain::PrrId, Print> printed_;
  std::set<std::pair<absl::CivilDay, domain::PrinterId>> runs_;
  std::map<std::pair<absl::CivilDay, domain::OperatorId>, domain::NodeId> place_of_;
  std::map<std::pair<absl::CivilDay, domain::OperatorId>, uint32_t> printers_of_;
};

TEST(PlannerPropertyTest, EveryPlanKeepsTheLaws) {
  uint64_t planned = 0;
  uint64_t records = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    base::Prng prng(seed);
    const PlanInput input = tests::RandomPlan(prng, {.shared_operators = true});
    const Plan plan = *MakePlan(input);
    const Audit audit(input, plan);
    audit.EveryCardIsPrintedOnceWhereItWasSaidToBe();
    audit.NoBlankIsUsedTwiceOrInvented();
    audit.NobodyIsOvertakenWithoutAReason();
    audit.TheDaysOfEachWaitAreTheDaysUntilThePrint();
    audit.TheForecastAddsUp();
    audit.NobodyIsInvitedTooEarlyOrWithTooMany();
    audit.WhatIsLentIsThere();
    ASSERT_FALSE(HasFailure());
    records += input.records.size();
    for (const Placement& print : plan.schedule.placements) planned += print.planned() ? 1 : 0;
  }
  EXPECT_GT(planned, records / 3) << "cards are printed at all";
}

TEST(PlannerPropertyTest, TheOrderOfTheListsDoesNotMatter) {
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    base::Prng prng(seed);
    const PlanInput input = tests::RandomPlan(prng, {.shared_operators = true});
    const Plan plan = *MakePlan(input);
    const Plan same = *MakePlan(tests::Shuffled(input, prng));
    for (const Record& record : input.records) {
      const Explanation why = *Explain(plan, record.prr);
      const Explanation again = *Explain(same, record.prr);
      ASSERT_EQ(why.print.has_value(), again.print.has_value());
      ASSERT_EQ(why.waits, again.waits);
      ASSERT_EQ(why.line, again.line);
      if (!why.print) continue;
      ASSERT_EQ(why.print->day, again.print->day);
      ASSERT_EQ(why.print->node, again.print->node);
      ASSERT_EQ(why.print->printer, again.print->printer);
    }
  }
}

// Days, offices and reasons of both.
void Compare(const Plan& plan, const tests::NaiveSchedule& naive) {
  for (const auto& [prr, card] : naive.cards()) {
    const Explanation why = *Explain(plan, prr);
    ASSERT_EQ(why.print.has_value(), card.day.has_value()) << prr.value();
    if (why.print) {
      ASSERT_EQ(why.print->day, *card.day) << prr.value();
      ASSERT_EQ(why.print->node, card.node) << prr.value();
    }
    ASSERT_EQ(why.waits.size(), card.waits.size()) << prr.value();
    for (const Wait& wait : why.waits) {
      const auto naive_wait = card.waits.find(wait.reason);
      ASSERT_NE(naive_wait, card.waits.end()) << prr.value();
      ASSERT_EQ(wait, naive_wait->second)
          << prr.value() << " reason " << static_cast<int>(wait.reason);
    }
  }
}

TEST(PlannerPropertyTest, TheNaiveTwinPlansTheSameAndForTheSameReasons) {
  std::map<WaitReason, uint64_t> reasons;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    base::Prng prng(seed);
    const PlanInput input = tests::RandomPlan(prng, {.shared_operators = false});
    const Plan plan = *MakePlan(input);
    tests::NaiveSchedule::Lines lines;
    tests::NaiveSchedule::Arrivals arrivals;
    for (uint32_t record = 0; record < input.records.size(); ++record) {
      lines[plan.basis.input.records[record].prr] =
          plan.basis.input.offices[plan.assignment.line_of[record]].node;
    }
    for (uint32_t office = 0; office < input.offices.size(); ++office) {
      auto& of_office = arrivals[plan.basis.input.offices[office].node];
      for (int day = 0; day < plan.basis.days(); ++day) {
        of_office[plan.basis.Date(day)] = plan.supply.supply.arrivals[office][day];
      }
    }
    tests::NaiveSchedule naive(input, std::move(lines), std::move(arrivals));
    naive.Run();
    Compare(plan, naive);
    ASSERT_FALSE(HasFailure());
    for (const auto& [prr, card] : naive.cards()) {
      for (const auto& [reason, wait] : card.waits) ++reasons[reason];
    }
  }
  EXPECT_EQ(reasons.size(), 10u) << "every reason occurs";
}

}  // namespace
}  // namespace keping::planner
