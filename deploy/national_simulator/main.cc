// keping-national-sim: plays the national server for one district, for tests and the quickstart.
#include <google/protobuf/util/json_util.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <string>

#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"
#include "common/observability/log.h"
#include "common/rpc/server.h"
#include "common/rpc/tls_identity.h"
#include "common/runtime/process.h"
#include "common/time/system_clock.h"
#include "deploy/national_simulator/control.h"
#include "deploy/national_simulator/keys.h"
#include "deploy/national_simulator/service.h"

namespace keping::national_simulator {
namespace {

constexpr const char* kAbout =
    "Plays the national server for one district: hands out synthetic print-ready records and one\n"
    "allotment of blanks, takes reports and keeps its own ledger of them. The state is in memory\n"
    "only: a restart forgets every report and withdrawal, and begins with the same records.\n\n"
    "Prints one line, \"ready HOST:PORT\", when it serves. Callers need a certificate of the same\n"
    "authority. The subcommands withdraw, ledger and faults talk to a simulator that runs.\n\n"
    "Examples:\n"
    "  keping-national-sim make-keys --out keys\n"
    "  keping-national-sim --listen 127.0.0.1:7600 --cert keys/server.pem --key keys/server.key "
    "\\\n"
    "                      --ca keys/ca.pem\n"
    "  keping-national-sim withdraw --address 127.0.0.1:7600 --keys keys --prr PRR-5106-0000042\n"
    "  keping-national-sim ledger --address 127.0.0.1:7600 --keys keys\n"
    "  keping-national-sim faults --address 127.0.0.1:7600 --keys keys --outage\n"
    "  keping-national-sim faults --address 127.0.0.1:7600 --keys keys";

const std::map<std::string, national::v1::WithdrawalReason> kReasons = {
    {"death", national::v1::WITHDRAWAL_REASON_DEATH},
    {"move", national::v1::WITHDRAWAL_REASON_MOVE},
    {"duplicate", national::v1::WITHDRAWAL_REASON_DUPLICATE},
    {"other", national::v1::WITHDRAWAL_REASON_OTHER}};

struct ServeFlags {
  DirectorateOptions directorate;
  std::string listen;
  std::string certificate_file;
  std::string key_file;
  std::string authority_file;
};

struct MakeKeysFlags {
  std::string out;
  std::string district = "bangli";
};

struct ControlFlags {
  std::string address;
  std::string keys;
  std::string prr;
  national::v1::WithdrawalReason reason = national::v1::WITHDRAWAL_REASON_OTHER;
  national::v1::Faults faults;
};

// A subcommand has flags of its own: those of the server are `required` only without one.
void AddServeFlags(CLI::App& app, ServeFlags& flags, bool required) {
  bangli::GeneratorOptions& generator = flags.directorate.generator;
  app.add_option("--listen", flags.listen, "host:port to serve on; port 0 takes a free one")
      ->required(required);
  app.add_option("--cert", flags.certificate_file, "Certificate of this server (PEM)")
      ->required(required);
  app.add_option("--key", flags.key_file, "Its private key (PEM, readable by the owner only)")
      ->required(required);
  app.add_option("--ca", flags.authority_file, "Certificate of the authority (PEM)")
      ->required(required);
  app.add_option("--seed", generator.seed, "Seed of the records and blanks")->capture_default_str();
  app.add_option("--prrs", generator.count, "Print-ready records")
      ->check(CLI::Range(size_t{0}, bangli::kMaxCount))
      ->capture_default_str();
  app.add_option("--blanks", flags.directorate.blanks, "Blanks of the allotment")
      ->check(CLI::Range(uint64_t{0}, bangli::kMaxBlanks))
      ->capture_default_str();
  app.add_flag("--unlisted", flags.directorate.unlisted,
               "The allotment says how many blanks there are, and not which");
  app.add_option("--picture-bytes", generator.picture_bytes,
                 "Size of each picture; a portrait is 2 to 4 kB by itself and never made smaller")
      ->check(CLI::Range(size_t{0}, bangli::kMaxPictureBytes))
      ->capture_default_str();
}

CLI::App* AddMakeKeys(CLI::App& app, MakeKeysFlags& flags) {
  CLI::App* command = app.add_subcommand(
      "make-keys", "Make the keys and certificates of a simulator and of one district");
  command->add_option("--out", flags.out, "Folder for them; keys in it are never replaced")
      ->required();
  command->add_option("--district", flags.district, "Id of the district")->capture_default_str();
  return command;
}

void AddControlFlags(CLI::App* command, ControlFlags& flags) {
  command->add_option("--address", flags.address, "host:port of the simulator")->required();
  command->add_option("--keys", flags.keys, "Folder that make-keys made")->required();
}

CLI::App* AddWithdraw(CLI::App& app, ControlFlags& flags) {
  CLI::App* command =
      app.add_subcommand("withdraw", "Withdraw a record: the district hears at its next visit");
  AddControlFlags(command, flags);
  command->add_option("--prr", flags.prr, "Id of the record")->required();
  command->add_option("--reason", flags.reason, "death, move, duplicate, other (the default)")
      ->transform(CLI::CheckedTransformer(kReasons));
  return command;
}

CLI::App* AddLedger(CLI::App& app, ControlFlags& flags) {
  CLI::App* command =
      app.add_subcommand("ledger", "Print what was handed out and what was reported, as JSON");
  AddControlFlags(command, flags);
  return command;
}

CLI::App* AddFaults(CLI::App& app, ControlFlags& flags) {
  CLI::App* command =
      app.add_subcommand("faults", "What goes wrong from now on; without a flag nothing does");
  AddControlFlags(command, flags);
  national::v1::Faults& faults = flags.faults;
  const auto add_number = [&](const char* name, void (national::v1::Faults::*set)(uint32_t),
                              const char* about) {
    command->add_option_function<uint32_t>(
        name, [&faults, set](uint32_t number) { (faults.*set)(number); }, about);
  };
  command->add_flag_callback(
      "--outage", [&faults] { faults.set_outage(true); }, "No question arrives");
  add_number("--delay-millis", &national::v1::Faults::set_delay_millis,
             "Answers come so much later");
  add_number("--lost-every", &national::v1::Faults::set_lost_every,
             "What is asked is done, and every so manieth answer gets lost");
  command->add_flag_callback(
      "--duplicates", [&faults] { faults.set_duplicates(true); },
      "Reports are answered twice, pages overlap");
  add_number("--items-at-most", &national::v1::Faults::set_items_at_most,
             "Of one question so many items are dealt with");
  add_number("--rejected-every", &national::v1::Faults::set_rejected_every,
             "Every so manieth report is rejected");
  command->add_option_function<std::string>(
      "--rejected-reason",
      [&faults](const std::string& reason) { faults.set_rejected_reason(reason); },
      "With which code; unknown_blank (the default)");
  return command;
}

absl::Status MakeKeyFiles(const MakeKeysFlags& flags) {
  KEPING_RETURN_IF_ERROR(MakeKeys(flags.out, flags.district, time::SystemClock().Now().wall));
  std::cout << "made " << flags.out << std::endl;
  return absl::OkStatus();
}

absl::Status Withdraw(const ControlFlags& flags) {
  KEPING_ASSIGN_OR_RETURN(Control control, Control::Connect(flags.address, flags.keys));
  KEPING_ASSIGN_OR_RETURN(const auto response, control.Withdraw(flags.prr, flags.reason));
  std::cout << "withdrawn " << flags.prr << " version " << response.version() << std::endl;
  return absl::OkStatus();
}

absl::Status PrintLedger(const ControlFlags& flags) {
  KEPING_ASSIGN_OR_RETURN(Control control, Control::Connect(flags.address, flags.keys));
  KEPING_ASSIGN_OR_RETURN(const auto response, control.GetLedger());
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(response, &json, options).ok()) {
    return absl::InternalError("the ledger cannot be written as JSON");
  }
  std::cout << json << std::endl;
  return absl::OkStatus();
}

absl::Status SetFaults(const ControlFlags& flags) {
  KEPING_ASSIGN_OR_RETURN(Control control, Control::Connect(flags.address, flags.keys));
  KEPING_RETURN_IF_ERROR(control.SetFaults(flags.faults));
  const std::string faults = flags.faults.ShortDebugString();
  std::cout << "faults: " << (faults.empty() ? "none" : faults) << std::endl;
  return absl::OkStatus();
}

absl::Status Serve(const ServeFlags& flags) {
  absl::Notification stopping;
  runtime::StopSignal stop([&](int) { stopping.Notify(); });
  KEPING_ASSIGN_OR_RETURN(
      const rpc::TlsIdentity identity,
      rpc::LoadTlsIdentity(flags.authority_file, flags.certificate_file, flags.key_file));
  Directorate directorate(flags.directorate);
  NationalServiceImpl national(&directorate);
  SimulatorServiceImpl simulator(&directorate);
  KEPING_ASSIGN_OR_RETURN(const auto server,
                          rpc::ServeMutualTls(flags.listen, identity, {&national, &simulator}));
  std::cout << "ready " << server->address() << std::endl;
  observability::LogInfo("national_simulator_ready", {{"address", server->address()},
                                                      {"prrs", flags.directorate.generator.count},
                                                      {"blanks", flags.directorate.blanks},
                                                      {"seed", flags.directorate.generator.seed}});
  stopping.WaitForNotification();
  server->Shutdown(absl::Seconds(1));
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  runtime::InitializeProcess();
  CLI::App app(kAbout, "keping-national-sim");
  ServeFlags serve;
  MakeKeysFlags make_keys;
  ControlFlags control;
  AddServeFlags(app, serve, argc < 2 || argv[1][0] == '-');
  const CLI::App* make_keys_command = AddMakeKeys(app, make_keys);
  const CLI::App* withdraw_command = AddWithdraw(app, control);
  const CLI::App* ledger_command = AddLedger(app, control);
  const CLI::App* faults_command = AddFaults(app, control);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const absl::Status status = make_keys_command->parsed()  ? MakeKeyFiles(make_keys)
                              : withdraw_command->parsed() ? Withdraw(control)
                              : ledger_command->parsed()   ? PrintLedger(control)
                              : faults_command->parsed()   ? SetFaults(control)
                                                           : Serve(serve);
  if (status.ok()) return 0;
  std::cerr << "keping-national-sim: " << status.message() << "\n";
  return 1;
}

}  // namespace
}  // namespace keping::national_simulator

int main(int argc, char** argv) { return keping::national_simulator::Main(argc, argv); }
