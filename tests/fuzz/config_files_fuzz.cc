// The configuration files of both nodes.

#include "common/config/central_config.h"
#include "common/config/edge_config.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/memory_file.h"

namespace keping::fuzz {
namespace {

template <typename Loaded>
void CheckLoaded(const Loaded& config) {
  // One line for each problem: as many as the file has.
  KEPING_CHECK(config.ok() || !config.status().message().empty(), "an error says what was got");
  if (!config.ok()) return;
  auto same = *config;
  KEPING_CHECK(same.ParseFromString(config->SerializeAsString()), "what it says can be passed on");
}

}  // namespace
}  // namespace keping::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  keping::fuzz::FuzzInput input(data, size);
  const uint8_t kind = input.Byte();
  const keping::fuzz::MemoryFile file(input.Rest());
  if (kind % 2 == 0) {
    keping::fuzz::CheckLoaded(keping::config::LoadEdgeConfig(file.path()));
  } else {
    keping::fuzz::CheckLoaded(keping::config::LoadCentralConfig(file.path()));
  }
  return 0;
}
