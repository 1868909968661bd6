#include "edge_node/counter/history_words.h"

#include <set>
#include <string>
#include <variant>

#include "gtest/gtest.h"
#include "tests/support/event_samples.h"

namespace keping::edge {
namespace {

// Of the centre's log, which no office tells, and numbers without a card.
const std::set<std::string> kOfNoCard = {
    "action_ordered", "allotment_received", "blanks_dispatched", "case_changed",
    "loan_moved",     "tail_lost",          "shift_opened",      "shift_closed"};

bool NamesBlanks(const domain::Event& event) {
  return std::visit(
      [](const auto& one) {
        return requires { one.blank; }
        || requires { one.blanks; }
        || requires { one.serials; }
        || requires { one.cards; }
        || requires { one.delivered; }
        || requires { one.counted; };
      },
      event);
}

TEST(HistoryWordsTest, WhatHappensToACardAtAnOfficeIsToldInWords) {
  for (const domain::Event& event : tests::EventSamples()) {
    const std::string name = domain::EventName(event);
    if (!NamesBlanks(event) || kOfNoCard.contains(name)) continue;
    EXPECT_NE(WordsOf(event).indonesian, name);
    EXPECT_NE(WordsOf(event).english, name);
  }
}

}  // namespace
}  // namespace keping::edge
