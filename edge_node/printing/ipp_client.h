// The five requests of IPP (RFC 8011) that printing a card needs, each a blocking call over its own
// connection, through libcups but without a CUPS server.
//
//   KEPING_ASSIGN_OR_RETURN(IppEndpoint endpoint, ParseIppUri("ipp://printer.local/ipp/print"));
//   IppClient client(endpoint, timeouts);
//   PrintAnswer answer = client.Print(job);
//
// libcups' own cupsDoRequest is not used: it connects again and sends the request a second time
// when an answer is missing, which for Print-Job is a second card.
#ifndef KEPING_EDGE_NODE_PRINTING_IPP_CLIENT_H_
#define KEPING_EDGE_NODE_PRINTING_IPP_CLIENT_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "edge_node/printing/printer.h"

namespace keping::edge {

struct IppEndpoint {
  std::string uri;  // as given
  std::string host;
  int port = 631;
  std::string resource;  // the path, such as "/ipp/print"
};

// InvalidArgument unless `uri` is ipp://HOST[:PORT]/PATH.
absl::StatusOr<IppEndpoint> ParseIppUri(absl::string_view uri);

struct IppTimeouts {
  absl::Duration connect = absl::Seconds(3);
  absl::Duration silence =
      absl::Seconds(15);  // without one byte moving, in the middle of a request
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

enum class IppJobPhase { kUnfinished, kCompleted, kAborted };

struct IppJob {
  int32_t id = 0;
  std::string name;
  IppJobPhase phase = IppJobPhase::kUnfinished;
  std::string reasons;  // job-state-reasons, comma-separated, without "none"
  std::string message;  // job-state-message
};

// Blocking calls on one thread; Stop from any. Errors: Unavailable when the printer was not
// reached, did not answer in time or answered with an error; NotFound when it answered and has no
// such job.
class IppClient {
 public:
  IppClient(IppEndpoint endpoint, IppTimeouts timeouts);

  // One Print-Job request, at most.
  PrintAnswer Print(const PrintJob& job);
  absl::StatusOr<IppJob> GetJob(int32_t id);
  // The newest job of that name.
  absl::StatusOr<IppJob> FindJob(const std::string& name);
  absl::Status CancelJob(int32_t id);
  absl::StatusOr<PrinterStatus> GetStatus();

  // Makes a call in progress, and every later one, fail within about 0.1 s.
  void Stop();

 private:
  friend class IppExchange;

  const IppEndpoint endpoint_;
  const IppTimeouts timeouts_;
  std::atomic<bool> stopped_ = false;
  // A plain int, because libcups polls one while it connects; written once, by Stop.
  int cancel_connect_ = 0;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_IPP_CLIENT_H_
