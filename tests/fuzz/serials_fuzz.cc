// Serials, sets of them, and what readers and people type into fields.

#include <utility>

#include "common/domain/serial_set.h"
#include "common/scan/field.h"
#include "common/scan/reader_profile.h"
#include "common/scan/scan.h"
#include "tests/fuzz/fuzz_input.h"

namespace keping::fuzz {
namespace {

using domain::BlankSerial;
using domain::SerialSet;

void ReadSerial(absl::string_view text) {
  const auto serial = BlankSerial::Parse(text);
  CheckClear(serial.status());
  if (!serial.ok()) return;
  const auto again = BlankSerial::Parse(serial->text());
  KEPING_CHECK(again.ok() && *again == *serial, "a serial's text is its form");
  if (serial->width() == 0) return;
  KEPING_CHECK(serial->WithNumber(serial->number()) == *serial, "a number is read as written");
}

void ReadSet(absl::string_view text) {
  const auto set = SerialSet::Parse(text);
  CheckClear(set.status());
  if (!set.ok()) return;
  KEPING_CHECK(set->size() <= SerialSet::Limits().blanks, "a set is bounded");
  const std::string form = set->ToString();
  const auto again = SerialSet::Parse(form);
  KEPING_CHECK(again.ok() && *again == *set && again->ToString() == form,
               "a set has one text form");
  SerialSet rest = *set;
  const SerialSet taken = rest.Take(set->size() / 2);
  KEPING_CHECK(taken.Union(rest) == *set && taken.Intersect(rest).empty(), "a part and the rest");
}

void ReadTyped(FuzzInput& input) {
  const uint8_t bits = input.Byte();
  scan::ReaderProfile profile;
  profile.notation = static_cast<scan::Notation>(bits % 3);
  profile.reversed = (bits & 4) != 0;
  profile.letters = (bits & 8) != 0 ? scan::LetterCase::kLower : scan::LetterCase::kUpper;
  profile.enter = (bits & 16) != 0;
  profile.separator = "\0:- "[bits >> 6];
  profile.digits = (bits & 32) != 0 ? 20 : 0;
  profile.prefix = std::string(input.Chunk().substr(0, scan::ReaderProfile::kMaxAffix));
  const absl::string_view typed = input.Rest();
  const scan::Scan scan = scan::ReadScan(profile, typed);
  KEPING_CHECK(scan.serial.empty() == (scan.problem != scan::ScanProblem::kNone),
               "a scan is a serial or a problem");
  scan::IsComplete(profile, typed);
  for (const auto field :
       {scan::Field::kBlank, scan::Field::kBlanks, scan::Field::kNik, scan::Field::kManifest}) {
    const scan::FieldInput read = scan::ReadField(profile, field, typed);
    KEPING_CHECK(!read.ok() || !read.text.empty(), "a field without a problem has a text");
    scan::ReadFieldUntaught(field, typed);
  }
  scan::ReaderProfile taught;
  const auto known = BlankSerial::Of("04A1B2C3D4E5F6");
  if (scan::Teach(known, typed, &taught) != scan::TeachOutcome::kTaught) return;
  const scan::Scan learnt = scan::ReadScan(taught, typed);
  KEPING_CHECK(learnt.serial == known, "a reader that was taught is understood");
}

}  // namespace
}  // namespace keping::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  keping::fuzz::FuzzInput input(data, size);
  switch (input.Byte() % 3) {
    case 0:
      keping::fuzz::ReadSerial(input.Rest());
      break;
    case 1:
      keping::fuzz::ReadSet(input.Rest());
      break;
    default:
      keping::fuzz::ReadTyped(input);
  }
  return 0;
}
