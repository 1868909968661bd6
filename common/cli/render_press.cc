// The answers of an edge node about the print room beyond one card, for people.

#include "common/cli/render_press.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/cli/render.h"
#include "common/cli/table.h"

namespace keping::cli {
namespace {

namespace api = edge_api;

std::string Refused(const api::Refusal& refusal) {
  return absl::StrCat("Refused: ", refusal.code(), ": ", refusal.sentence(), "\n");
}

std::string Installed(const api::PrinterMachine& printer) {
  std::vector<std::string> items;
  for (const api::PrinterConsumable& one : printer.installed()) {
    items.push_back(
        absl::StrCat(PlainName(log::v1::ConsumableKind_Name(one.kind()), "CONSUMABLE_KIND_"), " ",
                     one.consumable(), " gave ", one.gave(), " of ", one.capacity()));
  }
  return OrDash(absl::StrJoin(items, ", "));
}

}  // namespace

std::string RenderPress(const api::OpenBatchResponse& opened, const OfficeTime&) {
  if (opened.has_refusal()) return Refused(opened.refusal());
  return absl::StrCat("Batch ", opened.batch(),
                      " feeds. Scan the cards as they come out: `keping edge batch show`.\n");
}

std::string RenderPress(const api::GetBatchResponse& batch, const OfficeTime&) {
  std::string text = absl::StrCat("Batch ", batch.batch(), " at ", batch.printer(), ", ");
  if (batch.end() == log::v1::BATCH_END_UNSPECIFIED) {
    absl::StrAppend(&text, "feeds, ", batch.waiting_size(), " blanks wait.\n\n");
  } else {
    absl::StrAppend(&text, "ended: ", PlainName(log::v1::BatchEnd_Name(batch.end()), "BATCH_END_"),
                    ". ", batch.waiting_size(), " blanks lie in the tray again.\n\n");
  }
  Table jobs({{"Job"}, {"Record"}, {"Blank"}, {"State"}, {"Wants"}});
  for (const api::Job& job : batch.jobs()) {
    bool scan = false;
    for (const std::string& act : batch.to_scan()) scan = scan || act == job.act();
    jobs.AddRow({job.act(), job.prr(), OrDash(job.blank()), job.state(), scan ? "scan" : "-"});
  }
  absl::StrAppend(&text, jobs.ToString());
  if (batch.end() == log::v1::BATCH_END_MISMATCH && batch.to_scan_size() > 0) {
    absl::StrAppend(&text,
                    "\nA card lay on another blank than its job meant, so everything behind it may "
                    "be shifted. Take each card\nthat wants a scan, look whose it is, and scan it "
                    "for that job, whatever blank stands here.\n");
  }
  return text;
}

std::string RenderPress(const api::CloseBatchResponse&, const OfficeTime&) {
  return "Nothing more is fed. Cards that came out want their scan.\n";
}

std::string RenderPress(const api::CancelJobResponse&, const OfficeTime&) {
  return "The printer was asked to give the job up. Look at what comes out, then say what became "
         "of the card.\n";
}

std::string RenderPress(const api::CorrectAnswerResponse&, const OfficeTime&) {
  return "The answer is set aside. Say anew what became of the card.\n";
}

std::string RenderPress(const api::GetCardHistoryResponse& history, const OfficeTime& time) {
  Table table({{"Entry", Align::kRight}, {"Time"}, {"Person"}, {"What"}, {"Proven"}});
  for (const api::HistoryEntry& entry : history.entries()) {
    std::string person = OrDash(entry.operator_id());
    if (!entry.second().empty()) absl::StrAppend(&person, " + ", entry.second());
    table.AddRow({Count(entry.seq()), time.Format(entry.at_micros()), person,
                  absl::StrCat(entry.words_en(), entry.set_aside() ? " (set aside)" : ""),
                  entry.proven() ? "yes" : "-"});
  }
  return table.ToString();
}

std::string RenderPress(const api::ListPrintersResponse& list, const OfficeTime&) {
  Table table({{"Printer"},
               {"In service"},
               {"Today", Align::kRight},
               {"Left", Align::kRight},
               {"Wear", Align::kRight},
               {"Since cleaning", Align::kRight},
               {"Inside"}});
  for (const api::PrinterMachine& printer : list.printers()) {
    std::string today = absl::StrCat(printer.fed_today(), "/", printer.cards_per_day());
    if (printer.granted_today() > 0) absl::StrAppend(&today, "+", printer.granted_today());
    table.AddRow({printer.printer(), printer.in_service() ? "yes" : "no", today,
                  Count(printer.left_today()), Count(printer.wear()),
                  Count(printer.since_cleaning()), Installed(printer)});
  }
  std::string text = table.ToString();
  for (const api::PrinterConsumable& used : list.to_destroy()) {
    absl::StrAppend(&text, "\n", used.consumable(), " is used up (gave ", used.gave(), " of ",
                    used.capacity(), ") and is to be destroyed before a witness.");
  }
  return list.to_destroy().empty() ? text : absl::StrCat(text, "\n");
}

std::string RenderPress(const api::PrintTestCardResponse& test, const OfficeTime&) {
  if (test.has_refusal()) return Refused(test.refusal());
  return "The test card is under way. Its blank is used up: put the card to the spoiled ones.\n";
}

std::string RenderPress(const api::MaintainPrinterResponse&, const OfficeTime&) {
  return "It is in the journal.\n";
}

std::string RenderPress(const api::MoveConsumableResponse& moved, const OfficeTime&) {
  return absl::StrCat("It is in the journal: promised ", Count(moved.capacity()), ", gave ",
                      Count(moved.gave()), ".\n");
}

std::string RenderPress(const api::ReleasePrinterResponse& released, const OfficeTime&) {
  return released.page();
}

std::string RenderPress(const api::AdoptPrinterResponse& adopted, const OfficeTime&) {
  return absl::StrCat("The printer works here. Cards left today: ", adopted.left_today(), ".\n");
}

std::string RenderPress(const api::GrantOverrideResponse& granted, const OfficeTime&) {
  return absl::StrCat("Granted. Prints left: ", granted.left(), ".\n");
}

std::string RenderPress(const api::CorrectOfficeDayResponse&, const OfficeTime&) {
  return "The office day has that date. No card of it was given back.\n";
}

std::string RenderPress(const api::GetOfficeDayResponse& day, const OfficeTime&) {
  Table table({{"Office day"}, {""}});
  table.AddRow({"number", Count(day.number())});
  table.AddRow({"date", day.number() == 0 ? "-" : FormatDay(day.day())});
  table.AddRow({"the clock says", FormatDay(day.local_day())});
  table.AddRow({"running time", absl::FormatDuration(absl::Trunc(
                                    absl::Microseconds(day.running_micros()), absl::Minutes(1)))});
  table.AddRow({"next print opens a day", day.next_print_opens_day() ? "yes" : "no"});
  table.AddRow({"prints left without contact", Count(day.stale_prints_left())});
  for (const api::StaleBudget& one : day.stale_budgets()) {
    const char* of = one.record_class() == log::v1::RECORD_CLASS_REPLACEMENT ? "  replacements"
                                                                             : "  first cards";
    table.AddRow({of, absl::StrCat(one.prints_left(), "; supervisors may allow ", one.budget_left(),
                                   " more of ", one.budget(), " in this outage",
                                   one.too_stale() ? "; needed now" : "")});
  }
  return table.ToString();
}

}  // namespace keping::cli
