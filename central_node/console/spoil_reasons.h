// Why a blank was spoiled: what the facts about it say that nobody set aside, under whichever of
// its names.
//
//   SpoilReasons reasons;
//   KEPING_RETURN_IF_ERROR(ScanLogs(centre, [&](const auto& entry) { reasons.Hear(entry); }));
//   KEPING_ASSIGN_OR_RETURN(const SpoilReasons::Spoil spoil, reasons.Of(centre, serial));
#ifndef KEPING_CENTRAL_NODE_CONSOLE_SPOIL_REASONS_H_
#define KEPING_CENTRAL_NODE_CONSOLE_SPOIL_REASONS_H_

#include <map>

#include "absl/status/statusor.h"
#include "central_node/core/input.h"
#include "central_node/papers/spoil_words.h"
#include "central_node/store/central_node.h"
#include "common/crypto/hash.h"
#include "common/domain/blank_serial.h"

namespace keping::central {

// A value; on the core thread.
class SpoilReasons {
 public:
  struct Spoil {
    SpoilReason reason = SpoilReason::kNotSaid;
    crypto::Hash fact =
        {};  // that spoiled it; of a card that was called back, and of kNotSaid, none
  };

  // Every entry of every log.
  void Hear(const ArrivedEntry& entry);
  // DataLoss K-355: a fact of the blank is in no log.
  absl::StatusOr<Spoil> Of(const CentralNode& centre, const domain::BlankSerial& blank) const;

 private:
  std::map<crypto::Hash, SpoilReason> said_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_SPOIL_REASONS_H_
