// What the district asks the capital for, and the deliveries that answer it.
#include "central_node/console/planning_console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "central_node/console/delivery_console.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using domain::OperatorId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr int32_t kDay = 30'000;

class PlanningConsoleTest : public ::testing::Test {
 protected:
  PlanningConsoleTest() {
    for (const char* name : {"made", "rai"}) {
      EXPECT_EQ(
          district_.Command(SetOfficer{
              .officer = OperatorId::Of(name), .role = domain::Role::kAdministrator, .by = {}}),
          CommandOutcome::kDone);
    }
  }

  static v1::RequestBlanksRequest RequestOf(const std::string& number) {
    v1::RequestBlanksRequest request;
    request.set_request(number);
    request.set_by("made");
    request.set_second("rai");
    return request;
  }
  v1::ReceiveDeliveryRequest DeliveryFor(const std::string& number) {
    v1::ReceiveDeliveryRequest delivery;
    delivery.set_allotment("A-7");
    delivery.set_bast_number("470/7/BAST/2017");
    delivery.set_bast_days(17283);
    delivery.set_handed_over_by("DITJEN/GUDANG");
    delivery.set_received_by("made");
    delivery.set_second("rai");
    delivery.set_scheme(log::v1::SERIAL_SCHEME_QUANTITY);
    delivery.set_quantity(500);
    delivery.set_request(number);
    return delivery;
  }

  static void Failed(const absl::Status& status) { ADD_FAILURE() << status; }

  tests::LittleDistrict district_{{{"susut", "51.06.01"}}};
  PlanningConsole planning_{{.node = &district_.centre(),
                             .hub = &district_.hub(),
                             .clock = &district_.clock(),
                             .failed = &Failed}};
  DeliveryConsole deliveries_{{.node = &district_.centre(),
                               .hub = &district_.hub(),
                               .clock = &district_.clock(),
                               .failed = &Failed}};
};

TEST_F(PlanningConsoleTest, ARequestThatIsRepeatedNeedsItsNumberOnly) {
  v1::RequestBlanksRequest request = RequestOf("470/1");
  request.set_blanks(700);
  request.set_needed_by_day(kDay);
  ASSERT_TRUE(planning_.RequestBlanks(request).ok());
  const auto again = planning_.RequestBlanks(RequestOf("470/1"));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->blanks(), 700u);
  EXPECT_EQ(again->needed_by_day(), kDay);
  request.set_blanks(701);
  EXPECT_THAT(std::string(planning_.RequestBlanks(request).status().message()),
              StartsWith("K-310"));
}

TEST_F(PlanningConsoleTest, ADeliveryAnswersARequestThatWasMade) {
  EXPECT_THAT(std::string(deliveries_.ReceiveDelivery(DeliveryFor("470/1")).status().message()),
              StartsWith("K-313"));
  v1::RequestBlanksRequest request = RequestOf("470/1");
  request.set_blanks(700);
  request.set_needed_by_day(kDay);
  ASSERT_TRUE(planning_.RequestBlanks(request).ok());
  const auto received = deliveries_.ReceiveDelivery(DeliveryFor("470/1"));
  ASSERT_TRUE(received.ok()) << received.status();
  EXPECT_THAT(planning_.ListBlankRequests({})->requests(0).allotments(), ElementsAre("A-7"));
}

TEST_F(PlanningConsoleTest, TheMinutesOfADeliveryHaveADocumentsNumber) {
  v1::ReceiveDeliveryRequest delivery = DeliveryFor("");
  for (const char* number : {"", "470/7 dari Pak Made"}) {
    delivery.set_bast_number(number);
    const absl::Status refused = deliveries_.ReceiveDelivery(delivery).status();
    EXPECT_TRUE(absl::IsInvalidArgument(refused)) << refused;
    EXPECT_THAT(std::string(refused.message()), HasSubstr("bast_number"));
  }
  delivery.set_bast_number("470/196501011990031001");
  EXPECT_THAT(std::string(deliveries_.ReceiveDelivery(delivery).status().message()),
              StartsWith("K-242"));
  delivery.set_bast_number("470/7/BAST/2017");
  EXPECT_TRUE(deliveries_.ReceiveDelivery(delivery).ok());
}

}  // namespace
}  // namespace keping::central
