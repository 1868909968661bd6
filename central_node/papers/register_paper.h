// The register of the papers that were numbered: every number of a year, also the void ones, so
// that a gap would be seen.
//
//   paper::Document book = RegisterPaper(words, register);
//
// Pure.
#ifndef KEPING_CENTRAL_NODE_PAPERS_REGISTER_PAPER_H_
#define KEPING_CENTRAL_NODE_PAPERS_REGISTER_PAPER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::central {

struct PaperRegister {
  struct Entry {
    std::string number = {};
    std::string title = {};
    std::string subject = {};  // what it is of: a transfer, a village …
    absl::CivilDay day = {};
    std::string by = {};
    uint32_t copies = 0;
    std::string void_reason = {};  // empty: it holds
    std::string voided_by = {};
  };

  int64_t year = 0;
  std::vector<Entry> entries = {};  // by kind and number
};

paper::Document RegisterPaper(const paper::Words& words, const PaperRegister& papers);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_PAPERS_REGISTER_PAPER_H_
