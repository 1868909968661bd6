// Judges small sets: the cards of a printer's day, the cards of one tray, the names of one blank.
//
//   if (auto anomaly = JudgePrinterDay(row, 50)) …   // more cards than the duty, and nobody's word
//   if (auto anomaly = JudgeBatch(row)) …            // its cards lie on each other's blanks
//
// Pure and order-free: both rows are sets.
#ifndef KEPING_CENTRAL_NODE_CORE_JUDGE_SUMMARIES_H_
#define KEPING_CENTRAL_NODE_CORE_JUDGE_SUMMARIES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/core/anomaly.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"

namespace keping::central {

// What holds of a printer on a day; null: nothing was stated for it yet.
const PrinterFact* StatementOn(const std::vector<PrinterFact>& facts, absl::CivilDay day);

// What the district stated last for that day, else its default. 0: nobody said.
uint32_t DutyOf(const Settings& settings, const CentreRow& centre, const domain::PrinterId& printer,
                absl::CivilDay day);

std::optional<Anomaly> JudgePrinterDay(const PrinterDayRow& row, uint32_t duty);

// One printed serial with two chips, or one chip with two printed serials.
std::optional<Anomaly> JudgeNames(const NameRow& row);

// Two cards or more, found on exactly the blanks that were meant for them, each on another's.
std::optional<Anomaly> JudgeBatch(const BatchRow& row);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JUDGE_SUMMARIES_H_
