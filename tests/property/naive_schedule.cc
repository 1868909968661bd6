#include "tests/property/naive_schedule.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace keping::tests {
namespace {

using domain::NodeId;
using planner::DayRange;
using planner::Office;
using planner::Operator;
using planner::Overflow;
using planner::Policy;
using planner::Printer;
using planner::Record;
using planner::WaitReason;

bool Within(const std::vector<DayRange>& ranges, absl::CivilDay day) {
  return std::any_of(ranges.begin(), ranges.end(), [day](const DayRange& range) {
    return range.first <= day && (!range.last || day <= *range.last);
  });
}

int RankOf(const Policy& policy, const Record& record) {
  const auto& order = policy.class_order;
  return static_cast<int>(std::find(order.begin(), order.end(), record.priority_class) -
                          order.begin());
}

}  // namespace

NaiveSchedule::NaiveSchedule(planner::PlanInput input, Lines lines, Arrivals arrivals)
    : input_(std::move(input)),
      lines_(std::move(lines)),
      arrivals_(std::move(arrivals)),
      order_(input_.records) {
  std::sort(order_.begin(), order_.end(), [this](const Record& a, const Record& b) {
    return std::tuple(RankOf(input_.policy, a), a.enrolled_at, a.prr) <
           std::tuple(RankOf(input_.policy, b), b.enrolled_at, b.prr);
  });
  for (const Record& record : order_) cards_[record.prr];
}

void NaiveSchedule::Run() {
  for (uint32_t day = 0; day < input_.policy.horizon_days; ++day) {
    const bool waits = std::any_of(cards_.begin(), cards_.end(),
                                   [](const auto& card) { return !card.second.day; });
    if (!waits) return;
    day_ = input_.first_day + day;
    RunDay();
  }
}

void NaiveSchedule::RunDay() {
  today_.clear();
  std::map<NodeId, uint64_t> in_line;
  for (const Record& record : order_) {
    ahead_[record.prr] = in_line[lines_.at(record.prr)];
    if (!cards_[record.prr].day) ++in_line[lines_.at(record.prr)];
  }
  for (const Office& office : input_.offices) {
    const auto arrivals = arrivals_.find(office.node);
    if (arrivals != arrivals_.end() && arrivals->second.contains(day_)) {
      stock_[office.node] += arrivals->second.at(day_);
    }
    today_[office.node] = Open(office);
  }
  for (auto& [node, today] : today_) {
    while (today.printed < std::min(today.limit, today.blanks)) {
      const auto next = Next(node, Taker::kOwner);
      if (!next) break;
      Print(*next, node);
    }
  }
  for (const bool district : {true, false}) {
    for (const auto& [node, today] : today_) {
      if (OfficeOf(node).kecamatan_code.empty() == district && MayHelp(node)) Help(node);
    }
  }
  for (auto& [node, today] : today_) {
    const bool none_left = today.stands_by == WaitReason::kNoBlanks ||
                           (today.printed == today.blanks && today.printed < today.limit);
    today.dry = none_left && (Next(node, Taker::kOwner) || (MayHelp(node) && WhomToHelp(node)));
  }
  for (const Office& office : input_.offices) Close(office);
  for (size_t place = 0; place < order_.size(); ++place) {
    if (!cards_[order_[place].prr].day) Explain(place);
  }
}

NaiveSchedule::Today NaiveSchedule::Open(const Office& office) const {
  Today today;
  const auto stock = stock_.find(office.node);
  today.blanks = stock == stock_.end() ? 0 : stock->second;
  std::vector<uint64_t> printers;
  for (const Printer& printer : input_.printers) {
    const bool works =
        printer.node == office.node && printer.cards_per_day > 0 && !Within(printer.broken, day_);
    if (!works) continue;
    const uint32_t fed = day_ == input_.first_day ? printer.fed_today : 0;
    printers.push_back(printer.cards_per_day - std::min(fed, printer.cards_per_day));
  }
  for (const uint64_t cards : printers) today.pace += cards;
  size_t people = 0;
  for (const Operator& person : input_.operators) {
    const bool serves =
        std::find(person.nodes.begin(), person.nodes.end(), office.node) != person.nodes.end();
    const bool trained = person.certified_from && *person.certified_from <= day_;
    if (serves && trained && !Within(person.away, day_)) ++people;
  }
  if (!IsOpen(office, day_)) {
    today.stands_by = WaitReason::kOfficeClosed;
  } else if (!office.application_from || *office.application_from > day_) {
    today.stands_by = WaitReason::kOldApplication;
  } else if (office.contact_until && *office.contact_until < day_) {
    today.stands_by = WaitReason::kNoContact;
  } else if (printers.empty()) {
    today.stands_by = WaitReason::kNoPrinter;
  } else if (people == 0) {
    today.stands_by = WaitReason::kNoOperator;
  } else {
    if (today.blanks == 0) today.stands_by = WaitReason::kNoBlanks;
    std::sort(printers.rbegin(), printers.rend());
    for (size_t i = 0; i < std::min(people, printers.size()); ++i) today.limit += printers[i];
  }
  return today;
}

bool NaiveSchedule::MayHelp(const NodeId& node) const {
  return input_.policy.overflow == Overflow::kEveryOffice ||
         (input_.policy.overflow == Overflow::kDistrictPrinter &&
          OfficeOf(node).kecamatan_code.empty());
}

void NaiveSchedule::Help(const NodeId& helper) {
  const Today& today = today_.at(helper);
  while (today.printed < std::min(today.limit, today.blanks)) {
    const auto helped = WhomToHelp(helper);
    if (!helped) return;
    Print(*Next(*helped, Taker::kOther), helper);
  }
}

std::optional<NodeId> NaiveSchedule::WhomToHelp(const NodeId& helper) const {
  std::optional<NodeId> longest;
  for (const auto& [node, today] : today_) {
    if (node == helper || !Next(node, Taker::kOther)) continue;
    if (Waiting(node) <= input_.policy.overflow_after_days * today.pace) continue;
    if (!longest || LastsLonger(node, *longest)) longest = node;
  }
  return longest;
}

// In days of work; an office that cannot print has work for ever.
bool NaiveSchedule::LastsLonger(const NodeId& a, const NodeId& b) const {
  const auto pace = [this](const NodeId& node) -> uint64_t {
    const Today& today = today_.at(node);
    const bool goes_on = today.stands_by == WaitReason::kEarlierRecords ||
                         today.stands_by == WaitReason::kOfficeClosed;
    return goes_on ? today.pace : 0;
  };
  if (pace(a) == 0 || pace(b) == 0) {
    if (pace(a) != pace(b)) return pace(a) == 0 && Waiting(a) > 0;
    return Waiting(a) > Waiting(b);
  }
  return Waiting(a) * pace(b) > Waiting(b) * pace(a);
}

std::optional<size_t> NaiveSchedule::Next(const NodeId& line, Taker taker) const {
  for (size_t place = 0; place < order_.size(); ++place) {
    const Record& record = order_[place];
    if (cards_.at(record.prr).day || lines_.at(record.prr) != line) continue;
    if (MayBePrinted(place, taker)) return place;
  }
  return std::nullopt;
}

bool NaiveSchedule::MayBePrinted(size_t place, Taker taker) const {
  const Record& record = order_[place];
  if (!record.holder.empty() && !LeasesMoved()) {
    if (taker == Taker::kOther || LeaseIsElsewhere(place)) return false;
  }
  const auto turn_came = turn_came_.find(record.prr);
  if (turn_came != turn_came_.end()) {
    const Office& office = OfficeOf(lines_.at(record.prr));
    if (WorkingDays(&office, turn_came->second, day_) >= input_.policy.max_batching_days) {
      return true;
    }
  }
  const Window window = WindowOf(record.village);
  if (!window.named) return true;
  const auto taken = taken_.find({record.village, window.ready});
  return window.near &&
         (window.persons == 0 || taken == taken_.end() || taken->second < window.persons);
}

void NaiveSchedule::Print(size_t place, const NodeId& node) {
  const Record& record = order_[place];
  cards_.at(record.prr).day = day_;
  cards_.at(record.prr).node = node;
  const Window window = WindowOf(record.village);
  if (window.named && window.near) ++taken_[{record.village, window.ready}];
  ++today_.at(node).printed;
  --stock_.at(node);
  Today& line = today_.at(lines_.at(record.prr));
  line.took = true;
  line.turn = std::max(line.turn, place + 1);
}

void NaiveSchedule::Close(const Office& office) {
  Today& today = today_.at(office.node);
  const bool prints = today.stands_by == WaitReason::kEarlierRecords;
  if ((prints || today.took) && !Next(office.node, Taker::kOwner)) today.turn = order_.size();
  for (size_t place = 0; place < today.turn; ++place) {
    const domain::PrrId& prr = order_[place].prr;
    if (lines_.at(prr) != office.node) continue;
    if (LeaseIsElsewhere(place) && !LeasesMoved()) continue;
    turn_came_.emplace(prr, day_);
  }
}

WaitReason NaiveSchedule::ReasonOf(size_t place) const {
  const Record& record = order_[place];
  const Today& line = today_.at(lines_.at(record.prr));
  const bool lease_moves = LeaseIsElsewhere(place) && !LeasesMoved();
  if (place < line.turn) {
    if (lease_moves) return WaitReason::kLeaseMoves;
    const Window window = WindowOf(record.village);
    if (!window.named) return WaitReason::kLeaseMoves;
    if (!window.near) return WaitReason::kVillageNotReady;
    const auto taken = taken_.find({record.village, window.ready});
    const bool full =
        window.persons > 0 && taken != taken_.end() && taken->second >= window.persons;
    return full ? WaitReason::kReadyDayFull : WaitReason::kLeaseMoves;
  }
  if (line.stands_by != WaitReason::kEarlierRecords) return line.stands_by;
  if (lease_moves) return WaitReason::kLeaseMoves;
  return line.dry ? WaitReason::kNoBlanks : WaitReason::kEarlierRecords;
}

void NaiveSchedule::Explain(size_t place) {
  const domain::PrrId& prr = order_[place].prr;
  const WaitReason reason = ReasonOf(place);
  auto [wait, is_new] = cards_.at(prr).waits.try_emplace(reason);
  wait->second.reason = reason;
  if (is_new && reason == WaitReason::kEarlierRecords) {
    wait->second.earlier_records = ahead_.at(prr);
  }
  ++wait->second.days;
  wait->second.until = day_ + 1;
}

const Office& NaiveSchedule::OfficeOf(const NodeId& node) const {
  return *std::find_if(input_.offices.begin(), input_.offices.end(),
                       [&](const Office& office) { return office.node == node; });
}

bool NaiveSchedule::IsOpen(const Office& office, absl::CivilDay day) const {
  return std::find(office.closed.begin(), office.closed.end(), day) == office.closed.end();
}

// Of nobody in particular: days on which some office works.
uint32_t NaiveSchedule::WorkingDays(const Office* office, absl::CivilDay first,
                                    absl::CivilDay end) const {
  uint32_t days = 0;
  for (absl::CivilDay day = first; day < end; ++day) {
    const bool works = office != nullptr
                           ? IsOpen(*office, day)
                           : std::any_of(input_.offices.begin(), input_.offices.end(),
                                         [&](const Office& one) { return IsOpen(one, day); });
    if (works) ++days;
  }
  return days;
}

NaiveSchedule::Window NaiveSchedule::WindowOf(const domain::VillageCode& village) const {
  Window window;
  if (input_.policy.max_batching_days == 0) return window;
  for (const planner::Village& one : input_.villages) {
    if (one.village != village) continue;
    for (const planner::ReadyDay& ready : one.ready) {
      const bool in_plan =
          ready.day > input_.first_day && ready.day < input_.first_day + input_.policy.horizon_days;
      if (!in_plan || ready.day <= day_) continue;
      if (window.named && ready.day > window.ready) continue;
      const bool again = window.named && ready.day == window.ready;
      const bool unlimited = ready.persons == 0 || (again && window.persons == 0);
      const uint32_t larger = again ? std::max(window.persons, ready.persons) : ready.persons;
      window = {true, ready.day, unlimited ? 0 : larger, false};
    }
  }
  if (!window.named) return window;
  const Office* home = nullptr;
  for (const Office& office : input_.offices) {
    const bool is_home =
        !office.kecamatan_code.empty() &&
        village.value().substr(0, office.kecamatan_code.size()) == office.kecamatan_code;
    if (is_home) home = &office;
  }
  window.near = WorkingDays(home, day_, window.ready) <= input_.policy.print_ahead_days;
  return window;
}

uint64_t NaiveSchedule::Waiting(const NodeId& line) const {
  return std::count_if(order_.begin(), order_.end(), [&](const Record& record) {
    return lines_.at(record.prr) == line && !cards_.at(record.prr).day;
  });
}

bool NaiveSchedule::LeasesMoved() const {
  return day_ - input_.first_day >= input_.policy.lease_move_days;
}

bool NaiveSchedule::LeaseIsElsewhere(size_t place) const {
  const Record& record = order_[place];
  return !record.holder.empty() && record.holder != lines_.at(record.prr);
}

}  // namespace keping::tests
