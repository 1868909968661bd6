// The bytes of one fuzz input, read from the front: what a target makes its calls of.
//
//   FuzzInput input(data, size);
//   while (!input.empty()) Use(input.Byte(), input.Chunk());
//
//   input := byte* ; a chunk is size(u16, big-endian) and so many bytes, or what is left of them
//
// FuzzOutput writes the same form, for samples.
#ifndef KEPING_TESTS_FUZZ_FUZZ_INPUT_H_
#define KEPING_TESTS_FUZZ_FUZZ_INPUT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/base/check.h"

namespace keping::fuzz {

class FuzzInput {
 public:
  FuzzInput(const uint8_t* data, size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  bool empty() const { return rest_.empty(); }
  uint8_t Byte() {
    const absl::string_view byte = Take(1);
    return byte.empty() ? 0 : static_cast<uint8_t>(byte[0]);
  }
  absl::string_view Chunk() {
    const size_t high = Byte();
    return Take(high << 8 | Byte());
  }
  absl::string_view Rest() { return Take(rest_.size()); }

 private:
  absl::string_view Take(size_t size) {
    const absl::string_view taken = rest_.substr(0, std::min(size, rest_.size()));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  absl::string_view rest_;
};

class FuzzOutput {
 public:
  FuzzOutput& Byte(uint8_t byte) {
    bytes_.push_back(static_cast<char>(byte));
    return *this;
  }
  FuzzOutput& Chunk(absl::string_view bytes) {
    Byte(static_cast<uint8_t>(bytes.size() >> 8)).Byte(static_cast<uint8_t>(bytes.size()));
    return Rest(bytes);
  }
  FuzzOutput& Rest(absl::string_view bytes) {
    bytes_.append(bytes.data(), bytes.size());
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Whatever a peer or a file says, an error is a sentence of bounded length.
inline void CheckClear(const absl::Status& status) {
  constexpr size_t kLongestMessage = 2000;
  KEPING_CHECK(status.ok() || !status.message().empty(), "an error says what was got");
  KEPING_CHECK(status.message().size() <= kLongestMessage, "an error does not repeat its input");
}

}  // namespace keping::fuzz

#endif  // KEPING_TESTS_FUZZ_FUZZ_INPUT_H_
