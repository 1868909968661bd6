// Bundles at an edge node (keping.maintenance.v1.BundleService): packs its log for a person to
// carry to the centre, and takes the answer; and the slips of what offices lend to each other.
//
//   Bundles bundles(&node, papers, taken);
//   rpc::BundleDesk desk({…, .open_export = [&](const auto& r) { return bundles.OpenExport(r); }});
#ifndef KEPING_EDGE_NODE_MAINTENANCE_BUNDLES_H_
#define KEPING_EDGE_NODE_MAINTENANCE_BUNDLES_H_

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "common/bundle/manifest.h"
#include "common/bundle/pack.h"
#include "common/rpc/bundle_desk.h"
#include "edge_node/maintenance/lending_bundles.h"
#include "edge_node/node/edge_node.h"
#include "keping/maintenance/v1/bundle.pb.h"

namespace keping::edge {

// Lives on the core thread.
class Bundles {
 public:
  // The node outlives it. `taken` is called after an answer was taken over: what the feed said may
  // concern whoever is signed in, and a session that is up goes on behind it.
  Bundles(EdgeNode* node, std::function<OfficePapers()> papers, std::function<void()> taken)
      : node_(node), lendings_(node, std::move(papers)), taken_(std::move(taken)) {}

  // OutOfRange: the log ends before from_seq. For what passes between offices the codes of
  // LendingBundles.
  absl::StatusOr<std::unique_ptr<bundle::Outgoing>> OpenExport(
      const maintenance::v1::OpenExportRequest& request);
  // InvalidArgument with K-246: not for this node; FailedPrecondition with K-250: of an earlier
  // centre.
  absl::StatusOr<std::unique_ptr<rpc::IncomingBundle>> OpenImport(const bundle::Manifest& manifest);

 private:
  EdgeNode* const node_;
  LendingBundles lendings_;
  const std::function<void()> taken_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_MAINTENANCE_BUNDLES_H_
