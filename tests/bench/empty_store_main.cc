// What keping-edge is measured beside: opens an empty database with the options of the nodes, says
// "ready", and waits for SIGTERM.
#include <iostream>

#include "absl/synchronization/notification.h"
#include "common/runtime/process.h"
#include "common/storage/rocksdb_store.h"

int main(int argc, char** argv) {
  keping::runtime::InitializeProcess();
  if (argc != 2) {
    std::cerr << "keping-bench-empty-store: got " << argc - 1 << " arguments, want a folder\n";
    return 2;
  }
  absl::Notification stopping;
  const keping::runtime::StopSignal stop([&](int) { stopping.Notify(); });
  const auto store = keping::storage::OpenRocksDbStore(argv[1]);
  if (!store.ok()) {
    std::cerr << "keping-bench-empty-store: " << store.status().message() << std::endl;
    return 1;
  }
  std::cout << "ready" << std::endl;
  stopping.WaitForNotification();
  return 0;
}
