// How one card reader types what it reads: the same chip comes out of one reader as 04A1B2C3D4E5F6,
// of another as f6e5d4c3b2a104, of a third as 2712847316.
//
// A profile is taught once, with a card whose serial is known:
//
//   ReaderProfile profile;
//   TeachOutcome outcome = Teach(BlankSerial::Of("04A1B2C3D4E5F6"), "f6e5d4c3b2a104\n", &profile);
//   if (outcome != TeachOutcome::kTaught) Show(WordsOf(outcome));
//
// and then turns what the reader types into serials (scan.h).
//
//   typed := prefix uid suffix [Enter]
//   uid   := bytes in hex, with or without a separator between them, or their number in decimal,
//            first byte first or last byte first
#ifndef KEPING_COMMON_SCAN_READER_PROFILE_H_
#define KEPING_COMMON_SCAN_READER_PROFILE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "common/domain/blank_serial.h"
#include "common/scan/words.h"

namespace keping::scan {

enum class Notation {
  kText,     // the serial that is printed on the blank, as it stands
  kHex,      // a chip's UID, two characters a byte
  kDecimal,  // a chip's UID as one number
};

enum class LetterCase { kUpper, kLower };

struct ReaderProfile {
  static constexpr size_t kMaxAffix = 8;

  Notation notation = Notation::kHex;
  bool reversed = false;  // last byte first
  // How it types letters. Both are understood: a locked Caps key turns them over.
  LetterCase letters = LetterCase::kUpper;
  char separator = 0;       // between the bytes in hex: ':', '-' or ' '; 0 for none
  bool enter = false;       // it ends with Enter
  std::string prefix = {};  // typed before each serial, at most kMaxAffix characters
  std::string suffix = {};  // typed after each serial, before Enter
  // In decimal: always so many digits, with zeros in front; 0 when they are not filled up.
  int digits = 0;

  friend bool operator==(const ReaderProfile&, const ReaderProfile&) = default;
};

// What such a reader types for a blank; empty when it cannot (a printed serial in hex).
std::string Typed(const ReaderProfile& profile, const domain::BlankSerial& serial);

// The serial in `text`, which has lost its Enter and its affixes, read by notation and order only.
// Empty when it is none.
std::optional<domain::BlankSerial> Understand(const ReaderProfile& profile, absl::string_view text);

enum class TeachOutcome {
  kTaught,
  kNothingTyped,
  kNotThisCard,    // no notation that we know turns this serial into that text
  kTypedTwice,     // the card was read twice
  kAmbiguousCard,  // the serial reads the same in two ways: another card tells them apart
  kLooksLikeNik,   // as this reader is set, some chips come out as 16 digits, like a NIK
};

// Finds the one profile under which a reader types `typed` for the card `known`. Anything but
// kTaught leaves `profile` alone.
TeachOutcome Teach(const domain::BlankSerial& known, absl::string_view typed,
                   ReaderProfile* profile);

// All but kTaught have the code K-238.
Words WordsOf(TeachOutcome outcome);

}  // namespace keping::scan

#endif  // KEPING_COMMON_SCAN_READER_PROFILE_H_
