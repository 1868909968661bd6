// Secret random bytes from the kernel, by libsodium. Shells draw here and hand the bytes to the
// cores.
#ifndef KEPING_COMMON_CRYPTO_RANDOM_H_
#define KEPING_COMMON_CRYPTO_RANDOM_H_

#include <cstddef>
#include <string>

namespace keping::crypto {

std::string RandomBytes(size_t size);

}  // namespace keping::crypto

#endif  // KEPING_COMMON_CRYPTO_RANDOM_H_
