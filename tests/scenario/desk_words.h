// What stories say to the district's desk, as its commands.
//
//   central::ResolveCase command = ReadDecision(words);   // "decide KIND ENTITY recall by rai …"
//   command.case_id = …; command.revision = …;
#ifndef KEPING_TESTS_SCENARIO_DESK_WORDS_H_
#define KEPING_TESTS_SCENARIO_DESK_WORDS_H_

#include <string>

#include "central_node/core/input.h"
#include "central_node/core/rows.h"
#include "tests/scenario/words.h"

namespace keping::scenario {

// A decision, without the case that it is about.
central::ResolveCase ReadDecision(const Words& words);
// Whether "decide KIND ENTITY …" means this case; the entity `it` is the only one of its kind.
bool Means(const Words& words, const central::CaseRow& row);
// "figures KIND PART … total N of NODE": a report on paper with its parts and its sum.
domain::FiguresReported ReadFigures(const Words& words, const domain::ActId& act,
                                    absl::CivilDay upto);
domain::WithdrawalReason ReadReason(const Words& words);
// "susut recalls A1000, done"
std::string OrderInWords(const central::ActionRow& row);

}  // namespace keping::scenario

#endif  // KEPING_TESTS_SCENARIO_DESK_WORDS_H_
