// Serials on paper: a table of runs and single ones, and a short word for a set.
//
//   paper.tables.push_back(SerialTable(words, set));
//   SerialText(words, set);   // "KPA0001000 s.d. KPA0001999"
#ifndef KEPING_COMMON_PAPER_SERIAL_TABLE_H_
#define KEPING_COMMON_PAPER_SERIAL_TABLE_H_

#include <string>

#include "common/domain/serial_set.h"
#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::paper {

// Every blank of the set, a run in one row; two rows abreast.
Table SerialTable(const Words& words, const domain::SerialSet& serials);

// A set of one run by its ends; of another one the first run, and how many follow.
std::string SerialText(const Words& words, const domain::SerialSet& serials);

}  // namespace keping::paper

#endif  // KEPING_COMMON_PAPER_SERIAL_TABLE_H_
