// The console as a browser speaks to it: HTTP to a whole central node, with its sessions, its door
// and its live stream.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "central_node/app/central_program.h"
#include "central_node/app/stopped_district.h"
#include "common/cli/client.h"
#include "common/config/central_config.h"
#include "common/http/connect_protocol.h"
#include "common/time/system_clock.h"
#include "keping/central/v1/central.pb.h"
#include "keping/central/v1/desk.pb.h"
#include "keping/central/v1/sign_in.pb.h"
#include "keping/config/v1/central.pb.h"
#include "tests/support/temp_folder.h"

namespace keping::central {
namespace {

using ::testing::HasSubstr;

constexpr absl::Duration kPatience = absl::Seconds(60);
constexpr char kPassword[] = "kopi bangli 2017";
constexpr char kReconciler[] = "ROLE_RECONCILER";

// One person's browser: it keeps the cookie, and says whatever it is told to.
class Browser {
 public:
  explicit Browser(std::string url) : url_(std::move(url)) {}

  // The body of the answer, a refusal's too.
  std::string Post(const std::string& method, const std::string& json) {
    const httplib::Result answer = httplib::Client(url_).Post("/keping.central.v1." + method,
                                                              Head(), json, "application/json");
    if (!answer) return "no answer: " + httplib::to_string(answer.error());
    const std::string cookie = answer->get_header_value("Set-Cookie");
    if (!cookie.empty()) cookie_ = cookie.substr(0, cookie.find(';'));
    return answer->body;
  }
  std::string SignIn(const std::string& officer, const std::string& password) {
    return Post("SignInService/SignIn",
                absl::StrCat("{\"officer\":\"", officer, "\",\"password\":\"", password, "\"}"));
  }
  // With the password that somebody else made, which it replaces.
  void Join(const std::string& officer, const std::string& first_password) {
    EXPECT_THAT(SignIn(officer, first_password), HasSubstr("\"mustChangePassword\":true"));
    EXPECT_EQ(Post("SignInService/ChangePassword",
                   absl::StrCat("{\"officer\":\"", officer, "\",\"oldPassword\":\"", first_password,
                                "\",\"newPassword\":\"", kPassword, "\"}")),
              "{}");
  }

  // All that comes until the stream ends; `opened` is called when it begins to come.
  std::string Watch(const std::function<void()>& opened) {
    std::string all;
    httplib::Request request;
    request.method = "POST";
    request.path = "/keping.central.v1.WatchService/WatchDistrict";
    request.headers = Head();
    request.headers.emplace("Content-Type", "application/connect+json");
    request.body = http::Envelope(0, "{}");
    request.content_receiver = [&](const char* data, size_t size, uint64_t, uint64_t) {
      if (all.empty()) opened();
      all.append(data, size);
      return true;
    };
    httplib::Client client(url_);
    client.set_read_timeout(60);  // the feed's heartbeat is later than the library's patience
    EXPECT_TRUE(client.send(request));
    return all;
  }

 private:
  httplib::Headers Head() const { return {{"keping-session", "cookie"}, {"Cookie", cookie_}}; }

  const std::string url_;
  std::string cookie_;
};

class ConsoleSiteTest : public ::testing::Test {
 protected:
  ConsoleSiteTest() {
    config_.set_district_id("bangli");
    config_.set_data_dir(folder_.path() + "/data");
    config_.set_keys_dir(folder_.path() + "/keys");
    config_.set_sync_listen("127.0.0.1:0");
    config_.set_enrolment_listen("127.0.0.1:0");
    config_.mutable_national()->set_exchange_dir(folder_.path() + "/exchange");
    config_.mutable_console()->set_listen_loopback("127.0.0.1:0");
    config::CompleteCentralConfig(folder_.path(), &config_);
    EXPECT_TRUE(InitialiseDistrict(config_, clock_).ok());
    program_ = *CentralProgram::Make(config_, &clock_,
                                     [](const absl::Status& status) { ADD_FAILURE() << status; });
    EXPECT_TRUE(program_->Start().ok());
    v1::SetOfficerRequest first;
    first.set_officer("made");
    first.set_role(log::v1::ROLE_ADMINISTRATOR);
    first.set_active(true);
    const auto made = cli::CallCentral(config_.api_socket(), kPatience, first);
    EXPECT_TRUE(made.ok()) << made.status();
    made_ = std::make_unique<Browser>(program_->console_addresses()[0]);
    made_->Join("made", std::get<v1::SetOfficerResponse>(*made).first_password());
  }

  // Puts an officer on the roster; returns the browser of that person.
  std::unique_ptr<Browser> Officer(const std::string& officer, const char* role) {
    const std::string answer = made_->Post(
        "DeskService/SetOfficer", absl::StrCat("{\"officer\":\"", officer, "\",\"role\":\"", role,
                                               "\",\"active\":true,\"by\":\"made\"}"));
    v1::SetOfficerResponse set;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(answer, &set).ok()) << answer;
    auto browser = std::make_unique<Browser>(program_->console_addresses()[0]);
    browser->Join(officer, set.first_password());
    return browser;
  }

  const time::SystemClock clock_;
  const tests::TempFolder folder_;
  config::v1::CentralConfig config_;
  std::unique_ptr<CentralProgram> program_;
  std::unique_ptr<Browser> made_;  // the administrator
};

TEST_F(ConsoleSiteTest, FiveWrongPasswordsLockThatOfficerOutAndNobodyElse) {
  const auto sari = Officer("sari", kReconciler);
  for (int i = 0; i < 4; ++i) EXPECT_THAT(sari->SignIn("sari", "salah sekali"), HasSubstr("K-175"));
  // The fifth wrong one, and then the right one.
  for (const char* password : {"salah sekali", kPassword}) {
    const std::string refusal = sari->SignIn("sari", password);
    EXPECT_THAT(refusal, HasSubstr("K-325: too many wrong passwords. Try again in "));
    EXPECT_THAT(refusal, Not(HasSubstr("Try again in 0")));
  }
  EXPECT_THAT(made_->SignIn("made", kPassword), HasSubstr("ROLE_ADMINISTRATOR"));
}

TEST_F(ConsoleSiteTest, NobodyActsInAnothersName) {
  const auto sari = Officer("sari", kReconciler);
  const auto move = [](Browser& browser, const char* by) {
    return browser.Post(
        "DistrictService/MoveLease",
        absl::StrCat(R"({"prr":"PRR-1","toNode":"susut","force":true,"by":")", by, "\"}"));
  };
  EXPECT_THAT(move(*sari, "made"), HasSubstr("K-188"));
  EXPECT_THAT(move(*made_, "sari"), HasSubstr("K-188"));
  EXPECT_THAT(move(*sari, "sari"), HasSubstr("not enrolled"));
}

TEST_F(ConsoleSiteTest, WhoIsStruckOffSeesTheDistrictNoMore) {
  const auto sari = Officer("sari", kReconciler);
  const std::string seen = sari->Watch([this] {
    EXPECT_EQ(made_->Post("DeskService/SetOfficer",
                          R"({"officer":"sari","role":"ROLE_RECONCILER","by":"made"})"),
              "{}");
  });
  EXPECT_THAT(seen, HasSubstr("\"whole\":true"));
  EXPECT_THAT(seen, HasSubstr("\"code\":\"unauthenticated\",\"message\":\"K-186"));
}

TEST_F(ConsoleSiteTest, WhoSignsOutSeesTheDistrictNoMore) {
  Browser& browser = *made_;
  const std::string seen =
      browser.Watch([&browser] { browser.Post("SignInService/SignOut", "{}"); });
  EXPECT_THAT(seen, HasSubstr("\"code\":\"unauthenticated\",\"message\":\"K-186"));
}

}  // namespace
}  // namespace keping::central
