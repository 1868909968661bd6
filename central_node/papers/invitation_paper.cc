#include "central_node/papers/invitation_paper.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace keping::central {
namespace {

using paper::Align;
using paper::Document;
using paper::Table;
using paper::Words;

// How many come on each day: what a village head plans with.
Table DayTable(const Words& words, const VillageInvitations& invitations) {
  Table table{.title = words("invitation.days"),
              .columns = {{.title = words("invitation.day"), .share = 3},
                          {.title = words("invitation.persons"), .share = 1, .summed = true}}};
  std::map<absl::CivilDay, int64_t> days;
  int64_t without = 0;
  for (const VillageInvitations::Person& person : invitations.persons) {
    ++(person.day.has_value() ? days[*person.day] : without);
  }
  for (const auto& [day, persons] : days) {
    table.rows.push_back({words.Weekday(day) + ", " + words.Date(day), persons});
  }
  if (without > 0) table.rows.push_back({words("invitation.noDay"), without});
  return table;
}

Table PersonTable(const Words& words, const VillageInvitations& invitations) {
  Table table{.title = words("invitation.list"),
              .columns = {{.title = words("paper.no"), .share = 0.5, .align = Align::kRight},
                          {.title = words("invitation.nik"), .share = 2},
                          {.title = words("invitation.day"), .share = 2.4},
                          {.title = words("invitation.hour"), .share = 1.2},
                          {.title = words("invitation.came"), .share = 1.6}}};
  int64_t number = 0;
  for (const VillageInvitations::Person& person : invitations.persons) {
    const std::string hour =
        person.hour.has_value() ? absl::StrFormat("%02d.00", *person.hour) : std::string("-");
    table.rows.push_back({++number, person.masked_nik,
                          person.day.has_value() ? absl::StrCat(words.Weekday(*person.day), ", ",
                                                                words.Date(*person.day))
                                                 : words("invitation.noDay"),
                          hour, std::string()});
  }
  return table;
}

}  // namespace

Document InvitationPaper(const Words& words, const VillageInvitations& invitations) {
  Document document{.language = words.language(),
                    .title = words("invitation.title"),
                    .subtitle = words("invitation.subtitle")};
  document.fields = {
      {words("paper.village"), invitations.village},
      {words("invitation.invited"),
       words("invitation.personsOf",
             {{"persons", words.Number(static_cast<int64_t>(invitations.persons.size()))}})}};
  document.opening = {words("invitation.opening")};
  document.tables = {DayTable(words, invitations), PersonTable(words, invitations)};
  document.notes = {words("invitation.note")};
  document.signatures = {{words("invitation.received"), words("invitation.head"), "", false},
                         {words("invitation.sentBy"), words("paper.districtOffice"), "", true}};
  document.qr = absl::StrCat(invitations.code, "/", invitations.plan);
  return document;
}

}  // namespace keping::central
