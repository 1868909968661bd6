// What the IPP printer concludes from a printer that misbehaves on the wire. A well-behaved one:
// tests/contract/printer_contract_test.cc.

#include "edge_node/printing/ipp_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "common/base/check.h"
#include "common/time/system_clock.h"
#include "tests/support/job_reports.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using tests::JobReports;

constexpr const char* kSilent = "silent";       // reads the request and never answers
constexpr const char* kHangUp = "hang up";      // reads the request and closes
constexpr const char* kCutShort = "cut short";  // closes after the first bytes
constexpr const char* kTrickle = "trickle";     // answers drop by drop
constexpr char kPrintJobOperation[] = {0, 2};   // RFC 8011, 5.4.15

constexpr char kGetPrinterOperation[] = {0, 11};

// An IPP answer of a printer that is idle and accepting, with `more` attributes.
std::string IdlePrinter(const std::string& more);

// A TCP server that answers requests to print in one scripted way and counts them. Asked how it is,
// it is idle; it hangs up on all others.
class OddServer {
 public:
  explicit OddServer(std::string answer, std::string attributes = "")
      : answer_(std::move(answer)), attributes_(std::move(attributes)) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    KEPING_CHECK(bind(listener_, generic, size) == 0 && listen(listener_, 8) == 0 &&
                     getsockname(listener_, generic, &size) == 0,
                 "a test can listen on loopback");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~OddServer() {
    stopping_ = true;
    thread_.join();
    close(listener_);
    for (int connection : kept_) close(connection);
  }

  std::string uri() const { return absl::StrCat("ipp://127.0.0.1:", port_, "/ipp/print"); }
  int print_requests() const { return print_requests_; }
  std::string print_request() const {
    absl::MutexLock lock(&mutex_);
    return print_request_;
  }
  void AwaitPrintRequest() const {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](const std::atomic<int>* n) { return *n > 0; }, &print_requests_));
  }

 private:
  void Serve() {
    while (!stopping_) {
      pollfd waiting{.fd = listener_, .events = POLLIN, .revents = 0};
      if (poll(&waiting, 1, 20) != 1) continue;
      Answer(accept(listener_, nullptr, nullptr));
    }
  }

  void Answer(int connection) {
    std::string request = Read(connection, answer_ == kCutShort ? 20'000 : 1'000'000);
    const size_t body = request.find("\r\n\r\n");
    auto is = [&](const char* operation) {
      return body != std::string::npos && request.size() > body + 8 &&
             request.compare(body + 6, 2, operation, 2) == 0;
    };
    if (is(kGetPrinterOperation)) Write(connection, IdlePrinter(attributes_));
    if (!is(kPrintJobOperation)) {
      close(connection);
      return;
    }
    {
      absl::MutexLock lock(&mutex_);
      print_request_ = request;
      ++print_requests_;
    }
    if (answer_ == kSilent) return kept_.push_back(connection);
    if (answer_ == kTrickle) return Trickle(connection);
    if (answer_ != kHangUp && answer_ != kCutShort) Write(connection, answer_);
    close(connection);
  }

  // The other end may have had enough before all is sent.
  static void Write(int connection, const std::string& answer) {
    send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
  }

  // Promises a long answer and sends a byte of it now and then, until the other end has enough.
  void Trickle(int connection) {
    Write(connection,
          "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: 9999\r\n\r\n");
    pollfd hung_up{.fd = connection, .events = POLLRDHUP, .revents = 0};
    while (!stopping_ && poll(&hung_up, 1, 20) == 0) {
      if (send(connection, "", 1, MSG_NOSIGNAL) != 1) break;
    }
    close(connection);
  }

  // One whole request, or its first `most` bytes.
  std::string Read(int connection, size_t most) {
    std::string request;
    char buffer[4096];
    ssize_t got;
    while (request.size() < most && !IsWhole(request) &&
           (got = read(connection, buffer, std::min(sizeof(buffer), most - request.size()))) > 0) {
      request.append(buffer, got);
    }
    return request;
  }

  static bool IsWhole(const std::string& request) {
    const size_t header = request.find("\r\n\r\n");
    if (header == std::string::npos) return false;
    const std::string head = absl::AsciiStrToLower(request.substr(0, header));
    const size_t field = head.find("content-length:");
    uint64_t length = 0;
    return field != std::string::npos &&
           absl::SimpleAtoi(head.substr(field + 15, head.find('\r', field) - field - 15),
                            &length) &&
           request.size() >= header + 4 + length;
  }

  const std::string answer_;
  const std::string attributes_;
  std::string print_request_;
  int listener_ = -1;
  int port_ = 0;
  std::vector<int> kept_;
  mutable absl::Mutex mutex_;
  std::atomic<int> print_requests_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

std::string Http(const char* status, const std::string& body = "") {
  return absl::StrCat("HTTP/1.1 ", status,
                      "\r\nContent-Type: application/ipp\r\nContent-Length: ", body.size(),
                      "\r\nConnection: close\r\n\r\n", body);
}

// An IPP answer with nothing in it but its status.
std::string Ipp(int status) {
  std::string body("\x02\x00", 2);
  body += static_cast<char>(status >> 8);
  body += static_cast<char>(status & 0xff);
  body += std::string("\x00\x00\x00\x01\x01\x03", 6);
  return Http("200 OK", body);
}

// One attribute of the printer group: RFC 8010, 3.1.4.
std::string Attribute(char tag, const std::string& name, const std::string& value) {
  return absl::StrCat(std::string(1, tag), std::string(1, 0),
                      std::string(1, static_cast<char>(name.size())), name, std::string(1, 0),
                      std::string(1, static_cast<char>(value.size())), value);
}

std::string IdlePrinter(const std::string& more) {
  const std::string head("\x02\x00\x00\x00\x00\x00\x00\x01\x04", 9);
  return Http("200 OK",
              absl::StrCat(head, Attribute(0x23, "printer-state", std::string("\0\0\0\x03", 4)),
                           Attribute(0x22, "printer-is-accepting-jobs", "\x01"), more, "\x03"));
}

std::unique_ptr<IppPrinter> Connect(const OddServer& server, const time::Clock& clock,
                                    absl::Duration silence) {
  IppPrinterOptions options;
  options.uri = server.uri();
  options.timeouts.silence = silence;
  options.timeouts.whole = absl::Seconds(2);
  options.status_interval = absl::Hours(1);
  auto printer = IppPrinter::Create(options, &clock);
  EXPECT_TRUE(printer.ok()) << printer.status();
  return *std::move(printer);
}

PrintJob Job() { return {"act-1", std::string(300'000, 'x')}; }

TEST(IppPrinterTest, DoubtUnlessTheAnswerRulesAJobOut) {
  struct Case {
    const char* name;
    std::string answer;
    JobState state;
    std::string reason;
  };
  const Case cases[] = {
      {"closed after reading", kHangUp, JobState::kUnknown, "printer-lost"},
      {"closed while sending", kCutShort, JobState::kUnknown, "printer-lost"},
      {"silent", kSilent, JobState::kUnknown, "silent"},
      {"drop by drop", kTrickle, JobState::kUnknown, "answer-too-slow"},
      {"without end", Http("200 OK", std::string(3'000'000, 'x')), JobState::kUnknown,
       "answer-unreadable"},
      {"HTTP 500", Http("500 Oh"), JobState::kUnknown, "http-500"},
      {"garbage", Http("200 OK", "no IPP"), JobState::kUnknown, "answer-unreadable"},
      {"half an answer", Ipp(0).substr(0, Ipp(0).size() - 2), JobState::kUnknown,
       "answer-unreadable"},
      {"internal error", Ipp(0x500), JobState::kUnknown, "server-error-internal-error"},
      {"taken without a number", Ipp(0), JobState::kUnknown, "successful-ok"},
      {"HTTP 401", Http("401 Who"), JobState::kNotAccepted, "http-401"},
      {"HTTP 404", Http("404 Where"), JobState::kNotAccepted, "http-404"},
      {"HTTP 426", Http("426 TLS"), JobState::kNotAccepted, "http-426"},
      {"not authorized", Ipp(0x403), JobState::kNotAccepted, "client-error-not-authorized"},
      {"busy", Ipp(0x507), JobState::kNotAccepted, "server-error-busy"},
  };
  time::SystemClock clock;
  for (const Case& test : cases) {
    SCOPED_TRACE(test.name);
    OddServer server(test.answer);
    JobReports reports;
    auto printer = Connect(server, clock, absl::Milliseconds(300));
    printer->Submit(Job(), reports.callback());
    ASSERT_TRUE(reports.AwaitSize(1));
    const JobReport report = reports.at(0);
    EXPECT_EQ(report.state, test.state) << JobStateName(report.state);
    EXPECT_EQ(report.reason, test.reason);
    EXPECT_EQ(report.act_id, "act-1");
    printer.reset();
    EXPECT_EQ(server.print_requests(), 1);
  }
}

TEST(IppPrinterTest, DestructorDoesNotWaitForASilentPrinter) {
  time::SystemClock clock;
  OddServer server(kSilent);
  JobReports reports;
  auto printer = Connect(server, clock, absl::Hours(1));
  printer->Submit(Job(), reports.callback());
  server.AwaitPrintRequest();
  printer.reset();  // the test's time limit tells
}

TEST(IppPrinterTest, OneRequestTooManyIsAnsweredAtOnce) {
  time::SystemClock clock;
  OddServer server(kSilent);
  JobReports first, waiting, refused;
  IppPrinterOptions options;
  options.uri = server.uri();
  options.timeouts.silence = absl::Hours(1);
  options.status_interval = absl::Hours(1);
  options.most_waiting = 1;
  auto printer = IppPrinter::Create(options, &clock);
  ASSERT_TRUE(printer.ok()) << printer.status();
  (*printer)->Submit(Job(), first.callback());
  server.AwaitPrintRequest();
  (*printer)->Query("act-2", 0, waiting.callback());
  (*printer)->Query("act-3", 0, refused.callback());
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_EQ(refused.at(0).state, JobState::kUnknown);
  EXPECT_EQ(refused.at(0).reason, "too-many-requests");
}

TEST(IppPrinterTest, JobAsksForTheCardAndForNoSecondTry) {
  constexpr char kKeyword = 0x44, kInteger = 0x21;
  OddServer server(Ipp(0x507),
                   absl::StrCat(Attribute(kKeyword, "media-ready", "om_cr80_53.98x85.6mm"),
                                Attribute(kKeyword, "job-error-action-supported", "abort-job"),
                                Attribute(kInteger, "printer-media-sheets-completed",
                                          std::string("\0\0\x04\xD2", 4))));
  time::SystemClock clock;
  JobReports reports;
  auto printer = Connect(server, clock, absl::Seconds(10));
  printer->Submit(Job(), reports.callback());
  ASSERT_TRUE(reports.AwaitSize(1));
  const std::string request = server.print_request();
  EXPECT_THAT(request, HasSubstr(Attribute(kKeyword, "media", "om_cr80_53.98x85.6mm")));
  EXPECT_THAT(request, HasSubstr(Attribute(kKeyword, "job-error-action", "abort-job")));
  EXPECT_EQ(printer->Capabilities().cards_ever, 1234);
}

TEST(IppPrinterTest, UriIsChecked) {
  const char* const bad[] = {"",
                             "ipp://",
                             "http://host/ipp",
                             "ipp://user@host/ipp/print",
                             "ipp://host:99999/ipp",
                             "card printer"};
  for (const char* uri : bad) {
    EXPECT_EQ(ParseIppUri(uri).status().code(), absl::StatusCode::kInvalidArgument) << uri;
  }
  auto endpoint = ParseIppUri("ipp://printer.local/ipp/print");
  ASSERT_TRUE(endpoint.ok()) << endpoint.status();
  EXPECT_EQ(endpoint->host, "printer.local");
  EXPECT_EQ(endpoint->port, 631);
  EXPECT_EQ(endpoint->resource, "/ipp/print");
  EXPECT_FALSE(endpoint->encrypted);
  endpoint = ParseIppUri("ipps://printer.local/ipp/print");
  ASSERT_TRUE(endpoint.ok()) << endpoint.status();
  EXPECT_TRUE(endpoint->encrypted);
}

}  // namespace
}  // namespace keping::edge
