// Writes every key and value of a store to standard output, uncompressed, for a search:
//
//   keping_dump_store DATABASE_DIR
#include <iostream>

#include "common/storage/rocksdb_store.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto store = keping::storage::OpenRocksDbStoreReadOnly(argv[1]);
  if (!store.ok()) {
    std::cerr << store.status() << std::endl;
    return 1;
  }
  const absl::Status status =
      (*store)->Scan("", "", [](absl::string_view key, absl::string_view value) {
        std::cout.write(key.data(), static_cast<std::streamsize>(key.size()));
        std::cout.write(value.data(), static_cast<std::streamsize>(value.size()));
        return true;
      });
  std::cout.flush();
  return status.ok() && std::cout ? 0 : 1;
}
