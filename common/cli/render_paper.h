// The answers about papers, for people: a part of render_central.cc and render_edge.cc.
#ifndef KEPING_COMMON_CLI_RENDER_PAPER_H_
#define KEPING_COMMON_CLI_RENDER_PAPER_H_

#include <string>

#include "common/cli/requests.h"

namespace keping::cli {

class PaperText {
 public:
  std::string operator()(const central_api::MakePaperResponse& response) const;
  std::string operator()(const edge_api::MakePaperResponse& response) const;
  std::string operator()(const central_api::ListPapersResponse& response) const;
  std::string operator()(const central_api::VoidPaperResponse& response) const;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RENDER_PAPER_H_
