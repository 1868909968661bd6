// Evidence packs of a district's cases, as another machine checks them.

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "central_node/console/evidence_console.h"
#include "central_node/store/queries.h"
#include "common/cli/evidence_pack.h"
#include "tests/scenario/district_story.h"

namespace keping::scenario {

// Every case that there is, or those of one kind, packed by an auditor and proven.
std::string DistrictStory::Proven(const Words& words) {
  const auto cases = central::ReadCases(district_->centre());
  if (!cases.ok()) return Line(cases.status().message());
  central::DeskConsole desk({.node = &district_->centre(),
                             .hub = &district_->hub(),
                             .clock = &district_->clock(),
                             .random = {},
                             .signed_out = {},
                             .failed = {}});
  central::EvidenceConsole evidence({.node = &district_->centre(),
                                     .desk = &desk,
                                     .signer = &district_->centre_signer(),
                                     .clock = &district_->clock(),
                                     .district = "bangli"});
  std::string seen;
  for (const central::CaseView& one : *cases) {
    const std::string kind(domain::CaseKindName(one.row.kind));
    if (words.size() > 1 && words[1] != kind) continue;
    central::v1::PackEvidenceRequest request;
    request.set_by("sari");
    request.set_case_id(one.id.value());
    const auto packed = evidence.PackEvidence(request);
    const absl::Status proven =
        packed.ok() ? cli::CheckPack(packed->pack(), "the pack", "", district_->verifier()).status()
                    : packed.status();
    absl::StrAppend(&seen, kind, " ", absl::StrReplaceAll(one.row.entity, {{"\n", "/"}}),
                    proven.ok() ? " proven" : absl::StrCat(": ", proven.message()), "\n");
  }
  return seen;
}

}  // namespace keping::scenario
