// A printer for the simulator: one thread, no clock, every outcome drawn from a seed, moved by its
// caller one step at a time. It keeps what physically happened to each card, which reports only
// hint at, so that the simulator can compare the books with the world.
//
//   SimulatedPrinter printer({.steps_per_card = 3, .odds = {.good = 95, .aborted_spoiled = 5}},
//                            base::Prng(seed));
//   printer.Submit({"act-1", pdf}, report);
//   while (…) printer.Step();
//   if (printer.Truth("act-1").fed) …
#ifndef KEPING_EDGE_NODE_PRINTING_SIMULATED_PRINTER_H_
#define KEPING_EDGE_NODE_PRINTING_SIMULATED_PRINTER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/prng.h"
#include "edge_node/printing/printer.h"

namespace keping::edge {

// What happens to one job.
enum class CardOutcome {
  kGood,            // a good card, reported
  kReportLost,      // a good card; the answer to the request, or the report of its end, is lost
  kAbortedUnfed,    // aborted before a card was fed
  kAbortedSpoiled,  // aborted with a spoiled card
  kRefused,         // refused before anything was fed
  kPowerCut,        // the printer loses power in mid-card and forgets all its jobs
  kJam,             // aborted with a spoiled card inside; the printer stands still until ClearJam
  kHeat,            // the card melts; the printer stands still until it has cooled down
  kSilentSuccess,   // a good card, reported as aborted
  kSilentSpoil,     // a spoiled card, reported as completed
  kSwappedBlank,    // a good card, on another blank than the one in front
  kSlow,            // a good card that takes ten times as long
  kBusy,            // refused since it holds a job of another computer
  kGone,            // vanishes in mid-card with its history, until SetReachable(true)
};

// "printer_jam" and so on, for counts of faults.
const char* CardOutcomeName(CardOutcome outcome);

// How often each outcome is drawn, as shares of their sum, which is at least 1.
struct OutcomeOdds {
  uint32_t good = 1;
  uint32_t report_lost = 0;
  uint32_t aborted_unfed = 0;
  uint32_t aborted_spoiled = 0;
  uint32_t refused = 0;
  uint32_t power_cut = 0;
  uint32_t jam = 0;
  uint32_t heat = 0;
  uint32_t silent_success = 0;
  uint32_t silent_spoil = 0;
  uint32_t swapped_blank = 0;
  uint32_t slow = 0;
  uint32_t busy = 0;
  uint32_t gone = 0;
};

struct SimulatedPrinterOptions {
  uint32_t steps_per_card = 1;  // steps from the one that takes a job to the one that ends it
  OutcomeOdds odds = {};
  uint32_t cooling_steps = 30;
  std::string media = "om_cr80_53.98x85.6mm";  // what is loaded
};

// The physical truth of a job: whether a card left the hopper, and whether it can be handed out.
struct CardTruth {
  bool fed = false;
  bool good = false;
  bool swapped = false;  // it is not the blank that lay in front, but the next one

  friend bool operator==(const CardTruth&, const CardTruth&) = default;
};

// Not thread-safe. Reports are made from inside Step and CutPower.
class SimulatedPrinter : public Printer {
 public:
  SimulatedPrinter(SimulatedPrinterOptions options, base::Prng prng);

  void Submit(PrintJob job, JobCallback report) override;
  void Query(std::string act_id, int32_t printer_job, JobCallback report) override;
  void Cancel(std::string act_id, int32_t printer_job, JobCallback report) override;
  void AskStatus(StatusCallback answer) override;
  PrinterStatus Status() const override;
  PrinterCapabilities Capabilities() const override;

  // Answers what was asked since the last step, then moves the card under way.
  void Step();

  // The next job drawn gets `outcome`; several calls queue up.
  void Script(CardOutcome outcome);
  // The cable: an unreachable printer takes nothing new, and the end of its card goes unreported.
  void SetReachable(bool reachable);
  // Power cut and restart now: a card under way is lost to a die, and all history is gone.
  void CutPower();
  // A person took the jammed card out.
  void ClearJam();
  // The node that was listening died: no report is made for what it asked. The card goes on.
  void Detach();

  // {false, false} for a job that was never taken, or whose card is not fed yet.
  CardTruth Truth(const std::string& act_id) const;
  // How many jobs of that name were ever taken; more than one is a printing error of the caller's.
  uint32_t TimesTaken(const std::string& act_id) const;
  // Whether a card is under way, also when the cable is out.
  bool busy() const { return card_.has_value(); }
  // What happened to the last card that was begun.
  CardOutcome last_outcome() const { return last_outcome_; }
  // All cards that ever left the hopper.
  uint64_t cards_fed() const { return cards_fed_; }

 private:
  struct Card {
    JobReport report;
    CardOutcome outcome;
    uint32_t steps_left;
    std::vector<JobCallback> listeners;
  };
  struct World {
    CardTruth truth;
    uint32_t times_taken = 0;
  };

  CardOutcome Draw();
  CardTruth DrawPowerCutTruth();
  std::string DrawReason(CardOutcome outcome);
  std::string WhyNotTaken(CardOutcome outcome) const;
  void Take(PrintJob job, JobCallback report);
  void Begin(const std::string& act_id, CardOutcome outcome, const JobCallback& report);
  void Answer(const std::string& act_id, const JobCallback& report);
  void CallOff(const std::string& act_id);
  void FinishCard();
  // Sets the report's end and the printer's own state; returns what physically happened.
  CardTruth End(CardOutcome outcome, JobReport* report);
  void Feed(const std::string& act_id, CardTruth truth);

  const SimulatedPrinterOptions options_;
  base::Prng prng_;
  std::deque<CardOutcome> script_;
  std::vector<std::function<void()>> asked_;
  std::optional<Card> card_;
  std::map<std::string, JobReport> history_;  // by act id; what the printer itself remembers
  std::map<std::string, World> world_;        // by act id; what happened, never forgotten
  int32_t last_job_ = 0;
  uint64_t cards_fed_ = 0;
  bool reachable_ = true;
  bool jammed_ = false;
  uint32_t hot_for_ = 0;  // steps
  CardOutcome last_outcome_ = CardOutcome::kGood;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_SIMULATED_PRINTER_H_
