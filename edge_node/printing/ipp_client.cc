#include "edge_node/printing/ipp_client.h"

#include <cups/cups.h>
#include <cups/http.h>
#include <cups/ipp.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace keping::edge {
namespace {

// libcups asks us this often, when nothing moves, whether to go on waiting.
constexpr absl::Duration kWaitSlice = absl::Milliseconds(100);
// A printer's text is shown and logged, so it is kept short and printable.
constexpr size_t kLongestText = 200;
constexpr size_t kMostKeywords = 16;

struct IppDeleter {
  void operator()(ipp_t* ipp) const { ippDelete(ipp); }
};
struct HttpDeleter {
  void operator()(http_t* http) const { httpClose(http); }
};
using IppPtr = std::unique_ptr<ipp_t, IppDeleter>;
using HttpPtr = std::unique_ptr<http_t, HttpDeleter>;

std::string Printable(absl::string_view text) {
  std::string out;
  for (char c : text.substr(0, kLongestText)) out += absl::ascii_isprint(c) ? c : ' ';
  return std::string(absl::StripAsciiWhitespace(out));
}

// The values of a keyword attribute but for "none", made safe to show.
std::vector<std::string> Keywords(ipp_attribute_t* attribute) {
  std::vector<std::string> keywords;
  const int count = std::min<int>(ippGetCount(attribute), kMostKeywords);
  for (int i = 0; i < count; ++i) {
    const char* value = ippGetString(attribute, i, nullptr);
    if (value == nullptr || absl::string_view(value) == "none") continue;
    keywords.push_back(Printable(value));
  }
  return keywords;
}

std::string Text(ipp_t* ipp, const char* name) {
  ipp_attribute_t* attribute = ippFindAttribute(ipp, name, IPP_TAG_ZERO);
  const char* value = attribute ? ippGetString(attribute, 0, nullptr) : nullptr;
  return value ? Printable(value) : "";
}

IppJobPhase PhaseOf(int job_state) {
  switch (job_state) {
    case IPP_JSTATE_COMPLETED:
      return IppJobPhase::kCompleted;
    case IPP_JSTATE_ABORTED:
    case IPP_JSTATE_CANCELED:
      return IppJobPhase::kAborted;
    default:
      return IppJobPhase::kUnfinished;
  }
}

PrinterActivity ActivityOf(int printer_state) {
  switch (printer_state) {
    case IPP_PSTATE_IDLE:
      return PrinterActivity::kIdle;
    case IPP_PSTATE_PROCESSING:
      return PrinterActivity::kBusy;
    case IPP_PSTATE_STOPPED:
      return PrinterActivity::kStopped;
    default:
      return PrinterActivity::kUnknown;
  }
}

// The answers to Print-Job that promise that no job was made. Every other error leaves it open: a
// printer may have met it after it took the card.
bool PromisesNoJob(ipp_status_t status) {
  switch (static_cast<int>(status)) {
    case IPP_STATUS_ERROR_BAD_REQUEST:
    case IPP_STATUS_ERROR_FORBIDDEN:
    case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
    case IPP_STATUS_ERROR_NOT_AUTHORIZED:
    case IPP_STATUS_ERROR_NOT_POSSIBLE:
    case IPP_STATUS_ERROR_NOT_FOUND:
    case IPP_STATUS_ERROR_GONE:
    case IPP_STATUS_ERROR_REQUEST_ENTITY:
    case IPP_STATUS_ERROR_REQUEST_VALUE:
    case IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED:
    case IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES:
    case IPP_STATUS_ERROR_URI_SCHEME:
    case IPP_STATUS_ERROR_CHARSET:
    case IPP_STATUS_ERROR_CONFLICTING:
    case IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED:
    case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
    case IPP_STATUS_ERROR_VERSION_NOT_SUPPORTED:
    case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
    case IPP_STATUS_ERROR_BUSY:
    case IPP_STATUS_ERROR_MULTIPLE_JOBS_NOT_SUPPORTED:
    case IPP_STATUS_ERROR_PRINTER_IS_DEACTIVATED:
    case IPP_STATUS_ERROR_TOO_MANY_JOBS:
    case IPP_STATUS_ERROR_TOO_MANY_DOCUMENTS:
      return true;
    default:
      return false;
  }
}

bool IsRefusal(http_status_t status) {
  return status >= HTTP_STATUS_MULTIPLE_CHOICES && status < HTTP_STATUS_SERVER_ERROR &&
         status != HTTP_STATUS_REQUEST_TIMEOUT;
}

constexpr const char* kJobAttributes[] = {"job-id", "job-name", "job-state", "job-state-reasons",
                                          "job-state-message"};
constexpr const char* kPrinterAttributes[] = {"printer-is-accepting-jobs", "printer-state",
                                              "printer-state-reasons"};

IppPtr NewRequest(ipp_op_t operation, const IppEndpoint& endpoint) {
  IppPtr request(ippNewRequest(operation));
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr,
               endpoint.uri.c_str());
  return request;
}

void AddUser(ipp_t* request) {
  ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, "keping");
}

template <size_t N>
void AddRequested(ipp_t* request, const char* const (&names)[N]) {
  ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", N, nullptr,
                names);
}

// Reads the job group that begins at `attribute`; returns the first attribute behind it.
ipp_attribute_t* ReadJob(ipp_t* response, ipp_attribute_t* attribute, IppJob* job) {
  for (; attribute != nullptr && ippGetGroupTag(attribute) == IPP_TAG_JOB;
       attribute = ippNextAttribute(response)) {
    const absl::string_view name = ippGetName(attribute) ? ippGetName(attribute) : "";
    const char* text = ippGetString(attribute, 0, nullptr);
    if (name == "job-id") job->id = ippGetInteger(attribute, 0);
    if (name == "job-state") job->phase = PhaseOf(ippGetInteger(attribute, 0));
    if (name == "job-state-reasons") job->reasons = absl::StrJoin(Keywords(attribute), ",");
    if (name == "job-name" && text) job->name = text;
    if (name == "job-state-message" && text) job->message = Printable(text);
  }
  return attribute;
}

std::vector<IppJob> ReadJobs(ipp_t* response) {
  std::vector<IppJob> jobs;
  ipp_attribute_t* attribute = ippFirstAttribute(response);
  while (attribute != nullptr) {
    if (ippGetGroupTag(attribute) != IPP_TAG_JOB) {
      attribute = ippNextAttribute(response);
      continue;
    }
    attribute = ReadJob(response, attribute, &jobs.emplace_back());
  }
  return jobs;
}

}  // namespace

// One request and its answer, and how far they got.
class IppExchange {
 public:
  explicit IppExchange(IppClient* client) : client_(client) {}

  // Returns the printer's answer, whatever its IPP status, or null: then error() says why.
  IppPtr Run(ipp_t* request, absl::string_view document = "") {
    if (!Connect()) return nullptr;
    // A printer that refuses early may close its end before it has read everything, and still have
    // said why: so the answer is read also when sending failed.
    if (!Send(request, document) && !may_have_arrived_) return nullptr;
    return Receive();
  }

  // Whether a byte of the IPP request may have left.
  bool may_have_arrived() const { return may_have_arrived_; }
  http_status_t http_status() const { return http_status_; }
  const std::string& error() const { return error_; }
  absl::Status status() const {
    return absl::UnavailableError(
        absl::StrCat("got ", error_, " from ", client_->endpoint_.uri,
                     ", want an answer: check the printer and its cable"));
  }

 private:
  bool Connect() {
    error_ = "unreachable";
    if (client_->stopped_) return false;
    const IppEndpoint& endpoint = client_->endpoint_;
    http_.reset(httpConnect2(
        endpoint.host.c_str(), endpoint.port, nullptr, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED,
        /*blocking=*/1, static_cast<int>(absl::ToInt64Milliseconds(client_->timeouts_.connect)),
        &client_->cancel_connect_));
    if (http_ == nullptr) return false;
    httpSetTimeout(http_.get(), absl::ToDoubleSeconds(kWaitSlice), &IppExchange::OnSilence, this);
    return true;
  }

  bool Send(ipp_t* request, absl::string_view document) {
    http_t* http = http_.get();
    httpClearFields(http);
    httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
    httpSetLength(http, ippLength(request) + document.size());
    if (httpPost(http, client_->endpoint_.resource.c_str()) != 0) return false;
    may_have_arrived_ = true;
    ippSetState(request, IPP_STATE_IDLE);
    ipp_state_t state;
    while ((state = ippWrite(http, request)) != IPP_STATE_DATA) {
      if (state == IPP_STATE_ERROR) return false;
    }
    silent_ = absl::ZeroDuration();
    while (!document.empty()) {
      const ssize_t written = httpWrite2(http, document.data(), document.size());
      if (written <= 0) return false;
      document.remove_prefix(written);
      silent_ = absl::ZeroDuration();
    }
    return httpFlushWrite(http) >= 0;
  }

  IppPtr Receive() {
    http_t* http = http_.get();
    silent_ = absl::ZeroDuration();
    do {
      http_status_ = httpUpdate(http);
    } while (http_status_ == HTTP_STATUS_CONTINUE && !given_up_ && httpError(http) == 0);
    if (http_status_ != HTTP_STATUS_OK) {
      const bool answered = http_status_ > HTTP_STATUS_CONTINUE;
      error_ = answered    ? absl::StrCat("http-", http_status_)
               : given_up_ ? "silent"
                           : "printer-lost";
      return nullptr;
    }
    IppPtr response(ippNew());
    ipp_state_t state;
    while ((state = ippRead(http, response.get())) != IPP_STATE_DATA) {
      if (state == IPP_STATE_ERROR || given_up_) {
        error_ = given_up_ ? "silent" : "answer-unreadable";
        return nullptr;
      }
    }
    return response;
  }

  // Nothing moved for one slice: 1 goes on waiting, 0 gives up.
  static int OnSilence(http_t*, void* self) {
    auto* exchange = static_cast<IppExchange*>(self);
    exchange->silent_ += kWaitSlice;
    exchange->given_up_ =
        exchange->client_->stopped_ || exchange->silent_ >= exchange->client_->timeouts_.silence;
    return exchange->given_up_ ? 0 : 1;
  }

  IppClient* const client_;
  HttpPtr http_;
  bool may_have_arrived_ = false;
  bool given_up_ = false;
  absl::Duration silent_;
  http_status_t http_status_ = HTTP_STATUS_ERROR;
  std::string error_;
};

absl::StatusOr<IppEndpoint> ParseIppUri(absl::string_view uri) {
  IppEndpoint endpoint{.uri = std::string(uri), .host = "", .port = 0, .resource = ""};
  char scheme[32], user[256], host[256], resource[1024];
  const http_uri_status_t status =
      httpSeparateURI(HTTP_URI_CODING_ALL, endpoint.uri.c_str(), scheme, sizeof(scheme), user,
                      sizeof(user), host, sizeof(host), &endpoint.port, resource, sizeof(resource));
  if (status != HTTP_URI_STATUS_OK || absl::string_view(scheme) != "ipp" || host[0] == '\0' ||
      user[0] != '\0') {
    return absl::InvalidArgumentError(
        absl::StrCat("got the printer URI '", uri, "', want ipp://HOST[:PORT]/PATH"));
  }
  endpoint.host = host;
  endpoint.resource = resource;
  return endpoint;
}

IppClient::IppClient(IppEndpoint endpoint, IppTimeouts timeouts)
    : endpoint_(std::move(endpoint)), timeouts_(timeouts) {}

void IppClient::Stop() {
  stopped_ = true;
  std::atomic_ref<int>(cancel_connect_).store(1);
}

PrintAnswer IppClient::Print(const PrintJob& job) {
  using Verdict = PrintAnswer::Verdict;
  IppPtr request = NewRequest(IPP_OP_PRINT_JOB, endpoint_);
  AddUser(request.get());
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr,
               job.act_id.c_str());
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
               "application/pdf");
  IppExchange exchange(this);
  IppPtr response = exchange.Run(request.get(), job.document);
  if (response == nullptr) {
    const bool refused = !exchange.may_have_arrived() || IsRefusal(exchange.http_status());
    return {refused ? Verdict::kRefused : Verdict::kDoubt, 0, exchange.error(), ""};
  }
  const ipp_status_t status = ippGetStatusCode(response.get());
  ipp_attribute_t* id = ippFindAttribute(response.get(), "job-id", IPP_TAG_INTEGER);
  if (status < IPP_STATUS_REDIRECTION_OTHER_SITE && id != nullptr) {
    return {Verdict::kTaken, ippGetInteger(id, 0), "", ""};
  }
  return {PromisesNoJob(status) ? Verdict::kRefused : Verdict::kDoubt, 0,
          Printable(ippErrorString(status)), Text(response.get(), "status-message")};
}

absl::StatusOr<IppJob> IppClient::GetJob(int32_t id) {
  IppPtr request = NewRequest(IPP_OP_GET_JOB_ATTRIBUTES, endpoint_);
  ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
  AddUser(request.get());
  AddRequested(request.get(), kJobAttributes);
  IppExchange exchange(this);
  IppPtr response = exchange.Run(request.get());
  if (response == nullptr) return exchange.status();
  const ipp_status_t status = ippGetStatusCode(response.get());
  if (status == IPP_STATUS_ERROR_NOT_FOUND || status == IPP_STATUS_ERROR_GONE) {
    return absl::NotFoundError(absl::StrCat("got no job ", id, " at ", endpoint_.uri,
                                            ", want its state: its history is gone"));
  }
  std::vector<IppJob> jobs = ReadJobs(response.get());
  if (status >= IPP_STATUS_REDIRECTION_OTHER_SITE || jobs.empty()) {
    return absl::UnavailableError(
        absl::StrCat("got ", ippErrorString(status), " from ", endpoint_.uri, ", want job ", id));
  }
  return jobs.front();
}

absl::StatusOr<IppJob> IppClient::FindJob(const std::string& name) {
  IppJob newest;
  for (const char* which : {"not-completed", "completed"}) {
    IppPtr request = NewRequest(IPP_OP_GET_JOBS, endpoint_);
    AddUser(request.get());
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr, which);
    AddRequested(request.get(), kJobAttributes);
    IppExchange exchange(this);
    IppPtr response = exchange.Run(request.get());
    if (response == nullptr) return exchange.status();
    const ipp_status_t status = ippGetStatusCode(response.get());
    if (status >= IPP_STATUS_REDIRECTION_OTHER_SITE) {
      return absl::UnavailableError(absl::StrCat("got ", ippErrorString(status), " from ",
                                                 endpoint_.uri, ", want the list of jobs"));
    }
    for (const IppJob& job : ReadJobs(response.get())) {
      if (job.name == name && job.id > newest.id) newest = job;
    }
  }
  if (newest.id == 0) {
    return absl::NotFoundError(absl::StrCat("got no job of that name at ", endpoint_.uri,
                                            ", want its state: its history is gone"));
  }
  return newest;
}

absl::Status IppClient::CancelJob(int32_t id) {
  IppPtr request = NewRequest(IPP_OP_CANCEL_JOB, endpoint_);
  ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
  AddUser(request.get());
  IppExchange exchange(this);
  IppPtr response = exchange.Run(request.get());
  if (response == nullptr) return exchange.status();
  const ipp_status_t status = ippGetStatusCode(response.get());
  if (status < IPP_STATUS_REDIRECTION_OTHER_SITE) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("got ", ippErrorString(status), " from ",
                                             endpoint_.uri, ", want job ", id, " cancelled"));
}

absl::StatusOr<PrinterStatus> IppClient::GetStatus() {
  IppPtr request = NewRequest(IPP_OP_GET_PRINTER_ATTRIBUTES, endpoint_);
  AddUser(request.get());
  AddRequested(request.get(), kPrinterAttributes);
  IppExchange exchange(this);
  IppPtr response = exchange.Run(request.get());
  if (response == nullptr) return exchange.status();
  const ipp_status_t code = ippGetStatusCode(response.get());
  if (code >= IPP_STATUS_REDIRECTION_OTHER_SITE) {
    return absl::UnavailableError(absl::StrCat("got ", ippErrorString(code), " from ",
                                               endpoint_.uri, ", want the printer's state"));
  }
  auto find = [&](const char* name) {
    return ippFindAttribute(response.get(), name, IPP_TAG_ZERO);
  };
  PrinterStatus status{.reachable = true, .accepting = false, .activity = {}, .reasons = {}};
  if (ipp_attribute_t* a = find("printer-is-accepting-jobs"))
    status.accepting = ippGetBoolean(a, 0);
  if (ipp_attribute_t* a = find("printer-state")) status.activity = ActivityOf(ippGetInteger(a, 0));
  if (ipp_attribute_t* a = find("printer-state-reasons")) status.reasons = Keywords(a);
  return status;
}

}  // namespace keping::edge
