#include "central_node/core/judge_count.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/mis_scans.h"

namespace keping::central {
namespace {

using domain::BlankSerial;
using domain::Pile;

const char* PileName(Pile pile) {
  switch (pile) {
    case Pile::kTray:
      return "tray";
    case Pile::kSpoiled:
      return "spoiled";
    case Pile::kPrinted:
      return "printed";
  }
  return "";
}

// A difference while it is looked into.
struct Suspect {
  CountDifference difference;
  SerialHistory history = {};
  std::optional<FactRef> right_until = {};  // the last fact that does not show it

  LogOrder since() const { return right_until.has_value() ? PlaceInLog(*right_until) : LogOrder(); }
};

class CountJudge {
 public:
  CountJudge(const CountRecord& record, const CountFact& count) : record_(record), count_(count) {
    verdict_.node = record.node;
    verdict_.pile = record.pile;
    verdict_.count = count.fact.id;
    verdict_.operator_id = count.operator_id;
    verdict_.second = count.second;
    for (const CountFact& one : record.facts.counts.at(record.pile)) {
      if (count.fact.Later(one.fact)) earlier_.push_back(&one);
    }
    std::sort(earlier_.begin(), earlier_.end(), [](const CountFact* a, const CountFact* b) {
      return PlaceInLog(a->fact) < PlaceInLog(b->fact);
    });
    for (const ShiftMark& mark : record.facts.marks) {
      if (count.fact.Later(mark.fact)) marks_.push_back(mark);
    }
  }

  CountVerdict Judge() {
    const domain::SerialSet looked_into = LookedInto(count_);
    for (const bool missing : {true, false}) {
      (missing ? count_.missing : count_.surplus).ForEach([&](const BlankSerial& serial) {
        AddSuspect(serial, missing, looked_into.Contains(serial));
      });
    }
    FindMisScans();
    FindBlame();
    verdict_.settled = std::all_of(suspects_.begin(), suspects_.end(), [](const Suspect& one) {
      return one.difference.learned.has_value();
    });
    if (!count_.clean()) AddAnomaly();
    for (Suspect& one : suspects_) verdict_.differences.push_back(std::move(one.difference));
    return std::move(verdict_);
  }

 private:
  void AddSuspect(const BlankSerial& serial, bool missing, bool looked_into) {
    Suspect suspect{.difference = {.serial = serial, .missing = missing}};
    const BlankFacts* facts = looked_into ? record_.blank(serial) : nullptr;
    if (facts != nullptr) {
      suspect.history = ReadHistory({serial, *facts, record_.jobs}, record_.pile, count_.fact);
    }
    const SerialHistory& history = suspect.history;
    suspect.difference.word = history.word;
    suspect.difference.elsewhere = history.elsewhere;
    suspect.difference.learned = missing ? history.if_missing : history.if_surplus;
    suspect.right_until = RightUntil(serial, missing, history);
    if (suspect.right_until.has_value()) suspect.difference.since = suspect.right_until->id;
    suspects_.push_back(std::move(suspect));
  }

  // The last time that it was in hand, or that a count of this pile had it as the book did.
  std::optional<FactRef> RightUntil(const BlankSerial& serial, bool missing,
                                    const SerialHistory& history) const {
    std::optional<FactRef> last = history.in_hand;
    for (const CountFact* count : earlier_) {
      if ((missing ? count->missing : count->surplus).Contains(serial)) continue;
      if (!last.has_value() || PlaceInLog(*last) < PlaceInLog(count->fact)) last = count->fact;
    }
    return last;
  }

  // By a slip the book took the wrong serial from the tray, which is now too many there; and put it
  // on another pile, where it is now too few.
  bool Named(const Suspect& one) const {
    return one.difference.missing != (record_.pile == Pile::kTray);
  }

  void FindMisScans() {
    std::vector<NamedSerial> named;
    std::vector<MeantSerial> meant;
    for (const Suspect& one : suspects_) {
      if (one.difference.learned.has_value()) continue;
      const BlankSerial& serial = one.difference.serial;
      if (!Named(one)) {
        if (one.history.in_hand.has_value()) meant.push_back({serial, one.since()});
      } else if (one.history.use.has_value()) {
        // Counted after the act as the book has it, it was no slip.
        const LogOrder used = PlaceInLog(one.history.use->fact);
        if (LastCountWithout(one) < used) named.push_back({serial, used});
      }
    }
    for (const SerialPair& pair : PairMisScans(named, meant)) AddMisScan(pair);
  }

  LogOrder LastCountWithout(const Suspect& one) const {
    LogOrder last = {};
    for (const CountFact* count : earlier_) {
      const auto& differs = one.difference.missing ? count->missing : count->surplus;
      if (!differs.Contains(one.difference.serial)) last = PlaceInLog(count->fact);
    }
    return last;
  }

  void AddMisScan(const SerialPair& pair) {
    for (Suspect& one : suspects_) {
      const BlankSerial& serial = one.difference.serial;
      if (serial == pair.meant || serial == pair.named) one.difference.paired = true;
      if (serial != pair.named) continue;
      const SerialUse& use = *one.history.use;
      const LogOrder place = PlaceInLog(use.fact);
      MisScan slip{.scanned = pair.named, .used = pair.meant, .act = use.act, .fact = use.fact.id};
      slip.shifts = ShiftsBetween(marks_, place, place);
      if (const auto job = record_.jobs.find(use.act); job != record_.jobs.end()) {
        slip.job = true;
        if (!job->second.intents.empty()) {
          slip.operator_id = job->second.intents.front().operator_id;
        }
      }
      verdict_.mis_scans.push_back(std::move(slip));
    }
  }

  // From the book's beginning, or the last count without a difference, to this count.
  std::vector<CountPoint> Points() const {
    std::vector<CountPoint> points;
    for (const CountFact* count : earlier_) {
      points.push_back({PlaceInLog(count->fact), count->fact.id, count->difference()});
    }
    const LogOrder start =
        !earlier_.empty() && earlier_.front()->clean() ? points.front().place : LogOrder();
    if (start == LogOrder()) points.insert(points.begin(), CountPoint());
    for (const ShiftMark& mark : marks_) {
      const bool both = mark.counted.has_value() && mark.book.has_value();
      if (record_.pile != Pile::kTray || !both || PlaceInLog(mark.fact) < start) continue;
      points.push_back({PlaceInLog(mark.fact), mark.fact.id, Surplus(*mark.counted, *mark.book)});
    }
    std::sort(points.begin() + 1, points.end(),
              [](const CountPoint& a, const CountPoint& b) { return a.place < b.place; });
    points.push_back({PlaceInLog(count_.fact), count_.fact.id, count_.difference()});
    return points;
  }

  // Of what a person typed; more than this never lay in a tray.
  static int64_t Surplus(uint64_t counted, uint64_t book) {
    constexpr uint64_t kMost = 1'000'000'000;
    return static_cast<int64_t>(std::min(counted, kMost)) -
           static_cast<int64_t>(std::min(book, kMost));
  }

  void FindBlame() {
    int64_t sum = 0;
    for (const Suspect& one : suspects_) {
      if (one.difference.open()) sum += one.difference.missing ? -1 : 1;
    }
    Blame blame = FindWindows(Points(), sum);
    for (CountWindow& window : blame.windows) {
      window.shifts = ShiftsBetween(marks_, window.after, window.until);
    }
    verdict_.windows = std::move(blame.windows);
    verdict_.wrong_counts = std::move(blame.wrong);
    for (Suspect& one : suspects_) {
      if (one.difference.open()) Place(one);
    }
  }

  // The blamed windows in which it can have happened; where those do not tell, all that can be.
  void Place(Suspect& suspect) const {
    std::vector<size_t> possible;
    for (size_t i = 0; i < verdict_.windows.size(); ++i) {
      const CountWindow& window = verdict_.windows[i];
      if (window.until <= suspect.since()) continue;
      possible.push_back(i);
      const bool fits = suspect.difference.missing ? window.change < 0 : window.change > 0;
      if (window.blamed && fits) suspect.difference.windows.push_back(i);
    }
    if (suspect.difference.windows.empty()) suspect.difference.windows = std::move(possible);
  }

  void AddAnomaly() {
    Anomaly anomaly{.kind = domain::CaseKind::kCountVariance, .settled = verdict_.settled};
    anomaly.evidence.insert(count_.fact.id);
    for (const MisScan& one : verdict_.mis_scans) anomaly.evidence.insert(one.fact);
    for (const CountWindow& window : verdict_.windows) {
      if (!window.blamed) continue;
      anomaly.evidence.insert(window.to);
      if (!window.from.IsZero()) anomaly.evidence.insert(window.from);
    }
    for (const Suspect& one : suspects_) {
      if (anomaly.evidence.size() >= kMostCountEvidence) break;
      const std::optional<Learned>& learned = one.difference.learned;
      if (learned.has_value()) anomaly.evidence.insert(learned->fact.id);
      const std::optional<FactRef>& word = one.history.word_fact;
      if (!one.difference.missing && word.has_value()) anomaly.evidence.insert(word->id);
    }
    verdict_.anomalies.push_back(std::move(anomaly));
  }

  const CountRecord& record_;
  const CountFact& count_;
  std::vector<const CountFact*> earlier_;  // of this pile and log, in its order
  std::vector<ShiftMark> marks_;           // of this log
  std::vector<Suspect> suspects_;
  CountVerdict verdict_;
};

}  // namespace

CountVerdict JudgeCount(const CountRecord& record) {
  const CountFact* count = LatestCount(record.facts, record.pile);
  if (count == nullptr) {
    CountVerdict nothing;
    nothing.node = record.node;
    nothing.pile = record.pile;
    return nothing;
  }
  return CountJudge(record, *count).Judge();
}

domain::SerialSet LookedInto(const CountFact& count) {
  domain::SerialSet missing = count.missing;
  domain::SerialSet surplus = count.surplus;
  return missing.Take(kMostLookedInto).Union(surplus.Take(kMostLookedInto));
}

std::string CountEntity(const domain::NodeId& node, domain::Pile pile) {
  return absl::StrCat(node.value(), "\n", PileName(pile));
}

}  // namespace keping::central
