// What the screens show beside the counter's own answers: the office, the plan by village, and
// whose card an open job is.
//
//   OfficeView view(&node, &clock, {.office_name = "Susut", …});
//   absl::StatusOr<v1::GetPlanResponse> plan = view.GetPlan({});
//
// Names of residents leave only through GetCard, and only while their job is open.
#ifndef KEPING_EDGE_NODE_COUNTER_OFFICE_VIEW_H_
#define KEPING_EDGE_NODE_COUNTER_OFFICE_VIEW_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "edge_node/node/edge_node.h"
#include "keping/edge/v1/screen.pb.h"

namespace keping::edge {

struct OfficeFacts {
  std::string office_name;
  int32_t utc_offset_minutes = 0;
  bool specimen = false;
  // Asked before a resident's data are shown; not OK: they are not.
  std::function<absl::Status(const NoteRead&)> note_read = {};
};

// Lives on the core thread.
class OfficeView {
 public:
  // Both outlive the view.
  OfficeView(const EdgeNode* node, const time::Clock* clock, OfficeFacts facts)
      : node_(node), clock_(clock), facts_(std::move(facts)) {}

  absl::StatusOr<v1::GetOfficeResponse> GetOffice(const v1::GetOfficeRequest& request);
  absl::StatusOr<v1::GetPlanResponse> GetPlan(const v1::GetPlanRequest& request);
  // `caller` is who is signed in at the screen; empty on the node's own socket, of which nobody
  // knows who reads there.
  absl::StatusOr<v1::GetCardResponse> GetCard(const v1::GetCardRequest& request,
                                              const std::string& caller = "");

 private:
  struct VillageNames {
    std::string village;
    std::string kecamatan;
  };

  // Adds the duties; the cards that all printers may still print today.
  uint64_t FillDuties(v1::GetPlanResponse& response) const;
  // The names of a village as one of its records has them.
  const VillageNames& NamesOf(const domain::PrrItem& item);

  const EdgeNode* const node_;
  const time::Clock* const clock_;
  const OfficeFacts facts_;
  std::map<domain::VillageCode, VillageNames> names_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_COUNTER_OFFICE_VIEW_H_
