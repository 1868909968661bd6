#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "absl/time/civil_time.h"
#include "central_node/store/row_codec.h"
#include "central_node/store/row_parts.h"
#include "common/base/epoch_days.h"
#include "common/wire/district_event_codec.h"

namespace keping::central {

void Encode(const NameFact& fact, pb::NameFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_printed(fact.printed.text());
  out.set_uid(fact.uid.text());
}

NameFact Decode(const pb::NameFact& proto, wire::FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .printed = read.Blank("printed", proto.printed()),
          .uid = read.Blank("uid", proto.uid())};
}

void Encode(const ReplacementFact& fact, pb::ReplacementFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_by(fact.by.value());
}

ReplacementFact Decode(const pb::ReplacementFact& proto, wire::FieldReader& read) {
  return {.fact = Decode(proto.fact(), read), .by = read.Id<domain::PrrId>("by", proto.by())};
}

void Encode(const CaseDecisionFact& fact, pb::CaseDecision& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_revision(fact.revision);
  out.set_resolution(static_cast<keping::log::v1::Resolution>(fact.resolution));
  if (fact.keep.has_value()) out.set_keep(fact.keep->text());
  out.set_by(fact.by.value());
  out.set_second(fact.second.value());
  out.set_document(fact.document.value());
}

CaseDecisionFact Decode(const pb::CaseDecision& proto, wire::FieldReader& read) {
  return {
      .fact = Decode(proto.fact(), read),
      .revision = proto.revision(),
      .resolution = read.EnumValue("resolution", proto.resolution(), domain::Resolution::kRetry),
      .keep = read.OptionalBlank("keep", proto.keep()),
      .by = read.Id<domain::OperatorId>("by", proto.by()),
      .second = read.OptionalId<domain::OperatorId>("second", proto.second()),
      .document = read.OptionalId<domain::DocumentNumber>("document", proto.document())};
}

void Encode(const RequirementFact& fact, pb::RequirementFact& out) {
  Encode(fact.fact, *out.mutable_fact());
  out.set_version(fact.version.value());
}

RequirementFact Decode(const pb::RequirementFact& proto, wire::FieldReader& read) {
  return {.fact = Decode(proto.fact(), read),
          .version = read.Id<domain::ApplicationVersion>("version", proto.version())};
}

namespace {

void EncodeEntry(const domain::OperatorId& operator_id, const RosterEntry& entry,
                 pb::RosterEntry& out) {
  out.set_operator_id(operator_id.value());
  EncodeIds(entry.certified, out.mutable_certified());
  out.set_role(static_cast<keping::log::v1::Role>(entry.role));
  out.set_struck_off(!entry.active);
  if (!entry.verifier.IsZero()) out.set_verifier(std::string(entry.verifier.AsBytes()));
}

void EncodeDesk(const NodeRow& row, pb::NodeRow& out) {
  for (const auto& [person, entries] : row.roster) {
    for (const RosterFact& entry : entries) {
      pb::RosterFact& proto = *out.add_roster();
      Encode(entry.fact, *proto.mutable_fact());
      proto.set_operator_id(person.value());
      EncodeIds(entry.certified, proto.mutable_certified());
      proto.set_active(entry.active);
    }
  }
  EncodeAll(row.requirements, out.mutable_requirements());
  for (absl::CivilDay day : row.closed_days) out.add_closed_days(base::ToEpochDays(day));
  for (const auto& [seq, fact] : row.silences) {
    pb::Silence& silence = *out.add_silences();
    silence.set_seq(seq);
    SetBytes(fact, silence.mutable_fact());
  }
  out.set_heard_seq(row.heard_seq);
  EncodeIds(row.open_transfers, out.mutable_open_transfers());
  EncodeIds(row.doubts, out.mutable_doubts());
  out.mutable_differing()->set_text(row.differing.ToString());
  for (const auto& [kind, days] : row.figures) {
    for (const auto& [day, cards] : days) {
      pb::DayFigure& figure = *out.add_figures();
      figure.set_kind(static_cast<keping::log::v1::FigureKind>(kind));
      figure.set_day_days(base::ToEpochDays(day));
      figure.set_cards(cards);
    }
  }
  EncodeAll(row.consumables, out.mutable_consumables());
}

void DecodeDesk(const pb::NodeRow& proto, NodeRow& row, wire::FieldReader& read) {
  for (const pb::RosterFact& entry : proto.roster()) {
    row.roster[read.Id<domain::OperatorId>("operator_id", entry.operator_id())].push_back(
        {.fact = Decode(entry.fact(), read),
         .certified = DecodeIds<domain::ApplicationVersion>("certified", entry.certified(), read),
         .active = entry.active()});
  }
  row.requirements = DecodeAll<RequirementFact>(proto.requirements(), read);
  for (int32_t day : proto.closed_days()) row.closed_days.insert(base::FromEpochDays(day));
  for (const pb::Silence& silence : proto.silences()) {
    row.silences[silence.seq()] = read.Hash("fact", silence.fact());
  }
  row.heard_seq = proto.heard_seq();
  row.open_transfers =
      DecodeIds<domain::TransferId>("open_transfers", proto.open_transfers(), read);
  row.doubts = DecodeIds<domain::ActId>("doubts", proto.doubts(), read);
  row.differing = read.Serials("differing", proto.differing().text());
  for (const pb::DayFigure& figure : proto.figures()) {
    const auto kind = read.EnumValue("kind", figure.kind(), domain::FigureKind::kInStock);
    row.figures[kind][base::FromEpochDays(figure.day_days())] = figure.cards();
  }
  row.consumables = DecodeAll<ConsumableFact>(proto.consumables(), read);
}

void EncodePlans(const CentreRow& row, pb::CentreRow& out) {
  for (const auto& [printer, facts] : row.printers) {
    for (const PrinterFact& fact : facts) {
      pb::PrinterFact& proto = *out.add_printers();
      Encode(fact.fact, *proto.mutable_fact());
      proto.set_printer(printer.value());
      proto.set_node(fact.node.value());
      proto.set_cards_per_day(fact.cards_per_day);
      proto.set_from_days(base::ToEpochDays(fact.from));
    }
  }
  for (const auto& [village, days] : row.readiness) {
    for (const auto& [day, fact] : days) {
      pb::ReadinessFact& proto = *out.add_readiness();
      Encode(fact.fact, *proto.mutable_fact());
      proto.set_village(village.value());
      proto.set_day_days(base::ToEpochDays(day));
      proto.set_persons(fact.persons);
      proto.set_withdrawn(fact.withdrawn);
    }
  }
  for (const auto& [person, absences] : row.absences) {
    for (const auto& [first, fact] : absences) {
      pb::AbsenceFact& proto = *out.add_absences();
      Encode(fact.fact, *proto.mutable_fact());
      proto.set_operator_id(person.value());
      proto.set_kind(static_cast<keping::log::v1::AbsenceKind>(fact.kind));
      proto.set_first_days(base::ToEpochDays(first));
      proto.set_last_days(base::ToEpochDays(fact.last));
      proto.set_node(fact.node.value());
      proto.set_withdrawn(fact.withdrawn);
    }
  }
}

void DecodePlans(const pb::CentreRow& proto, CentreRow& row, wire::FieldReader& read) {
  for (const pb::PrinterFact& one : proto.printers()) {
    row.printers[read.Id<domain::PrinterId>("printer", one.printer())].push_back(
        {.fact = Decode(one.fact(), read),
         .node = read.Id<domain::NodeId>("node", one.node()),
         .cards_per_day = one.cards_per_day(),
         .from = base::FromEpochDays(one.from_days())});
  }
  for (const pb::ReadinessFact& one : proto.readiness()) {
    const auto village = read.Id<domain::VillageCode>("village", one.village());
    row.readiness[village][base::FromEpochDays(one.day_days())] = {
        .fact = Decode(one.fact(), read), .persons = one.persons(), .withdrawn = one.withdrawn()};
  }
  for (const pb::AbsenceFact& one : proto.absences()) {
    const auto person = read.Id<domain::OperatorId>("operator_id", one.operator_id());
    row.absences[person][base::FromEpochDays(one.first_days())] = {
        .fact = Decode(one.fact(), read),
        .kind = read.EnumValue("kind", one.kind(), domain::AbsenceKind::kOtherOffice),
        .last = base::FromEpochDays(one.last_days()),
        .node = read.OptionalId<domain::NodeId>("node", one.node()),
        .withdrawn = one.withdrawn()};
  }
}

void EncodeRequests(const CentreRow& row, pb::CentreRow& out) {
  for (const auto& [request, one] : row.requests) {
    pb::BlankRequest& proto = *out.add_requests();
    proto.set_request(request.value());
    Encode(one.fact, *proto.mutable_fact());
    proto.set_quantity(one.quantity);
    proto.set_needed_by_days(base::ToEpochDays(one.needed_by));
    proto.set_by(one.by.value());
    proto.set_second(one.second.value());
    if (one.answered.has_value()) Encode(*one.answered, *proto.mutable_answered());
    proto.set_accepted(one.accepted);
    if (one.expected.has_value()) proto.set_expected_days(base::ToEpochDays(*one.expected));
    proto.set_reason(one.reason);
    EncodeIds(one.allotments, proto.mutable_allotments());
  }
}

void DecodeRequests(const pb::CentreRow& proto, CentreRow& row, wire::FieldReader& read) {
  for (const pb::BlankRequest& one : proto.requests()) {
    RequestRow request{
        .fact = Decode(one.fact(), read),
        .quantity = one.quantity(),
        .needed_by = base::FromEpochDays(one.needed_by_days()),
        .by = read.OptionalId<domain::OperatorId>("by", one.by()),
        .second = read.OptionalId<domain::OperatorId>("second", one.second()),
        .accepted = one.accepted(),
        .reason = one.reason(),
        .allotments = DecodeIds<domain::AllotmentId>("allotments", one.allotments(), read)};
    if (one.has_answered()) request.answered = Decode(one.answered(), read);
    if (one.has_expected_days()) request.expected = base::FromEpochDays(one.expected_days());
    row.requests[read.Id<domain::RequestId>("request", one.request())] = std::move(request);
  }
}

void EncodeSignIns(const CentreRow& row, pb::CentreRow& out) {
  for (const auto& [officer, sign_in] : row.sign_ins) {
    pb::OfficerSignIn& proto = *out.add_sign_ins();
    proto.set_operator_id(officer.value());
    proto.set_own_password(sign_in.own_password);
    proto.set_wrong(static_cast<uint32_t>(sign_in.tries.wrong));
    proto.set_last_wrong_micros(absl::ToInt64Microseconds(sign_in.tries.last_wrong));
    proto.set_lock_noted(sign_in.tries.lock_noted);
  }
  out.set_running_micros(absl::ToInt64Microseconds(row.running));
}

void DecodeSignIns(const pb::CentreRow& proto, CentreRow& row, wire::FieldReader& read) {
  for (const pb::OfficerSignIn& one : proto.sign_ins()) {
    row.sign_ins[read.Id<domain::OperatorId>("operator_id", one.operator_id())] = {
        .own_password = one.own_password(),
        .tries = {.wrong = static_cast<int>(one.wrong()),
                  .last_wrong = absl::Microseconds(one.last_wrong_micros()),
                  .lock_noted = one.lock_noted()}};
  }
  row.running = absl::Microseconds(proto.running_micros());
}

void EncodeDesk(const CentreRow& row, pb::CentreRow& out) {
  // Before any was set there is none in the row.
  if (row.policy.version > 0) *out.mutable_policy() = wire::WritePolicy(row.policy);
  for (const auto& [version, rules] : row.staleness) {
    pb::PolicyStaleness& proto = *out.add_staleness();
    proto.set_version(version);
    wire::WriteStaleness(rules, proto.mutable_rules());
  }
  out.set_last_closed_days(base::ToEpochDays(row.last_closed_day));
  for (const auto& [officer, entry] : row.officers) {
    EncodeEntry(officer, entry, *out.add_officers());
  }
  EncodeSignIns(row, out);
  EncodeAll(row.requirements, out.mutable_requirements());
  EncodePlans(row, out);
  EncodeRequests(row, out);
  EncodeIds(row.differing, out.mutable_differing());
  for (const auto& [act, node] : row.uncompared) {
    pb::UncomparedReport& report = *out.add_uncompared();
    report.set_act(act.value());
    report.set_node(node.value());
  }
  EncodeAll(row.loans, out.mutable_loans());
  EncodeAll(row.supplies, out.mutable_supplies());
}

RosterEntry Decode(const pb::RosterEntry& proto, wire::FieldReader& read) {
  RosterEntry entry{
      .certified = DecodeIds<domain::ApplicationVersion>("certified", proto.certified(), read),
      .active = !proto.struck_off(),
      .verifier = read.OptionalHash("verifier", proto.verifier())};
  if (proto.role() != keping::log::v1::ROLE_UNSPECIFIED) {
    entry.role = read.EnumValue("role", proto.role(), domain::Role::kAdministrator);
  }
  return entry;
}

void DecodeDesk(const pb::CentreRow& proto, CentreRow& row, wire::FieldReader& read) {
  if (proto.has_policy()) row.policy = read.Value("policy", wire::ReadPolicy(proto.policy()));
  for (const pb::PolicyStaleness& one : proto.staleness()) {
    row.staleness[one.version()] = read.Value("staleness", wire::ReadStaleness(one.rules()));
  }
  row.last_closed_day = base::FromEpochDays(proto.last_closed_days());
  for (const pb::RosterEntry& entry : proto.officers()) {
    row.officers[read.Id<domain::OperatorId>("operator_id", entry.operator_id())] =
        Decode(entry, read);
  }
  DecodeSignIns(proto, row, read);
  row.requirements = DecodeAll<RequirementFact>(proto.requirements(), read);
  DecodePlans(proto, row, read);
  DecodeRequests(proto, row, read);
  row.differing = DecodeIds<domain::NodeId>("differing", proto.differing(), read);
  for (const pb::UncomparedReport& report : proto.uncompared()) {
    row.uncompared[read.Id<domain::ActId>("act", report.act())] =
        read.OptionalId<domain::NodeId>("node", report.node());
  }
  row.loans = DecodeAll<LoanPaper>(proto.loans(), read);
  row.supplies = DecodeAll<SupplyFact>(proto.supplies(), read);
}

NodeRow Decode(const pb::NodeRow& proto, wire::FieldReader& read) {
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
  DecodeDesk(proto, row, read);
  row.feed_head = proto.local().feed_head();
  for (const pb::Overlap& overlap : proto.local().open_overlaps()) {
    row.open_overlaps[read.Id<domain::PrrId>("prr", overlap.prr())] = overlap.position();
  }
  return row;
}

namespace {

// A district's serials over the years are more than one message may name.
domain::SerialSet DecodeDistrict(const char* field, const std::string& text,
                                 wire::FieldReader& read) {
  constexpr domain::SerialSet::Limits kAny = {.blanks = std::numeric_limits<uint64_t>::max(),
                                              .items = std::numeric_limits<size_t>::max()};
  return read.Value(field, domain::SerialSet::Parse(text, kAny));
}

}  // namespace

CentreRow Decode(const pb::CentreRow& proto, wire::FieldReader& read) {
  CentreRow row = {
      .generation = read.OptionalId<domain::GenerationId>("generation", proto.generation()),
      .generation_order = proto.generation_order(),
      .allotments = DecodeIds<domain::AllotmentId>("allotments", proto.allotments(), read),
      .allotted = DecodeDistrict("allotted", proto.allotted().text(), read),
      .district_stock = DecodeDistrict("district_stock", proto.district_stock().text(), read),
      .in_boxes = proto.in_boxes(),
      .allotted_again = proto.allotted_again(),
      .unissued = DecodeDistrict("unissued", proto.unissued().text(), read),
      .required_application = read.OptionalId<domain::ApplicationVersion>(
          "required_application", proto.required_application()),
      .unheard = DecodeIds<domain::NodeId>("unheard", proto.unheard(), read)};
  for (const pb::CentreGeneration& one : proto.generations()) {
    row.generations[read.Id<domain::GenerationId>("generation", one.generation())] = one.order();
  }
  DecodeDesk(proto, row, read);
  return row;
}

}  // namespace

std::string EncodeRow(const NodeRow& row) {
  wire::Scratch<pb::NodeRow> scratch;
  pb::NodeRow& out = *scratch;
  for (const auto& [incarnation, head] : row.streams) {
    pb::StreamHead& stream = *out.add_streams();
    stream.set_incarnation(incarnation.value());
    Encode(head, stream);
  }
  out.set_active(row.active.value());
  for (const auto& [operator_id, entry] : row.operators) {
    EncodeEntry(operator_id, entry, *out.add_operators());
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
  EncodeDesk(row, out);
  out.mutable_local()->set_feed_head(row.feed_head);
  for (const auto& [prr, position] : row.open_overlaps) {
    pb::Overlap& overlap = *out.mutable_local()->add_open_overlaps();
    overlap.set_prr(prr.value());
    overlap.set_position(position);
  }
  return out.SerializeAsString();
}

std::string EncodeRow(const CentreRow& row) {
  wire::Scratch<pb::CentreRow> scratch;
  pb::CentreRow& out = *scratch;
  out.set_generation(row.generation.value());
  out.set_generation_order(row.generation_order);
  EncodeIds(row.allotments, out.mutable_allotments());
  out.mutable_allotted()->set_text(row.allotted.ToString());
  out.mutable_district_stock()->set_text(row.district_stock.ToString());
  out.set_in_boxes(row.in_boxes);
  out.set_allotted_again(row.allotted_again);
  out.mutable_unissued()->set_text(row.unissued.ToString());
  out.set_required_application(row.required_application.value());
  EncodeIds(row.unheard, out.mutable_unheard());
  for (const auto& [generation, order] : row.generations) {
    pb::CentreGeneration& one = *out.add_generations();
    one.set_generation(generation.value());
    one.set_order(order);
  }
  EncodeDesk(row, out);
  return out.SerializeAsString();
}

template <>
absl::StatusOr<NodeRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<NodeRow, pb::NodeRow>("NodeRow", bytes, Decode);
}
template <>
absl::StatusOr<CentreRow> DecodeRow(absl::string_view bytes) {
  return DecodeAs<CentreRow, pb::CentreRow>("CentreRow", bytes, Decode);
}

}  // namespace keping::central
