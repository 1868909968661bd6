#include "edge_node/core/edge_core.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"

namespace keping::edge {
namespace {

using domain::PrintRefusal;

// What a reception may list, so that its event fits into one entry with its ids.
constexpr size_t kMaxReceivedText = domain::kMaxPayloadSize - 1024;

Decision Failed(absl::Status status) {
  Decision decision;
  decision.status = std::move(status);
  return decision;
}

}  // namespace

EdgeCore::EdgeCore(EdgeSettings settings) : settings_(std::move(settings)) {}

Decision EdgeCore::Step(const time::Moment& now, const Conditions& conditions,
                        const Input& input) const {
  if (const auto* print = std::get_if<Print>(&input)) return Decide(now, conditions, *print);
  return std::visit(
      [this](const auto& alternative) -> Decision {
        if constexpr (std::is_same_v<std::decay_t<decltype(alternative)>, Print>) {
          return {};
        } else {
          return Decide(alternative);
        }
      },
      input);
}

// ---- Printing.

Decision EdgeCore::Decide(const time::Moment& now, const Conditions& conditions,
                          const Print& print) const {
  if (journal_.Find(print.act) != nullptr) {
    return Failed(absl::AlreadyExistsError(absl::StrCat(
        "K-126: job ", print.act.value(), " was begun before; it is never begun again.")));
  }
  Decision decision;
  if (print.prr.empty()) {
    if (!printable_.empty()) decision.prr = printable_.begin()->second;
  } else {
    decision.prr = print.prr;
  }
  const auto new_day = duty_.DayToOpen(now, absl::ToCivilDay(now.wall, settings_.time_zone));
  decision.refusal = Check(now, conditions, print, decision.prr, new_day.has_value());
  if (decision.refusal != PrintRefusal::kNone) {
    decision.events.push_back(domain::PrintRefused{.refusal = decision.refusal,
                                                   .prr = decision.prr,
                                                   .blank = print.blank,
                                                   .printer = print.printer,
                                                   .operator_id = print.operator_id});
    return decision;
  }
  if (new_day) decision.events.push_back(*new_day);
  decision.events.push_back(MakeIntent(conditions, print, decision.prr));
  decision.actions.push_back(
      SubmitJob{.act = print.act, .prr = decision.prr, .printer = print.printer});
  return decision;
}

// The order of these checks is the precedence of PrintRefusal.
PrintRefusal EdgeCore::Check(const time::Moment& now, const Conditions& conditions,
                             const Print& print, const domain::PrrId& prr, bool new_day) const {
  const domain::OperatorItem* person = catalogue_.FindOperator(print.operator_id);
  if (person == nullptr) return PrintRefusal::kNotLoggedIn;
  if (person->certified_version != settings_.application_version) return PrintRefusal::kNotTrained;
  if (locked_) return PrintRefusal::kNodeLocked;
  const PrintRefusal record = CheckRecord(now, prr);
  if (record != PrintRefusal::kNone) return record;
  const PrintRefusal blank = CheckBlankAndPrinter(conditions, print, new_day);
  if (blank != PrintRefusal::kNone) return blank;
  return conditions.disk_nearly_full ? PrintRefusal::kDiskNearlyFull : PrintRefusal::kNone;
}

PrintRefusal EdgeCore::CheckRecord(const time::Moment& now, const domain::PrrId& prr) const {
  const domain::PrrItem* item = catalogue_.FindPrr(prr);
  if (item == nullptr) return PrintRefusal::kPrrUnknown;
  if (item->withdrawn) return PrintRefusal::kPrrWithdrawn;
  if (!LeaseHeld(*item)) return PrintRefusal::kLeaseNotHeld;
  if (TooStale(now)) return PrintRefusal::kTooStale;
  if (AlreadyPrinted(prr)) return PrintRefusal::kAlreadyPrinted;
  return catalogue_.HasRecord(prr) ? PrintRefusal::kNone : PrintRefusal::kPictureMissing;
}

PrintRefusal EdgeCore::CheckBlankAndPrinter(const Conditions& conditions, const Print& print,
                                            bool new_day) const {
  if (!tray_.Available(print.blank)) {
    return tray_.UseOf(print.blank) == nullptr ? PrintRefusal::kBlankNotInTray
                                               : PrintRefusal::kBlankUsed;
  }
  const auto limit = settings_.cards_per_day.find(print.printer);
  if (limit == settings_.cards_per_day.end() ||
      conditions.printers_not_ready.contains(print.printer) ||
      journal_.OpenJobAt(print.printer) != nullptr) {
    return PrintRefusal::kPrinterNotReady;
  }
  const uint32_t fed = new_day ? 0 : duty_.FedToday(print.printer);
  return fed < limit->second ? PrintRefusal::kNone : PrintRefusal::kDutyUsedUp;
}

domain::PrintIntended EdgeCore::MakeIntent(const Conditions& conditions, const Print& print,
                                           const domain::PrrId& prr) const {
  const domain::PrrItem* item = catalogue_.FindPrr(prr);
  const Job* earlier = journal_.LatestOf(prr);
  return {.act = print.act,
          .prr = prr,
          .prr_version = item->prr_version,
          .blank = print.blank,
          .attempt = earlier == nullptr ? 1 : earlier->intent.attempt + 1,
          .printer = print.printer,
          .operator_id = print.operator_id,
          .lease_epoch = item->lease_epoch,
          .control_position = catalogue_.position(),
          .control_state = catalogue_.state(),
          .proven_seq = contact_.proven_seq,
          .application_version = settings_.application_version,
          .offline = conditions.offline};
}

Decision EdgeCore::Decide(const PrinterReported& report) const {
  const Job* job = nullptr;
  if (absl::Status status = FindOpenJob(report.act, &job); !status.ok()) return Failed(status);
  Decision decision;
  switch (report.answer) {
    case PrinterAnswer::kAccepted:
      decision.events.push_back(
          domain::PrintSent{.act = report.act, .printer_job = report.printer_job});
      break;
    case PrinterAnswer::kCompleted:
      if (!job->printer_said_completed) {
        decision.events.push_back(domain::PrintCompleted{report.act});
      }
      break;
    case PrinterAnswer::kNotAccepted:
      // Only an answer to the submission itself proves that no card was fed.
      if (job->stage != JobStage::kIntended) break;
      decision.events.push_back(
          domain::PrintFailed{.act = report.act, .failure = domain::PrintFailure::kNotAccepted});
      decision.events.push_back(domain::PrintUnused{.act = report.act, .operator_id = {}});
      AddReleaseAfterSettling(job->intent.prr, decision);
      break;
    case PrinterAnswer::kAborted:
      decision.events.push_back(
          domain::PrintFailed{.act = report.act, .failure = domain::PrintFailure::kAborted});
      break;
    case PrinterAnswer::kUnknown:
      if (job->was_doubted) break;
      decision.events.push_back(
          domain::PrintDoubted{.act = report.act, .cause = domain::DoubtCause::kPrinterVanished});
      break;
  }
  return decision;
}

// ---- What people say about a card.

Decision EdgeCore::Decide(const VerifyCard& verify) const {
  const Job* job = nullptr;
  if (absl::Status status = FindOpenJob(verify.act, &job); !status.ok()) return Failed(status);
  if (absl::Status status = CheckOperator(verify.operator_id); !status.ok()) return Failed(status);
  const domain::PrrItem* item = catalogue_.FindPrr(job->intent.prr);
  if (item != nullptr && item->nik_tail != verify.nik_tail) {
    return Failed(absl::InvalidArgumentError(
        "K-121: the last four digits of the NIK are not those of this card. Look at the card in "
        "your "
        "hand: if it shows another person, set it aside and call the supervisor."));
  }
  if (verify.scanned != job->intent.blank && !tray_.Available(verify.scanned)) {
    const bool known = tray_.UseOf(verify.scanned) != nullptr;
    return Failed(absl::FailedPreconditionError(absl::StrCat(
        "K-122: the scanned serial ", verify.scanned.text(),
        known ? " already belongs to another card of this office"
              : " was never received at this office",
        "; the job used ", job->intent.blank.text(), ". Scan the card of this job again.")));
  }
  Decision decision;
  decision.events.push_back(domain::PrintVerified{
      .act = verify.act, .blank = verify.scanned, .operator_id = verify.operator_id});
  return decision;
}

Decision EdgeCore::Decide(const SpoilCard& spoil) const {
  const Job* job = nullptr;
  if (absl::Status status = FindOpenJob(spoil.act, &job); !status.ok()) return Failed(status);
  if (absl::Status status = CheckOperator(spoil.operator_id); !status.ok()) return Failed(status);
  Decision decision;
  decision.events.push_back(domain::PrintSpoiled{.act = spoil.act,
                                                 .blank = job->intent.blank,
                                                 .cause = spoil.cause,
                                                 .operator_id = spoil.operator_id});
  AddReleaseAfterSettling(job->intent.prr, decision);
  return decision;
}

Decision EdgeCore::Decide(const ReleaseJob& release) const {
  const Job* job = nullptr;
  if (absl::Status status = FindOpenJob(release.act, &job); !status.ok()) return Failed(status);
  if (absl::Status status = CheckOperator(release.operator_id); !status.ok()) return Failed(status);
  Decision decision;
  decision.events.push_back(
      domain::PrintUnused{.act = release.act, .operator_id = release.operator_id});
  AddReleaseAfterSettling(job->intent.prr, decision);
  return decision;
}

Decision EdgeCore::Decide(const SpoilBlank& spoil) const {
  if (absl::Status status = CheckOperator(spoil.operator_id); !status.ok()) return Failed(status);
  if (!tray_.Available(spoil.blank)) {
    return Failed(absl::FailedPreconditionError(absl::StrCat(
        "K-123: blank ", spoil.blank.text(),
        tray_.UseOf(spoil.blank) == nullptr ? " was never received at this office"
                                            : " is bound to a job, used or already spoiled",
        ". Want a blank that lies in the tray.")));
  }
  Decision decision;
  decision.events.push_back(domain::BlankSpoiled{.act = spoil.act,
                                                 .blank = spoil.blank,
                                                 .cause = spoil.cause,
                                                 .operator_id = spoil.operator_id});
  return decision;
}

// ---- Stock, actions, feed.

Decision EdgeCore::Decide(const ReceiveTransfer& receive) const {
  if (absl::Status status = CheckOperator(receive.operator_id); !status.ok()) return Failed(status);
  const domain::TransferItem* transfer = catalogue_.FindTransfer(receive.transfer);
  if (transfer == nullptr) {
    return Failed(absl::NotFoundError(absl::StrCat(
        "K-131: transfer ", receive.transfer.value(),
        " is not known here. Check its number, or wait for the next contact with the district.")));
  }
  if (received_.contains(receive.transfer)) {
    return Failed(
        absl::AlreadyExistsError(absl::StrCat("K-132: transfer ", receive.transfer.value(),
                                              " was received before; nothing was changed.")));
  }
  domain::BlanksReceived event{.act = receive.act,
                               .transfer = receive.transfer,
                               .operator_id = receive.operator_id,
                               .received = transfer->serials.Intersect(receive.scanned),
                               .missing = transfer->serials.Difference(receive.scanned),
                               .unexpected = receive.scanned.Difference(transfer->serials)};
  const size_t size = event.received.ToString().size() + event.missing.ToString().size() +
                      event.unexpected.ToString().size();
  if (size > kMaxReceivedText) {
    return Failed(absl::InvalidArgumentError(
        absl::StrCat("K-134: got ", size, " characters of serials, want at most ", kMaxReceivedText,
                     " for one transfer. Scan only what came with it, and write runs as ranges.")));
  }
  Decision decision;
  decision.events.push_back(std::move(event));
  return decision;
}

Decision EdgeCore::Decide(const AcknowledgeAction& acknowledge) const {
  if (absl::Status status = CheckOperator(acknowledge.operator_id); !status.ok()) {
    return Failed(status);
  }
  if (catalogue_.FindAction(acknowledge.action) == nullptr) {
    return Failed(absl::NotFoundError(
        absl::StrCat("K-133: no action ", acknowledge.action.value(), " is ordered here.")));
  }
  Decision decision;
  if (!acknowledged_.contains(acknowledge.action)) {
    decision.events.push_back(domain::ActionAcknowledged{.action = acknowledge.action,
                                                         .operator_id = acknowledge.operator_id});
  }
  return decision;
}

Decision EdgeCore::Decide(const FeedArrived& feed) const {
  Decision decision;
  for (const domain::FeedItem& item : feed.items) {
    const auto* prr = std::get_if<domain::PrrItem>(&item.body);
    if (prr == nullptr) continue;
    if (auto release = ReleaseDue(*prr)) decision.events.push_back(*release);
  }
  return decision;
}

Decision EdgeCore::Decide(const Started&) const {
  Decision decision;
  for (const Job* job : journal_.OpenJobs()) {
    // What the printer ended needs a person's answer only; so does a doubt, but the printer may
    // not have been asked before the last crash.
    if (job->stage == JobStage::kCompleted || job->stage == JobStage::kFailed) continue;
    if (job->stage != JobStage::kDoubt) {
      decision.events.push_back(
          domain::PrintDoubted{.act = job->intent.act, .cause = domain::DoubtCause::kRestart});
    }
    decision.actions.push_back(QueryJob{
        .act = job->intent.act, .printer = job->intent.printer, .printer_job = job->printer_job});
  }
  return decision;
}

// ---- Rules.

bool EdgeCore::TooStale(const time::Moment& now) const {
  // A node that never had a receipt is as fresh as its feed: it cannot print without one anyway.
  if (contact_.received_at == absl::InfinitePast()) return false;
  if (now.wall - contact_.received_at > settings_.staleness_limit) return true;
  const auto first_after =
      std::upper_bound(day_opened_at_seq_.begin(), day_opened_at_seq_.end(), contact_.proven_seq);
  const auto days = static_cast<uint64_t>(day_opened_at_seq_.end() - first_after);
  return days > settings_.staleness_office_days;
}

bool EdgeCore::LeaseHeld(const domain::PrrItem& item) const {
  return item.lease_holder == settings_.node && !released_.contains({item.prr, item.lease_epoch});
}

bool EdgeCore::AlreadyPrinted(const domain::PrrId& prr) const {
  const Job* latest = journal_.LatestOf(prr);
  return latest != nullptr && (latest->open() || latest->stage == JobStage::kGood);
}

absl::Status EdgeCore::FindOpenJob(const domain::ActId& act, const Job** job) const {
  *job = journal_.Find(act);
  if (*job == nullptr) {
    return absl::NotFoundError(absl::StrCat("K-124: there is no job ", act.value(), " here."));
  }
  if (!(*job)->open()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "K-125: job ", act.value(), " is already settled as ", JobStageName((*job)->stage), "."));
  }
  return absl::OkStatus();
}

absl::Status EdgeCore::CheckOperator(const domain::OperatorId& operator_id) const {
  if (catalogue_.FindOperator(operator_id) != nullptr) return absl::OkStatus();
  return absl::PermissionDeniedError(
      absl::StrCat("K-101: operator ", operator_id.value(), " is not on this office's roster."));
}

std::optional<domain::LeaseReleased> EdgeCore::ReleaseDue(const domain::PrrItem& item) const {
  if (!item.release_requested || !LeaseHeld(item) || AlreadyPrinted(item.prr)) return std::nullopt;
  return domain::LeaseReleased{.prr = item.prr, .epoch = item.lease_epoch};
}

void EdgeCore::AddReleaseAfterSettling(const domain::PrrId& prr, Decision& decision) const {
  const domain::PrrItem* item = catalogue_.FindPrr(prr);
  if (item != nullptr && item->release_requested && LeaseHeld(*item)) {
    decision.events.push_back(domain::LeaseReleased{.prr = item->prr, .epoch = item->lease_epoch});
  }
}

std::vector<domain::PrrId> EdgeCore::Plan(size_t limit) const {
  std::vector<domain::PrrId> plan;
  for (const auto& [enrolled_at, prr] : printable_) {
    if (plan.size() == limit) break;
    plan.push_back(prr);
  }
  return plan;
}

}  // namespace keping::edge
