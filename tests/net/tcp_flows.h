// The TCP connections that cross a link, as whatever keeps track of them on the way does it: after
// the link came up anew under another address nobody knows the old ones, and the first packet of
// each is answered with a reset (RFC 9293, 3.5.2).
//
//   TcpFlows flows;
//   if (std::optional<std::string> reset = flows.OnPacket(packet)) AnswerSender(*reset);
//   else Carry(packet);
//   flows.Forget();
#ifndef KEPING_TESTS_NET_TCP_FLOWS_H_
#define KEPING_TESTS_NET_TCP_FLOWS_H_

#include <array>
#include <optional>
#include <set>
#include <string>

namespace keping::tests {

// Not thread-safe.
class TcpFlows {
 public:
  // An IPv4 packet from either end; what to answer its sender if the packet goes nowhere.
  std::optional<std::string> OnPacket(const std::string& packet);
  void Forget() { known_.clear(); }

 private:
  // Both ends, the lower first: address and port, as in the packet.
  using Flow = std::array<std::string, 2>;

  std::set<Flow> known_;
};

}  // namespace keping::tests

#endif  // KEPING_TESTS_NET_TCP_FLOWS_H_
