#include "common/cli/watch_district.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/base/status_macros.h"
#include "common/cli/client.h"
#include "common/cli/office_time.h"
#include "common/cli/render.h"
#include "common/cli/table.h"
#include "common/rpc/channel.h"
#include "common/rpc/status.h"
#include "common/time/system_clock.h"
#include "keping/central/v1/watch.grpc.pb.h"

namespace keping::cli {
namespace {

using central::v1::WatchDistrictResponse;

constexpr absl::Duration kPause = absl::Seconds(1);

bool IsEmpty(const WatchDistrictResponse& change) {
  return !change.whole() && change.picture().ByteSizeLong() == 0;
}

std::string LinkOf(const central::v1::OfficePicture& office) {
  if (!office.ended().empty()) return office.ended();
  return office.connected() ? "connected" : "no link";
}

std::string Line(const std::string& at, const std::string& what, const std::string& how) {
  return absl::StrCat(at, "  ", what, ": ", how, "\n");
}

std::string OfficeLine(const central::v1::OfficePicture& office) {
  std::string text =
      absl::StrCat(LinkOf(office), ", ", Count(office.proven_seq()), " entries proven, ",
                   Count(office.records_left()), " records and ", Count(office.blanks_left()),
                   " blanks left for ", Count(office.days_left()), " days, ",
                   Count(office.records_printed()), " printed, ", Count(office.printers_working()),
                   " printers of ", Count(office.cards_per_day()), " cards a day");
  if (office.jobs_in_doubt() > 0) {
    absl::StrAppend(&text, ", ", Count(office.jobs_in_doubt()), " in doubt");
  }
  std::string lacks = absl::StrJoin(office.lacks(), ", ", [](std::string* out, int need) {
    absl::StrAppend(
        out, PlainName(central::v1::Need_Name(static_cast<central::v1::Need>(need)), "NEED_"));
  });
  absl::StrAppend(&text, lacks.empty() ? "; ready" : absl::StrCat("; lacks ", lacks));
  if (!office.problem().empty()) absl::StrAppend(&text, "; ", office.problem());
  return text;
}

std::string CasesLine(const central::v1::CasesPicture& cases) {
  if (cases.counts().empty()) return "none";
  return absl::StrJoin(cases.counts(), ", ", [](std::string* out, const auto& one) {
    absl::StrAppend(out, Count(one.cases()), " ",
                    PlainName(log::v1::CaseState_Name(one.state()), "CASE_STATE_"));
  });
}

std::string NationalLine(const central::v1::NationalPicture& national) {
  std::string text = national.connected()
                         ? "connected"
                         : absl::StrCat("not connected", national.problem().empty() ? "" : ": ",
                                        national.problem());
  absl::StrAppend(&text, "; ", Count(national.reports_waiting()), " reports wait");
  return text;
}

std::string DaysLine(const central::v1::DaysPicture& days) {
  std::string text = absl::StrCat("closed up to ", FormatDay(days.last_closed_days()));
  if (days.days_left_open() > 0) {
    absl::StrAppend(&text, "; ", Count(days.days_left_open()),
                    " wait for keping central close-days");
  }
  return text;
}

}  // namespace

std::string RenderChange(const WatchDistrictResponse& change, const std::string& at) {
  std::string text;
  const central::v1::DistrictPicture& picture = change.picture();
  for (const central::v1::OfficePicture& office : picture.offices()) {
    absl::StrAppend(&text, Line(at, office.node(), OfficeLine(office)));
  }
  if (picture.has_cases()) absl::StrAppend(&text, Line(at, "cases", CasesLine(picture.cases())));
  if (picture.has_national()) {
    absl::StrAppend(&text, Line(at, "national server", NationalLine(picture.national())));
  }
  if (picture.has_days()) absl::StrAppend(&text, Line(at, "days", DaysLine(picture.days())));
  return text;
}

absl::Status WatchDistrict(const std::string& socket,
                           absl::FunctionRef<bool(const WatchDistrictResponse&)> on_change,
                           absl::FunctionRef<void()> on_lost) {
  KEPING_RETURN_IF_ERROR(CheckSocket(socket));
  const std::shared_ptr<grpc::Channel> channel = rpc::MakeUnixChannel(socket);
  const auto stub = central::v1::WatchService::NewStub(channel);
  bool lost = false;
  while (true) {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    const auto stream = stub->WatchDistrict(&context, {});
    WatchDistrictResponse change;
    bool enough = false;
    while (stream->Read(&change)) {
      lost = false;
      if (enough || IsEmpty(change) || on_change(change)) continue;
      enough = true;
      context.TryCancel();
    }
    const absl::Status ended = rpc::ToAbslStatus(stream->Finish());
    if (enough) return absl::OkStatus();
    if (!absl::IsUnavailable(ended)) return ended;
    if (!lost) on_lost();
    lost = true;
    // A centre that stops keeps its connections for a moment, and answers nothing more on them.
    channel->WaitForStateChange(GRPC_CHANNEL_READY,
                                absl::ToChronoTime(time::SystemClock().Now().wall + kPause));
  }
}

}  // namespace keping::cli
