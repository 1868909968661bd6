// What was put into a field, judged by what the field wants: one blank, the blanks of a delivery, a
// resident's NIK, or the QR code of a handover's list.
//
//   FieldInput input = ReadField(profile, Field::kBlank, "04a1b2c3d4e5f6\n");
//   if (input.ok()) Use(input.text);          // "04A1B2C3D4E5F6"
//   else Show(input.problem);                 // K-230 … K-237, and a sentence in both languages
//
// The codes say the same in every field (K-231: a NIK where none belongs, K-236: something of
// another kind); the sentence says what this field wants.
#ifndef KEPING_COMMON_SCAN_FIELD_H_
#define KEPING_COMMON_SCAN_FIELD_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/scan/reader_profile.h"
#include "common/scan/words.h"

namespace keping::scan {

enum class Field {
  kBlank,     // one serial, as the reader types it or a person does
  kBlanks,    // serials and ranges such as A0001000..A0001999, in any number
  kNik,       // 16 digits
  kManifest,  // what the QR code of a handover's list says
};

struct FieldInput {
  Words problem = {"", "", ""};
  // Without a problem: the serial, the canonical form of the set of serials, the digits, or the id.
  std::string text = {};

  bool ok() const { return problem.code[0] == '\0'; }
};

// `typed` is what arrived since the field was empty, with Enter or without.
FieldInput ReadField(const ReaderProfile& profile, Field field, absl::string_view typed);

// Where no reader was taught: a chip in hex, first byte first, or else what is printed on a blank.
FieldInput ReadFieldUntaught(Field field, absl::string_view typed);

}  // namespace keping::scan

#endif  // KEPING_COMMON_SCAN_FIELD_H_
