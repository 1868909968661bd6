// Posts verdicts: diffs them with the ones before and turns the difference into moves, tallies,
// what the nodes are told and what is reported.
#ifndef KEPING_CENTRAL_NODE_CORE_POSTING_H_
#define KEPING_CENTRAL_NODE_CORE_POSTING_H_

#include <map>
#include <string>

#include "central_node/core/fold.h"
#include "central_node/core/judge_blank.h"
#include "central_node/core/judge_box.h"
#include "central_node/core/judge_prr.h"
#include "central_node/core/judge_transfer.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"
#include "central_node/core/step.h"

namespace keping::central {

// Of everything that a step touched.
struct Verdicts {
  std::map<domain::BlankSerial, BlankVerdict> blanks;
  std::map<domain::PrrId, PrrVerdict> prrs;
  std::map<domain::TransferId, TransferVerdict> transfers;
  std::map<domain::BoxId, BoxVerdict> boxes;
};

// Appends to the node's feed.
void TellNode(const domain::NodeId& node, std::string key, decltype(FeedChange::body) body,
              Resident& resident, Effects& effects);

void Post(const Settings& settings, Mode mode, const Verdicts& verdicts, const Touched& touched,
          Rows& rows, Resident& resident, Effects& effects);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_POSTING_H_
