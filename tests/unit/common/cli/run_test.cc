#include "common/cli/run.h"

#include <gmock/gmock.h>
#include <grpcpp/server_context.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "common/cli/command_line.h"
#include "common/rpc/server.h"
#include "keping/central/v1/central.grpc.pb.h"
#include "keping/central/v1/people.grpc.pb.h"
#include "keping/central/v1/planning.grpc.pb.h"
#include "keping/central/v1/sign_in.grpc.pb.h"
#include "keping/edge/v1/edge.grpc.pb.h"
#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class FakeCounter final : public edge_api::CounterService::Service {
 public:
  grpc::Status GetStatus(grpc::ServerContext*, const edge_api::GetStatusRequest*,
                         edge_api::GetStatusResponse* response) override {
    response->set_node("susut");
    response->set_last_receipt_micros(1493255703000000);
    response->set_blanks_in_tray(1549);
    edge_api::PrinterState* printer = response->add_printers();
    printer->set_printer("p1");
    printer->set_fed_today(50);
    printer->set_cards_per_day(50);
    return grpc::Status::OK;
  }
  grpc::Status Print(grpc::ServerContext*, const edge_api::PrintRequest* request,
                     edge_api::PrintResponse* response) override {
    print = *request;
    if (request->blank() == "A0000051") {
      response->mutable_refusal()->set_refusal(log::v1::PRINT_REFUSAL_DUTY_USED_UP);
      response->mutable_refusal()->set_code("K-113");
      response->mutable_refusal()->set_sentence("This printer's cards for today are used up.");
      return grpc::Status::OK;
    }
    response->set_act("act-1");
    response->set_prr("PRR-1");
    response->set_state("completed");
    return grpc::Status::OK;
  }
  grpc::Status VerifyCard(grpc::ServerContext*, const edge_api::VerifyCardRequest* request,
                          edge_api::VerifyCardResponse*) override {
    verified = *request;
    return request->act() == "settled"
               ? grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "K-125: job settled.")
               : grpc::Status::OK;
  }
  grpc::Status SpoilCard(grpc::ServerContext*, const edge_api::SpoilCardRequest* request,
                         edge_api::SpoilCardResponse*) override {
    spoiled = *request;
    return grpc::Status::OK;
  }
  grpc::Status ReleaseJob(grpc::ServerContext*, const edge_api::ReleaseJobRequest* request,
                          edge_api::ReleaseJobResponse*) override {
    released = *request;
    return grpc::Status::OK;
  }
  grpc::Status ReceiveTransfer(grpc::ServerContext*,
                               const edge_api::ReceiveTransferRequest* request,
                               edge_api::ReceiveTransferResponse* response) override {
    received = *request;
    response->set_received(1600);
    return grpc::Status::OK;
  }
  grpc::Status ListActions(grpc::ServerContext*, const edge_api::ListActionsRequest*,
                           edge_api::ListActionsResponse*) override {
    return {grpc::StatusCode::UNAVAILABLE, "the node's store failed; restart the node"};
  }

  edge_api::PrintRequest print;
  edge_api::VerifyCardRequest verified;
  edge_api::SpoilCardRequest spoiled;
  edge_api::ReleaseJobRequest released;
  edge_api::ReceiveTransferRequest received;
};

class FakeDistrict final : public central_api::DistrictService::Service {
 public:
  grpc::Status GetStock(grpc::ServerContext*, const central_api::GetStockRequest*,
                        central_api::GetStockResponse* response) override {
    central_api::Balance* balance = response->add_balances();
    balance->set_account("district_stock");
    balance->set_quantity(8000);
    response->set_accounted(8000);
    response->set_issued(8000);
    response->set_balanced(true);
    return grpc::Status::OK;
  }
  grpc::Status ListCases(grpc::ServerContext*, const central_api::ListCasesRequest* request,
                         central_api::ListCasesResponse* response) override {
    open_only = request->open_only();
    central_api::Case* one = response->add_cases();
    one->set_case_id("case-1");
    one->set_kind(log::v1::CASE_KIND_WITHDRAWN_PRINTED);
    one->set_state(log::v1::CASE_STATE_ACTING);
    return grpc::Status::OK;
  }
  grpc::Status DispatchBlanks(grpc::ServerContext* context,
                              const central_api::DispatchBlanksRequest* request,
                              central_api::DispatchBlanksResponse* response) override {
    response->set_transfer(request->transfer());
    response->set_quantity(request->quantity());
    return context->client_metadata().contains("authorization") ? signed_in_status
                                                                : dispatch_status;
  }

  bool open_only = false;
  grpc::Status dispatch_status;   // without a session
  grpc::Status signed_in_status;  // with one
};

class FakeDistrictPeople final : public central_api::PeopleService::Service {
 public:
  grpc::Status AddOperator(grpc::ServerContext*, const central_api::AddOperatorRequest* request,
                           central_api::AddOperatorResponse* response) override {
    added = *request;
    if (request->first_password()) response->set_first_password("7KQ2M-X9TB4");
    return grpc::Status::OK;
  }
  grpc::Status CertifyOperator(grpc::ServerContext*,
                               const central_api::CertifyOperatorRequest* request,
                               central_api::CertifyOperatorResponse*) override {
    certified = *request;
    return grpc::Status::OK;
  }
  grpc::Status ListOperators(grpc::ServerContext*, const central_api::ListOperatorsRequest*,
                             central_api::ListOperatorsResponse* response) override {
    central_api::Operator* person = response->add_operators();
    person->set_operator_id("op-susut");
    person->set_node("susut");
    person->set_role(log::v1::ROLE_STOCK_KEEPER);
    person->add_certified_versions("2017.1");
    person->add_certified_versions("2017.2");
    person->set_active(true);
    return grpc::Status::OK;
  }
  grpc::Status RequireApplication(grpc::ServerContext*,
                                  const central_api::RequireApplicationRequest* request,
                                  central_api::RequireApplicationResponse*) override {
    required = *request;
    return grpc::Status::OK;
  }

  central_api::AddOperatorRequest added;
  central_api::CertifyOperatorRequest certified;
  central_api::RequireApplicationRequest required;
};

class FakePlanning final : public central_api::PlanningService::Service {
 public:
  grpc::Status ListBlankRequests(grpc::ServerContext*, const central_api::ListBlankRequestsRequest*,
                                 central_api::ListBlankRequestsResponse* response) override {
    central_api::SentBlankRequest* asked = response->add_requests();
    asked->set_request("470/12");
    asked->set_blanks(5387);
    asked->set_by("made");
    asked->set_second("rai");
    central_api::SentBlankRequest* of_nobody = response->add_requests();
    of_nobody->set_request("470/99");
    of_nobody->add_allotments("A-9");
    return grpc::Status::OK;
  }
};

class FakeSignIn final : public central_api::SignInService::Service {
 public:
  grpc::Status SignIn(grpc::ServerContext*, const central_api::SignInRequest* request,
                      central_api::SignInResponse* response) override {
    response->set_token("token-of-" + request->officer());
    return grpc::Status::OK;
  }
  grpc::Status SignOut(grpc::ServerContext*, const central_api::SignOutRequest* request,
                       central_api::SignOutResponse*) override {
    ended.push_back(request->token());
    return grpc::Status::OK;
  }

  std::vector<std::string> ended;
};

class RunTest : public testing::Test {
 protected:
  RunTest() {
    server_ =
        *rpc::ServeUnix(socket_, {&counter_, &district_, &district_people_, &planning_, &sign_in_});
  }

  int Run(std::vector<std::string> words) {
    words.insert(words.begin(), "keping");
    std::vector<const char*> argv;
    for (const std::string& word : words) argv.push_back(word.c_str());
    std::ostringstream out;
    std::ostringstream err;
    std::istringstream in(typed_);
    const int exit_code =
        RunKeping(static_cast<int>(argv.size()), argv.data(), locale_, in, out, err);
    out_ = out.str();
    err_ = err.str();
    return exit_code;
  }
  // With the socket of the fake node.
  int Ask(std::vector<std::string> words) {
    words.insert(words.end(), {"--socket", socket_});
    return Run(std::move(words));
  }

  tests::TempFolder folder_;
  std::string locale_ = "C.UTF-8";
  const std::string socket_ = folder_.path() + "/api.sock";
  FakeCounter counter_;
  FakeDistrict district_;
  FakeDistrictPeople district_people_;
  FakePlanning planning_;
  FakeSignIn sign_in_;
  std::unique_ptr<rpc::RunningServer> server_;
  std::string typed_;  // on standard input
  std::string out_;
  std::string err_;
};

TEST_F(RunTest, StatusIsATableInOfficeTime) {
  EXPECT_EQ(Ask({"edge", "status"}), kDone);
  EXPECT_THAT(out_, AllOf(HasSubstr("susut"), HasSubstr("2017-04-27 09:15:03 WITA"),
                          HasSubstr("1,549"), HasSubstr("50/50")));
  EXPECT_EQ(err_, "");
}

TEST_F(RunTest, JsonHasProtoNamesAndEveryField) {
  EXPECT_EQ(Ask({"edge", "status", "--json"}), kDone);
  EXPECT_THAT(
      out_, AllOf(HasSubstr("\"blanks_in_tray\": \"1549\""), HasSubstr("\"blanks_spoiled\": \"0\""),
                  HasSubstr("\"connected\": false")));
}

TEST_F(RunTest, PrintSendsWhatWasAsked) {
  EXPECT_EQ(Ask({"edge", "print", "--operator", "op", "--blank", "A0000001", "--wait"}), kDone);
  EXPECT_EQ(counter_.print.operator_id(), "op");
  EXPECT_EQ(counter_.print.blank(), "A0000001");
  EXPECT_TRUE(counter_.print.wait());
  EXPECT_EQ(out_, "Job act-1 for PRR-1: completed.\n");
}

TEST_F(RunTest, ADispatchWithoutAnAnswerSaysHowToRepeatIt) {
  EXPECT_EQ(Ask({"central", "dispatch", "susut", "--quantity", "9"}), kDone);
  EXPECT_THAT(out_, MatchesRegex("Transfer [0-9a-f]{16} with 9 blanks(.|\n)*"));
  district_.dispatch_status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone");
  EXPECT_EQ(Ask({"central", "dispatch", "susut", "--quantity", "9", "--transfer", "t-1"}), kFailed);
  EXPECT_THAT(err_, HasSubstr("gone. Repeat it with --transfer t-1"));
}

TEST_F(RunTest, ASessionForOneCommandEndsWhenTheCommandFails) {
  std::istringstream passwords("kopi bangli 2017\n");
  std::streambuf* const before = std::cin.rdbuf(passwords.rdbuf());
  const absl::Cleanup restore = [before] { std::cin.rdbuf(before); };
  district_.dispatch_status = grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "K-186");
  // The second of two never types the own password.
  district_.signed_in_status =
      grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "K-189: this takes two persons.");
  EXPECT_NE(Ask({"central", "dispatch", "susut", "--quantity", "9", "--by", "rai"}), kDone);
  EXPECT_THAT(sign_in_.ended, testing::ElementsAre("token-of-rai"));
}

TEST_F(RunTest, ARefusedPrintHasItsOwnExitCode) {
  EXPECT_EQ(Ask({"edge", "print", "--operator", "op", "--blank", "A0000051"}), kRefused);
  EXPECT_EQ(err_, "K-113: This printer's cards for today are used up.\n");
  EXPECT_EQ(Ask({"edge", "print", "--operator", "op", "--blank", "A0000051", "--json"}), kRefused);
  EXPECT_THAT(out_, HasSubstr("\"code\": \"K-113\""));
}

TEST_F(RunTest, AnotherRuleOfTheOfficeIsARefusalToo) {
  EXPECT_EQ(Ask({"edge", "verify-card", "settled", "--blank", "A1", "--nik-tail", "0001",
                 "--operator", "op"}),
            kRefused);
  EXPECT_EQ(err_, "keping: K-125: job settled.\n");
}

TEST_F(RunTest, ResolveChoosesTheCall) {
  EXPECT_EQ(Ask({"edge", "resolve", "a1", "good", "--blank", "A1", "--nik-tail", "0001",
                 "--operator", "op"}),
            kDone);
  EXPECT_EQ(counter_.verified.act() + counter_.verified.blank() + counter_.verified.nik_tail(),
            "a1A10001");
  EXPECT_EQ(Ask({"edge", "resolve", "a2", "spoiled", "--cause", "warped", "--operator", "op"}),
            kDone);
  EXPECT_EQ(counter_.spoiled.cause(), log::v1::SPOIL_CAUSE_WARPED);
  EXPECT_EQ(counter_.spoiled.blank(), "");
  EXPECT_EQ(Ask({"edge", "resolve", "a2", "spoiled", "--cause", "warped", "--blank", "A2",
                 "--operator", "op"}),
            kDone);
  EXPECT_EQ(counter_.spoiled.blank(), "A2");
  EXPECT_EQ(Ask({"edge", "resolve", "a3", "unused", "--operator", "op"}), kDone);
  EXPECT_EQ(counter_.released.act(), "a3");
}

TEST_F(RunTest, ReceiveReadsScansFromAFile) {
  const std::string file = folder_.path() + "/scans";
  std::ofstream(file) << "A0001000..A0001999\r\n\n04A1B2C3D4E5F6\n";
  EXPECT_EQ(Ask({"edge", "receive", "t1", "--operator", "op", "--scanned-file", file}), kDone);
  EXPECT_EQ(counter_.received.scanned(), "A0001000..A0001999,04A1B2C3D4E5F6");
  EXPECT_EQ(out_, "Received 1,600, missing 0, unexpected 0.\n");
}

// Read as nothing it would say that nothing came.
TEST_F(RunTest, AFileOfScansThatIsNoneIsRefused) {
  const std::string empty = folder_.path() + "/empty";
  std::ofstream(empty) << "\n\n";
  for (const std::string& file : {folder_.path(), empty, folder_.path() + "/absent"}) {
    EXPECT_EQ(Ask({"edge", "receive", "t1", "--operator", "op", "--scanned-file", file}), kUsage);
    EXPECT_THAT(err_, AllOf(HasSubstr(file), HasSubstr("want"))) << file;
    EXPECT_EQ(Ask({"edge", "batch", "open", "--operator", "op", "--scanned-file", file}), kUsage);
    EXPECT_EQ(Ask({"edge", "stock", "count", "tray", "--operator", "op", "--scanned-file", file}),
              kUsage);
  }
  EXPECT_EQ(counter_.received.transfer(), "") << "nothing was asked of the node";
}

TEST_F(RunTest, CentralTables) {
  EXPECT_EQ(Ask({"central", "stock"}), kDone);
  EXPECT_THAT(out_, AllOf(HasSubstr("district_stock"), HasSubstr("8,000"), HasSubstr("balanced.")));
  EXPECT_EQ(Ask({"central", "cases", "--open"}), kDone);
  EXPECT_TRUE(district_.open_only);
  EXPECT_THAT(out_, AllOf(HasSubstr("withdrawn_printed"), HasSubstr("acting")));
  EXPECT_EQ(Ask({"central", "dispatch", "susut", "--quantity", "1600", "--transfer", "t-1"}),
            kDone);
  EXPECT_THAT(out_, HasSubstr("Transfer t-1 with 1,600 blanks"));
}

TEST_F(RunTest, AnAllotmentForARequestOfNobodyIsSaid) {
  EXPECT_EQ(Ask({"central", "plan", "requests"}), kDone);
  EXPECT_THAT(out_, AllOf(MatchesRegex("(.|\n)*470/12 +5,387 .*made, rai +waits(.|\n)*"),
                          MatchesRegex("(.|\n)*470/99 .*nobody here +K-361: .*A-9(.|\n)*")));
}

TEST_F(RunTest, TheDistrictKeepsTheRosters) {
  EXPECT_EQ(Ask({"central", "operator", "add", "op-susut", "susut"}), kDone);
  EXPECT_EQ(district_people_.added.role(), log::v1::ROLE_OPERATOR);
  EXPECT_EQ(Ask({"central", "operator", "add", "op-susut", "susut", "--role", "stock-keeper",
                 "--first-password"}),
            kDone);
  EXPECT_EQ(district_people_.added.role(), log::v1::ROLE_STOCK_KEEPER);
  EXPECT_THAT(out_, HasSubstr("First password  7KQ2M-X9TB4\n"));
  EXPECT_EQ(Ask({"central", "operator", "certify", "op-susut", "susut", "2017.1", "--withdraw"}),
            kDone);
  EXPECT_TRUE(district_people_.certified.withdraw());
  EXPECT_EQ(district_people_.certified.application_version(), "2017.1");
  EXPECT_EQ(Ask({"central", "operator", "list"}), kDone);
  EXPECT_THAT(out_, AllOf(HasSubstr("stock-keeper"), HasSubstr("2017.1, 2017.2")));
  EXPECT_EQ(Ask({"central", "require-application", "2017.2", "--node", "susut"}), kDone);
  EXPECT_EQ(district_people_.required.node(), "susut");
}

TEST_F(RunTest, SocketAndTimeZoneComeFromTheConfig) {
  const std::string config = folder_.path() + "/edge.textproto";
  std::ofstream(config) << "node_id: 'susut' office_name: 'Susut' data_dir: 'data' "
                           "keys_dir: 'keys'\n"
                           "centre_address: 'localhost:1' centre_enrolment_address: 'localhost:2'\n"
                           "api_socket: 'api.sock' application_version: '2017.1'\n"
                           "utc_offset_minutes: 420\n"
                           "printers { printer_id: 'p1' uri: 'ipp://localhost/p1' }\n";
  EXPECT_EQ(Run({"edge", "status", "--config", config}), kDone) << err_;
  EXPECT_THAT(out_, HasSubstr("2017-04-27 08:15:03 WIB"));
  EXPECT_EQ(Run({"central", "stock", "--config", config}), kUsage);
  EXPECT_THAT(err_, HasSubstr("edge.textproto:1"));
}

TEST_F(RunTest, ReaderIsTaughtByWhatItTypes) {
  const std::vector<std::string> teach = {"reader",  "teach",    "--counter",
                                          "loket-1", "--serial", "A1B2C3D4"};
  typed_ = "a1b2c3d4\n";
  EXPECT_EQ(Run(teach), kDone) << err_;
  EXPECT_THAT(out_, HasSubstr("lower_case: true"));
  typed_ = "something else\n";
  EXPECT_EQ(Run(teach), kRefused);
  EXPECT_THAT(err_, HasSubstr("K-238: "));
}

TEST_F(RunTest, FailuresOfTheNodeAreOperatingErrors) {
  EXPECT_EQ(Ask({"edge", "actions"}), kFailed);
  EXPECT_EQ(err_, "keping: the node's store failed; restart the node\n");
  server_.reset();
  EXPECT_EQ(Ask({"edge", "actions"}), kFailed);
  EXPECT_THAT(err_, HasSubstr("the node is not running"));
}

TEST_F(RunTest, WrongUsageIsSaidInOneSentence) {
  struct Row {
    std::vector<std::string> words;
    const char* sentence;
  };
  const Row rows[] = {
      {{}, "got no command after keping, want one of: central, edge"},
      {{"central", "plan", "person", "--socket", "x"},
       "got \"person\" after plan, want one of: days"},
      {{"edge", "status"}, "got neither --config nor --socket"},
      {{"edge", "queue", "--limit", "900", "--socket", "x"}, "--limit: got \"900\", want 1 to 500"},
      {{"edge", "print", "--operator", "op", "--socket", "x"},
       "got no --blank, which keping edge print needs"},
      {{"edge", "resolve", "a", "good", "--operator", "op", "--socket", "x"}, "good needs --blank"},
      {{"edge", "resolve", "a", "unused", "--blank", "A1", "--operator", "op", "--socket", "x"},
       "unused takes neither"},
      {{"edge", "resolve", "a", "spoiled", "--operator", "op", "--socket", "x"},
       "spoiled needs --cause"},
      {{"edge", "verify-card", "a", "--blank", "A1", "--nik-tail", "12a4", "--operator", "op",
        "--socket", "x"},
       "want the NIK's last four"},
      {{"edge", "resolve", "a", "maybe", "--operator", "op", "--socket", "x"},
       "answer: got \"maybe\", want one of: good, spoiled, unused"},
      {{"edge", "receive", "t", "--operator", "op", "--socket", "x"},
       "got 0 of --scanned, --scanned-file, --box, --no-box, want one or two"},
      {{"central", "dispatch", "susut", "--socket", "x"},
       "got 0 of --quantity, --serials, --box, want one or two"},
      {{"central", "operator", "add", "op", "susut", "--role", "king", "--socket", "x"},
       "--role: got \"king\", want one of: administrator, auditor"},
      {{"verify"}, "got no store"},
      {{"edge", "status", "--socket", std::string(200, 'x')}, "want 1 to 107"},
      {{"verify-report", "report.txt", "--public-key", std::string(64, 'x')},
       "sign as character 1"},
      {{"bundle", "inspect", "stick", "--public-key", "3b6a"}, "got 4 characters"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Run(row.words), kUsage) << row.sentence;
    EXPECT_THAT(err_, HasSubstr(row.sentence));
    EXPECT_EQ(out_, "");
  }
}

TEST_F(RunTest, HelpIsAnAnswer) {
  EXPECT_EQ(Run({"--help"}), kDone);
  EXPECT_THAT(out_, HasSubstr("4 verify found a difference"));
  EXPECT_EQ(Run({"edge", "resolve", "--help"}), kDone);
  EXPECT_THAT(out_, HasSubstr("keping edge resolve ACT good"));
}

}  // namespace
}  // namespace keping::cli
