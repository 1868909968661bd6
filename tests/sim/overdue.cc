#include "tests/sim/overdue.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"
#include "tests/sim/laws.h"

namespace keping::sim {

using domain::CaseKind;

void Overdue::Hourly() {
  // What is held and not judged yet shows nothing.
  if (!centre_.listening() || centre_.node()->to_judge() > 0) return;
  for (const auto& [act, doubt] : chronicle_.doubts) {
    if (!answered_.contains(act)) CheckDoubt(act, doubt);
  }
  for (const auto& [transfer, box] : chronicle_.sent) CheckBox(transfer, box);
}

bool Overdue::Holds(const domain::NodeId& node, const domain::IncarnationId& incarnation,
                    uint64_t seq) {
  const std::string key = storage::NodeEntryKey(node.value(), incarnation.value(), seq);
  return centre_.store().DurableGet(key).has_value();
}

// Under which seq something stands is known of a log alone that is what it was.
void Overdue::CheckDoubt(const domain::ActId& act, const HeardDoubt& doubt) {
  const int office = chronicle_.node(doubt.log).office;
  const auto intent = chronicle_.intents.find(act.value());
  if (chronicle_.WasUpset(office) || intent == chronicle_.intents.end()) return;
  const domain::NodeId node = OfficeId(office);
  if (chronicle_.ClosedDaysSince(node, intent->second.wall_micros) < kDoubtDays) return;
  if (!Holds(node, doubt.incarnation, doubt.seq)) return;
  if (doubt.answered_seq != 0 && Holds(node, doubt.incarnation, doubt.answered_seq)) {
    answered_.insert(act);
    return;
  }
  Want({CaseKind::kDoubtUnresolved, act.value()}, "is in doubt");
}

void Overdue::CheckBox(const domain::TransferId& transfer, const HeardBox& box) {
  if (chronicle_.ClosedDaysSince(box.node, box.wall_micros) < kSilentBoxDays) return;
  const bool received = std::any_of(
      chronicle_.receptions.begin(), chronicle_.receptions.end(), [&](const HeardReception& one) {
        const int office = chronicle_.node(one.log).office;
        return one.event.transfer == transfer &&
               (chronicle_.WasUpset(office) || Holds(OfficeId(office), one.incarnation, one.seq));
      });
  if (!received) Want({CaseKind::kTransferSilent, transfer.value()}, "was received by nobody");
}

void Overdue::Want(const CaseOf& one, const std::string& what) {
  if (chronicle_.HasCase(one)) return;
  world_.Break("shown by a case",
               absl::StrCat(one.second, " ", what, " for too long, and has no case"));
}

}  // namespace keping::sim
