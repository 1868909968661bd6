// What people of an office do, at the machine and with sticks.

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/scenario/district_story.h"

namespace keping::scenario {

using domain::ActId;
using domain::BlankSerial;
using domain::NodeId;

// ---- People.

// `dies`: the printer breaks with the card inside. `refused`: it does not take the job.
std::string DistrictStory::Print(const Words& words) {
  const bool dies = words.has("dies");
  const bool refused = words.has("refused");
  if (words.size() != 4u + (dies || refused ? 1 : 0) || words[2] != "on") return Misread(words);
  const std::string& name = words[1];
  const ActId act = ActId::Of(absl::StrCat("job-", ++acts_));
  const std::string seen = Do(name, edge::Print{.act = act,
                                                .operator_id = Ayu(),
                                                .printer = domain::PrinterId::Of("printer"),
                                                .blank = BlankSerial::Of(words[3]),
                                                .prr = {}});
  if (!seen.empty()) return seen;
  open_[name] = act;
  using Answers = std::vector<edge::PrinterAnswer>;
  const Answers answers =
      refused ? Answers{edge::PrinterAnswer::kNotAccepted}
              : Answers{edge::PrinterAnswer::kAccepted,
                        dies ? edge::PrinterAnswer::kUnknown : edge::PrinterAnswer::kCompleted};
  for (const edge::PrinterAnswer answer : answers) {
    Do(name, edge::PrinterReported{.act = act, .answer = answer, .printer_job = 1});
  }
  const edge::Job& job = *office(name).node->core().journal().Find(act);
  return Line(absl::StrCat(act.value(), ": ", job.intent.prr.value(), " on ", words[3],
                           job.open() && dies ? ", in doubt" : "", refused ? ", not fed" : ""));
}

std::string DistrictStory::Scan(const Words& words) {
  if (words.size() != 3) return Misread(words);
  const std::string& name = words[1];
  const edge::Job* job = office(name).node->core().journal().Find(open_[name]);
  if (job == nullptr) return Line("no job is under way there");
  const std::string tail = job->intent.prr.value().substr(1);
  return Do(name, edge::VerifyCard{.act = open_[name],
                                   .scanned = BlankSerial::Of(words[2]),
                                   .nik_tail = tail,
                                   .operator_id = Ayu()});
}

std::string DistrictStory::Rescan(const Words& words) {
  if (words.size() != 3) return Misread(words);
  return Do(words[1], edge::RescanStock{.act = ActId::Of(absl::StrCat("rescan-", ++acts_)),
                                        .scanned = *domain::SerialSet::Parse(words[2]),
                                        .operator_id = Ayu(),
                                        .second = Made()});
}

std::string DistrictStory::Lend(const Words& words) {
  if (words.size() != 5 || words[2] != "to") return Misread(words);
  const auto transfer = domain::TransferId::Of(absl::StrCat("L", ++lendings_));
  const std::string seen =
      Do(words[1], edge::LendBlanks{.act = ActId::Of(absl::StrCat("lend-", ++acts_)),
                                    .transfer = transfer,
                                    .to = NodeId::Of(words[3]),
                                    .blanks = *domain::SerialSet::Parse(words[4]),
                                    .operator_id = Ayu(),
                                    .second = Made()});
  return seen.empty() ? Line(absl::StrCat("under number ", transfer.value())) : seen;
}

// What `keping bundle` carries from one office to the other.
std::string DistrictStory::Slip(const Words& words) {
  if (words.size() != 5 || words[3] != "to") return Misread(words);
  const auto transfer = domain::TransferId::Of(words[1]);
  const edge::Lending* lent = office(words[2]).node->core().lendings().Given(transfer);
  if (lent == nullptr) return Line("nothing was lent there under this number");
  const auto taken = office(words[4]).node->TakeSlip(
      {.transfer = transfer, .from = office(words[2]).node_id, .blanks = lent->blanks});
  if (!taken.ok()) return Line(taken.status().message());
  return *taken ? "" : Line("it was here already");
}

std::string DistrictStory::Receive(const Words& words) {
  const bool by_paper = words.size() == 5 && words[4] == "by-paper";
  if (words.size() != 4 && !by_paper) return Misread(words);
  const std::string seen = Do(
      words[1], edge::ReceiveTransfer{.act = ActId::Of(absl::StrCat("receive-", words[1], ++acts_)),
                                      .transfer = domain::TransferId::Of(words[2]),
                                      .scanned = *domain::SerialSet::Parse(words[3]),
                                      .operator_id = Ayu(),
                                      .before_dispatch = by_paper});
  if (!seen.empty()) return seen;
  return Line(absl::StrCat("tray ", office(words[1]).node->core().tray().available().size()));
}

// The card of the job under way, whose blank is in somebody's hand.
std::string DistrictStory::SpoilCard(const Words& words) {
  if (words.size() != 2) return Misread(words);
  return Do(words[1], edge::SpoilCard{.act = open_[words[1]], .operator_id = Ayu()});
}

std::string DistrictStory::NoCard(const Words& words) {
  if (words.size() != 2) return Misread(words);
  return Do(words[1], edge::ReleaseJob{.act = open_[words[1]], .operator_id = Ayu()});
}

// Two persons sign what they say that they scanned in the tray.
std::string DistrictStory::Count(const Words& words) {
  if (words.size() != 3) return Misread(words);
  return Do(words[1], edge::CountPile{.act = ActId::Of(absl::StrCat("count-", ++acts_)),
                                      .pile = domain::Pile::kTray,
                                      .scanned = *domain::SerialSet::Parse(words[2]),
                                      .operator_id = Ayu(),
                                      .second = Made()});
}

// Finished cards, or spoiled ones, that lie there and are in no book, by the minutes of two
// persons.
std::string DistrictStory::OpenStock(const Words& words) {
  static const std::map<std::string, domain::Pile> kPiles{{"tray", domain::Pile::kTray},
                                                          {"spoiled", domain::Pile::kSpoiled},
                                                          {"printed", domain::Pile::kPrinted}};
  if (words.size() != 4) return Misread(words);
  return Do(words[1], edge::OpenStock{.act = ActId::Of(absl::StrCat("open-", ++acts_)),
                                      .pile = WordOf(kPiles, words[2]),
                                      .serials = *domain::SerialSet::Parse(words[3]),
                                      .minutes = domain::DocumentNumber::Of("BA/8"),
                                      .operator_id = Ayu(),
                                      .second = Made()});
}

std::string DistrictStory::Deliver(const Words& words) {
  if (words.size() != 3) return Misread(words);
  return Do(words[1], edge::AnswerCards{.act = ActId::Of(absl::StrCat("deliver-", ++acts_)),
                                        .manifest = {},
                                        .delivered = *domain::SerialSet::Parse(words[2]),
                                        .not_found = {},
                                        .returned = {},
                                        .operator_id = Ayu()});
}

// Every order that came is carried out.
std::string DistrictStory::Acknowledge(const Words& words) {
  if (words.size() != 2) return Misread(words);
  const edge::EdgeCore& core = office(words[1]).node->core();
  std::vector<domain::ActionId> open;
  for (const auto& [id, action] : core.catalogue().actions()) {
    if (!core.Acknowledged(id)) open.push_back(id);
  }
  std::string seen;
  for (const domain::ActionId& action : open) {
    seen += Do(words[1], edge::AcknowledgeAction{.action = action, .operator_id = Ayu()});
  }
  return absl::StrCat(seen, words[1], " carried out ", open.size(), "\n");
}

std::string DistrictStory::Destroy(const Words& words) {
  if (words.size() != 3) return Misread(words);
  return Do(words[1], edge::DestroyCards{.act = ActId::Of(absl::StrCat("destroy-", ++acts_)),
                                         .serials = *domain::SerialSet::Parse(words[2]),
                                         .minutes = domain::DocumentNumber::Of("BA/9"),
                                         .operator_id = Ayu(),
                                         .second = Made(),
                                         .witnesses = {}});
}

// ---- Sticks.

// What `keping bundle export` writes at an office.
std::string DistrictStory::Stick(const Words& words) {
  const bool from = words.size() == 6 && words[4] == "from";
  if ((words.size() != 4 && !from) || words[2] != "as") return Misread(words);
  uint64_t first = 0;
  if (from && !absl::SimpleAtoi(words[5], &first)) return Misread(words);
  tests::LogStick stick = tests::TakeLog(*office(words[1]).node, first);
  uint64_t entries = 0;
  for (const sync::Segment& segment : stick.segments) entries += segment.entries.size();
  sticks_[words[3]] = std::move(stick);
  return Line(absl::StrCat("holds ", entries, " entries"));
}

// It is imported at the centre, and the answer is written on it.
std::string DistrictStory::Carry(const Words& words) {
  if (words.size() != 2) return Misread(words);
  const tests::LogStick& stick = sticks_.at(words[1]);
  central::CarriedLogOutcome outcome;
  const absl::Status status = tests::DeliverLog(*district_, stick, &outcome);
  if (!status.ok()) return Line(status.message());
  std::string seen = absl::StrCat(outcome.entries_new, " entries new, ", outcome.entries_known,
                                  " known already\n");
  if (outcome.entries_claimed > 0) absl::StrAppend(&seen, outcome.entries_claimed, " are claims\n");
  for (const std::string& note : outcome.notes) absl::StrAppend(&seen, note, "\n");
  answers_[words[1]] = tests::TakeAnswer(*district_, stick.hello);
  return seen;
}

std::string DistrictStory::Return(const Words& words) {
  if (words.size() != 4 || words[2] != "to") return Misread(words);
  edge::AnswerOutcome outcome;
  const absl::Status status =
      tests::DeliverAnswer(answers_.at(words[1]), *office(words[3]).node, &outcome);
  WriteWitness(words[3]);
  if (!status.ok()) return Line(status.message());
  const uint64_t proven = office(words[3]).node->core().contact().proven_seq;
  return Line(absl::StrCat("proven ", proven,
                           outcome.receipt_newer ? "" : ", by nothing newer than was known"));
}

}  // namespace keping::scenario
