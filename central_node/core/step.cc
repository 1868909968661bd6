#include "central_node/core/step.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "central_node/core/case_decisions.h"
#include "central_node/core/event_origin.h"
#include "central_node/core/findings.h"
#include "central_node/core/home_office.h"
#include "central_node/core/joined_names.h"
#include "central_node/core/judge_blank.h"
#include "central_node/core/judge_box.h"
#include "central_node/core/judge_prr.h"
#include "central_node/core/judge_stream.h"
#include "central_node/core/judge_transfer.h"
#include "central_node/core/known_positions.h"
#include "central_node/core/lease.h"
#include "central_node/core/node_end.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/step_run.h"
#include "common/base/check.h"

namespace keping::central {

using domain::NodeId;
using domain::PrrId;

Effects Run::Execute(const Input& input) {
  std::visit([this](const auto& one) { On(one); }, input);
  if (mode_ == Mode::kLive) DecideLeases();
  folder_.CountFigures();
  folder_.AttributeBirths();
  Judge();
  if (mode_ == Mode::kLive) DecideCases();
  folder_.CountFigures();
  Post(settings_, mode_, verdicts_, folder_.touched(), rows_, resident_, effects_);
  return std::move(effects_);
}

void Run::On(const EntriesArrived& input) {
  if (input.forked.has_value() && mode_ == Mode::kLive) Append(*input.forked);
  TouchGaps(input.node, input.incarnation);
  NodeRow& node = resident_.nodes[input.node];
  StreamHead& head = node.streams[input.incarnation];
  if (head.seq == 0) head.stale_grants = input.shared_grants;
  for (const ArrivedEntry& entry : input.entries) {
    KEPING_CHECK(entry.ref.seq == std::max(head.seq + 1, head.branch_seq),
                 "a segment continues what is held");
    NoteClock(entry.ref, head);
    head.seq = entry.ref.seq;
    head.hash = entry.ref.id;
    if (entry.event.has_value() && !IsOfCentre(*entry.event)) {
      folder_.Fold(entry.ref, *entry.event);
      if (mode_ == Mode::kLive) TellBorrower(*entry.event);
    } else {
      ++head.skipped;
    }
  }
  if (mode_ == Mode::kLive) TellTransfersAgain();
  effects_.nodes.insert(input.node);
}

void Run::NoteClock(const FactRef& ref, StreamHead& head) {
  if (WasSetBack(head.wall_micros, ref) && head.clock_jumps.size() < kMostClockJumps) {
    head.clock_jumps.insert(ref.id);
    folder_.TouchStream(ref.node, ref.incarnation);
  }
  head.wall_micros = ref.wall_micros;
}

// What a node had been told of before the centre was set back is on its way again.
void Run::TellTransfersAgain() {
  for (const auto& [key, told] : folder_.touched().told_before) {
    const auto& [node, transfer] = key;
    if (!rows_.transfers.at(transfer).facts.receipts.empty()) continue;
    Tell(node, domain::TransferFeedKey(transfer),
         domain::TransferItem{.transfer = transfer, .serials = told.serials, .boxes = told.boxes});
  }
}

// Its slip may be lost; a link tells it all the same.
void Run::TellBorrower(const domain::Event& event) {
  const auto* lent = std::get_if<domain::BlanksLent>(&event);
  if (lent == nullptr || !resident_.nodes.contains(lent->to)) return;
  Tell(lent->to, domain::TransferFeedKey(lent->transfer),
       domain::TransferItem{.transfer = lent->transfer, .serials = lent->blanks});
}

void Run::On(const RollbackFound& input) { Append(input.rollback); }

void Run::On(const GapFound& input) { Append(input.gap); }

void Run::TouchGaps(const NodeId& node, const domain::IncarnationId& incarnation) {
  for (const auto& stream : OpenGaps(resident_.nodes[node], incarnation)) {
    folder_.TouchStream(node, stream);
  }
}

void Run::On(const CentralEntriesReplayed& input) {
  for (const ArrivedEntry& entry : input.entries) {
    if (entry.event.has_value()) folder_.Fold(entry.ref, *entry.event);
  }
}

void Run::On(const RecordsArrived& input) {
  for (const domain::PrrReceived& record : input.records) {
    const std::vector<VersionFact>& known = rows_.prrs[record.prr].facts.versions;
    const bool repeated = std::any_of(known.begin(), known.end(), [&](const VersionFact& one) {
      return one.version == record.version;
    });
    if (!repeated) Append(record);
  }
}

void Run::On(const WithdrawalsArrived& input) {
  for (const domain::PrrWithdrawn& withdrawal : input.withdrawals) {
    const std::vector<WithdrawalFact>& known = rows_.prrs[withdrawal.prr].facts.withdrawals;
    const bool repeated = std::any_of(known.begin(), known.end(), [&](const WithdrawalFact& one) {
      return one.version == withdrawal.version;
    });
    if (!repeated) Append(withdrawal);
  }
}

void Run::On(const AllotmentsArrived& input) {
  for (const domain::AllotmentReceived& allotment : input.allotments) {
    if (!resident_.centre.allotments.contains(allotment.allotment)) Append(allotment);
  }
}

void Run::On(const ReportAnswersArrived& input) {
  for (const domain::ReportAnswered& answer : input.answers) {
    const ReportRow& report = rows_.reports[answer.item];
    if (!report.known || report.state != ReportState::kPending) continue;
    domain::ReportAnswered event = answer;
    event.kind = report.kind;
    Append(event);
  }
}

void Run::Append(const domain::Event& event) {
  KEPING_CHECK(mode_ == Mode::kLive, "a replay decides nothing");
  folder_.Fold(sink_.Append(event), event);
}

void Run::Tell(const NodeId& node, std::string key, decltype(FeedChange::body) body) {
  TellNode(node, std::move(key), std::move(body), resident_, effects_);
}

void Run::Grant(const PrrId& prr, const NodeId& node, bool forced, const domain::OperatorId& by) {
  Append(domain::LeaseGranted{
      .prr = prr,
      .node = node,
      .epoch = NextEpoch(rows_.prrs[prr].facts, resident_.centre.generation_order),
      .forced = forced,
      .by = by});
}

void Run::DecideLeases() {
  std::vector<PrrId> prrs;
  for (const auto& [prr, before] : folder_.touched().prrs) prrs.push_back(prr);
  for (const PrrId& prr : prrs) DecideLease(prr, rows_.prrs[prr]);
}

void Run::DecideLease(const PrrId& prr, const PrrRow& row) {
  if (CurrentVersion(row.facts) == nullptr || IsWithdrawn(row.facts)) return;
  if (Unheard(prr, row.facts) > 0) return;
  const NodeId next = NextHolder(settings_, prr, row.facts);
  if (next.empty() || !resident_.nodes.contains(next)) return;
  // Until the office is enrolled again.
  if (IsClosed(resident_.nodes.at(next))) return;
  if (!JudgePrr(row.facts, rows_.jobs, {}).good_cards.empty()) return;
  Grant(prr, next, false);
}

void Run::Judge() {
  const Touched& touched = folder_.touched();
  for (const auto& [prr, before] : touched.prrs) {
    const PrrFacts& facts = rows_.prrs.at(prr).facts;
    verdicts_.prrs[prr] = JudgePrr(facts, rows_.jobs, KnownTo(facts, resident_), StepsIn(rows_));
  }
  for (const auto& [serial, cause] : touched.blanks) {
    verdicts_.blanks[serial] = JudgeNamed(serial, rows_.blanks, rows_.jobs);
  }
  for (const auto& [box, cause] : touched.boxes) {
    verdicts_.boxes[box] = JudgeBox(rows_.boxes.at(box).facts);
  }
  JudgeTransfers();
  tails_ = CountUnsettled(verdicts_, rows_, resident_);
  effects_.nodes.insert(tails_.begin(), tails_.end());
  tails_.insert(folder_.touched().tails.begin(), folder_.touched().tails.end());
}

// A transfer that nobody wrote a receipt for waits with its destination for the days to end.
void Run::JudgeTransfers() {
  for (const domain::TransferId& transfer : folder_.touched().transfers) {
    const TransferFacts& facts = rows_.transfers.at(transfer).facts;
    const bool open = !facts.dispatches.empty() && facts.receipts.empty();
    bool overdue = false;
    for (const TransferDispatchFact& one : facts.dispatches) {
      const auto node = resident_.nodes.find(one.node);
      if (node == resident_.nodes.end()) continue;
      overdue = overdue || ClosedDaysSince(settings_, node->second, one.fact) >=
                               resident_.centre.policy.silent_transfer_days;
      auto& waiting = node->second.open_transfers;
      const bool changed = open ? waiting.insert(transfer).second : waiting.erase(transfer) > 0;
      if (changed) effects_.nodes.insert(one.node);
    }
    verdicts_.transfers[transfer] = JudgeTransfer(facts, overdue);
  }
}

void Run::DecideCases() {
  const std::vector<Finding> findings = FindOthers(settings_, folder_.touched(), rows_, resident_);
  for (const CaseDecision& decision :
       central::DecideCases({folder_.touched(), verdicts_, tails_, findings, rows_, resident_})) {
    Append(decision.changed);
    for (const domain::ActionOrdered& ordered : decision.ordered) Order(ordered);
  }
}

void Run::Order(const domain::ActionOrdered& order) {
  Append(order);
  if (order.blank.has_value()) JudgeAgain(*order.blank);
  Tell(order.node, domain::ActionFeedKey(order.action),
       domain::ActionItem{.action = order.action,
                          .kind = order.kind,
                          .case_id = order.case_id,
                          .prr = order.prr,
                          .blank = order.blank});
}

// Of what is ordered again after a set-back, the office may have said already that it is done.
void Run::JudgeAgain(const domain::BlankSerial& serial) {
  if (!folder_.touched().blanks.contains(serial)) return;
  verdicts_.blanks[serial] = JudgeNamed(serial, rows_.blanks, rows_.jobs);
}

Effects Step(const Settings& settings, Mode mode, const Input& input, EventSink& sink, Rows& rows,
             Resident& resident) {
  return Run(settings, mode, sink, rows, resident).Execute(input);
}

}  // namespace keping::central
