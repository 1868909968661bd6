// What an event says to a person, in Indonesian and English. Words only: who and when stand beside
// them.
//
//   Words words = WordsOf(event);   // {"Kartu baik, pada keping A1.", "The card is good, on blank
//   A1."}
#ifndef KEPING_EDGE_NODE_COUNTER_HISTORY_WORDS_H_
#define KEPING_EDGE_NODE_COUNTER_HISTORY_WORDS_H_

#include <string>

#include "common/domain/event.h"

namespace keping::edge {

struct Words {
  std::string indonesian;
  std::string english;
};

// A kind of event without a sentence of its own gives its stable name in both.
Words WordsOf(const domain::Event& event);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_HISTORY_WORDS_H_
