#include "common/rpc/tls_defaults.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>

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

}  // namespace
}  // namespace keping::rpc
