#include "central_node/core/input.h"

#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::central {
namespace {

std::string Missing(const Holdings& holdings) {
  std::string text = absl::StrCat(
      "K-256: the node cannot be retired. It still has ", holdings.blanks, " blanks, ",
      holdings.cards, " cards in its office, ", holdings.leases, " records to print, ",
      holdings.maybe_used, " blanks or records that were lost with an earlier machine, and ");
  if (holdings.unproven.has_value()) {
    absl::StrAppend(&text, *holdings.unproven, " log entries that are not proven");
  } else {
    absl::StrAppend(&text, "perhaps log entries that are not proven: it is not connected");
  }
  return text + ". Bring them home, move the records, let it connect; or declare it lost.";
}

std::string NoSuchClaims(const CommandResult& result) {
  std::string text =
      absl::StrCat("K-258: there are no claims that end with entry ", result.got, ".");
  if (result.want > 0) {
    absl::StrAppend(&text, " The node signed up to entry ", result.want,
                    ": accept up to there, or up to an earlier signature.");
  }
  return text + " See keping central claims.";
}

// Of deliveries and boxes.
std::string BoxSentence(const CommandResult& result) {
  switch (result.outcome) {
    case CommandOutcome::kDeliveryKnown:
      return "K-220: a delivery under this number is here already, and says something else. Look "
             "at "
             "the number on the handover minutes; nothing was changed.";
    case CommandOutcome::kEmptyDelivery:
      return "K-226: the delivery names nothing, or a box with nothing in it. Name its serials, or "
             "its "
             "boxes with how many blanks the paper says.";
    case CommandOutcome::kBoxKnown:
      return absl::StrCat(
          "K-227: box ", result.subject,
          " came with another delivery, or is named twice. Look at its label; if two "
          "boxes have one number, write another one on the second.");
    case CommandOutcome::kBoxNotInStock:
      return absl::StrCat("K-228: box ", result.subject,
                          " does not lie in the district's stock. See keping central boxes.");
    case CommandOutcome::kSerialsIssued:
      return absl::StrCat("K-240: ", result.got,
                          " of these serials came with another delivery, the "
                          "first is ",
                          result.subject, ". Look at the ends of the ranges.");
    case CommandOutcome::kSchemeUnfit:
      return absl::StrCat("K-241: ", result.got,
                          " of these serials are not of the scheme that the "
                          "delivery declares, the first is ",
                          result.subject, ". Look at the serials, or declare the other scheme.");
    case CommandOutcome::kPersonalNumber:
      return "K-242: the number of the minutes or the office that handed them over holds a number "
             "of 16 digits or more, which is a person's. Give the paper's own number, and name the "
             "office or the duty; the person stands on the minutes.";
    default:
      KEPING_CHECK(false, "every outcome has a sentence");
  }
}

// Of blanks that pass between districts, and of ribbons, films and cleaning cards.
std::string StockSentence(const CommandResult& result) {
  switch (result.outcome) {
    case CommandOutcome::kOwnDistrict:
      return "K-342: this is the code of this district. Name the other one, as 51.07.";
    case CommandOutcome::kDocumentUsed:
      return "K-343: this paper was entered before, and not with the same content. See keping "
             "central loans or keping central supplies, and look at its number again.";
    case CommandOutcome::kNotOwed:
      return absl::StrCat("K-344: got ", result.got, " blanks that were borrowed there and not ",
                          "given back, want ", result.want,
                          ". Give back fewer, or enter first what was borrowed.");
    case CommandOutcome::kNoSerials:
      return "K-345: what comes in is named by serial. Name the serials of the paper.";
    case CommandOutcome::kSuppliesShort:
      return absl::StrCat(
          "K-346: got ", result.got, " pieces of this lot in the district's stock, ", "want ",
          result.want, ". Take fewer, name another lot, or enter the delivery or a count first.");
    case CommandOutcome::kNothingSupplied:
      return "The paper names no pieces. Name how many.";
    default:
      return BoxSentence(result);
  }
}

// Of what is decided and entered at the district's desk.
std::string DeskSentence(const CommandResult& result) {
  switch (result.outcome) {
    case CommandOutcome::kUnknownCase:
      return "K-298: there is no such case. See keping central cases.";
    case CommandOutcome::kUnknownOfficer:
      return "K-299: this person is not on the district's roster. An administrator adds the person "
             "first: keping central officer.";
    case CommandOutcome::kRoleForbids:
      return absl::StrCat("K-300: ", result.subject,
                          ". keping central officer list shows the roles, and keping central case "
                          "who decides on a case.");
    case CommandOutcome::kCaseChanged:
      return absl::StrCat("K-301: the case is at revision ", result.got, " by now, and you saw ",
                          result.want, ". Look at it again, then decide.");
    case CommandOutcome::kCaseClosed:
      return "K-302: this case is closed. New evidence opens it again.";
    case CommandOutcome::kSamePerson:
      return "K-303: this takes two different persons. Name the second one.";
    case CommandOutcome::kResolutionUnfit:
      return "K-304: this case cannot be decided in this way. Of two cards name the one that stays "
             "(--keep): one of this case that was not called back yet. Else accept it, explain it "
             "by a document, or choose what its proposal names.";
    case CommandOutcome::kNoDocument:
      return "K-305: an explanation is a document. Name its number.";
    case CommandOutcome::kNothingToOrder:
      return "K-306: there is no card to call back or office to ask that was not asked already.";
    case CommandOutcome::kDayClosedBefore:
      return "K-393: This day is closed already.";
    case CommandOutcome::kPolicyVersion:
      return absl::StrCat("K-307: got version ", result.got, " of the policy, want ", result.want,
                          ". Somebody else changed it, or the file is old: begin from keping "
                          "central policy show.");
    case CommandOutcome::kFirstOfficer:
      return "K-308: the district has no people yet, and the first one is an administrator.";
    case CommandOutcome::kLastAdministrator:
      return "K-309: this person is the district's last administrator. Make another one first.";
    case CommandOutcome::kLockedOut:
      return absl::StrCat("K-325: too many wrong passwords. Try again in ",
                          absl::FormatDuration(absl::Seconds(result.got)),
                          " of running time, or let an administrator make a new first password: "
                          "keping central officer set ID --first-password.");
    case CommandOutcome::kWrongPassword:
      return "K-175: this is not the password. Type it again.";
    case CommandOutcome::kNoPassword:
      return "K-326: this officer has no password yet. An administrator makes a first one: keping "
             "central officer set ID --first-password.";
    default:
      return StockSentence(result);
  }
}

}  // namespace

std::string Sentence(const CommandResult& result) {
  switch (result.outcome) {
    case CommandOutcome::kDone:
      return "Done.";
    case CommandOutcome::kUnknownNode:
      return "K-380: This node is not enrolled. Enrol it first.";
    case CommandOutcome::kUnknownPrr:
      return "K-381: This record is not known here. Check its id, or wait for the national centre.";
    case CommandOutcome::kUnknownOperator:
      return "K-382: This person is not on the node's roster. Add the person first.";
    case CommandOutcome::kAlreadyEnrolled:
      return "K-383: This incarnation is enrolled with another key. Open a new incarnation.";
    case CommandOutcome::kTransferIdUsed:
      return "K-384: This transfer id was used before, for another dispatch. Choose another one.";
    case CommandOutcome::kNothingAsked:
      return "K-385: The dispatch names no blanks. Name a quantity, the serials or boxes.";
    case CommandOutcome::kNotInStock:
      return absl::StrCat("K-386: got ", result.got,
                          " of these blanks in the district's stock, want ", result.want,
                          ". Send fewer, or wait for an allotment.");
    case CommandOutcome::kPrrWithdrawn:
      return "K-387: The national centre withdrew this record. It must not be printed.";
    case CommandOutcome::kPrrPrinted:
      return "K-388: This record has a good card already. Ask the national centre for a new "
             "record.";
    case CommandOutcome::kAlreadyHolder:
      return "K-389: This node holds the record already.";
    case CommandOutcome::kMoveInProgress:
      return "K-390: The holder was asked to release this record already. Wait for its release, or "
             "force "
             "the move.";
    case CommandOutcome::kNoSubject:
      return "K-391: The grant does not say for whom or for what. Name the person and the version, "
             "or the "
             "record.";
    case CommandOutcome::kTooManyGrants:
      return "K-392: All numbers for grants of this node and day are given out. Choose another "
             "day.";
    case CommandOutcome::kNotTwoPersons:
      return "K-259: this takes two different persons and a document. Name both, and its number.";
    case CommandOutcome::kStillHolds:
      return Missing(result.holdings);
    case CommandOutcome::kNodesUnheard:
      return absl::StrCat(
          "K-270: the centre was set back, and has not heard yet from ", result.got,
          result.got == 1 ? " office" : " offices",
          " what it had told them: it gives nothing out that may be given out already. Let them "
          "connect (keping central status names them), or declare lost the machine that will not.");
    case CommandOutcome::kNodeClosed:
      return "K-260: this node was revoked, retired or declared lost. Enrol it with a new code "
             "first, or choose another one.";
    case CommandOutcome::kHolderClosed:
      return "K-261: the holder was revoked, retired or declared lost and gives nothing back. "
             "Force the move.";
    case CommandOutcome::kPrrMaybePrinted:
      return "K-257: a lost node held this record, and its card may exist. Look into its day "
             "sheets and the village register; then force the move and say that you looked.";
    case CommandOutcome::kNoSuchClaims:
      return NoSuchClaims(result);
    case CommandOutcome::kRequestIdUsed:
      return "K-310: this number was used before, for another request. Choose another one.";
    case CommandOutcome::kDayHasPassed:
      return "K-311: the day by which the blanks are needed has passed. Name a later one.";
    default:
      return DeskSentence(result);
  }
}

}  // namespace keping::central
