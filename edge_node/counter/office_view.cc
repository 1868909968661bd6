#include "edge_node/counter/office_view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/wire/field_reader.h"
#include "keping/national/v1/national.pb.h"

namespace keping::edge {
namespace {

// Villages in the order in which they first appear.
class Villages {
 public:
  explicit Villages(v1::GetPlanResponse* response) : response_(response) {}

  v1::VillagePlan& Of(const domain::VillageCode& village) {
    const auto [place, is_new] = places_.emplace(village, response_->villages_size());
    if (is_new) response_->add_villages()->set_village(village.value());
    return *response_->mutable_villages(place->second);
  }

 private:
  v1::GetPlanResponse* const response_;
  std::map<domain::VillageCode, int> places_;
};

}  // namespace

absl::StatusOr<v1::GetOfficeResponse> OfficeView::GetOffice(const v1::GetOfficeRequest&) {
  const EdgeSettings& settings = node_->core().settings();
  v1::GetOfficeResponse response;
  response.set_node(settings.node.value());
  response.set_office_name(facts_.office_name);
  response.set_utc_offset_minutes(facts_.utc_offset_minutes);
  response.set_application_version(settings.application_version.value());
  response.set_specimen(facts_.specimen);
  return response;
}

absl::StatusOr<v1::GetPlanResponse> OfficeView::GetPlan(const v1::GetPlanRequest&) {
  const EdgeCore& core = node_->core();
  v1::GetPlanResponse response;
  uint64_t left = FillDuties(response);
  Villages villages(&response);
  const auto add = [&](const domain::PrrItem& item) -> v1::VillagePlan& {
    v1::VillagePlan& village = villages.Of(item.village);
    const VillageNames& names = NamesOf(item);
    village.set_village_name(names.village);
    village.set_kecamatan_name(names.kecamatan);
    return village;
  };
  for (const domain::PrrId& prr : core.Plan(core.printable_count())) {
    v1::VillagePlan& village = add(*core.catalogue().FindPrr(prr));
    village.set_waiting(village.waiting() + 1);
    if (left == 0) continue;
    --left;
    village.set_today(village.today() + 1);
  }
  for (const domain::ActId& act : core.journal().order()) {
    const Job& job = *core.journal().Find(act);
    if (job.stage != JobStage::kGood || job.office_day != core.duty().day()) continue;
    const domain::PrrItem* item = core.catalogue().FindPrr(job.intent.prr);
    if (item == nullptr) continue;
    v1::VillagePlan& village = add(*item);
    village.set_good_today(village.good_today() + 1);
  }
  return response;
}

uint64_t OfficeView::FillDuties(v1::GetPlanResponse& response) const {
  const EdgeCore& core = node_->core();
  const time::Moment now = clock_->Now();
  const bool new_day =
      core.duty().DayToOpen(now, absl::ToCivilDay(now.wall, core.settings().time_zone)).has_value();
  uint64_t left = 0;
  for (const auto& [printer, limit] : core.settings().cards_per_day) {
    const uint32_t cards = new_day ? core.duty().LeftNextDay(now, printer, limit)
                                   : core.duty().LeftToday(printer, limit);
    v1::PrinterDuty& duty = *response.add_duties();
    duty.set_printer(printer.value());
    duty.set_cards_per_day(limit);
    duty.set_left_today(cards);
    left += cards;
  }
  return left;
}

const OfficeView::VillageNames& OfficeView::NamesOf(const domain::PrrItem& item) {
  VillageNames& names = names_[item.village];
  if (!names.village.empty()) return names;
  national::v1::Record record;
  const absl::StatusOr<std::string> bytes = node_->store().Record(item.prr);
  if (bytes.ok() && record.ParseFromString(*bytes)) {
    names = {record.village_name(), record.kecamatan_name()};
  }
  return names;
}

absl::StatusOr<v1::GetCardResponse> OfficeView::GetCard(const v1::GetCardRequest& request,
                                                        const std::string& caller) {
  wire::FieldReader read("GetCardRequest");
  const auto act = read.Id<domain::ActId>("act", request.act());
  KEPING_RETURN_IF_ERROR(read.status());
  const Job* job = node_->core().journal().Find(act);
  if (job == nullptr) {
    return absl::NotFoundError(absl::StrCat("K-124: there is no job ", act.value(), " here."));
  }
  if (!job->open()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-223: job ", act.value(), " is settled; whose card it is, is no longer shown."));
  }
  v1::GetCardResponse response;
  response.set_prr(job->intent.prr.value());
  const absl::StatusOr<std::string> bytes = node_->store().Record(job->intent.prr);
  if (absl::IsNotFound(bytes.status())) return response;
  KEPING_RETURN_IF_ERROR(bytes.status());
  national::v1::Record record;
  if (!record.ParseFromString(*bytes)) {
    return absl::DataLossError("the record does not parse; wait for its next version");
  }
  if (!caller.empty() && facts_.note_read) {
    KEPING_ASSIGN_OR_RETURN(const auto person, domain::OperatorId::Parse(caller));
    KEPING_RETURN_IF_ERROR(facts_.note_read({.operator_id = person,
                                             .prr = job->intent.prr,
                                             .nik_key = {},
                                             .purpose = domain::ReadPurpose::kVerification}));
  }
  response.set_held(true);
  response.set_name(record.name());
  response.set_village_name(record.village_name());
  response.set_photo(record.picture());
  return response;
}

}  // namespace keping::edge
