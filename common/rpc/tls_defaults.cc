#include "common/rpc/tls_defaults.h"

#include <openssl/bio.h>
#include <openssl/conf.h>
#include <openssl/ssl.h>

#include <memory>
#include <mutex>

#include "common/base/check.h"

namespace keping::rpc {
namespace {

// In the form of openssl.cnf, whose system_default section it takes the place of.
constexpr char kDefaults[] = R"(
openssl_conf = modules
[modules]
ssl_conf = contexts
[contexts]
system_default = every_context
[every_context]
MinProtocol = TLSv1.2
CipherString = DEFAULT:@SECLEVEL=2
NumTickets = 0
)";

struct Free {
  void operator()(CONF* config) const { NCONF_free(config); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};

void Load() {
  // The machine's own openssl.cnf is read by this, or later over ours.
  OPENSSL_init_ssl(OPENSSL_INIT_LOAD_CONFIG, nullptr);
  const std::unique_ptr<CONF, Free> config(NCONF_new(nullptr));
  const std::unique_ptr<BIO, Free> text(BIO_new_mem_buf(kDefaults, -1));
  KEPING_CHECK(NCONF_load_bio(config.get(), text.get(), nullptr) == 1 &&
                   CONF_modules_load(config.get(), nullptr, 0) == 1,
               "OpenSSL takes our defaults");
}

}  // namespace

void SetTlsDefaults() {
  static std::once_flag once;
  std::call_once(once, &Load);
}

}  // namespace keping::rpc
