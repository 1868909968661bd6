// The answers about the print room beyond one card, for people; a part of render.h.
#ifndef KEPING_COMMON_CLI_RENDER_PRESS_H_
#define KEPING_COMMON_CLI_RENDER_PRESS_H_

#include <string>

#include "common/cli/office_time.h"
#include "common/cli/requests.h"

namespace keping::cli {

std::string RenderPress(const edge_api::OpenBatchResponse& opened, const OfficeTime& time);
std::string RenderPress(const edge_api::GetBatchResponse& batch, const OfficeTime& time);
std::string RenderPress(const edge_api::CloseBatchResponse& closed, const OfficeTime& time);
std::string RenderPress(const edge_api::CancelJobResponse& cancelled, const OfficeTime& time);
std::string RenderPress(const edge_api::CorrectAnswerResponse& corrected, const OfficeTime& time);
std::string RenderPress(const edge_api::GetCardHistoryResponse& history, const OfficeTime& time);
std::string RenderPress(const edge_api::ListPrintersResponse& list, const OfficeTime& time);
std::string RenderPress(const edge_api::PrintTestCardResponse& test, const OfficeTime& time);
std::string RenderPress(const edge_api::MaintainPrinterResponse& done, const OfficeTime& time);
std::string RenderPress(const edge_api::MoveConsumableResponse& moved, const OfficeTime& time);
// The slip itself.
std::string RenderPress(const edge_api::ReleasePrinterResponse& released, const OfficeTime& time);
std::string RenderPress(const edge_api::AdoptPrinterResponse& adopted, const OfficeTime& time);
std::string RenderPress(const edge_api::GrantOverrideResponse& granted, const OfficeTime& time);
std::string RenderPress(const edge_api::CorrectOfficeDayResponse& done, const OfficeTime& time);
std::string RenderPress(const edge_api::GetOfficeDayResponse& day, const OfficeTime& time);

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RENDER_PRESS_H_
