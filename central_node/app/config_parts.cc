#include "central_node/app/config_parts.h"

#include "absl/strings/str_cat.h"
#include "central_node/store/central_node.h"
#include "common/backup/restore_place.h"
#include "common/crypto/key_file.h"
#include "common/crypto/seal.h"
#include "common/runtime/process.h"

namespace keping::central {

std::string KeyPathOf(const config::v1::CentralConfig& config, const char* file) {
  return absl::StrCat(config.keys_dir(), "/", file);
}

// A key that is missing is never made anew here: what it sealed would be lost without a word, and
// no node would believe a receipt any more.
absl::StatusOr<std::string> LoadKeyOf(const config::v1::CentralConfig& config, const char* file) {
  absl::StatusOr<std::string> key = crypto::LoadSecretFile(KeyPathOf(config, file));
  if (absl::IsNotFound(key.status())) {
    return absl::FailedPreconditionError(
        absl::StrCat("got no ", file, " in ", config.keys_dir(),
                     ", want the one that this district's data was stored with; restore it from "
                     "its backup, or run init for a new district"));
  }
  if (key.ok() && key->size() != crypto::kSealKeySize) {
    return absl::InvalidArgumentError(absl::StrCat(KeyPathOf(config, file), ": got ", key->size(),
                                                   " bytes, want ", crypto::kSealKeySize,
                                                   "; restore it from its backup"));
  }
  return key;
}

keys::KeyPlace KeyPlaceOf(const config::v1::CentralConfig& config) {
  return {.keys_dir = config.keys_dir(),
          .credentials_dir = runtime::CredentialsDirectory(),
          .database = backup::DatabaseOf(config.data_dir()),
          .lost_key_advice = std::string(kLostDataKeyAdvice)};
}

v1::GetDistrictResponse DistrictFactsOf(const config::v1::CentralConfig& config) {
  v1::GetDistrictResponse facts;
  facts.set_district(config.district_id());
  facts.set_utc_offset_minutes(config.utc_offset_minutes());
  facts.set_specimen(config.specimen());
  for (const config::v1::OfficeConfig& office : config.offices()) {
    v1::OfficeName& name = *facts.add_offices();
    name.set_node(office.node_id());
    name.set_name(office.name());
  }
  for (const config::v1::VillageConfig& village : config.villages()) {
    v1::VillageName& name = *facts.add_villages();
    name.set_code(village.code());
    name.set_name(village.name());
  }
  return facts;
}

PaperFrame PaperFrameOf(const config::v1::CentralConfig& config) {
  const config::v1::PapersConfig& papers = config.papers();
  PaperFrame frame{.letterhead = {papers.letterhead().begin(), papers.letterhead().end()},
                   .place = papers.place(),
                   .number_form = papers.number_form(),
                   .names = {},
                   .specimen = config.specimen()};
  for (const config::v1::OfficeConfig& office : config.offices()) {
    frame.names.offices.emplace(domain::NodeId::Of(office.node_id()), office.name());
  }
  for (const config::v1::VillageConfig& village : config.villages()) {
    frame.names.villages.emplace(domain::VillageCode::Of(village.code()), village.name());
  }
  return frame;
}

Settings SettingsOf(const config::v1::CentralConfig& config) {
  Settings settings;
  for (const config::v1::OfficeConfig& office : config.offices()) {
    settings.offices.push_back({domain::NodeId::Of(office.node_id()), office.kecamatan_code()});
  }
  settings.utc_offset_minutes = config.utc_offset_minutes();
  settings.cards_per_day = static_cast<uint32_t>(config.cards_per_day_default());
  return settings;
}

}  // namespace keping::central
