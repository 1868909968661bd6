#include "central_node/national/carried_reports.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "central_node/national/json_list.h"
#include "central_node/national/national_codec.h"
#include "central_node/national/national_registry.h"
#include "common/base/status_macros.h"
#include "keping/national/v1/national.pb.h"

namespace keping::central {
namespace {

namespace v1 = national::v1;

std::string Csv(const v1::ReportRequest& reports) {
  std::string csv = "item,kind,prr,prr_version,blank,at\n";
  for (const v1::ReportItem& item : reports.items()) {
    csv += exchange::CsvLine(
        {item.item(), item.kind() == v1::REPORT_KIND_PRINTED ? "printed" : "spoiled", item.prr(),
         absl::StrCat(item.prr_version()), item.blank(),
         absl::FormatTime(absl::RFC3339_full, absl::FromUnixMicros(item.at_micros()),
                          absl::UTCTimeZone())});
  }
  return csv;
}

}  // namespace

absl::Status CarriedReports::WriteOut(const std::vector<NamedReport>& waiting) {
  v1::ReportRequest reports;
  EncodeReport(waiting, &reports);
  std::string csv = Csv(reports);
  if (csv == written_) return absl::OkStatus();
  written_.clear();
  KEPING_RETURN_IF_ERROR(folder_.WriteOut("reports.json", JsonList(reports.items())));
  KEPING_RETURN_IF_ERROR(folder_.WriteOut("reports.csv", csv));
  written_ = std::move(csv);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<domain::ReportAnswered>> CarriedReports::Exchange(
    const std::vector<NamedReport>& waiting) {
  KEPING_RETURN_IF_ERROR(WriteOut(waiting));
  std::map<std::string, domain::ReportKind> asked;
  for (const NamedReport& report : waiting) asked[report.item] = report.row.kind;
  std::vector<domain::ReportAnswered> answers;
  v1::ReportAnswer row;
  const auto take = [&] {
    const auto found = asked.find(row.item());
    if (found == asked.end()) return false;
    answers.push_back({.item = row.item(),
                       .kind = found->second,
                       .accepted = row.accepted(),
                       .reason = row.reason()});
    asked.erase(found);
    return true;
  };
  // Of what else a file answers nobody knows while more waits than was said.
  const bool all_asked = waiting.size() < kMaxCarriedReports;
  KEPING_RETURN_IF_ERROR(answers_.Read(&row, kMaxNationalItems, all_asked, take));
  return answers;
}

}  // namespace keping::central
