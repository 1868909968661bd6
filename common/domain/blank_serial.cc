#include "common/domain/blank_serial.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::domain {
namespace {

// The longest form: ten bytes with a separator between each, or a printed serial with blanks
// around.
constexpr size_t kMaxRawSize = 64;

bool IsUidSize(size_t size) { return size == 8 || size == 14 || size == 20; }

bool IsHex(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isxdigit);
}

bool IsLettersThenDigits(absl::string_view text) {
  const auto digits = std::find_if_not(text.begin(), text.end(), absl::ascii_isalpha);
  return digits != text.end() && std::all_of(digits, text.end(), absl::ascii_isdigit);
}

bool IsUid(absl::string_view text) {
  return IsUidSize(text.size()) && IsHex(text) && !IsLettersThenDigits(text);
}

// `text` without ':' and ' '.
std::string WithoutSeparators(absl::string_view text) {
  std::string bare;
  std::copy_if(text.begin(), text.end(), std::back_inserter(bare),
               [](char c) { return c != ':' && c != ' '; });
  return bare;
}

// True for pairs of hex characters with '-' between, four, seven or ten of them.
bool IsDashedUid(absl::string_view text) {
  if (text.size() % 3 != 2 || !IsUidSize((text.size() + 1) / 3 * 2)) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % 3 == 2 ? text[i] != '-' : !absl::ascii_isxdigit(text[i])) return false;
  }
  return true;
}

absl::Status ValidatePrinted(absl::string_view text) {
  if (text.empty()) {
    return absl::InvalidArgumentError(
        "blank serial: got nothing, want a chip UID or a printed serial; scan the blank");
  }
  if (text.size() > BlankSerial::kMaxSize) {
    return absl::InvalidArgumentError(
        absl::StrCat("blank serial: got ", text.size(), " characters, want at most ",
                     BlankSerial::kMaxSize, "; scan one blank at a time"));
  }
  for (size_t i = 0; i < text.size(); ++i) {
    if (absl::ascii_isalnum(text[i]) || (text[i] == '-' && i > 0 && i + 1 < text.size())) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "blank serial: position ", i + 1,
        " is wrong, want letters A-Z and digits with dashes only between them; scan the blank "
        "again"));
  }
  return absl::OkStatus();
}

size_t NumberWidth(absl::string_view text) {
  if (IsUid(text)) return 0;
  const auto letter = std::find_if_not(text.rbegin(), text.rend(), absl::ascii_isdigit);
  return std::min<size_t>(letter - text.rbegin(), BlankSerial::kMaxWidth);
}

}  // namespace

BlankSerial::BlankSerial(std::string text)
    : text_(std::move(text)), width_(static_cast<uint8_t>(NumberWidth(text_))) {}

absl::StatusOr<BlankSerial> BlankSerial::Parse(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.size() > kMaxRawSize) {
    return absl::InvalidArgumentError(absl::StrCat("blank serial: got ", text.size(),
                                                   " characters, want at most ", kMaxSize,
                                                   "; scan one blank at a time"));
  }
  std::string bare = WithoutSeparators(text);
  if (IsDashedUid(text)) bare.erase(std::remove(bare.begin(), bare.end(), '-'), bare.end());
  if (bare.size() == 16 && std::all_of(bare.begin(), bare.end(), absl::ascii_isdigit)) {
    return absl::InvalidArgumentError(
        "blank serial: got 16 decimal digits, which is a person's NIK and not a blank; scan the "
        "chip or the serial printed on the blank");
  }
  if (!IsUidSize(bare.size()) || !IsHex(bare)) {
    absl::Status status = ValidatePrinted(text);
    if (!status.ok()) return status;
    bare = std::string(text);
  }
  absl::AsciiStrToUpper(&bare);
  return BlankSerial(std::move(bare));
}

BlankSerial BlankSerial::Of(absl::string_view text) {
  absl::StatusOr<BlankSerial> serial = Parse(text);
  KEPING_CHECK(serial.ok(), "text for a blank serial that this program made is valid");
  return *std::move(serial);
}

bool BlankSerial::is_uid() const { return IsUid(text_); }

uint64_t BlankSerial::number() const {
  uint64_t number = 0;
  for (char digit : absl::string_view(text_).substr(text_.size() - width_)) {
    number = number * 10 + static_cast<uint64_t>(digit - '0');
  }
  return number;
}

BlankSerial BlankSerial::WithNumber(uint64_t number) const {
  const std::string digits = width_ == 0 ? "" : absl::StrCat(number);
  KEPING_CHECK(width_ > 0 || number == 0, "a serial without a number is not part of a run");
  KEPING_CHECK(digits.size() <= width_, "a run of serials keeps its width");
  std::string text(text_.size() - digits.size(), '0');
  text.replace(0, stem().size(), text_, 0, stem().size());
  text += digits;
  return BlankSerial(std::move(text));
}

std::strong_ordering operator<=>(const BlankSerial& a, const BlankSerial& b) {
  // Of one form, as nearly all of a district are: the stems end at the same place.
  if (a.width_ == b.width_ && a.text_.size() == b.text_.size())
    return a.text_.compare(b.text_) <=> 0;
  if (int order = a.stem().compare(b.stem()); order != 0) return order <=> 0;
  if (a.width_ != b.width_) return a.width_ <=> b.width_;
  return a.text_.compare(b.text_) <=> 0;
}

}  // namespace keping::domain
