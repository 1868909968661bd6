// Papers of the district: what PaperService answers, without gRPC.
//
//   PaperConsole papers({.node = node.get(), .planning = planning.get(), …});
//   absl::StatusOr<v1::MakePaperResponse> response = papers.MakePaper(request);
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PAPER_CONSOLE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PAPER_CONSOLE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "central_node/console/paper_numbers.h"
#include "central_node/console/paper_source.h"
#include "central_node/console/planning_console.h"
#include "central_node/store/central_node.h"
#include "common/crypto/hash.h"
#include "common/paper/document.h"
#include "common/paper/words.h"
#include "common/storage/kv_store.h"
#include "common/time/clock.h"
#include "keping/central/v1/paper.pb.h"

namespace keping::central {

// What the config says of papers.
struct PaperFrame {
  std::vector<std::string> letterhead;
  std::string place;
  std::string number_form;
  PlaceNames names;
  bool specimen = false;
};

// Lives on the core thread.
class PaperConsole {
 public:
  // All outlive the console.
  struct Ports {
    CentralNode* node = nullptr;
    storage::KvStore* store = nullptr;  // of the node
    PlanningConsole* planning = nullptr;
    const time::Clock* clock = nullptr;
    PaperFrame frame;
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };

  explicit PaperConsole(Ports ports);

  absl::StatusOr<v1::MakePaperResponse> MakePaper(const v1::MakePaperRequest& request);
  absl::StatusOr<v1::ListPapersResponse> ListPapers(const v1::ListPapersRequest& request);
  absl::StatusOr<v1::VoidPaperResponse> VoidPaper(const v1::VoidPaperRequest& request);

 private:
  absl::CivilDay Today() const;
  // What the paper says, and what it is of.
  struct Content {
    paper::Document document;
    crypto::Hash hash;  // of what it says in Indonesian
    std::string subject;
  };
  template <typename Data>
  static Content ContentOf(paper::Document (*paper_of)(const paper::Words&, const Data&),
                           const paper::Words& words, const Data& data, std::string subject);
  absl::StatusOr<Content> ReadContent(const v1::MakePaperRequest& request);
  absl::StatusOr<Content> Handover(const paper::Words& words, const std::string& transfer);
  absl::StatusOr<Content> MonthlyStock(const paper::Words& words, absl::CivilDay day);
  absl::StatusOr<Content> Destruction(const paper::Words& words, const std::string& reference);
  absl::StatusOr<Content> Recalls(const paper::Words& words, const std::string& office);
  absl::StatusOr<Content> Invitations(const paper::Words& words, const std::string& village,
                                      const std::string& by);
  absl::StatusOr<Content> Register(const paper::Words& words, absl::CivilDay day);

  const Ports ports_;
  PaperNumbers numbers_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PAPER_CONSOLE_H_
