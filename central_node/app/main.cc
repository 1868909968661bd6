// keping-central: the central node of one district.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "central_node/app/central_program.h"
#include "central_node/app/messages.h"
#include "central_node/app/stopped_district.h"
#include "common/base/status_macros.h"
#include "common/config/central_config.h"
#include "common/observability/log.h"
#include "common/runtime/process.h"
#include "common/time/system_clock.h"
#include "common/usage/usage.h"

namespace keping::central {
namespace {

constexpr const char* kExamples =
    "keping-central --config district.textproto --check-config\n"
    "keping-central --config district.textproto init\n"
    "keping-central --config district.textproto\n"
    "keping-central --config district.textproto drop-records\n"
    "keping-central --config district.textproto forget-passwords";

constexpr int kOperatingError = 1;

int Complain(const absl::Status& status, int code) {
  std::cerr << "keping-central: " << status.message() << std::endl;
  return code;
}

absl::Status Initialise(const config::v1::CentralConfig& config) {
  const time::SystemClock clock;
  KEPING_ASSIGN_OR_RETURN(const std::string fingerprint, InitialiseDistrict(config, clock));
  std::cout << "fingerprint " << fingerprint << std::endl;
  return absl::OkStatus();
}

absl::Status Run(const config::v1::CentralConfig& config) {
  absl::Notification stopping;
  absl::Mutex mutex;
  absl::Status failure;
  const auto stop = [&](const absl::Status& why) {
    absl::MutexLock lock(&mutex);
    if (failure.ok()) failure = why;
    if (!stopping.HasBeenNotified()) stopping.Notify();
  };
  runtime::StopSignal signal([&](int) { stop(absl::OkStatus()); });
  const time::SystemClock clock;
  KEPING_ASSIGN_OR_RETURN(auto program, CentralProgram::Make(config, &clock, stop));
  KEPING_RETURN_IF_ERROR(program->Start());
  std::cout << "ready " << config.api_socket() << " sync=" << program->sync_address()
            << " enrolment=" << program->enrolment_address();
  for (const std::string& address : program->console_addresses()) {
    std::cout << " console=" << address;
  }
  if (!program->metrics_url().empty()) std::cout << " metrics=" << program->metrics_url();
  std::cout << std::endl;
  observability::LogInfo("central_node_ready", {{"district", config.district_id()},
                                                {"sync", program->sync_address()},
                                                {"enrolment", program->enrolment_address()}});
  stopping.WaitForNotification();
  program->Stop();
  absl::MutexLock lock(&mutex);
  if (!failure.ok()) observability::LogError("store_failed", {{"reason", failure.message()}});
  return failure;
}

int Drop(const config::v1::CentralConfig& config) {
  const auto dropped = DropRecords(config);
  if (!dropped.ok()) return Complain(dropped.status(), kOperatingError);
  std::cout
      << "dropped " << dropped->rows << " records and kept the log with " << dropped->log_entries
      << " entries; start the centre, and it pulls its records again. All passwords are gone: "
         "make a first administrator (keping central officer set ID --role administrator), "
         "and first passwords for the offices' people"
      << std::endl;
  return 0;
}

int Forget(const config::v1::CentralConfig& config) {
  const auto forgotten = ForgetPasswords(config);
  if (!forgotten.ok()) return Complain(forgotten.status(), kOperatingError);
  std::cout
      << "forgot the passwords of " << *forgotten
      << " officers; start the centre, and make a first administrator: keping central officer "
         "set ID --role administrator"
      << std::endl;
  return 0;
}

int Main(int argc, char** argv) {
  runtime::InitializeProcess();
  CLI::App app("", "keping-central");
  app.footer(kExamples);
  std::string config_path;
  bool check_only = false;
  app.add_option("--config", config_path)->type_name("FILE")->required();
  app.add_flag("--check-config", check_only);
  const CLI::App* init = app.add_subcommand("init");
  const CLI::App* drop = app.add_subcommand("drop-records");
  const CLI::App* forget = app.add_subcommand("forget-passwords");
  usage::Usage usage(Messages(), runtime::MessageLocale());
  try {
    usage.Parse(app, argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage.Answer(app, error, std::cout, std::cerr);
  }
  const auto config = config::LoadCentralConfig(config_path);
  if (!config.ok()) return Complain(config.status(), usage::kWrongUsage);
  if (check_only) {
    std::cout << "ok " << config_path << std::endl;
    return 0;
  }
  if (*init) {
    const absl::Status status = Initialise(*config);
    return status.ok() ? 0 : Complain(status, kOperatingError);
  }
  if (*drop) return Drop(*config);
  if (*forget) return Forget(*config);
  absl::Status status = observability::ConfigureLogging({.file = config->log_file()});
  if (status.ok()) status = ExplainFailure(*config, Run(*config));
  return status.ok() ? 0 : Complain(status, kOperatingError);
}

}  // namespace
}  // namespace keping::central

int main(int argc, char** argv) { return keping::central::Main(argc, argv); }
