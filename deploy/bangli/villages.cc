#include "deploy/bangli/villages.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/base/check.h"

namespace keping::bangli {

std::string Village::KecamatanDigits() const {
  return absl::StrReplaceAll(code.substr(0, 8), {{".", ""}});
}

std::vector<Village> Villages() {
  auto villages = ParseVillages(kVillagesCsv);
  KEPING_CHECK(villages.ok(), "the list of villages that is compiled in can be read");
  return *std::move(villages);
}

absl::StatusOr<std::vector<Village>> ParseVillages(absl::string_view csv) {
  std::vector<Village> villages;
  int line_number = 0;
  for (absl::string_view line : absl::StrSplit(csv, '\n')) {
    if (++line_number == 1 || line.empty()) continue;
    const std::vector<std::string> fields = absl::StrSplit(line, ',');
    if (fields.size() != 4 || fields[0].size() != 13 || fields[3].empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("villages, line ", line_number, ": got ", fields.size(),
                       " fields, want code,kecamatan,type,name with a code like 51.06.01.2001"));
    }
    villages.push_back({fields[0], fields[1], fields[2], fields[3]});
  }
  return villages;
}

}  // namespace keping::bangli
