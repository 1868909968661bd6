// The codec of the events in common/domain/office_event.h; a part of event_codec.h, which is the
// door.
//
//   EncodedEvent encoded = Encode(domain::StockCounted{…});
#ifndef KEPING_COMMON_WIRE_OFFICE_EVENT_CODEC_H_
#define KEPING_COMMON_WIRE_OFFICE_EVENT_CODEC_H_

#include "common/domain/event.h"
#include "common/wire/event_codec.h"
#include "common/wire/field_reader.h"
#include "keping/log/v1/office.pb.h"

namespace keping::wire {

EncodedEvent Encode(const domain::BatchOpened& event);
EncodedEvent Encode(const domain::BatchClosed& event);
EncodedEvent Encode(const domain::CancelAsked& event);
EncodedEvent Encode(const domain::Corrected& event);
EncodedEvent Encode(const domain::TestCardPrinted& event);
EncodedEvent Encode(const domain::PrinterMaintained& event);
EncodedEvent Encode(const domain::ConsumableMoved& event);
EncodedEvent Encode(const domain::OverrideGranted& event);
EncodedEvent Encode(const domain::PrinterReleased& event);
EncodedEvent Encode(const domain::PrinterAdopted& event);
EncodedEvent Encode(const domain::SignInTried& event);
EncodedEvent Encode(const domain::PasswordChanged& event);
EncodedEvent Encode(const domain::GrantTried& event);
EncodedEvent Encode(const domain::ShiftOpened& event);
EncodedEvent Encode(const domain::ShiftClosed& event);
EncodedEvent Encode(const domain::DayReported& event);
EncodedEvent Encode(const domain::StockOpened& event);
EncodedEvent Encode(const domain::StockRescanned& event);
EncodedEvent Encode(const domain::BoxOpened& event);
EncodedEvent Encode(const domain::BlanksLent& event);
EncodedEvent Encode(const domain::StockCounted& event);
EncodedEvent Encode(const domain::CardsDestroyed& event);
EncodedEvent Encode(const domain::LateEntryMade& event);
EncodedEvent Encode(const domain::ManifestMade& event);
EncodedEvent Encode(const domain::ManifestHandedOver& event);
EncodedEvent Encode(const domain::CardsAnswered& event);
EncodedEvent Encode(const domain::OfficeDayCorrected& event);
EncodedEvent Encode(const domain::NodeUnlocked& event);
EncodedEvent Encode(const domain::PersonalDataRead& event);
EncodedEvent Encode(const domain::OperatorRostered& event);
EncodedEvent Encode(const domain::GrantIssued& event);
EncodedEvent Encode(const domain::ApplicationRequired& event);

// `read` collects the first error.
domain::Event Decode(const log::v1::BatchOpened& proto, FieldReader& read);
domain::Event Decode(const log::v1::BatchClosed& proto, FieldReader& read);
domain::Event Decode(const log::v1::CancelAsked& proto, FieldReader& read);
domain::Event Decode(const log::v1::Corrected& proto, FieldReader& read);
domain::Event Decode(const log::v1::TestCardPrinted& proto, FieldReader& read);
domain::Event Decode(const log::v1::PrinterMaintained& proto, FieldReader& read);
domain::Event Decode(const log::v1::ConsumableMoved& proto, FieldReader& read);
domain::Event Decode(const log::v1::OverrideGranted& proto, FieldReader& read);
domain::Event Decode(const log::v1::PrinterReleased& proto, FieldReader& read);
domain::Event Decode(const log::v1::PrinterAdopted& proto, FieldReader& read);
domain::Event Decode(const log::v1::SignInTried& proto, FieldReader& read);
domain::Event Decode(const log::v1::PasswordChanged& proto, FieldReader& read);
domain::Event Decode(const log::v1::GrantTried& proto, FieldReader& read);
domain::Event Decode(const log::v1::ShiftOpened& proto, FieldReader& read);
domain::Event Decode(const log::v1::ShiftClosed& proto, FieldReader& read);
domain::Event Decode(const log::v1::DayReported& proto, FieldReader& read);
domain::Event Decode(const log::v1::StockOpened& proto, FieldReader& read);
domain::Event Decode(const log::v1::StockRescanned& proto, FieldReader& read);
domain::Event Decode(const log::v1::BoxOpened& proto, FieldReader& read);
domain::Event Decode(const log::v1::BlanksLent& proto, FieldReader& read);
domain::Event Decode(const log::v1::StockCounted& proto, FieldReader& read);
domain::Event Decode(const log::v1::CardsDestroyed& proto, FieldReader& read);
domain::Event Decode(const log::v1::LateEntryMade& proto, FieldReader& read);
domain::Event Decode(const log::v1::ManifestMade& proto, FieldReader& read);
domain::Event Decode(const log::v1::ManifestHandedOver& proto, FieldReader& read);
domain::Event Decode(const log::v1::CardsAnswered& proto, FieldReader& read);
domain::Event Decode(const log::v1::OfficeDayCorrected& proto, FieldReader& read);
domain::Event Decode(const log::v1::NodeUnlocked& proto, FieldReader& read);
domain::Event Decode(const log::v1::PersonalDataRead& proto, FieldReader& read);
domain::Event Decode(const log::v1::OperatorRostered& proto, FieldReader& read);
domain::Event Decode(const log::v1::GrantIssued& proto, FieldReader& read);
domain::Event Decode(const log::v1::ApplicationRequired& proto, FieldReader& read);

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_OFFICE_EVENT_CODEC_H_
