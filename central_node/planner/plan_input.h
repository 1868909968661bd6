// All that a plan depends on, as values. A shell fills it from the district's rows, calendars and
// policy; the planner reads nothing else.
//
//   PlanInput input{.first_day = absl::CivilDay(2017, 4, 27), .offices = …};
//   KEPING_ASSIGN_OR_RETURN(const Plan plan, MakePlan(std::move(input)));   // plan.h
//
// The order within the lists does not matter. Days are civil days of the district; intervals have
// both ends included.
#ifndef KEPING_CENTRAL_NODE_PLANNER_PLAN_INPUT_H_
#define KEPING_CENTRAL_NODE_PLANNER_PLAN_INPUT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/domain/ids.h"

namespace keping::planner {

struct DayRange {
  absl::CivilDay first;
  std::optional<absl::CivilDay> last = {};  // nullopt: nobody knows yet
};

// An office that prints, and its node.
struct Office {
  domain::NodeId node;
  // "51.06.01"; empty for the district's own printer, which takes what is too much for others.
  std::string kecamatan_code = {};
  // Until a parcel of the district lies on its shelf.
  uint32_t lead_days = 0;
  // Good ones in its stock.
  uint64_t blanks = 0;
  // Cards that its ribbons and films make, as their boxes promise; nullopt: nobody said.
  std::optional<uint64_t> ribbon_cards = {};
  std::optional<uint64_t> film_cards = {};
  // Every day on which nobody works: weekends, holidays, collective leave, Nyepi.
  std::vector<absl::CivilDay> closed = {};
  // Since when, or from when, it runs the required print application; nullopt: nobody knows.
  std::optional<absl::CivilDay> application_from = {};
  // Set while it has no link: the last day on which it may print without one.
  std::optional<absl::CivilDay> contact_until = {};
};

// Blanks that were sent to an office and did not arrive yet.
struct Parcel {
  domain::NodeId node;
  absl::CivilDay arrives_on;
  uint64_t blanks = 0;
};

struct Printer {
  domain::PrinterId printer;
  domain::NodeId node;
  uint32_t cards_per_day = 0;
  std::vector<DayRange> broken = {};
  // On the plan's first day, before the plan is made.
  uint32_t fed_today = 0;
};

// Somebody who prints; on one day at one office.
struct Operator {
  domain::OperatorId operator_id;
  std::vector<domain::NodeId> nodes = {};
  // On the required application; nullopt: not trained, and no date is known.
  std::optional<absl::CivilDay> certified_from = {};
  std::vector<DayRange> away = {};  // leave, training
};

// Blanks that the district expects from the capital. One whose day has passed is not counted on:
// nobody knows when it will come.
struct Allotment {
  domain::AllotmentId allotment;
  absl::CivilDay arrives_on;
  uint64_t blanks = 0;
};

// A day on which a village said that it will receive its people's cards.
struct ReadyDay {
  absl::CivilDay day;
  uint32_t persons = 0;  // at most; 0: as many as there are
};

// A village without an entry, or without a day that is still ahead, takes cards on any day.
struct Village {
  domain::VillageCode village;
  std::vector<ReadyDay> ready = {};
};

enum class PriorityClass { kFirstCard = 1, kDisaster, kLost, kDamaged };
inline constexpr int kPriorityClassCount = 4;

// One that waits for its card: neither printed nor withdrawn.
struct Record {
  domain::PrrId prr;
  domain::VillageCode village;
  absl::Time enrolled_at;
  PriorityClass priority_class = PriorityClass::kFirstCard;
  domain::NodeId holder = {};  // of its print lease, or empty
};

// Which offices print for others when they have nothing to print of their own.
enum class Overflow { kNobody = 1, kDistrictPrinter, kEveryOffice };

struct Policy {
  // Who is printed first; each class once.
  std::vector<PriorityClass> class_order = {PriorityClass::kDisaster, PriorityClass::kFirstCard,
                                            PriorityClass::kLost, PriorityClass::kDamaged};
  // A village's cards are printed within so many working days before a day on which it is ready …
  uint32_t print_ahead_days = 3;
  // … but nobody whose turn it was waits for the village longer than so many working days.
  uint32_t max_batching_days = 10;
  uint32_t printers_per_operator = 1;
  Overflow overflow = Overflow::kDistrictPrinter;
  // Others print for an office that has more than so many days of its own work left.
  uint32_t overflow_after_days = 1;
  // The records of an office that cannot print for so many of its working days go to others.
  uint32_t replan_after_days = 5;
  // Until a lease can have moved from one office to another.
  uint32_t lease_move_days = 1;
  // Blanks should lie in the offices so many working days before they are needed.
  uint32_t safety_days = 5;
  // From a request to the capital until its blanks are in the district.
  uint32_t request_lead_days = 14;
  // What the district keeps back for itself.
  uint64_t reserve_blanks = 0;
  // Hours at which people are invited, and how many at once, in each village.
  std::vector<uint32_t> invitation_hours = {8, 9, 10, 11};
  uint32_t persons_per_hour = 25;
  // How far ahead a plan looks.
  uint32_t horizon_days = 366;
};

struct PlanInput {
  absl::CivilDay first_day;  // the first that is planned: today
  std::vector<Office> offices = {};
  std::vector<Printer> printers = {};
  std::vector<Operator> operators = {};
  uint64_t district_blanks = 0;  // at the district, not sent to any office
  std::vector<Parcel> parcels = {};
  std::vector<Allotment> allotments = {};
  std::vector<Village> villages = {};
  std::vector<Record> records = {};
  Policy policy = {};
};

inline constexpr uint32_t kMaxHorizonDays = 1100;
inline constexpr uint32_t kMaxCardsPerDay = 100'000;
inline constexpr uint64_t kMaxBlanks = 1'000'000'000;  // in any one place

// OK, or InvalidArgument that names what contradicts itself: an id twice, a printer at no office, a
// number beyond its limit, a policy without one of the classes.
absl::Status CheckInput(const PlanInput& input);

}  // namespace keping::planner

#endif  // KEPING_CENTRAL_NODE_PLANNER_PLAN_INPUT_H_
