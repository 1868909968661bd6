// The 4 kecamatan and 72 villages of Kabupaten Bangli, from villages.csv, which is compiled in.
//
//   for (const Village& village : Villages()) Plan(village.code);
//
// Names are not unique (two Abuan, two Bunutin): key by code.
#ifndef KEPING_DEPLOY_BANGLI_VILLAGES_H_
#define KEPING_DEPLOY_BANGLI_VILLAGES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace keping::bangli {

struct Village {
  std::string code;       // "51.06.01.2001"
  std::string kecamatan;  // "Susut"
  std::string type;       // "desa" or "kelurahan"
  std::string name;

  // The first six digits of a NIK that was issued here: "510601".
  std::string KecamatanDigits() const;
};

// villages.csv as it was when the program was built.
extern const char kVillagesCsv[];

// In the order of the file.
std::vector<Village> Villages();

// InvalidArgument names the line that is not "code,kecamatan,type,name".
absl::StatusOr<std::vector<Village>> ParseVillages(absl::string_view csv);

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_VILLAGES_H_
