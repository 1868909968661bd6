// What a link reads in the packets that cross it.
//
//   if (const std::optional<TcpHeaders> headers = ReadTcpHeaders(packet)) ntohs(headers->tcp.dest);
//   SwapAddresses(&packet);      // it goes back to where it came from, its checksums still right
#ifndef KEPING_TESTS_NET_TCP_HEADERS_H_
#define KEPING_TESTS_NET_TCP_HEADERS_H_

#include <netinet/ip.h>
#include <netinet/tcp.h>

#include <cstddef>
#include <optional>
#include <string>

namespace keping::tests {

// In the byte order of the network.
struct TcpHeaders {
  iphdr ip;
  tcphdr tcp;
};

// Of an IPv4 packet; nothing when it is no TCP.
std::optional<TcpHeaders> ReadTcpHeaders(const std::string& packet);

// What follows the headers.
size_t PayloadBytes(const TcpHeaders& headers);

// Source and destination of an IPv4 packet. The checksums are sums of both, so they stay right.
void SwapAddresses(std::string* packet);

}  // namespace keping::tests

#endif  // KEPING_TESTS_NET_TCP_HEADERS_H_
