// Bytes made smaller for the wire, and back under a limit: a small message of a hostile peer must
// not become a large one here.
//
//   packed := form body
//   form   := 0 (u8): the body is the bytes themselves | 1 (u8): it is a zstd frame (RFC 8878)
//             without its magic number, with the content's size in its header
//
//   std::string packed = Pack(bytes, history);
//   KEPING_ASSIGN_OR_RETURN(std::string bytes, Unpack(packed, history, kMaxBytes));
#ifndef KEPING_COMMON_WIRE_ZSTD_H_
#define KEPING_COMMON_WIRE_ZSTD_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::wire {

// `history` is what both sides know from before: what is repeated from it costs little.
std::string Pack(absl::string_view bytes, absl::string_view history);

// InvalidArgument when it is not what Pack made with the same history, or more than `limit`.
absl::StatusOr<std::string> Unpack(absl::string_view packed, absl::string_view history,
                                   size_t limit);

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_ZSTD_H_
