#include "common/wire/zstd.h"

#include <zstd.h>

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace keping::wire {
namespace {

constexpr char kPlain = 0;
constexpr char kZstd = 1;
constexpr absl::string_view kMagic = "\x28\xb5\x2f\xfd";
// Higher ones take more time than they save bytes on units of this size.
constexpr int kLevel = 6;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// Empty when zstd could not make one that is smaller.
std::string Compress(absl::string_view bytes, absl::string_view history) {
  // Made for each unit: sessions that are idle keep nothing.
  const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setPledgedSrcSize(context.get(), bytes.size());
  ZSTD_CCtx_refPrefix(context.get(), history.data(), history.size());
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  const size_t size =
      ZSTD_compress2(context.get(), frame.data(), frame.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0 || size - kMagic.size() >= bytes.size()) return "";
  return frame.substr(kMagic.size(), size - kMagic.size());
}

absl::Status Bad(absl::string_view got) {
  return absl::InvalidArgumentError(
      absl::StrCat("bad packed bytes: got ", got, ", want a zstd frame"));
}

}  // namespace

std::string Pack(absl::string_view bytes, absl::string_view history) {
  const std::string frame = Compress(bytes, history);
  if (frame.empty()) return absl::StrCat(std::string(1, kPlain), bytes);
  return absl::StrCat(std::string(1, kZstd), frame);
}

absl::StatusOr<std::string> Unpack(absl::string_view packed, absl::string_view history,
                                   size_t limit) {
  if (packed.empty()) return Bad("nothing");
  const absl::string_view body = packed.substr(1);
  if (packed[0] == kPlain) {
    if (body.size() > limit) return Bad(absl::StrCat(body.size(), " bytes, more than ", limit));
    return std::string(body);
  }
  if (packed[0] != kZstd) return Bad(absl::StrCat("form ", static_cast<int>(packed[0])));
  const std::string frame = absl::StrCat(kMagic, body);
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    return Bad("no size in its header");
  }
  if (size > limit) return Bad(absl::StrCat("a size of ", size, ", more than ", limit));
  std::string bytes(size, '\0');
  const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  ZSTD_DCtx_refPrefix(context.get(), history.data(), history.size());
  const size_t got =
      ZSTD_decompressDCtx(context.get(), bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0) return Bad(ZSTD_getErrorName(got));
  if (got != size) return Bad(absl::StrCat(got, " bytes, not the ", size, " of its header"));
  return bytes;
}

}  // namespace keping::wire
