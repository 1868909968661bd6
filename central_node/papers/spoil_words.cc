#include "central_node/papers/spoil_words.h"

namespace keping::central {

std::string CauseWord(const paper::Words& words, domain::SpoilCause cause) {
  switch (cause) {
    case domain::SpoilCause::kFactory:
      return words("cause.factory");
    case domain::SpoilCause::kEncode:
      return words("cause.encode");
    case domain::SpoilCause::kPrint:
      return words("cause.print");
    case domain::SpoilCause::kMisprint:
      return words("cause.misprint");
    case domain::SpoilCause::kWarped:
      return words("cause.warped");
  }
  return "";
}

}  // namespace keping::central
