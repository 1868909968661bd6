// The printer, as a port: it takes one card at a time and says what became of it.
//
//   printer.Submit({.act_id = "act-17", .document = pdf}, [&](const JobReport& report) {
//     mailbox.Post(report);  // copy, post, return
//   });
//
// The caller has written the intent durably before it calls Submit. Whatever happens then, at most
// one request to print goes out per Submit, never a second try: a card printed twice is worse than
// a card in doubt. So a job whose fate is not known for certain is kUnknown, and a person looks
// into the tray.
#ifndef KEPING_EDGE_NODE_PRINTING_PRINTER_H_
#define KEPING_EDGE_NODE_PRINTING_PRINTER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "edge_node/printing/capabilities.h"

namespace keping::edge {

// One card. The act id is the job's name at the printer, by which it is found again after a
// restart.
struct PrintJob {
  std::string act_id;
  std::string document;  // a PDF of one page
};

// kAccepted is followed by one of the others, which are final.
enum class JobState {
  kAccepted,     // the printer has it
  kNotAccepted,  // the printer refused it, or was never reached: no card was fed
  kCompleted,    // the printer says the card came out
  kAborted,      // the printer gave it up or it was cancelled; a card may have been fed
  kUnknown,      // vanished, silent, or its history is gone: nobody knows
};

// What the printer itself counts, a witness beside the books. Absent where it does not count.
struct CardCount {
  std::optional<int64_t> ever;  // all cards of this printer: before the job when accepted, else now
  std::optional<int64_t> of_job;  // cards that came out for this job

  friend bool operator==(const CardCount&, const CardCount&) = default;
};

struct JobReport {
  std::string act_id;
  JobState state = JobState::kUnknown;
  int32_t printer_job = 0;  // the printer's own number; 0 when it gave none
  std::string reason;       // keywords as in reasons.h, comma-separated: "media-empty-error"
  std::string message;      // the printer's own words for a person; may be empty
  CardCount counted;

  friend bool operator==(const JobReport&, const JobReport&) = default;
};

enum class PrinterActivity { kUnknown, kIdle, kBusy, kStopped };

struct PrinterStatus {
  bool reachable = false;
  bool accepting = false;
  PrinterActivity activity = PrinterActivity::kUnknown;
  // IPP printer-state-reasons without "none", and what makes it unfit for cards (CheckFitness).
  std::vector<std::string> reasons;
  // An idle queue of CUPS repeats what its last job met, since nobody asks the printer in between.
  bool reasons_are_old = false;
  std::string message = {};  // its own words for a person; may be empty

  friend bool operator==(const PrinterStatus&, const PrinterStatus&) = default;
};

// Why no card is to be sent now, as keywords of reasons.h; empty means ready. A busy printer counts
// as ready: the job would be refused, but nothing has to be put right.
std::vector<std::string> WhyNotReady(const PrinterStatus& status);

// Returns "not accepted", "completed", … for logs and screens.
const char* JobStateName(JobState state);

class Printer {
 public:
  // Called on a thread of the printer's choice: must not block, and may call the printer again.
  using JobCallback = std::function<void(const JobReport&)>;
  using StatusCallback = std::function<void(const PrinterStatus&)>;

  // Reports not made yet are never made; the journal finds those jobs in doubt at the next start.
  virtual ~Printer() = default;

  // Hands over one card. Reports kAccepted and then the end, or the end alone. While a job is under
  // way, another is refused with kNotAccepted: nothing ever waits behind a card that may go wrong.
  virtual void Submit(PrintJob job, JobCallback report) = 0;

  // Asks what became of a job submitted earlier, perhaps before a restart of either side; it is
  // looked up by `printer_job` (0 for none) and its name. A job still under way reports kAccepted
  // and then its end; one that the printer does not know, or a printer that cannot be asked, is
  // kUnknown.
  virtual void Query(std::string act_id, int32_t printer_job, JobCallback report) = 0;

  // Asks the printer to give the job up, then reports like Query. What was asked is no promise: the
  // card may come out all the same (kCompleted), or be half done (kAborted); where the printer does
  // not say, it is kUnknown. Whoever waits for the job's end hears of it, too.
  virtual void Cancel(std::string act_id, int32_t printer_job, JobCallback report) = 0;

  // Asks the printer how it is now.
  virtual void AskStatus(StatusCallback answer) = 0;

  // How it was when last asked; never waits. Until the first answer it is "not reachable".
  virtual PrinterStatus Status() const = 0;

  // What it was found to be when last asked; never waits. Empty until the first answer; kept while
  // it is not reachable.
  virtual PrinterCapabilities Capabilities() const = 0;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_PRINTER_H_
