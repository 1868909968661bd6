#include "tests/net/tcp_headers.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace keping::tests {

std::optional<TcpHeaders> ReadTcpHeaders(const std::string& packet) {
  TcpHeaders headers;
  if (packet.size() < sizeof(iphdr)) return std::nullopt;
  memcpy(&headers.ip, packet.data(), sizeof(iphdr));
  const size_t start = headers.ip.ihl * size_t{4};
  if (headers.ip.protocol != IPPROTO_TCP || packet.size() < start + sizeof(tcphdr)) {
    return std::nullopt;
  }
  memcpy(&headers.tcp, packet.data() + start, sizeof(tcphdr));
  return headers;
}

size_t PayloadBytes(const TcpHeaders& headers) {
  const size_t before = headers.ip.ihl * size_t{4} + headers.tcp.doff * size_t{4};
  const size_t all = ntohs(headers.ip.tot_len);
  return all > before ? all - before : 0;
}

void SwapAddresses(std::string* packet) {
  if (packet->size() < sizeof(iphdr)) return;
  const auto source = packet->begin() + offsetof(iphdr, saddr);
  const auto destination = packet->begin() + offsetof(iphdr, daddr);
  std::swap_ranges(source, destination, destination);
}

}  // namespace keping::tests
