// A district with an office that prints, spoils and burns, and the papers of its console.
//
//   class PaperConsoleTest : public tests::PaperDistrict {};
//   Work();
//   Table(v1::PAPER_KIND_MONTHLY_STOCK, "", 2)   // its rows, from the CSV
#ifndef KEPING_TESTS_SUPPORT_PAPER_DISTRICT_H_
#define KEPING_TESTS_SUPPORT_PAPER_DISTRICT_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/console/paper_console.h"
#include "edge_node/core/stock_input.h"
#include "tests/support/kept_papers.h"
#include "tests/support/little_district.h"

namespace keping::central {

class PaperDistrict : public ::testing::Test {
 protected:
  using ActId = domain::ActId;
  using BlankSerial = domain::BlankSerial;
  using NodeId = domain::NodeId;
  using OperatorId = domain::OperatorId;
  using SpoilCause = domain::SpoilCause;

  PaperDistrict() {
    district_.AddRecords(1, 5, "51.06.01.2001");
    district_.AddBlanks(40);
    district_.AddBlanks(10, 2);
    for (const char* name : {"op", "op2"}) {
      district_.Command(AddOperator{.operator_id = OperatorId::Of(name),
                                    .node = NodeId::Of("susut"),
                                    .role = domain::Role::kSupervisor});
      district_.Command(
          CertifyOperator{.operator_id = OperatorId::Of(name),
                          .node = NodeId::Of("susut"),
                          .application_version = domain::ApplicationVersion::Of("v1")});
    }
    // The first administrator, who can sign in, enters the others.
    EXPECT_TRUE(district_.centre()
                    .Handle(district_.clock().Now(),
                            SetOfficer{.officer = OperatorId::Of("sari"),
                                       .role = domain::Role::kAdministrator,
                                       .by = {}},
                            "verifier")
                    .ok());
    for (const auto& [name, role] : {std::pair("made", domain::Role::kAdministrator),
                                     std::pair("rai", domain::Role::kReconciler)}) {
      EXPECT_EQ(district_.Command(SetOfficer{
                    .officer = OperatorId::Of(name), .role = role, .by = OperatorId::Of("sari")}),
                CommandOutcome::kDone);
    }
    district_.Command(Dispatch{.transfer = domain::TransferId::Of("t1"),
                               .node = NodeId::Of("susut"),
                               .quantity = 20,
                               .serials = {},
                               .by = OperatorId::Of("sari"),
                               .second = OperatorId::Of("made")});
    district_.Connect("susut");
    district_.Run();
    Do(edge::ReceiveTransfer{.act = ActId::Of("receive"),
                             .transfer = domain::TransferId::Of("t1"),
                             .scanned = *domain::SerialSet::Parse("A1000..A1019"),
                             .operator_id = OperatorId::Of("op")});
  }

  template <typename Input>
  void Do(const Input& input) {
    const auto decision = district_.office("susut").node->Handle(input);
    ASSERT_TRUE(decision.ok()) << decision.status();
    ASSERT_TRUE(decision->status.ok()) << decision->status;
    district_.Run();
  }
  void PrintCard(const std::string& act, const std::string& blank) {
    Do(edge::Print{.act = ActId::Of(act),
                   .operator_id = OperatorId::Of("op"),
                   .printer = domain::PrinterId::Of("printer"),
                   .blank = BlankSerial::Of(blank),
                   .prr = {}});
    for (const auto answer : {edge::PrinterAnswer::kAccepted, edge::PrinterAnswer::kCompleted}) {
      Do(edge::PrinterReported{.act = ActId::Of(act), .answer = answer, .printer_job = 1});
    }
  }
  void Verify(const std::string& act, const std::string& blank) {
    Do(edge::VerifyCard{.act = ActId::Of(act),
                        .scanned = BlankSerial::Of(blank),
                        .nik_tail = "0001",
                        .operator_id = OperatorId::Of("op")});
  }
  void SpoilBlank(const std::string& act, const std::string& blank, SpoilCause cause) {
    Do(edge::SpoilBlank{.act = ActId::Of(act),
                        .blank = BlankSerial::Of(blank),
                        .cause = cause,
                        .operator_id = OperatorId::Of("op"),
                        .step = {}});
  }
  void PrintTest(const std::string& act, const std::string& blank) {
    Do(edge::PrintTestCard{.act = ActId::Of(act),
                           .operator_id = OperatorId::Of("op"),
                           .printer = domain::PrinterId::Of("printer"),
                           .blank = BlankSerial::Of(blank)});
  }
  void Burn(const std::string& act, const std::string& serials, const std::string& minutes) {
    Do(edge::DestroyCards{.act = ActId::Of(act),
                          .serials = *domain::SerialSet::Parse(serials),
                          .minutes = domain::DocumentNumber::Of(minutes),
                          .operator_id = OperatorId::Of("op"),
                          .second = OperatorId::Of("op2"),
                          .witnesses = {}});
  }
  // A good card, one that was spoiled in the printer, two blanks outside it, a test card, and a
  // pile of two from before the first day; four of these burnt.
  void Work() {
    PrintCard("print-1", "A1000");
    Verify("print-1", "A1000");
    PrintCard("print-2", "A1001");
    Do(edge::SpoilCard{.act = ActId::Of("print-2"),
                       .cause = SpoilCause::kPrint,
                       .operator_id = OperatorId::Of("op")});
    SpoilBlank("spoil-1", "A1002", SpoilCause::kFactory);
    SpoilBlank("spoil-2", "A1003", SpoilCause::kWarped);
    PrintTest("test-1", "A1004");
    Do(edge::OpenStock{.act = ActId::Of("opening"),
                       .pile = domain::Pile::kSpoiled,
                       .serials = *domain::SerialSet::Parse("B7000..B7001"),
                       .minutes = domain::DocumentNumber::Of("470/1/2017"),
                       .operator_id = OperatorId::Of("op"),
                       .second = OperatorId::Of("op2")});
    Burn("burn", "A1001,A1002,A1004,B7000", "470/31/2017");
  }

  // Three blanks that come to the office under t3.
  void Deliver(const std::string& allotment, domain::SerialScheme scheme,
               const std::string& serials, std::vector<domain::Box> boxes) {
    const domain::AllotmentReceived delivery{.allotment = domain::AllotmentId::Of(allotment),
                                             .bast_number = "B/3",
                                             .serials = *domain::SerialSet::Parse(serials),
                                             .boxes = std::move(boxes),
                                             .scheme = scheme,
                                             .lot = {},
                                             .day = absl::CivilDay(2017, 4, 27),
                                             .handed_over_by = domain::OfficeCode::Of("GUDANG"),
                                             .received_by = OperatorId::Of("sari"),
                                             .second = OperatorId::Of("made")};
    EXPECT_EQ(district_.Command(ReceiveDelivery{.delivery = delivery}), CommandOutcome::kDone);
    Dispatch dispatch{.transfer = domain::TransferId::Of("t3"),
                      .node = NodeId::Of("susut"),
                      .quantity = 0,
                      .serials = delivery.serials,
                      .by = OperatorId::Of("sari"),
                      .second = OperatorId::Of("made")};
    for (const domain::Box& box : delivery.boxes) dispatch.boxes.insert(box.box);
    EXPECT_EQ(district_.Command(dispatch), CommandOutcome::kDone);
    district_.Run();
    Do(edge::ReceiveTransfer{.act = ActId::Of("receive-3"),
                             .transfer = domain::TransferId::Of("t3"),
                             .scanned = delivery.serials,
                             .operator_id = OperatorId::Of("op"),
                             .boxes = delivery.boxes});
  }
  void Join(const std::string& printed, const std::string& uid) {
    const auto identified = domain::BlankIdentified{.act = ActId::Of("join"),
                                                    .printed = BlankSerial::Of(printed),
                                                    .uid = BlankSerial::Of(uid),
                                                    .operator_id = OperatorId::Of("sari")};
    EXPECT_EQ(district_.Command(Enter{.entry = identified, .by = OperatorId::Of("sari")}),
              CommandOutcome::kDone);
  }
  // Of three chips one is printed and gets its printed serial.
  void PrintOneOfThreeChips() {
    Deliver("C-1", domain::SerialScheme::kChips, "04A1B2C3D4E501,04A1B2C3D4E502,04A1B2C3D4E503",
            {});
    PrintCard("print-3", "04A1B2C3D4E502");
    Verify("print-3", "04A1B2C3D4E502");
    Join("P9001", "04A1B2C3D4E502");
  }
  // Of a box of three one blank is scanned under both of its names.
  void OpenABoxOfThree() {
    Deliver("Q-1", domain::SerialScheme::kQuantity, "",
            {{.box = domain::BoxId::Of("L7-01"), .quantity = 3}});
    Do(edge::OpenBox{.act = ActId::Of("open"),
                     .box = domain::BoxId::Of("L7-01"),
                     .scanned = *domain::SerialSet::Parse("P9101,04A1B2C3D4E511"),
                     .operator_id = OperatorId::Of("op"),
                     .second = {}});
    Join("P9101", "04A1B2C3D4E511");
  }

  static v1::MakePaperRequest Request(v1::PaperKind kind, const std::string& reference,
                                      v1::PaperFormat format = v1::PAPER_FORMAT_PDF) {
    v1::MakePaperRequest request;
    request.set_kind(kind);
    request.set_reference(reference);
    request.set_format(format);
    // Who may look at personal data.
    request.set_by(kind == v1::PAPER_KIND_INVITATIONS ? "rai" : "sari");
    return request;
  }
  absl::StatusOr<v1::MakePaperResponse> Make(const v1::MakePaperRequest& request) {
    auto response = papers_.MakePaper(request);
    if (response.ok() && request.format() == v1::PAPER_FORMAT_PDF) {
      tests::KeepPaper(absl::StrCat("district-", response->file_name()), response->content());
    }
    return response;
  }
  absl::StatusOr<v1::MakePaperResponse> Make(v1::PaperKind kind, const std::string& reference,
                                             v1::PaperFormat format = v1::PAPER_FORMAT_PDF,
                                             uint32_t table = 0) {
    v1::MakePaperRequest request = Request(kind, reference, format);
    request.set_table(table);
    return Make(request);
  }
  absl::Status VoidNumber(const std::string& number) {
    v1::VoidPaperRequest request;
    request.set_number(number);
    request.set_reason("salah cetak");
    request.set_by("sari");
    request.set_second("made");
    return papers_.VoidPaper(request).status();
  }
  // The rows of a table, without its head.
  std::vector<std::vector<std::string>> Table(v1::PaperKind kind, const std::string& reference,
                                              uint32_t table) {
    const auto made = Make(kind, reference, v1::PAPER_FORMAT_CSV, table);
    EXPECT_TRUE(made.ok()) << made.status();
    if (!made.ok()) return {};
    std::vector<std::vector<std::string>> rows = Fields(made->content());
    rows.erase(rows.begin());
    return rows;
  }
  static std::vector<std::vector<std::string>> Fields(const std::string& csv) {
    std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
    bool quoted = false;
    for (const char letter : csv) {
      if (letter == '"') {
        quoted = !quoted;
      } else if (letter == ',' && !quoted) {
        rows.back().emplace_back();
      } else if (letter == '\n' && !quoted) {
        rows.emplace_back(1);
      } else if (letter != '\r' || quoted) {
        rows.back().back().push_back(letter);
      }
    }
    rows.pop_back();
    return rows;
  }
  static int64_t Sum(const std::vector<std::vector<std::string>>& rows, size_t column) {
    int64_t sum = 0;
    for (const auto& row : rows) sum += std::stoll(row[column]);
    return sum;
  }

  PaperConsole::Ports ports() {
    return {.node = &district_.centre(),
            .store = &district_.centre_store(),
            .planning = &planning_,
            .clock = &district_.clock(),
            .frame = {.letterhead = {"PEMERINTAH KABUPATEN CONTOH", "Jalan Contoh 1"},
                      .place = "Bangli",
                      .number_form = "{number}/{kind}/{year}",
                      .names = {.offices = {{NodeId::Of("susut"), "Kecamatan Susut"}},
                                .villages = {{domain::VillageCode::Of("51.06.01.2001"), "Apuan"}}},
                      .specimen = true},
            .failed = &Failed};
  }

  tests::LittleDistrict district_{{{"susut", "51.06.01"}, {"tembuku", "51.06.03"}}};
  PlanningConsole planning_{{.node = &district_.centre(),
                             .hub = &district_.hub(),
                             .clock = &district_.clock(),
                             .failed = &Failed}};
  PaperConsole papers_{ports()};

  static void Failed(const absl::Status& status) { ADD_FAILURE() << status; }
};

}  // namespace keping::central

#endif  // KEPING_TESTS_SUPPORT_PAPER_DISTRICT_H_
