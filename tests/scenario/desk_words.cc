#include "tests/scenario/desk_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace keping::scenario {

using namespace ::keping::domain;  // NOLINT: the words of a district

central::ResolveCase ReadDecision(const Words& words) {
  static const std::map<std::string, Resolution> kResolutions{{"accept", Resolution::kAccepted},
                                                              {"recall", Resolution::kRecall},
                                                              {"rescan", Resolution::kRescan},
                                                              {"explain", Resolution::kExplained},
                                                              {"retry", Resolution::kRetry}};
  central::ResolveCase command{.case_id = {},
                               .resolution = WordOf(kResolutions, words[3]),
                               .by = OperatorId::Of(words.after("by"))};
  if (words.has("and")) command.second = OperatorId::Of(words.after("and"));
  if (words.has("keep")) command.keep = BlankSerial::Of(words.after("keep"));
  if (words.has("document")) command.document = DocumentNumber::Of(words.after("document"));
  return command;
}

bool Means(const Words& words, const central::CaseRow& row) {
  if (row.revision == 0 || CaseKindName(row.kind) != words[1]) return false;
  return words[2] == "it" || absl::StrReplaceAll(row.entity, {{"\n", "/"}}) == words[2];
}

FiguresReported ReadFigures(const Words& words, const ActId& act, absl::CivilDay upto) {
  static const std::map<std::string, FigureKind> kKinds{{"printed", FigureKind::kPrinted},
                                                        {"destroyed", FigureKind::kDestroyed},
                                                        {"in-stock", FigureKind::kInStock}};
  FiguresReported report{.act = act,
                         .kind = WordOf(kKinds, words[1]),
                         .node = words.has("of") ? NodeId::Of(words.after("of")) : NodeId(),
                         .upto = upto,
                         .parts = {},
                         .total = NumberOf(words.after("total")),
                         .document = DocumentNumber::Of("LAP/1"),
                         .by = OperatorId::Of("rai")};
  for (size_t i = 2; words[i] != "total"; ++i) {
    report.parts.push_back({.label = absl::StrCat("part ", i - 1), .quantity = NumberOf(words[i])});
  }
  return report;
}

WithdrawalReason ReadReason(const Words& words) {
  static const std::map<std::string, WithdrawalReason> kReasons{
      {"death", WithdrawalReason::kDeath},
      {"move", WithdrawalReason::kMove},
      {"elsewhere", WithdrawalReason::kPrintedElsewhere}};
  return WordOf(kReasons, words.after("for"));
}

std::string OrderInWords(const central::ActionRow& row) {
  const bool recall = row.kind == ActionKind::kRecallCard;
  return absl::StrCat(row.node.value(), recall ? " recalls " : " scans ",
                      row.blank.has_value() ? row.blank->text() : "-",
                      row.acknowledgements.empty() ? "" : ", done");
}

}  // namespace keping::scenario
