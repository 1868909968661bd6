#include "central_node/national/carried_reports.h"

#include <google/protobuf/util/json_util.h>

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "central_node/national/national_codec.h"
#include "central_node/national/national_registry.h"
#include "common/base/check.h"
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

std::string Json(const v1::ReportRequest& reports) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  for (const v1::ReportItem& item : reports.items()) {
    json += json.empty() ? "[\n" : ",\n";
    const auto written = google::protobuf::util::MessageToJsonString(item, &json, options);
    KEPING_CHECK(written.ok(), "ids and numbers can be written as JSON");
  }
  return json.empty() ? "[]\n" : json + "\n]\n";
}

}  // namespace

absl::Status CarriedReports::WriteOut(const std::vector<NamedReport>& waiting) {
  v1::ReportRequest reports;
  EncodeReport(waiting, &reports);
  std::string csv = Csv(reports);
  if (csv == written_) return absl::OkStatus();
  written_.clear();
  KEPING_RETURN_IF_ERROR(folder_.WriteOut("reports.json", Json(reports)));
  KEPING_RETURN_IF_ERROR(folder_.WriteOut("reports.csv", csv));
  written_ = std::move(csv);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<domain::ReportAnswered>> CarriedReports::Exchange(
    const std::vector<NamedReport>& waiting) {
  KEPING_RETURN_IF_ERROR(WriteOut(waiting));
  std::map<std::string, domain::ReportKind> asked;
  for (const NamedReport& report : waiting) asked[report.item] = report.row.kind;
  KEPING_ASSIGN_OR_RETURN(const auto files, folder_.Waiting(exchange::FileKind::kAnswers));
  std::vector<domain::ReportAnswered> answers;
  for (const WaitingFile& file : settled_.Of(files)) {
    KEPING_ASSIGN_OR_RETURN(const auto rows, folder_.Read(file));
    v1::ReportAnswer answer;
    while (answers.size() < kMaxNationalItems && rows->Next(&answer)) {
      const auto found = asked.find(answer.item());
      if (found == asked.end()) continue;
      answers.push_back({.item = answer.item(),
                         .kind = found->second,
                         .accepted = answer.accepted(),
                         .reason = answer.reason()});
      asked.erase(found);
    }
    if (answers.size() == kMaxNationalItems) return answers;
    KEPING_RETURN_IF_ERROR(folder_.WriteFindings(file, *rows));
    // Of what else the file answers nobody knows while more waits than was said.
    if (waiting.size() < kMaxCarriedReports) read_.push_back(file);
  }
  return answers;
}

absl::Status CarriedReports::FinishFiles() {
  for (const WaitingFile& file : std::exchange(read_, {})) {
    KEPING_ASSIGN_OR_RETURN(const auto done, folder_.Done(exchange::FileKind::kAnswers));
    const uint64_t number = done.empty() ? 1 : done.back().end + 1;
    KEPING_RETURN_IF_ERROR(folder_.Finish(file, number, number));
  }
  return absl::OkStatus();
}

}  // namespace keping::central
