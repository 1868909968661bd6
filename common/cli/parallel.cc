#include "common/cli/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace keping::cli {
namespace {

// Parts are taken one after the other, since some of them take longer.
constexpr size_t kPart = 256;

}  // namespace

void InParallel(size_t count, absl::FunctionRef<void(size_t begin, size_t end)> work) {
  std::atomic<size_t> next = 0;
  const auto take = [&] {
    for (size_t begin = next.fetch_add(kPart); begin < count; begin = next.fetch_add(kPart)) {
      work(begin, std::min(begin + kPart, count));
    }
  };
  const size_t parts = (count + kPart - 1) / kPart;
  const size_t helpers = std::min<size_t>(std::max(1u, std::thread::hardware_concurrency()),
                                          std::max<size_t>(parts, 1)) -
                         1;
  std::vector<std::jthread> threads;
  for (size_t i = 0; i < helpers; ++i) threads.emplace_back(take);
  take();
}

}  // namespace keping::cli
