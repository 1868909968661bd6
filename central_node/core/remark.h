// What a judge makes of something: a fact that each face words in its own language, and the English
// sentence that the command line prints.
//
//   Remark remark(RemarkKind::kFoundSince, {{"serial", "A0001001"}}, "A0001001 was found since.");
//
// Ids, serials and numbers only, as in the events.
#ifndef KEPING_CENTRAL_NODE_CORE_REMARK_H_
#define KEPING_CENTRAL_NODE_CORE_REMARK_H_

#include <string>
#include <utility>
#include <vector>

namespace keping::central {

// As keping.central.v1.RemarkKind, which says the values of each.
enum class RemarkKind {
  kNothingCounted = 1,
  kCountAgrees = 2,
  kCountDiffers = 3,
  kScannedWrongInJob = 4,
  kScannedWrongInAct = 5,
  kMissing = 6,
  kSurplus = 7,
  kAroseBetweenCounts = 8,
  kAroseUntold = 9,
  kCountsDoNotFit = 10,
  kFoundSince = 11,
  kBookedSince = 12,
  kAnswerSetAside = 13,
  kInHandElsewhere = 14,
  kReportSays = 20,
  kPartsDiffer = 21,
  kLedgerDiffers = 22,
  kPartsAgreeWithLedger = 23,
  kAgreesWithLedger = 24,
  kPartsAgree = 25,
  kNothingToCompare = 26,
  kEntriesComplete = 30,
  kEntriesMissing = 31,
  kNoWordOfASupervisor = 40,
  kPrintOfOutage = 41,
  kFewerAllowed = 42,
  kCardsAlike = 50,
  kStaysAsDelivered = 51,
  kStaysByLatestLease = 52,
  kComesBack = 53,
  kHadLeftItsOffice = 54,
  kBoxWithoutDelivery = 60,
  kBoxDeliveriesDiffer = 61,
  kBoxPaper = 62,
  kBoxTooMany = 63,
  kBoxTooFew = 64,
  kBoxTwice = 65,
  kBoxOtherSerials = 66,
  kBoxStrays = 67,
  kWaited = 70,
  kWaits = 71,
  kOthersDecide = 72,
  kDecidedAlone = 73,
  kDecidedBy = 74,
  kPrintsAllowed = 75,
  kAPersonDecides = 76,
  kFactsCloseIt = 77,
  kNationalNotReached = 80,
  kNationalRefused = 81,
  kNationalLeavesUnanswered = 82,
  kNationalFolder = 83,
  kNationalRefusedReport = 84,
};

struct RemarkValue {
  std::string name;
  std::string value;  // not empty

  friend bool operator==(const RemarkValue&, const RemarkValue&) = default;
};

struct Remark {
  // Leaves out what is empty.
  Remark(RemarkKind made, const std::vector<RemarkValue>& given, std::string sentence)
      : kind(made), text(std::move(sentence)) {
    for (const RemarkValue& one : given) {
      if (!one.value.empty()) values.push_back(one);
    }
  }

  RemarkKind kind;
  std::vector<RemarkValue> values = {};
  std::vector<Remark> parts = {};  // told by `text` too
  std::string text;

  friend bool operator==(const Remark&, const Remark&) = default;
};

inline std::vector<std::string> InWords(const std::vector<Remark>& remarks) {
  std::vector<std::string> sentences;
  sentences.reserve(remarks.size());
  for (const Remark& one : remarks) sentences.push_back(one.text);
  return sentences;
}

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_REMARK_H_
