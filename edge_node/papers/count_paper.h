// The minutes of a stock count: what the book said, what was scanned, and every difference by
// serial.
//
//   paper::Document minutes = CountPaper(words, {.office = "Kecamatan Susut", .count = event, …});
//
// Pure.
#ifndef KEPING_EDGE_NODE_PAPERS_COUNT_PAPER_H_
#define KEPING_EDGE_NODE_PAPERS_COUNT_PAPER_H_

#include <string>

#include "absl/time/civil_time.h"
#include "common/domain/event.h"
#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::edge {

struct CountSheet {
  std::string office;
  absl::CivilDay day;
  domain::StockCounted count;
};

paper::Document CountPaper(const paper::Words& words, const CountSheet& sheet);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PAPERS_COUNT_PAPER_H_
