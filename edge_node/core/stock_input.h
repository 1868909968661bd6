// What people do with stock and with finished cards, as inputs of the edge core; part of input.h.
//
//   core.Step(now, conditions, CountPile{.act = act, .pile = Pile::kTray, .scanned = scans, …});
//
// Each act id is random and made by the shell.
#ifndef KEPING_EDGE_NODE_CORE_STOCK_INPUT_H_
#define KEPING_EDGE_NODE_CORE_STOCK_INPUT_H_

#include <cstdint>

#include "absl/time/civil_time.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"

namespace keping::edge {

// What lies in the office at go-live.
struct OpenStock {
  domain::ActId act;
  domain::Pile pile = domain::Pile::kTray;
  domain::SerialSet serials;
  domain::DocumentNumber minutes;
  domain::OperatorId operator_id;
  domain::OperatorId second;
};

// After the machine was restored or cloned: the blanks that are there.
struct RescanStock {
  domain::ActId act;
  domain::SerialSet scanned;
  domain::OperatorId operator_id;
  domain::OperatorId second;
};

// Blanks are scanned out of a box; `emptied`: these were the last. Fewer than its paper says take a
// second person.
struct OpenBox {
  domain::ActId act;
  domain::BoxId box;
  domain::SerialSet scanned;
  bool emptied = false;
  domain::OperatorId operator_id;
  domain::OperatorId second;  // or empty
};

// Blanks of the tray leave for another office, which takes them over by scan under `transfer`.
struct LendBlanks {
  domain::ActId act;
  domain::TransferId transfer;
  domain::NodeId to;
  domain::SerialSet blanks;
  domain::OperatorId operator_id;
  domain::OperatorId second;
};

struct CountPile {
  domain::ActId act;
  domain::Pile pile = domain::Pile::kTray;
  domain::SerialSet scanned;
  domain::OperatorId operator_id;
  domain::OperatorId second;  // or empty
};

struct DestroyCards {
  domain::ActId act;
  domain::SerialSet serials;
  domain::DocumentNumber minutes;
  domain::OperatorId operator_id;
  domain::OperatorId second;
  crypto::Hash witnesses;  // name of the side record; or zero
};

struct ReceiveConsumable {
  domain::ActId act;
  domain::ConsumableKind kind = domain::ConsumableKind::kRibbon;
  domain::ConsumableId consumable;
  uint32_t quantity = 1;
  uint32_t panels = 0;  // that it promises; 0: not said
  domain::OperatorId operator_id;
  domain::TransferId transfer = {};  // the district's parcel that it came in; or empty
};

// One in stock is unusable, or so many pieces of it were counted there.
struct SettleConsumable {
  domain::ActId act;
  domain::ConsumableId consumable;
  domain::ConsumableStep step = domain::ConsumableStep::kSpoiled;  // or kCounted
  uint32_t quantity = 1;                                           // of kCounted: 0 is possible
  domain::OperatorId operator_id;
  domain::OperatorId second;  // of kCounted
};

// Lists cards for a village head: those named, or all of the village that can go.
struct MakeManifest {
  domain::ActId act;
  domain::VillageCode village;
  domain::SerialSet cards;
  domain::OperatorId operator_id;
};

struct HandOver {
  domain::ActId act;
  domain::ActId manifest;
  absl::CivilDay day;
  crypto::Hash receiver;  // name of the side record; or zero
  domain::OperatorId operator_id;
};

// What became of cards. Without a manifest: single cards, also handed to the resident at the
// counter.
struct AnswerCards {
  domain::ActId act;
  domain::ActId manifest;  // or empty
  domain::SerialSet delivered;
  domain::SerialSet not_found;
  domain::SerialSet returned;
  // All that the manifest still has out, but for those named above.
  bool rest_delivered = false;
  domain::OperatorId operator_id;
};

// Somebody looks at names of people: on a paper, or sealed with an act.
struct ViewNames {
  domain::OperatorId operator_id;
};

// A resident asks; the node has looked the NIK up already.
struct AskStatus {
  domain::OperatorId operator_id;
  crypto::Hash nik_key;
  domain::PrrId prr;  // the record that answers; or empty
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_STOCK_INPUT_H_
