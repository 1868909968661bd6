#include "central_node/store/row_codec.h"

#include <utility>

#include "central_node/store/row_parts.h"

namespace keping::central {
namespace {

using wire::FieldReader;
using wire::Scratch;

template <typename Row>
void EncodeKinds(const std::set<domain::CaseKind>& kinds, Row& out) {
  for (domain::CaseKind kind : kinds) out.add_cases(static_cast<keping::log::v1::CaseKind>(kind));
}

template <typename Row>
std::set<domain::CaseKind> DecodeKinds(const Row& proto, FieldReader& read) {
  std::set<domain::CaseKind> kinds;
  for (int kind : proto.cases()) {
    kinds.insert(read.EnumValue("cases", kind, domain::kLastCaseKind));
  }
  return kinds;
}

void EncodeBlank(const std::optional<domain::BlankSerial>& blank, std::string* out) {
  if (blank.has_value()) *out = blank->text();
}

BlankRow Decode(const pb::BlankRow& proto, FieldReader& read) {
  return {.exists = true,
          .facts = {.issued = proto.issued(),
                    .dispatches = DecodeAll<DispatchFact>(proto.dispatches(), read),
                    .scans = DecodeAll<ScanFact>(proto.scans(), read),
                    .spoils = DecodeAll<SpoilFact>(proto.spoils(), read),
                    .corrections = DecodeAll<CorrectionFact>(proto.corrections(), read),
                    .openings = DecodeAll<OpeningFact>(proto.openings(), read),
                    .steps = DecodeAll<StepFact>(proto.steps(), read),
                    .losses = DecodeAll<LossFact>(proto.losses(), read),
                    .jobs = DecodeIds<domain::ActId>("jobs", proto.jobs(), read),
                    .births = DecodeAll<BirthFact>(proto.births(), read),
                    .loans = DecodeAll<LoanFact>(proto.loans(), read),
                    .names = DecodeAll<NameFact>(proto.names(), read)},
          .place = DecodePlace(proto.place(), read),
          .origin = read.EnumValue("origin", proto.origin(), ledger::kLastAccount),
          .allotted_again = proto.allotted_again(),
          .cases = DecodeKinds(proto, read)};
}

PrrRow Decode(const pb::PrrRow& proto, FieldReader& read) {
  PrrRow row;
  row.facts.versions = DecodeAll<VersionFact>(proto.versions(), read);
  row.facts.withdrawals = DecodeAll<WithdrawalFact>(proto.withdrawals(), read);
  row.facts.grants = DecodeAll<GrantFact>(proto.grants(), read);
  row.facts.requests = DecodeAll<ReleaseRequestFact>(proto.requests(), read);
  row.facts.releases = DecodeAll<ReleaseFact>(proto.releases(), read);
  row.facts.losses = DecodeAll<LeaseLossFact>(proto.losses(), read);
  row.facts.jobs = DecodeIds<domain::ActId>("jobs", proto.jobs(), read);
  row.facts.replaced_by = DecodeAll<ReplacementFact>(proto.replaced_by(), read);
  row.facts.same_person = DecodeIds<domain::PrrId>("same_person", proto.same_person(), read);
  row.facts.destructions = DecodeAll<DestructionFact>(proto.destructions(), read);
  row.facts.lease_removals = DecodeAll<FeedMark>(proto.local().lease_removals(), read);
  row.facts.withdrawal_marks = DecodeAll<FeedMark>(proto.local().withdrawal_marks(), read);
  if (proto.state() != pb::PRR_STATE_UNSPECIFIED) {
    row.state = read.EnumValue("state", proto.state(), PrrState::kMaybePrinted);
  }
  row.holder = read.OptionalId<domain::NodeId>("holder", proto.holder());
  row.cases = DecodeKinds(proto, read);
  row.waiting_for = read.OptionalId<domain::NodeId>("waiting_for", proto.local().waiting_for());
  return row;
}

JobFacts Decode(const pb::JobRow& proto, FieldReader& read) {
  return {.intents = DecodeAll<IntentFact>(proto.intents(), read),
          .outcomes = DecodeAll<OutcomeFact>(proto.outcomes(), read),
          .corrections = DecodeAll<CorrectionFact>(proto.corrections(), read),
          .cases = DecodeKinds(proto, read)};
}

TransferRow Decode(const pb::TransferRow& proto, FieldReader& read) {
  return {.facts = {.dispatches = DecodeAll<TransferDispatchFact>(proto.dispatches(), read),
                    .receipts = DecodeAll<ReceiptFact>(proto.receipts(), read)}};
}

CaseRow Decode(const pb::CaseRow& proto, FieldReader& read) {
  CaseRow row;
  // A row without a revision is known only by an action so far.
  if (proto.revision() > 0) {
    row.kind = read.EnumValue("kind", proto.kind(), domain::kLastCaseKind);
    row.state = read.EnumValue("state", proto.state(), domain::CaseState::kClosed);
  }
  row.revision = proto.revision();
  row.prr = read.OptionalId<domain::PrrId>("prr", proto.prr());
  row.blank = read.OptionalBlank("blank", proto.blank());
  row.node = read.OptionalId<domain::NodeId>("node", proto.node());
  row.evidence = DecodeHashes("evidence", proto.evidence(), read);
  row.actions = DecodeIds<domain::ActionId>("actions", proto.actions(), read);
  row.entity = proto.entity();
  row.decisions = DecodeAll<CaseDecisionFact>(proto.decisions(), read);
  row.decided = proto.decided();
  row.opened_micros = proto.opened_micros();
  row.closed_micros = proto.closed_micros();
  return row;
}

ActionRow Decode(const pb::ActionRow& proto, FieldReader& read) {
  ActionRow row;
  row.ordered = proto.ordered();
  if (row.ordered) {
    row.kind = read.EnumValue("kind", proto.kind(), domain::ActionKind::kRescanBlank);
  }
  row.node = read.OptionalId<domain::NodeId>("node", proto.node());
  row.case_id = read.OptionalId<domain::CaseId>("case_id", proto.case_id());
  row.prr = read.OptionalId<domain::PrrId>("prr", proto.prr());
  row.blank = read.OptionalBlank("blank", proto.blank());
  for (const pb::FactRef& ref : proto.acknowledgements()) {
    row.acknowledgements.insert(central::Decode(ref, read));
  }
  return row;
}

ReportRow Decode(const pb::ReportRow& proto, FieldReader& read) {
  ReportRow row;
  row.known = proto.known();
  row.kind = read.EnumValue("kind", proto.kind(), domain::ReportKind::kSpoiled);
  row.prr = read.OptionalId<domain::PrrId>("prr", proto.prr());
  row.prr_version = proto.prr_version();
  row.blank = read.OptionalBlank("blank", proto.blank()).value_or(domain::BlankSerial());
  row.at_micros = proto.at_micros();
  row.state = read.EnumValue("state", proto.state(), ReportState::kRejected);
  row.reason = proto.reason();
  row.outbox_seq = proto.outbox_seq();
  row.answers = DecodeHashes("answers", proto.answers(), read);
  return row;
}

PersonRow Decode(const pb::PersonRow& proto, FieldReader& read) {
  return {.prrs = DecodeIds<domain::PrrId>("prrs", proto.prrs(), read)};
}

NameRow Decode(const pb::NameRow& proto, FieldReader& read) {
  return {.names = DecodeAll<NameFact>(proto.names(), read)};
}

PrinterDayRow Decode(const pb::PrinterDayRow& proto, FieldReader& read) {
  return {.fed = DecodeHashes("fed", proto.fed(), read)};
}

BatchRow Decode(const pb::BatchRow& proto, FieldReader& read) {
  BatchRow row;
  for (const pb::BatchRow::Swapped& swap : proto.swaps()) {
    row.swaps[read.Id<domain::ActId>("act", swap.act())] = {
        .intended = read.Blank("intended", swap.intended()),
        .found = read.Blank("found", swap.found()),
        .verified = read.Hash("verified", swap.verified())};
  }
  return row;
}

ledger::Move Decode(const pb::MoveRow& proto, FieldReader& read) {
  return {.from = DecodePlace(proto.from(), read),
          .to = DecodePlace(proto.to(), read),
          .quantity = proto.quantity(),
          .cause = read.Hash("cause", proto.cause())};
}

}  // namespace

std::string EncodeRow(const BlankRow& row) {
  Scratch<pb::BlankRow> scratch;
  pb::BlankRow& out = *scratch;
  out.set_issued(row.facts.issued);
  EncodeAll(row.facts.dispatches, out.mutable_dispatches());
  EncodeAll(row.facts.scans, out.mutable_scans());
  EncodeAll(row.facts.spoils, out.mutable_spoils());
  EncodeAll(row.facts.corrections, out.mutable_corrections());
  EncodeAll(row.facts.openings, out.mutable_openings());
  EncodeAll(row.facts.steps, out.mutable_steps());
  EncodeAll(row.facts.losses, out.mutable_losses());
  EncodeAll(row.facts.births, out.mutable_births());
  EncodeIds(row.facts.jobs, out.mutable_jobs());
  EncodeAll(row.facts.loans, out.mutable_loans());
  EncodeAll(row.facts.names, out.mutable_names());
  EncodePlace(row.place, *out.mutable_place());
  out.set_origin(static_cast<pb::Account>(row.origin));
  out.set_allotted_again(row.allotted_again);
  EncodeKinds(row.cases, out);
  return out.SerializeAsString();
}

std::string EncodeRow(const PrrRow& row) {
  Scratch<pb::PrrRow> scratch;
  pb::PrrRow& out = *scratch;
  EncodeAll(row.facts.versions, out.mutable_versions());
  EncodeAll(row.facts.withdrawals, out.mutable_withdrawals());
  EncodeAll(row.facts.grants, out.mutable_grants());
  EncodeAll(row.facts.requests, out.mutable_requests());
  EncodeAll(row.facts.releases, out.mutable_releases());
  EncodeAll(row.facts.losses, out.mutable_losses());
  EncodeIds(row.facts.jobs, out.mutable_jobs());
  EncodeAll(row.facts.replaced_by, out.mutable_replaced_by());
  EncodeIds(row.facts.same_person, out.mutable_same_person());
  EncodeAll(row.facts.destructions, out.mutable_destructions());
  out.set_state(static_cast<pb::PrrState>(row.state));
  out.set_holder(row.holder.value());
  EncodeKinds(row.cases, out);
  EncodeAll(row.facts.lease_removals, out.mutable_local()->mutable_lease_removals());
  EncodeAll(row.facts.withdrawal_marks, out.mutable_local()->mutable_withdrawal_marks());
  out.mutable_local()->set_waiting_for(row.waiting_for.value());
  return out.SerializeAsString();
}

std::string EncodeRow(const JobFacts& row) {
  Scratch<pb::JobRow> scratch;
  pb::JobRow& out = *scratch;
  EncodeAll(row.intents, out.mutable_intents());
  EncodeAll(row.outcomes, out.mutable_outcomes());
  EncodeAll(row.corrections, out.mutable_corrections());
  EncodeKinds(row.cases, out);
  return out.SerializeAsString();
}

std::string EncodeRow(const TransferRow& row) {
  Scratch<pb::TransferRow> scratch;
  pb::TransferRow& out = *scratch;
  EncodeAll(row.facts.dispatches, out.mutable_dispatches());
  EncodeAll(row.facts.receipts, out.mutable_receipts());
  return out.SerializeAsString();
}

std::string EncodeRow(const CaseRow& row) {
  Scratch<pb::CaseRow> scratch;
  pb::CaseRow& out = *scratch;
  if (row.revision > 0) {
    out.set_kind(static_cast<keping::log::v1::CaseKind>(row.kind));
    out.set_state(static_cast<keping::log::v1::CaseState>(row.state));
  }
  out.set_revision(row.revision);
  out.set_prr(row.prr.value());
  EncodeBlank(row.blank, out.mutable_blank());
  out.set_node(row.node.value());
  EncodeHashes(row.evidence, out.mutable_evidence());
  EncodeIds(row.actions, out.mutable_actions());
  out.set_entity(row.entity);
  EncodeAll(row.decisions, out.mutable_decisions());
  out.set_decided(row.decided);
  out.set_opened_micros(row.opened_micros);
  out.set_closed_micros(row.closed_micros);
  return out.SerializeAsString();
}

std::string EncodeRow(const ActionRow& row) {
  Scratch<pb::ActionRow> scratch;
  pb::ActionRow& out = *scratch;
  out.set_ordered(row.ordered);
  if (row.ordered) out.set_kind(static_cast<keping::log::v1::ActionKind>(row.kind));
  out.set_node(row.node.value());
  out.set_case_id(row.case_id.value());
  out.set_prr(row.prr.value());
  EncodeBlank(row.blank, out.mutable_blank());
  EncodeAll(row.acknowledgements, out.mutable_acknowledgements());
  return out.SerializeAsString();
}

std::string EncodeRow(const ReportRow& row) {
  Scratch<pb::ReportRow> scratch;
  pb::ReportRow& out = *scratch;
  out.set_known(row.known);
  out.set_kind(static_cast<keping::log::v1::ReportKind>(row.kind));
  out.set_prr(row.prr.value());
  out.set_prr_version(row.prr_version);
  out.set_blank(row.blank.text());
  out.set_at_micros(row.at_micros);
  out.set_state(static_cast<pb::ReportState>(row.state));
  out.set_reason(row.reason);
  out.set_outbox_seq(row.outbox_seq);
  EncodeHashes(row.answers, out.mutable_answers());
  return out.SerializeAsString();
}

std::string EncodeRow(const PersonRow& row) {
  Scratch<pb::PersonRow> scratch;
  EncodeIds(row.prrs, (*scratch).mutable_prrs());
  return (*scratch).SerializeAsString();
}

std::string EncodeRow(const NameRow& row) {
  Scratch<pb::NameRow> scratch;
  EncodeAll(row.names, (*scratch).mutable_names());
  return (*scratch).SerializeAsString();
}

std::string EncodeRow(const PrinterDayRow& row) {
  Scratch<pb::PrinterDayRow> scratch;
  EncodeHashes(row.fed, (*scratch).mutable_fed());
  return (*scratch).SerializeAsString();
}

std::string EncodeRow(const BatchRow& row) {
  Scratch<pb::BatchRow> scratch;
  for (const auto& [act, swap] : row.swaps) {
    pb::BatchRow::Swapped& out = *(*scratch).add_swaps();
    out.set_act(act.value());
    out.set_intended(swap.intended.text());
    out.set_found(swap.found.text());
    SetBytes(swap.verified, out.mutable_verified());
  }
  return (*scratch).SerializeAsString();
}

std::string EncodeRow(const ledger::Move& move) {
  Scratch<pb::MoveRow> scratch;
  pb::MoveRow& out = *scratch;
  EncodePlace(move.from, *out.mutable_from());
  EncodePlace(move.to, *out.mutable_to());
  out.set_quantity(move.quantity);
  SetBytes(move.cause, out.mutable_cause());
  return out.SerializeAsString();
}

std::string EncodeForDigest(PrrRow row) {
  row.facts.lease_removals.clear();
  row.facts.withdrawal_marks.clear();
  row.waiting_for = {};
  return EncodeRow(row);
}

std::string EncodeForDigest(NodeRow row) {
  row.feed_head = 0;
  row.open_overlaps.clear();
  row.grant_key_told = {};
  for (auto& [incarnation, stream] : row.streams) {
    stream.claims_seq = 0;
    stream.claims_hash = {};
  }
  return EncodeRow(row);
}

std::string EncodeForDigest(CentreRow row) {
  row.uncompared.clear();
  return EncodeRow(row);
}

template <>
absl::StatusOr<BlankRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<BlankRow, pb::BlankRow>("BlankRow", bytes, Decode);
}
template <>
absl::StatusOr<PrrRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<PrrRow, pb::PrrRow>("PrrRow", bytes, Decode);
}
template <>
absl::StatusOr<JobFacts> DecodeRow(absl::string_view bytes) {
  return DecodeAs<JobFacts, pb::JobRow>("JobRow", bytes, Decode);
}
template <>
absl::StatusOr<TransferRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<TransferRow, pb::TransferRow>("TransferRow", bytes, Decode);
}
template <>
absl::StatusOr<CaseRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<CaseRow, pb::CaseRow>("CaseRow", bytes, Decode);
}
template <>
absl::StatusOr<ActionRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<ActionRow, pb::ActionRow>("ActionRow", bytes, Decode);
}
template <>
absl::StatusOr<ReportRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<ReportRow, pb::ReportRow>("ReportRow", bytes, Decode);
}
template <>
absl::StatusOr<PersonRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<PersonRow, pb::PersonRow>("PersonRow", bytes, Decode);
}
template <>
absl::StatusOr<NameRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<NameRow, pb::NameRow>("NameRow", bytes, Decode);
}
template <>
absl::StatusOr<PrinterDayRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<PrinterDayRow, pb::PrinterDayRow>("PrinterDayRow", bytes, Decode);
}
template <>
absl::StatusOr<BatchRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<BatchRow, pb::BatchRow>("BatchRow", bytes, Decode);
}
template <>
absl::StatusOr<ledger::Move> DecodeRow(absl::string_view bytes) {
  return DecodeAs<ledger::Move, pb::MoveRow>("MoveRow", bytes, Decode);
}

}  // namespace keping::central
