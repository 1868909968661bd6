// A row of the tables that a step may touch: Needs has asked for it, and the shell has loaded it.
//
//   BlankRow& row = At(rows.blanks, serial);
#ifndef KEPING_CENTRAL_NODE_CORE_PREFETCHED_H_
#define KEPING_CENTRAL_NODE_CORE_PREFETCHED_H_

#include "common/base/check.h"

namespace keping::central {

template <typename Table, typename Key>
auto& At(Table& table, const Key& key) {
  const auto found = table.find(key);
  KEPING_CHECK(found != table.end(), "a step's rows are prefetched (needs.cc)");
  return found->second;
}

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_PREFETCHED_H_
