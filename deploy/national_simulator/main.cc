// keping-national-sim: plays the national server for one district, for tests and the quickstart.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"
#include "common/observability/log.h"
#include "common/rpc/server.h"
#include "common/rpc/tls_identity.h"
#include "common/runtime/process.h"
#include "deploy/national_simulator/service.h"

namespace keping::national_simulator {
namespace {

constexpr const char* kAbout =
    "Plays the national server for one district: hands out synthetic print-ready records and one\n"
    "allotment of blanks, takes reports and keeps its own ledger of them. The state is in memory\n"
    "only: a restart forgets every report and withdrawal, and begins with the same records.\n\n"
    "Prints one line, \"ready HOST:PORT\", when it serves. Callers need a certificate of the same\n"
    "authority.\n\n"
    "Example:\n"
    "  keping-national-sim --listen 127.0.0.1:7600 --cert sim.pem --key sim.key --ca ca.pem";

struct Flags {
  DirectorateOptions directorate;
  std::string listen;
  std::string certificate_file;
  std::string key_file;
  std::string authority_file;
};

void AddFlags(CLI::App& app, Flags& flags) {
  bangli::GeneratorOptions& generator = flags.directorate.generator;
  app.add_option("--listen", flags.listen, "host:port to serve on; port 0 takes a free one")
      ->required();
  app.add_option("--cert", flags.certificate_file, "Certificate of this server (PEM)")->required();
  app.add_option("--key", flags.key_file, "Its private key (PEM, readable by the owner only)")
      ->required();
  app.add_option("--ca", flags.authority_file, "Certificate of the authority (PEM)")->required();
  app.add_option("--seed", generator.seed, "Seed of the records and blanks")->capture_default_str();
  app.add_option("--prrs", generator.count, "Print-ready records")
      ->check(CLI::Range(size_t{0}, bangli::kMaxCount))
      ->capture_default_str();
  app.add_option("--blanks", flags.directorate.blanks, "Blanks of the allotment")
      ->check(CLI::Range(uint64_t{0}, bangli::kMaxBlanks))
      ->capture_default_str();
  app.add_option("--picture-bytes", generator.picture_bytes,
                 "Size of each picture; a portrait is 2 to 4 kB by itself and never made smaller")
      ->check(CLI::Range(size_t{0}, bangli::kMaxPictureBytes))
      ->capture_default_str();
}

absl::Status Serve(const Flags& flags) {
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
  Flags flags;
  AddFlags(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const absl::Status status = Serve(flags);
  if (status.ok()) return 0;
  std::cerr << "keping-national-sim: " << status.message() << "\n";
  return 1;
}

}  // namespace
}  // namespace keping::national_simulator

int main(int argc, char** argv) { return keping::national_simulator::Main(argc, argv); }
