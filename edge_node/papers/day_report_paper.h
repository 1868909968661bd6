// An office's day on paper: its totals, the receipt code as text and as QR, and beneath the very
// text that the node signed, so that the sheet can still be checked when it is all that is left.
//
//   paper::Document report = DayReportPaper(words, {.office = "Kecamatan Susut", .totals = …});
//
// Pure.
#ifndef KEPING_EDGE_NODE_PAPERS_DAY_REPORT_PAPER_H_
#define KEPING_EDGE_NODE_PAPERS_DAY_REPORT_PAPER_H_

#include <string>

#include "common/domain/event.h"
#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::edge {

struct DayReportSheet {
  std::string office;
  domain::DayReported totals;
  std::string signed_text;  // as domain::WriteDayReport made it
  std::string qr;           // for `keping central compare-head`
};

paper::Document DayReportPaper(const paper::Words& words, const DayReportSheet& report);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PAPERS_DAY_REPORT_PAPER_H_
