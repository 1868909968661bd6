#include "central_node/store/row_codec.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "central_node/store/fact_codec.h"
#include "common/wire/scratch.h"

namespace keping::central {
namespace {

using wire::FieldReader;
using wire::Scratch;

template <typename Ids, typename Repeated>
void EncodeIds(const Ids& ids, Repeated* out) {
  for (const auto& id : ids) *out->Add() = id.value();
}

template <typename Id, typename Repeated>
std::set<Id> DecodeIds(const char* field, const Repeated& texts, FieldReader& read) {
  std::set<Id> ids;
  for (const auto& text : texts) ids.insert(read.Id<Id>(field, text));
  return ids;
}

template <typename Repeated>
void EncodeHashes(const std::set<crypto::Hash>& hashes, Repeated* out) {
  for (const crypto::Hash& hash : hashes) SetBytes(hash, out->Add());
}

template <typename Repeated>
std::set<crypto::Hash> DecodeHashes(const char* field, const Repeated& texts, FieldReader& read) {
  std::set<crypto::Hash> hashes;
  for (const auto& text : texts) hashes.insert(read.Hash(field, text));
  return hashes;
}

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

void EncodePlace(const ledger::Place& place, pb::Place& out) {
  out.set_account(static_cast<pb::Account>(place.account));
  out.set_holder(place.holder.value());
}

ledger::Place DecodePlace(const pb::Place& proto, FieldReader& read) {
  return {.account = read.EnumValue("account", proto.account(), ledger::kLastAccount),
          .holder = read.OptionalId<domain::NodeId>("holder", proto.holder())};
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
                    .jobs = DecodeIds<domain::ActId>("jobs", proto.jobs(), read)},
          .place = DecodePlace(proto.place(), read),
          .origin = read.EnumValue("origin", proto.origin(), ledger::kLastAccount),
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
          .corrections = DecodeAll<CorrectionFact>(proto.corrections(), read)};
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
  return row;
}

RosterEntry Decode(const pb::RosterEntry& proto, FieldReader& read) {
  RosterEntry entry{
      .certified = DecodeIds<domain::ApplicationVersion>("certified", proto.certified(), read),
      .active = !proto.struck_off(),
      .verifier = read.OptionalHash("verifier", proto.verifier())};
  if (proto.role() != keping::log::v1::ROLE_UNSPECIFIED) {
    entry.role = read.EnumValue("role", proto.role(), domain::Role::kAdministrator);
  }
  return entry;
}

NodeRow Decode(const pb::NodeRow& proto, FieldReader& read) {
  NodeRow row;
  for (const pb::StreamHead& stream : proto.streams()) {
    const auto id = read.Id<domain::IncarnationId>("incarnation", stream.incarnation());
    row.streams[id] = central::Decode(stream, read);
  }
  row.active = read.OptionalId<domain::IncarnationId>("active", proto.active());
  for (const pb::RosterEntry& entry : proto.operators()) {
    const auto id = read.Id<domain::OperatorId>("operator_id", entry.operator_id());
    row.operators[id] = Decode(entry, read);
  }
  row.required_application = read.OptionalId<domain::ApplicationVersion>(
      "required_application", proto.required_application());
  for (const pb::PhoneGrant& grant : proto.grants()) {
    row.grants[read.Hash("tag", grant.tag())] = {
        .issues = DecodeAll<PhoneGrantIssue>(grant.issues(), read),
        .uses = DecodeAll<PhoneGrantUse>(grant.uses(), read)};
  }
  row.grants_refused = proto.grants_refused();
  row.grant_key_told = read.OptionalHash("grant_key_told", proto.local().grant_key_told());
  row.known_position = proto.known_position();
  row.losses = DecodeHashes("losses", proto.losses(), read);
  row.unsettled = proto.unsettled();
  row.feed_head = proto.local().feed_head();
  for (const pb::Overlap& overlap : proto.local().open_overlaps()) {
    row.open_overlaps[read.Id<domain::PrrId>("prr", overlap.prr())] = overlap.position();
  }
  return row;
}

CentreRow Decode(const pb::CentreRow& proto, FieldReader& read) {
  CentreRow row = {
      .generation = read.OptionalId<domain::GenerationId>("generation", proto.generation()),
      .generation_order = proto.generation_order(),
      .allotments = DecodeIds<domain::AllotmentId>("allotments", proto.allotments(), read),
      .allotted = read.Serials("allotted", proto.allotted().text()),
      .district_stock = read.Serials("district_stock", proto.district_stock().text()),
      .unissued = read.Serials("unissued", proto.unissued().text()),
      .required_application = read.OptionalId<domain::ApplicationVersion>(
          "required_application", proto.required_application()),
      .unheard = DecodeIds<domain::NodeId>("unheard", proto.unheard(), read)};
  for (const pb::CentreGeneration& one : proto.generations()) {
    row.generations[read.Id<domain::GenerationId>("generation", one.generation())] = one.order();
  }
  return row;
}

ledger::Move Decode(const pb::MoveRow& proto, FieldReader& read) {
  return {.from = DecodePlace(proto.from(), read),
          .to = DecodePlace(proto.to(), read),
          .quantity = proto.quantity(),
          .cause = read.Hash("cause", proto.cause())};
}

template <typename Row, typename Proto>
absl::StatusOr<Row> DecodeAs(const char* name, absl::string_view bytes) {
  Scratch<Proto> scratch;
  Proto& proto = *scratch;
  if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError(
        absl::StrCat("bad stored ", name, ": ", bytes.size(),
                     " bytes are not such a message. Restore the database from its backup."));
  }
  FieldReader read(name);
  Row row = Decode(proto, read);
  if (!read.status().ok()) {
    return absl::DataLossError(absl::StrCat("stored row: ", read.status().message(),
                                            ". Restore the database from its backup."));
  }
  return row;
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
  EncodeIds(row.facts.jobs, out.mutable_jobs());
  EncodePlace(row.place, *out.mutable_place());
  out.set_origin(static_cast<pb::Account>(row.origin));
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
  return out.SerializeAsString();
}

std::string EncodeRow(const NodeRow& row) {
  Scratch<pb::NodeRow> scratch;
  pb::NodeRow& out = *scratch;
  for (const auto& [incarnation, head] : row.streams) {
    pb::StreamHead& stream = *out.add_streams();
    stream.set_incarnation(incarnation.value());
    Encode(head, stream);
  }
  out.set_active(row.active.value());
  for (const auto& [operator_id, entry] : row.operators) {
    pb::RosterEntry& proto = *out.add_operators();
    proto.set_operator_id(operator_id.value());
    EncodeIds(entry.certified, proto.mutable_certified());
    proto.set_role(static_cast<keping::log::v1::Role>(entry.role));
    proto.set_struck_off(!entry.active);
    if (!entry.verifier.IsZero()) proto.set_verifier(std::string(entry.verifier.AsBytes()));
  }
  out.set_required_application(row.required_application.value());
  for (const auto& [tag, facts] : row.grants) {
    pb::PhoneGrant& proto = *out.add_grants();
    proto.set_tag(std::string(tag.AsBytes()));
    EncodeAll(facts.issues, proto.mutable_issues());
    EncodeAll(facts.uses, proto.mutable_uses());
  }
  out.set_grants_refused(row.grants_refused);
  if (!row.grant_key_told.IsZero()) {
    out.mutable_local()->set_grant_key_told(std::string(row.grant_key_told.AsBytes()));
  }
  out.set_known_position(row.known_position);
  EncodeHashes(row.losses, out.mutable_losses());
  out.set_unsettled(row.unsettled);
  out.mutable_local()->set_feed_head(row.feed_head);
  for (const auto& [prr, position] : row.open_overlaps) {
    pb::Overlap& overlap = *out.mutable_local()->add_open_overlaps();
    overlap.set_prr(prr.value());
    overlap.set_position(position);
  }
  return out.SerializeAsString();
}

std::string EncodeRow(const CentreRow& row) {
  Scratch<pb::CentreRow> scratch;
  pb::CentreRow& out = *scratch;
  out.set_generation(row.generation.value());
  out.set_generation_order(row.generation_order);
  EncodeIds(row.allotments, out.mutable_allotments());
  out.mutable_allotted()->set_text(row.allotted.ToString());
  out.mutable_district_stock()->set_text(row.district_stock.ToString());
  out.mutable_unissued()->set_text(row.unissued.ToString());
  out.set_required_application(row.required_application.value());
  EncodeIds(row.unheard, out.mutable_unheard());
  for (const auto& [generation, order] : row.generations) {
    pb::CentreGeneration& one = *out.add_generations();
    one.set_generation(generation.value());
    one.set_order(order);
  }
  return out.SerializeAsString();
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

template <>
absl::StatusOr<BlankRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<BlankRow, pb::BlankRow>("BlankRow", bytes);
}
template <>
absl::StatusOr<PrrRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<PrrRow, pb::PrrRow>("PrrRow", bytes);
}
template <>
absl::StatusOr<JobFacts> DecodeRow(absl::string_view bytes) {
  return DecodeAs<JobFacts, pb::JobRow>("JobRow", bytes);
}
template <>
absl::StatusOr<TransferRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<TransferRow, pb::TransferRow>("TransferRow", bytes);
}
template <>
absl::StatusOr<CaseRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<CaseRow, pb::CaseRow>("CaseRow", bytes);
}
template <>
absl::StatusOr<ActionRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<ActionRow, pb::ActionRow>("ActionRow", bytes);
}
template <>
absl::StatusOr<ReportRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<ReportRow, pb::ReportRow>("ReportRow", bytes);
}
template <>
absl::StatusOr<NodeRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<NodeRow, pb::NodeRow>("NodeRow", bytes);
}
template <>
absl::StatusOr<CentreRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<CentreRow, pb::CentreRow>("CentreRow", bytes);
}
template <>
absl::StatusOr<ledger::Move> DecodeRow(absl::string_view bytes) {
  return DecodeAs<ledger::Move, pb::MoveRow>("MoveRow", bytes);
}

}  // namespace keping::central
