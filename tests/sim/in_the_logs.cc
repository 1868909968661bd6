#include "tests/sim/in_the_logs.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "tests/sim/event_queue.h"
#include "tests/sim/laws.h"

namespace keping::sim {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::CaseKind;

// What people do not call a clock that was set back.
constexpr int64_t kClockRunsWrong = 10 * kMinute;
// Two clocks, the office's and the district's, may be so far apart.
constexpr int64_t kClocksApart = kDay;

std::string OfStream(const domain::NodeId& node, const domain::IncarnationId& incarnation) {
  return absl::StrCat(node.value(), "\n", incarnation.value());
}

// What all logs say of one job.
struct JobWords {
  std::vector<const KeptEntry*> intents;
  std::map<crypto::Hash, BlankSerial> good;  // what was scanned, by the entry that says so
  std::set<crypto::Hash> set_aside;          // entries

  const domain::PrintIntended& intended() const {
    return std::get<domain::PrintIntended>(intents.front()->entry.event);
  }
  // Where a card lies, by the answers that hold.
  std::set<BlankSerial> Cards() const {
    std::set<BlankSerial> cards;
    for (const auto& [entry, blank] : good) {
      if (!set_aside.contains(entry)) cards.insert(blank);
    }
    return cards;
  }
};

// A line of the roster, until the next one of that person.
struct RosterLine {
  int64_t from = 0;
  std::set<domain::ApplicationVersion> trained_on;
};

class Reader {
 public:
  Reader(const std::vector<KeptEntry>& entries, const Chronicle& chronicle)
      : chronicle_(chronicle) {
    for (const std::string& bytes : chronicle.centre_entries) {
      if (const auto entry = Chronicle::ReadWhole(bytes)) ReadOfDesk(*entry);
    }
    const KeptEntry* before = nullptr;
    for (const KeptEntry& entry : entries) {
      const bool goes_on =
          before != nullptr && before->node == entry.node && before->stream == entry.stream;
      if (goes_on) CompareClocks(before->entry.header, entry);
      ReadOfOffice(entry);
      before = &entry;
    }
  }

  InTheLogs Find() {
    for (const auto& [act, job] : jobs_) {
      if (job.intents.empty() || job.good.empty()) continue;
      AddToTray(job);
      CheckTraining(act, job);
      CheckLease(job);
    }
    for (const auto& [batch, tray] : trays_) CheckTray(batch, tray);
    return std::move(found_);
  }

 private:
  struct Tray {
    std::set<BlankSerial> meant;
    std::set<BlankSerial> scanned;
    int swapped = 0;  // jobs that ever had a card on another blank than the one that was meant
    bool clear = true;
  };

  void Add(CaseKind kind, const std::string& entity) {
    found_.must.emplace(kind, entity);
    found_.may.emplace(kind, entity);
  }

  // ---- The district's log.

  void ReadOfDesk(const ReadEntry& entry) {
    const int64_t wall = entry.header.wall_micros;
    if (const auto* gap = std::get_if<domain::LogGapFound>(&entry.event)) {
      Add(CaseKind::kLogGap, OfStream(gap->node, gap->incarnation));
    } else if (const auto* closed = std::get_if<domain::NodeClosed>(&entry.event)) {
      if (closed->end == domain::NodeEnd::kRevoked) CheckClaims(*closed);
    } else if (const auto* line = std::get_if<domain::OperatorRostered>(&entry.event)) {
      std::set<domain::ApplicationVersion> trained(line->certified.begin(), line->certified.end());
      if (!line->active) trained.clear();
      rosters_[line->node][line->operator_id].push_back({wall, std::move(trained)});
    } else if (const auto* grant = std::get_if<domain::LeaseGranted>(&entry.event)) {
      granted_.insert({grant->node, grant->prr, grant->epoch});
    }
  }

  // The machine wrote more than the district held when it revoked it: its last entry tells.
  void CheckClaims(const domain::NodeClosed& closed) {
    const std::vector<std::string>& log = chronicle_.node(OfficeIndex(closed.node)).entries;
    const auto last = log.empty() ? std::nullopt : Chronicle::ReadWhole(log.back());
    if (!last || last->header.incarnation != closed.incarnation) return;
    if (last->header.seq <= closed.seq) return;
    Add(CaseKind::kRevokedClaims, OfStream(closed.node, closed.incarnation));
  }

  // ---- The offices' logs.

  void CompareClocks(const domain::EntryHeader& before, const KeptEntry& entry) {
    if (entry.entry.header.wall_micros + kClockRunsWrong >= before.wall_micros) return;
    Add(CaseKind::kClockChanged, OfStream(entry.node, entry.stream));
  }

  void ReadOfOffice(const KeptEntry& kept) {
    const domain::Event& event = kept.entry.event;
    if (const auto* intent = std::get_if<domain::PrintIntended>(&event)) {
      jobs_[intent->act].intents.push_back(&kept);
    } else if (const auto* good = std::get_if<domain::PrintVerified>(&event)) {
      jobs_[good->act].good.emplace(kept.hash, good->blank);
    } else if (const auto* corrected = std::get_if<domain::Corrected>(&event)) {
      jobs_[corrected->subject].set_aside.insert(corrected->event);
    } else if (const auto* release = std::get_if<domain::LeaseReleased>(&event)) {
      released_[release->prr].push_back(&kept);
    } else if (const auto* met = std::get_if<domain::GenerationMet>(&event)) {
      for (const domain::HeldLease& lease : met->leases) {
        granted_.insert({kept.node, lease.prr, lease.epoch});
      }
    } else if (const auto* opened = std::get_if<domain::IncarnationOpened>(&event)) {
      // Its machine knows that the log before had reached further than it goes on from.
      if (!opened->parent.empty() && opened->parent_reached_seq > opened->parent_seq) {
        Add(CaseKind::kLogGap, OfStream(kept.node, opened->parent));
      }
    }
  }

  // ---- Jobs.

  void AddToTray(const JobWords& job) {
    const domain::PrintIntended& intent = job.intended();
    if (intent.batch.empty()) return;
    Tray& tray = trays_[intent.batch];
    const std::set<BlankSerial> cards = job.Cards();
    if (job.intents.size() > 1 || cards.size() > 1) tray.clear = false;
    tray.swapped += std::any_of(job.good.begin(), job.good.end(),
                                [&](const auto& scan) { return scan.second != intent.blank; });
    if (cards.empty() || cards.contains(intent.blank)) return;
    tray.meant.insert(intent.blank);
    tray.scanned.insert(*cards.begin());
  }

  // Its cards lie on each other's blanks.
  void CheckTray(const ActId& batch, const Tray& tray) {
    const CaseOf shifted{CaseKind::kBindingsShifted, batch.value()};
    if (tray.swapped > 1) found_.may.insert(shifted);
    if (tray.clear && tray.meant.size() > 1 && tray.meant == tray.scanned) {
      found_.must.insert(shifted);
    }
  }

  // Nobody had trained the person on that version, a day before or after the print. What a wrong
  // clock says of that depends on when it is asked.
  void CheckTraining(const ActId& act, const JobWords& job) {
    const CaseOf untrained{CaseKind::kUntrainedPrint, act.value()};
    const bool clock_right = chronicle_.intents.at(act.value()).clock_right;
    bool all = clock_right;
    for (const KeptEntry* intent : job.intents) {
      all = all && !WasTrained(*intent, kClocksApart);
      const bool surely = WasTrained(*intent, -kClocksApart);
      if (!surely || (!clock_right && !WasAlwaysTrained(*intent))) found_.may.insert(untrained);
    }
    if (all && !job.Cards().empty()) found_.must.insert(untrained);
  }

  // By the roster that the district keeps of that office; null: it has nobody of that name.
  const std::vector<RosterLine>* LinesOf(const KeptEntry& kept) const {
    const auto roster = rosters_.find(kept.node);
    if (roster == rosters_.end()) return nullptr;
    const auto person =
        roster->second.find(std::get<domain::PrintIntended>(kept.entry.event).operator_id);
    return person == roster->second.end() ? nullptr : &person->second;
  }

  // A slack is in favour of the person, a negative one is not.
  bool WasTrained(const KeptEntry& kept, int64_t slack) const {
    const auto& intent = std::get<domain::PrintIntended>(kept.entry.event);
    if (!rosters_.contains(kept.node)) return true;  // the district keeps none for that office
    const std::vector<RosterLine>* lines = LinesOf(kept);
    if (lines == nullptr) return false;
    // Who is on no roster yet cannot print: such a clock is wrong.
    const int64_t at = std::max(kept.entry.header.wall_micros, lines->front().from);
    for (size_t i = 0; i < lines->size(); ++i) {
      const RosterLine& line = (*lines)[i];
      const bool began = line.from <= at + slack;
      const bool over = i + 1 < lines->size() && (*lines)[i + 1].from < at - slack;
      if (began && !over && line.trained_on.contains(intent.application_version)) return true;
    }
    return false;
  }

  bool WasAlwaysTrained(const KeptEntry& kept) const {
    const auto& intent = std::get<domain::PrintIntended>(kept.entry.event);
    const std::vector<RosterLine>* lines = LinesOf(kept);
    return lines == nullptr ||
           std::all_of(lines->begin(), lines->end(), [&](const RosterLine& line) {
             return line.trained_on.contains(intent.application_version);
           });
  }

  // Under a lease that nobody gave that office, or that the same log had given back.
  void CheckLease(const JobWords& job) {
    const KeptEntry& kept = *job.intents.front();
    const domain::PrintIntended& intent = job.intended();
    if (job.intents.size() > 1 || job.Cards().empty()) return;
    bool breach = !granted_.contains({kept.node, intent.prr, intent.lease_epoch});
    const auto released = released_.find(intent.prr);
    if (released != released_.end()) {
      for (const KeptEntry* release : released->second)
        breach = breach || EndsBefore(*release, kept);
    }
    if (breach) found_.must.emplace(CaseKind::kLeaseBreach, intent.prr.value());
  }

  static bool EndsBefore(const KeptEntry& release, const KeptEntry& intent) {
    return release.node == intent.node && release.stream == intent.stream &&
           release.entry.header.seq < intent.entry.header.seq &&
           std::get<domain::LeaseReleased>(release.entry.event).epoch >=
               std::get<domain::PrintIntended>(intent.entry.event).lease_epoch;
  }

  using Grant = std::tuple<domain::NodeId, domain::PrrId, domain::LeaseEpoch>;

  const Chronicle& chronicle_;
  std::map<domain::NodeId, std::map<domain::OperatorId, std::vector<RosterLine>>> rosters_;
  std::set<Grant> granted_;
  std::map<domain::PrrId, std::vector<const KeptEntry*>> released_;
  std::map<ActId, JobWords> jobs_;
  std::map<ActId, Tray> trays_;
  InTheLogs found_;
};

}  // namespace

InTheLogs FindInTheLogs(const std::vector<KeptEntry>& entries, const Chronicle& chronicle) {
  return Reader(entries, chronicle).Find();
}

}  // namespace keping::sim
