#include "deploy/bangli/allotment.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/check.h"
#include "common/base/prng.h"

namespace keping::bangli {
namespace {

using domain::BlankSerial;
using domain::SerialSet;

void AddRange(base::Prng& prng, const char* stem, uint64_t count, SerialSet& serials) {
  if (count == 0) return;
  const uint64_t first = 1000 * (1 + prng.Below(900));
  const absl::Status status =
      serials.InsertRange(BlankSerial::Of(absl::StrFormat("%s%07d", stem, first)),
                          BlankSerial::Of(absl::StrFormat("%s%07d", stem, first + count - 1)));
  KEPING_CHECK(status.ok(), "a range of sample data is valid");
}

// Chips of this maker begin with 04 (ISO/IEC 7816-6).
BlankSerial RandomUid(base::Prng& prng) {
  return BlankSerial::Of(absl::StrCat("04", absl::BytesToHexString(prng.Bytes(6))));
}

}  // namespace

Allotment MakeAllotment(uint64_t seed, uint64_t blanks) {
  KEPING_CHECK(blanks <= kMaxBlanks, "the program checks its flags");
  base::Prng prng(seed ^ 0x424c414e474b4fu);
  Allotment allotment;
  allotment.allotment = "ALT-5106-2017-0001";
  allotment.bast_number = "470/1177/BAST-KTPEL/SPESIMEN/2017";
  allotment.date = absl::CivilDay(2017, 4, 27);
  for (const char* stem : {"KPA-", "KPB-", "KPC-"}) {
    AddRange(prng, stem, blanks / 20, allotment.serials);
  }
  while (allotment.serials.size() < blanks) allotment.serials.Insert(RandomUid(prng));
  return allotment;
}

}  // namespace keping::bangli
