// The answers of the district's desk, for people: a part of render_central.cc.
#ifndef KEPING_COMMON_CLI_RENDER_DESK_H_
#define KEPING_COMMON_CLI_RENDER_DESK_H_

#include <string>

#include "common/cli/office_time.h"
#include "common/cli/requests.h"

namespace keping::cli {

class DeskText {
 public:
  explicit DeskText(const OfficeTime& time) : time_(time) {}

  std::string operator()(const central_api::ListCasesResponse& response) const;
  std::string operator()(const central_api::GetCaseResponse& response) const;
  std::string operator()(const central_api::ResolveCaseResponse& response) const;
  std::string operator()(const central_api::TraceBlankResponse& response) const;
  std::string operator()(const central_api::TraceRecordResponse& response) const;
  std::string operator()(const central_api::ReportSubjectResponse& response) const;
  std::string operator()(const central_api::ListDestructionsResponse& response) const;
  std::string operator()(const central_api::SetOfficerResponse& response) const;
  std::string operator()(const central_api::ListOfficersResponse& response) const;
  std::string operator()(const central_api::GetPolicyResponse& response) const;
  std::string operator()(const central_api::SetPolicyResponse& response) const;
  std::string operator()(const central_api::TryPolicyResponse& response) const;
  std::string operator()(const central_api::EnterReadinessResponse& response) const;
  std::string operator()(const central_api::EnterAbsenceResponse& response) const;
  std::string operator()(const central_api::StatePrinterResponse& response) const;
  std::string operator()(const central_api::ReportFiguresResponse& response) const;
  std::string operator()(const central_api::IdentifyBlankResponse& response) const;
  std::string operator()(const central_api::CloseDaysResponse& response) const;
  std::string operator()(const central_api::ReceiveDeliveryResponse& response) const;
  std::string operator()(const central_api::ListBoxesResponse& response) const;
  std::string operator()(const central_api::PackEvidenceResponse& response) const;

 private:
  template <typename Facts>
  std::string FactTable(const Facts& facts) const;

  const OfficeTime& time_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RENDER_DESK_H_
