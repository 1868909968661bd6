// What the judges of counts and of reported figures found.
//
//   for (const Remark& remark : RemarksOn(verdict)) std::cout << remark.text << "\n";
//   // 2 blanks are missing and 1 is more than the book says.
//   // A0001002 was scanned as A0001003 in job j-17 by ayu in the shift of made.
#ifndef KEPING_CENTRAL_NODE_CORE_VARIANCE_WORDS_H_
#define KEPING_CENTRAL_NODE_CORE_VARIANCE_WORDS_H_

#include <vector>

#include "central_node/core/judge_count.h"
#include "central_node/core/judge_figures.h"
#include "central_node/core/remark.h"

namespace keping::central {

std::vector<Remark> RemarksOn(const CountVerdict& verdict);
std::vector<Remark> RemarksOn(const FiguresFact& figures, const FiguresVerdict& verdict);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_VARIANCE_WORDS_H_
