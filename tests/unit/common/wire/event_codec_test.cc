#include "common/wire/event_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "keping/log/v1/event.pb.h"
#include "tests/support/event_samples.h"

namespace keping::wire {
namespace {

using ::testing::HasSubstr;
namespace d = ::keping::domain;
namespace pb = ::keping::log::v1;

TEST(EventCodecTest, EveryKindComesBackAsItWas) {
  for (const d::Event& event : tests::EventSamples()) {
    const EncodedEvent encoded = EncodeEvent(event);
    const auto decoded = DecodeEvent(encoded.type, encoded.payload);
    ASSERT_TRUE(decoded.ok()) << d::EventName(event) << ": " << decoded.status();
    EXPECT_EQ(*decoded, event) << d::EventName(event);
  }
}

TEST(EventCodecTest, TypesAreThoseOfTheProtoAndDiffer) {
  const auto* descriptor = pb::Event::descriptor();
  std::set<uint32_t> types;
  for (const d::Event& event : tests::EventSamples()) {
    const uint32_t type = EncodeEvent(event).type;
    types.insert(type);
    const auto* field = descriptor->FindFieldByNumber(static_cast<int>(type));
    ASSERT_NE(field, nullptr) << type;
    EXPECT_EQ(field->name(), d::EventName(event));
  }
  EXPECT_EQ(types.size(), static_cast<size_t>(descriptor->field_count()));
}

TEST(EventCodecTest, OptionalFieldsMayBeAbsent) {
  const std::vector<d::Event> kSparse = {
      d::IncarnationOpened{.reason = d::IncarnationReason::kEnrolled,
                           .parent = {},
                           .parent_seq = 0,
                           .parent_head = {},
                           .public_key = {}},
      d::PrintRefused{.refusal = d::PrintRefusal::kNotLoggedIn,
                      .prr = {},
                      .blank = std::nullopt,
                      .printer = {},
                      .operator_id = {}},
      d::PrintUnused{.act = d::ActId::Of("a"), .operator_id = {}},
      d::OfficeDayOpened{absl::CivilDay(1969, 12, 31), d::OfficeDayBasis::kFirst},
      d::BlanksReceived{.act = d::ActId::Of("a"),
                        .transfer = d::TransferId::Of("t"),
                        .operator_id = d::OperatorId::Of("o"),
                        .received = {},
                        .missing = {},
                        .unexpected = {}}};
  for (const d::Event& event : kSparse) {
    const EncodedEvent encoded = EncodeEvent(event);
    EXPECT_EQ(DecodeEvent(encoded.type, encoded.payload).value(), event) << d::EventName(event);
  }
}

TEST(EventCodecTest, UnknownTypesAreUnimplemented) {
  for (const uint32_t type : {0u, 16u, 31u, 60u, 63u, 1u << 20, UINT32_MAX}) {
    EXPECT_TRUE(absl::IsUnimplemented(DecodeEvent(type, "anything").status())) << type;
  }
}

TEST(EventCodecTest, FieldsOfALaterVersionAreNoError) {
  EncodedEvent encoded = EncodeEvent(d::PrintCompleted{d::ActId::Of("a")});
  encoded.payload += "\xfa\x01\x01x";  // field 31, one byte
  EXPECT_EQ(DecodeEvent(encoded.type, encoded.payload).value(),
            d::Event(d::PrintCompleted{d::ActId::Of("a")}));
}

struct BadPayload {
  uint32_t type;
  std::string payload;
  const char* message;
};

template <typename Proto, typename Change>
std::string Changed(const d::Event& event, Change change) {
  Proto proto;
  EXPECT_TRUE(proto.ParseFromString(EncodeEvent(event).payload));
  change(proto);
  return proto.SerializeAsString();
}

template <typename Event>
d::Event SampleOf() {
  for (const d::Event& event : tests::EventSamples()) {
    if (std::holds_alternative<Event>(event)) return event;
  }
  return {};
}

TEST(EventCodecTest, BadPayloadsAreNamed) {
  const BadPayload kCases[] = {
      {6, "\xff", "bad PrintSent: 1 payload bytes"},
      {7, "", "bad PrintCompleted.act"},
      {5,
       Changed<pb::PrintIntended>(SampleOf<d::PrintIntended>(),
                                  [](auto& proto) { proto.set_blank("1234567890123456"); }),
       "bad PrintIntended.blank"},
      {5,
       Changed<pb::PrintIntended>(SampleOf<d::PrintIntended>(),
                                  [](auto& proto) { proto.set_control_state("short"); }),
       "bad PrintIntended.control_state"},
      {5,
       Changed<pb::PrintIntended>(SampleOf<d::PrintIntended>(),
                                  [](auto& proto) { proto.set_operator_id("a person"); }),
       "bad PrintIntended.operator_id"},
      {11,
       Changed<pb::PrintSpoiled>(SampleOf<d::PrintSpoiled>(),
                                 [](auto& proto) { proto.set_cause(pb::SPOIL_CAUSE_UNSPECIFIED); }),
       "bad PrintSpoiled.cause: got enum number 0, want 1 to 5"},
      {11,
       Changed<pb::PrintSpoiled>(
           SampleOf<d::PrintSpoiled>(),
           [](auto& proto) { proto.set_cause(static_cast<pb::SpoilCause>(6)); }),
       "bad PrintSpoiled.cause: got enum number 6, want 1 to 5"},
      {3,
       Changed<pb::BlanksReceived>(
           SampleOf<d::BlanksReceived>(),
           [](auto& proto) { proto.mutable_missing()->set_text("A9..A1"); }),
       "bad BlanksReceived.missing"},
      {41,
       Changed<pb::CaseChanged>(SampleOf<d::CaseChanged>(),
                                [](auto& proto) { proto.add_evidence("x"); }),
       "bad CaseChanged.evidence"},
  };
  for (const BadPayload& bad : kCases) {
    const absl::Status status = DecodeEvent(bad.type, bad.payload).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad.message;
    EXPECT_THAT(std::string(status.message()), HasSubstr(bad.message));
  }
}

TEST(EventCodecTest, ANikInASerialFieldIsNotQuoted) {
  const std::string payload = Changed<pb::PrintIntended>(
      SampleOf<d::PrintIntended>(), [](auto& proto) { proto.set_blank("1234567890123456"); });
  EXPECT_THAT(std::string(DecodeEvent(5, payload).status().message()),
              ::testing::Not(HasSubstr("1234567890123456")));
}

TEST(EventCodecTest, TruncatedPayloadsNeverCrash) {
  for (const d::Event& event : tests::EventSamples()) {
    const EncodedEvent encoded = EncodeEvent(event);
    for (size_t size = 0; size < encoded.payload.size(); ++size) {
      const auto decoded = DecodeEvent(encoded.type, encoded.payload.substr(0, size));
      if (decoded.ok()) {
        EXPECT_NE(*decoded, event) << d::EventName(event);
      }
    }
  }
}

}  // namespace
}  // namespace keping::wire
