#include "edge_node/printing/simulated_printer.h"

#include <algorithm>
#include <utility>

#include "common/base/check.h"

namespace keping::edge {
namespace {

constexpr const char* kUnfedReasons[] = {"media-empty-error", "cover-open-error",
                                         "marker-supply-empty-error"};
constexpr const char* kSpoiledReasons[] = {"media-jam-error", "marker-supply-broken-error",
                                           "over-temperature-error"};

JobReport Report(const std::string& act_id, JobState state, const std::string& reason) {
  JobReport report;
  report.act_id = act_id;
  report.state = state;
  report.reason = reason;
  return report;
}

}  // namespace

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

void SimulatedPrinter::AskStatus(StatusCallback answer) {
  asked_.push_back([this, answer = std::move(answer)] { answer(Status()); });
}

PrinterStatus SimulatedPrinter::Status() const {
  if (!reachable_) return {};
  return {.reachable = true,
          .accepting = true,
          .activity = card_ ? PrinterActivity::kBusy : PrinterActivity::kIdle,
          .reasons = {}};
}

void SimulatedPrinter::Step() {
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
      {odds.power_cut, CardOutcome::kPowerCut}};
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

void SimulatedPrinter::Take(PrintJob job, JobCallback report) {
  auto refuse = [&](const char* reason) {
    report(Report(job.act_id, JobState::kNotAccepted, reason));
  };
  if (!reachable_) return refuse("unreachable");
  if (card_) return refuse("server-error-busy");
  const CardOutcome outcome = Draw();
  if (outcome == CardOutcome::kRefused) return refuse("server-error-not-accepting-jobs");
  JobReport accepted = Report(job.act_id, JobState::kAccepted, "");
  accepted.printer_job = ++last_job_;
  ++world_[job.act_id].times_taken;
  card_ = Card{accepted, outcome, std::max<uint32_t>(options_.steps_per_card, 1), {}};
  if (outcome == CardOutcome::kReportLost && prng_.Chance(1, 2)) {
    card_->outcome = CardOutcome::kGood;  // what can be lost is lost
    report(Report(job.act_id, JobState::kUnknown, "answer-lost"));
    return;
  }
  card_->listeners.push_back(report);
  report(accepted);
}

void SimulatedPrinter::Answer(const std::string& act_id, const JobCallback& report) {
  if (!reachable_) return report(Report(act_id, JobState::kUnknown, "unreachable"));
  if (card_ && card_->report.act_id == act_id) {
    card_->listeners.push_back(report);
    return report(card_->report);
  }
  auto it = history_.find(act_id);
  if (it == history_.end()) return report(Report(act_id, JobState::kUnknown, "job-history-gone"));
  report(it->second);
}

void SimulatedPrinter::FinishCard() {
  Card card = *std::exchange(card_, std::nullopt);
  JobReport& report = card.report;
  report.state = JobState::kCompleted;
  switch (card.outcome) {
    case CardOutcome::kGood:
    case CardOutcome::kReportLost:
      Feed(report.act_id, {.fed = true, .good = true});
      break;
    case CardOutcome::kAbortedUnfed:
    case CardOutcome::kAbortedSpoiled:
      report.state = JobState::kAborted;
      report.reason = DrawReason(card.outcome);
      Feed(report.act_id, {.fed = card.outcome == CardOutcome::kAbortedSpoiled, .good = false});
      break;
    case CardOutcome::kPowerCut:
      report.state = JobState::kUnknown;
      report.reason = "job-history-gone";
      Feed(report.act_id, DrawPowerCutTruth());
      break;
    case CardOutcome::kRefused:
      KEPING_CHECK(false, "a refused job has no card under way");
  }
  if (card.outcome == CardOutcome::kPowerCut) {
    history_.clear();
    last_job_ = 0;
  } else {
    history_[report.act_id] = report;
  }
  if (card.outcome == CardOutcome::kReportLost || !reachable_) {
    report.state = JobState::kUnknown;
    report.reason = "printer-lost";
  }
  for (const JobCallback& listener : card.listeners) listener(report);
}

void SimulatedPrinter::Feed(const std::string& act_id, CardTruth truth) {
  world_[act_id].truth = truth;
  if (truth.fed) ++cards_fed_;
}

}  // namespace keping::edge
