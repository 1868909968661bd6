// The projections of EdgeCore: how entries, feed items and receipts change what it knows.

#include <variant>

#include "edge_node/core/edge_core.h"

namespace keping::edge {
namespace {

template <typename Event>
const Event* As(const domain::Event& event) {
  return std::get_if<Event>(&event);
}

}  // namespace

void EdgeCore::Apply(const domain::Event& event, const EntryStamp& stamp) {
  duty_.ApplyStamp(stamp.boot_id, stamp.monotonic);
  if (As<domain::OfficeDayOpened>(event) != nullptr) day_opened_at_seq_.push_back(stamp.seq);
  ApplyEvent(event, stamp.seq);
}

void EdgeCore::ApplyContact(const Contact& contact) {
  contact_ = contact;
  if (contact.centre_time == absl::InfinitePast()) return;
  duty_.ApplyReceipt(contact.proven_seq,
                     absl::ToCivilDay(contact.centre_time, settings_.time_zone));
}

void EdgeCore::ApplyEvent(const domain::Event& event, uint64_t seq) {
  domain::PrrId touched;
  if (const auto* day = As<domain::OfficeDayOpened>(event)) {
    duty_.Apply(*day, seq);
  } else if (const auto* received = As<domain::BlanksReceived>(event)) {
    received_.insert(received->transfer);
    tray_.Receive(received->received);
  } else if (const auto* refused = As<domain::PrintRefused>(event)) {
    ++refusals_[refused->refusal];
  } else if (const auto* intent = As<domain::PrintIntended>(event)) {
    journal_.Apply(*intent, duty_.day());
    tray_.Bind(intent->blank);
    duty_.CountFed(intent->printer);
    touched = intent->prr;
  } else if (const auto* sent = As<domain::PrintSent>(event)) {
    journal_.Apply(*sent);
  } else if (const auto* completed = As<domain::PrintCompleted>(event)) {
    journal_.Apply(*completed);
  } else if (const auto* failed = As<domain::PrintFailed>(event)) {
    journal_.Apply(*failed);
  } else if (const auto* doubted = As<domain::PrintDoubted>(event)) {
    journal_.Apply(*doubted);
  } else if (const auto* spoiled_blank = As<domain::BlankSpoiled>(event)) {
    tray_.Spoil(spoiled_blank->blank);
  } else if (const auto* released = As<domain::LeaseReleased>(event)) {
    released_.insert({released->prr, released->epoch});
    touched = released->prr;
  } else if (const auto* done = As<domain::ActionAcknowledged>(event)) {
    acknowledged_.insert(done->action);
  } else {
    ApplySettlement(event);
    return;
  }
  if (!touched.empty()) RefreshPrintable(touched);
}

void EdgeCore::ApplySettlement(const domain::Event& event) {
  domain::ActId act;
  if (const auto* verified = As<domain::PrintVerified>(event)) act = verified->act;
  if (const auto* spoiled = As<domain::PrintSpoiled>(event)) act = spoiled->act;
  if (const auto* unused = As<domain::PrintUnused>(event)) act = unused->act;
  const Job* job = journal_.Find(act);
  if (job == nullptr || !job->open()) return;
  if (const auto* verified = As<domain::PrintVerified>(event)) {
    // Good on another blank: the intended one still lies somewhere in the office.
    if (verified->blank != job->intent.blank) tray_.Release(job->intent.blank);
    tray_.Use(verified->blank);
    journal_.Apply(*verified);
  } else if (const auto* spoiled = As<domain::PrintSpoiled>(event)) {
    tray_.Spoil(spoiled->blank);
    journal_.Apply(*spoiled);
  } else if (const auto* unused = As<domain::PrintUnused>(event)) {
    tray_.Release(job->intent.blank);
    duty_.CountUnused(job->intent.printer, job->office_day);
    journal_.Apply(*unused);
  }
  RefreshPrintable(job->intent.prr);
}

void EdgeCore::ApplyFeedItem(const domain::FeedItem& item, bool has_record) {
  const auto* prr = std::get_if<domain::PrrItem>(&item.body);
  if (prr != nullptr) {
    const domain::PrrItem* known = catalogue_.FindPrr(prr->prr);
    if (known != nullptr) printable_.erase({known->enrolled_at, known->prr});
  }
  catalogue_.Apply(item, has_record);
  if (prr != nullptr) RefreshPrintable(prr->prr);
}

void EdgeCore::RefreshPrintable(const domain::PrrId& prr) {
  const domain::PrrItem* item = catalogue_.FindPrr(prr);
  if (item == nullptr) return;
  const bool printable =
      !item->withdrawn && LeaseHeld(*item) && !AlreadyPrinted(prr) && catalogue_.HasRecord(prr);
  if (printable) {
    printable_.insert({item->enrolled_at, prr});
  } else {
    printable_.erase({item->enrolled_at, prr});
  }
}

}  // namespace keping::edge
