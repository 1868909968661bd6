// keping-edge: the edge node of one office.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"
#include "common/config/edge_config.h"
#include "common/observability/log.h"
#include "common/runtime/process.h"
#include "common/time/system_clock.h"
#include "edge_node/app/data_key.h"
#include "edge_node/app/edge_program.h"
#include "edge_node/app/recover.h"
#include "edge_node/app/upkeep.h"
#include "edge_node/sync_client/enrolment.h"

namespace keping::edge {
namespace {

constexpr const char* kAbout =
    "The edge node of one office: keeps print-ready records and blanks, prints with or without a\n"
    "link, and delivers its log to the district.\n\n"
    "Prints one line, \"ready SOCKET counter=URL… metrics=URL\", when it serves the operator API\n"
    "there, and the counter to browsers and figures to Prometheus where the config says so.\n\n"
    "Examples:\n"
    "  keping-edge --config office.textproto --check-config\n"
    "  keping-edge --config office.textproto enrol --code 7K3QA-9XW2M --fingerprint 4F:9A:…\n"
    "  keping-edge --config office.textproto\n"
    "  keping-edge --config office.textproto drop-records\n"
    "  keping-edge --config office.textproto recover\n\n"
    "Exit codes: 0 stopped as asked, 1 operating error, 2 wrong flags or config.";

constexpr int kOperatingError = 1;
constexpr int kUsageError = 2;

int Complain(const absl::Status& status, int code) {
  std::cerr << "keping-edge: " << status.message() << std::endl;
  return code;
}

int Drop(const config::v1::EdgeConfig& config) {
  const auto dropped = DropRecords(config, runtime::CredentialsDirectory());
  if (!dropped.ok()) return Complain(dropped.status(), kOperatingError);
  std::cout << "dropped " << dropped->rows << " sealed rows and kept the log with "
            << dropped->log_entries << " entries; start the node, and it fetches its records again"
            << std::endl;
  return 0;
}

int RecoverNode(const config::v1::EdgeConfig& config, const EnrolmentOptions& enrolment,
                bool leave_behind) {
  auto recovery = Recovery::Look(config);
  if (!recovery.ok()) return Complain(recovery.status(), kOperatingError);
  std::cout << recovery->Describe();
  if (enrolment.one_time_code.empty()) {
    std::cout << "Nothing was changed. To do it: keping-edge --config FILE recover --code CODE "
                 "--fingerprint FINGERPRINT, both from keping central enrol-code at the district."
              << std::endl;
    return 0;
  }
  const time::SystemClock clock;
  const absl::Status status = recovery->Run(enrolment, leave_behind, clock);
  if (!status.ok()) return Complain(status, kOperatingError);
  std::cout << "Recovered. Start the node, then scan the blanks: keping edge stock rescan."
            << std::endl;
  return 0;
}

int EnrolNode(const config::v1::EdgeConfig& config, EnrolmentOptions enrolment) {
  enrolment.node_id = config.node_id();
  enrolment.keys_dir = config.keys_dir();
  enrolment.centre_address = config.centre_enrolment_address();
  const time::SystemClock clock;
  const absl::Status status = Enrol(enrolment, clock);
  if (!status.ok()) return Complain(status, kOperatingError);
  std::cout << "enrolled " << config.node_id() << std::endl;
  return 0;
}

absl::Status Run(const config::v1::EdgeConfig& config) {
  absl::Notification stopping;
  absl::Mutex mutex;
  absl::Status failure;
  const auto stop = [&](const absl::Status& why) {
    absl::MutexLock lock(&mutex);
    if (failure.ok()) failure = why;
    if (!stopping.HasBeenNotified()) stopping.Notify();
  };
  runtime::StopSignal signal([&](int) { stop(absl::OkStatus()); });
  time::SystemClock clock;
  KEPING_ASSIGN_OR_RETURN(auto program, EdgeProgram::Make(config, &clock, stop));
  KEPING_RETURN_IF_ERROR(program->Start());
  std::cout << "ready " << config.api_socket();
  for (const std::string& url : program->counter_addresses()) std::cout << " counter=" << url;
  if (!program->metrics_url().empty()) std::cout << " metrics=" << program->metrics_url();
  std::cout << std::endl;
  observability::LogInfo("edge_node_ready", {{"node", config.node_id()}});
  stopping.WaitForNotification();
  program->Stop();
  absl::MutexLock lock(&mutex);
  if (!failure.ok()) observability::LogError("store_failed", {{"reason", failure.message()}});
  return failure;
}

int Main(int argc, char** argv) {
  runtime::InitializeProcess();
  CLI::App app(kAbout, "keping-edge");
  std::string config_path;
  bool check_only = false;
  EnrolmentOptions enrolment;
  app.add_option("--config", config_path, "Config of this node (keping.config.v1.EdgeConfig)")
      ->required();
  app.add_flag("--check-config", check_only, "Check the config and stop");
  CLI::App* enrol = app.add_subcommand("enrol", "Get this node's identity, once");
  enrol->add_option("--code", enrolment.one_time_code, "One-time code from the district")
      ->required();
  enrol
      ->add_option("--fingerprint", enrolment.authority_fingerprint,
                   "Fingerprint of the district's authority")
      ->required();
  bool leave_behind = false;
  CLI::App* recover = app.add_subcommand(
      "recover",
      "Go on after the machine was restored, cloned or damaged; says first what it does");
  recover->add_option("--code", enrolment.one_time_code,
                      "One-time code from the district; without it nothing is changed");
  recover->add_option("--fingerprint", enrolment.authority_fingerprint,
                      "Fingerprint of the district's authority");
  recover->add_flag("--leave-behind", leave_behind,
                    "Go on although the centre does not hold all of the log");
  const CLI::App* drop = app.add_subcommand(
      "drop-records", "Forget the records of a lost data key; the next contact brings them again");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : kUsageError;
  }
  auto config = config::LoadEdgeConfig(config_path);
  if (!config.ok()) return Complain(config.status(), kUsageError);
  if (check_only) {
    std::cout << "ok " << config_path << std::endl;
    return 0;
  }
  if (*enrol) return EnrolNode(*config, enrolment);
  if (*drop) return Drop(*config);
  if (*recover) return RecoverNode(*config, enrolment, leave_behind);
  absl::Status status = observability::ConfigureLogging({.file = config->log_file()});
  if (status.ok()) status = ExplainFailure(*config, Run(*config));
  return status.ok() ? 0 : Complain(status, kOperatingError);
}

}  // namespace
}  // namespace keping::edge

int main(int argc, char** argv) { return keping::edge::Main(argc, argv); }
