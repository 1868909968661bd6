#include "tests/property/random_plan.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/sample_plan.h"

namespace keping::tests {
namespace {

using planner::DayRange;
using planner::PlanInput;

class Maker {
 public:
  Maker(base::Prng& prng, const RandomPlanOptions& options) : prng_(prng), options_(options) {}

  PlanInput Make() {
    input_.first_day = kPlanMonday;
    MakePolicy();
    const uint64_t offices = 1 + prng_.Below(4);
    for (uint64_t i = 0; i < offices; ++i) MakeOffice(i);
    MakePeople();
    MakeBlanks();
    MakeVillages();
    MakeRecords();
    return std::move(input_);
  }

 private:
  uint32_t Below(uint64_t bound) { return static_cast<uint32_t>(prng_.Below(bound)); }
  absl::CivilDay SomeDay() { return input_.first_day + prng_.Between(-3, 30); }
  std::vector<DayRange> SomeRanges() {
    std::vector<DayRange> ranges;
    while (prng_.Chance(1, 3)) {
      const absl::CivilDay first = SomeDay();
      ranges.push_back(
          {first, prng_.Chance(1, 6) ? std::nullopt : std::optional(first + prng_.Between(0, 8))});
    }
    return ranges;
  }

  void MakePolicy() {
    planner::Policy& policy = input_.policy;
    for (size_t i = policy.class_order.size(); i > 1; --i) {
      std::swap(policy.class_order[i - 1], policy.class_order[prng_.Below(i)]);
    }
    policy.print_ahead_days = 1 + Below(4);
    policy.max_batching_days = Below(9);
    policy.printers_per_operator = options_.shared_operators ? 1 + Below(2) : 1;
    policy.overflow = static_cast<planner::Overflow>(1 + Below(3));
    policy.overflow_after_days = Below(4);
    policy.replan_after_days = Below(8);
    policy.lease_move_days = Below(3);
    policy.safety_days = Below(4);
    policy.reserve_blanks = Below(5);
    policy.horizon_days = 20 + Below(30);
  }

  void MakeOffice(uint64_t number) {
    const bool district = prng_.Chance(1, 4);
    SampleOffice office{.name = absl::StrCat("office-", number),
                        .kecamatan = district ? "" : absl::StrCat("51.06.0", number + 1),
                        .blanks = prng_.Below(30),
                        .cards_per_day = 1 + Below(5),
                        .lead_days = Below(4)};
    while (prng_.Chance(1, 3)) office.holidays.push_back(SomeDay());
    AddOffice(input_, office);
    input_.printers.back().broken = SomeRanges();
    input_.printers.back().fed_today = Below(3);
    if (prng_.Chance(1, 5)) input_.offices.back().application_from = SomeDay();
    if (prng_.Chance(1, 5)) input_.offices.back().contact_until = SomeDay();
    if (prng_.Chance(1, 10)) input_.offices.back().application_from = std::nullopt;
    if (prng_.Chance(1, 3)) {
      input_.printers.push_back({.printer = domain::PrinterId::Of(absl::StrCat("second-", number)),
                                 .node = input_.offices.back().node,
                                 .cards_per_day = Below(6),
                                 .broken = SomeRanges()});
    }
  }

  // Beside the one of each office.
  void MakePeople() {
    for (planner::Operator& person : input_.operators) {
      person.away = SomeRanges();
      if (prng_.Chance(1, 6)) person.certified_from = SomeDay();
    }
    for (int i = 0; prng_.Chance(1, 2); ++i) {
      planner::Operator person{.operator_id = domain::OperatorId::Of(absl::StrCat("more-", i)),
                               .certified_from = SomeDay(),
                               .away = SomeRanges()};
      const uint64_t nodes = options_.shared_operators ? 1 + prng_.Below(3) : 1;
      for (uint64_t n = 0; n < nodes; ++n) person.nodes.push_back(SomeOffice());
      input_.operators.push_back(std::move(person));
    }
  }
  domain::NodeId SomeOffice() { return input_.offices[prng_.Below(input_.offices.size())].node; }

  void MakeBlanks() {
    input_.district_blanks = prng_.Below(60);
    while (prng_.Chance(1, 3)) {
      input_.parcels.push_back({SomeOffice(), SomeDay(), prng_.Below(20)});
    }
    for (int i = 0; prng_.Chance(1, 3); ++i) {
      input_.allotments.push_back(
          {domain::AllotmentId::Of(absl::StrCat("allotment-", i)), SomeDay(), prng_.Below(60)});
    }
  }

  // Of one kecamatan more than there are offices.
  domain::VillageCode SomeVillage() {
    return domain::VillageCode::Of(
        absl::StrCat("51.06.0", 1 + prng_.Below(5), ".", 2001 + prng_.Below(3)));
  }
  void MakeVillages() {
    for (int kecamatan = 1; kecamatan <= 5; ++kecamatan) {
      for (int village = 2001; village <= 2003; ++village) {
        if (prng_.Chance(1, 2)) continue;
        planner::Village& one = input_.villages.emplace_back();
        one.village = domain::VillageCode::Of(absl::StrCat("51.06.0", kecamatan, ".", village));
        while (prng_.Chance(2, 3)) one.ready.push_back({SomeDay(), Below(6)});
      }
    }
  }

  void MakeRecords() {
    const uint64_t count = prng_.Below(90);
    for (uint64_t i = 0; i < count; ++i) {
      planner::Record record{.prr = domain::PrrId::Of(absl::StrCat("prr-", i)),
                             .village = SomeVillage(),
                             .enrolled_at = absl::FromUnixSeconds(prng_.Between(0, 60)),
                             .priority_class = static_cast<planner::PriorityClass>(1 + Below(4))};
      if (prng_.Chance(1, 2)) record.holder = SomeOffice();
      if (prng_.Chance(1, 20)) record.holder = domain::NodeId::Of("gone");
      input_.records.push_back(std::move(record));
    }
  }

  base::Prng& prng_;
  const RandomPlanOptions options_;
  PlanInput input_;
};

template <typename List>
void Shuffle(List& list, base::Prng& prng) {
  for (size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[prng.Below(i)]);
}

}  // namespace

PlanInput RandomPlan(base::Prng& prng, const RandomPlanOptions& options) {
  return Maker(prng, options).Make();
}

PlanInput Shuffled(PlanInput input, base::Prng& prng) {
  Shuffle(input.offices, prng);
  Shuffle(input.printers, prng);
  Shuffle(input.operators, prng);
  Shuffle(input.parcels, prng);
  Shuffle(input.allotments, prng);
  Shuffle(input.villages, prng);
  Shuffle(input.records, prng);
  for (planner::Village& village : input.villages) Shuffle(village.ready, prng);
  for (planner::Operator& person : input.operators) Shuffle(person.nodes, prng);
  for (planner::Office& office : input.offices) Shuffle(office.closed, prng);
  return input;
}

}  // namespace keping::tests
