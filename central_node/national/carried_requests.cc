#include "central_node/national/carried_requests.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "central_node/national/json_list.h"
#include "central_node/national/national_codec.h"
#include "central_node/national/national_registry.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "keping/national/v1/national.pb.h"

namespace keping::central {
namespace {

namespace v1 = national::v1;

std::string Csv(const v1::RequestBlanksRequest& requests) {
  std::string csv = "item,request,quantity,needed_by,at\n";
  for (const v1::BlankRequest& item : requests.items()) {
    csv += exchange::CsvLine(
        {item.item(), item.request(), absl::StrCat(item.quantity()),
         absl::FormatCivilTime(base::FromEpochDays(item.needed_by_days())),
         absl::FormatTime(absl::RFC3339_full, absl::FromUnixMicros(item.at_micros()),
                          absl::UTCTimeZone())});
  }
  return csv;
}

}  // namespace

absl::Status CarriedRequests::WriteOut(const std::vector<NamedRequest>& waiting) {
  v1::RequestBlanksRequest requests;
  EncodeRequests(waiting, &requests);
  std::string csv = Csv(requests);
  if (csv == written_) return absl::OkStatus();
  written_.clear();
  KEPING_RETURN_IF_ERROR(folder_.WriteOut("requests.json", JsonList(requests.items())));
  KEPING_RETURN_IF_ERROR(folder_.WriteOut("requests.csv", csv));
  written_ = std::move(csv);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RequestAnswer>> CarriedRequests::Exchange(
    const std::vector<NamedRequest>& waiting) {
  KEPING_RETURN_IF_ERROR(WriteOut(waiting));
  std::set<std::string> asked;
  for (const NamedRequest& request : waiting) asked.insert(request.item);
  std::vector<RequestAnswer> answers;
  v1::BlankRequestAnswer row;
  KEPING_RETURN_IF_ERROR(answers_.Read(&row, kMaxNationalItems, true, [&] {
    if (asked.erase(row.item()) == 0) return false;
    answers.push_back(DecodeRequestAnswer(row));
    return true;
  }));
  return answers;
}

}  // namespace keping::central
