// What came out of a reader, or was typed into a field for a serial: one blank, or why not.
//
//   Scan scan = ReadScan(profile, "04a1b2c3d4e5f6\n");
//   if (scan.problem == ScanProblem::kNone) Use(scan.serial);
//   else Show(WordsOf(scan.problem));
//
// Wrong input is recognised, not only refused: a person who pasted a list, or put a resident's
// NIK into the field, is told so. A NIK gets nowhere: it is neither kept nor quoted.
#ifndef KEPING_COMMON_SCAN_SCAN_H_
#define KEPING_COMMON_SCAN_SCAN_H_

#include "absl/strings/string_view.h"
#include "common/domain/blank_serial.h"
#include "common/scan/reader_profile.h"
#include "common/scan/words.h"

namespace keping::scan {

// In the order of precedence.
enum class ScanProblem {
  kNone,
  kNothing,      // empty, or Enter only
  kNik,          // 16 digits built like a NIK
  kDoubleRead,   // the same card twice
  kSeveral,      // several serials: a paste, or two cards at once
  kOtherCode,    // a QR code or another text
  kOtherReader,  // a serial, but not as this reader was taught to type it
  kTooShort,
  kTooLong,
  kNoSerial,  // of the right length, but no serial
};

inline constexpr int kScanProblemCount = 10;

struct Scan {
  ScanProblem problem = ScanProblem::kNothing;
  domain::BlankSerial serial;  // set for kNone only

  friend bool operator==(const Scan&, const Scan&) = default;
};

// What a reader with this profile typed. Blanks around it and Enter are left out of account.
Scan ReadScan(const ReaderProfile& profile, absl::string_view typed);

// Whether a page can take the input without waiting for more: for readers without Enter.
bool IsComplete(const ReaderProfile& profile, absl::string_view typed);

// Whether 16 digits may be a person's number: a province of Indonesia, a day of the calendar, a
// running number that is not 0000 (Government Regulation 37/2007 art. 37).
bool LooksLikeNik(absl::string_view text);

Words WordsOf(ScanProblem problem);

}  // namespace keping::scan

#endif  // KEPING_COMMON_SCAN_SCAN_H_
