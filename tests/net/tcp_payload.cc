#include "tests/net/tcp_payload.h"

#include <arpa/inet.h>

#include "tests/net/tcp_headers.h"

namespace keping::tests {

void TcpPayload::OnPacket(const std::string& packet) {
  const auto headers = ReadTcpHeaders(packet);
  if (!headers.has_value()) return;
  const Flow flow = {headers->tcp.source, headers->tcp.dest};
  const uint32_t first = ntohl(headers->tcp.seq);
  if (headers->tcp.syn != 0) {
    next_[flow] = first + 1;
    return;
  }
  const auto known = next_.find(flow);
  if (known == next_.end()) return;
  // Sequence numbers wrap (RFC 9293, 3.4). A hole that is filled later was counted already.
  const uint32_t end = first + static_cast<uint32_t>(PayloadBytes(*headers));
  const auto beyond = static_cast<int32_t>(end - known->second);
  if (beyond <= 0) return;
  bytes_ += static_cast<uint64_t>(beyond);
  known->second = end;
}

}  // namespace keping::tests
