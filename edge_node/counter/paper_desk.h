// Papers of an office: answers PaperService (keping.edge.v1) from the node, on the core thread.
//
//   PaperDesk papers({.node = node, .handover = &desk, …});
//   absl::StatusOr<v1::MakePaperResponse> answer = papers.MakePaper(request);
#ifndef KEPING_EDGE_NODE_COUNTER_PAPER_DESK_H_
#define KEPING_EDGE_NODE_COUNTER_PAPER_DESK_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/domain/entry.h"
#include "common/paper/document.h"
#include "common/paper/words.h"
#include "edge_node/counter/handover_desk.h"
#include "edge_node/node/edge_node.h"
#include "keping/edge/v1/paper.pb.h"

namespace grpc {
class Service;
}

namespace keping::runtime {
class CoreThread;
}

namespace keping::edge {

// Lives on the core thread.
class PaperDesk {
 public:
  // All outlive the desk.
  struct Ports {
    EdgeNode* node = nullptr;
    HandoverDesk* handover = nullptr;
    // Of the config.
    std::vector<std::string> letterhead;
    std::string place;
    std::string office_name;
    bool specimen = false;
  };

  explicit PaperDesk(Ports ports) : ports_(std::move(ports)) {}

  absl::StatusOr<v1::MakePaperResponse> MakePaper(const v1::MakePaperRequest& request);

 private:
  struct Content {
    paper::Document document;
    std::string name;  // of its file
  };
  absl::StatusOr<Content> ReadContent(const v1::MakePaperRequest& request);
  absl::StatusOr<Content> DayReport(const paper::Words& words, const std::string& act) const;
  absl::StatusOr<Content> Count(const paper::Words& words, const std::string& act) const;
  absl::StatusOr<Content> ManifestList(const paper::Words& words,
                                       const v1::MakePaperRequest& request);
  Content Form(const paper::Words& words, v1::PaperKind kind) const;
  // The event of this act in the own log; of an empty act the last of its kind.
  template <typename Event>
  absl::StatusOr<std::pair<domain::EntryHeader, Event>> Find(const char* what,
                                                             const std::string& act) const;

  const Ports ports_;
};

// Both outlive the service; the desk is used on `core` only.
std::unique_ptr<grpc::Service> MakePaperService(runtime::CoreThread* core, PaperDesk* desk);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_PAPER_DESK_H_
