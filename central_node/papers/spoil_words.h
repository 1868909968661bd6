// Why a blank was spoiled, as papers call it.
//
//   CauseWord(words, ReasonOf(domain::SpoilCause::kPrint))   // "Gagal cetak"
#ifndef KEPING_CENTRAL_NODE_PAPERS_SPOIL_WORDS_H_
#define KEPING_CENTRAL_NODE_PAPERS_SPOIL_WORDS_H_

#include <string>

#include "common/domain/event.h"
#include "common/paper/words.h"

namespace keping::central {

// A cause that somebody gave, or what else made the blank no card.
enum class SpoilReason {
  kFactory = 1,
  kEncode,
  kPrint,
  kMisprint,
  kWarped,
  kTestCard,
  kOpening,   // it lay in the spoiled pile at go-live, of which nobody says why
  kRecalled,  // a good card that was called back
  kNotSaid,   // no log that has arrived says it
};

// Of what is spoiled, and of what is burnt, in the order in which papers list them.
inline constexpr SpoilReason kSpoilReasons[] = {
    SpoilReason::kFactory, SpoilReason::kEncode,   SpoilReason::kPrint,  SpoilReason::kMisprint,
    SpoilReason::kWarped,  SpoilReason::kTestCard, SpoilReason::kOpening};
inline constexpr SpoilReason kBurnReasons[] = {
    SpoilReason::kFactory,  SpoilReason::kEncode,   SpoilReason::kPrint,
    SpoilReason::kMisprint, SpoilReason::kWarped,   SpoilReason::kTestCard,
    SpoilReason::kOpening,  SpoilReason::kRecalled, SpoilReason::kNotSaid};

SpoilReason ReasonOf(domain::SpoilCause cause);

std::string CauseWord(const paper::Words& words, SpoilReason reason);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_PAPERS_SPOIL_WORDS_H_
