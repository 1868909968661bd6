// The rows that an input names by itself, before any row is looked at.
//
//   Keys keys = KeysOf(settings, input, resident);
#ifndef KEPING_CENTRAL_NODE_CORE_INPUT_KEYS_H_
#define KEPING_CENTRAL_NODE_CORE_INPUT_KEYS_H_

#include <cstdint>

#include "central_node/core/input.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"
#include "common/domain/serial_set.h"

namespace keping::central {

Keys KeysOf(const Settings& settings, const Input& input, const Resident& resident);

// How many blanks these entries name that get a row each: what they cost, told without looking at
// the blanks one by one.
uint64_t BlanksNamed(const EntriesArrived& input);

// The serials that a dispatch takes: the named ones, or the first of the district's stock. Fewer
// than asked for when they are not there.
domain::SerialSet FromStock(uint64_t quantity, const domain::SerialSet& serials,
                            const CentreRow& centre);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_INPUT_KEYS_H_
