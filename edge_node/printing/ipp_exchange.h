// One IPP request and its answer over one connection, and how far they got. Only ipp_client.cc uses
// it.
//
//   IppExchange exchange(endpoint, timeouts, clock, &stopped, &cancel_connect);
//   IppPtr answer = exchange.Run(request.get(), document);
//   if (answer == nullptr && exchange.may_have_arrived()) …  // then nobody knows
#ifndef KEPING_EDGE_NODE_PRINTING_IPP_EXCHANGE_H_
#define KEPING_EDGE_NODE_PRINTING_IPP_EXCHANGE_H_

#include <cups/http.h>
#include <cups/ipp.h>

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "edge_node/printing/ipp_client.h"

namespace keping::edge {

struct IppDeleter {
  void operator()(ipp_t* ipp) const { ippDelete(ipp); }
};
struct HttpDeleter {
  void operator()(http_t* http) const { httpClose(http); }
};
using IppPtr = std::unique_ptr<ipp_t, IppDeleter>;
using HttpPtr = std::unique_ptr<http_t, HttpDeleter>;

// One thread; `client` must outlive it.
class IppExchange {
 public:
  explicit IppExchange(IppClient* client);

  // Returns the printer's answer, whatever its IPP status, or null: then error() says why. Sends
  // the request once.
  IppPtr Run(ipp_t* request, absl::string_view document = "");

  // As Run, for a request that may be repeated: a CUPS server that wants to know who we are
  // (Cancel-Job) is told by the local certificate, which root and its printing group may read.
  IppPtr RunAsLocalUser(ipp_t* request);

  // Whether a byte of the IPP request may have left.
  bool may_have_arrived() const { return may_have_arrived_; }
  http_status_t http_status() const { return http_status_; }
  // A keyword of reasons.h.
  const std::string& error() const { return error_; }
  // Unavailable, in words.
  absl::Status status() const;

 private:
  bool Connect();
  bool Send(ipp_t* request, absl::string_view document);
  bool SendDocument(absl::string_view document);
  IppPtr Receive();
  bool ReceiveHeader();
  bool ReceiveBody(std::string* body);
  IppPtr Parse(const std::string& body);
  bool OutOfTime();
  static int OnSilence(http_t*, void* self);

  IppClient* const client_;
  const absl::Duration deadline_;  // monotonic
  HttpPtr http_;
  bool may_have_arrived_ = false;
  bool given_up_ = false;
  absl::Duration silent_;
  http_status_t http_status_ = HTTP_STATUS_ERROR;
  std::string error_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_IPP_EXCHANGE_H_
