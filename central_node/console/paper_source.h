// What papers say, read from the centre's rows and logs: each function gives one paper's content.
//
//   const PaperSource source(*node, names);
//   KEPING_ASSIGN_OR_RETURN(HandoverOfBlanks bast, source.Handover(transfer));
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PAPER_SOURCE_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PAPER_SOURCE_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "central_node/papers/destruction_paper.h"
#include "central_node/papers/handover_paper.h"
#include "central_node/papers/monthly_stock_paper.h"
#include "central_node/papers/recall_paper.h"
#include "central_node/store/central_node.h"
#include "common/domain/ids.h"

namespace keping::central {

// As the config calls them; what it does not name is called by its code.
struct PlaceNames {
  std::map<domain::NodeId, std::string> offices = {};
  std::map<domain::VillageCode, std::string> villages = {};

  std::string Of(const domain::NodeId& office) const;
  // "Apuan (51.06.01.2001)": names of villages are not unique.
  std::string Of(const domain::VillageCode& village) const;
};

// A view; both outlive it. Lives on the core thread.
class PaperSource {
 public:
  PaperSource(const CentralNode& centre, const PlaceNames& names)
      : centre_(centre), names_(names) {}

  // NotFound K-352: the district sent nothing under this number.
  absl::StatusOr<HandoverOfBlanks> Handover(const domain::TransferId& transfer) const;
  // From the first of the month up to `today`, or to its last day. InvalidArgument K-353: the month
  // has not begun.
  absl::StatusOr<MonthlyStock> Month(absl::CivilMonth month, absl::CivilDay today) const;
  // By the act, or by the number that the office gave the minutes. NotFound K-352; K-354
  // FailedPrecondition: several offices gave that number.
  absl::StatusOr<Destruction> DestructionOf(const std::string& reference) const;
  // Of one office; empty: of all.
  absl::StatusOr<Recalls> OpenRecalls(const domain::NodeId& office) const;

 private:
  const CentralNode& centre_;
  const PlaceNames& names_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PAPER_SOURCE_H_
