#include "central_node/planner/basis.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"

namespace keping::planner {
namespace {

template <typename List, typename KeyOf>
void SortBy(List& list, KeyOf key_of) {
  std::sort(list.begin(), list.end(),
            [&](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
}

// The place of the element whose key is `wanted`, or kNone; `list` is sorted by the key.
template <typename List, typename Key, typename KeyOf>
uint32_t Find(const List& list, const Key& wanted, KeyOf key_of) {
  const auto found =
      std::lower_bound(list.begin(), list.end(), wanted,
                       [&](const auto& one, const Key& key) { return key_of(one) < key; });
  if (found == list.end() || !(key_of(*found) == wanted)) return kNone;
  return static_cast<uint32_t>(found - list.begin());
}

void SortRecords(std::vector<Record>& records, const Policy& policy) {
  std::vector<uint32_t> rank(kPriorityClassCount + 1, 0);
  for (uint32_t i = 0; i < policy.class_order.size(); ++i) {
    rank[static_cast<size_t>(policy.class_order[i])] = i;
  }
  // Numbers are sorted, and each record is moved once.
  struct Turn {
    uint32_t rank;
    absl::Time enrolled_at;
    uint32_t number;
  };
  std::vector<Turn> turns;
  turns.reserve(records.size());
  for (uint32_t i = 0; i < records.size(); ++i) {
    turns.push_back(
        {rank[static_cast<size_t>(records[i].priority_class)], records[i].enrolled_at, i});
  }
  std::sort(turns.begin(), turns.end(), [&](const Turn& a, const Turn& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    if (a.enrolled_at != b.enrolled_at) return a.enrolled_at < b.enrolled_at;
    return records[a.number].prr < records[b.number].prr;
  });
  std::vector<Record> sorted;
  sorted.reserve(records.size());
  for (const Turn& turn : turns) sorted.push_back(std::move(records[turn.number]));
  records = std::move(sorted);
}

// With the villages of the records that have no entry.
void CompleteVillages(PlanInput& input) {
  const auto code_of = [](const Village& one) -> const domain::VillageCode& { return one.village; };
  SortBy(input.villages, code_of);
  std::vector<domain::VillageCode> missing;
  for (const Record& record : input.records) {
    if (!missing.empty() && missing.back() == record.village) continue;
    if (Find(input.villages, record.village, code_of) == kNone) missing.push_back(record.village);
  }
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  for (domain::VillageCode& village : missing) input.villages.push_back({std::move(village), {}});
  SortBy(input.villages, code_of);
}

void SortLists(PlanInput& input) {
  SortBy(input.offices, [](const Office& one) -> const domain::NodeId& { return one.node; });
  SortBy(input.printers, [](const Printer& one) { return std::tie(one.node, one.printer); });
  for (Operator& person : input.operators) {
    std::sort(person.nodes.begin(), person.nodes.end());
    person.nodes.erase(std::unique(person.nodes.begin(), person.nodes.end()), person.nodes.end());
  }
  SortBy(input.operators,
         [](const Operator& one) -> const domain::OperatorId& { return one.operator_id; });
  SortBy(input.parcels,
         [](const Parcel& one) { return std::tie(one.node, one.arrives_on, one.blanks); });
  SortBy(input.allotments,
         [](const Allotment& one) { return std::tie(one.arrives_on, one.allotment); });
}

std::vector<OfficeCalendar> Calendars(const PlanInput& input) {
  std::vector<OfficeCalendar> calendars;
  calendars.reserve(input.offices.size());
  for (const Office& office : input.offices) {
    calendars.emplace_back(input.first_day, static_cast<int>(input.policy.horizon_days),
                           office.closed);
  }
  return calendars;
}

// Of two offices of one kecamatan, the first by node.
uint32_t HomeOf(const PlanInput& input, const domain::VillageCode& village) {
  for (uint32_t office = 0; office < input.offices.size(); ++office) {
    const std::string& kecamatan = input.offices[office].kecamatan_code;
    if (!kecamatan.empty() && absl::StartsWith(village.value(), kecamatan)) return office;
  }
  return kNone;
}

}  // namespace

int Basis::DayOf(absl::CivilDay date) const {
  const absl::civil_diff_t day = date - input.first_day;
  return static_cast<int>(std::clamp<absl::civil_diff_t>(day, -1, days()));
}

uint32_t Basis::FindOffice(const domain::NodeId& node) const {
  return Find(input.offices, node,
              [](const Office& one) -> const domain::NodeId& { return one.node; });
}

uint32_t Basis::FindVillage(const domain::VillageCode& village) const {
  return Find(input.villages, village,
              [](const Village& one) -> const domain::VillageCode& { return one.village; });
}

uint32_t Basis::FindRecord(const domain::PrrId& prr) const {
  const uint32_t place = Find(
      by_id, prr, [&](uint32_t record) -> auto& { return input.records[record].prr; });
  return place == kNone ? kNone : by_id[place];
}

Basis MakeBasis(PlanInput input) {
  SortLists(input);
  SortRecords(input.records, input.policy);
  CompleteVillages(input);
  std::vector<OfficeCalendar> calendars = Calendars(input);
  OfficeCalendar district_calendar(calendars);
  Availability availability(input, calendars);
  Basis basis{.input = std::move(input),
              .calendars = std::move(calendars),
              .district_calendar = std::move(district_calendar),
              .availability = std::move(availability),
              .windows = {},
              .home_of = {},
              .village_of = {},
              .holder_of = {},
              .by_id = {}};
  for (const Village& village : basis.input.villages) {
    const uint32_t home = HomeOf(basis.input, village.village);
    basis.home_of.push_back(home);
    basis.windows.Add(village.ready,
                      home == kNone ? basis.district_calendar : basis.calendars[home],
                      basis.input.first_day, basis.input.policy);
  }
  const std::vector<Record>& records = basis.input.records;
  basis.village_of.reserve(records.size());
  basis.holder_of.reserve(records.size());
  basis.by_id.reserve(records.size());
  for (uint32_t record = 0; record < records.size(); ++record) {
    basis.village_of.push_back(basis.FindVillage(records[record].village));
    basis.holder_of.push_back(basis.FindOffice(records[record].holder));
    basis.by_id.push_back(record);
  }
  std::sort(basis.by_id.begin(), basis.by_id.end(),
            [&](uint32_t a, uint32_t b) { return records[a].prr < records[b].prr; });
  return basis;
}

}  // namespace keping::planner
