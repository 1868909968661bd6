#include "tests/net/tcp_flows.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>

#include "tests/net/tcp_headers.h"

namespace keping::tests {
namespace {

template <typename Part>
std::string BytesOf(const Part& part) {
  return {reinterpret_cast<const char*>(&part), sizeof(part)};
}

// RFC 1071.
uint16_t Checksum(const std::string& bytes) {
  uint32_t sum = 0;
  for (size_t i = 0; i < bytes.size(); i += 2) {
    const auto high = static_cast<uint8_t>(bytes[i]);
    const auto low = i + 1 < bytes.size() ? static_cast<uint8_t>(bytes[i + 1]) : uint8_t{0};
    sum += static_cast<uint32_t>(high) << 8 | low;
  }
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return htons(static_cast<uint16_t>(~sum));
}

std::string ResetFor(const TcpHeaders& got) {
  TcpHeaders reset{};
  reset.ip.version = 4;
  reset.ip.ihl = sizeof(iphdr) / 4;
  reset.ip.ttl = 64;
  reset.ip.protocol = IPPROTO_TCP;
  reset.ip.tot_len = htons(sizeof(TcpHeaders));
  reset.ip.saddr = got.ip.daddr;
  reset.ip.daddr = got.ip.saddr;
  reset.ip.check = Checksum(BytesOf(reset.ip));
  reset.tcp.source = got.tcp.dest;
  reset.tcp.dest = got.tcp.source;
  reset.tcp.seq = got.tcp.ack_seq;
  reset.tcp.doff = sizeof(tcphdr) / 4;
  reset.tcp.rst = 1;
  const std::string pseudo = BytesOf(reset.ip.saddr) + BytesOf(reset.ip.daddr) +
                             std::string{0, IPPROTO_TCP, 0, sizeof(tcphdr)};
  reset.tcp.check = Checksum(pseudo + BytesOf(reset.tcp));
  return BytesOf(reset.ip) + BytesOf(reset.tcp);
}

}  // namespace

std::optional<std::string> TcpFlows::OnPacket(const std::string& packet) {
  const std::optional<TcpHeaders> headers = ReadTcpHeaders(packet);
  if (!headers.has_value()) return std::nullopt;
  Flow flow = {BytesOf(headers->ip.saddr) + BytesOf(headers->tcp.source),
               BytesOf(headers->ip.daddr) + BytesOf(headers->tcp.dest)};
  std::sort(flow.begin(), flow.end());
  if (headers->tcp.syn != 0) known_.insert(flow);
  if (known_.contains(flow) || headers->tcp.rst != 0) return std::nullopt;
  return ResetFor(*headers);
}

}  // namespace keping::tests
