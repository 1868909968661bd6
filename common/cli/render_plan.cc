#include "common/cli/render_plan.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/cli/office_time.h"
#include "common/cli/render.h"
#include "common/cli/table.h"

namespace keping::cli {
namespace {

namespace api = central_api;

std::string StateWord(api::DayState state) {
  return PlainName(api::DayState_Name(state), "DAY_STATE_");
}

std::string NeedWord(int need) {
  return PlainName(api::Need_Name(static_cast<api::Need>(need)), "NEED_");
}

std::string MoveWord(api::MoveReason reason) {
  return PlainName(api::MoveReason_Name(reason), "MOVE_REASON_");
}

template <typename Outlook>
std::vector<std::string> OutlookRow(const std::string& name, const Outlook& outlook) {
  const api::RunOut& run_out = outlook.run_out();
  const bool dry = outlook.has_run_out();
  return {name,
          Count(outlook.backlog().records()),
          Count(outlook.blanks()),
          dry && run_out.has_used_up_on() ? absl::StrCat(FormatDay(run_out.used_up_on()), ", ",
                                                         run_out.working_days(), " working days")
                                          : (dry ? "none now" : "suffice"),
          outlook.has_working_days_needed() ? absl::StrCat(outlook.working_days_needed()) : "never",
          outlook.backlog().has_ends_on() ? FormatDay(outlook.backlog().ends_on()) : "-"};
}

template <typename Shares>
std::string SharesText(const Shares& shares, uint64_t reserve) {
  std::vector<std::string> parts;
  for (const api::OfficeShare& share : shares) {
    if (share.blanks() > 0) parts.push_back(absl::StrCat(share.node(), " ", Count(share.blanks())));
  }
  if (reserve > 0) parts.push_back(absl::StrCat("the district keeps ", Count(reserve)));
  return parts.empty() ? "nothing" : absl::StrJoin(parts, ", ");
}

std::string RequestText(const api::BlankRequest& request) {
  return absl::StrCat(
      "Request ", Count(request.blanks()), " more blanks by ", FormatDay(request.request_by()),
      request.late() ? " (late: today)" : "", ", to be here on ", FormatDay(request.arrive_by()),
      ": the first card without one is due on ", FormatDay(request.needed_on()), ".\n");
}

std::string WaitText(const api::Wait& wait) {
  switch (wait.reason()) {
    case api::WAIT_REASON_OFFICE_CLOSED:
      return "the office is closed";
    case api::WAIT_REASON_OLD_APPLICATION:
      return "the office's application is too old";
    case api::WAIT_REASON_NO_CONTACT:
      return "the office has been without contact for too long";
    case api::WAIT_REASON_NO_PRINTER:
      return "no printer works there";
    case api::WAIT_REASON_NO_OPERATOR:
      return "nobody is there who may print";
    case api::WAIT_REASON_NO_BLANKS:
      return "there are no blanks";
    case api::WAIT_REASON_LEASE_MOVES:
      return "another office must give the lease back first";
    case api::WAIT_REASON_VILLAGE_NOT_READY:
      return "the village is not ready";
    case api::WAIT_REASON_READY_DAY_FULL:
      return "the village's next day takes no more persons";
    case api::WAIT_REASON_EARLIER_RECORDS:
      return absl::StrCat(Count(wait.earlier_records()), " earlier records come first");
    default:
      return "for a reason that this version does not know";
  }
}

}  // namespace

std::string PlanText::operator()(const api::GetPlanResponse& answer) const {
  if (answer.days().empty()) return "Nobody waits for a card.\n";
  Table table({{"Office"},
               {"Day"},
               {"It"},
               {"Blanks", Align::kRight},
               {"Prints", Align::kRight},
               {"Waiting", Align::kRight},
               {"Printers"}});
  for (const api::PlannedDay& day : answer.days()) {
    std::vector<std::string> runs;
    for (const api::PlannedRun& run : day.runs()) {
      runs.push_back(absl::StrCat(run.printer(), " by ", run.operator_id(), ": ", run.prrs_size(),
                                  " of ", run.cards_at_most()));
    }
    table.AddRow({day.node(), FormatDay(day.day()), StateWord(day.state()), Count(day.blanks()),
                  Count(day.printed()), Count(day.waiting()), OrDash(absl::StrJoin(runs, ", "))});
  }
  return table.ToString() + MoreOf(answer.next_page_token());
}

std::string PlanText::operator()(const api::GetForecastResponse& answer) const {
  Table table({{"Of"},
               {"Waiting", Align::kRight},
               {"Blanks", Align::kRight},
               {"Used up on"},
               {"Days of work", Align::kRight},
               {"Done on"}});
  table.AddRow(OutlookRow("the district", answer.district()));
  for (const api::OfficeForecast& office : answer.offices()) {
    table.AddRow(OutlookRow(office.node(), office));
  }
  std::string text = table.ToString();
  for (const api::OfficeForecast& office : answer.offices()) {
    if (office.has_ribbons_end_on()) {
      absl::StrAppend(&text, office.node(), " has ribbons until ",
                      FormatDay(office.ribbons_end_on()), ".\n");
    }
    if (office.has_films_end_on()) {
      absl::StrAppend(&text, office.node(), " has films until ", FormatDay(office.films_end_on()),
                      ".\n");
    }
  }
  if (answer.has_request()) absl::StrAppend(&text, "\n", RequestText(answer.request()));
  for (const api::DispatchProposal& dispatch : answer.dispatches()) {
    absl::StrAppend(&text, "Send on ", FormatDay(dispatch.day()), ": ",
                    SharesText(dispatch.shares(), dispatch.reserve()), ".\n");
  }
  for (const api::LendingProposal& lending : answer.lendings()) {
    absl::StrAppend(&text, lending.from_node(), " could lend ", Count(lending.blanks()), " to ",
                    lending.to_node(), ", on its way by ", FormatDay(lending.send_by()), ".\n");
  }
  for (const api::LateAllotment& late : answer.late_allotments()) {
    absl::StrAppend(&text, "Allotment ", late.allotment(), " comes on ",
                    FormatDay(late.arrives_on()), ", and is needed on ",
                    FormatDay(late.needed_on()), ".\n");
  }
  return text;
}

std::string PlanText::operator()(const api::GetReadinessResponse& answer) const {
  Table table({{"Office"}, {"Starts on"}, {"What"}, {"Now", Align::kRight}, {"From"}, {"Blocks"}});
  for (const api::OfficeReadiness& office : answer.offices()) {
    for (const api::ReadinessItem& item : office.items()) {
      bool blocks = false;
      for (int need : office.blocked_by()) blocks = blocks || need == item.need();
      table.AddRow({office.node(), office.has_starts_on() ? FormatDay(office.starts_on()) : "-",
                    NeedWord(item.need()), Count(item.count()),
                    item.has_from_day() ? FormatDay(item.from_day()) : "nobody knows",
                    blocks ? "yes" : "no"});
    }
  }
  return table.ToString();
}

std::string PlanText::operator()(const api::ListInvitationsResponse& answer) const {
  if (answer.invitations().empty()) return "Nobody of this village waits for a card.\n";
  Table table({{"Day"}, {"Hour"}, {"NIK"}, {"Record"}});
  for (const api::Invitation& one : answer.invitations()) {
    table.AddRow({one.has_day() ? FormatDay(one.day()) : "not yet",
                  one.has_hour() ? absl::StrCat(one.hour(), ":00") : "-", one.masked_nik(),
                  one.prr()});
  }
  return table.ToString() + MoreOf(answer.next_page_token());
}

std::string PlanText::operator()(const api::ExplainRecordResponse& answer) const {
  std::string text = answer.has_day()
                         ? absl::StrCat("It is printed on ", FormatDay(answer.day()), " by ",
                                        answer.node(), ", printer ", answer.printer(), ".\n")
                         : absl::StrCat("It waits in the line of ", answer.line_node(),
                                        " and is not printed within the plan.\n");
  if (!answer.diverted_from_node().empty()) {
    absl::StrAppend(&text, "It belongs to ", answer.diverted_from_node(),
                    ", which has a reason: ", MoveWord(answer.diverted_because()), ".\n");
  }
  for (const api::Wait& wait : answer.waits()) {
    absl::StrAppend(&text, "  ", wait.days(), " days, until ", FormatDay(wait.until()), ": ",
                    WaitText(wait), ".\n");
  }
  if (answer.village_not_awaited()) {
    text += "Its village is not ready that day; nobody waits for a village longer than this.\n";
  }
  return text;
}

std::string PlanText::operator()(const api::ProposeSplitResponse& answer) const {
  return absl::StrCat(
      SharesText(answer.shares(), answer.reserve()), ".\n",
      answer.has_covered_until()
          ? absl::StrCat("Every office can print all that it would until ",
                         FormatDay(answer.covered_until()), ", that day not included.\n")
          : "Not even today can every office print all that it would.\n");
}

std::string PlanText::operator()(const api::ListLeaseMovesResponse& answer) const {
  if (answer.moves().empty()) return "Every record is held by the office that is to print it.\n";
  Table table({{"From"}, {"To"}, {"Records", Align::kRight}, {"Needed by"}, {"Why"}});
  for (const api::LeaseMove& move : answer.moves()) {
    table.AddRow({move.from_node(), move.to_node(), absl::StrCat(move.prrs_size()),
                  FormatDay(move.needed_by()), MoveWord(move.reason())});
  }
  return table.ToString() + MoreOf(answer.next_page_token());
}

std::string PlanText::operator()(const api::RequestBlanksResponse& answer) const {
  return absl::StrCat("The capital is asked for ", Count(answer.blanks()),
                      " blanks, to be here on ", FormatDay(answer.needed_by_day()),
                      ". The request goes out at the next visit; keping central plan requests "
                      "shows what it answers.\n");
}

std::string PlanText::operator()(const api::ListBlankRequestsResponse& answer) const {
  if (answer.requests().empty()) return "The capital was not asked for blanks.\n";
  Table table({{"Request"}, {"Blanks", Align::kRight}, {"Here on"}, {"By"}, {"Answer"}, {"Came"}});
  for (const api::SentBlankRequest& request : answer.requests()) {
    if (request.by().empty()) {
      table.AddRow({request.request(), "-", "-", "nobody here",
                    "K-361: ask the capital whose it is",
                    absl::StrJoin(request.allotments(), ", ")});
      continue;
    }
    std::string said = "waits";
    if (request.accepted()) {
      said = request.has_expected_day()
                 ? absl::StrCat("accepted, expected on ", FormatDay(request.expected_day()))
                 : "accepted, no day named";
    } else if (request.answered()) {
      said = absl::StrCat("rejected: ", request.reason());
    }
    table.AddRow({request.request(), Count(request.blanks()), FormatDay(request.needed_by_day()),
                  absl::StrCat(request.by(), ", ", request.second()), said,
                  request.allotments().empty() ? "-" : absl::StrJoin(request.allotments(), ", ")});
  }
  return table.ToString();
}

}  // namespace keping::cli
