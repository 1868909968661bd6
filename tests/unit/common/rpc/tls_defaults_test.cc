#include "common/rpc/tls_defaults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace keping::rpc {
namespace {

TEST(TlsDefaultsTest, EveryServerGivesOutNoTicketsAndSpeaksAtLeastTls12) {
  SetTlsDefaults();
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()),
                                                                  &SSL_CTX_free);
  EXPECT_EQ(SSL_CTX_get_num_tickets(context.get()), 0u);
  EXPECT_NE(SSL_CTX_get_options(context.get()) & SSL_OP_NO_TICKET, 0u);
  EXPECT_GE(SSL_CTX_get_min_proto_version(context.get()), TLS1_2_VERSION);
}

TEST(TlsDefaultsTest, WhatTheMachineSaysStays) {
  const std::string ours = "keping.NumTickets = 0\nkeping.Options = -SessionTicket\n";
  const std::string machine =
      "openssl_conf = m\n[m]\nssl_conf = s\n[s]\nsystem_default = d\n[d]\nMinProtocol = TLSv1.3\n";
  EXPECT_EQ(TlsConfigOf(machine), machine + "\n[d]\n" + ours);
  const std::string providers = "openssl_conf = m\n[m]\nproviders = p\n[p]\n";
  EXPECT_EQ(TlsConfigOf(providers),
            providers +
                "\n[m]\nssl_conf = keping_ssl_conf\n"
                "[keping_ssl_conf]\nsystem_default = keping_system_default\n"
                "[keping_system_default]\nMinProtocol = TLSv1.2\n" +
                ours);
  // No file, or one that is none.
  const std::string all = TlsConfigOf("");
  EXPECT_THAT(all, ::testing::StartsWith("openssl_conf = keping_openssl_conf\n"));
  EXPECT_EQ(TlsConfigOf("[unfinished"), all);
}

}  // namespace
}  // namespace keping::rpc
