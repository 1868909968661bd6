#include "edge_node/printing/simulated_printer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_join.h"
#include "common/base/check.h"
#include "edge_node/printing/reasons.h"

namespace keping::edge {
namespace {

constexpr const char* kUnfedReasons[] = {"media-empty-error", "cover-open-error",
                                         "marker-supply-empty-error"};
constexpr const char* kSpoiledReasons[] = {"media-jam-error", "marker-supply-broken-error",
                                           "over-temperature-error"};

constexpr uint32_t kSlowness = 10;
constexpr const char* kJamReason = "media-jam-error";
constexpr const char* kHeatReason = "over-temperature-error";

JobReport Report(const std::string& act_id, JobState state, const std::string& reason) {
  JobReport report;
  report.act_id = act_id;
  report.state = state;
  report.reason = reason;
  return report;
}

}  // namespace

const char* CardOutcomeName(CardOutcome outcome) {
  switch (outcome) {
    case CardOutcome::kGood:
      return "printer_good";
    case CardOutcome::kReportLost:
      return "printer_report_lost";
    case CardOutcome::kAbortedUnfed:
      return "printer_aborted_unfed";
    case CardOutcome::kAbortedSpoiled:
      return "printer_aborted_spoiled";
    case CardOutcome::kRefused:
      return "printer_refused";
    case CardOutcome::kPowerCut:
      return "printer_power_cut";
    case CardOutcome::kJam:
      return "printer_jam";
    case CardOutcome::kHeat:
      return "printer_heat";
    case CardOutcome::kSilentSuccess:
      return "printer_silent_success";
    case CardOutcome::kSilentSpoil:
      return "printer_silent_spoil";
    case CardOutcome::kSwappedBlank:
      return "printer_swapped_blank";
    case CardOutcome::kSlow:
      return "printer_slow";
    case CardOutcome::kBusy:
      return "printer_busy";
    case CardOutcome::kGone:
      return "printer_gone";
  }
  KEPING_CHECK(false, "an outcome has a name");
}

SimulatedPrinter::SimulatedPrinter(SimulatedPrinterOptions options, base::Prng prng)
    : options_(options), prng_(prng) {}

void SimulatedPrinter::Submit(PrintJob job, JobCallback report) {
  asked_.push_back([this, job = std::move(job), report = std::move(report)] { Take(job, report); });
}

void SimulatedPrinter::Query(std::string act_id, int32_t, JobCallback report) {
  // The name alone decides: after a power cut the numbers start again from one.
  asked_.push_back(
      [this, act_id = std::move(act_id), report = std::move(report)] { Answer(act_id, report); });
}

void SimulatedPrinter::Cancel(std::string act_id, int32_t, JobCallback report) {
  asked_.push_back([this, act_id = std::move(act_id), report = std::move(report)] {
    Answer(act_id, report);
    if (reachable_) CallOff(act_id);
  });
}

void SimulatedPrinter::AskStatus(StatusCallback answer) {
  asked_.push_back([this, answer = std::move(answer)] { answer(Status()); });
}

PrinterStatus SimulatedPrinter::Status() const {
  if (!reachable_) return {};
  PrinterStatus status{.reachable = true,
                       .accepting = true,
                       .activity = card_ ? PrinterActivity::kBusy : PrinterActivity::kIdle,
                       .reasons = CheckFitness(Capabilities())};
  if (jammed_) status.reasons.push_back(kJamReason);
  if (hot_for_ > 0) status.reasons.push_back(kHeatReason);
  if (jammed_ || hot_for_ > 0) status.activity = PrinterActivity::kStopped;
  return status;
}

PrinterCapabilities SimulatedPrinter::Capabilities() const {
  PrinterCapabilities capabilities;
  capabilities.name = "simulated";
  capabilities.make_and_model = "Keping simulated card printer";
  capabilities.formats = {"application/pdf"};
  capabilities.media = {"om_cr80_53.98x85.6mm", options_.media};
  capabilities.media_in = {options_.media};
  capabilities.cards_ever = static_cast<int64_t>(cards_fed_);
  return capabilities;
}

void SimulatedPrinter::Step() {
  if (hot_for_ > 0) --hot_for_;
  const bool had_card = card_.has_value();
  // A report may ask again; that waits for the next step.
  std::vector<std::function<void()>> asked = std::exchange(asked_, {});
  for (const auto& answer : asked) answer();
  if (had_card && card_ && --card_->steps_left == 0) FinishCard();
}

void SimulatedPrinter::Script(CardOutcome outcome) { script_.push_back(outcome); }

void SimulatedPrinter::SetReachable(bool reachable) { reachable_ = reachable; }

void SimulatedPrinter::CutPower() {
  if (card_) {
    card_->outcome = CardOutcome::kPowerCut;
    FinishCard();
  }
  history_.clear();
  last_job_ = 0;
}

void SimulatedPrinter::ClearJam() { jammed_ = false; }

void SimulatedPrinter::Detach() {
  asked_.clear();
  if (card_) card_->listeners.clear();
}

CardTruth SimulatedPrinter::Truth(const std::string& act_id) const {
  auto it = world_.find(act_id);
  return it == world_.end() ? CardTruth{} : it->second.truth;
}

uint32_t SimulatedPrinter::TimesTaken(const std::string& act_id) const {
  auto it = world_.find(act_id);
  return it == world_.end() ? 0 : it->second.times_taken;
}

CardOutcome SimulatedPrinter::Draw() {
  if (!script_.empty()) {
    CardOutcome outcome = script_.front();
    script_.pop_front();
    return outcome;
  }
  const OutcomeOdds& odds = options_.odds;
  const std::pair<uint32_t, CardOutcome> shares[] = {
      {odds.good, CardOutcome::kGood},
      {odds.report_lost, CardOutcome::kReportLost},
      {odds.aborted_unfed, CardOutcome::kAbortedUnfed},
      {odds.aborted_spoiled, CardOutcome::kAbortedSpoiled},
      {odds.refused, CardOutcome::kRefused},
      {odds.power_cut, CardOutcome::kPowerCut},
      {odds.jam, CardOutcome::kJam},
      {odds.heat, CardOutcome::kHeat},
      {odds.silent_success, CardOutcome::kSilentSuccess},
      {odds.silent_spoil, CardOutcome::kSilentSpoil},
      {odds.swapped_blank, CardOutcome::kSwappedBlank},
      {odds.slow, CardOutcome::kSlow},
      {odds.busy, CardOutcome::kBusy},
      {odds.gone, CardOutcome::kGone}};
  uint64_t sum = 0;
  for (const auto& [share, outcome] : shares) sum += share;
  uint64_t die = prng_.Below(sum);
  for (const auto& [share, outcome] : shares) {
    if (die < share) return outcome;
    die -= share;
  }
  KEPING_CHECK(false, "the die is less than the sum of the shares");
}

CardTruth SimulatedPrinter::DrawPowerCutTruth() {
  switch (prng_.Below(3)) {
    case 0:
      return {.fed = true, .good = true};
    case 1:
      return {.fed = true, .good = false};
    default:
      return {.fed = false, .good = false};
  }
}

std::string SimulatedPrinter::DrawReason(CardOutcome outcome) {
  return outcome == CardOutcome::kAbortedUnfed ? kUnfedReasons[prng_.Below(3)]
                                               : kSpoiledReasons[prng_.Below(3)];
}

std::string SimulatedPrinter::WhyNotTaken(CardOutcome outcome) const {
  if (outcome == CardOutcome::kRefused) return "server-error-not-accepting-jobs";
  if (outcome == CardOutcome::kBusy) return kReasonOtherJob;
  return "";
}

void SimulatedPrinter::Take(PrintJob job, JobCallback report) {
  auto refuse = [&](const std::string& reason) {
    report(Report(job.act_id, JobState::kNotAccepted, reason));
  };
  if (!reachable_) return refuse(kReasonUnreachable);
  if (card_) return refuse("server-error-busy");
  if (const auto why = WhyNotReady(Status()); !why.empty()) return refuse(absl::StrJoin(why, ","));
  const CardOutcome outcome = Draw();
  if (const std::string why = WhyNotTaken(outcome); !why.empty()) return refuse(why);
  Begin(job.act_id, outcome, report);
}

void SimulatedPrinter::Begin(const std::string& act_id, CardOutcome outcome,
                             const JobCallback& report) {
  JobReport accepted = Report(act_id, JobState::kAccepted, "");
  accepted.printer_job = ++last_job_;
  accepted.counted.ever = static_cast<int64_t>(cards_fed_);
  ++world_[act_id].times_taken;
  uint32_t steps = std::max<uint32_t>(options_.steps_per_card, 1);
  if (outcome == CardOutcome::kSlow) steps *= kSlowness;
  card_ = Card{accepted, outcome, steps, {}};
  if (outcome == CardOutcome::kReportLost && prng_.Chance(1, 2)) {
    card_->outcome = CardOutcome::kGood;  // what can be lost is lost
    report(Report(act_id, JobState::kUnknown, kReasonLost));
    return;
  }
  card_->listeners.push_back(report);
  report(accepted);
}

void SimulatedPrinter::Answer(const std::string& act_id, const JobCallback& report) {
  if (!reachable_) return report(Report(act_id, JobState::kUnknown, kReasonUnreachable));
  if (card_ && card_->report.act_id == act_id) {
    card_->listeners.push_back(report);
    return report(card_->report);
  }
  auto it = history_.find(act_id);
  if (it == history_.end()) return report(Report(act_id, JobState::kUnknown, kReasonHistoryGone));
  report(it->second);
}

// A card that is called off stops before it is fed, is spoiled, or comes out all the same.
void SimulatedPrinter::CallOff(const std::string& act_id) {
  if (!card_ || card_->report.act_id != act_id) return;
  const uint64_t die = prng_.Below(3);
  if (die == 2) return;
  card_->outcome = die == 0 ? CardOutcome::kAbortedUnfed : CardOutcome::kAbortedSpoiled;
  card_->report.reason = "job-canceled-by-user";
  FinishCard();
}

CardTruth SimulatedPrinter::End(CardOutcome outcome, JobReport* report) {
  report->state = JobState::kAborted;
  switch (outcome) {
    case CardOutcome::kAbortedUnfed:
      if (report->reason.empty()) report->reason = DrawReason(outcome);
      return {};
    case CardOutcome::kAbortedSpoiled:
      if (report->reason.empty()) report->reason = DrawReason(outcome);
      return {.fed = true, .good = false};
    case CardOutcome::kJam:
      jammed_ = true;
      report->reason = kJamReason;
      return {.fed = true, .good = false};
    case CardOutcome::kHeat:
      hot_for_ = options_.cooling_steps;
      report->reason = kHeatReason;
      return {.fed = true, .good = false};
    case CardOutcome::kSilentSuccess:
      report->reason = "aborted-by-system";
      return {.fed = true, .good = true};
    case CardOutcome::kPowerCut:
    case CardOutcome::kGone:
      report->state = JobState::kUnknown;
      report->reason = kReasonHistoryGone;
      reachable_ = reachable_ && outcome != CardOutcome::kGone;
      return DrawPowerCutTruth();
    case CardOutcome::kRefused:
    case CardOutcome::kBusy:
      KEPING_CHECK(false, "a refused job has no card under way");
    default:
      report->state = JobState::kCompleted;
      return {.fed = true,
              .good = outcome != CardOutcome::kSilentSpoil,
              .swapped = outcome == CardOutcome::kSwappedBlank};
  }
}

void SimulatedPrinter::FinishCard() {
  Card card = *std::exchange(card_, std::nullopt);
  JobReport& report = card.report;
  const bool was_reachable = reachable_;
  last_outcome_ = card.outcome;
  const CardTruth truth = End(card.outcome, &report);
  Feed(report.act_id, truth);
  report.counted = {.ever = static_cast<int64_t>(cards_fed_), .of_job = truth.fed ? 1 : 0};
  if (report.state == JobState::kUnknown) {
    report.counted = {};
    history_.clear();
    last_job_ = 0;
  } else {
    history_[report.act_id] = report;
  }
  if (card.outcome == CardOutcome::kReportLost || !was_reachable) {
    report.state = JobState::kUnknown;
    report.reason = kReasonLost;
    report.counted = {};
  }
  for (const JobCallback& listener : card.listeners) listener(report);
}

void SimulatedPrinter::Feed(const std::string& act_id, CardTruth truth) {
  world_[act_id].truth = truth;
  if (truth.fed) ++cards_fed_;
}

}  // namespace keping::edge
