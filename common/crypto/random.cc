#include "common/crypto/random.h"

#include <sodium.h>

#include "common/base/check.h"

namespace keping::crypto {

std::string RandomBytes(size_t size) {
  KEPING_CHECK(sodium_init() >= 0, "libsodium needs a source of randomness to start");
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace keping::crypto
