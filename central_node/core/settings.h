// What the district decided in its configuration and the core needs to know.
#ifndef KEPING_CENTRAL_NODE_CORE_SETTINGS_H_
#define KEPING_CENTRAL_NODE_CORE_SETTINGS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "common/crypto/hash.h"
#include "common/domain/ids.h"

namespace keping::central {

struct Office {
  domain::NodeId node;
  // "51.06.01"; empty for the district's own printer, which takes a share of every kecamatan.
  std::string kecamatan_code;
};

struct Settings {
  std::vector<Office> offices;
  // Names the key of which every node's key for telephone grants is made; zero: there are no
  // grants.
  crypto::Hash grant_key_name = {};
  // Of the district's wall clock, for the day on which a fact was written.
  int utc_offset_minutes = 0;
  // The duty of a printer of which the district stated none; 0: none is judged.
  uint32_t cards_per_day = 0;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_SETTINGS_H_
