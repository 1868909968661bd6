// Makes a PNG file as large as a test wants its pictures to be, without changing what it shows.
//
// A chunk of type "kpAd" goes in before the end: ancillary, private and safe to copy (PNG, 2nd
// edition, 5.4), so every reader skips it. Its bytes do not compress, as those of a photo do not.
//
//   std::string picture = PadPng(PortraitPng(traits), 30000, prng);
#ifndef KEPING_DEPLOY_BANGLI_PNG_PADDING_H_
#define KEPING_DEPLOY_BANGLI_PNG_PADDING_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "common/base/prng.h"

namespace keping::bangli {

// `png` grown to exactly `size` bytes; as it is when `size` leaves no room for a chunk of 12 bytes.
std::string PadPng(std::string png, size_t size, base::Prng& prng);

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_PNG_PADDING_H_
