#include "tests/net/tcp_payload.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/net/tcp_headers.h"

namespace keping::tests {
namespace {

std::string Packet(uint32_t seq, size_t payload, bool syn = false, uint16_t port = 4000) {
  TcpHeaders headers{};
  headers.ip.version = 4;
  headers.ip.ihl = sizeof(iphdr) / 4;
  headers.ip.protocol = IPPROTO_TCP;
  headers.ip.saddr = htonl(0x0a4d0001);
  headers.ip.daddr = htonl(0x0a4d0002);
  headers.ip.tot_len = htons(static_cast<uint16_t>(sizeof(headers) + payload));
  headers.tcp.source = htons(port);
  headers.tcp.dest = htons(7443);
  headers.tcp.seq = htonl(seq);
  headers.tcp.doff = sizeof(tcphdr) / 4;
  headers.tcp.syn = syn ? 1 : 0;
  return std::string(reinterpret_cast<const char*>(&headers), sizeof(headers)) +
         std::string(payload, 'x');
}

TEST(TcpPayloadTest, CountsWhatIsSentAgainOnce) {
  TcpPayload payload;
  payload.OnPacket(Packet(99, 0, /*syn=*/true));
  payload.OnPacket(Packet(100, 10));
  payload.OnPacket(Packet(100, 10));
  payload.OnPacket(Packet(105, 10));
  EXPECT_EQ(payload.bytes(), 15u);
}

TEST(TcpPayloadTest, CountsAHoleOnceItIsFilled) {
  TcpPayload payload;
  payload.OnPacket(Packet(99, 0, /*syn=*/true));
  payload.OnPacket(Packet(120, 10));
  payload.OnPacket(Packet(100, 20));
  EXPECT_EQ(payload.bytes(), 30u);
}

TEST(TcpPayloadTest, SequenceNumbersWrap) {
  TcpPayload payload;
  payload.OnPacket(Packet(UINT32_MAX - 1, 0, /*syn=*/true));
  payload.OnPacket(Packet(UINT32_MAX, 100));
  payload.OnPacket(Packet(99, 100));
  EXPECT_EQ(payload.bytes(), 200u);
}

TEST(TcpPayloadTest, EachConnectionCountsForItself) {
  TcpPayload payload;
  payload.OnPacket(Packet(99, 0, /*syn=*/true));
  payload.OnPacket(Packet(999, 0, /*syn=*/true, 4001));
  payload.OnPacket(Packet(1000, 10, /*syn=*/false, 4001));
  payload.OnPacket(Packet(100, 10));
  EXPECT_EQ(payload.bytes(), 20u);
}

TEST(TcpHeadersTest, SwappedAddressesAreThoseOfTheWayBack) {
  std::string packet = Packet(1, 3);
  SwapAddresses(&packet);
  const auto headers = ReadTcpHeaders(packet);
  ASSERT_TRUE(headers.has_value());
  EXPECT_EQ(headers->ip.saddr, htonl(0x0a4d0002));
  EXPECT_EQ(headers->ip.daddr, htonl(0x0a4d0001));
  EXPECT_EQ(PayloadBytes(*headers), 3u);
}

TEST(TcpHeadersTest, WhatIsNoTcpHasNone) {
  EXPECT_FALSE(ReadTcpHeaders("").has_value());
  std::string packet = Packet(1, 3);
  EXPECT_FALSE(ReadTcpHeaders(packet.substr(0, 30)).has_value());
  packet[offsetof(iphdr, protocol)] = IPPROTO_UDP;
  EXPECT_FALSE(ReadTcpHeaders(packet).has_value());
}

}  // namespace
}  // namespace keping::tests
