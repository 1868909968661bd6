#include "common/observability/log.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"

#ifndef SPDLOG_COMPILED_LIB
#error "Link spdlog::spdlog, not its header-only form: it costs 13 seconds a file."
#endif

namespace keping::observability {
namespace {

std::shared_ptr<spdlog::logger> MakeLogger(spdlog::sink_ptr sink) {
  auto logger = std::make_shared<spdlog::logger>("keping", std::move(sink));
  logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(
      "ts=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc));
  logger->flush_on(spdlog::level::info);
  return logger;
}

// The one logger of the process: every part logs, and none should have to be handed a logger.
std::shared_ptr<spdlog::logger>& Current() {
  static auto& logger = *new std::shared_ptr<spdlog::logger>(
      MakeLogger(std::make_shared<spdlog::sinks::stderr_sink_mt>()));
  return logger;
}

void Write(spdlog::level::level_enum level, absl::string_view event,
           std::initializer_list<Field> fields) {
  const std::string line = FormatRecord(event, fields);
  Current()->log(level, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

absl::Status ConfigureLogging(const LogOptions& options) {
  if (options.file.empty()) {
    Current() = MakeLogger(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    return absl::OkStatus();
  }
  try {
    Current() = MakeLogger(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
        options.file, options.rotate_at_bytes, options.rotated_files));
    return absl::OkStatus();
  } catch (const spdlog::spdlog_ex& error) {
    return absl::UnavailableError(
        absl::StrCat("log file: got \"", error.what(),
                     "\", want a file that this user may write; correct log_file in the config or "
                     "the rights of its folder"));
  }
}

void LogInfo(absl::string_view event, std::initializer_list<Field> fields) {
  Write(spdlog::level::info, event, fields);
}

void LogWarning(absl::string_view event, std::initializer_list<Field> fields) {
  Write(spdlog::level::warn, event, fields);
}

void LogError(absl::string_view event, std::initializer_list<Field> fields) {
  Write(spdlog::level::err, event, fields);
}

}  // namespace keping::observability
