#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/wire/district_event_codec.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace pb = ::keping::log::v1;

constexpr uint32_t kMostDays = 60;
constexpr int kMostHolidays = 400;
constexpr size_t kMostLabelBytes = 64;
constexpr uint32_t kMostLimitDays = 365;
constexpr uint32_t kMostOverridePrints = 1000;

absl::Status Refuse(absl::string_view field, absl::string_view got, absl::string_view want) {
  return absl::InvalidArgumentError(
      absl::StrCat("bad policy: ", field, " is ", got, ", want ", want));
}

absl::Status CheckDays(const char* field, uint32_t days) {
  if (days >= 1 && days <= kMostDays) return absl::OkStatus();
  return Refuse(field, absl::StrCat(days), absl::StrCat("1 to ", kMostDays, " days"));
}

absl::StatusOr<d::CaseRule> ReadRule(const pb::CaseRule& proto) {
  FieldReader read("CaseRule");
  d::CaseRule rule{.kind = read.EnumValue("kind", proto.kind(), d::kLastCaseKind),
                   .may_decide = {},
                   .two_persons = proto.two_persons(),
                   .wait_for_person = proto.wait_for_person()};
  for (int role : proto.may_decide()) {
    rule.may_decide.insert(read.EnumValue("may_decide", role, d::Role::kAdministrator));
  }
  KEPING_RETURN_IF_ERROR(read.status());
  if (rule.may_decide.empty()) {
    return Refuse(absl::StrCat("may_decide of ", d::CaseKindName(rule.kind)), "empty",
                  "at least one role");
  }
  return rule;
}

absl::StatusOr<d::Holiday> ReadHoliday(const pb::Holiday& proto) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(proto.date(), &day)) {
    return Refuse("date of a holiday", absl::StrCat("\"", proto.date(), "\""),
                  "a date such as 2017-03-28");
  }
  if (proto.name().size() > kMostLabelBytes) {
    return Refuse("name of a holiday", absl::StrCat(proto.name().size(), " bytes long"),
                  absl::StrCat("at most ", kMostLabelBytes));
  }
  FieldReader read("Holiday");
  d::Holiday holiday{
      .day = day, .name = proto.name(), .node = read.OptionalId<d::NodeId>("node", proto.node())};
  KEPING_RETURN_IF_ERROR(read.status());
  return holiday;
}

}  // namespace

absl::StatusOr<std::vector<d::StalenessRule>> ReadStaleness(
    const google::protobuf::RepeatedPtrField<pb::StalenessRule>& protos) {
  std::vector<d::StalenessRule> rules;
  std::set<d::RecordClass> classes;
  for (const pb::StalenessRule& proto : protos) {
    FieldReader read("StalenessRule");
    const auto record_class =
        read.EnumValue("record_class", proto.record_class(), d::RecordClass::kReplacement);
    KEPING_RETURN_IF_ERROR(read.status());
    const char* name = d::RecordClassName(record_class);
    if (!classes.insert(record_class).second) {
      return Refuse("staleness", absl::StrCat("twice about ", name), "one rule for each class");
    }
    if (proto.limit_days() > kMostLimitDays) {
      return Refuse(absl::StrCat("limit_days of ", name), absl::StrCat(proto.limit_days()),
                    absl::StrCat("0 to ", kMostLimitDays, " days"));
    }
    if (proto.override_prints() > kMostOverridePrints) {
      return Refuse(absl::StrCat("override_prints of ", name),
                    absl::StrCat(proto.override_prints()),
                    absl::StrCat("0 to ", kMostOverridePrints, " prints"));
    }
    rules.push_back({.record_class = record_class,
                     .limit_days = proto.limit_days(),
                     .override_prints = proto.override_prints()});
  }
  return rules;
}

absl::StatusOr<d::Policy> ReadPolicy(const pb::Policy& proto) {
  KEPING_RETURN_IF_ERROR(CheckDays("silent_transfer_days", proto.silent_transfer_days()));
  KEPING_RETURN_IF_ERROR(CheckDays("silent_node_days", proto.silent_node_days()));
  KEPING_RETURN_IF_ERROR(CheckDays("doubt_days", proto.doubt_days()));
  const uint32_t picture_days =
      proto.picture_days() == 0 ? d::kUsualPictureDays : proto.picture_days();
  KEPING_RETURN_IF_ERROR(CheckDays("picture_days", picture_days));
  if (proto.holidays_size() > kMostHolidays) {
    return Refuse("holidays", absl::StrCat(proto.holidays_size()),
                  absl::StrCat("at most ", kMostHolidays));
  }
  d::Policy policy{.version = proto.version(),
                   .silent_transfer_days = proto.silent_transfer_days(),
                   .silent_node_days = proto.silent_node_days(),
                   .doubt_days = proto.doubt_days(),
                   .picture_days = picture_days,
                   .rules = {},
                   .holidays = {},
                   .rest_days = {}};
  std::set<d::CaseKind> kinds;
  for (const pb::CaseRule& one : proto.rules()) {
    KEPING_ASSIGN_OR_RETURN(d::CaseRule rule, ReadRule(one));
    if (!kinds.insert(rule.kind).second) {
      return Refuse("rules", absl::StrCat("twice about ", d::CaseKindName(rule.kind)),
                    "one rule for each kind");
    }
    policy.rules.push_back(std::move(rule));
  }
  for (const pb::Holiday& one : proto.holidays()) {
    KEPING_ASSIGN_OR_RETURN(d::Holiday holiday, ReadHoliday(one));
    policy.holidays.push_back(std::move(holiday));
  }
  for (int day : proto.rest_days()) {
    if (day < pb::WEEKDAY_MONDAY || day > pb::WEEKDAY_SUNDAY) {
      return Refuse("rest_days", absl::StrCat(day), "days of the week");
    }
    policy.rest_days.insert(day - 1);
  }
  KEPING_ASSIGN_OR_RETURN(policy.staleness, ReadStaleness(proto.staleness()));
  return policy;
}

d::Event Decode(const pb::CaseDecided& proto, FieldReader& read) {
  return d::CaseDecided{
      .case_id = read.Id<d::CaseId>("case_id", proto.case_id()),
      .revision = proto.revision(),
      .resolution = read.EnumValue("resolution", proto.resolution(), d::Resolution::kRetry),
      .keep = read.OptionalBlank("keep", proto.keep()),
      .by = read.Id<d::OperatorId>("by", proto.by()),
      .second = read.OptionalId<d::OperatorId>("second", proto.second()),
      .document = read.OptionalId<d::DocumentNumber>("document", proto.document())};
}

d::Event Decode(const pb::DayClosed& proto, FieldReader& read) {
  d::DayClosed event{.day = base::FromEpochDays(proto.day_days()), .working = {}, .heard = {}};
  for (const std::string& node : proto.working()) {
    event.working.push_back(read.Id<d::NodeId>("working", node));
  }
  for (const std::string& node : proto.heard()) {
    event.heard.push_back(read.Id<d::NodeId>("heard", node));
  }
  return event;
}

d::Event Decode(const pb::NodeHeard& proto, FieldReader& read) {
  return d::NodeHeard{.node = read.Id<d::NodeId>("node", proto.node())};
}

d::Event Decode(const pb::PolicySet& proto, FieldReader& read) {
  return d::PolicySet{.policy = read.Value("policy", ReadPolicy(proto.policy())),
                      .by = read.Id<d::OperatorId>("by", proto.by()),
                      .second = read.Id<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::VillageReadinessSet& proto, FieldReader& read) {
  return d::VillageReadinessSet{.village = read.Id<d::VillageCode>("village", proto.village()),
                                .day = base::FromEpochDays(proto.day_days()),
                                .persons = proto.persons(),
                                .withdrawn = proto.withdrawn(),
                                .by = read.Id<d::OperatorId>("by", proto.by())};
}

d::Event Decode(const pb::AbsenceSet& proto, FieldReader& read) {
  return d::AbsenceSet{.operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id()),
                       .kind = read.EnumValue("kind", proto.kind(), d::AbsenceKind::kOtherOffice),
                       .first = base::FromEpochDays(proto.first_days()),
                       .last = base::FromEpochDays(proto.last_days()),
                       .node = read.OptionalId<d::NodeId>("node", proto.node()),
                       .withdrawn = proto.withdrawn(),
                       .by = read.Id<d::OperatorId>("by", proto.by())};
}

d::Event Decode(const pb::PrinterStated& proto, FieldReader& read) {
  return d::PrinterStated{.printer = read.Id<d::PrinterId>("printer", proto.printer()),
                          .node = read.Id<d::NodeId>("node", proto.node()),
                          .cards_per_day = proto.cards_per_day(),
                          .from = base::FromEpochDays(proto.from_days()),
                          .by = read.Id<d::OperatorId>("by", proto.by())};
}

d::Event Decode(const pb::FiguresReported& proto, FieldReader& read) {
  d::FiguresReported event{.act = read.Id<d::ActId>("act", proto.act()),
                           .kind = read.EnumValue("kind", proto.kind(), d::FigureKind::kInStock),
                           .node = read.OptionalId<d::NodeId>("node", proto.node()),
                           .upto = base::FromEpochDays(proto.upto_days()),
                           .parts = {},
                           .total = proto.total(),
                           .document = read.Id<d::DocumentNumber>("document", proto.document()),
                           .by = read.Id<d::OperatorId>("by", proto.by())};
  for (const pb::FigurePart& part : proto.parts()) {
    event.parts.push_back({.label = part.label(), .quantity = part.quantity()});
  }
  return event;
}

d::Event Decode(const pb::BlankIdentified& proto, FieldReader& read) {
  return d::BlankIdentified{
      .act = read.Id<d::ActId>("act", proto.act()),
      .printed = read.Blank("printed", proto.printed()),
      .uid = read.Blank("uid", proto.uid()),
      .operator_id = read.Id<d::OperatorId>("operator_id", proto.operator_id())};
}

d::Event Decode(const pb::PicturesDestroyed& proto, FieldReader& read) {
  d::PicturesDestroyed event{.prrs = {}, .by = read.OptionalId<d::OperatorId>("by", proto.by())};
  for (const std::string& prr : proto.prrs()) event.prrs.push_back(read.Id<d::PrrId>("prrs", prr));
  return event;
}

d::Event Decode(const pb::LoanMoved& proto, FieldReader& read) {
  return d::LoanMoved{.act = read.Id<d::ActId>("act", proto.act()),
                      .step = read.EnumValue("step", proto.step(), d::LoanStep::kGivenBack),
                      .district = read.Id<d::DistrictCode>("district", proto.district()),
                      .blanks = read.Serials("blanks", proto.blanks().text()),
                      .day = base::FromEpochDays(proto.day_days()),
                      .document = read.Id<d::DocumentNumber>("document", proto.document()),
                      .by = read.Id<d::OperatorId>("by", proto.by()),
                      .second = read.Id<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::SupplyMoved& proto, FieldReader& read) {
  return d::SupplyMoved{
      .act = read.Id<d::ActId>("act", proto.act()),
      .step = read.EnumValue("step", proto.step(), d::SupplyStep::kCounted),
      .kind = read.EnumValue("kind", proto.kind(), d::ConsumableKind::kCleaningCard),
      .lot = read.Id<d::SupplyLotId>("lot", proto.lot()),
      .quantity = proto.quantity(),
      .book = proto.book(),
      .panels = proto.panels(),
      .transfer = read.OptionalId<d::TransferId>("transfer", proto.transfer()),
      .node = read.OptionalId<d::NodeId>("node", proto.node()),
      .document = read.Id<d::DocumentNumber>("document", proto.document()),
      .by = read.Id<d::OperatorId>("by", proto.by()),
      .second = read.OptionalId<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::BlanksRequested& proto, FieldReader& read) {
  return d::BlanksRequested{.request = read.Id<d::RequestId>("request", proto.request()),
                            .quantity = proto.quantity(),
                            .needed_by = base::FromEpochDays(proto.needed_by_days()),
                            .by = read.Id<d::OperatorId>("by", proto.by()),
                            .second = read.Id<d::OperatorId>("second", proto.second())};
}

d::Event Decode(const pb::BlanksRequestAnswered& proto, FieldReader& read) {
  d::BlanksRequestAnswered event{.request = read.Id<d::RequestId>("request", proto.request()),
                                 .accepted = proto.accepted(),
                                 .expected = {},
                                 .reason = proto.reason()};
  if (proto.has_expected_days()) event.expected = base::FromEpochDays(proto.expected_days());
  return event;
}

}  // namespace keping::wire
