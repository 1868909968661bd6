// Counts the blanks of boxes that came by quantity from raw log events: the part of the census
// (conservation.h) that knows no serials. As that one it shares no code with ledger and judges.
//
//   BoxCensus boxes;
//   boxes.Add(logged);
//   boxes.Contents(is_answered_for).at(box).unidentified;    // 150
#ifndef KEPING_COMMON_CLI_CONSERVATION_BOXES_H_
#define KEPING_COMMON_CLI_CONSERVATION_BOXES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "common/crypto/hash.h"
#include "common/domain/box.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::cli {

struct LoggedEvent;
// Account and holder; empty: the district.
using CustodyPlace = std::pair<std::string, std::string>;
using CustodyTotals = std::map<CustodyPlace, int64_t>;

struct BoxContents {
  CustodyPlace place;        // of what nobody scanned
  int64_t held = 0;          // by its note
  int64_t unidentified = 0;  // of them nobody scanned
  int64_t excess = 0;        // scanned out of it beyond what it held
};

// Not thread-safe.
class BoxCensus {
 public:
  // Whether an allotment or an inventory at go-live names the serial.
  using AnsweredFor = absl::FunctionRef<bool(const domain::BlankSerial&)>;

  void Add(const LoggedEvent& logged);
  // A dispatch, also one that an office told of after the centre was set back.
  void AddSending(const crypto::Hash& id, const domain::TransferId& transfer,
                  const domain::NodeId& node, const std::vector<domain::Box>& boxes);

  // What was scanned under the first name is known under the second one.
  void Rename(const std::map<domain::BlankSerial, domain::BlankSerial>& aliases);

  // Somebody scanned it out of a box.
  bool CameOut(const domain::BlankSerial& blank) const { return came_out_.contains(blank); }
  // Of every box that somebody speaks of.
  std::map<domain::BoxId, BoxContents> Contents(AnsweredFor answered_for) const;
  // Of one office: blanks in its boxes that nobody scanned, by the quantities on their receipts.
  uint64_t LeftAtOffice() const;
  // By the delivery notes.
  uint64_t declared_quantity() const;

 private:
  struct Mark {
    domain::NodeId node;
    domain::IncarnationId incarnation;
    domain::TransferId transfer;
  };
  struct Loss {
    domain::NodeId node;
    std::set<domain::IncarnationId> logs;
  };
  struct Trail {
    std::map<crypto::Hash, uint64_t> quantities;  // by note
    std::map<crypto::Hash, uint64_t> receipts;    // as the office wrote them down
    std::map<crypto::Hash, Mark> sent;
    std::map<crypto::Hash, Mark> came;
    std::map<crypto::Hash, Mark> sought;   // not found with its transfer
    std::map<crypto::Hash, Mark> strayed;  // found where nobody sent it
    std::map<crypto::Hash, Mark> opened;
    std::map<crypto::Hash, Loss> lost;
    domain::SerialSet scanned;
    bool emptied = false;
  };

  CustodyPlace PlaceOf(const Trail& trail) const;
  static bool SeenAfter(const Trail& trail, const Loss& loss);
  // The box that a serial is part of: the first by its number.
  const domain::BoxId& BoxOf(const domain::BlankSerial& blank) const;

  std::map<domain::BoxId, Trail> trails_;
  std::map<domain::BlankSerial, std::set<domain::BoxId>> came_out_;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_CONSERVATION_BOXES_H_
