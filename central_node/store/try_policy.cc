#include "central_node/store/try_policy.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/joined_names.h"
#include "central_node/core/judge_job.h"
#include "central_node/core/judge_stream.h"
#include "central_node/core/judge_transfer.h"
#include "central_node/core/node_end.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/policy_trial.h"
#include "central_node/store/named_blank.h"
#include "central_node/store/queries.h"
#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using domain::CaseKind;
using domain::CaseState;

// Where a page ends: in the cases there are, then in what may become one.
constexpr absl::string_view kCases = "cases/";
constexpr absl::string_view kTransfers = "transfers/";
constexpr absl::string_view kJobs = "jobs/";
constexpr absl::string_view kOffices = "offices/";

// Of the rows that may become a case most never will.
constexpr size_t kRowsPerCase = 10;

class Trying {
 public:
  Trying(const CentralNode& centre, const domain::Policy& tried, size_t limit)
      : centre_(centre), tried_(tried), limit_(std::max<size_t>(limit, 1)) {}

  absl::StatusOr<PolicyPage> From(absl::string_view after) {
    absl::string_view id = after;
    absl::Status status;
    if (after.empty() || absl::ConsumePrefix(&id, kCases)) {
      status = TryCases(id);
    } else if (absl::ConsumePrefix(&id, kTransfers)) {
      status = TryTransfers(id);
    } else if (absl::ConsumePrefix(&id, kJobs)) {
      status = TryJobs(id);
    } else if (absl::ConsumePrefix(&id, kOffices)) {
      status = TryOffices();
    } else {
      status = absl::InvalidArgumentError(
          absl::StrCat("page_token: got \"", after, "\", want the next_page_token of an answer"));
    }
    KEPING_RETURN_IF_ERROR(status);
    return std::move(page_);
  }

 private:
  // ---- Pages.

  // Visits at most `most` rows behind `after`; the page goes on in `part`, or in `next_part` when
  // there are no more.
  template <typename Row>
  absl::Status Visit(absl::string_view prefix, absl::string_view after, size_t most,
                     absl::string_view part, absl::string_view next_part,
                     const std::function<absl::Status(absl::string_view id, const Row&)>& visit) {
    std::string from(prefix);
    if (!after.empty()) absl::StrAppend(&from, after, absl::string_view("\0", 1));
    size_t seen = 0;
    absl::Status status;
    page_.next = std::string(next_part);
    KEPING_RETURN_IF_ERROR(centre_.store().Scan(
        from, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view value) {
          const absl::string_view id = key.substr(prefix.size());
          absl::StatusOr<Row> row = DecodeRow<Row>(value);
          status = row.ok() ? visit(id, *row) : row.status();
          if (++seen == most) page_.next = absl::StrCat(part, id);
          return status.ok() && seen < most;
        }));
    return status;
  }

  absl::Status TryCases(absl::string_view after) {
    return Visit<CaseRow>(storage::kCaseRowPrefix, after, limit_, kCases, kTransfers,
                          [this](absl::string_view, const CaseRow& row) {
                            return row.revision == 0 ? absl::OkStatus() : TryCase(row);
                          });
  }

  absl::Status TryTransfers(absl::string_view after) {
    if (!MayOpenMore(CaseKind::kTransferSilent)) return TryJobs("");
    return Visit<TransferRow>(storage::kTransferRowPrefix, after, limit_, kTransfers, kJobs,
                              [this](absl::string_view id, const TransferRow& row) {
                                return TryNew(CaseKind::kTransferSilent, id,
                                              WaitOfTransfer(row, nullptr));
                              });
  }

  absl::Status TryJobs(absl::string_view after) {
    if (!MayOpenMore(CaseKind::kDoubtUnresolved)) return TryOffices();
    return Visit<JobFacts>(storage::kJobRowPrefix, after, limit_ * kRowsPerCase, kJobs, kOffices,
                           [this](absl::string_view id, const JobFacts& job) {
                             return TryNew(CaseKind::kDoubtUnresolved, id, WaitOfJob(job, nullptr));
                           });
  }

  // A silence that ended without a case left nothing behind: only those that go on.
  absl::Status TryOffices() {
    page_.next.clear();
    if (!MayOpenMore(CaseKind::kNodeSilent)) return absl::OkStatus();
    for (const auto& [node, row] : centre_.resident().nodes) {
      if (IsClosed(row) || SilentDays(row) == 0) continue;
      KEPING_RETURN_IF_ERROR(TryNew(CaseKind::kNodeSilent, node.value(), WaitOfOffice(node, row)));
    }
    return absl::OkStatus();
  }

  bool MayOpenMore(CaseKind kind) const {
    const domain::Policy& now = centre_.resident().centre.policy;
    return DaysUntil(tried_, kind) < DaysUntil(now, kind) || tried_.holidays != now.holidays ||
           tried_.rest_days != now.rest_days;
  }

  // ---- Cases.

  void Add(const CaseGround& ground, const domain::CaseId& id, absl::string_view entity) {
    ++page_.looked_at;
    const auto trial = TryOn(ground, centre_.resident().centre, tried_);
    if (!trial.has_value()) return;
    page_.differences.push_back({.id = id,
                                 .kind = ground.kind,
                                 .entity = std::string(entity),
                                 .now = trial->now,
                                 .would_be = trial->would_be,
                                 .reason = trial->reason});
  }

  // What waits, or waited, and has no case.
  absl::Status TryNew(CaseKind kind, absl::string_view entity, const std::optional<Wait>& wait) {
    if (!wait.has_value()) return absl::OkStatus();
    const domain::CaseId id = CaseIdFor(kind, entity);
    KEPING_ASSIGN_OR_RETURN(const CaseRow row,
                            StoredRow<CaseRow>(centre_, storage::kCaseRowPrefix, id.value()));
    if (row.revision > 0) return absl::OkStatus();
    Add({.kind = kind, .wait = wait, .settled = wait->until.has_value()}, id, entity);
    return absl::OkStatus();
  }

  absl::Status TryCase(const CaseRow& row) {
    CaseGround ground{.kind = row.kind, .row = &row};
    if (DaysUntil(tried_, row.kind) > 0) {
      KEPING_ASSIGN_OR_RETURN(ground.wait, WaitOf(row));
      if (!ground.wait.has_value()) return CannotTell();
      ground.settled = ground.wait->until.has_value();
    } else if (row.kind == CaseKind::kBeyondStaleness) {
      KEPING_ASSIGN_OR_RETURN(const JobFacts job,
                              StoredRow<JobFacts>(centre_, storage::kJobRowPrefix, row.entity));
      if (!job.intents.empty()) ground.stale = job.intents.front().stale;
    } else {
      KEPING_ASSIGN_OR_RETURN(const std::optional<bool> settled, Settled(row));
      if (!settled.has_value()) return CannotTell();
      ground.settled = *settled;
    }
    Add(ground, CaseIdFor(row.kind, row.entity), row.entity);
    return absl::OkStatus();
  }

  absl::Status CannotTell() {
    ++page_.looked_at;
    ++page_.cannot_tell;
    return absl::OkStatus();
  }

  // ---- What cases waited for.

  absl::CivilDay DateOf(int64_t wall_micros) const {
    FactRef ref;
    ref.wall_micros = wall_micros;
    return DayOf(centre_.settings(), ref);
  }

  // The centre heard of the end when it closed the case; else the clock of the office says when.
  absl::CivilDay EndOf(const CaseRow* row, int64_t wall_micros) const {
    const bool closed_by_it = row != nullptr && row->state == CaseState::kClosed && !row->decided;
    return DateOf(closed_by_it ? row->closed_micros : wall_micros);
  }

  std::optional<Wait> WaitOfTransfer(const TransferRow& row, const CaseRow* of) const {
    if (row.facts.dispatches.empty()) return std::nullopt;
    const TransferDispatchFact& sent = row.facts.dispatches.front();
    Wait wait{.node = sent.node, .since = DayOf(centre_.settings(), sent.fact)};
    if (!row.facts.receipts.empty()) {
      wait.until = EndOf(of, row.facts.receipts.front().fact.wall_micros);
    }
    return wait;
  }

  std::optional<Wait> WaitOfJob(const JobFacts& job, const CaseRow* of) const {
    const JobVerdict verdict = JudgeJob(job);
    const bool doubted = std::any_of(job.outcomes.begin(), job.outcomes.end(), [](const auto& one) {
      return one.kind == OutcomeKind::kDoubted || one.kind == OutcomeKind::kAborted;
    });
    if (verdict.intent == nullptr || !doubted) return std::nullopt;
    Wait wait{.node = verdict.node, .since = DayOf(centre_.settings(), verdict.intent->fact)};
    if (verdict.state == JobState::kInDoubt) return wait;
    int64_t last = 0;
    for (const OutcomeFact& outcome : job.outcomes) last = std::max(last, outcome.fact.wall_micros);
    wait.until = EndOf(of, last);
    return wait;
  }

  Wait WaitOfOffice(const domain::NodeId& node, const NodeRow& row) const {
    return {.node = node,
            .since = centre_.resident().centre.last_closed_day,
            .until = {},
            .before = SilentDays(row)};
  }

  // Nullopt: what decides is not kept any more.
  absl::StatusOr<std::optional<Wait>> WaitOf(const CaseRow& row) const {
    if (row.kind == CaseKind::kTransferSilent) {
      KEPING_ASSIGN_OR_RETURN(
          const TransferRow transfer,
          StoredRow<TransferRow>(centre_, storage::kTransferRowPrefix, row.entity));
      return WaitOfTransfer(transfer, &row);
    }
    if (row.kind == CaseKind::kDoubtUnresolved) {
      KEPING_ASSIGN_OR_RETURN(const JobFacts job,
                              StoredRow<JobFacts>(centre_, storage::kJobRowPrefix, row.entity));
      return WaitOfJob(job, &row);
    }
    const auto node = centre_.resident().nodes.find(row.node);
    if (node == centre_.resident().nodes.end()) return std::optional<Wait>();
    if (row.state != CaseState::kClosed) return WaitOfOffice(row.node, node->second);
    // Opened once and closed once: the days that opened it are its evidence.
    if (row.revision != 2 || row.decided) return std::optional<Wait>();
    return Wait{.node = row.node,
                .since = DateOf(row.opened_micros) - 1,
                .until = DateOf(row.closed_micros),
                .before = static_cast<uint32_t>(row.evidence.size())};
  }

  // ---- Whether the facts settle a case now.

  // A closed case was settled; an open one is judged where its kind could close by itself. Nullopt:
  // that cannot be told without judging more than the case.
  absl::StatusOr<std::optional<bool>> Settled(const CaseRow& row) const {
    const bool matters = PolicyFor(row.kind).closes_by_itself && row.state != CaseState::kClosed;
    if (!matters) return std::optional<bool>(row.state == CaseState::kClosed);
    switch (row.kind) {
      case CaseKind::kOverDuty:
      case CaseKind::kClockChanged:
        return std::optional<bool>(true);
      case CaseKind::kLogGap:
      case CaseKind::kRevokedClaims:
      case CaseKind::kLostTail:
        return SettledAtOffice(row);
      case CaseKind::kLeaseBreach:
      case CaseKind::kOverlapRisk:
        return SettledOfRecord(row);
      case CaseKind::kWrongBlankBound:
        return SettledOfBlank(row);
      case CaseKind::kTransferDifference: {
        KEPING_ASSIGN_OR_RETURN(
            const TransferRow transfer,
            StoredRow<TransferRow>(centre_, storage::kTransferRowPrefix, row.entity));
        return Ends(JudgeTransfer(transfer.facts, false).anomalies, row.kind);
      }
      case CaseKind::kReportRejected: {
        KEPING_ASSIGN_OR_RETURN(
            const ReportRow report,
            StoredRow<ReportRow>(centre_, storage::kReportRowPrefix, row.entity));
        return std::optional<bool>(report.state != ReportState::kRejected);
      }
      default:
        // Without a rule that waits for a person the facts would have closed it.
        if (!WaitsForPerson(centre_.resident().centre.policy.rules, row.kind)) return false;
        return std::optional<bool>();
    }
  }

  static std::optional<bool> Ends(const std::vector<Anomaly>& anomalies, CaseKind kind) {
    const auto found = std::find_if(anomalies.begin(), anomalies.end(),
                                    [kind](const Anomaly& one) { return one.kind == kind; });
    return found == anomalies.end() || found->settled;
  }

  std::optional<bool> SettledAtOffice(const CaseRow& row) const {
    const auto node = centre_.resident().nodes.find(row.node);
    if (node == centre_.resident().nodes.end()) return std::nullopt;
    if (row.kind == CaseKind::kLostTail) return node->second.unsettled == 0;
    for (const auto& [incarnation, stream] : node->second.streams) {
      if (StreamEntity(row.node, incarnation) != row.entity) continue;
      if (row.kind == CaseKind::kLogGap) return MissingOf(node->second, incarnation).filled();
      const std::optional<Anomaly> claims = UnbelievedClaims(stream);
      return !claims.has_value() || claims->settled;
    }
    return std::nullopt;
  }

  absl::StatusOr<std::optional<bool>> SettledOfRecord(const CaseRow& row) const {
    KEPING_ASSIGN_OR_RETURN(const std::optional<PrrView> record, ReadPrr(centre_, row.prr));
    if (!record.has_value()) return std::optional<bool>();
    return Ends(record->verdict.anomalies, row.kind);
  }

  absl::StatusOr<std::optional<bool>> SettledOfBlank(const CaseRow& row) const {
    if (!row.blank.has_value()) return std::optional<bool>();
    Rows rows;
    KEPING_RETURN_IF_ERROR(LoadNamedBlank(centre_, *row.blank, rows));
    return Ends(JudgeNamed(*row.blank, rows.blanks, rows.jobs).anomalies, row.kind);
  }

  const CentralNode& centre_;
  const domain::Policy& tried_;
  const size_t limit_;
  PolicyPage page_;
};

}  // namespace

absl::StatusOr<PolicyPage> TryPolicy(const CentralNode& centre, const domain::Policy& tried,
                                     absl::string_view after, size_t limit) {
  return Trying(centre, tried, limit).From(after);
}

}  // namespace keping::central
