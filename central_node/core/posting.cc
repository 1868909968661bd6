#include "central_node/core/posting.h"

#include <optional>
#include <tuple>
#include <utility>

#include "central_node/core/home_office.h"
#include "central_node/core/lease.h"

namespace keping::central {
namespace {

using domain::BlankSerial;
using domain::NodeId;
using domain::PrrId;
using ledger::Account;

// Sums up moves that have everything but the quantity in common: a dispatch is one move.
class Moves {
 public:
  void Add(const ledger::Place& from, const ledger::Place& to, const crypto::Hash& cause,
           int64_t quantity = 1) {
    if (quantity > 0) moves_[{from, to, cause}] += quantity;
  }
  // A blank that is scanned out of a box seems to come from the centre, and the box to give as many
  // back to it: by one fact that is one move.
  void JoinThroughCentre() {
    const ledger::Place centre{Account::kCentre, {}};
    for (auto& [key, given_back] : moves_) {
      const auto& [box, to, cause] = key;
      if (to != centre) continue;
      for (auto& [other, given] : moves_) {
        const auto& [from, place, same_cause] = other;
        if (from != centre || cause != same_cause) continue;
        const int64_t joined = std::min(given_back, given);
        given_back -= joined;
        given -= joined;
        joined_.emplace_back(box, place, cause, joined);
      }
    }
    for (const auto& [from, to, cause, quantity] : joined_) Add(from, to, cause, quantity);
    std::erase_if(moves_, [](const auto& move) { return move.second == 0; });
  }
  void AppendTo(std::vector<ledger::Move>& out) const {
    for (const auto& [key, quantity] : moves_) {
      const auto& [from, to, cause] = key;
      out.push_back({.from = from, .to = to, .quantity = quantity, .cause = cause});
    }
  }

 private:
  std::map<std::tuple<ledger::Place, ledger::Place, crypto::Hash>, int64_t> moves_;
  std::vector<std::tuple<ledger::Place, ledger::Place, crypto::Hash, int64_t>> joined_;
};

// A blank whose origin became known only now was given by another source than it seemed.
void PostOrigin(Account origin, const crypto::Hash& cause, BlankRow& row, Moves& moves) {
  if (origin == row.origin) return;
  if (row.place.account == row.origin) {
    // It has not been posted yet.
    row.place.account = origin;
  } else {
    moves.Add({origin, {}}, {row.origin, {}}, cause);
  }
  row.origin = origin;
}

// What nobody scanned moves as a number; what was scanned has left the box.
void PostBox(const crypto::Hash& cause, const BoxVerdict& verdict, BoxRow& row, Moves& moves) {
  const ledger::Place centre{Account::kCentre, {}};
  const ledger::Place unknown{Account::kUnknownOrigin, {}};
  if (row.place != verdict.place) moves.Add(row.place, verdict.place, cause, row.unidentified);
  moves.Add(centre, verdict.place, cause, verdict.unidentified - row.unidentified);
  moves.Add(verdict.place, centre, cause, row.unidentified - verdict.unidentified);
  moves.Add(unknown, centre, cause, verdict.excess - row.excess);
  moves.Add(centre, unknown, cause, row.excess - verdict.excess);
  row.place = verdict.place;
  row.unidentified = verdict.unidentified;
  row.excess = verdict.excess;
  row.quantity = verdict.quantity;
}

void PostStock(const Verdicts& verdicts, const Touched& touched, Rows& rows, Resident& resident,
               Effects& effects) {
  Moves moves;
  for (const auto& [serial, verdict] : verdicts.blanks) {
    BlankRow& row = rows.blanks.at(serial);
    effects.changed.blanks.insert(serial);
    PostOrigin(verdict.origin, touched.blanks.at(serial), row, moves);
    if (row.allotted_again != verdict.allotted_again) {
      row.allotted_again = verdict.allotted_again;
      uint64_t& count = resident.centre.allotted_again;
      count = verdict.allotted_again ? count + 1 : count - 1;
      effects.centre = true;
    }
    if (row.place == verdict.place) continue;
    moves.Add(row.place, verdict.place, touched.blanks.at(serial));
    if (row.place.account == Account::kDistrictStock) {
      resident.centre.district_stock.Remove(serial);
      effects.centre = true;
    }
    if (verdict.place.account == Account::kDistrictStock) {
      resident.centre.district_stock.Insert(serial);
      effects.centre = true;
    }
    row.place = verdict.place;
  }
  for (const auto& [box, verdict] : verdicts.boxes) {
    effects.changed.boxes.insert(box);
    BoxRow& row = rows.boxes.at(box);
    if (row.quantity != verdict.quantity) {
      resident.centre.in_boxes += static_cast<uint64_t>(verdict.quantity - row.quantity);
      effects.centre = true;
    }
    PostBox(touched.boxes.at(box), verdict, row, moves);
  }
  if (!verdicts.boxes.empty()) moves.JoinThroughCentre();
  effects.moves = touched.moves;
  moves.AppendTo(effects.moves);
}

class PrrPosting {
 public:
  PrrPosting(const Settings& settings, Mode mode, Resident& resident, Effects& effects)
      : settings_(settings), mode_(mode), resident_(resident), effects_(effects) {}

  void Post(const PrrId& prr, const PrrVerdict& verdict, const ItemsBefore& before, PrrRow& row) {
    effects_.changed.prrs.insert(prr);
    PostState(verdict, row);
    PostWaiting(prr, row);
    if (mode_ == Mode::kLive) {
      TellHolders(prr, before, row.facts);
      PostOverlaps(prr, verdict, row.facts);
    }
  }

 private:
  void PostState(const PrrVerdict& verdict, PrrRow& row) {
    if (row.state == verdict.state && row.holder == verdict.holder) return;
    if (row.state != PrrState::kAbsent) --effects_.tally[{row.state, row.holder}];
    if (verdict.state != PrrState::kAbsent) ++effects_.tally[{verdict.state, verdict.holder}];
    row.state = verdict.state;
    row.holder = verdict.holder;
  }

  void PostWaiting(const PrrId& prr, PrrRow& row) {
    NodeId office;
    if (row.state == PrrState::kWaiting || row.state == PrrState::kReleased) {
      office = NextHolder(settings_, prr, row.facts);
    }
    if (office == row.waiting_for) return;
    if (!row.waiting_for.empty()) effects_.waiting_removed.emplace_back(row.waiting_for, prr);
    if (!office.empty()) effects_.waiting_added.emplace_back(office, prr);
    row.waiting_for = office;
  }

  // Every node that holds or held the lease is told what changed for it.
  void TellHolders(const PrrId& prr, const ItemsBefore& before, PrrFacts& facts) {
    std::set<NodeId> holders;
    for (const GrantFact& grant : facts.grants) holders.insert(grant.node);
    for (const NodeId& node : holders) {
      const std::optional<domain::PrrItem> item = ItemFor(prr, facts, node);
      const auto told = before.find(node);
      if (!item.has_value() || (told != before.end() && told->second == *item)) continue;
      TellNode(node, domain::PrrFeedKey(prr), *item, resident_, effects_);
      const uint64_t position = effects_.feed.back().position;
      if (told != before.end() && told->second.lease_holder == node && item->lease_holder != node) {
        facts.lease_removals.push_back(
            {.node = node, .epoch = told->second.lease_epoch, .position = position});
      }
      if (item->withdrawn && (told == before.end() || !told->second.withdrawn)) {
        facts.withdrawal_marks.push_back({.node = node, .epoch = {}, .position = position});
      }
    }
  }

  // Lets a later intent of the old holder find this record again.
  void PostOverlaps(const PrrId& prr, const PrrVerdict& verdict, const PrrFacts& facts) {
    for (const Anomaly& anomaly : verdict.anomalies) {
      if (anomaly.kind != domain::CaseKind::kOverlapRisk) continue;
      for (const FeedMark& mark : facts.lease_removals) {
        NodeRow& node = resident_.nodes[mark.node];
        if (anomaly.settled) {
          node.open_overlaps.erase(prr);
        } else {
          node.open_overlaps[prr] = mark.position;
        }
        effects_.nodes.insert(mark.node);
      }
    }
  }

  const Settings& settings_;
  const Mode mode_;
  Resident& resident_;
  Effects& effects_;
};

void AddReport(const crypto::Hash& event, ReportRow report, Rows& rows, Effects& effects) {
  const std::string item = event.Hex();
  ReportRow& row = rows.reports[item];
  if (row.known) return;
  // In a replay the answer may be here first.
  const bool answered = row.state != ReportState::kPending;
  report.known = true;
  report.state = row.state;
  report.reason = row.reason;
  row = std::move(report);
  effects.changed.reports.insert(item);
  if (!answered) effects.reports_added.push_back(item);
}

void ReportCards(const JobFacts& job, domain::ReportKind kind,
                 const std::map<BlankSerial, const OutcomeFact*>& answers,
                 const std::set<BlankSerial>& before, Rows& rows, Effects& effects) {
  const IntentFact& intent = *JudgeJob(job).intent;
  for (const auto& [blank, answer] : answers) {
    if (before.contains(blank)) continue;
    AddReport(answer->fact.id,
              {.kind = kind,
               .prr = intent.prr,
               .prr_version = intent.prr_version,
               .blank = blank,
               .at_micros = answer->fact.wall_micros},
              rows, effects);
  }
}

// A job is reported when its card is found good or spoiled, once, also if two branches of a log say
// so. What was reported stays so when the answer is set aside: the new one is a report of its own.
void ReportJob(const JobFacts& job, const JobBefore& before, Rows& rows, Effects& effects) {
  if (job.intents.empty()) return;
  const FirstAnswers answers = ReadFirstAnswers(job);
  ReportCards(job, domain::ReportKind::kPrinted, answers.good, before.good, rows, effects);
  ReportCards(job, domain::ReportKind::kSpoiled, answers.spoiled, before.spoiled, rows, effects);
}

void PostReports(const Touched& touched, Rows& rows, Effects& effects) {
  for (const auto& [act, before] : touched.jobs) {
    ReportJob(rows.jobs.at(act), before, rows, effects);
  }
  for (const auto& [blank, spoil] : touched.new_spoils) {
    AddReport(spoil.fact.id,
              {.kind = domain::ReportKind::kSpoiled,
               .prr = {},
               .blank = blank,
               .at_micros = spoil.fact.wall_micros},
              rows, effects);
  }
  effects.reports_answered = touched.answered;
  effects.reports_retried = touched.retried;
  effects.reads = touched.reads;
}

void NoteChanged(const Touched& touched, Effects& effects) {
  for (const auto& [act, before] : touched.jobs) effects.changed.jobs.insert(act);
  effects.changed.transfers = touched.transfers;
  effects.changed.cases = touched.cases;
  effects.case_tally = touched.case_tally;
  effects.changed.actions = touched.actions;
  effects.changed.reports.insert(touched.reports.begin(), touched.reports.end());
  effects.changed.persons = touched.persons;
  for (const auto& [key, day] : touched.printer_days) effects.changed.printer_days.insert(key);
  effects.changed.names = touched.names;
  effects.changed.counts = touched.counts;
  effects.changed.figures = touched.figures;
  for (const auto& [batch, node] : touched.batches) effects.changed.batches.insert(batch);
  effects.nodes.insert(touched.nodes.begin(), touched.nodes.end());
  effects.centre = effects.centre || touched.centre;
}

}  // namespace

void TellNode(const NodeId& node, std::string key, decltype(FeedChange::body) body,
              Resident& resident, Effects& effects) {
  const uint64_t position = ++resident.nodes[node].feed_head;
  effects.nodes.insert(node);
  effects.feed.push_back(
      {.node = node, .position = position, .key = std::move(key), .body = std::move(body)});
}

void Post(const Settings& settings, Mode mode, const Verdicts& verdicts, const Touched& touched,
          Rows& rows, Resident& resident, Effects& effects) {
  PostStock(verdicts, touched, rows, resident, effects);
  PrrPosting posting(settings, mode, resident, effects);
  for (const auto& [prr, verdict] : verdicts.prrs) {
    posting.Post(prr, verdict, touched.prrs.at(prr), rows.prrs.at(prr));
  }
  PostReports(touched, rows, effects);
  NoteChanged(touched, effects);
}

}  // namespace keping::central
