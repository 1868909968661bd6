// What the judges of counts and of reported figures found, in sentences for people.
//
//   for (const std::string& sentence : InWords(verdict)) std::cout << sentence << "\n";
//   // 2 blanks are missing and 1 is more than the book says.
//   // A0001002 was scanned as A0001003 in job j-17 by ayu in the shift of made.
//
// Ids, serials and numbers only, as in the events.
#ifndef KEPING_CENTRAL_NODE_CORE_VARIANCE_WORDS_H_
#define KEPING_CENTRAL_NODE_CORE_VARIANCE_WORDS_H_

#include <string>
#include <vector>

#include "central_node/core/judge_count.h"
#include "central_node/core/judge_figures.h"

namespace keping::central {

std::vector<std::string> InWords(const CountVerdict& verdict);
std::vector<std::string> InWords(const FiguresFact& figures, const FiguresVerdict& verdict);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_VARIANCE_WORDS_H_
