#include "edge_node/printing/ipp_exchange.h"

#include <cups/cups.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "edge_node/printing/reasons.h"

namespace keping::edge {
namespace {

// libcups asks us this often, when nothing moves, whether to go on waiting.
constexpr absl::Duration kWaitSlice = absl::Milliseconds(100);
constexpr size_t kPiece = 16 * 1024;
// No answer to our questions is nearly as large.
constexpr size_t kLargestAnswer = 1024 * 1024;

// Without it libcups would ask on the terminal.
const char* NoPassword(const char*, http_t*, const char*, const char*, void*) { return nullptr; }

struct Unread {
  const char* data;
  size_t size;
};

ssize_t ReadFrom(void* unread, ipp_uchar_t* buffer, size_t wanted) {
  auto* rest = static_cast<Unread*>(unread);
  const size_t size = std::min(wanted, rest->size);
  std::copy_n(rest->data, size, buffer);
  rest->data += size;
  rest->size -= size;
  return static_cast<ssize_t>(size);
}

}  // namespace

IppExchange::IppExchange(IppClient* client)
    : client_(client), deadline_(client->clock_->Now().monotonic + client->timeouts_.whole) {}

IppPtr IppExchange::Run(ipp_t* request, absl::string_view document) {
  if (!Connect()) return nullptr;
  // A printer that refuses early may close its end before it has read everything, and still have
  // said why: so the answer is read also when sending failed.
  if (!Send(request, document) && !may_have_arrived_) return nullptr;
  return Receive();
}

IppPtr IppExchange::RunAsLocalUser(ipp_t* request) {
  IppPtr answer = Run(request);
  if (http_status_ != HTTP_STATUS_UNAUTHORIZED) return answer;
  cupsSetPasswordCB2(&NoPassword, nullptr);  // of this thread
  if (cupsDoAuthentication(http_.get(), "POST", client_->endpoint_.resource.c_str()) != 0) {
    return nullptr;
  }
  httpReconnect2(http_.get(), static_cast<int>(client_->timeouts_.connect / absl::Milliseconds(1)),
                 &client_->cancel_connect_);
  if (!Send(request, "")) return nullptr;
  return Receive();
}

absl::Status IppExchange::status() const {
  return absl::UnavailableError(absl::StrCat("got ", error_, " from ", client_->endpoint_.uri,
                                             ", want an answer: check the printer and its cable"));
}

bool IppExchange::Connect() {
  error_ = kReasonUnreachable;
  if (client_->stopped_) return false;
  const IppEndpoint& endpoint = client_->endpoint_;
  http_.reset(httpConnect2(
      endpoint.host.c_str(), endpoint.port, nullptr, AF_UNSPEC,
      endpoint.encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, /*blocking=*/1,
      static_cast<int>(absl::ToInt64Milliseconds(client_->timeouts_.connect)),
      &client_->cancel_connect_));
  if (http_ == nullptr) return false;
  httpSetTimeout(http_.get(), absl::ToDoubleSeconds(kWaitSlice), &IppExchange::OnSilence, this);
  return true;
}

bool IppExchange::Send(ipp_t* request, absl::string_view document) {
  http_t* http = http_.get();
  httpClearFields(http);
  if (const char* authorization = httpGetAuthString(http)) {
    httpSetField(http, HTTP_FIELD_AUTHORIZATION, authorization);
  }
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
  return SendDocument(document);
}

bool IppExchange::SendDocument(absl::string_view document) {
  while (!document.empty()) {
    const ssize_t written =
        httpWrite2(http_.get(), document.data(), std::min(document.size(), kPiece));
    if (written <= 0 || OutOfTime()) return false;
    document.remove_prefix(written);
    silent_ = absl::ZeroDuration();
  }
  return httpFlushWrite(http_.get()) >= 0;
}

IppPtr IppExchange::Receive() {
  silent_ = absl::ZeroDuration();
  std::string body;
  if (!ReceiveHeader() || !ReceiveBody(&body)) return nullptr;
  return Parse(body);
}

bool IppExchange::ReceiveHeader() {
  do {
    http_status_ = httpUpdate(http_.get());
  } while (http_status_ == HTTP_STATUS_CONTINUE && !given_up_ && !OutOfTime() &&
           httpError(http_.get()) == 0);
  if (http_status_ == HTTP_STATUS_OK) return true;
  if (http_status_ > HTTP_STATUS_CONTINUE) {
    error_ = absl::StrCat("http-", http_status_);
  } else if (OutOfTime()) {
    error_ = kReasonTooSlow;
  } else {
    error_ = given_up_ ? kReasonSilent : kReasonLost;
  }
  return false;
}

// Piece by piece, so that a printer that sends drop by drop or without end is left in time.
bool IppExchange::ReceiveBody(std::string* body) {
  char piece[kPiece];
  while (true) {
    const ssize_t got = httpRead2(http_.get(), piece, sizeof(piece));
    if (got > 0) body->append(piece, got);
    if (OutOfTime()) {
      error_ = kReasonTooSlow;
      return false;
    }
    if (body->size() > kLargestAnswer) {
      error_ = kReasonUnreadable;
      return false;
    }
    if (got > 0) {
      silent_ = absl::ZeroDuration();
      continue;
    }
    if (given_up_) error_ = kReasonSilent;
    return !given_up_;
  }
}

IppPtr IppExchange::Parse(const std::string& body) {
  IppPtr answer(ippNew());
  Unread unread{body.data(), body.size()};
  ipp_state_t state;
  while ((state = ippReadIO(&unread, &ReadFrom, /*blocking=*/1, nullptr, answer.get())) !=
         IPP_STATE_DATA) {
    if (state == IPP_STATE_ERROR) {
      error_ = kReasonUnreadable;
      return nullptr;
    }
  }
  return answer;
}

bool IppExchange::OutOfTime() { return client_->clock_->Now().monotonic >= deadline_; }

// Nothing moved for one slice: 1 goes on waiting, 0 gives up.
int IppExchange::OnSilence(http_t*, void* self) {
  auto* exchange = static_cast<IppExchange*>(self);
  exchange->silent_ += kWaitSlice;
  exchange->given_up_ = exchange->client_->stopped_ ||
                        exchange->silent_ >= exchange->client_->timeouts_.silence ||
                        exchange->OutOfTime();
  return exchange->given_up_ ? 0 : 1;
}

}  // namespace keping::edge
