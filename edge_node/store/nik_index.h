// Finds the records of a NIK without keeping one: by a keyed hash, under a key that never leaves
// this node.
//
//   NikIndex index(key);
//   index.Add(prr, index.KeyOf(nik));
//   index.Find(index.KeyOf(nik));        // {prr}
#ifndef KEPING_EDGE_NODE_STORE_NIK_INDEX_H_
#define KEPING_EDGE_NODE_STORE_NIK_INDEX_H_

#include <map>
#include <set>
#include <string>
#include <utility>

#include "common/crypto/hash.h"
#include "common/domain/ids.h"
#include "common/domain/nik.h"

namespace keping::edge {

// Not thread-safe.
class NikIndex {
 public:
  NikIndex() = default;  // before its key was read
  explicit NikIndex(std::string key) : key_(std::move(key)) {}

  crypto::Hash KeyOf(const domain::Nik& nik) const {
    return crypto::KeyedHash(key_, {"keping-nik-v1", nik.Reveal()});
  }
  void Add(const domain::PrrId& prr, const crypto::Hash& nik_key);
  std::set<domain::PrrId> Find(const crypto::Hash& nik_key) const;
  // Of a record that is known, also after it was withdrawn; else zero.
  crypto::Hash KeyOfRecord(const domain::PrrId& prr) const;

 private:
  std::string key_;
  std::set<std::pair<crypto::Hash, domain::PrrId>> records_;
  std::map<domain::PrrId, crypto::Hash> keys_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_STORE_NIK_INDEX_H_
