#include "edge_node/papers/day_report_paper.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/domain/day_report.h"

namespace keping::edge {

using paper::Align;
using paper::Document;
using paper::Table;
using paper::Words;

Document DayReportPaper(const Words& words, const DayReportSheet& report) {
  const domain::DayReported& totals = report.totals;
  Document document{
      .language = words.language(), .title = words("dayReport.title"), .date = totals.day};
  document.fields = {
      {words("paper.office"), report.office},
      {words("dayReport.day"), words.Weekday(totals.day) + ", " + words.Date(totals.day)},
      {words("dayReport.code"), domain::ReportCodeOf(totals).value()},
      {words("dayReport.proven"),
       words("dayReport.provenOf",
             {{"proven", words.Number(static_cast<int64_t>(totals.proven_seq))},
              {"entries", words.Number(static_cast<int64_t>(totals.seq))}})}};
  Table table{.title = words("dayReport.totals"),
              .columns = {{.title = words("paper.no"), .share = 0.4, .align = Align::kRight},
                          {.title = words("dayReport.item"), .share = 4},
                          {.title = words("paper.quantity"), .share = 1, .align = Align::kRight}}};
  const std::pair<const char*, uint64_t> items[] = {
      {"dayReport.fed", totals.cards_fed},
      {"dayReport.good", totals.cards_good},
      {"dayReport.cardsSpoiled", totals.cards_spoiled},
      {"dayReport.open", totals.jobs_open},
      {"dayReport.blanksSpoiled", totals.blanks_spoiled},
      {"dayReport.tray", totals.blanks_in_tray}};
  int64_t number = 0;
  for (const auto& [key, value] : items) {
    table.rows.push_back({++number, words(key), static_cast<int64_t>(value)});
  }
  document.tables.push_back(std::move(table));
  document.notes = {absl::StrCat(words("dayReport.signed"), ":"), report.signed_text};
  document.signatures = {{words("dayReport.checkedBy"), report.office, "", true},
                         {words("dayReport.madeBy"), totals.operator_id.value(), "", true}};
  document.qr = report.qr;
  return document;
}

}  // namespace keping::edge
