#include "absl/strings/str_format.h"
#include "common/base/epoch_days.h"
#include "common/wire/district_event_codec.h"
#include "common/wire/encoding.h"
#include "keping/log/v1/event.pb.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace pb = ::keping::log::v1;
using Type = pb::Event::EventCase;

}  // namespace

void WriteStaleness(const std::vector<d::StalenessRule>& rules,
                    google::protobuf::RepeatedPtrField<pb::StalenessRule>* out) {
  for (const d::StalenessRule& rule : rules) {
    pb::StalenessRule& proto = *out->Add();
    proto.set_record_class(ToEnum<pb::RecordClass>(rule.record_class));
    proto.set_limit_days(rule.limit_days);
    proto.set_override_prints(rule.override_prints);
  }
}

pb::Policy WritePolicy(const d::Policy& policy) {
  pb::Policy proto;
  proto.set_version(policy.version);
  proto.set_silent_transfer_days(policy.silent_transfer_days);
  proto.set_silent_node_days(policy.silent_node_days);
  proto.set_doubt_days(policy.doubt_days);
  proto.set_picture_days(policy.picture_days);
  for (const d::CaseRule& rule : policy.rules) {
    pb::CaseRule& out = *proto.add_rules();
    out.set_kind(ToEnum<pb::CaseKind>(rule.kind));
    for (d::Role role : rule.may_decide) out.add_may_decide(ToEnum<pb::Role>(role));
    out.set_two_persons(rule.two_persons);
    out.set_wait_for_person(rule.wait_for_person);
  }
  for (const d::Holiday& holiday : policy.holidays) {
    pb::Holiday& out = *proto.add_holidays();
    out.set_date(absl::StrFormat("%04d-%02d-%02d", holiday.day.year(), holiday.day.month(),
                                 holiday.day.day()));
    out.set_name(holiday.name);
    out.set_node(holiday.node.value());
  }
  for (int day : policy.rest_days) proto.add_rest_days(static_cast<pb::Weekday>(day + 1));
  WriteStaleness(policy.staleness, proto.mutable_staleness());
  return proto;
}

EncodedEvent Encode(const d::CaseDecided& event) {
  pb::CaseDecided proto;
  proto.set_case_id(event.case_id.value());
  proto.set_revision(event.revision);
  proto.set_resolution(ToEnum<pb::Resolution>(event.resolution));
  if (event.keep.has_value()) proto.set_keep(event.keep->text());
  proto.set_by(event.by.value());
  proto.set_second(event.second.value());
  proto.set_document(event.document.value());
  return Pack(Type::kCaseDecided, proto);
}

EncodedEvent Encode(const d::DayClosed& event) {
  pb::DayClosed proto;
  proto.set_day_days(base::ToEpochDays(event.day));
  for (const d::NodeId& node : event.working) proto.add_working(node.value());
  for (const d::NodeId& node : event.heard) proto.add_heard(node.value());
  return Pack(Type::kDayClosed, proto);
}

EncodedEvent Encode(const d::NodeHeard& event) {
  pb::NodeHeard proto;
  proto.set_node(event.node.value());
  return Pack(Type::kNodeHeard, proto);
}

EncodedEvent Encode(const d::PolicySet& event) {
  pb::PolicySet proto;
  *proto.mutable_policy() = WritePolicy(event.policy);
  proto.set_by(event.by.value());
  proto.set_second(event.second.value());
  return Pack(Type::kPolicySet, proto);
}

EncodedEvent Encode(const d::VillageReadinessSet& event) {
  pb::VillageReadinessSet proto;
  proto.set_village(event.village.value());
  proto.set_day_days(base::ToEpochDays(event.day));
  proto.set_persons(event.persons);
  proto.set_withdrawn(event.withdrawn);
  proto.set_by(event.by.value());
  return Pack(Type::kVillageReadinessSet, proto);
}

EncodedEvent Encode(const d::AbsenceSet& event) {
  pb::AbsenceSet proto;
  proto.set_operator_id(event.operator_id.value());
  proto.set_kind(ToEnum<pb::AbsenceKind>(event.kind));
  proto.set_first_days(base::ToEpochDays(event.first));
  proto.set_last_days(base::ToEpochDays(event.last));
  proto.set_node(event.node.value());
  proto.set_withdrawn(event.withdrawn);
  proto.set_by(event.by.value());
  return Pack(Type::kAbsenceSet, proto);
}

EncodedEvent Encode(const d::PrinterStated& event) {
  pb::PrinterStated proto;
  proto.set_printer(event.printer.value());
  proto.set_node(event.node.value());
  proto.set_cards_per_day(event.cards_per_day);
  proto.set_from_days(base::ToEpochDays(event.from));
  proto.set_by(event.by.value());
  return Pack(Type::kPrinterStated, proto);
}

EncodedEvent Encode(const d::FiguresReported& event) {
  pb::FiguresReported proto;
  proto.set_act(event.act.value());
  proto.set_kind(ToEnum<pb::FigureKind>(event.kind));
  proto.set_node(event.node.value());
  proto.set_upto_days(base::ToEpochDays(event.upto));
  for (const auto& [label, quantity] : event.parts) {
    pb::FigurePart& part = *proto.add_parts();
    part.set_label(label);
    part.set_quantity(quantity);
  }
  proto.set_total(event.total);
  proto.set_document(event.document.value());
  proto.set_by(event.by.value());
  return Pack(Type::kFiguresReported, proto);
}

EncodedEvent Encode(const d::BlankIdentified& event) {
  pb::BlankIdentified proto;
  proto.set_act(event.act.value());
  proto.set_printed(event.printed.text());
  proto.set_uid(event.uid.text());
  proto.set_operator_id(event.operator_id.value());
  return Pack(Type::kBlankIdentified, proto);
}

EncodedEvent Encode(const d::PicturesDestroyed& event) {
  pb::PicturesDestroyed proto;
  for (const d::PrrId& prr : event.prrs) proto.add_prrs(prr.value());
  proto.set_by(event.by.value());
  return Pack(Type::kPicturesDestroyed, proto);
}

EncodedEvent Encode(const d::LoanMoved& event) {
  pb::LoanMoved proto;
  proto.set_act(event.act.value());
  proto.set_step(ToEnum<pb::LoanStep>(event.step));
  proto.set_district(event.district.value());
  proto.mutable_blanks()->set_text(event.blanks.ToString());
  proto.set_day_days(base::ToEpochDays(event.day));
  proto.set_document(event.document.value());
  proto.set_by(event.by.value());
  proto.set_second(event.second.value());
  return Pack(Type::kLoanMoved, proto);
}

EncodedEvent Encode(const d::SupplyMoved& event) {
  pb::SupplyMoved proto;
  proto.set_act(event.act.value());
  proto.set_step(ToEnum<pb::SupplyStep>(event.step));
  proto.set_kind(ToEnum<pb::ConsumableKind>(event.kind));
  proto.set_lot(event.lot.value());
  proto.set_quantity(event.quantity);
  proto.set_book(event.book);
  proto.set_panels(event.panels);
  proto.set_transfer(event.transfer.value());
  proto.set_node(event.node.value());
  proto.set_document(event.document.value());
  proto.set_by(event.by.value());
  proto.set_second(event.second.value());
  return Pack(Type::kSupplyMoved, proto);
}

EncodedEvent Encode(const d::BlanksRequested& event) {
  pb::BlanksRequested proto;
  proto.set_request(event.request.value());
  proto.set_quantity(event.quantity);
  proto.set_needed_by_days(base::ToEpochDays(event.needed_by));
  proto.set_by(event.by.value());
  proto.set_second(event.second.value());
  return Pack(Type::kBlanksRequested, proto);
}

EncodedEvent Encode(const d::BlanksRequestAnswered& event) {
  pb::BlanksRequestAnswered proto;
  proto.set_request(event.request.value());
  proto.set_accepted(event.accepted);
  if (event.expected.has_value()) proto.set_expected_days(base::ToEpochDays(*event.expected));
  proto.set_reason(event.reason);
  return Pack(Type::kBlanksRequestAnswered, proto);
}

}  // namespace keping::wire
