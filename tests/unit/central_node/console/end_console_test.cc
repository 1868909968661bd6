#include "central_node/console/end_console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "central_node/store/queries.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using domain::NodeId;
using ::testing::HasSubstr;

class EndConsoleTest : public ::testing::Test {
 protected:
  // Its machine comes once more and says what it has.
  void RevokeAndHear() {
    v1::CloseNodeRequest request;
    request.set_node("susut");
    request.set_end(log::v1::NODE_END_REVOKED);
    request.set_by("kadis");
    request.set_second("sekdis");
    request.set_document("470/12/2017");
    ASSERT_TRUE(console_.CloseNode(request).ok());
    for (int session = 0; session < 3; ++session) {
      district_.Connect("susut");
      district_.Run();
    }
  }
  // Of whichever incarnation has some.
  absl::Status AcceptAll(const std::string& incarnation) {
    v1::AcceptClaimsRequest request;
    request.set_node("susut");
    request.set_up_to_seq(district_.centre()
                              .resident()
                              .nodes.at(NodeId::Of("susut"))
                              .streams.at(domain::IncarnationId::Of(incarnation))
                              .claims_seq);
    request.set_by("kadis");
    request.set_second("sekdis");
    request.set_document("470/13/2017");
    return console_.AcceptClaims(request).status();
  }

  tests::LittleDistrict district_{{{"susut", "51.06.01"}}};
  EndConsole console_{{.node = &district_.centre(),
                       .hub = &district_.hub(),
                       .clock = &district_.clock(),
                       .failed = [](const absl::Status&) {}}};
};

TEST_F(EndConsoleTest, ClaimsNeedNoIncarnationWhileOneHasSomeOpen) {
  RevokeAndHear();
  EXPECT_EQ(AcceptAll("susut-1"), absl::OkStatus());
  EXPECT_EQ(AcceptAll("susut-1"), absl::OkStatus()) << "whoever did not hear the answer asks again";
  district_.EnrolAnew("susut", "susut-2");
  RevokeAndHear();
  EXPECT_EQ(AcceptAll("susut-2"), absl::OkStatus());
  // Both are accepted now: which one is meant has to be said.
  EXPECT_THAT(std::string(AcceptAll("susut-2").message()), HasSubstr("want exactly one"));
}

}  // namespace
}  // namespace keping::central
