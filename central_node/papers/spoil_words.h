// Why a blank was spoiled, as papers call it.
#ifndef KEPING_CENTRAL_NODE_PAPERS_SPOIL_WORDS_H_
#define KEPING_CENTRAL_NODE_PAPERS_SPOIL_WORDS_H_

#include <string>

#include "common/domain/event.h"
#include "common/paper/words.h"

namespace keping::central {

// In the order in which papers list them.
inline constexpr domain::SpoilCause kSpoilCauses[] = {
    domain::SpoilCause::kFactory, domain::SpoilCause::kEncode, domain::SpoilCause::kPrint,
    domain::SpoilCause::kMisprint, domain::SpoilCause::kWarped};

std::string CauseWord(const paper::Words& words, domain::SpoilCause cause);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_PAPERS_SPOIL_WORDS_H_
