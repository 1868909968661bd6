#include "edge_node/readers/simulated_reader.h"

#include <utility>

namespace keping::edge {

void SimulatedReader::Start(ScanCallback report) {
  report_ = std::move(report);
  ReadCard();
}

void SimulatedReader::Stop() { report_ = nullptr; }

ReaderStatus SimulatedReader::Status() const {
  if (!plugged_in_) return {.connected = false, .name = "", .why_not = kReaderGone};
  return {.connected = true, .name = "simulated"};
}

void SimulatedReader::Hold(const domain::BlankSerial& card) {
  card_ = scan::Scan{scan::ScanProblem::kNone, card};
  ReadCard();
}

void SimulatedReader::HoldUnreadable() {
  card_ = scan::Scan{scan::ScanProblem::kNoSerial, {}};
  ReadCard();
}

void SimulatedReader::Lift() { card_ = std::nullopt; }

void SimulatedReader::Unplug() { plugged_in_ = false; }

void SimulatedReader::PlugIn() {
  plugged_in_ = true;
  ReadCard();
}

void SimulatedReader::ReadCard() {
  if (report_ && plugged_in_ && card_) report_(*card_);
}

}  // namespace keping::edge
