#include "central_node/console/console_gate.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "central_node/console/officer_desk.h"
#include "common/base/prng.h"
#include "common/time/simulated_clock.h"
#include "keping/central/v1/central.pb.h"
#include "keping/central/v1/sign_in.pb.h"
#include "keping/central/v1/watch.pb.h"

namespace keping::central {
namespace {

using ::testing::HasSubstr;

constexpr char kStatus[] = "/keping.central.v1.DistrictService/GetStatus";
constexpr char kWatch[] = "/keping.central.v1.WatchService/WatchDistrict";

class ConsoleGateTest : public ::testing::Test {
 protected:
  std::string Open(const char* officer, bool must_change = false) {
    return sessions_.Open(domain::OperatorId::Of(officer), prng_.Bytes(people::kTokenBytes),
                          must_change, clock_.Now().monotonic);
  }
  std::string Refusal(absl::string_view path, const std::string& token) {
    return std::string(gate_.Enter(path, token).status().message());
  }

  time::SimulatedClock clock_{absl::FromUnixSeconds(1'493'251'200)};
  base::Prng prng_{9};
  people::Sessions sessions_{kOfficerSessions};
  ConsoleGate gate_{&sessions_, &clock_};
};

TEST_F(ConsoleGateTest, LookingWantsASessionToo) {
  EXPECT_EQ(gate_.Enter(kSignInPath, "").value(), "");
  for (const auto* file :
       {v1::GetStatusRequest::descriptor()->file(), v1::SignInRequest::descriptor()->file(),
        v1::WatchDistrictRequest::descriptor()->file()}) {
    for (int i = 0; i < file->service(0)->method_count(); ++i) {
      const auto* method = file->service(0)->method(i);
      if (method->name() == "SignIn") continue;
      const std::string path =
          absl::StrCat("/", method->service()->full_name(), "/", method->name());
      EXPECT_THAT(Refusal(path, ""), HasSubstr("K-186")) << path;
      EXPECT_THAT(Refusal(path, "guessed"), HasSubstr("K-186")) << path;
    }
  }
  EXPECT_THAT(Refusal("", ""), HasSubstr("K-186"));
}

TEST_F(ConsoleGateTest, AFirstPasswordOpensNothingButItsChange) {
  const std::string token = Open("rai", /*must_change=*/true);
  EXPECT_THAT(Refusal(kStatus, token), HasSubstr("K-178"));
  EXPECT_THAT(Refusal(kWatch, token), HasSubstr("K-178"));
  EXPECT_EQ(gate_.Enter(kChangePasswordPath, token).value(), "rai");
  EXPECT_EQ(gate_.Enter(kSignOutPath, token).value(), "rai");
}

TEST_F(ConsoleGateTest, AStreamDoesNotKeepASessionAlive) {
  const std::string token = Open("rai");
  clock_.Advance(kOfficerSessions.idle / 2);
  EXPECT_EQ(gate_.Enter(kStatus, token).value(), "rai");
  clock_.Advance(kOfficerSessions.idle / 2);
  EXPECT_EQ(gate_.Enter(kWatch, token).value(), "rai");
  clock_.Advance(kOfficerSessions.idle / 2 + absl::Seconds(1));
  EXPECT_THAT(Refusal(kWatch, token), HasSubstr("K-187"));
}

TEST_F(ConsoleGateTest, ADispatchTakesTwo) {
  v1::DispatchBlanksRequest dispatch;
  EXPECT_THAT(std::string(gate_.Allow(dispatch).message()), HasSubstr("K-303"));
  dispatch.set_second("sari");
  EXPECT_TRUE(gate_.Allow(dispatch).ok());
  EXPECT_TRUE(gate_.Allow(v1::GetStatusRequest()).ok());
}

}  // namespace
}  // namespace keping::central
