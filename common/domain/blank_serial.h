// The serial of one blank (keping): opaque text that identifies a card before and after printing.
//
//   serial  := uid | printed
//   uid     := 4, 7 or 10 bytes in hex, e.g. 04A1B2C3D4E5F6 (ISO/IEC 14443-3)
//   printed := 1 to 32 of [A-Z0-9-], letter or digit at both ends, e.g. KPA-0001000
//
// The identity is the normalised text alone: upper case, and a UID without separators (readers and
// people write 04:a1:b2:c3, 04 A1 B2 C3 or 04-A1-B2-C3). Text carries no tag of its kind, so the
// kind is a rule: 8, 14 or 20 hex characters are a UID, unless they are all digits, or letters and
// then only digits, which is how printed serials are numbered (A0001000). The kind matters in one
// way: a UID has no number, so it never becomes part of a range.
//
// 16 decimal digits are refused in words, with or without spaces: somebody scanned or typed a NIK,
// and a person's number must not get into a log as a serial. No kind of UID has 16 characters.
//
//   KEPING_ASSIGN_OR_RETURN(BlankSerial serial, BlankSerial::Parse(scanned));
//   serial.text();   // "KPA-0001000"
//   serial.stem();   // "KPA-", with width() 7 and number() 1000
#ifndef KEPING_COMMON_DOMAIN_BLANK_SERIAL_H_
#define KEPING_COMMON_DOMAIN_BLANK_SERIAL_H_

#include <compare>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::domain {

// A value; the default is empty and stands for "none". Ordered by (stem, width, number), so that a
// run of printed serials is contiguous in the order.
class BlankSerial {
 public:
  static constexpr size_t kMaxSize = 32;
  // The number is read from at most this many last digits; it fits uint64_t.
  static constexpr size_t kMaxWidth = 18;

  BlankSerial() = default;

  // InvalidArgument that says what was got and wanted, without quoting the text.
  static absl::StatusOr<BlankSerial> Parse(absl::string_view text);
  // For text that this program made itself; checks instead of returning an error.
  static BlankSerial Of(absl::string_view text);

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  bool is_uid() const;

  // What stands before the number; the whole text of a UID or of a serial that ends in a letter.
  absl::string_view stem() const {
    return absl::string_view(text_).substr(0, text_.size() - width_);
  }
  // Digits of the number, leading zeros included; 0 when there is no number.
  size_t width() const { return width_; }
  uint64_t number() const;
  // True when both differ in the number only.
  bool SameRun(const BlankSerial& other) const {
    return width_ == other.width_ && stem() == other.stem();
  }
  // The serial with another number in the same run; `number` must fit width().
  BlankSerial WithNumber(uint64_t number) const;

  friend bool operator==(const BlankSerial& a, const BlankSerial& b) { return a.text_ == b.text_; }
  friend std::strong_ordering operator<=>(const BlankSerial& a, const BlankSerial& b);
  template <typename H>
  friend H AbslHashValue(H h, const BlankSerial& serial) {
    return H::combine(std::move(h), serial.text_);
  }

 private:
  explicit BlankSerial(std::string text);

  std::string text_;
  uint8_t width_ = 0;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_BLANK_SERIAL_H_
