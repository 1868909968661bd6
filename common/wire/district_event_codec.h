// The codec of the events in common/domain/district_event.h, and of the policy; a part of
// event_codec.h, which is the door.
//
//   EncodedEvent encoded = Encode(domain::DayClosed{…});
//   absl::StatusOr<domain::Policy> policy = ReadPolicy(proto);
#ifndef KEPING_COMMON_WIRE_DISTRICT_EVENT_CODEC_H_
#define KEPING_COMMON_WIRE_DISTRICT_EVENT_CODEC_H_

#include "absl/status/statusor.h"
#include "common/domain/event.h"
#include "common/wire/event_codec.h"
#include "common/wire/field_reader.h"
#include "keping/log/v1/district.pb.h"

namespace keping::wire {

// Refuses days beyond their limits, kinds that are named twice, and dates that are none; says
// which.
absl::StatusOr<domain::Policy> ReadPolicy(const log::v1::Policy& proto);
log::v1::Policy WritePolicy(const domain::Policy& policy);
// One for a class at most; limits and numbers of prints in their range.
absl::StatusOr<std::vector<domain::StalenessRule>> ReadStaleness(
    const google::protobuf::RepeatedPtrField<log::v1::StalenessRule>& protos);
void WriteStaleness(const std::vector<domain::StalenessRule>& rules,
                    google::protobuf::RepeatedPtrField<log::v1::StalenessRule>* out);

EncodedEvent Encode(const domain::CaseDecided& event);
EncodedEvent Encode(const domain::DayClosed& event);
EncodedEvent Encode(const domain::NodeHeard& event);
EncodedEvent Encode(const domain::PolicySet& event);
EncodedEvent Encode(const domain::VillageReadinessSet& event);
EncodedEvent Encode(const domain::AbsenceSet& event);
EncodedEvent Encode(const domain::PrinterStated& event);
EncodedEvent Encode(const domain::FiguresReported& event);
EncodedEvent Encode(const domain::BlankIdentified& event);
EncodedEvent Encode(const domain::PicturesDestroyed& event);
EncodedEvent Encode(const domain::LoanMoved& event);
EncodedEvent Encode(const domain::SupplyMoved& event);
EncodedEvent Encode(const domain::BlanksRequested& event);
EncodedEvent Encode(const domain::BlanksRequestAnswered& event);

// `read` collects the first error.
domain::Event Decode(const log::v1::CaseDecided& proto, FieldReader& read);
domain::Event Decode(const log::v1::DayClosed& proto, FieldReader& read);
domain::Event Decode(const log::v1::NodeHeard& proto, FieldReader& read);
domain::Event Decode(const log::v1::PolicySet& proto, FieldReader& read);
domain::Event Decode(const log::v1::VillageReadinessSet& proto, FieldReader& read);
domain::Event Decode(const log::v1::AbsenceSet& proto, FieldReader& read);
domain::Event Decode(const log::v1::PrinterStated& proto, FieldReader& read);
domain::Event Decode(const log::v1::FiguresReported& proto, FieldReader& read);
domain::Event Decode(const log::v1::BlankIdentified& proto, FieldReader& read);
domain::Event Decode(const log::v1::PicturesDestroyed& proto, FieldReader& read);
domain::Event Decode(const log::v1::LoanMoved& proto, FieldReader& read);
domain::Event Decode(const log::v1::SupplyMoved& proto, FieldReader& read);
domain::Event Decode(const log::v1::BlanksRequested& proto, FieldReader& read);
domain::Event Decode(const log::v1::BlanksRequestAnswered& proto, FieldReader& read);

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_DISTRICT_EVENT_CODEC_H_
