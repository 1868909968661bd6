// The desk where finished cards are given out: answers HandoverService (keping.edge.v1) from the
// node, on the core thread.
//
//   HandoverDesk desk(&node, {.office_name = "Susut", …});
//   absl::StatusOr<v1::AskStatusResponse> answer = desk.AskStatus(request);
#ifndef KEPING_EDGE_NODE_COUNTER_HANDOVER_DESK_H_
#define KEPING_EDGE_NODE_COUNTER_HANDOVER_DESK_H_

#include <string>

#include "absl/status/statusor.h"
#include "edge_node/node/edge_node.h"
#include "edge_node/papers/manifest_paper.h"
#include "keping/edge/v1/handover.pb.h"

namespace keping::edge {

struct PaperFacts {
  std::string office_name;
  bool specimen = false;
};

// Lives on the core thread. `node` outlives it.
class HandoverDesk {
 public:
  HandoverDesk(EdgeNode* node, PaperFacts facts) : node_(node), facts_(std::move(facts)) {}

  absl::StatusOr<v1::ListManifestsResponse> ListManifests(const v1::ListManifestsRequest& request);
  absl::StatusOr<v1::MakeManifestResponse> MakeManifest(const v1::MakeManifestRequest& request);
  absl::StatusOr<v1::GetManifestResponse> GetManifest(const v1::GetManifestRequest& request);
  absl::StatusOr<v1::GetManifestPaperResponse> GetManifestPaper(
      const v1::GetManifestPaperRequest& request);
  // The same as a description, for PaperDesk. On record.
  absl::StatusOr<ManifestPaper> ReadManifest(const std::string& manifest,
                                             const std::string& operator_id);
  absl::StatusOr<v1::HandOverResponse> HandOver(const v1::HandOverRequest& request);
  absl::StatusOr<v1::AnswerCardsResponse> AnswerCards(const v1::AnswerCardsRequest& request);
  absl::StatusOr<v1::AskStatusResponse> AskStatus(const v1::AskStatusRequest& request);

 private:
  absl::StatusOr<const edge::Manifest*> Find(const std::string& manifest) const;
  void Fill(const edge::Manifest& manifest, v1::Manifest& proto) const;
  ManifestPaper PaperOf(const edge::Manifest& manifest) const;

  EdgeNode* const node_;
  const PaperFacts facts_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_HANDOVER_DESK_H_
