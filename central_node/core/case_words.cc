#include "central_node/core/case_words.h"

#include "absl/strings/str_cat.h"

namespace keping::central {
namespace {

std::string Named(const CardAt& card) {
  return absl::StrCat("The card on ", card.blank.text(), " at ", card.node.value());
}

std::vector<RemarkValue> ValuesOf(const CardAt& card) {
  return {{"blank", card.blank.text()}, {"office", card.node.value()}};
}

}  // namespace

std::vector<Remark> RemarksOn(const MissingEntries& missing) {
  if (missing.filled()) {
    return {{RemarkKind::kEntriesComplete, {}, "Every entry is here that anybody knows of."}};
  }
  const std::string first = absl::StrCat(missing.held_seq + 1);
  const std::string last = absl::StrCat(missing.reached_seq);
  return {{RemarkKind::kEntriesMissing,
           {{"first", first}, {"last", last}},
           absl::StrCat("Entries ", first, " to ", last, " are missing.")}};
}

std::vector<Remark> RemarksOn(const StaleUse& use, uint32_t budget) {
  if (use.number == 0) {
    return {{RemarkKind::kNoWordOfASupervisor,
             {},
             "No word of a supervisor for it is in the log of its outage."}};
  }
  std::vector<Remark> remarks = {
      {RemarkKind::kPrintOfOutage,
       {{"number", absl::StrCat(use.number)},
        {"class", absl::StrCat(static_cast<int>(use.record_class))},
        {"policy", absl::StrCat(use.policy_version)},
        {"budget", absl::StrCat(budget)}},
       absl::StrCat("Print ", use.number, " of class ", domain::RecordClassName(use.record_class),
                    " in its outage; policy ", use.policy_version,
                    ", which the office knew, allows ", budget, ".")}};
  if (!use.granted) {
    remarks.push_back({RemarkKind::kFewerAllowed, {}, "The supervisor had allowed fewer."});
  }
  return remarks;
}

std::vector<Remark> RemarksOnCards(const Anomaly& anomaly) {
  if (!anomaly.kept.has_value()) {
    return {{RemarkKind::kCardsAlike, {}, "Nothing tells the cards apart: an officer decides."}};
  }
  const bool delivered = anomaly.kept->reason == KeepReason::kDelivered;
  std::vector<Remark> remarks = {
      {delivered ? RemarkKind::kStaysAsDelivered : RemarkKind::kStaysByLatestLease,
       ValuesOf(anomaly.kept->card),
       absl::StrCat(
           Named(anomaly.kept->card), " stays: ",
           delivered ? "it was delivered, and is valid." : "it is under the latest valid lease.")}};
  for (const CardAt& card : anomaly.cards) {
    remarks.push_back(
        {RemarkKind::kComesBack, ValuesOf(card), absl::StrCat(Named(card), " comes back.")});
  }
  if (anomaly.ask) {
    remarks.push_back(
        {RemarkKind::kHadLeftItsOffice,
         {},
         "A card that comes back had left its office: a person looks, and closes the case."});
  }
  return remarks;
}

}  // namespace keping::central
