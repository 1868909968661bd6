// The minutes of a destruction: which spoiled blanks and withdrawn cards were burnt, for which
// causes, before which officers; with lines for the witnesses, whose names the office keeps sealed.
//
//   paper::Document minutes = DestructionPaper(words, destruction);
//
// Pure.
#ifndef KEPING_CENTRAL_NODE_PAPERS_DESTRUCTION_PAPER_H_
#define KEPING_CENTRAL_NODE_PAPERS_DESTRUCTION_PAPER_H_

#include <map>
#include <string>

#include "absl/time/civil_time.h"
#include "central_node/papers/spoil_words.h"
#include "common/domain/blank_serial.h"
#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::central {

struct Destruction {
  std::string act = {};
  std::string minutes = {};  // the number that the office gave them
  std::string office = {};
  absl::CivilDay day = {};
  std::string operator_id = {};
  std::string second = {};
  std::map<domain::BlankSerial, SpoilReason> cards = {};  // each with why
};

paper::Document DestructionPaper(const paper::Words& words, const Destruction& destruction);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_PAPERS_DESTRUCTION_PAPER_H_
