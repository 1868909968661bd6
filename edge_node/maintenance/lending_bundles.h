// Lending between two offices that have no link to anyone, by files (common/bundle):
//
//   1. The office that needs blanks makes a request: whom they may be lent to, with its
//   certificate.
//   2. The other one lends (core/inventory_decisions.h) and then makes the slip: its log's entry
//      about it, sealed to the office that asked.
//   3. The first one imports the slip, and scans what came. The scan alone gives it the blanks.
//
//   LendingBundles lendings(&node, papers);
//   lendings.OpenRequest(lender); lendings.OpenSlip(request); lendings.OpenImport(manifest);
#ifndef KEPING_EDGE_NODE_MAINTENANCE_LENDING_BUNDLES_H_
#define KEPING_EDGE_NODE_MAINTENANCE_LENDING_BUNDLES_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/bundle/manifest.h"
#include "common/bundle/pack.h"
#include "common/domain/ids.h"
#include "common/rpc/bundle_desk.h"
#include "edge_node/node/edge_node.h"
#include "keping/maintenance/v1/bundle.pb.h"

namespace keping::edge {

// By which offices of one district know each other. All PEM. Secret.
struct OfficePapers {
  std::string authority;
  std::string certificate;
  std::string key;  // of the certificate
};

// Lives on the core thread.
class LendingBundles {
 public:
  // The node outlives it. `papers` are asked anew each time: certificates are renewed.
  LendingBundles(EdgeNode* node, std::function<OfficePapers()> papers)
      : node_(node), papers_(std::move(papers)) {}

  absl::StatusOr<std::unique_ptr<bundle::Outgoing>> OpenRequest(const domain::NodeId& lender) const;

  // NotFound with K-268: nothing was lent under this number. InvalidArgument with K-246: the
  // request is not of the office that it was lent to, or for another lender. PermissionDenied with
  // K-247 or K-267: nothing shows who made the request.
  absl::StatusOr<std::unique_ptr<bundle::Outgoing>> OpenSlip(
      const maintenance::v1::OpenExportRequest& request) const;

  // InvalidArgument with K-246: not a slip for this node as it is now. PermissionDenied with K-267.
  absl::StatusOr<std::unique_ptr<rpc::IncomingBundle>> OpenImport(const bundle::Manifest& manifest);

 private:
  absl::StatusOr<bundle::Manifest> Draft(bundle::Kind kind, const domain::NodeId& recipient) const;
  absl::Status CheckRequest(const bundle::Manifest& asked, const Lending& lent) const;

  EdgeNode* const node_;
  const std::function<OfficePapers()> papers_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_MAINTENANCE_LENDING_BUNDLES_H_
