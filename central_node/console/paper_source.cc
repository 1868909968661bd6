#include "central_node/console/paper_source.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "central_node/console/spoil_reasons.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/passing_days.h"
#include "central_node/store/delivery_trace.h"
#include "central_node/store/log_scan.h"
#include "central_node/store/stored_row.h"
#include "central_node/store/trace.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using domain::AllotmentReceived;
using domain::BlankSerial;

absl::Status NoSuch(absl::string_view what, absl::string_view got, absl::string_view want) {
  return absl::NotFoundError(absl::StrCat("K-352: ", what, ": got ", got, ", want ", want));
}

}  // namespace

std::string PlaceNames::Of(const domain::NodeId& office) const {
  const auto found = offices.find(office);
  return found == offices.end() ? office.value() : found->second;
}

std::string PlaceNames::Of(const domain::VillageCode& village) const {
  const auto found = villages.find(village);
  return found == villages.end() ? village.value()
                                 : absl::StrCat(found->second, " (", village.value(), ")");
}

absl::StatusOr<HandoverOfBlanks> PaperSource::Handover(const domain::TransferId& transfer) const {
  KEPING_ASSIGN_OR_RETURN(
      const std::optional<TransferRow> row,
      FindStoredRow<TransferRow>(centre_, storage::kTransferRowPrefix, transfer.value()));
  std::optional<domain::BlanksDispatched> dispatched;
  HandoverOfBlanks handover{.transfer = transfer.value()};
  if (row.has_value()) {
    for (const TransferDispatchFact& fact : row->facts.dispatches) {
      KEPING_ASSIGN_OR_RETURN(const TracedFact traced, ReadFact(centre_, fact.fact));
      if (!traced.event.has_value()) continue;
      const auto* sent = std::get_if<domain::BlanksDispatched>(&*traced.event);
      if (sent == nullptr) continue;
      dispatched = *sent;
      handover.day = DayOf(centre_.settings(), fact.fact);
    }
  }
  if (!dispatched.has_value()) {
    return NoSuch("transfer", transfer.value(), "the number of one that the district sent");
  }
  handover.office = names_.Of(dispatched->node);
  handover.by = dispatched->by.value();
  handover.second = dispatched->second.value();
  handover.boxes = dispatched->boxes;
  KEPING_ASSIGN_OR_RETURN(const std::vector<AllotmentReceived> deliveries, ReadDeliveries(centre_));
  domain::SerialSet rest = dispatched->serials;
  for (const AllotmentReceived& delivery : deliveries) {
    domain::SerialSet part = rest.Intersect(delivery.serials);
    if (part.empty()) continue;
    rest = rest.Difference(part);
    handover.parts.push_back({delivery.allotment.value(), delivery.bast_number, std::move(part)});
  }
  if (!rest.empty()) handover.parts.push_back({"", "", std::move(rest)});
  return handover;
}

absl::StatusOr<Destruction> PaperSource::DestructionOf(const std::string& reference) const {
  SpoilReasons reasons;
  std::map<domain::ActId, std::pair<domain::CardsDestroyed, FactRef>> found;
  std::map<domain::ActId, absl::Time> stated;
  KEPING_RETURN_IF_ERROR(ScanLogs(centre_, [&](const ArrivedEntry& entry) {
    if (!entry.event.has_value()) return;
    reasons.Hear(entry);
    if (const auto* late = std::get_if<domain::LateEntryMade>(&*entry.event)) {
      stated.emplace(late->act, late->stated_at);
    }
    const auto* burnt = std::get_if<domain::CardsDestroyed>(&*entry.event);
    if (burnt == nullptr) return;
    if (burnt->act.value() != reference && burnt->minutes.value() != reference) return;
    found.try_emplace(burnt->act, *burnt, entry.ref);
  }));
  if (found.empty()) {
    return NoSuch("destruction", reference,
                  "its act, or the number of its minutes, of a log that has arrived");
  }
  if (found.size() > 1) {
    std::string acts;
    for (const auto& [act, one] : found) {
      absl::StrAppend(&acts, acts.empty() ? "" : ", ", act.value(), " (",
                      names_.Of(one.second.node), ")");
    }
    return absl::FailedPreconditionError(absl::StrCat("K-354: minutes ", reference, ": got ",
                                                      found.size(),
                                                      " destructions of that number, want one; "
                                                      "name its act: ",
                                                      acts));
  }
  const auto& [burnt, ref] = found.begin()->second;
  FactRef when = ref;
  if (const auto late = stated.find(burnt.act); late != stated.end()) {
    when.wall_micros = absl::ToUnixMicros(late->second);
  }
  Destruction destruction{.act = burnt.act.value(),
                          .minutes = burnt.minutes.value(),
                          .office = names_.Of(ref.node),
                          .day = DayOf(centre_.settings(), when),
                          .operator_id = burnt.operator_id.value(),
                          .second = burnt.second.value(),
                          .cards = {}};
  std::vector<BlankSerial> serials;
  burnt.serials.ForEach([&](const BlankSerial& serial) { serials.push_back(serial); });
  for (const BlankSerial& serial : serials) {
    KEPING_ASSIGN_OR_RETURN(const SpoilReasons::Spoil spoil, reasons.Of(centre_, serial));
    destruction.cards.emplace(serial, spoil.reason);
  }
  return destruction;
}

absl::StatusOr<Recalls> PaperSource::OpenRecalls(const domain::NodeId& office) const {
  Recalls recalls{.office = office.empty() ? "" : names_.Of(office), .cards = {}};
  const auto add = [&](absl::string_view, const ActionRow& action) -> absl::Status {
    if (!action.ordered || action.kind != domain::ActionKind::kRecallCard ||
        !action.acknowledgements.empty() || (!office.empty() && action.node != office)) {
      return absl::OkStatus();
    }
    Recalls::Card card{.prr = action.prr.value(), .office = names_.Of(action.node)};
    if (action.blank.has_value()) {
      card.serial = action.blank->text();
      KEPING_ASSIGN_OR_RETURN(
          const BlankRow blank,
          StoredRow<BlankRow>(centre_, storage::kBlankRowPrefix, action.blank->text()));
      card.account = blank.place.account;
    }
    KEPING_ASSIGN_OR_RETURN(const PrrRow prr,
                            StoredRow<PrrRow>(centre_, storage::kPrrRowPrefix, action.prr.value()));
    for (const VersionFact& version : prr.facts.versions) card.village = names_.Of(version.village);
    KEPING_ASSIGN_OR_RETURN(const CaseRow row, StoredRow<CaseRow>(centre_, storage::kCaseRowPrefix,
                                                                  action.case_id.value()));
    if (row.revision > 0) {
      card.case_code = PolicyFor(row.kind).code;
      FactRef ordered;
      ordered.wall_micros = row.opened_micros;
      if (!row.decisions.empty()) ordered = row.decisions.back().fact;
      if (ordered.wall_micros != 0) card.ordered = DayOf(centre_.settings(), ordered);
    }
    recalls.cards.push_back(std::move(card));
    return absl::OkStatus();
  };
  KEPING_RETURN_IF_ERROR(ScanRows<ActionRow>(centre_, storage::kActionRowPrefix, add));
  // For whoever goes from office to office and from village to village.
  std::sort(recalls.cards.begin(), recalls.cards.end(),
            [](const Recalls::Card& a, const Recalls::Card& b) {
              return std::tie(a.office, a.village, a.serial) <
                     std::tie(b.office, b.village, b.serial);
            });
  return recalls;
}

}  // namespace keping::central
