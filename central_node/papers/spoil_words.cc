#include "central_node/papers/spoil_words.h"

namespace keping::central {

SpoilReason ReasonOf(domain::SpoilCause cause) {
  switch (cause) {
    case domain::SpoilCause::kFactory:
      return SpoilReason::kFactory;
    case domain::SpoilCause::kEncode:
      return SpoilReason::kEncode;
    case domain::SpoilCause::kPrint:
      return SpoilReason::kPrint;
    case domain::SpoilCause::kMisprint:
      return SpoilReason::kMisprint;
    case domain::SpoilCause::kWarped:
      return SpoilReason::kWarped;
  }
  return SpoilReason::kNotSaid;
}

std::string CauseWord(const paper::Words& words, SpoilReason reason) {
  switch (reason) {
    case SpoilReason::kFactory:
      return words("cause.factory");
    case SpoilReason::kEncode:
      return words("cause.encode");
    case SpoilReason::kPrint:
      return words("cause.print");
    case SpoilReason::kMisprint:
      return words("cause.misprint");
    case SpoilReason::kWarped:
      return words("cause.warped");
    case SpoilReason::kTestCard:
      return words("cause.testCard");
    case SpoilReason::kOpening:
      return words("cause.opening");
    case SpoilReason::kRecalled:
      return words("cause.recalled");
    case SpoilReason::kNotSaid:
      return words("cause.notSaid");
  }
  return "";
}

}  // namespace keping::central
