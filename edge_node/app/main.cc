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
#include "common/usage/usage.h"
#include "edge_node/app/data_key.h"
#include "edge_node/app/edge_program.h"
#include "edge_node/app/messages.h"
#include "edge_node/app/recover.h"
#include "edge_node/app/upkeep.h"
#include "edge_node/sync_client/enrolment.h"

namespace keping::edge {
namespace {

constexpr const char* kExamples =
    "keping-edge --config office.textproto --check-config\n"
    "keping-edge --config office.textproto enrol --code 7K3QA-9XW2M --fingerprint 4F:9A:…\n"
    "keping-edge --config office.textproto\n"
    "keping-edge --config office.textproto drop-records\n"
    "keping-edge --config office.textproto recover";

constexpr int kOperatingError = 1;

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
  CLI::App app("", "keping-edge");
  app.footer(kExamples);
  std::string config_path;
  bool check_only = false;
  EnrolmentOptions enrolment;
  app.add_option("--config", config_path)->type_name("FILE")->required();
  app.add_flag("--check-config", check_only);
  CLI::App* enrol = app.add_subcommand("enrol");
  enrol->add_option("--code", enrolment.one_time_code)->required();
  enrol->add_option("--fingerprint", enrolment.authority_fingerprint)->required();
  bool leave_behind = false;
  CLI::App* recover = app.add_subcommand("recover");
  recover->add_option("--code", enrolment.one_time_code);
  recover->add_option("--fingerprint", enrolment.authority_fingerprint);
  recover->add_flag("--leave-behind", leave_behind);
  const CLI::App* drop = app.add_subcommand("drop-records");
  usage::Usage usage(Messages(), runtime::MessageLocale());
  try {
    usage.Parse(app, argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage.Answer(app, error, std::cout, std::cerr);
  }
  auto config = config::LoadEdgeConfig(config_path);
  if (!config.ok()) return Complain(config.status(), usage::kWrongUsage);
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
