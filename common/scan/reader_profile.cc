#include "common/scan/reader_profile.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/check.h"

namespace keping::scan {
namespace {

using domain::BlankSerial;

constexpr size_t kUidSizes[] = {4, 7, 10};  // bytes, ISO/IEC 14443-3
constexpr size_t kNikDigits = 16;
constexpr absl::string_view kSeparators = ":- ";

using Bytes = std::vector<uint8_t>;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = absl::ascii_tolower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool IsUidSize(size_t bytes) {
  return std::find(std::begin(kUidSizes), std::end(kUidSizes), bytes) != std::end(kUidSizes);
}

// The bytes of a UID in hex without separators.
std::optional<Bytes> FromHex(absl::string_view hex) {
  if (hex.size() % 2 != 0 || !IsUidSize(hex.size() / 2)) return std::nullopt;
  Bytes bytes;
  for (size_t i = 0; i < hex.size(); i += 2) {
    const int high = HexDigit(hex[i]), low = HexDigit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<uint8_t>(high * 16 + low));
  }
  return bytes;
}

std::string ToHex(const Bytes& bytes, LetterCase letters, char separator) {
  const char* digits = letters == LetterCase::kUpper ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string hex;
  for (uint8_t byte : bytes) {
    if (separator != 0 && !hex.empty()) hex += separator;
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

// Long division: ten bytes do not fit any integer of the language.
std::string ToDecimal(Bytes bytes) {
  std::string digits;
  while (std::any_of(bytes.begin(), bytes.end(), [](uint8_t byte) { return byte != 0; })) {
    int rest = 0;
    for (uint8_t& byte : bytes) {
      const int value = rest * 256 + byte;
      byte = static_cast<uint8_t>(value / 10);
      rest = value % 10;
    }
    digits.insert(digits.begin(), static_cast<char>('0' + rest));
  }
  return digits.empty() ? "0" : digits;
}

// The number in exactly `size` bytes, or nothing when it does not fit.
std::optional<Bytes> FromDecimal(absl::string_view digits, size_t size) {
  Bytes bytes(size, 0);
  for (char digit : digits) {
    int carry = digit - '0';
    for (size_t i = size; i > 0; --i) {
      const int value = bytes[i - 1] * 10 + carry;
      bytes[i - 1] = static_cast<uint8_t>(value % 256);
      carry = value / 256;
    }
    if (carry != 0) return std::nullopt;
  }
  return bytes;
}

// The size of the UIDs that so many decimal digits stand for. Numbers much shorter than the largest
// one are not taken: they are more likely a part of something.
std::optional<size_t> SizeOfDecimal(size_t digits) {
  if (digits >= 7 && digits <= 10) return 4;
  if (digits >= 15 && digits <= 20) return 7;
  if (digits >= 22 && digits <= 25) return 10;
  return std::nullopt;
}

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// `text` without what stands between its pairs of characters. People write a UID in other ways than
// the reader does, and no other reading of it is possible.
std::string WithoutSeparators(absl::string_view text) {
  if (text.size() < 3 || !absl::StrContains(kSeparators, text.substr(2, 1))) {
    return std::string(text);
  }
  std::string bare;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool between = i % 3 == 2;
    if (between && text[i] != text[2]) return "";
    if (!between) bare += text[i];
  }
  return bare;
}

std::optional<BlankSerial> SerialOf(Bytes bytes, bool reversed) {
  if (reversed) std::reverse(bytes.begin(), bytes.end());
  absl::StatusOr<BlankSerial> serial =
      BlankSerial::Parse(ToHex(bytes, LetterCase::kUpper, /*separator=*/0));
  return serial.ok() ? std::optional(*serial) : std::nullopt;
}

std::optional<BlankSerial> UnderstandDecimal(const ReaderProfile& profile, absl::string_view text) {
  if (!AllDigits(text)) return std::nullopt;
  if (profile.digits != 0 && text.size() != static_cast<size_t>(profile.digits)) {
    return std::nullopt;
  }
  const std::optional<size_t> size = SizeOfDecimal(text.size());
  if (!size) return std::nullopt;
  const std::optional<Bytes> bytes = FromDecimal(text, *size);
  return bytes ? SerialOf(*bytes, profile.reversed) : std::nullopt;
}

// Every way in which we have seen readers type one serial.
std::vector<ReaderProfile> WaysToType(const BlankSerial& serial) {
  std::vector<ReaderProfile> ways;
  const bool may_be_uid = FromHex(serial.text()).has_value();
  for (LetterCase letters : {LetterCase::kUpper, LetterCase::kLower}) {
    ReaderProfile way;
    way.letters = letters;
    way.notation = Notation::kText;
    // As text it is understood as a chip's number, too.
    if (!serial.is_uid()) ways.push_back(way);
    way.notation = Notation::kHex;
    for (bool reversed : {false, true}) {
      for (char separator : {'\0', ':', '-', ' '}) {
        way.reversed = reversed;
        way.separator = separator;
        const bool is_the_text = !reversed && separator == 0 && !serial.is_uid();
        if (may_be_uid && !is_the_text) ways.push_back(way);
      }
    }
  }
  for (bool reversed : {false, true}) {
    ReaderProfile way;
    way.notation = Notation::kDecimal;
    way.reversed = reversed;
    if (may_be_uid) ways.push_back(way);
  }
  return ways;
}

// The places of `part` in `text`, none inside another.
std::vector<size_t> Places(absl::string_view text, absl::string_view part) {
  std::vector<size_t> places;
  for (size_t at = text.find(part); at != absl::string_view::npos;
       at = text.find(part, at + part.size())) {
    places.push_back(at);
  }
  return places;
}

// A number that begins with zeros is filled up to its length; they are part of it, not a prefix.
void TakeZerosInFront(ReaderProfile* way) {
  size_t zeros = 0;
  while (zeros < way->prefix.size() && way->prefix[way->prefix.size() - 1 - zeros] == '0') ++zeros;
  way->prefix.resize(way->prefix.size() - zeros);
  way->digits += static_cast<int>(zeros);
}

bool IsAffix(absl::string_view text) {
  return text.size() <= ReaderProfile::kMaxAffix &&
         text.find_first_of("\r\n") == absl::string_view::npos;
}

// `way` with what stands around `part` at `at`. Empty when that is too much.
std::optional<ReaderProfile> Around(ReaderProfile way, absl::string_view text, size_t at,
                                    size_t size) {
  way.prefix = std::string(text.substr(0, at));
  way.suffix = std::string(text.substr(at + size));
  if (way.notation == Notation::kDecimal && absl::EndsWith(way.prefix, "0")) {
    way.digits = static_cast<int>(size);
    TakeZerosInFront(&way);
  }
  const bool joined = way.notation != Notation::kText &&
                      ((!way.prefix.empty() && HexDigit(way.prefix.back()) >= 0) ||
                       (!way.suffix.empty() && HexDigit(way.suffix.front()) >= 0));
  // Digits around it change from card to card: a check sum, or a part of a longer number.
  const bool fits = !joined && IsAffix(way.prefix) && IsAffix(way.suffix);
  return fits ? std::optional(way) : std::nullopt;
}

bool SameReading(const ReaderProfile& a, const ReaderProfile& b) {
  return a.notation == b.notation && a.reversed == b.reversed && a.separator == b.separator &&
         a.prefix == b.prefix && a.suffix == b.suffix;
}

// A reader that types some chips as 16 bare digits: nobody could tell them from a NIK.
bool CanLookLikeNik(const ReaderProfile& way, size_t typed_digits) {
  if (way.notation != Notation::kDecimal || !way.prefix.empty() || !way.suffix.empty()) {
    return false;
  }
  if (way.digits != 0) return way.digits == static_cast<int>(kNikDigits);
  return SizeOfDecimal(typed_digits) == 7;
}

}  // namespace

std::string Typed(const ReaderProfile& profile, const BlankSerial& serial) {
  std::string text = serial.text();
  if (profile.notation != Notation::kText) {
    std::optional<Bytes> bytes = FromHex(serial.text());
    if (!bytes) return "";
    if (profile.reversed) std::reverse(bytes->begin(), bytes->end());
    text = profile.notation == Notation::kHex ? ToHex(*bytes, profile.letters, profile.separator)
                                              : ToDecimal(*bytes);
    const size_t digits = static_cast<size_t>(std::max(profile.digits, 0));
    if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  } else if (profile.letters == LetterCase::kLower) {
    absl::AsciiStrToLower(&text);
  }
  return absl::StrCat(profile.prefix, text, profile.suffix, profile.enter ? "\n" : "");
}

std::optional<BlankSerial> Understand(const ReaderProfile& profile, absl::string_view text) {
  switch (profile.notation) {
    case Notation::kText: {
      absl::StatusOr<BlankSerial> serial = BlankSerial::Parse(text);
      return serial.ok() ? std::optional(*serial) : std::nullopt;
    }
    case Notation::kHex: {
      const std::optional<Bytes> bytes = FromHex(WithoutSeparators(text));
      return bytes ? SerialOf(*bytes, profile.reversed) : std::nullopt;
    }
    case Notation::kDecimal:
      return UnderstandDecimal(profile, text);
  }
  KEPING_CHECK(false, "a notation is one of three");
}

TeachOutcome Teach(const BlankSerial& known, absl::string_view typed, ReaderProfile* profile) {
  absl::string_view text = typed;
  const bool enter = absl::ConsumeSuffix(&text, "\n") || absl::ConsumeSuffix(&text, "\r");
  absl::ConsumeSuffix(&text, "\r");
  if (absl::StripAsciiWhitespace(text).empty()) return TeachOutcome::kNothingTyped;
  std::vector<ReaderProfile> found;
  for (const ReaderProfile& way : WaysToType(known)) {
    const std::string part = Typed(way, known);
    const std::vector<size_t> places = Places(text, part);
    if (places.size() > 1) return TeachOutcome::kTypedTwice;
    if (places.empty()) continue;
    std::optional<ReaderProfile> around = Around(way, text, places.front(), part.size());
    if (!around) continue;
    if (CanLookLikeNik(*around, part.size())) return TeachOutcome::kLooksLikeNik;
    // Upper and lower case of a serial without letters are one way.
    const bool known_way = std::any_of(found.begin(), found.end(), [&](const ReaderProfile& other) {
      return SameReading(other, *around);
    });
    if (!known_way) found.push_back(*around);
  }
  if (found.empty()) return TeachOutcome::kNotThisCard;
  if (found.size() > 1) return TeachOutcome::kAmbiguousCard;
  found.front().enter = enter;
  *profile = found.front();
  return TeachOutcome::kTaught;
}

Words WordsOf(TeachOutcome outcome) {
  switch (outcome) {
    case TeachOutcome::kTaught:
      return {"", "Pembaca sudah dikenali.", "The reader is known now."};
    case TeachOutcome::kNothingTyped:
      return {"K-238", "Pembaca tidak mengetik apa-apa. Dekatkan kartu ke pembaca.",
              "The reader typed nothing. Hold the card to the reader."};
    case TeachOutcome::kNotThisCard:
      return {
          "K-238",
          "Yang diketik pembaca tidak cocok dengan nomor kartu itu. Periksa kartunya, atau setel "
          "pembaca ke heksadesimal.",
          "What the reader typed does not fit the number of that card. Check the card, or set "
          "the reader to hex."};
    case TeachOutcome::kTypedTwice:
      return {"K-238", "Kartu terbaca dua kali. Dekatkan sekali saja, lalu angkat.",
              "The card was read twice. Hold it to the reader once, then lift it."};
    case TeachOutcome::kAmbiguousCard:
      return {"K-238",
              "Nomor kartu ini terbaca sama dari dua arah. Ulangi dengan kartu lain yang nomornya "
              "memuat huruf.",
              "This card's number reads the same in two ways. Do it again with another card, one "
              "with a letter in its number."};
    case TeachOutcome::kLooksLikeNik:
      return {"K-238",
              "Dengan setelan ini nomor kartu bisa tampak seperti NIK (16 angka). Setel pembaca ke "
              "heksadesimal.",
              "As the reader is set, a card's number may look like a NIK (16 digits). Set the "
              "reader to hex."};
  }
  KEPING_CHECK(false, "an outcome of teaching has its words");
}

}  // namespace keping::scan
