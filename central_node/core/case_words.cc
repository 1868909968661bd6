#include "central_node/core/case_words.h"

#include "absl/strings/str_cat.h"

namespace keping::central {
namespace {

std::string Named(const CardAt& card) {
  return absl::StrCat("The card on ", card.blank.text(), " at ", card.node.value());
}

}  // namespace

std::vector<std::string> InWords(const MissingEntries& missing) {
  if (missing.filled()) return {"Every entry is here that anybody knows of."};
  return {
      absl::StrCat("Entries ", missing.held_seq + 1, " to ", missing.reached_seq, " are missing.")};
}

std::vector<std::string> InWords(const StaleUse& use, uint32_t budget) {
  if (use.number == 0) return {"No word of a supervisor for it is in the log of its outage."};
  std::vector<std::string> sentences = {
      absl::StrCat("Print ", use.number, " of class ", domain::RecordClassName(use.record_class),
                   " in its outage; policy ", use.policy_version,
                   ", which the office knew, allows ", budget, ".")};
  if (!use.granted) sentences.push_back("The supervisor had allowed fewer.");
  return sentences;
}

std::vector<std::string> InWordsOfCards(const Anomaly& anomaly) {
  if (!anomaly.kept.has_value()) return {"Nothing tells the cards apart: an officer decides."};
  std::vector<std::string> sentences = {absl::StrCat(Named(anomaly.kept->card), " stays: ",
                                                     anomaly.kept->reason == KeepReason::kDelivered
                                                         ? "it was delivered, and is valid."
                                                         : "it is under the latest valid lease.")};
  for (const CardAt& card : anomaly.cards) {
    sentences.push_back(absl::StrCat(Named(card), " comes back."));
  }
  if (anomaly.ask) {
    sentences.push_back(
        "A card that comes back had left its office: a person looks, and closes the case.");
  }
  return sentences;
}

}  // namespace keping::central
