#include "central_node/planner/schedule.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "central_node/planner/staffing.h"
#include "central_node/planner/waiting_line.h"
#include "common/base/check.h"

namespace keping::planner {
namespace {

// The work of one operator: printers of one office.
struct Post {
  uint32_t office = 0;
  uint32_t first_record = 0;  // of the office's line
  std::vector<uint32_t> printers = {};
  uint64_t cards = 0;  // that they could print today of that line
};

class Scheduler {
 public:
  Scheduler(const Basis& basis, const Assignment& assignment, const Supply& supply)
      : basis_(basis),
        policy_(basis.input.policy),
        supply_(supply),
        gate_(basis.windows),
        stock_(OfficeCount(), 0),
        pace_(OfficeCount(), 0) {
    schedule_.offices.resize(OfficeCount());
    schedule_.placements.resize(basis.input.records.size());
    for (uint32_t office = 0; office < OfficeCount(); ++office) {
      lines_.emplace_back(basis.calendars[office], policy_);
    }
    for (uint32_t record = 0; record < basis.input.records.size(); ++record) {
      const uint32_t office = assignment.line_of[record];
      lines_[office].Add(record, basis.village_of[record], LeaseOf(record, office));
    }
    waiting_ = basis.input.records.size();
  }

  Schedule Run() {
    for (int day = 0; day < basis_.days() && waiting_ > 0; ++day) PlanDay(day);
    return std::move(schedule_);
  }

 private:
  uint32_t OfficeCount() const { return static_cast<uint32_t>(basis_.input.offices.size()); }
  OfficeDay& Today(uint32_t office) { return schedule_.offices[office].back(); }

  WaitingLine::Lease LeaseOf(uint32_t record, uint32_t office) const {
    if (basis_.input.records[record].holder.empty()) return WaitingLine::Lease::kNobody;
    return basis_.holder_of[record] == office ? WaitingLine::Lease::kHere
                                              : WaitingLine::Lease::kElsewhere;
  }

  void PlanDay(int day) {
    day_ = day;
    for (uint32_t office = 0; office < OfficeCount(); ++office) OpenOffice(office);
    SendOperators();
    for (uint32_t office = 0; office < OfficeCount(); ++office) PrintOwn(office);
    PrintForOthers();
    for (uint32_t office = 0; office < OfficeCount(); ++office) Today(office).dry = IsDry(office);
    for (uint32_t office = 0; office < OfficeCount(); ++office) CloseOffice(office);
    schedule_.days = day + 1;
  }

  void OpenOffice(uint32_t office) {
    pace_[office] = 0;
    for (const uint32_t printer : basis_.availability.PrintersOf(office)) {
      if (basis_.availability.PrinterWorks(printer, day_)) pace_[office] += Limit(printer);
    }
    if (!supply_.unlimited) stock_[office] += supply_.arrivals[office][day_];
    lines_[office].BeginDay(day_, gate_);
    OfficeDay& today = schedule_.offices[office].emplace_back();
    today.state = basis_.availability.At(office, day_);
    today.blanks = supply_.unlimited ? kMaxBlanks : stock_[office];
    if (today.state == DayState::kPrints && today.blanks == 0) today.state = DayState::kNoBlanks;
  }

  // The posts of an office, the most useful first.
  void AddPosts(uint32_t office, std::vector<Post>& posts) {
    const auto first = lines_[office].Next(WaitingLine::Taker::kOwner, gate_);
    std::vector<uint32_t> working;
    for (const uint32_t printer : basis_.availability.PrintersOf(office)) {
      if (basis_.availability.PrinterWorks(printer, day_)) working.push_back(printer);
    }
    std::stable_sort(working.begin(), working.end(),
                     [this](uint32_t a, uint32_t b) { return Limit(a) > Limit(b); });
    const OfficeDay& today = schedule_.offices[office].back();
    uint64_t wanted = std::min<uint64_t>(today.blanks, lines_[office].ready());
    for (size_t i = 0; i < working.size(); ++i) {
      if (i % policy_.printers_per_operator == 0) {
        posts.push_back({.office = office, .first_record = first ? first->record : kNone});
      }
      const uint64_t cards = std::min<uint64_t>(Limit(working[i]), wanted);
      wanted -= cards;
      posts.back().printers.push_back(working[i]);
      posts.back().cards += cards;
    }
  }
  uint32_t Limit(uint32_t printer) const {
    const Printer& one = basis_.input.printers[printer];
    return one.cards_per_day - (day_ == 0 ? std::min(one.fed_today, one.cards_per_day) : 0);
  }

  void SendOperators() {
    std::vector<Post> posts;
    std::vector<std::vector<uint32_t>> candidates(OfficeCount());
    for (uint32_t office = 0; office < OfficeCount(); ++office) {
      const DayState state = Today(office).state;
      if (state != DayState::kPrints && state != DayState::kNoBlanks) continue;
      AddPosts(office, posts);
      for (const uint32_t person : basis_.availability.OperatorsOf(office)) {
        if (basis_.availability.OperatorPrints(person, day_)) candidates[office].push_back(person);
      }
    }
    // Where most cards can be printed; of equals where somebody has waited longest.
    std::stable_sort(posts.begin(), posts.end(), [](const Post& a, const Post& b) {
      return std::tuple(b.cards, a.first_record) < std::tuple(a.cards, b.first_record);
    });
    std::vector<uint32_t> post_offices;
    post_offices.reserve(posts.size());
    for (const Post& post : posts) post_offices.push_back(post.office);
    const std::vector<uint32_t> operator_of = FillPosts(post_offices, candidates);
    for (size_t i = 0; i < posts.size(); ++i) {
      if (operator_of[i] != kNone) StaffPost(posts[i], operator_of[i]);
    }
    for (uint32_t office = 0; office < OfficeCount(); ++office) {
      OfficeDay& today = Today(office);
      const bool nobody_came = today.state == DayState::kPrints && today.runs.empty();
      if (nobody_came) today.state = DayState::kNoOperator;
    }
  }

  void StaffPost(const Post& post, uint32_t person) {
    OfficeDay& today = Today(post.office);
    for (const uint32_t printer : post.printers) {
      today.cards_at_most += Limit(printer);
      today.runs.push_back({printer, person, Limit(printer)});
    }
  }

  // Cards that the office can still print today.
  uint64_t Left(uint32_t office) const {
    const OfficeDay& today = schedule_.offices[office].back();
    return std::min(today.cards_at_most, today.blanks) - today.printed;
  }

  void PrintOwn(uint32_t office) {
    for (uint64_t left = Left(office); left > 0; --left) {
      const auto next = lines_[office].Next(WaitingLine::Taker::kOwner, gate_);
      if (!next) return;
      Print(office, office, *next);
    }
  }

  void PrintForOthers() {
    for (const bool district_printers : {true, false}) {
      for (uint32_t office = 0; office < OfficeCount(); ++office) {
        if (basis_.IsDistrictPrinter(office) == district_printers) Help(office);
      }
    }
  }

  void Help(uint32_t helper) {
    if (!basis_.PrintsForOthers(helper)) return;
    for (uint64_t left = Left(helper); left > 0; --left) {
      const uint32_t helped = WhomToHelp(helper);
      if (helped == kNone) return;
      Print(helper, helped, *lines_[helped].Next(WaitingLine::Taker::kOther, gate_));
    }
  }

  // The office whose own work lasts longest, of those that have somebody whom others may print.
  uint32_t WhomToHelp(uint32_t helper) {
    uint32_t longest = kNone;
    for (uint32_t office = 0; office < OfficeCount(); ++office) {
      if (office == helper || !HasOverflow(office)) continue;
      if (!lines_[office].Next(WaitingLine::Taker::kOther, gate_)) continue;
      if (longest == kNone || LastsLonger(office, longest)) longest = office;
    }
    return longest;
  }
  bool HasOverflow(uint32_t office) const {
    return lines_[office].waiting() > policy_.overflow_after_days * pace_[office];
  }
  // Days of work, without fractions; work that does not go on lasts for ever.
  bool LastsLonger(uint32_t a, uint32_t b) const {
    const uint64_t pace_a = Stands(a) ? 0 : pace_[a];
    const uint64_t pace_b = Stands(b) ? 0 : pace_[b];
    if (pace_a == 0 && pace_b == 0) return lines_[a].waiting() > lines_[b].waiting();
    return lines_[a].waiting() * pace_b > lines_[b].waiting() * pace_a;
  }
  bool Stands(uint32_t office) const {
    const DayState state = schedule_.offices[office].back().state;
    return state != DayState::kPrints && state != DayState::kClosed;
  }

  bool IsDry(uint32_t office) {
    const OfficeDay& today = Today(office);
    const bool used_up = today.state == DayState::kNoBlanks ||
                         (today.blanks == today.printed && today.blanks < today.cards_at_most);
    if (!used_up) return false;
    return lines_[office].Next(WaitingLine::Taker::kOwner, gate_).has_value() ||
           (basis_.PrintsForOthers(office) && WhomToHelp(office) != kNone);
  }

  // One card of the line of `line`, at `office`.
  void Print(uint32_t office, uint32_t line, const WaitingLine::Candidate& next) {
    lines_[line].Take(next, gate_);
    OfficeDay& today = Today(office);
    const auto run = std::find_if(today.runs.begin(), today.runs.end(), [](const PrinterRun& one) {
      return one.records.size() < one.cards_at_most;
    });
    KEPING_CHECK(run != today.runs.end(), "an office prints no more than its printers may");
    run->records.push_back(next.record);
    ++today.printed;
    --waiting_;
    schedule_.placements[next.record] = {day_, office, run->printer};
  }

  void CloseOffice(uint32_t office) {
    OfficeDay& today = Today(office);
    today.turn = lines_[office].EndDay(today.state == DayState::kPrints, gate_);
    today.waiting = lines_[office].waiting();
    if (!supply_.unlimited) stock_[office] -= today.printed;
  }

  const Basis& basis_;
  const Policy& policy_;
  const Supply& supply_;
  VillageGate gate_;
  std::vector<WaitingLine> lines_;  // by office
  std::vector<uint64_t> stock_;     // by office
  std::vector<uint64_t> pace_;      // by office: cards that its working printers may feed today
  uint64_t waiting_ = 0;
  int day_ = 0;
  Schedule schedule_;
};

}  // namespace

Schedule MakeSchedule(const Basis& basis, const Assignment& assignment, const Supply& supply) {
  return Scheduler(basis, assignment, supply).Run();
}

}  // namespace keping::planner
