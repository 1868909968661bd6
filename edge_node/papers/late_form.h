// Blank forms for an office whose computer does not run: each has the fields of the late entry that
// it becomes.
//
//   paper::Document form = LateFormPaper(words, LateFormKind::kSpoiled, "Kecamatan Susut");
//
// Pure.
#ifndef KEPING_EDGE_NODE_PAPERS_LATE_FORM_H_
#define KEPING_EDGE_NODE_PAPERS_LATE_FORM_H_

#include <string>

#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::edge {

// The acts that may be entered late (LateForm in keping/edge/v1/stock.proto).
enum class LateFormKind { kReceive = 1, kSpoiled, kCount, kHandover, kAnswers };
inline constexpr LateFormKind kLateForms[] = {LateFormKind::kReceive, LateFormKind::kSpoiled,
                                              LateFormKind::kCount, LateFormKind::kHandover,
                                              LateFormKind::kAnswers};

paper::Document LateFormPaper(const paper::Words& words, LateFormKind kind,
                              const std::string& office);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PAPERS_LATE_FORM_H_
