// A real office for office_case.py: an edge node over a store in memory, its desks served on a
// socket until the input ends.
//
//   keping_cli_office SOCKET
//
// A line of input is what the printer p1 says of a job: "completed ACT". The answer is "reported".
// People: ayu, and made, the supervisor. Records prr-001 … with NIKs 5106014101900001 …; blanks
// A0001..A0020. The first two records are finished cards on A0001 and A0002.
#include <grpcpp/impl/service_type.h>

#include <iostream>
#include <map>
#include <string>

#include "absl/strings/str_format.h"
#include "absl/synchronization/notification.h"
#include "common/base/check.h"
#include "common/rpc/server.h"
#include "common/runtime/core_thread.h"
#include "common/runtime/process.h"
#include "common/time/system_clock.h"
#include "edge_node/counter/counter.h"
#include "edge_node/counter/counter_service.h"
#include "edge_node/counter/handover_desk.h"
#include "edge_node/counter/press.h"
#include "edge_node/counter/press_service.h"
#include "edge_node/counter/stock_desk.h"
#include "edge_node/counter/stock_service.h"
#include "keping/national/v1/national.pb.h"
#include "tests/support/office.h"

namespace keping::tests {
namespace {

constexpr char kVillage[] = "51.06.01.2001";

void Tell(Office& office, int number) {
  domain::PrrItem item = PrintablePrr(absl::StrFormat("prr-%03d", number), number);
  national::v1::Record record;
  record.set_nik(absl::StrFormat("510601410190%04d", number));
  record.set_name(absl::StrFormat("Ni Wayan %d", number));
  record.set_village_code(kVillage);
  record.set_village_name("Abuan");
  item.record = record.SerializeAsString();
  office.centre().Tell(item);
}

void Print(Office& office, const std::string& prr, const std::string& blank) {
  const edge::Print print = office.PrintOf(prr, blank);
  office.Do(print);
  office.Do(edge::VerifyCard{.act = print.act,
                             .scanned = domain::BlankSerial::Of(blank),
                             .nik_tail = "0007",
                             .operator_id = domain::OperatorId::Of("ayu")});
}

void Furnish(Office& office) {
  KEPING_CHECK(office.Open().ok(), "the office opens");
  office.Equip(/*prrs=*/6, /*blanks=*/20);
  for (int number = 1; number <= 6; ++number) Tell(office, number);
  office.centre().Tell(
      domain::OperatorItem{domain::OperatorId::Of("made"), {}, domain::Role::kSupervisor});
  KEPING_CHECK(office.Sync().ok(), "the office hears of it");
  Print(office, "prr-001", "A0001");
  Print(office, "prr-002", "A0002");
}

// False for a word that no printer says.
bool Report(Office& office, const std::string& answer, const std::string& act) {
  static const auto& answers = *new std::map<std::string, edge::PrinterAnswer>{
      {"accepted", edge::PrinterAnswer::kAccepted},
      {"completed", edge::PrinterAnswer::kCompleted},
      {"aborted", edge::PrinterAnswer::kAborted},
      {"refused", edge::PrinterAnswer::kNotAccepted},
      {"unknown", edge::PrinterAnswer::kUnknown}};
  const auto found = answers.find(answer);
  if (found == answers.end()) return false;
  return office
      .Do(edge::PrinterReported{
          .act = domain::ActId::Of(act), .answer = found->second, .printer_job = 1})
      .status.ok();
}

void PlayPrinter(Office& office, runtime::CoreThread& core) {
  std::string answer;
  std::string act;
  while (std::cin >> answer >> act) {
    absl::Notification done;
    bool taken = false;
    KEPING_CHECK(core.Post([&] {
      taken = Report(office, answer, act);
      done.Notify();
    }),
                 "the core runs");
    done.WaitForNotification();
    std::cout << (taken ? "reported" : "not taken") << std::endl;
  }
}

void Serve(const std::string& socket) {
  Office office;
  Furnish(office);
  time::SystemClock clock;
  runtime::CoreThread core(&clock, 100);
  edge::Counter counter(
      &office.node(),
      {.printer = [](const domain::PrinterId&) { return edge::CounterView::PrinterView(); },
       .bytes_sent = [] { return 0; },
       .bytes_received = [] { return 0; }});
  edge::StockDesk stock(&office.node());
  edge::HandoverDesk handover(&office.node(), {.office_name = "Susut", .specimen = true});
  edge::Press press(&office.node(), &office.clock(), [&] { counter.OnHandled(); });
  const auto press_service = edge::MakePressService(&core, &press);
  const auto counter_service = edge::MakeCounterService(&core, &counter);
  const auto stock_service = edge::MakeStockService(&core, &stock);
  const auto handover_service = edge::MakeHandoverService(&core, &handover);
  auto server = rpc::ServeUnix(socket, {counter_service.get(), press_service.get(),
                                        stock_service.get(), handover_service.get()});
  KEPING_CHECK(server.ok(), "the socket is free");
  std::cout << "ready" << std::endl;
  PlayPrinter(office, core);
  (*server)->Shutdown(absl::Seconds(1));
  core.Stop(runtime::CoreThread::Waiting::kRun);
}

int Main(int argc, char** argv) {
  runtime::InitializeProcess();
  KEPING_CHECK(argc == 2, "a path");
  Serve(argv[1]);
  return 0;
}

}  // namespace
}  // namespace keping::tests

int main(int argc, char** argv) { return keping::tests::Main(argc, argv); }
