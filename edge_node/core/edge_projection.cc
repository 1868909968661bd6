// The projections of EdgeCore: how entries, feed items and receipts change what it knows.

#include <optional>
#include <variant>

#include "edge_node/core/edge_core.h"

namespace keping::edge {

void EdgeCore::Apply(const domain::Event& event, const EntryStamp& stamp) {
  duty_.ApplyStamp(stamp.boot_id, stamp.monotonic);
  running_time_.ApplyStamp(stamp.boot_id, stamp.monotonic);
  std::visit(
      [&](const auto& one) {
        if constexpr (requires { On(one, stamp); }) On(one, stamp);
      },
      event);
}

void EdgeCore::ApplyContact(const Contact& contact) {
  contact_ = contact;
  if (contact.centre_time == absl::InfinitePast()) return;
  duty_.ApplyReceipt(contact.proven_seq,
                     absl::ToCivilDay(contact.centre_time, settings_.time_zone));
}

void EdgeCore::On(const domain::OfficeDayOpened& event, const EntryStamp& stamp) {
  day_opened_at_seq_.push_back(stamp.seq);
  duty_.Apply(event, stamp.seq);
  read_log_.ForgetAll();
  blanks_spoiled_today_ = 0;
}

void EdgeCore::On(const domain::BlanksReceived& event, const EntryStamp&) {
  received_.insert(event.transfer);
  tray_.Receive(event.received);
  boxes_.Apply(event);
}

void EdgeCore::On(const domain::BlankSpoiled& event, const EntryStamp& stamp) {
  tray_.Spoil(event.blank);
  ++blanks_spoiled_today_;
  loose_spoils_[event.act] = {event.blank, stamp.seq, duty_.day()};
}

void EdgeCore::On(const domain::LeaseReleased& event, const EntryStamp&) {
  released_.insert({event.prr, event.epoch});
  RefreshPrintable(event.prr);
}

// Until the last of them is written it is not met.
void EdgeCore::On(const domain::GenerationMet& event, const EntryStamp& stamp) {
  if (event.last) met_ = {event.generation, event.order, stamp.seq};
}

void EdgeCore::On(const domain::ActionAcknowledged& event, const EntryStamp&) {
  acknowledged_.insert(event.action);
  if (event.blank) cards_.Recall(*event.blank);
}

// ---- Jobs.

void EdgeCore::On(const domain::PrintRefused& event, const EntryStamp&) {
  ++refusals_[event.refusal];
}

void EdgeCore::On(const domain::PrintIntended& event, const EntryStamp&) {
  journal_.Apply(event, duty_.day());
  batches_.Apply(event);
  tray_.Bind(event.blank);
  duty_.CountFed(event.printer);
  machines_.Apply(event);
  staleness_.Apply(event);
  RefreshPrintable(event.prr);
}

void EdgeCore::On(const domain::PrintSent& event, const EntryStamp&) { journal_.Apply(event); }

void EdgeCore::On(const domain::PrintCompleted& event, const EntryStamp&) { journal_.Apply(event); }

void EdgeCore::On(const domain::PrintFailed& event, const EntryStamp&) { journal_.Apply(event); }

void EdgeCore::On(const domain::PrintDoubted& event, const EntryStamp&) { journal_.Apply(event); }

void EdgeCore::On(const domain::PrintVerified& event, const EntryStamp& stamp) {
  const Job* job = journal_.FindOpen(event.act);
  if (job == nullptr) return;
  TakeBlank(*job, event.blank);
  tray_.Use(event.blank);
  cards_.AddGood(event.blank, job->intent.prr, event.act, DayOf(stamp));
  journal_.Apply(event, stamp.seq);
  RefreshPrintable(job->intent.prr);
}

void EdgeCore::On(const domain::PrintSpoiled& event, const EntryStamp& stamp) {
  const Job* job = journal_.FindOpen(event.act);
  if (job == nullptr) return;
  TakeBlank(*job, event.blank);
  tray_.Spoil(event.blank);
  journal_.Apply(event, stamp.seq);
  RefreshPrintable(job->intent.prr);
}

void EdgeCore::On(const domain::PrintUnused& event, const EntryStamp& stamp) {
  const Job* job = journal_.FindOpen(event.act);
  if (job == nullptr) return;
  tray_.Release(job->final_blank);
  duty_.CountUnused(job->intent.printer, job->office_day);
  machines_.CountUnused(job->intent.printer);
  journal_.Apply(event, stamp.seq);
  RefreshPrintable(job->intent.prr);
}

// ---- People.

void EdgeCore::On(const domain::SignInTried& event, const EntryStamp&) {
  sign_ins_.Apply(event, running_time_.total());
}

void EdgeCore::On(const domain::PasswordChanged& event, const EntryStamp&) {
  sign_ins_.Apply(event);
}

void EdgeCore::On(const domain::GrantTried& event, const EntryStamp&) {
  grants_.Apply(event, running_time_.total());
  if (event.accepted && event.kind == domain::GrantKind::kForceLease) {
    RefreshPrintable(domain::PrrId::Of(event.subject.value()));
  }
}

void EdgeCore::On(const domain::NodeUnlocked&, const EntryStamp&) { locked_ = false; }

void EdgeCore::On(const domain::ShiftOpened& event, const EntryStamp& stamp) {
  shifts_.Apply(event, stamp.seq);
  read_log_.Forget(event.operator_id);
}

void EdgeCore::On(const domain::ShiftClosed& event, const EntryStamp&) {
  shifts_.Apply(event);
  read_log_.Forget(event.operator_id);
}

void EdgeCore::On(const domain::DayReported& event, const EntryStamp&) { shifts_.Apply(event); }

void EdgeCore::On(const domain::PersonalDataRead& event, const EntryStamp&) {
  read_log_.Apply(event);
}

// ---- Swapped cards, and answers that are set aside.

void EdgeCore::TakeBlank(const Job& job, const domain::BlankSerial& blank) {
  const domain::BlankSerial held = job.final_blank;
  if (blank == held) return;
  if (const Job* other = journal_.OpenJobWith(blank)) {
    journal_.Hold(other->intent.act, held);
  } else {
    // Nobody's: it still lies somewhere in the office.
    tray_.Release(held);
  }
}

void EdgeCore::On(const domain::CancelAsked& event, const EntryStamp&) { journal_.Apply(event); }

void EdgeCore::On(const domain::Corrected& event, const EntryStamp&) {
  const Job* job = journal_.Find(event.subject);
  if (job != nullptr && !job->open()) Reopen(*job);
  journal_.Apply(event);
  if (job != nullptr) RefreshPrintable(job->intent.prr);
  const auto spoil = loose_spoils_.find(event.subject);
  if (spoil == loose_spoils_.end()) return;
  tray_.Restore(spoil->second.blank);
  if (spoil->second.office_day == duty_.day()) --blanks_spoiled_today_;
  loose_spoils_.erase(spoil);
}

void EdgeCore::Reopen(const Job& job) {
  if (job.stage == JobStage::kUnused) {
    duty_.CountAgain(job.intent.printer, job.office_day);
    machines_.CountFed(job.intent.printer);
    if (!tray_.Available(job.final_blank)) {
      journal_.Forget(job.intent.act);
      return;
    }
  }
  tray_.Bind(job.final_blank);
  cards_.Remove(job.intent.act);
}

// ---- Batches.

void EdgeCore::On(const domain::BatchOpened& event, const EntryStamp&) { batches_.Apply(event); }

void EdgeCore::On(const domain::BatchClosed& event, const EntryStamp&) { batches_.Apply(event); }

// ---- The printers as machines, and the office day.

void EdgeCore::On(const domain::TestCardPrinted& event, const EntryStamp&) {
  tray_.Spoil(event.blank);
  ++blanks_spoiled_today_;
  duty_.CountFed(event.printer);
  machines_.Apply(event);
}

void EdgeCore::On(const domain::PrinterMaintained& event, const EntryStamp&) {
  machines_.Apply(event);
}

void EdgeCore::On(const domain::OverrideGranted& event, const EntryStamp& stamp) {
  duty_.Apply(event);
  staleness_.Apply(event, stamp.seq);
}

void EdgeCore::On(const domain::PrinterReleased& event, const EntryStamp&) {
  machines_.Apply(event);
}

void EdgeCore::On(const domain::PrinterAdopted& event, const EntryStamp&) {
  machines_.Apply(event);
  duty_.Apply(event);
}

void EdgeCore::On(const domain::OfficeDayCorrected& event, const EntryStamp&) {
  duty_.Apply(event);
}

// ---- The feed.

void EdgeCore::ApplyFeedItem(const domain::FeedItem& item, const RecordState& record) {
  const auto* prr = std::get_if<domain::PrrItem>(&item.body);
  if (prr != nullptr) {
    const domain::PrrItem* known = catalogue_.FindPrr(prr->prr);
    if (known != nullptr) printable_.erase({known->enrolled_at, known->prr});
  }
  catalogue_.Apply(item, record);
  if (prr != nullptr) RefreshPrintable(prr->prr);
}

void EdgeCore::ApplyRecord(const domain::PrrId& prr, const RecordState& record) {
  catalogue_.SetRecord(prr, record);
  RefreshPrintable(prr);
}

void EdgeCore::ForgetFeedItem(const std::string& key) {
  const std::optional<domain::PrrId> prr = domain::PrrOfFeedKey(key);
  const domain::PrrItem* known = prr ? catalogue_.FindPrr(*prr) : nullptr;
  if (known != nullptr) printable_.erase({known->enrolled_at, *prr});
  catalogue_.Forget(key);
}

void EdgeCore::RefreshPrintable(const domain::PrrId& prr) {
  const domain::PrrItem* item = catalogue_.FindPrr(prr);
  if (item == nullptr) return;
  const bool printable = !item->withdrawn && LeaseHeld(*item) && !AlreadyPrinted(prr) &&
                         catalogue_.HasRecord(prr) && !catalogue_.faults().contains(prr);
  if (printable) {
    printable_.insert({item->enrolled_at, prr});
  } else {
    printable_.erase({item->enrolled_at, prr});
  }
}

}  // namespace keping::edge
