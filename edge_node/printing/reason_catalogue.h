// The tables behind reasons.h. Only reasons.cc and the tests use them.
#ifndef KEPING_EDGE_NODE_PRINTING_REASON_CATALOGUE_H_
#define KEPING_EDGE_NODE_PRINTING_REASON_CATALOGUE_H_

#include <cstddef>

namespace keping::edge {

// What a person does about it; each has its sentence in both languages.
enum class Remedy {
  kNothing,
  kWait,
  kLoadCards,
  kClearJam,
  kCloseCover,
  kChangeRibbon,
  kPrepareRibbon,
  kEmptyTray,
  kCoolDown,
  kWarmUp,
  kClean,
  kPreparePart,
  kChangePart,
  kInsertPart,
  kRestart,
  kResume,
  kCheckCable,
  kReadDisplay,
  kLookForCard,
  kSettings,
  kTechnician,
};

struct RemedyWords {
  const char* indonesian;
  const char* english;
};

RemedyWords WordsOf(Remedy remedy);

struct ReasonRow {
  const char* keyword;  // without a suffix of severity
  bool stops_printing;
  Remedy remedy;
  const char* indonesian;
  const char* english;
  const char* code = "";
};

// Null when the keyword is not in the table.
const ReasonRow* FindReason(const char* keyword);

// Reasons of the registry that are made of a part and its condition: "stacker-jam".
struct PartRow {
  const char* keyword;
  const char* indonesian;
  const char* english;
};

// The part whose keyword and a hyphen begin `keyword`, else null.
const PartRow* FindPart(const char* keyword);
const ReasonRow* FindPartCondition(const char* condition);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_REASON_CATALOGUE_H_
