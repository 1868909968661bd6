// What stands on every paper that is signed: its letterhead and how its number is written.
#ifndef KEPING_COMMON_CONFIG_PAPERS_CONFIG_H_
#define KEPING_COMMON_CONFIG_PAPERS_CONFIG_H_

#include "common/config/problems.h"
#include "keping/config/v1/papers.pb.h"

namespace keping::config {

void CompletePapers(v1::PapersConfig* papers);
void ValidatePapers(const v1::PapersConfig& papers, Problems* problems);

}  // namespace keping::config

#endif  // KEPING_COMMON_CONFIG_PAPERS_CONFIG_H_
