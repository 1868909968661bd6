#include "deploy/national_simulator/record_proto.h"

#include "absl/time/time.h"
#include "common/base/epoch_days.h"

namespace keping::national_simulator {
namespace {

int32_t DaysSinceEpoch(absl::CivilDay day) { return base::ToEpochDays(day); }

}  // namespace

national::v1::Record ToProto(const bangli::Record& record) {
  const bool male = record.gender == domain::Gender::kMale;
  national::v1::Record proto;
  proto.set_prr(record.prr);
  proto.set_version(record.version);
  proto.set_nik(record.nik);
  proto.set_name(record.name);
  proto.set_birth_place(record.birth_place);
  proto.set_birth_date_days(DaysSinceEpoch(record.birth_date));
  proto.set_gender(male ? national::v1::GENDER_MALE : national::v1::GENDER_FEMALE);
  proto.set_blood_group(record.blood_group);
  proto.set_address(record.address);
  proto.set_rt_rw(record.rt_rw);
  proto.set_village_code(record.village_code);
  proto.set_village_name(record.village_name);
  proto.set_kecamatan_name(record.kecamatan_name);
  proto.set_religion(record.religion);
  proto.set_marital_status(record.marital_status);
  proto.set_occupation(record.occupation);
  proto.set_citizenship(record.citizenship);
  proto.set_enrolled_at_micros(absl::ToUnixMicros(record.enrolled_at));
  proto.set_picture(record.picture);
  proto.set_signature(record.signature);
  proto.set_replaces(record.replaces);
  proto.set_specimen(record.specimen);
  proto.set_kabupaten_name(record.kabupaten_name);
  proto.set_province_name(record.province_name);
  return proto;
}

national::v1::Allotment ToProto(const bangli::Allotment& allotment) {
  national::v1::Allotment proto;
  proto.set_allotment(allotment.allotment);
  proto.set_bast_number(allotment.bast_number);
  proto.set_date_days(DaysSinceEpoch(allotment.date));
  proto.set_serials(allotment.serials.ToString());
  proto.set_quantity(allotment.serials.size());
  return proto;
}

}  // namespace keping::national_simulator
