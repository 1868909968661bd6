#include "common/cli/interrupted_jobs.h"

#include <variant>

namespace keping::cli {

void InterruptedJobs::Add(const domain::Event& event) {
  if (const auto* intended = std::get_if<domain::PrintIntended>(&event)) {
    at_printer_.insert(intended->act);
  } else if (const auto* doubted = std::get_if<domain::PrintDoubted>(&event)) {
    at_printer_.erase(doubted->act);
    if (doubted->cause == domain::DoubtCause::kRestart) doubted_at_restart_.insert(doubted->act);
  } else if (const auto* completed = std::get_if<domain::PrintCompleted>(&event)) {
    at_printer_.erase(completed->act);
  } else if (const auto* failed = std::get_if<domain::PrintFailed>(&event)) {
    at_printer_.erase(failed->act);
  } else if (const auto* verified = std::get_if<domain::PrintVerified>(&event)) {
    at_printer_.erase(verified->act);
  } else if (const auto* spoiled = std::get_if<domain::PrintSpoiled>(&event)) {
    at_printer_.erase(spoiled->act);
  } else if (const auto* unused = std::get_if<domain::PrintUnused>(&event)) {
    at_printer_.erase(unused->act);
  }
}

}  // namespace keping::cli
