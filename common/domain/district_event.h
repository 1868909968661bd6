// What people of the district enter and decide, and what the passing of days is to the centre; part
// of the variant of common/domain/event.h.
//
//   Event event = DayClosed{.day = absl::CivilDay(2017, 4, 27), .working = {node}, .heard =
//   {node}};
#ifndef KEPING_COMMON_DOMAIN_DISTRICT_EVENT_H_
#define KEPING_COMMON_DOMAIN_DISTRICT_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/domain/blank_serial.h"
#include "common/domain/ids.h"
#include "common/domain/office_event.h"
#include "common/domain/policy.h"
#include "common/domain/serial_set.h"

namespace keping::domain {

// What an officer decides on a case. kAccepted: the facts stand and nothing follows. kRecall: the
// cards are called back, but the one that stays. kRescan: the offices look at what they have.
// kExplained: a document tells what happened; what it says is entered as facts of its own. kRetry:
// a rejected report is sent again.
enum class Resolution { kAccepted = 1, kRecall = 2, kRescan = 3, kExplained = 4, kRetry = 5 };

struct CaseDecided {
  CaseId case_id;
  uint32_t revision = 0;  // of the case, as whoever decided saw it
  Resolution resolution = Resolution::kAccepted;
  std::optional<BlankSerial> keep;  // of kRecall: the card that stays
  OperatorId by;
  OperatorId second;        // or empty
  DocumentNumber document;  // of kExplained; or empty

  friend bool operator==(const CaseDecided&, const CaseDecided&) = default;
};

// A day is over at the district. The judges know time by this alone.
struct DayClosed {
  absl::CivilDay day;
  std::vector<NodeId> working;  // offices for which it was a working day, ascending
  // Offices that the centre was in contact with since the day before was closed, ascending; and all
  // of a day on which the centre itself did not run.
  std::vector<NodeId> heard;

  friend bool operator==(const DayClosed&, const DayClosed&) = default;
};

// A node that was silent on the last closed day is in contact again.
struct NodeHeard {
  NodeId node;

  friend bool operator==(const NodeHeard&, const NodeHeard&) = default;
};

struct PolicySet {
  Policy policy;
  OperatorId by;
  OperatorId second;

  friend bool operator==(const PolicySet&, const PolicySet&) = default;
};

// A village said on which day its people can come, or took it back.
struct VillageReadinessSet {
  VillageCode village;
  absl::CivilDay day;
  uint32_t persons = 0;  // at most so many that day; 0: as many as there are
  bool withdrawn = false;
  OperatorId by;

  friend bool operator==(const VillageReadinessSet&, const VillageReadinessSet&) = default;
};

enum class AbsenceKind { kLeave = 1, kTraining = 2, kOtherOffice = 3 };

// An operator is not at the office from the first to the last day, or will be after all.
struct AbsenceSet {
  OperatorId operator_id;
  AbsenceKind kind = AbsenceKind::kLeave;
  absl::CivilDay first;
  absl::CivilDay last;
  NodeId node;  // of kOtherOffice: where the person works meanwhile; or empty
  bool withdrawn = false;
  OperatorId by;

  friend bool operator==(const AbsenceSet&, const AbsenceSet&) = default;
};

// What the district knows of a printer, for its plans.
struct PrinterStated {
  PrinterId printer;
  NodeId node;
  uint32_t cards_per_day = 0;  // 0: it does not print
  absl::CivilDay from;         // from this day on
  OperatorId by;

  friend bool operator==(const PrinterStated&, const PrinterStated&) = default;
};

enum class FigureKind { kPrinted = 1, kSpoiled = 2, kHandedOver = 3, kDestroyed = 4, kInStock = 5 };

// A report on paper or by phone: what somebody says, with its sum as stated. It is compared, and
// never becomes a balance.
struct FiguresReported {
  struct Part {
    std::string label;  // at most 64 bytes
    uint64_t quantity = 0;

    friend bool operator==(const Part&, const Part&) = default;
  };

  ActId act;
  FigureKind kind = FigureKind::kPrinted;
  NodeId node;          // empty: the whole district
  absl::CivilDay upto;  // the figures count from the first day to the end of this one
  std::vector<Part> parts;
  uint64_t total = 0;  // as the report states it
  DocumentNumber document;
  OperatorId by;

  friend bool operator==(const FiguresReported&, const FiguresReported&) = default;
};

// Two names of one blank: its printed serial and the chip's UID.
struct BlankIdentified {
  ActId act;
  BlankSerial printed;
  BlankSerial uid;
  OperatorId operator_id;

  friend bool operator==(const BlankIdentified&, const BlankIdentified&) = default;
};

// How blanks pass between this district and another one. What comes back, or is given back, may be
// the same blanks or others.
enum class LoanStep { kLentOut = 1, kCameBack = 2, kBorrowed = 3, kGivenBack = 4 };

// Blanks of the district's stock went to another district, or blanks came from one, under a paper.
struct LoanMoved {
  ActId act;
  LoanStep step = LoanStep::kLentOut;
  DistrictCode district;  // the other one
  SerialSet blanks;
  absl::CivilDay day;  // of the paper
  DocumentNumber document;
  OperatorId by;
  OperatorId second;

  friend bool operator==(const LoanMoved&, const LoanMoved&) = default;
};

enum class SupplyStep { kTakenIn = 1, kDispatched = 2, kSpoiled = 3, kCounted = 4 };

// Ribbons, films or cleaning cards of the district's stock, which are counted there by lot: a
// delivery came, a parcel went to an office, some are unusable, or somebody counted.
struct SupplyMoved {
  ActId act;
  SupplyStep step = SupplyStep::kTakenIn;
  ConsumableKind kind = ConsumableKind::kRibbon;
  SupplyLotId lot;
  uint32_t quantity = 0;  // pieces; of kCounted: as counted
  uint32_t book = 0;      // of kCounted: pieces that the book had then
  uint32_t panels = 0;    // of kTakenIn: cards that one of them makes, as promised; or 0
  TransferId transfer;    // of kDispatched; or empty
  NodeId node;            // of kDispatched: where to; or empty
  DocumentNumber document;
  OperatorId by;
  OperatorId second;  // of kSpoiled and kCounted; or empty

  friend bool operator==(const SupplyMoved&, const SupplyMoved&) = default;
};

// The sealed pictures and signatures of these records are gone from this node's database, with the
// keys that opened them.
struct PicturesDestroyed {
  std::vector<PrrId> prrs;
  OperatorId by;  // empty: by policy

  friend bool operator==(const PicturesDestroyed&, const PicturesDestroyed&) = default;
};

// Two people of the district ask the capital for blanks.
struct BlanksRequested {
  RequestId request;
  uint64_t quantity = 0;
  absl::CivilDay needed_by;  // the day on which they are to be here
  OperatorId by;
  OperatorId second;

  friend bool operator==(const BlanksRequested&, const BlanksRequested&) = default;
};

// What the capital says to it.
struct BlanksRequestAnswered {
  RequestId request;
  bool accepted = false;
  std::optional<absl::CivilDay> expected;  // when they come, where that was said
  std::string reason;                      // the centre's reason code when not accepted

  friend bool operator==(const BlanksRequestAnswered&, const BlanksRequestAnswered&) = default;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_DISTRICT_EVENT_H_
