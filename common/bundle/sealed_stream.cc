#include "common/bundle/sealed_stream.h"

#include <sodium.h>
#include <zstd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/bundle/big_endian.h"

namespace keping::bundle {
namespace {

constexpr size_t kChunkBytes = 64 * 1024;
constexpr size_t kSizeBytes = 4;
constexpr size_t kStartBytes = crypto_box_SEALBYTES +
                               crypto_secretstream_xchacha20poly1305_KEYBYTES +
                               crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr size_t kTagBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
// Memory that a stream may ask of its reader: 8 MB.
constexpr int kMaxWindowLog = 23;
constexpr int kLevel = 3;

using StreamState = crypto_secretstream_xchacha20poly1305_state;

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void InitializeSodium() {
  KEPING_CHECK(sodium_init() >= 0, "libsodium needs a source of randomness to start");
}

absl::Status Damaged(absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("K-245: the bundle is damaged: ", what, "; copy its files again"));
}

struct FreeStream {
  void operator()(ZSTD_CCtx* stream) const { ZSTD_freeCCtx(stream); }
  void operator()(ZSTD_DCtx* stream) const { ZSTD_freeDCtx(stream); }
};

}  // namespace

absl::StatusOr<OpenKey> OpenKey::FromSignerSeed(absl::string_view seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad key: got ", seed.size(), " bytes, want ", crypto_sign_SEEDBYTES));
  }
  InitializeSodium();
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key;
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_key;
  crypto_sign_seed_keypair(public_key.data(), secret_key.data(), Bytes(seed));
  OpenKey key;
  const bool converted =
      crypto_sign_ed25519_pk_to_curve25519(key.public_key_.data(), public_key.data()) == 0 &&
      crypto_sign_ed25519_sk_to_curve25519(key.secret_key_.data(), secret_key.data()) == 0;
  sodium_memzero(secret_key.data(), secret_key.size());
  KEPING_CHECK(converted, "a key that libsodium made converts");
  return key;
}

OpenKey::~OpenKey() { sodium_memzero(secret_key_.data(), secret_key_.size()); }

// ---- Writing.

struct SealedWriter::State {
  std::unique_ptr<ZSTD_CCtx, FreeStream> compressor{ZSTD_createCCtx()};
  StreamState stream;
  std::string compressed;  // not sealed yet
  std::string out;
};

SealedWriter::SealedWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedWriter::~SealedWriter() { sodium_memzero(&state_->stream, sizeof(state_->stream)); }

absl::StatusOr<std::unique_ptr<SealedWriter>> SealedWriter::Create(
    absl::string_view recipient_key) {
  InitializeSodium();
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> box_key;
  if (recipient_key.size() != crypto_sign_PUBLICKEYBYTES ||
      crypto_sign_ed25519_pk_to_curve25519(box_key.data(), Bytes(recipient_key)) != 0) {
    return absl::InvalidArgumentError("the recipient's public key is none of Ed25519");
  }
  auto state = std::make_unique<State>();
  ZSTD_CCtx_setParameter(state->compressor.get(), ZSTD_c_compressionLevel, kLevel);
  std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES> key;
  crypto_secretstream_xchacha20poly1305_keygen(key.data());
  state->out.resize(kStartBytes);
  crypto_box_seal(Bytes(state->out), key.data(), key.size(), box_key.data());
  crypto_secretstream_xchacha20poly1305_init_push(
      &state->stream, Bytes(state->out) + crypto_box_SEALBYTES + key.size(), key.data());
  sodium_memzero(key.data(), key.size());
  return std::unique_ptr<SealedWriter>(new SealedWriter(std::move(state)));
}

void SealedWriter::Add(absl::string_view unit) {
  KEPING_CHECK(!unit.empty() && unit.size() <= kMaxUnitBytes,
               "a unit is no larger than the wire's");
  std::string size;
  AppendBigEndian(size, unit.size(), kSizeBytes);
  Compress(size, false);
  Compress(unit, false);
}

void SealedWriter::Finish() {
  Compress({}, true);
  Seal(state_->compressed.size(), true);
}

void SealedWriter::Compress(absl::string_view bytes, bool last) {
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::array<char, 16 * 1024> piece;
  size_t left = 1;
  while (last ? left > 0 : in.pos < in.size) {
    ZSTD_outBuffer out{piece.data(), piece.size(), 0};
    left = ZSTD_compressStream2(state_->compressor.get(), &out, &in,
                                last ? ZSTD_e_end : ZSTD_e_continue);
    KEPING_CHECK(ZSTD_isError(left) == 0, "zstd compresses whatever it gets");
    state_->compressed.append(piece.data(), out.pos);
    // The last chunk is left to Finish, which tags it.
    while (state_->compressed.size() > kChunkBytes) Seal(kChunkBytes, false);
  }
}

void SealedWriter::Seal(size_t size, bool last) {
  std::string sealed(size + kTagBytes, '\0');
  crypto_secretstream_xchacha20poly1305_push(
      &state_->stream, Bytes(sealed), nullptr, Bytes(state_->compressed), size, nullptr, 0,
      last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
           : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  state_->compressed.erase(0, size);
  AppendBigEndian(state_->out, sealed.size(), kSizeBytes);
  state_->out.append(sealed);
}

std::string SealedWriter::Take() { return std::exchange(state_->out, {}); }

// ---- Reading.

struct SealedReader::State {
  State(const OpenKey& open_key, const Limits& limits) : key(open_key), left(limits) {}

  OpenKey key;
  Limits left;
  std::unique_ptr<ZSTD_DCtx, FreeStream> decompressor{ZSTD_createDCtx()};
  StreamState stream;
  bool started = false;
  bool last_chunk = false;  // was read
  bool frame_ended = false;
  std::string sealed;  // bytes of the body that make no whole chunk yet
  std::string plain;   // the same of a unit
  std::string chunk;   // compressed
};

SealedReader::SealedReader(const OpenKey& key, const Limits& limits)
    : state_(std::make_unique<State>(key, limits)) {
  ZSTD_DCtx_setParameter(state_->decompressor.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
}
SealedReader::~SealedReader() { sodium_memzero(&state_->stream, sizeof(state_->stream)); }

bool SealedReader::ended() const {
  return state_->last_chunk && state_->frame_ended && state_->sealed.empty() &&
         state_->plain.empty() && state_->left.units == 0 && state_->left.unit_bytes == 0;
}

absl::Status SealedReader::Add(absl::string_view bytes, OnUnit on_unit) {
  std::string& sealed = state_->sealed;
  sealed.append(bytes.data(), bytes.size());
  size_t at = 0;
  const auto rest = [&] { return absl::string_view(sealed).substr(at); };
  if (!state_->started) {
    if (sealed.size() < kStartBytes) return absl::OkStatus();
    KEPING_RETURN_IF_ERROR(ReadStart(rest().substr(0, kStartBytes)));
    at = kStartBytes;
  }
  while (rest().size() >= kSizeBytes) {
    const size_t size = ReadBigEndian(rest().substr(0, kSizeBytes));
    if (state_->last_chunk) return Damaged("it goes on after its end");
    if (size < kTagBytes || size > kChunkBytes + kTagBytes) return Damaged("a chunk has no size");
    if (rest().size() < kSizeBytes + size) break;
    KEPING_RETURN_IF_ERROR(ReadChunk(rest().substr(kSizeBytes, size), on_unit));
    at += kSizeBytes + size;
  }
  sealed.erase(0, at);
  return absl::OkStatus();
}

absl::Status SealedReader::ReadStart(absl::string_view start) {
  std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES> key;
  const size_t boxed = crypto_box_SEALBYTES + key.size();
  if (crypto_box_seal_open(key.data(), Bytes(start), boxed, state_->key.public_key_.data(),
                           state_->key.secret_key_.data()) != 0) {
    return absl::InvalidArgumentError(
        "K-246: the bundle was sealed to another key than this node's");
  }
  const bool good = crypto_secretstream_xchacha20poly1305_init_pull(
                        &state_->stream, Bytes(start.substr(boxed)), key.data()) == 0;
  sodium_memzero(key.data(), key.size());
  if (!good) return Damaged("its stream does not begin");
  state_->started = true;
  return absl::OkStatus();
}

absl::Status SealedReader::ReadChunk(absl::string_view ciphertext, OnUnit on_unit) {
  state_->chunk.resize(ciphertext.size() - kTagBytes);
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_->stream, Bytes(state_->chunk), nullptr,
                                                 &tag, Bytes(ciphertext), ciphertext.size(),
                                                 nullptr, 0) != 0) {
    return Damaged("a chunk does not open");
  }
  state_->last_chunk = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return Unfold(on_unit);
}

absl::Status SealedReader::Unfold(OnUnit on_unit) {
  ZSTD_inBuffer in{state_->chunk.data(), state_->chunk.size(), 0};
  std::string piece(kChunkBytes, '\0');
  bool full = false;
  while (in.pos < in.size || full) {
    if (state_->frame_ended) return Damaged("it holds more than one frame");
    ZSTD_outBuffer out{piece.data(), piece.size(), 0};
    const size_t left = ZSTD_decompressStream(state_->decompressor.get(), &out, &in);
    if (ZSTD_isError(left) != 0) return Damaged(ZSTD_getErrorName(left));
    state_->frame_ended = left == 0;
    full = out.pos == out.size && left != 0;
    state_->plain.append(piece.data(), out.pos);
    KEPING_RETURN_IF_ERROR(ReadUnits(on_unit));
  }
  return absl::OkStatus();
}

absl::Status SealedReader::ReadUnits(OnUnit on_unit) {
  const absl::string_view plain = state_->plain;
  size_t at = 0;
  while (plain.size() - at >= kSizeBytes) {
    const size_t size = ReadBigEndian(plain.substr(at, kSizeBytes));
    if (size == 0 || size > kMaxUnitBytes) return Damaged("a unit has no size");
    if (state_->left.units == 0 || size > state_->left.unit_bytes) {
      return Damaged("it holds more than its manifest says");
    }
    if (plain.size() - at < kSizeBytes + size) break;
    --state_->left.units;
    state_->left.unit_bytes -= size;
    KEPING_RETURN_IF_ERROR(on_unit(plain.substr(at + kSizeBytes, size)));
    at += kSizeBytes + size;
  }
  state_->plain.erase(0, at);
  return absl::OkStatus();
}

}  // namespace keping::bundle
