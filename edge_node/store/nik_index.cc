#include "edge_node/store/nik_index.h"

namespace keping::edge {

void NikIndex::Add(const domain::PrrId& prr, const crypto::Hash& nik_key) {
  crypto::Hash& known = keys_[prr];
  records_.erase({known, prr});
  known = nik_key;
  records_.emplace(nik_key, prr);
}

std::set<domain::PrrId> NikIndex::Find(const crypto::Hash& nik_key) const {
  std::set<domain::PrrId> found;
  for (auto it = records_.lower_bound({nik_key, domain::PrrId()});
       it != records_.end() && it->first == nik_key; ++it) {
    found.insert(it->second);
  }
  return found;
}

crypto::Hash NikIndex::KeyOfRecord(const domain::PrrId& prr) const {
  const auto found = keys_.find(prr);
  return found == keys_.end() ? crypto::Hash() : found->second;
}

}  // namespace keping::edge
