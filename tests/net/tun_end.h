// One end of a link in user space: a network namespace of its own with a TUN device in it. What
// programs in the namespace send to the other end is read here, what is written here reaches them.
//
//   KEPING_ASSIGN_OR_RETURN(TunEnd end, TunEnd::Create("10.77.0.1", "10.77.0.2"));
//   nsenter --net=/proc/PID/fd/<end.namespace_fd()> program …
#ifndef KEPING_TESTS_NET_TUN_END_H_
#define KEPING_TESTS_NET_TUN_END_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace keping::tests {

// The namespace lives as long as this object or a program in it. Not thread-safe.
class TunEnd {
 public:
  // Moves the calling thread into the new namespace. PermissionDenied where the machine forbids it.
  static absl::StatusOr<TunEnd> Create(const std::string& own_address,
                                       const std::string& other_address);
  ~TunEnd();
  TunEnd(TunEnd&& other) noexcept;
  TunEnd& operator=(TunEnd&&) = delete;

  // The next IPv4 packet, or nothing when none waits.
  std::optional<std::string> Read();
  // A packet that the kernel does not take is lost, as on any line.
  void Write(const std::string& packet);

  int packets_fd() const { return packets_; }
  int namespace_fd() const { return namespace_; }

 private:
  TunEnd(int packets, int name_space) : packets_(packets), namespace_(name_space) {}

  int packets_;
  int namespace_;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_NET_TUN_END_H_
