// What a decision on a case can reach: the cards that it is about, and the offices that spoke of
// its blank, under whichever of its names.
//
//   for (const auto& [card, prr] : CardsOf(case_row, rows)) …
//
// Both say what the rows that are here allow to say.
#ifndef KEPING_CENTRAL_NODE_CORE_CASE_CARDS_H_
#define KEPING_CENTRAL_NODE_CORE_CASE_CARDS_H_

#include <map>
#include <set>

#include "central_node/core/anomaly.h"
#include "central_node/core/rows.h"

namespace keping::central {

// With the records that they were made under. Of a record only the cards that are evidence.
std::map<CardAt, domain::PrrId> CardsOf(const CaseRow& row, const Rows& rows);

// Every office that said something of the case's blank.
std::set<domain::NodeId> OfficesThatSaw(const CaseRow& row, const Rows& rows);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_CASE_CARDS_H_
