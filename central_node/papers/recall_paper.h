// The list of cards that the district called back and that are not here yet: for whoever goes to
// fetch them, with room to write down what was found.
//
//   paper::Document list = RecallPaper(words, recalls);
//
// Pure.
#ifndef KEPING_CENTRAL_NODE_PAPERS_RECALL_PAPER_H_
#define KEPING_CENTRAL_NODE_PAPERS_RECALL_PAPER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/ledger/account.h"
#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::central {

struct Recalls {
  struct Card {
    std::string serial = {};
    std::string prr = {};
    std::string office = {};                                // that is to fetch it
    std::string village = {};                               // name and code; or empty
    ledger::Account account = ledger::Account::kDelivered;  // where the card is
    std::string case_code = {};                             // "K-201"
    std::optional<absl::CivilDay> ordered = {};
  };

  std::string office = {};  // of which alone; empty: of all
  std::vector<Card> cards = {};
};

paper::Document RecallPaper(const paper::Words& words, const Recalls& recalls);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_PAPERS_RECALL_PAPER_H_
