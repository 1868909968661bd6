// How many bytes of payload cross one way of a link, each counted once however often it is sent:
// what programs said to each other, and not what a bad line made of it.
//
//   TcpPayload payload;
//   payload.OnPacket(packet);      // each that arrives
//   payload.bytes();
#ifndef KEPING_TESTS_NET_TCP_PAYLOAD_H_
#define KEPING_TESTS_NET_TCP_PAYLOAD_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace keping::tests {

// Not thread-safe.
class TcpPayload {
 public:
  // An IPv4 packet; others than TCP count for nothing.
  void OnPacket(const std::string& packet);
  uint64_t bytes() const { return bytes_; }

 private:
  // Ports, source and destination, as in the packet.
  using Flow = std::pair<uint16_t, uint16_t>;

  std::map<Flow, uint32_t> next_;  // sequence number after all that came, of known flows
  uint64_t bytes_ = 0;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_NET_TCP_PAYLOAD_H_
