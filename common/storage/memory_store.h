// A KvStore in memory: for tests and for the parts of a test that need no fault.
//
//   std::unique_ptr<KvStore> store = MakeMemoryStore();
#ifndef KEPING_COMMON_STORAGE_MEMORY_STORE_H_
#define KEPING_COMMON_STORAGE_MEMORY_STORE_H_

#include <memory>

#include "common/storage/kv_store.h"

namespace keping::storage {

// An empty store. It never fails and forgets everything when it is destroyed.
std::unique_ptr<KvStore> MakeMemoryStore();

}  // namespace keping::storage

#endif  // KEPING_COMMON_STORAGE_MEMORY_STORE_H_
