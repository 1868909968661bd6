// A card printer that speaks IPP, such as ipp://printer.local/ipp/print, or a queue of CUPS.
//
//   IppPrinterOptions options;
//   options.uri = "ipp://localhost:8631/ipp/print";
//   KEPING_ASSIGN_OR_RETURN(std::unique_ptr<IppPrinter> printer, IppPrinter::Create(options,
//   &clock)); printer->Submit({act_id, pdf}, report);
//
// One worker thread talks to the printer, one request at a time. Before a job is sent the printer
// is asked whether it is ready, free, and fit for cards; if not, nothing is sent. A job taken is
// asked about until it ends. If the printer stays away for `lost_after`, or answers that it has no
// such job (it was switched off and forgot), the job is kUnknown. A job that does not end within
// `job_timeout` is cancelled, so that its card cannot come out after a person has ruled on it.
//
// Never a second card: a printer that stops in mid-card may put the job back and begin it again
// once somebody has cleared the jam. So a job that waits although it was begun, or that waits at a
// stopped printer, is called back at once and ends as kAborted. A CUPS server begins an unfinished
// job again whenever it is started, under every policy: its queue is accepted only with the backend
// deploy/cups/once, which begins no job twice, and with an error policy that does not retry.
#ifndef KEPING_EDGE_NODE_PRINTING_IPP_PRINTER_H_
#define KEPING_EDGE_NODE_PRINTING_IPP_PRINTER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "edge_node/printing/ipp_client.h"
#include "edge_node/printing/printer.h"

namespace keping::edge {

struct IppPrinterOptions {
  std::string uri;  // as in ParseIppUri
  IppTimeouts timeouts;
  absl::Duration poll_interval =
      absl::Milliseconds(200);                        // between questions about a job under way
  absl::Duration status_interval = absl::Seconds(2);  // between questions about the printer
  absl::Duration job_timeout = absl::Minutes(10);     // from taken to cancelled
  absl::Duration lost_after = absl::Seconds(10);
  absl::Duration busy_patience = absl::Seconds(2);  // for a printer still busy with the card before
  size_t most_waiting = 16;  // requests not yet begun; one more is answered at once, see below
};

// Thread-safe. Reports are made on the worker thread; only when `most_waiting` requests wait
// already is the answer (kNotAccepted, kUnknown, not reachable) given on the caller's. The
// destructor stops within about 0.1 s, whatever the printer does, and must not run on the worker
// thread.
class IppPrinter : public Printer {
 public:
  // InvalidArgument for a bad URI. `clock` must outlive the printer. An absent printer is no error:
  // it is not reachable until it comes.
  static absl::StatusOr<std::unique_ptr<IppPrinter>> Create(IppPrinterOptions options,
                                                            const time::Clock* clock);
  ~IppPrinter() override;

  void Submit(PrintJob job, JobCallback report) override;
  void Query(std::string act_id, int32_t printer_job, JobCallback report) override;
  void Cancel(std::string act_id, int32_t printer_job, JobCallback report) override;
  void AskStatus(StatusCallback answer) override;
  PrinterStatus Status() const override;
  PrinterCapabilities Capabilities() const override;

 private:
  // A job under way at the printer. Used by the worker only, like all members without a guard.
  struct Followed {
    JobReport report;
    std::vector<JobCallback> callbacks;  // of all who asked: they hear the same
    absl::Duration cancel_at;            // monotonic
    absl::Duration lost_at;              // unless the printer answers before
    bool begun = false;                  // it was seen at work on it
    std::string cancelled_for = {};      // a keyword of reasons.h; empty while not cancelled
  };

  IppPrinter(IppPrinterOptions options, IppEndpoint endpoint, const time::Clock* clock);

  // False when too many wait.
  bool Ask(std::function<void()> request);
  void Work();
  // Waits for a request until the next question is due; empty when there is none or at the end.
  std::function<void()> NextRequest();
  void Print(const PrintJob& job, const JobCallback& report);
  // Why no job can be sent now, comma-separated; empty when the printer is ready and free.
  std::string WhyNotNow(IppPrinterAnswer* answer);
  bool AwaitStop(absl::Duration most);
  void LookUp(JobReport report, const JobCallback& callback);
  void CallOff(const JobReport& report, const JobCallback& callback);
  void Follow(JobReport report, JobCallback callback);
  // Nullptr when nobody asked for the act's job, or it has ended.
  Followed* FindFollowed(const std::string& act_id);
  void MarkCancelled(const std::string& act_id);
  void Poll();
  bool PollOne(Followed& job);
  bool CheckUnfinished(Followed& job, const IppJob& state);
  bool WouldBeginAgain(Followed& job, const IppJob& state);
  void CancelFollowed(Followed& job, const char* why);
  void Finish(const Followed& job, const IppJob& end);
  static void Tell(const Followed& job, const JobReport& report);
  absl::StatusOr<IppPrinterAnswer> RefreshPrinter();
  PrinterStatus RefreshStatus();
  absl::StatusOr<IppJob> Find(const JobReport& report);
  absl::Duration Now() const { return clock_->Now().monotonic; }

  const IppPrinterOptions options_;
  const time::Clock* const clock_;
  IppClient client_;
  std::vector<Followed> followed_;
  absl::Duration poll_at_;
  absl::Duration status_at_;

  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<std::function<void()>> requests_ ABSL_GUARDED_BY(mutex_);
  PrinterStatus status_ ABSL_GUARDED_BY(mutex_);
  PrinterCapabilities capabilities_ ABSL_GUARDED_BY(mutex_);

  std::thread worker_;  // last: it uses all of the above
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_IPP_PRINTER_H_
