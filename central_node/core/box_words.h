// What the judge of a box found.
//
//   for (const Remark& remark : RemarksOn(box, facts, JudgeBox(facts))) std::cout << remark.text;
//   // Box L7-01 is to hold 200 blanks, 203 were scanned out of it: 3 are too many.
#ifndef KEPING_CENTRAL_NODE_CORE_BOX_WORDS_H_
#define KEPING_CENTRAL_NODE_CORE_BOX_WORDS_H_

#include <vector>

#include "central_node/core/judge_box.h"
#include "central_node/core/remark.h"
#include "common/domain/ids.h"

namespace keping::central {

// The smallest explanation: what differs, and nothing of what agrees.
std::vector<Remark> RemarksOn(const domain::BoxId& box, const BoxFacts& facts,
                              const BoxVerdict& verdict);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_BOX_WORDS_H_
