#include "central_node/console/console.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "central_node/console/case_message.h"
#include "central_node/console/command.h"
#include "central_node/console/page.h"
#include "central_node/console/remark_message.h"
#include "central_node/core/node_end.h"
#include "central_node/store/queries.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/crypto/hash.h"
#include "common/domain/entry.h"
#include "common/domain/limits.h"
#include "common/ledger/account.h"
#include "common/wire/field_reader.h"

namespace keping::central {
namespace {

constexpr size_t kTransferIdBytes = 8;
constexpr size_t kMostBoxes = 1000;
// Of a head, as a screen shows it.
constexpr size_t kShortestCode = 8;

uint64_t Count(const DistrictStatus& status, absl::Span<const PrrState> states) {
  uint64_t count = 0;
  for (const PrrState state : states) {
    const auto found = status.prrs.find(state);
    if (found != status.prrs.end()) count += found->second;
  }
  return count;
}

// Of one answer.
constexpr uint32_t kMostCases = 1000;

}  // namespace

template <typename Input>
absl::Status Console::Command(const Input& command) {
  return Answer(ports_.node->Handle(ports_.clock->Now(), command), ports_.failed, *ports_.hub);
}

absl::StatusOr<v1::GetDistrictResponse> Console::GetDistrict(const v1::GetDistrictRequest&) {
  return ports_.facts;
}

absl::StatusOr<v1::GetStatusResponse> Console::GetStatus(const v1::GetStatusRequest&) {
  v1::GetStatusResponse response;
  response.set_district(ports_.district);
  FillRecords(response);
  for (const auto& [node, row] : ports_.node->resident().nodes) {
    response.set_nodes_connected(response.nodes_connected() + ports_.hub->connected(node));
    for (const auto& [incarnation, head] : row.streams) {
      response.set_node_entries(response.node_entries() +
                                ports_.node->logs().End(node, incarnation).seq);
    }
  }
  response.set_entries_to_judge(ports_.node->to_judge());
  response.set_centre_key(absl::BytesToHexString(ports_.centre_key));
  KEPING_ASSIGN_OR_RETURN(const uint64_t open, CountOpenCases(*ports_.node));
  response.set_cases_open(open);
  response.set_national_connected(ports_.national_connected());
  if (const std::optional<Remark> problem = ports_.national_problem()) {
    response.set_national_problem(problem->text);
    FillRemark(*problem, *response.mutable_national_remark());
  }
  response.set_bytes_received(ports_.bytes_received());
  response.set_bytes_sent(ports_.bytes_sent());
  FillDataKey(*response.mutable_data_key());
  return response;
}

void Console::FillDataKey(v1::DataKeyState& proto) const {
  const storage::SealedRows& rows = ports_.node->sealed_rows();
  const std::vector<crypto::KeyId>& named = rows.named_keys();
  proto.set_key_id(named.back().value());
  for (size_t i = 0; i + 1 < named.size(); ++i) proto.add_old_key_ids(named[i].value());
  proto.set_resealed_rows(rows.resealed_rows());
}

void Console::FillRecords(v1::GetStatusResponse& response) const {
  const DistrictStatus status = StatusOf(*ports_.node);
  response.set_generation(status.generation.value());
  for (const domain::NodeId& node : ports_.node->resident().centre.unheard) {
    response.add_nodes_unheard(node.value());
  }
  response.set_last_closed_days(base::ToEpochDays(ports_.node->resident().centre.last_closed_day));
  response.set_days_left_open(static_cast<uint32_t>(ports_.node->days_left_open()));
  response.set_destruction_unfinished(ports_.node->erasure().owed() > 0);
  response.set_log_entries(status.log_seq);
  response.set_nodes(status.nodes);
  response.set_prrs_received(status.prr_received);
  response.set_prrs_leased(Count(status, kLeasedStates));
  response.set_prrs_withdrawn(Count(status, {PrrState::kWithdrawn}));
  response.set_prrs_printed(Count(status, {PrrState::kPrinted}));
  response.set_blanks_allotted(status.blanks_allotted);
  response.set_reports_waiting(status.reports.pending);
  response.set_reports_confirmed(status.reports.accepted);
  response.set_reports_rejected(status.reports.rejected);
}

absl::StatusOr<v1::GetStockResponse> Console::GetStock(const v1::GetStockRequest&) {
  v1::GetStockResponse response;
  for (const StockLine& line : StockOf(*ports_.node)) {
    if (ledger::IsSource(line.place.account)) continue;
    v1::Balance& proto = *response.add_balances();
    proto.set_account(ledger::AccountName(line.place.account));
    proto.set_holder(line.place.holder.value());
    proto.set_quantity(static_cast<uint64_t>(line.quantity));
    response.set_accounted(response.accounted() + static_cast<uint64_t>(line.quantity));
  }
  const DistrictStatus status = StatusOf(*ports_.node);
  const ledger::Closing& closing = status.closing;
  response.set_issued(static_cast<uint64_t>(closing.from_centre + closing.from_other_districts +
                                            closing.from_opening_balance +
                                            closing.from_unknown_origin));
  response.set_from_other_districts(static_cast<uint64_t>(closing.from_other_districts));
  response.set_opened(static_cast<uint64_t>(closing.from_opening_balance));
  response.set_unaccounted(static_cast<uint64_t>(closing.from_unknown_origin));
  response.set_balanced(status.conserved);
  return response;
}

absl::StatusOr<v1::ListNodesResponse> Console::ListNodes(const v1::ListNodesRequest& request) {
  v1::ListNodesResponse response;
  Page page(request.page_size(), request.page_token());
  for (const NodeStatus& status : NodesOf(*ports_.node)) {
    const bool connected = ports_.hub->connected(status.node);
    if (request.has_connected() && connected != request.connected()) continue;
    if (!page.Takes(status.node.value())) continue;
    v1::Node& proto = *response.add_nodes();
    proto.set_node(status.node.value());
    proto.set_incarnation(status.incarnation.value());
    proto.set_connected(connected);
    proto.set_proven_seq(status.proven_seq);
    if (status.proven_seq > 0) proto.set_proof_code(status.proven_hash.ShortHex());
    if (status.last_contact.has_value()) {
      proto.set_last_contact_micros(absl::ToUnixMicros(*status.last_contact));
    }
    proto.set_feed_position(ports_.hub->feed_position(status.node));
    proto.set_feed_head(status.feed_head);
    proto.set_problem(ports_.hub->problem(status.node));
    proto.set_public_key(absl::BytesToHexString(status.public_key));
    if (status.end.has_value()) proto.set_ended(EndWord(*status.end));
    proto.set_unsettled(status.unsettled);
    proto.set_records_left(status.prrs_leased);
    proto.set_blanks_left(status.blanks);
    proto.set_days_left(
        static_cast<uint32_t>(std::min(status.prrs_leased, status.blanks) / ports_.cards_per_day));
    if (proto.connected()) {
      proto.set_certificate_until_micros(
          absl::ToUnixMicros(ports_.hub->certified_until(status.node)));
    }
  }
  response.set_next_page_token(page.next());
  return response;
}

absl::StatusOr<v1::CompareHeadResponse> Console::CompareHead(
    const v1::CompareHeadRequest& request) {
  const std::pair<std::string, std::string> log =
      absl::StrSplit(request.log(), absl::MaxSplits('/', 1));
  wire::FieldReader read("CompareHeadRequest");
  const auto node = read.Id<domain::NodeId>("log", log.first);
  auto incarnation = read.OptionalId<domain::IncarnationId>("log", log.second);
  KEPING_RETURN_IF_ERROR(read.status());
  const std::string code = absl::AsciiStrToLower(request.code());
  if (request.seq() == 0 || code.size() < kShortestCode || code.size() > 2 * crypto::Hash::kSize ||
      !absl::c_all_of(code, absl::ascii_isxdigit)) {
    return absl::InvalidArgumentError(
        absl::StrCat("got entry ", request.seq(), " and code ", request.code(),
                     ", want a number "
                     "from 1 and 8 to 64 hexadecimal digits, as the office's screen shows them"));
  }
  const auto row = ports_.node->resident().nodes.find(node);
  if (row != ports_.node->resident().nodes.end() && incarnation.empty()) {
    incarnation = row->second.active;
  }
  if (row == ports_.node->resident().nodes.end() || !row->second.streams.contains(incarnation)) {
    return absl::NotFoundError(
        absl::StrCat("log: got ", request.log(), ", want a node that is enrolled here"));
  }
  v1::CompareHeadResponse response;
  response.set_node(node.value());
  response.set_incarnation(incarnation.value());
  response.set_seq(request.seq());
  response.set_comparison(v1::HEAD_COMPARISON_NOT_HELD);
  // A log that goes on twice is held as two streams, and is the same as either.
  for (const auto& [id, head] : row->second.streams) {
    if (id != incarnation && head.branch_of != incarnation) continue;
    const uint64_t end = ports_.node->logs().End(node, id).seq;
    response.set_held_seq(std::max(response.held_seq(), end));
    if (request.seq() > end || request.seq() < head.branch_seq) continue;
    KEPING_ASSIGN_OR_RETURN(const std::string entry,
                            ports_.node->logs().EntryAt(node, id, request.seq()));
    const crypto::Hash hash = domain::HashEntryBytes(entry);
    if (absl::StartsWith(hash.Hex(), code)) {
      response.set_comparison(v1::HEAD_COMPARISON_SAME);
      response.set_held_code(hash.ShortHex());
      return response;
    }
    response.set_comparison(v1::HEAD_COMPARISON_OTHER);
    response.set_held_code(hash.ShortHex());
  }
  return response;
}

absl::StatusOr<v1::ListCasesResponse> Console::ListCases(const v1::ListCasesRequest& request) {
  wire::FieldReader read("ListCasesRequest");
  CaseFilter filter{.open_only = request.open_only(),
                    .kinds = {},
                    .node = read.OptionalId<domain::NodeId>("node", request.node()),
                    .after = read.OptionalId<domain::CaseId>("page_token", request.page_token())};
  for (int kind : request.kinds()) {
    filter.kinds.insert(read.EnumValue("kinds", kind, domain::kLastCaseKind));
  }
  KEPING_RETURN_IF_ERROR(read.status());
  const uint32_t size = request.page_size() == 0 ? kMostCases : request.page_size();
  filter.limit = std::min(size, kMostCases);
  KEPING_ASSIGN_OR_RETURN(const std::vector<CaseView> cases, ReadCases(*ports_.node, filter));
  v1::ListCasesResponse response;
  for (const CaseView& view : cases) FillCase(view, *response.add_cases());
  if (cases.size() == filter.limit) response.set_next_page_token(cases.back().id.value());
  return response;
}

absl::StatusOr<v1::CreateEnrolmentCodeResponse> Console::CreateEnrolmentCode(
    const v1::CreateEnrolmentCodeRequest& request) {
  wire::FieldReader read("CreateEnrolmentCodeRequest");
  const auto node = read.Id<domain::NodeId>("node", request.node());
  const auto by = read.OptionalId<domain::OperatorId>("by", request.by());
  KEPING_RETURN_IF_ERROR(read.status());
  const std::vector<Office>& offices = ports_.node->options().settings.offices;
  if (std::none_of(offices.begin(), offices.end(),
                   [&](const Office& office) { return office.node == node; })) {
    return absl::InvalidArgumentError(
        absl::StrCat("node: got ", node.value(),
                     ", want the node_id of an office in the district's config; add it there and "
                     "start the centre again"));
  }
  v1::CreateEnrolmentCodeResponse response;
  KEPING_ASSIGN_OR_RETURN(*response.mutable_code(), ports_.desk->CreateCode(node, by));
  response.set_authority_fingerprint(ports_.authority_fingerprint);
  return response;
}

absl::StatusOr<v1::DispatchBlanksResponse> Console::DispatchBlanks(
    const v1::DispatchBlanksRequest& request) {
  wire::FieldReader read("DispatchBlanksRequest");
  const std::string id = request.transfer().empty()
                             ? absl::BytesToHexString(ports_.random(kTransferIdBytes))
                             : request.transfer();
  Dispatch command{.transfer = read.Id<domain::TransferId>("transfer", id),
                   .node = read.Id<domain::NodeId>("node", request.node()),
                   .quantity = request.quantity(),
                   .serials = read.Serials("serials", request.serials()),
                   .by = read.OptionalId<domain::OperatorId>("by", request.by()),
                   .second = read.OptionalId<domain::OperatorId>("second", request.second())};
  for (const std::string& box : request.boxes()) {
    command.boxes.insert(read.Id<domain::BoxId>("boxes", box));
  }
  KEPING_RETURN_IF_ERROR(read.status());
  if (command.quantity > 0 && !command.serials.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("got a quantity of ", command.quantity, " and ",
                                                   command.serials.size(),
                                                   " serials, want one of the two"));
  }
  const uint64_t blanks = std::max(command.quantity, command.serials.size());
  if (command.boxes.size() > kMostBoxes) {
    return absl::InvalidArgumentError(absl::StrCat("boxes: got ", command.boxes.size(),
                                                   ", want at most ", kMostBoxes,
                                                   " in one dispatch; send them in several"));
  }
  if (blanks > domain::kMaxBlanksOfAct) {
    return absl::InvalidArgumentError(absl::StrCat("got ", blanks, " blanks, want at most ",
                                                   domain::kMaxBlanksOfAct,
                                                   " in one dispatch; send them in several"));
  }
  KEPING_RETURN_IF_ERROR(Command(command));
  v1::DispatchBlanksResponse response;
  response.set_transfer(id);
  response.set_quantity(command.serials.empty() ? command.quantity : command.serials.size());
  response.set_boxes(static_cast<uint32_t>(command.boxes.size()));
  return response;
}

absl::StatusOr<v1::MoveLeaseResponse> Console::MoveLease(const v1::MoveLeaseRequest& request) {
  wire::FieldReader read("MoveLeaseRequest");
  const central::MoveLease command{.prr = read.Id<domain::PrrId>("prr", request.prr()),
                                   .to = read.Id<domain::NodeId>("to_node", request.to_node()),
                                   .forced = request.force(),
                                   .although_maybe_printed = request.although_maybe_printed(),
                                   .by = read.OptionalId<domain::OperatorId>("by", request.by())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(Command(command));
  return v1::MoveLeaseResponse();
}

}  // namespace keping::central
