#include "common/rpc/tls_defaults.h"

#include <openssl/bio.h>
#include <openssl/conf.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/files/file.h"

namespace keping::rpc {
namespace {

constexpr size_t kMaxConfigBytes = size_t{1} << 20;

struct Free {
  void operator()(CONF* config) const { NCONF_free(config); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(char* text) const { OPENSSL_free(text); }
};
using Config = std::unique_ptr<CONF, Free>;

// Null when it is none.
Config Parse(const std::string& text) {
  Config config(NCONF_new(nullptr));
  const std::unique_ptr<BIO, Free> bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  if (NCONF_load_bio(config.get(), bio.get(), nullptr) != 1) config.reset();
  return config;
}

std::string MachineText() {
  const std::unique_ptr<char, Free> path(CONF_get1_default_config_file());
  return path == nullptr ? "" : files::ReadFile(path.get(), kMaxConfigBytes).value_or("");
}

}  // namespace

std::string TlsConfigOf(const std::string& machine) {
  const Config config = Parse(machine);
  std::string top;
  std::string added;
  std::string section;
  for (const char* name : {"openssl_conf", "ssl_conf", "system_default"}) {
    const char* const value =
        config == nullptr
            ? nullptr
            : NCONF_get_string(config.get(), section.empty() ? nullptr : section.c_str(), name);
    const std::string next = value == nullptr ? absl::StrCat("keping_", name) : value;
    const std::string line = absl::StrCat(name, " = ", next, "\n");
    if (value == nullptr && section.empty()) top = line;
    if (value == nullptr && !section.empty()) absl::StrAppend(&added, "[", section, "]\n", line);
    section = next;
  }
  absl::StrAppend(&added, "[", section, "]\n");
  if (section == "keping_system_default") absl::StrAppend(&added, "MinProtocol = TLSv1.2\n");
  // Of a name what stands before the dot is ignored: this takes the place of no line of the
  // machine.
  return absl::StrCat(top, config == nullptr ? "" : machine, "\n", added,
                      "keping.NumTickets = 0\nkeping.Options = -SessionTicket\n");
}

void SetTlsDefaults() {
  OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  const Config config = Parse(TlsConfigOf(MachineText()));
  const bool taken = config != nullptr && CONF_modules_load(config.get(), nullptr, 0) == 1;
  // A machine whose file is one that we do not understand keeps what it says.
  if (!taken) CONF_modules_load_file(nullptr, nullptr, 0);
  ERR_clear_error();
}

}  // namespace keping::rpc
