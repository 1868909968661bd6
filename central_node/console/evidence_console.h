// Packs evidence: every entry that speaks of a case or a blank, with what proves it.
//
//   EvidenceConsole evidence({.node = node.get(), .desk = desk.get(), .signer = …});
//   absl::StatusOr<v1::PackEvidenceResponse> response = evidence.PackEvidence(request);
#ifndef KEPING_CENTRAL_NODE_CONSOLE_EVIDENCE_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_EVIDENCE_CONSOLE_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "central_node/console/desk_console.h"
#include "central_node/store/central_node.h"
#include "common/crypto/signer.h"
#include "common/time/clock.h"
#include "keping/central/v1/evidence.pb.h"

namespace keping::central {

// Lives on the core thread.
class EvidenceConsole {
 public:
  // All outlive the console.
  struct Ports {
    CentralNode* node = nullptr;
    DeskConsole* desk = nullptr;
    const crypto::Signer* signer = nullptr;  // of receipts
    const time::Clock* clock = nullptr;
    std::string district;
  };

  explicit EvidenceConsole(Ports ports) : ports_(std::move(ports)) {}

  absl::StatusOr<v1::PackEvidenceResponse> PackEvidence(const v1::PackEvidenceRequest& request);

 private:
  // What the desk answers, and the entries that it names.
  absl::Status Answer(const v1::PackEvidenceRequest& request, v1::PackContents& contents,
                      google::protobuf::RepeatedPtrField<v1::Fact>& facts);
  absl::Status AddEntries(const google::protobuf::RepeatedPtrField<v1::Fact>& facts,
                          v1::PackContents& contents) const;

  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_EVIDENCE_CONSOLE_H_
