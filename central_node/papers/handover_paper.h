// The handover minutes (BAST) of blanks that the district sends to an office: from which delivery
// they are, how many, and every serial.
//
//   paper::Document bast = HandoverPaper(words, {.transfer = "t-12", .office = "Kecamatan Susut",
//   …});
//
// Pure. Number, date and letterhead are put in by whoever issues it.
#ifndef KEPING_CENTRAL_NODE_PAPERS_HANDOVER_PAPER_H_
#define KEPING_CENTRAL_NODE_PAPERS_HANDOVER_PAPER_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/domain/box.h"
#include "common/domain/serial_set.h"
#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::central {

struct HandoverOfBlanks {
  // The blanks of one delivery to the district.
  struct Part {
    std::string allotment = {};    // empty: no delivery names them
    std::string bast_number = {};  // of the delivery
    domain::SerialSet serials = {};
  };

  std::string transfer = {};
  std::string office = {};
  absl::CivilDay day = {};  // of the dispatch
  std::string by = {};      // officers, by their ids; or empty
  std::string second = {};
  std::vector<Part> parts = {};
  std::vector<domain::Box> boxes = {};  // sealed
};

paper::Document HandoverPaper(const paper::Words& words, const HandoverOfBlanks& handover);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_PAPERS_HANDOVER_PAPER_H_
