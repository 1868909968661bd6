// The answers of an edge node about people, for people: a part of render_edge.cc.
#ifndef KEPING_COMMON_CLI_RENDER_PEOPLE_H_
#define KEPING_COMMON_CLI_RENDER_PEOPLE_H_

#include <string>

#include "common/cli/requests.h"

namespace keping::cli {

class PeopleText {
 public:
  std::string operator()(const edge_api::ChangePasswordResponse& response) const;
  std::string operator()(const edge_api::ListPeopleResponse& response) const;
  std::string operator()(const edge_api::OpenShiftResponse& response) const;
  std::string operator()(const edge_api::CloseShiftResponse& response) const;
  std::string operator()(const edge_api::ReportDayResponse& response) const;
  std::string operator()(const edge_api::UseGrantResponse& response) const;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_RENDER_PEOPLE_H_
