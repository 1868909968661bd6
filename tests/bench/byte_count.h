// A relay on this machine that counts what crosses a TCP connection: its whole payload, TLS and
// all.
//
//   KEPING_ASSIGN_OR_RETURN(auto relay, ByteCount::Start("127.0.0.1:7443"));
//   Connect(relay->address());
//   relay->up() + relay->down();
#ifndef KEPING_TESTS_BENCH_BYTE_COUNT_H_
#define KEPING_TESTS_BENCH_BYTE_COUNT_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace keping::bench {

// Thread-safe. Connections end with their ends; the listener with this object.
class ByteCount {
 public:
  // `target` is an IPv4 address and port.
  static absl::StatusOr<std::unique_ptr<ByteCount>> Start(const std::string& target);
  ~ByteCount();

  const std::string& address() const { return address_; }
  // Towards the target, and from it.
  uint64_t up() const { return counts_->up; }
  uint64_t down() const { return counts_->down; }
  uint64_t total() const { return up() + down(); }

 private:
  struct Counts {
    std::atomic<uint64_t> up = 0;
    std::atomic<uint64_t> down = 0;
  };

  ByteCount() = default;
  static void Carry(int from, int to, std::shared_ptr<Counts> counts, bool upwards);

  std::string address_;
  int listener_ = -1;
  std::shared_ptr<Counts> counts_ = std::make_shared<Counts>();
};

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_BYTE_COUNT_H_
