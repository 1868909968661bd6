#include "central_node/core/input.h"

#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::central {

std::string Sentence(const CommandResult& result) {
  switch (result.outcome) {
    case CommandOutcome::kDone:
      return "Done.";
    case CommandOutcome::kUnknownNode:
      return "This node is not enrolled. Enrol it first.";
    case CommandOutcome::kUnknownPrr:
      return "This record is not known here. Check its id, or wait for the national centre.";
    case CommandOutcome::kUnknownOperator:
      return "This person is not on the node's roster. Add the person first.";
    case CommandOutcome::kAlreadyEnrolled:
      return "This incarnation is enrolled with another key. Open a new incarnation.";
    case CommandOutcome::kTransferIdUsed:
      return "This transfer id was used before, for another dispatch. Choose another one.";
    case CommandOutcome::kNothingAsked:
      return "The dispatch names no blanks. Name a quantity or the serials.";
    case CommandOutcome::kNotInStock:
      return absl::StrCat("Got ", result.got, " of these blanks in the district's stock, want ",
                          result.want, ". Dispatch fewer, or wait for an allotment.");
    case CommandOutcome::kPrrWithdrawn:
      return "The national centre withdrew this record. It must not be printed.";
    case CommandOutcome::kPrrPrinted:
      return "This record has a good card already. Ask the national centre for a new record.";
    case CommandOutcome::kAlreadyHolder:
      return "This node holds the record already.";
    case CommandOutcome::kMoveInProgress:
      return "The holder was asked to release this record already. Wait for its release, or force "
             "the move.";
    case CommandOutcome::kNoSubject:
      return "The grant does not say for whom or for what. Name the person and the version, or the "
             "record.";
    case CommandOutcome::kTooManyGrants:
      return "All numbers for grants of this node and day are given out. Choose another day.";
  }
  KEPING_CHECK(false, "every outcome has a sentence");
}

}  // namespace keping::central
