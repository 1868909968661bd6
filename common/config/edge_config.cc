#include "common/config/edge_config.h"

#include <filesystem>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/base/status_macros.h"
#include "common/config/metrics_config.h"
#include "common/config/papers_config.h"
#include "common/config/problems.h"
#include "common/config/reader_config.h"
#include "common/config/text_config.h"
#include "common/files/file.h"

namespace keping::config {
namespace {

constexpr int kWitaMinutes = 480;
constexpr int kDefaultStalenessDays = 14;
constexpr int kDefaultDiskReserveMb = 256;
constexpr int kDefaultCardsPerDay = 50;
constexpr int kDefaultJobTimeoutSeconds = 120;
constexpr int kMaxPrinters = 16;

void ValidatePrinter(absl::string_view name, const v1::PrinterConfig& printer, Problems* problems) {
  problems->RequireId(absl::StrCat(name, ".printer_id"), printer.printer_id());
  if (!absl::StartsWith(printer.uri(), "ipp://") && !absl::StartsWith(printer.uri(), "ipps://")) {
    problems->Add(absl::StrCat(name, ".uri"), absl::StrCat("\"", printer.uri(), "\""),
                  "an address like ipp://127.0.0.1:8631/ipp/print");
  }
  problems->RequireBetween(absl::StrCat(name, ".cards_per_day"), printer.cards_per_day(), 1, 1000);
  problems->RequireBetween(absl::StrCat(name, ".job_timeout_seconds"),
                           printer.job_timeout_seconds(), 1, 3600);
}

void ValidatePrinters(const v1::EdgeConfig& config, Problems* problems) {
  if (config.printers_size() < 1 || config.printers_size() > kMaxPrinters) {
    problems->Add("printers", absl::StrCat(config.printers_size()),
                  absl::StrCat("1 to ", kMaxPrinters, " printers"));
  }
  std::set<std::string> ids;
  for (int i = 0; i < config.printers_size(); ++i) {
    const std::string name = absl::StrCat("printers[", i, "]");
    ValidatePrinter(name, config.printers(i), problems);
    if (!ids.insert(config.printers(i).printer_id()).second) {
      problems->Add(absl::StrCat(name, ".printer_id"),
                    absl::StrCat("\"", config.printers(i).printer_id(), "\" a second time"),
                    "a different id for each printer");
    }
  }
}

void ValidateCounter(const v1::CounterConfig& counter, Problems* problems) {
  if (!counter.listen().empty()) problems->RequireAddress("counter.listen", counter.listen(), 0);
  const std::string& loopback = counter.listen_loopback();
  if (!loopback.empty()) problems->RequireLoopback("counter.listen_loopback", loopback);
}

void ValidateRecords(const v1::RecordsConfig& records, Problems* problems) {
  if (records.from().empty() != records.until().empty()) {
    problems->Add("records",
                  absl::StrCat("from \"", records.from(), "\" and until \"", records.until(), "\""),
                  "both, or none for all hours");
  }
  for (const auto& [name, text] :
       {std::pair("records.from", records.from()), std::pair("records.until", records.until())}) {
    if (text.empty() || MinuteOfDay(text).has_value()) continue;
    problems->Add(name, absl::StrCat("\"", text, "\""), "a time of the day, such as 18:00");
  }
  if (!records.from().empty() && records.from() == records.until()) {
    problems->Add("records.until", absl::StrCat("\"", records.until(), "\" again"),
                  "another time than from, or none of the two for all hours");
  }
  problems->RequireBetween("records.megabytes_per_day", records.megabytes_per_day(), 0, 1'000'000);
}

}  // namespace

std::optional<int> MinuteOfDay(const std::string& text) {
  absl::CivilMinute at;
  if (text.size() != 5 || !absl::ParseCivilTime(absl::StrCat("1970-01-01T", text), &at)) {
    return std::nullopt;
  }
  return at.hour() * 60 + at.minute();
}

void CompleteEdgeConfig(absl::string_view folder, v1::EdgeConfig* config) {
  CompletePapers(config->mutable_papers());
  config->set_data_dir(files::ResolvePath(folder, config->data_dir()));
  config->set_keys_dir(files::ResolvePath(folder, config->keys_dir()));
  config->set_log_file(files::ResolvePath(folder, config->log_file()));
  config->set_mirror_dir(files::ResolvePath(folder, config->mirror_dir()));
  config->set_api_socket(config->api_socket().empty()
                             ? files::ResolvePath(config->data_dir(), "edge.sock")
                             : files::ResolvePath(folder, config->api_socket()));
  if (config->has_metrics()) CompleteMetrics(config->mutable_metrics());
  if (config->utc_offset_minutes() == 0) config->set_utc_offset_minutes(kWitaMinutes);
  if (config->staleness_limit_days() == 0) config->set_staleness_limit_days(kDefaultStalenessDays);
  if (config->disk_reserve_mb() == 0) config->set_disk_reserve_mb(kDefaultDiskReserveMb);
  for (v1::PrinterConfig& printer : *config->mutable_printers()) {
    if (printer.cards_per_day() == 0) printer.set_cards_per_day(kDefaultCardsPerDay);
    if (printer.job_timeout_seconds() == 0) {
      printer.set_job_timeout_seconds(kDefaultJobTimeoutSeconds);
    }
  }
}

absl::Status ValidateEdgeConfig(absl::string_view file, const v1::EdgeConfig& config) {
  Problems problems(file);
  problems.RequireId("node_id", config.node_id());
  problems.RequireText("office_name", config.office_name());
  problems.RequireText("data_dir", config.data_dir());
  problems.RequireText("keys_dir", config.keys_dir());
  problems.RequireAddress("centre_address", config.centre_address(), 1);
  problems.RequireAddress("centre_enrolment_address", config.centre_enrolment_address(), 1);
  problems.RequireSocketPath("api_socket", config.api_socket());
  problems.RequireText("application_version", config.application_version());
  problems.RequireUtcOffset("utc_offset_minutes", config.utc_offset_minutes());
  problems.RequireBetween("staleness_limit_days", config.staleness_limit_days(), 1, 365);
  problems.RequireBetween("disk_reserve_mb", config.disk_reserve_mb(), 16, 1024 * 1024);
  ValidatePrinters(config, &problems);
  ValidateCounter(config.counter(), &problems);
  ValidateReaders(config, &problems);
  ValidateRecords(config.records(), &problems);
  ValidateMetrics(config.metrics(), &problems);
  ValidatePapers(config.papers(), &problems);
  if (!config.mirror_dir().empty() && absl::StartsWith(absl::StrCat(config.mirror_dir(), "/"),
                                                       absl::StrCat(config.data_dir(), "/"))) {
    problems.Add("mirror_dir", absl::StrCat("\"", config.mirror_dir(), "\""),
                 "a folder outside data_dir, best on another disk");
  }
  return problems.ToStatus();
}

absl::StatusOr<v1::EdgeConfig> LoadEdgeConfig(const std::string& path) {
  v1::EdgeConfig config;
  KEPING_RETURN_IF_ERROR(ParseTextConfig(path, &config));
  CompleteEdgeConfig(std::filesystem::path(path).parent_path().string(), &config);
  KEPING_RETURN_IF_ERROR(ValidateEdgeConfig(path, config));
  return config;
}

}  // namespace keping::config
