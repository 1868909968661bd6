// The minutes of a destruction: which spoiled blanks and withdrawn cards were burnt, for which
// causes, before which officers; with lines for the witnesses, whose names the office keeps sealed.
//
//   paper::Document minutes = DestructionPaper(words, destruction);
//
// Pure.
#ifndef KEPING_CENTRAL_NODE_PAPERS_DESTRUCTION_PAPER_H_
#define KEPING_CENTRAL_NODE_PAPERS_DESTRUCTION_PAPER_H_

#include <map>
#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "common/domain/blank_serial.h"
#include "common/domain/event.h"
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
  // Each with why it was spoiled; nullopt: a card that was called back, or of which nobody said
  // why.
  std::map<domain::BlankSerial, std::optional<domain::SpoilCause>> cards = {};
};

paper::Document DestructionPaper(const paper::Words& words, const Destruction& destruction);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_PAPERS_DESTRUCTION_PAPER_H_
