// The answers of an edge node, for people.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/cli/render.h"
#include "common/cli/render_paper.h"
#include "common/cli/render_people.h"
#include "common/cli/render_press.h"
#include "common/cli/render_stock.h"
#include "common/cli/scan_grammar.h"
#include "common/cli/table.h"

namespace keping::cli {
namespace {

namespace api = edge_api;

class EdgeText : private PeopleText, private PaperText {
 public:
  using PaperText::operator();
  using PeopleText::operator();
  explicit EdgeText(const OfficeTime& time) : time_(time) {}

  std::string operator()(const api::GetStatusResponse& status) const {
    return absl::StrCat(Overview(status), "\n", Blanks(status), "\n", Printers(status),
                        Refusals(status));
  }

  std::string operator()(const api::ListQueueResponse& queue) const {
    return absl::StrCat(Ready(queue), Faulty(queue));
  }

  std::string Ready(const api::ListQueueResponse& queue) const {
    if (queue.prrs().empty()) return "No record is ready to print.\n";
    Table table({{"Next", Align::kRight}, {"PRR"}, {"Village"}, {"Enrolled"}});
    int number = 0;
    for (const api::QueuedPrr& prr : queue.prrs()) {
      table.AddRow({absl::StrCat(++number), prr.prr(), prr.village(),
                    time_.Format(prr.enrolled_at_micros())});
    }
    return absl::StrCat(table.ToString(), queue.prrs_size(), " of ", Count(queue.total()),
                        " records that are ready to print.\n");
  }

  static std::string Faulty(const api::ListQueueResponse& queue) {
    if (queue.faulty().empty()) return "";
    Table table({{"No card can be made of"}, {"Why"}});
    for (const api::FaultyPrr& prr : queue.faulty()) table.AddRow({prr.prr(), prr.fault()});
    return absl::StrCat("\n", table.ToString(), queue.faulty_size(), " of ",
                        Count(queue.faulty_total()),
                        " records that the district has to correct.\n");
  }

  std::string operator()(const api::PrintResponse& print) const {
    if (print.has_refusal()) {
      return absl::StrCat(print.refusal().code(), ": ", print.refusal().sentence(), "\n");
    }
    return absl::StrCat("Job ", print.act(), " for ", print.prr(), ": ", print.state(), ".\n");
  }

  std::string operator()(const api::ListJobsResponse& jobs) const {
    if (jobs.jobs().empty()) return "No jobs.\n";
    Table table({{"Act"},
                 {"State"},
                 {"PRR"},
                 {"Blank"},
                 {"Printer"},
                 {"Operator"},
                 {"Attempt", Align::kRight},
                 {"Offline"},
                 {"Doubted"},
                 {"Printer says done"}});
    for (const api::Job& job : jobs.jobs()) {
      table.AddRow({job.act(), job.state(), job.prr(), job.blank(), job.printer(),
                    job.operator_id(), absl::StrCat(job.attempt()), YesNo(job.offline()),
                    YesNo(job.was_doubted()), YesNo(job.printer_said_completed())});
    }
    return table.ToString();
  }

  std::string operator()(const maintenance_api::RotateDataKeyResponse& rotated) const {
    return RenderKeyChange(rotated);
  }

  std::string operator()(const api::VerifyCardResponse& verified) const {
    return verified.on_other_blank()
               ? "The card is good, on another blank than the job intended. Find the intended "
                 "blank and put it aside.\n"
               : "The card is good.\n";
  }
  std::string operator()(const api::SpoilCardResponse&) const {
    return "The card is spoiled; its record can be printed on another blank.\n";
  }
  std::string operator()(const api::ReleaseJobResponse&) const {
    return "The job fed no card; its blank and its record are free again.\n";
  }
  std::string operator()(const api::SpoilBlankResponse&) const { return "The blank is spoiled.\n"; }

  std::string operator()(const api::ListTransfersResponse& transfers) const {
    if (transfers.transfers().empty()) return "No transfers.\n";
    Table table({{"Transfer"}, {"Blanks", Align::kRight}, {"Received"}, {"Serials"}, {"Boxes"}});
    for (const api::Transfer& transfer : transfers.transfers()) {
      std::vector<std::string> boxes;
      for (const api::TransferBox& box : transfer.boxes()) {
        boxes.push_back(absl::StrCat(box.box(), "=", box.quantity()));
      }
      table.AddRow({transfer.transfer(), Count(transfer.quantity()), YesNo(transfer.received()),
                    OrDash(Shortened(transfer.serials())), OrDash(absl::StrJoin(boxes, " "))});
    }
    return table.ToString();
  }

  std::string operator()(const api::ReceiveTransferResponse& received) const {
    return absl::StrCat(
        "Received ", Count(received.received()), ", missing ", Count(received.missing()),
        ", unexpected ", Count(received.unexpected()), ".\n",
        received.boxes() + received.missing_boxes() + received.unexpected_boxes() == 0
            ? ""
            : absl::StrCat("Sealed boxes: received ", Count(received.boxes()), ", missing ",
                           Count(received.missing_boxes()), ", unexpected ",
                           Count(received.unexpected_boxes()), ".\n"));
  }

  // The print room beyond one card.
  template <typename Response>
  requires requires(const Response& response, const OfficeTime& time) {
    RenderPress(response, time);
  }
  std::string operator()(const Response& response) const { return RenderPress(response, time_); }

  // Stock and handover.
  template <typename Response>
  auto operator()(const Response& response) const -> decltype(RenderStock(response)) {
    return RenderStock(response);
  }
  std::string operator()(const api::ReserveResponse& reserved) const {
    return RenderStock(reserved, time_);
  }
  std::string operator()(const api::ListReservationsResponse& list) const {
    return RenderStock(list, time_);
  }

  // Readers.
  std::string operator()(const api::ReadScanResponse& scan) const { return RenderScan(scan); }
  std::string operator()(const api::ListReadersResponse& readers) const {
    return RenderScan(readers);
  }

  std::string operator()(const api::ListActionsResponse& actions) const {
    if (actions.actions().empty()) return "No actions.\n";
    Table table({{"Action"}, {"What"}, {"PRR"}, {"Blank"}, {"Case"}, {"Done"}});
    for (const api::Action& action : actions.actions()) {
      table.AddRow({action.action(),
                    PlainName(log::v1::ActionKind_Name(action.kind()), "ACTION_KIND_"),
                    OrDash(action.prr()), OrDash(action.blank()), action.case_id(),
                    YesNo(action.acknowledged())});
    }
    return table.ToString();
  }
  std::string operator()(const api::AcknowledgeActionResponse&) const {
    return "The action is acknowledged.\n";
  }

 private:
  // A delivery of random serials has thousands of them; --json shows all.

  std::string Overview(const api::GetStatusResponse& status) const {
    Table table({{"Node"}, {status.node()}});
    table.AddRow({"Incarnation", status.incarnation()});
    table.AddRow({"Application version", status.application_version()});
    table.AddRow({"Printing", status.lock_reason().empty()
                                  ? "allowed"
                                  : absl::StrCat("LOCKED: ", status.lock_reason())});
    table.AddRow({"Connected to the centre", YesNo(status.connected())});
    table.AddRow({"Log entries", Count(status.log_entries())});
    table.AddRow({"  of them proven", Count(status.log_entries_proven())});
    table.AddRow({"Proof code", OrDash(status.proof_code())});
    table.AddRow({"Last receipt", time_.Format(status.last_receipt_micros())});
    table.AddRow({"Feed position", Count(status.feed_position())});
    table.AddRow({"Office day", FormatDay(status.office_day())});
    table.AddRow({"Records ready to print", Count(status.prrs_printable())});
    table.AddRow({"Records still to fetch", Fetching(status)});
    table.AddRow({"Can print without a link", Outlook(status.autonomy())});
    table.AddRow({"Cards fed", Count(status.cards_fed())});
    table.AddRow({"  of them good", Count(status.cards_good())});
    table.AddRow({"  of them without a link", Count(status.cards_fed_offline())});
    table.AddRow({"Doubts opened", Count(status.doubts_opened())});
    table.AddRow({"Doubts resolved", Count(status.doubts_resolved())});
    table.AddRow({"Transfers waiting", Count(status.transfers_waiting())});
    table.AddRow({"Actions waiting", Count(status.actions_waiting())});
    table.AddRow({"Bytes sent", Count(status.bytes_sent())});
    table.AddRow({"Bytes received", Count(status.bytes_received())});
    table.AddRow(
        {"Disk free", absl::StrCat(Count(status.disk_free_mb()), " MB",
                                   status.disk_free_mb() < status.disk_reserve_mb()
                                       ? absl::StrCat(", TOO LITTLE: nothing is printed below ",
                                                      Count(status.disk_reserve_mb()), " MB")
                                       : "")});
    table.AddRow({"Data key", DescribeDataKey(status.data_key())});
    table.AddRow({"Mirror of the log", Mirror(status)});
    table.AddRow({"Certificate",
                  absl::StrCat("until ", time_.Format(status.certificate().valid_until_micros()),
                               status.certificate().problem().empty() ? "" : "; ",
                               status.certificate().problem())});
    return table.ToString();
  }

  // "4 working days at 50 cards a day; blanks run out first"
  static std::string Fetching(const api::GetStatusResponse& status) {
    std::string text = Count(status.records_missing());
    if (status.records_missing() == 0) return text;
    if (status.records_wait_for() == "hours") {
      text += ", beyond the day's duty in the hours of the configuration";
    } else if (status.records_wait_for() == "budget") {
      text += ", beyond the day's duty tomorrow: the bytes of the day are used up";
    }
    return absl::StrCat(text, "; ", Count(status.bytes_fetched_today()), " bytes came today");
  }

  static std::string Outlook(const api::Autonomy& autonomy) {
    if (autonomy.supplies().empty()) return "-";
    const api::SupplyLeft& first = autonomy.supplies(0);
    const std::string days = absl::StrCat(autonomy.days(), " working days at ",
                                          autonomy.cards_per_day(), " cards a day; ");
    if (first.supply() == "operators") return absl::StrCat(days, "no operator is trained");
    if (first.supply() == "printers") return absl::StrCat(days, "no printer is in service");
    if (first.supply() == "contact") return absl::StrCat(days, "then it must have had contact");
    return absl::StrCat(days, first.supply(), " run out first");
  }

  std::string Mirror(const api::GetStatusResponse& status) const {
    if (!status.has_mirror()) return "none configured";
    const api::MirrorState& mirror = status.mirror();
    const std::string reach = absl::StrCat(
        mirror.problem().empty() ? "" : absl::StrCat("FAILS: ", mirror.problem(), " It has "),
        Count(mirror.entries()), " of ", Count(status.log_entries()), " entries, held all ",
        time_.Format(mirror.whole_micros()));
    return absl::StrCat(
        reach, mirror.on_disk_of_database() ? "; it is on the same disk as the database" : "");
  }

  static std::string Blanks(const api::GetStatusResponse& status) {
    Table table({{"Blanks"}, {"Number", Align::kRight}});
    table.AddRow({"in the tray", Count(status.blanks_in_tray())});
    if (status.blanks_unconfirmed() > 0) {
      table.AddRow({"to be scanned again", Count(status.blanks_unconfirmed())});
    }
    table.AddRow({"bound to jobs", Count(status.blanks_bound())});
    table.AddRow({"in doubt", Count(status.blanks_in_doubt())});
    table.AddRow({"used", Count(status.blanks_used())});
    table.AddRow({"spoiled", Count(status.blanks_spoiled())});
    return table.ToString();
  }

  static std::string Reasons(const api::PrinterState& printer) {
    return absl::StrJoin(printer.reasons(), " ",
                         [](std::string* out, const api::PrinterReason& reason) {
                           absl::StrAppend(out, reason.english());
                           if (!reason.code().empty())
                             absl::StrAppend(out, " (", reason.code(), ")");
                         });
  }

  static std::string Printers(const api::GetStatusResponse& status) {
    Table table({{"Printer"}, {"State"}, {"Today", Align::kRight}, {"Open job"}, {"Reasons"}});
    for (const api::PrinterState& printer : status.printers()) {
      table.AddRow({printer.printer(), printer.state(),
                    absl::StrCat(printer.fed_today(), "/", printer.cards_per_day()),
                    OrDash(printer.open_job()), OrDash(Reasons(printer))});
    }
    return table.ToString();
  }

  static std::string Refusals(const api::GetStatusResponse& status) {
    if (status.refusals().empty()) return "";
    Table table({{"Refused"}, {"Why"}, {"Times", Align::kRight}});
    for (const api::RefusalCount& refusal : status.refusals()) {
      table.AddRow({refusal.code(),
                    PlainName(log::v1::PrintRefusal_Name(refusal.refusal()), "PRINT_REFUSAL_"),
                    Count(refusal.count())});
    }
    return absl::StrCat("\n", table.ToString());
  }

  const OfficeTime& time_;
};

}  // namespace

std::string RenderEdge(const EdgeResponse& response, const OfficeTime& time) {
  return std::visit(EdgeText(time), response);
}

}  // namespace keping::cli
