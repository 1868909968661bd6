// What screens and commands ask of the central node: read only, straight from the store.
//
//   DistrictStatus status = StatusOf(*centre);
//   KEPING_ASSIGN_OR_RETURN(std::vector<CaseView> cases, ReadCases(*centre));
#ifndef KEPING_CENTRAL_NODE_STORE_QUERIES_H_
#define KEPING_CENTRAL_NODE_STORE_QUERIES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/judge_prr.h"
#include "central_node/store/central_node.h"
#include "common/ledger/balances.h"

namespace keping::central {

struct DistrictStatus {
  domain::GenerationId generation;
  uint32_t generation_order = 0;
  uint64_t log_seq = 0;       // of the centre's own log
  uint64_t prr_received = 0;  // records with at least one version
  std::map<PrrState, uint64_t> prrs;
  uint64_t blanks_allotted = 0;  // one that is allotted under both of its names counts once
  uint64_t nodes = 0;
  ledger::Closing closing;
  // The ledger closes, and what it took from the centre is what the allotments say.
  bool conserved = false;
  ReportCounts reports;
  NationalCursors cursors;
};

DistrictStatus StatusOf(const CentralNode& centre);

// Blanks by account and holder, without empty ones; sources are negative.
struct StockLine {
  ledger::Place place;
  int64_t quantity = 0;
};
std::vector<StockLine> StockOf(const CentralNode& centre);

struct NodeStatus {
  domain::NodeId node;
  domain::IncarnationId incarnation;  // the active one
  uint64_t proven_seq = 0;
  crypto::Hash proven_hash;
  std::string public_key;  // of the active incarnation, 32 bytes
  uint64_t skipped = 0;    // entries kept that this version cannot read
  uint64_t feed_head = 0;
  std::optional<absl::Time> last_contact;
  uint64_t prrs_leased = 0;  // waiting, printing or in doubt at the node
  uint64_t prrs_printed = 0;
  uint64_t blanks = 0;                 // in its stock, those in boxes too
  std::optional<domain::NodeEnd> end;  // of the active incarnation
  uint64_t unsettled = 0;              // of what it held when it was lost
};
std::vector<NodeStatus> NodesOf(const CentralNode& centre);

struct CaseView {
  domain::CaseId id;
  CaseRow row;
  const PolicyRow* policy = nullptr;
  domain::NodeId node;     // where the card, or the blank, is; may be empty
  bool node_knew = false;  // of a withdrawn record: it had been told before it printed
  std::vector<std::pair<domain::ActionId, ActionRow>> actions;
};
// Which cases a list shows.
struct CaseFilter {
  bool open_only = false;
  std::set<domain::CaseKind> kinds;  // empty: of all kinds
  domain::NodeId node;               // empty: everywhere
  domain::CaseId after;              // goes on behind this one; empty: from the first
  size_t limit = 0;                  // 0: all
};
// In the order of their ids, closed ones too.
absl::StatusOr<std::vector<CaseView>> ReadCases(const CentralNode& centre,
                                                const CaseFilter& filter = {});
// Reads all of them.
absl::StatusOr<std::map<domain::CaseState, uint64_t>> CountCases(const CentralNode& centre);
absl::StatusOr<uint64_t> CountOpenCases(const CentralNode& centre);
absl::StatusOr<std::map<domain::CaseKind, uint64_t>> CountOpenCasesByKind(
    const CentralNode& centre);
// Nullopt when there is no such case.
absl::StatusOr<std::optional<CaseView>> ReadCase(const CentralNode& centre,
                                                 const domain::CaseId& id);

// What an incarnation sent after it was revoked or retired.
struct ClaimsView {
  struct Claim {
    ArrivedEntry entry;
    bool signed_head = false;  // the node signed its log up to here
  };

  domain::NodeId node;
  domain::IncarnationId incarnation;
  StreamHead stream;
  std::vector<Claim> claims;  // not accepted yet; the first `limit` behind `after_seq`
};
// Of one node, or of all (empty); incarnations that sent nothing after their end are left out.
absl::StatusOr<std::vector<ClaimsView>> ReadClaims(const CentralNode& centre,
                                                   const domain::NodeId& node, size_t limit,
                                                   uint64_t after_seq = 0);

struct PrrView {
  PrrRow row;
  Lease lease;
  PrrVerdict verdict;
};
// Nullopt when the record is not known.
absl::StatusOr<std::optional<PrrView>> ReadPrr(const CentralNode& centre, const domain::PrrId& prr);

// Reports that the national centre refused.
absl::StatusOr<std::vector<NamedReport>> ReadRejectedReports(const CentralNode& centre);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_QUERIES_H_
