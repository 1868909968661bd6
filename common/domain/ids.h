// The identifiers of the domain. Each is opaque text (common/base/strong_id.h) of its own type.
#ifndef KEPING_COMMON_DOMAIN_IDS_H_
#define KEPING_COMMON_DOMAIN_IDS_H_

#include <compare>
#include <cstdint>

#include "common/base/strong_id.h"

namespace keping::domain {

struct NodeTag {
  static constexpr const char* kName = "node id";
};
struct IncarnationTag {
  static constexpr const char* kName = "incarnation id";
};
struct PrrTag {
  static constexpr const char* kName = "PRR id";
};
struct ActTag {
  static constexpr const char* kName = "act id";
};
struct TransferTag {
  static constexpr const char* kName = "transfer id";
};
struct AllotmentTag {
  static constexpr const char* kName = "allotment id";
};
struct OperatorTag {
  static constexpr const char* kName = "operator id";
};
struct PrinterTag {
  static constexpr const char* kName = "printer id";
};
struct VillageTag {
  static constexpr const char* kName = "village code";
};
struct CaseTag {
  static constexpr const char* kName = "case id";
};
struct ActionTag {
  static constexpr const char* kName = "action id";
};
struct GenerationTag {
  static constexpr const char* kName = "centre generation";
};
struct VersionTag {
  static constexpr const char* kName = "application version";
};
struct ConsumableTag {
  static constexpr const char* kName = "number of a ribbon, film or box of cleaning cards";
};
struct SubjectTag {
  static constexpr const char* kName = "subject of a grant";
};
struct CodeTag {
  static constexpr const char* kName = "report code";
};
struct DocumentTag {
  static constexpr const char* kName = "document number";
};

using NodeId = base::StrongId<NodeTag>;
// One life of a node's log: a restored or cloned node opens a new one with its own key.
using IncarnationId = base::StrongId<IncarnationTag>;
using PrrId = base::StrongId<PrrTag>;
// Random, made by the node: the same act reported on two branches of a forked log is one act.
using ActId = base::StrongId<ActTag>;
using TransferId = base::StrongId<TransferTag>;
using AllotmentId = base::StrongId<AllotmentTag>;
using OperatorId = base::StrongId<OperatorTag>;
using PrinterId = base::StrongId<PrinterTag>;
// Villages are keyed by code; their names are not unique.
using VillageCode = base::StrongId<VillageTag>;
using CaseId = base::StrongId<CaseTag>;
// What a decision asks a node to do: a recall, a re-scan.
using ActionId = base::StrongId<ActionTag>;
using GenerationId = base::StrongId<GenerationTag>;
using ConsumableId = base::StrongId<ConsumableTag>;
// The operator or the record that a telephone grant is for.
using SubjectId = base::StrongId<SubjectTag>;
// A short code that people compare by phone.
using CodeText = base::StrongId<CodeTag>;
// Of minutes and paper forms, such as 470/123/BA/2017.
using DocumentNumber = base::StrongId<DocumentTag>;
using ApplicationVersion = base::StrongId<VersionTag>;

// A fencing epoch of a print lease: ordered by the centre's generation, then by a counter.
struct LeaseEpoch {
  uint32_t generation_order = 0;
  uint32_t counter = 0;
  friend bool operator==(const LeaseEpoch&, const LeaseEpoch&) = default;
  friend auto operator<=>(const LeaseEpoch&, const LeaseEpoch&) = default;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_IDS_H_
