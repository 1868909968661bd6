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
struct BoxTag {
  static constexpr const char* kName = "box number";
};
struct LotTag {
  static constexpr const char* kName = "lot";
};
struct OfficeCodeTag {
  static constexpr const char* kName = "code of an office";
};
struct RequestTag {
  static constexpr const char* kName = "number of a request for blanks";
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
struct SupplyLotTag {
  static constexpr const char* kName = "lot number of ribbons, films or cleaning cards";
};
struct DistrictTag {
  static constexpr const char* kName = "district code";
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
// Of a box of blanks, as its label says.
using BoxId = base::StrongId<BoxTag>;
// Of a lot of blanks, as its maker calls it.
using LotId = base::StrongId<LotTag>;
// Of an office or a duty outside the district, such as DITJEN-DUKCAPIL/GUDANG: never of a person.
using OfficeCode = base::StrongId<OfficeCodeTag>;
// Of a request for blanks, such as 470/12/2017.
using RequestId = base::StrongId<RequestTag>;
using OperatorId = base::StrongId<OperatorTag>;
using PrinterId = base::StrongId<PrinterTag>;
// Villages are keyed by code; their names are not unique.
using VillageCode = base::StrongId<VillageTag>;
using CaseId = base::StrongId<CaseTag>;
// What a decision asks a node to do: a recall, a re-scan.
using ActionId = base::StrongId<ActionTag>;
using GenerationId = base::StrongId<GenerationTag>;
using ConsumableId = base::StrongId<ConsumableTag>;
// The maker's, as it stands on the carton.
using SupplyLotId = base::StrongId<SupplyLotTag>;
// Of another district, such as 51.07.
using DistrictCode = base::StrongId<DistrictTag>;
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
