#include "common/cli/render_people.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/cli/render.h"
#include "common/cli/render_qr.h"
#include "common/cli/table.h"

namespace keping::cli {
namespace {

namespace api = edge_api;

std::string Training(const api::Person& person) {
  const std::string versions = OrDash(absl::StrJoin(person.certified_versions(), ", "));
  return person.certified() ? versions : absl::StrCat(versions, " (not on this version)");
}

std::string Password(const api::Person& person) {
  if (person.locked_out_seconds() > 0) {
    return absl::StrCat("locked for ",
                        absl::FormatDuration(absl::Seconds(person.locked_out_seconds())));
  }
  return person.has_password() ? "yes" : "none";
}

template <typename Response>
std::string CountAndWarnings(const Response& response) {
  std::string text = absl::StrCat("  Blanks in the tray by the book: ", response.book(), "\n");
  for (const std::string& warning : response.warnings()) absl::StrAppend(&text, warning, "\n");
  return text;
}

}  // namespace

std::string PeopleText::operator()(const api::ChangePasswordResponse&) const {
  return "The password is changed; other screens of this person are signed out.\n";
}

std::string PeopleText::operator()(const api::ListPeopleResponse& response) const {
  Table table({{"Person"}, {"Role"}, {"Certified on"}, {"Password"}, {"Shift"}, {"On the roster"}});
  for (const api::Person& person : response.people()) {
    table.AddRow({person.operator_id(), RoleWord(person.role()), Training(person), Password(person),
                  OrDash(person.shift()), person.active() ? "yes" : "no"});
  }
  return absl::StrCat(
      response.people().empty() ? "Nobody is on the roster.\n" : table.ToString(),
      "This node's application version is ", response.application_version(),
      response.required_application_version().empty()
          ? ""
          : absl::StrCat("; the district wants at least ", response.required_application_version()),
      ".\n");
}

std::string PeopleText::operator()(const api::OpenShiftResponse& response) const {
  return absl::StrCat("Shift ", response.shift(), " is open.\n", CountAndWarnings(response));
}

std::string PeopleText::operator()(const api::CloseShiftResponse& response) const {
  return absl::StrCat("Shift ", response.shift(), " is closed.\n", CountAndWarnings(response));
}

std::string PeopleText::operator()(const api::ReportDayResponse& response) const {
  return absl::StrCat(response.text(), RenderQr(response.code_qr()));
}

std::string PeopleText::operator()(const api::UseGrantResponse&) const {
  return "The grant is accepted and in force; the district sees it at the next contact.\n";
}

}  // namespace keping::cli
