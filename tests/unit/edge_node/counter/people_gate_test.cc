#include "edge_node/counter/people_gate.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "common/time/simulated_clock.h"
#include "keping/edge/v1/edge.pb.h"
#include "keping/edge/v1/people.pb.h"
#include "keping/log/v1/office.pb.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;

constexpr char kPrint[] = "/keping.edge.v1.CounterService/Print";
constexpr char kStatus[] = "/keping.edge.v1.CounterService/GetStatus";
constexpr char kWatch[] = "/keping.edge.v1.ScreenService/WatchStatus";
constexpr char kWatchScans[] = "/keping.edge.v1.ScanService/WatchScans";
constexpr char kScan[] = "/keping.edge.v1.ScanService/ReadScan";
constexpr char kChange[] = "/keping.edge.v1.PeopleService/ChangePassword";

class PeopleGateTest : public ::testing::Test {
 protected:
  std::string Open(const char* person, bool must_change = false) {
    return sessions_.Open(domain::OperatorId::Of(person), prng_.Bytes(people::kTokenBytes),
                          must_change, clock_.Now().monotonic);
  }
  std::string Refusal(absl::string_view path, const std::string& token) {
    return std::string(gate_.Enter(path, token).status().message());
  }

  time::SimulatedClock clock_{absl::FromUnixSeconds(1'493'251'200)};
  base::Prng prng_{9};
  people::Sessions sessions_;
  people::Confirmations confirmations_;
  PeopleGate gate_{&sessions_, &confirmations_, &clock_};
};

TEST_F(PeopleGateTest, NobodyCallsAnythingButSignInWithoutASession) {
  EXPECT_EQ(gate_.Enter("/keping.edge.v1.PeopleService/SignIn", "").value(), "");
  const auto* file = v1::SignInRequest::descriptor()->file();
  for (int i = 0; i < file->service(0)->method_count(); ++i) {
    const std::string& name = file->service(0)->method(i)->name();
    if (name == "SignIn") continue;
    EXPECT_THAT(Refusal(absl::StrCat("/keping.edge.v1.PeopleService/", name), ""),
                HasSubstr("K-186"))
        << name;
  }
  EXPECT_THAT(Refusal(kStatus, "guessed"), HasSubstr("K-186"));
  EXPECT_THAT(Refusal("", ""), HasSubstr("K-186"));
}

TEST_F(PeopleGateTest, ASessionIsItsPerson) {
  const std::string token = Open("ayu");
  EXPECT_EQ(gate_.Enter(kPrint, token).value(), "ayu");
  EXPECT_EQ(gate_.Enter(kStatus, token).value(), "ayu");
}

TEST_F(PeopleGateTest, OnlyActsAndScansKeepAScreenOpen) {
  const std::string token = Open("ayu");
  for (const char* path : {kPrint, kScan, kScan}) {
    clock_.Advance(absl::Minutes(9));
    EXPECT_TRUE(gate_.Enter(path, token).ok());
  }
  clock_.Advance(absl::Minutes(9));
  for (const char* path : {kStatus, kWatch, kWatchScans}) {
    EXPECT_TRUE(gate_.Enter(path, token).ok()) << path;
  }
  clock_.Advance(absl::Minutes(1));
  EXPECT_THAT(Refusal(kWatch, token), HasSubstr("K-187"));
  EXPECT_THAT(Refusal(kWatchScans, token), HasSubstr("K-187"));
  EXPECT_THAT(Refusal(kStatus, token), HasSubstr("K-187"));
  EXPECT_TRUE(gate_.Enter("/keping.edge.v1.PeopleService/UnlockScreen", token).ok());
}

TEST_F(PeopleGateTest, AForeignPasswordIsChangedBeforeAnythingElse) {
  const std::string token = Open("ayu", /*must_change=*/true);
  EXPECT_THAT(Refusal(kPrint, token), HasSubstr("K-178"));
  EXPECT_THAT(Refusal(kStatus, token), HasSubstr("K-178"));
  EXPECT_EQ(gate_.Enter(kChange, token).value(), "ayu");
}

TEST_F(PeopleGateTest, NobodyActsInAnothersName) {
  const PeopleGate::Caller ayu{.person = "ayu", .token = Open("ayu"), .confirmation = ""};
  v1::PrintRequest print;
  print.set_operator_id("ayu");
  EXPECT_TRUE(gate_.Allow(ayu, print).ok());
  print.set_operator_id("made");
  EXPECT_THAT(std::string(gate_.Allow(ayu, print).message()), HasSubstr("K-188"));
  v1::SignOutRequest out;
  out.set_token(ayu.token);
  EXPECT_TRUE(gate_.Allow(ayu, out).ok());
  out.set_token(Open("made"));
  EXPECT_THAT(std::string(gate_.Allow(ayu, out).message()), HasSubstr("K-188"));
  EXPECT_TRUE(gate_.Allow(ayu, v1::GetStatusRequest()).ok());
}

TEST_F(PeopleGateTest, ASecondPersonMustHaveConfirmed) {
  const auto made = domain::OperatorId::Of("made");
  PeopleGate::Caller ayu{.person = "ayu", .token = Open("ayu"), .confirmation = ""};
  // Any message with these fields will do.
  log::v1::CardsDestroyed request;
  request.set_operator_id("ayu");
  request.set_second("made");
  EXPECT_THAT(std::string(gate_.Allow(ayu, request).message()), HasSubstr("K-189"));
  ayu.confirmation =
      confirmations_.Make(made, prng_.Bytes(people::kTokenBytes), clock_.Now().monotonic);
  EXPECT_TRUE(gate_.Allow(ayu, request).ok());
  EXPECT_THAT(std::string(gate_.Allow(ayu, request).message()), HasSubstr("K-189"));
}

}  // namespace
}  // namespace keping::edge
