// One print-ready record as the national directorate would hand it over: synthetic, always a
// specimen, and treated as personal data all the same.
#ifndef KEPING_DEPLOY_BANGLI_RECORD_H_
#define KEPING_DEPLOY_BANGLI_RECORD_H_

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/domain/nik.h"

namespace keping::bangli {

// Text is upper case, as on the card; religion and the like are codes of
// common/domain/value_lists.csv.
struct Record {
  std::string prr;
  uint32_t version = 1;
  std::string nik;   // 16 digits
  std::string name;  // 1 to 60 characters
  std::string birth_place;
  absl::CivilDay birth_date;
  domain::Gender gender = domain::Gender::kMale;
  std::string blood_group;
  std::string address;
  std::string rt_rw;  // "003/001"
  std::string village_code;
  std::string village_name;
  std::string kecamatan_name;
  std::string kabupaten_name;
  std::string province_name;
  std::string religion;
  std::string marital_status;
  std::string occupation;
  std::string citizenship;
  absl::Time enrolled_at;
  std::string picture;    // PNG
  std::string signature;  // PNG, or empty for a person who cannot write
  std::string replaces;   // the PRR whose card this one supersedes, or empty
  bool specimen = true;
};

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_RECORD_H_
