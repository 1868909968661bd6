#include "central_node/store/queries.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "central_node/core/known_positions.h"
#include "central_node/store/replay.h"
#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

template <typename Row>
absl::Status ScanRows(const CentralNode& centre, absl::string_view prefix,
                      const std::function<absl::Status(absl::string_view id, Row row)>& visit) {
  absl::Status status;
  KEPING_RETURN_IF_ERROR(centre.store().Scan(
      prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view value) {
        absl::StatusOr<Row> row = DecodeRow<Row>(value);
        status = row.ok() ? visit(key.substr(prefix.size()), *std::move(row)) : row.status();
        return status.ok();
      }));
  return status;
}

// Adds what the row itself does not say: where the thing is, and what was ordered.
absl::Status Complete(const CentralNode& centre, CaseView& view) {
  for (const domain::ActionId& action : view.row.actions) {
    KEPING_ASSIGN_OR_RETURN(
        std::optional<ActionRow> row,
        FindStoredRow<ActionRow>(centre, storage::kActionRowPrefix, action.value()));
    if (row.has_value()) view.actions.emplace_back(action, *std::move(row));
  }
  if (!view.row.prr.empty()) {
    KEPING_ASSIGN_OR_RETURN(std::optional<PrrView> prr, ReadPrr(centre, view.row.prr));
    if (!prr.has_value()) return absl::OkStatus();
    view.node = prr->verdict.holder;
    for (const Anomaly& anomaly : prr->verdict.anomalies) {
      if (anomaly.kind == view.row.kind) view.node_knew = anomaly.node_knew;
    }
  } else if (!view.row.node.empty()) {
    view.node = view.row.node;
  } else if (view.row.blank.has_value()) {
    KEPING_ASSIGN_OR_RETURN(
        std::optional<BlankRow> blank,
        FindStoredRow<BlankRow>(centre, storage::kBlankRowPrefix, view.row.blank->text()));
    if (blank.has_value()) view.node = blank->place.holder;
  }
  return absl::OkStatus();
}

absl::StatusOr<CaseView> ViewOf(const CentralNode& centre, absl::string_view id, CaseRow row) {
  CaseView view;
  KEPING_ASSIGN_OR_RETURN(view.id, domain::CaseId::Parse(id));
  view.row = std::move(row);
  if (view.row.revision == 0) return view;
  view.policy = &PolicyFor(view.row.kind);
  KEPING_RETURN_IF_ERROR(Complete(centre, view));
  return view;
}

absl::Status ReadStreamClaims(const CentralNode& centre, size_t limit, uint64_t after_seq,
                              ClaimsView& view) {
  const std::string& node = view.node.value();
  const std::string& incarnation = view.incarnation.value();
  absl::Status status;
  KEPING_RETURN_IF_ERROR(centre.store().Scan(
      storage::ClaimEntryKey(node, incarnation, after_seq + 1),
      storage::ClaimEntryKey(node, incarnation, view.stream.claims_seq + 1),
      [&](absl::string_view, absl::string_view bytes) {
        absl::StatusOr<ArrivedEntry> entry = ReadArrivedEntry(bytes);
        status = entry.status();
        if (entry.ok()) view.claims.push_back({.entry = *std::move(entry), .signed_head = false});
        return status.ok() && view.claims.size() < limit;
      }));
  KEPING_RETURN_IF_ERROR(status);
  for (ClaimsView::Claim& claim : view.claims) {
    KEPING_ASSIGN_OR_RETURN(
        const std::optional<std::string> signature,
        centre.store().Get(storage::ClaimSignedHeadKey(node, incarnation, claim.entry.ref.seq)));
    claim.signed_head = signature.has_value();
  }
  return absl::OkStatus();
}

uint64_t CountOf(const CentralNode& centre, const domain::NodeId& node,
                 absl::Span<const PrrState> states) {
  uint64_t count = 0;
  for (PrrState state : states) {
    const auto found = centre.prr_tally().find({state, node});
    if (found != centre.prr_tally().end()) count += static_cast<uint64_t>(found->second);
  }
  return count;
}

}  // namespace

DistrictStatus StatusOf(const CentralNode& centre) {
  const CentreRow& row = centre.resident().centre;
  DistrictStatus status;
  status.generation = row.generation;
  status.generation_order = row.generation_order;
  status.log_seq = centre.log_head().seq;
  for (const auto& [key, count] : centre.prr_tally()) {
    if (count == 0) continue;
    status.prrs[key.first] += static_cast<uint64_t>(count);
    status.prr_received += static_cast<uint64_t>(count);
  }
  status.blanks_allotted = row.allotted.size() - row.allotted_again + row.in_boxes;
  status.nodes = centre.resident().nodes.size();
  status.closing = centre.balances().Close();
  status.conserved =
      status.closing.balanced &&
      static_cast<uint64_t>(status.closing.from_centre) == status.blanks_allotted &&
      static_cast<uint64_t>(status.closing.totals[ledger::Account::kDistrictStock]) ==
          row.district_stock.size();
  status.reports = centre.report_counts();
  status.cursors = centre.cursors();
  return status;
}

std::vector<StockLine> StockOf(const CentralNode& centre) {
  std::vector<StockLine> lines;
  for (const auto& [place, quantity] : centre.balances().places()) {
    if (quantity != 0) lines.push_back({.place = place, .quantity = quantity});
  }
  return lines;
}

std::vector<NodeStatus> NodesOf(const CentralNode& centre) {
  std::vector<NodeStatus> nodes;
  for (const auto& [id, row] : centre.resident().nodes) {
    NodeStatus status;
    status.node = id;
    status.incarnation = row.active;
    if (const auto stream = row.streams.find(row.active); stream != row.streams.end()) {
      const sync::Head held = centre.logs().End(id, row.active);
      status.proven_seq = held.seq;
      status.proven_hash = held.hash;
      status.skipped = stream->second.skipped;
      status.public_key = stream->second.public_key;
      const auto& ends = stream->second.ends;
      if (!ends.empty()) status.end = ends.rbegin()->first;
    }
    status.feed_head = row.feed_head;
    status.unsettled = row.unsettled;
    status.last_contact = centre.last_contact(id);
    status.prrs_leased = CountOf(centre, id, kLeasedStates);
    status.prrs_printed = CountOf(centre, id, {PrrState::kPrinted});
    status.blanks =
        static_cast<uint64_t>(centre.balances().At({ledger::Account::kNodeStock, id}) +
                              centre.balances().At({ledger::Account::kUnidentified, id}));
    nodes.push_back(std::move(status));
  }
  return nodes;
}

absl::StatusOr<std::vector<CaseView>> ReadCases(const CentralNode& centre,
                                                const CaseFilter& filter) {
  std::vector<CaseView> cases;
  const auto wanted = [&](const CaseRow& row) {
    return row.revision > 0 && !(filter.open_only && row.state == domain::CaseState::kClosed) &&
           (filter.kinds.empty() || filter.kinds.contains(row.kind));
  };
  const auto add = [&](absl::string_view id, CaseRow row) -> absl::Status {
    KEPING_ASSIGN_OR_RETURN(CaseView view, ViewOf(centre, id, std::move(row)));
    if (filter.node.empty() || view.node == filter.node) cases.push_back(std::move(view));
    return absl::OkStatus();
  };
  std::string from = std::string(storage::kCaseRowPrefix);
  if (!filter.after.empty()) {
    from = absl::StrCat(from, filter.after.value(), absl::string_view("\0", 1));
  }
  absl::Status status;
  KEPING_RETURN_IF_ERROR(centre.store().Scan(
      from, storage::PrefixEnd(storage::kCaseRowPrefix),
      [&](absl::string_view key, absl::string_view value) {
        absl::StatusOr<CaseRow> row = DecodeRow<CaseRow>(value);
        status = row.status();
        if (row.ok() && wanted(*row)) status = add(key.substr(1), *std::move(row));
        return status.ok() && (filter.limit == 0 || cases.size() < filter.limit);
      }));
  KEPING_RETURN_IF_ERROR(status);
  return cases;
}

absl::StatusOr<std::map<domain::CaseState, uint64_t>> CountCases(const CentralNode& centre) {
  std::map<domain::CaseState, uint64_t> counts;
  KEPING_RETURN_IF_ERROR(ScanRows<CaseRow>(centre, storage::kCaseRowPrefix,
                                           [&](absl::string_view, const CaseRow& row) {
                                             if (row.revision > 0) ++counts[row.state];
                                             return absl::OkStatus();
                                           }));
  return counts;
}

absl::StatusOr<uint64_t> CountOpenCases(const CentralNode& centre) {
  KEPING_ASSIGN_OR_RETURN(const auto counts, CountCases(centre));
  uint64_t open = 0;
  for (const auto& [state, cases] : counts) {
    if (state != domain::CaseState::kClosed) open += cases;
  }
  return open;
}

absl::StatusOr<std::map<domain::CaseKind, uint64_t>> CountOpenCasesByKind(
    const CentralNode& centre) {
  std::map<domain::CaseKind, uint64_t> counts;
  KEPING_RETURN_IF_ERROR(ScanRows<CaseRow>(
      centre, storage::kCaseRowPrefix, [&](absl::string_view, const CaseRow& row) {
        if (row.revision > 0 && row.state != domain::CaseState::kClosed) ++counts[row.kind];
        return absl::OkStatus();
      }));
  return counts;
}

absl::StatusOr<std::optional<CaseView>> ReadCase(const CentralNode& centre,
                                                 const domain::CaseId& id) {
  KEPING_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                          centre.store().Get(absl::StrCat(storage::kCaseRowPrefix, id.value())));
  if (!bytes.has_value()) return std::optional<CaseView>();
  KEPING_ASSIGN_OR_RETURN(CaseRow row, DecodeRow<CaseRow>(*bytes));
  KEPING_ASSIGN_OR_RETURN(CaseView view, ViewOf(centre, id.value(), std::move(row)));
  if (view.row.revision == 0) return std::optional<CaseView>();
  return std::optional<CaseView>(std::move(view));
}

absl::StatusOr<std::vector<ClaimsView>> ReadClaims(const CentralNode& centre,
                                                   const domain::NodeId& node, size_t limit,
                                                   uint64_t after_seq) {
  std::vector<ClaimsView> views;
  for (const auto& [id, row] : centre.resident().nodes) {
    if (!node.empty() && id != node) continue;
    for (const auto& [incarnation, stream] : row.streams) {
      if (stream.claims_seq == 0) continue;
      ClaimsView view{.node = id, .incarnation = incarnation, .stream = stream, .claims = {}};
      KEPING_RETURN_IF_ERROR(ReadStreamClaims(centre, limit, after_seq, view));
      views.push_back(std::move(view));
    }
  }
  return views;
}

absl::StatusOr<std::optional<PrrView>> ReadPrr(const CentralNode& centre,
                                               const domain::PrrId& prr) {
  KEPING_ASSIGN_OR_RETURN(std::optional<PrrRow> row,
                          FindStoredRow<PrrRow>(centre, storage::kPrrRowPrefix, prr.value()));
  if (!row.has_value()) return std::optional<PrrView>();
  Jobs jobs;
  for (const domain::ActId& act : row->facts.jobs) {
    KEPING_ASSIGN_OR_RETURN(std::optional<JobFacts> job,
                            FindStoredRow<JobFacts>(centre, storage::kJobRowPrefix, act.value()));
    jobs[act] = job.value_or(JobFacts());
  }
  PrrView view;
  view.lease = CurrentLease(row->facts);
  view.verdict = JudgePrr(row->facts, jobs, KnownTo(row->facts, centre.resident()));
  view.row = *std::move(row);
  return std::optional<PrrView>(std::move(view));
}

absl::StatusOr<std::vector<NamedReport>> ReadRejectedReports(const CentralNode& centre) {
  std::vector<NamedReport> rejected;
  KEPING_RETURN_IF_ERROR(ScanRows<ReportRow>(
      centre, storage::kReportRowPrefix, [&](absl::string_view item, ReportRow row) {
        if (row.state == ReportState::kRejected) {
          rejected.push_back({.item = std::string(item), .row = std::move(row)});
        }
        return absl::OkStatus();
      }));
  return rejected;
}

}  // namespace keping::central
