// What the laws of the whole district lay side by side when it has settled (discrepancies.h,
// overdue.h), noted while it is written.
#include <variant>

#include "tests/sim/laws.h"

namespace keping::sim {
namespace {

template <typename Event>
const Event* As(const domain::Event& event) {
  return std::get_if<Event>(&event);
}

// The job that this answers, so that nobody is in doubt about it any more; or null.
const domain::ActId* AnsweredBy(const domain::Event& event) {
  if (const auto* good = As<domain::PrintVerified>(event)) return &good->act;
  if (const auto* spoiled = As<domain::PrintSpoiled>(event)) return &spoiled->act;
  if (const auto* unused = As<domain::PrintUnused>(event)) return &unused->act;
  const auto* failed = As<domain::PrintFailed>(event);
  const bool refused = failed != nullptr && failed->failure == domain::PrintFailure::kNotAccepted;
  return refused ? &failed->act : nullptr;
}

// The job that nobody knows the end of from now on; or null.
const domain::ActId* DoubtedBy(const domain::Event& event) {
  if (const auto* doubted = As<domain::PrintDoubted>(event)) return &doubted->act;
  if (const auto* corrected = As<domain::Corrected>(event)) return &corrected->subject;
  const auto* failed = As<domain::PrintFailed>(event);
  const bool aborted = failed != nullptr && failed->failure == domain::PrintFailure::kAborted;
  return aborted ? &failed->act : nullptr;
}

}  // namespace

void Laws::NoteStock(int log, const ReadEntry& read, const crypto::Hash& entry) {
  const domain::Event& event = read.event;
  const uint64_t seq = read.header.seq;
  if (const auto* opened = As<domain::OfficeDayOpened>(event)) {
    chronicle_.node(log).date = opened->date;
  } else if (const auto* received = As<domain::BlanksReceived>(event)) {
    chronicle_.receptions.push_back({*received, entry, log, read.header.incarnation, seq});
  } else if (const auto* counted = As<domain::StockCounted>(event)) {
    chronicle_.counts.push_back({*counted, entry, log});
  } else if (const auto* burnt = As<domain::CardsDestroyed>(event)) {
    chronicle_.fires.push_back({burnt->serials, entry, log, seq});
    chronicle_.departures.push_back({burnt->serials, entry, read.header.wall_micros});
  } else if (const auto* answered = As<domain::CardsAnswered>(event)) {
    chronicle_.departures.push_back({answered->delivered, entry, read.header.wall_micros});
  } else if (const auto* stock = As<domain::StockOpened>(event)) {
    chronicle_.opened = chronicle_.opened.Union(stock->serials);
  } else if (const auto* lent = As<domain::BlanksLent>(event)) {
    chronicle_.lent = chronicle_.lent.Union(lent->blanks);
  }
}

void Laws::NoteDoubt(int log, const ReadEntry& entry) {
  const HeardDoubt now{log, entry.header.incarnation, entry.header.seq};
  if (const domain::ActId* doubted = DoubtedBy(entry.event)) {
    chronicle_.doubts.try_emplace(*doubted, now);
  }
  const domain::ActId* answered = AnsweredBy(entry.event);
  if (answered == nullptr) return;
  auto known = chronicle_.doubts.find(*answered);
  if (known == chronicle_.doubts.end()) {
    // A job that the printer refused is not in doubt, whatever it says of it later.
    if (As<domain::PrintFailed>(entry.event) == nullptr) return;
    known = chronicle_.doubts.emplace(*answered, now).first;
  }
  if (known->second.answered_seq == 0) known->second.answered_seq = entry.header.seq;
}

}  // namespace keping::sim
