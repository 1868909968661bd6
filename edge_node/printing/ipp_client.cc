#include "edge_node/printing/ipp_client.h"

#include <cups/cups.h>
#include <cups/http.h>
#include <cups/ipp.h>

#include <array>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "edge_node/printing/ipp_attributes.h"
#include "edge_node/printing/ipp_exchange.h"

namespace keping::edge {
namespace {

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

IppPtr NewRequest(ipp_op_t operation, const IppEndpoint& endpoint) {
  IppPtr request(ippNewRequest(operation));
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr,
               endpoint.uri.c_str());
  return request;
}

void AddUser(ipp_t* request) {
  ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, "keping");
}

template <size_t kSize>
void AddRequested(ipp_t* request, const std::array<const char*, kSize>& names) {
  ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", kSize, nullptr,
                names.data());
}

void AddWish(ipp_t* request, const char* name, const std::string& value) {
  if (value.empty()) return;
  ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, name, nullptr, value.c_str());
}

}  // namespace

absl::StatusOr<IppEndpoint> ParseIppUri(absl::string_view uri) {
  IppEndpoint endpoint{
      .uri = std::string(uri), .encrypted = false, .host = "", .port = 0, .resource = ""};
  char scheme[32], user[256], host[256], resource[1024];
  const http_uri_status_t status =
      httpSeparateURI(HTTP_URI_CODING_ALL, endpoint.uri.c_str(), scheme, sizeof(scheme), user,
                      sizeof(user), host, sizeof(host), &endpoint.port, resource, sizeof(resource));
  endpoint.encrypted = absl::string_view(scheme) == "ipps";
  if (status != HTTP_URI_STATUS_OK || (absl::string_view(scheme) != "ipp" && !endpoint.encrypted) ||
      host[0] == '\0' || user[0] != '\0') {
    return absl::InvalidArgumentError(
        absl::StrCat("got the printer URI '", uri,
                     "', want ipp://HOST[:PORT]/PATH or ipps://HOST[:PORT]/PATH; a queue of CUPS is"
                     " ipp://localhost/printers/NAME"));
  }
  endpoint.host = host;
  endpoint.resource = resource;
  return endpoint;
}

IppClient::IppClient(IppEndpoint endpoint, IppTimeouts timeouts, const time::Clock* clock)
    : endpoint_(std::move(endpoint)), timeouts_(timeouts), clock_(clock) {}

void IppClient::Stop() {
  stopped_ = true;
  std::atomic_ref<int>(cancel_connect_).store(1);
}

PrintAnswer IppClient::Print(const PrintJob& job, const IppJobWishes& wishes) {
  using Verdict = PrintAnswer::Verdict;
  IppPtr request = NewRequest(IPP_OP_PRINT_JOB, endpoint_);
  AddUser(request.get());
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr,
               job.act_id.c_str());
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
               "application/pdf");
  AddWish(request.get(), "media", wishes.media);
  AddWish(request.get(), "job-error-action", wishes.on_error);
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
          Printable(ippErrorString(status)), ReadText(response.get(), "status-message")};
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
  IppPtr response = exchange.RunAsLocalUser(request.get());
  if (response == nullptr) return exchange.status();
  const ipp_status_t status = ippGetStatusCode(response.get());
  if (status < IPP_STATUS_REDIRECTION_OTHER_SITE) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("got ", ippErrorString(status), " from ",
                                             endpoint_.uri, ", want job ", id, " cancelled"));
}

absl::StatusOr<IppPrinterAnswer> IppClient::GetPrinter() {
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
  return ReadPrinter(response.get());
}

}  // namespace keping::edge
