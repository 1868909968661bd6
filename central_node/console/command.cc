#include "central_node/console/command.h"

namespace keping::central {
namespace {

absl::StatusCode CodeOf(CommandOutcome outcome) {
  switch (outcome) {
    case CommandOutcome::kDone:
      return absl::StatusCode::kOk;
    case CommandOutcome::kUnknownNode:
    case CommandOutcome::kUnknownPrr:
    case CommandOutcome::kUnknownOperator:
    case CommandOutcome::kUnknownCase:
      return absl::StatusCode::kNotFound;
    case CommandOutcome::kNothingAsked:
    case CommandOutcome::kNoSubject:
    case CommandOutcome::kNotTwoPersons:
    case CommandOutcome::kSamePerson:
    case CommandOutcome::kNoDocument:
    case CommandOutcome::kEmptyDelivery:
    case CommandOutcome::kSchemeUnfit:
    case CommandOutcome::kPersonalNumber:
    case CommandOutcome::kOwnDistrict:
    case CommandOutcome::kNoSerials:
    case CommandOutcome::kNothingSupplied:
      return absl::StatusCode::kInvalidArgument;
    case CommandOutcome::kLockedOut:
      return absl::StatusCode::kResourceExhausted;
    case CommandOutcome::kWrongPassword:
      return absl::StatusCode::kPermissionDenied;
    case CommandOutcome::kAlreadyEnrolled:
    case CommandOutcome::kTransferIdUsed:
    case CommandOutcome::kNotInStock:
    case CommandOutcome::kPrrWithdrawn:
    case CommandOutcome::kPrrPrinted:
    case CommandOutcome::kAlreadyHolder:
    case CommandOutcome::kMoveInProgress:
    case CommandOutcome::kTooManyGrants:
    case CommandOutcome::kStillHolds:
    case CommandOutcome::kNodeClosed:
    case CommandOutcome::kHolderClosed:
    case CommandOutcome::kPrrMaybePrinted:
    case CommandOutcome::kNoSuchClaims:
    case CommandOutcome::kNodesUnheard:
    case CommandOutcome::kUnknownOfficer:
    case CommandOutcome::kRoleForbids:
    case CommandOutcome::kCaseChanged:
    case CommandOutcome::kCaseClosed:
    case CommandOutcome::kResolutionUnfit:
    case CommandOutcome::kNothingToOrder:
    case CommandOutcome::kDayClosedBefore:
    case CommandOutcome::kPolicyVersion:
    case CommandOutcome::kFirstOfficer:
    case CommandOutcome::kLastAdministrator:
    case CommandOutcome::kDeliveryKnown:
    case CommandOutcome::kBoxKnown:
    case CommandOutcome::kBoxNotInStock:
    case CommandOutcome::kSerialsIssued:
    case CommandOutcome::kDocumentUsed:
    case CommandOutcome::kNotOwed:
    case CommandOutcome::kSuppliesShort:
    case CommandOutcome::kRequestIdUsed:
    case CommandOutcome::kDayHasPassed:
    case CommandOutcome::kNoPassword:
      break;
  }
  return absl::StatusCode::kFailedPrecondition;
}

}  // namespace

absl::Status Answer(const absl::StatusOr<CommandResult>& result,
                    const std::function<void(const absl::Status&)>& failed, SessionHub& hub) {
  if (!result.ok()) {
    failed(result.status());
    return absl::UnavailableError(result.status().message());
  }
  hub.Pump();
  const absl::StatusCode code = CodeOf(result->outcome);
  return code == absl::StatusCode::kOk ? absl::OkStatus() : absl::Status(code, Sentence(*result));
}

}  // namespace keping::central
