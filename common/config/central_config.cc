#include "common/config/central_config.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/config/metrics_config.h"
#include "common/config/papers_config.h"
#include "common/config/problems.h"
#include "common/config/text_config.h"
#include "common/files/file.h"

namespace keping::config {
namespace {

constexpr int kWitaMinutes = 480;
constexpr int kDefaultCardsPerDay = 50;
constexpr int kDefaultPollSeconds = 10;
constexpr int kMaxOffices = 64;
constexpr int kMaxVillages = 2000;
// In the certificates of every district (common/crypto/x509.h).
constexpr char kCentreId[] = "central";

// Whether `path` is `folder` or lies below it.
bool IsWithin(const std::string& path, const std::string& folder) {
  const std::filesystem::path relative =
      std::filesystem::path(path).lexically_relative(std::filesystem::path(folder));
  return !relative.empty() && *relative.begin() != "..";
}

void ValidateExchange(const v1::CentralConfig& config, Problems* problems) {
  const std::string& folder = config.national().exchange_dir();
  for (const std::string& own : {config.data_dir(), config.keys_dir()}) {
    if (folder.empty() || own.empty() || !IsWithin(folder, own)) continue;
    problems->Add("national.exchange_dir", folder,
                  "a folder of its own: others come there to bring and take files");
  }
}

void ValidateNational(const v1::NationalLinkConfig& national, Problems* problems) {
  const bool by_wire = !national.address().empty();
  const bool by_files = !national.exchange_dir().empty();
  if (by_wire == by_files) {
    problems->Add("national",
                  by_wire ? "an address and an exchange_dir" : "no address and no exchange_dir",
                  "one of them: a server that is asked, or a folder for files that people carry");
  }
  if (by_wire) {
    problems->RequireAddress("national.address", national.address(), 1);
    problems->RequireText("national.ca_file", national.ca_file());
    problems->RequireText("national.certificate_file", national.certificate_file());
    problems->RequireText("national.key_file", national.key_file());
  }
  problems->RequireBetween("national.poll_seconds", national.poll_seconds(), 1, 86400);
}

void ValidateConsole(const v1::ConsoleConfig& console, Problems* problems) {
  if (!console.listen().empty()) problems->RequireAddress("console.listen", console.listen(), 0);
  const std::string& loopback = console.listen_loopback();
  if (!loopback.empty()) problems->RequireLoopback("console.listen_loopback", loopback);
}

// "51.06.01": province, kabupaten and kecamatan by two digits each.
bool IsKecamatanCode(absl::string_view code) {
  for (size_t i = 0; i < code.size(); ++i) {
    const bool dot = i == 2 || i == 5;
    if (dot ? code[i] != '.' : !absl::ascii_isdigit(code[i])) return false;
  }
  return code.size() == 8;
}

void ValidateOffices(const v1::CentralConfig& config, Problems* problems) {
  problems->RequireBetween("offices", config.offices_size(), 1, kMaxOffices);
  std::set<std::string> nodes;
  std::set<std::string> codes;
  for (int i = 0; i < config.offices_size(); ++i) {
    const v1::OfficeConfig& office = config.offices(i);
    const std::string field = absl::StrCat("offices[", i, "].");
    const std::string& code = office.kecamatan_code();
    problems->RequireId(field + "node_id", office.node_id());
    problems->RequireText(field + "name", office.name());
    if (office.node_id() == kCentreId) {
      problems->Add(field + "node_id", office.node_id(), "another id, this one is the centre's");
    }
    if (!nodes.insert(office.node_id()).second) {
      problems->Add(field + "node_id", office.node_id() + " again", "one office for each node");
    }
    if (code.empty()) continue;
    if (!IsKecamatanCode(code)) {
      problems->Add(field + "kecamatan_code", code, "a code like 51.06.01, or nothing");
    }
    if (!codes.insert(code).second) {
      problems->Add(field + "kecamatan_code", code + " again", "one office for each kecamatan");
    }
  }
}

// "51.06.01.2001": a kecamatan and four digits.
bool IsVillageCode(absl::string_view code) {
  constexpr size_t kKecamatan = 8;
  return code.size() == 13 && IsKecamatanCode(code.substr(0, kKecamatan)) && code[8] == '.' &&
         std::all_of(code.begin() + kKecamatan + 1, code.end(), absl::ascii_isdigit);
}

void ValidateVillages(const v1::CentralConfig& config, Problems* problems) {
  problems->RequireBetween("villages", config.villages_size(), 0, kMaxVillages);
  std::set<std::string> codes;
  for (int i = 0; i < config.villages_size(); ++i) {
    const v1::VillageConfig& village = config.villages(i);
    const std::string field = absl::StrCat("villages[", i, "].");
    problems->RequireText(field + "name", village.name());
    if (!IsVillageCode(village.code())) {
      problems->Add(field + "code", village.code(), "a code like 51.06.01.2001");
    }
    if (!codes.insert(village.code()).second) {
      problems->Add(field + "code", village.code() + " again", "each village once");
    }
  }
}

}  // namespace

void CompleteCentralConfig(absl::string_view folder, v1::CentralConfig* config) {
  config->set_data_dir(files::ResolvePath(folder, config->data_dir()));
  config->set_keys_dir(files::ResolvePath(folder, config->keys_dir()));
  config->set_log_file(files::ResolvePath(folder, config->log_file()));
  config->set_api_socket(config->api_socket().empty()
                             ? files::ResolvePath(config->data_dir(), "central.sock")
                             : files::ResolvePath(folder, config->api_socket()));
  CompletePapers(config->mutable_papers());
  if (config->has_metrics()) CompleteMetrics(config->mutable_metrics());
  if (config->utc_offset_minutes() == 0) config->set_utc_offset_minutes(kWitaMinutes);
  if (config->cards_per_day_default() == 0) config->set_cards_per_day_default(kDefaultCardsPerDay);
  v1::NationalLinkConfig* national = config->mutable_national();
  national->set_ca_file(files::ResolvePath(folder, national->ca_file()));
  national->set_certificate_file(files::ResolvePath(folder, national->certificate_file()));
  national->set_key_file(files::ResolvePath(folder, national->key_file()));
  national->set_exchange_dir(files::ResolvePath(folder, national->exchange_dir()));
  if (national->poll_seconds() == 0) national->set_poll_seconds(kDefaultPollSeconds);
}

absl::Status ValidateCentralConfig(absl::string_view file, const v1::CentralConfig& config) {
  Problems problems(file);
  problems.RequireId("district_id", config.district_id());
  problems.RequireText("data_dir", config.data_dir());
  problems.RequireText("keys_dir", config.keys_dir());
  problems.RequireAddress("sync_listen", config.sync_listen(), 0);
  problems.RequireAddress("enrolment_listen", config.enrolment_listen(), 0);
  problems.RequireSocketPath("api_socket", config.api_socket());
  problems.RequireUtcOffset("utc_offset_minutes", config.utc_offset_minutes());
  problems.RequireBetween("cards_per_day_default", config.cards_per_day_default(), 1, 1000);
  ValidateNational(config.national(), &problems);
  ValidateExchange(config, &problems);
  ValidateOffices(config, &problems);
  ValidateVillages(config, &problems);
  ValidateConsole(config.console(), &problems);
  ValidateMetrics(config.metrics(), &problems);
  ValidatePapers(config.papers(), &problems);
  return problems.ToStatus();
}

absl::StatusOr<v1::CentralConfig> LoadCentralConfig(const std::string& path) {
  v1::CentralConfig config;
  KEPING_RETURN_IF_ERROR(ParseTextConfig(path, &config));
  CompleteCentralConfig(std::filesystem::path(path).parent_path().string(), &config);
  KEPING_RETURN_IF_ERROR(ValidateCentralConfig(path, config));
  return config;
}

}  // namespace keping::config
