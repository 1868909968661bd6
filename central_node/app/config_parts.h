// What the parts of the centre's program take from its config.
#ifndef KEPING_CENTRAL_NODE_APP_CONFIG_PARTS_H_
#define KEPING_CENTRAL_NODE_APP_CONFIG_PARTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "central_node/console/paper_console.h"
#include "central_node/core/settings.h"
#include "common/keys/lost_keys.h"
#include "keping/central/v1/central.pb.h"
#include "keping/config/v1/central.pb.h"

namespace keping::central {

// In the keys folder.
std::string KeyPathOf(const config::v1::CentralConfig& config, const char* file);

// Of a sealing key. FailedPrecondition: it is missing; else the codes of crypto::LoadSecretFile.
absl::StatusOr<std::string> LoadKeyOf(const config::v1::CentralConfig& config, const char* file);

keys::KeyPlace KeyPlaceOf(const config::v1::CentralConfig& config);

v1::GetDistrictResponse DistrictFactsOf(const config::v1::CentralConfig& config);

PaperFrame PaperFrameOf(const config::v1::CentralConfig& config);

Settings SettingsOf(const config::v1::CentralConfig& config);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_APP_CONFIG_PARTS_H_
