// The five requests of IPP (RFC 8011) that printing a card needs, each a blocking call over its own
// connection, through libcups but without a CUPS server.
//
//   KEPING_ASSIGN_OR_RETURN(IppEndpoint endpoint, ParseIppUri("ipp://printer.local/ipp/print"));
//   IppClient client(endpoint, timeouts, &clock);
//   PrintAnswer answer = client.Print(job, {});
//
// libcups' own cupsDoRequest is not used: it connects again and sends the request a second time
// when an answer is missing, which for Print-Job is a second card.
#ifndef KEPING_EDGE_NODE_PRINTING_IPP_CLIENT_H_
#define KEPING_EDGE_NODE_PRINTING_IPP_CLIENT_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "edge_node/printing/printer.h"

namespace keping::edge {

struct IppEndpoint {
  std::string uri;  // as given
  bool encrypted = false;
  std::string host;
  int port = 631;
  std::string resource;  // the path, such as "/ipp/print"
};

// InvalidArgument unless `uri` is ipp://HOST[:PORT]/PATH, or the same with ipps://. A queue of a
// CUPS server is ipp://localhost/printers/NAME. With ipps nobody on the way can read the card; the
// printer's certificate is not checked, since card printers sign their own.
absl::StatusOr<IppEndpoint> ParseIppUri(absl::string_view uri);

// Each request is bounded by all three. One that ends by them after a byte was sent has an unknown
// outcome, never "not accepted".
struct IppTimeouts {
  absl::Duration connect = absl::Seconds(3);
  absl::Duration silence = absl::Seconds(15);  // without one byte moving
  absl::Duration whole = absl::Seconds(60);    // a request and its answer
};

// Job attributes, each sent only when not empty.
struct IppJobWishes {
  std::string media;     // one that the printer said it has
  std::string on_error;  // job-error-action, one that the printer said it supports
};

struct PrintAnswer {
  enum class Verdict {
    kTaken,    // `printer_job` is set
    kRefused,  // for certain no job was made
    kDoubt,    // the request may have reached the printer
  };
  Verdict verdict = Verdict::kDoubt;
  int32_t printer_job = 0;
  std::string reason;
  std::string message;
};

enum class IppJobPhase {
  kWaiting,  // pending or held: the card is not begun, or is to be begun again
  kBegun,    // processing, or stopped in the middle
  kCompleted,
  kAborted,  // or cancelled
};

struct IppJob {
  int32_t id = 0;
  std::string name;
  IppJobPhase phase = IppJobPhase::kWaiting;
  std::string reasons;           // job-state-reasons, comma-separated, without "none"
  std::string message;           // job-state-message
  std::optional<int64_t> cards;  // job-media-sheets-completed, else job-impressions-completed
};

struct IppPrinterAnswer {
  PrinterStatus status;  // with what CheckFitness finds among the reasons
  int64_t jobs_waiting = 0;
  PrinterCapabilities capabilities;
};

// Blocking calls on one thread; Stop from any. Errors: Unavailable when the printer was not
// reached, did not answer in time or answered with an error; NotFound when it answered and has no
// such job.
class IppClient {
 public:
  // `clock` must outlive the client.
  IppClient(IppEndpoint endpoint, IppTimeouts timeouts, const time::Clock* clock);

  // One Print-Job request, at most.
  PrintAnswer Print(const PrintJob& job, const IppJobWishes& wishes);
  absl::StatusOr<IppJob> GetJob(int32_t id);
  // The newest job of that name.
  absl::StatusOr<IppJob> FindJob(const std::string& name);
  absl::Status CancelJob(int32_t id);
  absl::StatusOr<IppPrinterAnswer> GetPrinter();

  // Makes a call in progress, and every later one, fail within about 0.1 s.
  void Stop();

 private:
  friend class IppExchange;

  const IppEndpoint endpoint_;
  const IppTimeouts timeouts_;
  const time::Clock* const clock_;
  std::atomic<bool> stopped_ = false;
  // A plain int, because libcups polls one while it connects; written once, by Stop.
  int cancel_connect_ = 0;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_IPP_CLIENT_H_
