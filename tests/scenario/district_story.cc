#include "tests/scenario/district_story.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "central_node/store/queries.h"
#include "common/storage/key_space.h"

namespace keping::scenario {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::NodeId;
using domain::OperatorId;

constexpr int kRecords = 6;
constexpr int kBlanks = 10;

std::string Line(absl::string_view text) { return absl::StrCat(text, "\n"); }

std::string Misread(const std::vector<std::string>& words) {
  return Line(absl::StrCat("?? this runner does not know: ", absl::StrJoin(words, " ")));
}

const OperatorId& Ayu() {
  static const auto* const ayu = new OperatorId(OperatorId::Of("ayu"));
  return *ayu;
}

const OperatorId& Made() {
  static const auto* const made = new OperatorId(OperatorId::Of("made"));
  return *made;
}

}  // namespace

const std::map<std::string, DistrictStory::Verb>& DistrictStory::Verbs() {
  static const auto* const verbs =
      new std::map<std::string, Verb>{{"accept-claims", &DistrictStory::AcceptClaims},
                                      {"allot", &DistrictStory::Allot},
                                      {"backup", &DistrictStory::Backup},
                                      {"carry", &DistrictStory::Carry},
                                      {"cases", &DistrictStory::Cases},
                                      {"claims", &DistrictStory::Claims},
                                      {"clock", &DistrictStory::Clock},
                                      {"clone", &DistrictStory::Clone},
                                      {"copy", &DistrictStory::Copy},
                                      {"custody", &DistrictStory::Custody},
                                      {"damage", &DistrictStory::Damage},
                                      {"dates", &DistrictStory::Dates},
                                      {"dispatch", &DistrictStory::Dispatch},
                                      {"generation", &DistrictStory::Generation},
                                      {"lease", &DistrictStory::LeaseOf},
                                      {"lend", &DistrictStory::Lend},
                                      {"link", &DistrictStory::Link},
                                      {"lose", &DistrictStory::Lose},
                                      {"move", &DistrictStory::Move},
                                      {"offices", &DistrictStory::Offices},
                                      {"print", &DistrictStory::Print},
                                      {"record", &DistrictStory::Record},
                                      {"receive", &DistrictStory::Receive},
                                      {"recover", &DistrictStory::Recover},
                                      {"rescan", &DistrictStory::Rescan},
                                      {"restore", &DistrictStory::Restore},
                                      {"restore-centre", &DistrictStory::RestoreCentre},
                                      {"return", &DistrictStory::Return},
                                      {"revoke", &DistrictStory::Revoke},
                                      {"scan", &DistrictStory::Scan},
                                      {"show", &DistrictStory::Show},
                                      {"slip", &DistrictStory::Slip},
                                      {"stick", &DistrictStory::Stick},
                                      {"streams", &DistrictStory::Streams}};
  return *verbs;
}

std::string DistrictStory::Run(const std::string& line) {
  const Words words = absl::StrSplit(line, ' ', absl::SkipEmpty());
  const auto verb = Verbs().find(words.at(0));
  if (verb == Verbs().end()) return Misread(words);
  if (district_ == nullptr && words[0] != "offices") return Line("begin with: offices NAME …");
  return (this->*verb->second)(words);
}

// Each office gets ten blanks and six records, and has received them.
std::string DistrictStory::Offices(const Words& words) {
  std::map<std::string, std::string> offices;
  for (size_t i = 1; i < words.size(); ++i) {
    names_.push_back(words[i]);
    offices[words[i]] = absl::StrCat("51.06.0", i);
  }
  district_ = std::make_unique<tests::LittleDistrict>(offices);
  domain::SerialSet blanks = district_->AddBlanks(kBlanks * static_cast<int>(names_.size()));
  for (size_t i = 0; i < names_.size(); ++i) {
    const NodeId node = NodeId::Of(names_[i]);
    district_->Connect(names_[i]);
    for (const OperatorId& person : {Ayu(), Made()}) {
      district_->Command(central::AddOperator{.operator_id = person, .node = node});
      district_->Command(
          central::CertifyOperator{.operator_id = person,
                                   .node = node,
                                   .application_version = domain::ApplicationVersion::Of("v1")});
    }
    district_->AddRecords(static_cast<int>(i) * kRecords + 1, kRecords,
                          absl::StrCat("51.06.0", i + 1, ".2001"));
    const auto transfer = domain::TransferId::Of(absl::StrCat("t", i + 1));
    district_->Command(
        central::Dispatch{.transfer = transfer, .node = node, .quantity = kBlanks, .serials = {}});
    district_->Run();
    Do(names_[i], edge::ReceiveTransfer{.act = ActId::Of(absl::StrCat("receive-", i + 1)),
                                        .transfer = transfer,
                                        .scanned = blanks.Take(kBlanks),
                                        .operator_id = Ayu()});
    district_->Run();
    WriteWitness(names_[i]);
    district_->Cut(names_[i]);
  }
  return "";
}

std::string DistrictStory::Link(const Words& words) {
  if (words.size() != 3) return Misread(words);
  if (words[2] == "down") {
    district_->Cut(words[1]);
    return "";
  }
  district_->Connect(words[1]);
  district_->Run();
  WriteWitness(words[1]);
  return Show({"show", words[1]});
}

void DistrictStory::WriteWitness(const std::string& name) {
  tests::LittleDistrict::Office& at = office(name);
  if (at.node->store().frozen().has_value()) return;
  const storage::LogHead& head = at.node->store().log().head();
  at.witness = sync::Witness{.incarnation = at.incarnation, .head = {head.seq, head.hash}};
}

std::string DistrictStory::Do(const std::string& name, const edge::Input& input) {
  const auto decision = office(name).node->Handle(input);
  if (!decision.ok()) return Line(decision.status().message());
  if (!decision->status.ok()) return Line(decision->status.message());
  WriteWitness(name);
  district_->Run();
  if (decision->refusal == domain::PrintRefusal::kNone) return "";
  const domain::RefusalInfo info = domain::Describe(decision->refusal);
  return Line(absl::StrCat("refused ", info.code, ": ", info.sentence));
}

// ---- People.

std::string DistrictStory::Print(const Words& words) {
  if (words.size() != 4 || words[2] != "on") return Misread(words);
  const std::string& name = words[1];
  const ActId act = ActId::Of(absl::StrCat("job-", ++acts_));
  const std::string seen = Do(name, edge::Print{.act = act,
                                                .operator_id = Ayu(),
                                                .printer = domain::PrinterId::Of("printer"),
                                                .blank = BlankSerial::Of(words[3]),
                                                .prr = {}});
  if (!seen.empty()) return seen;
  open_[name] = act;
  for (const edge::PrinterAnswer answer :
       {edge::PrinterAnswer::kAccepted, edge::PrinterAnswer::kCompleted}) {
    Do(name, edge::PrinterReported{.act = act, .answer = answer, .printer_job = 1});
  }
  const edge::Job& job = *office(name).node->core().journal().Find(act);
  return Line(absl::StrCat(act.value(), ": ", job.intent.prr.value(), " on ", words[3]));
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

// ---- Sticks.

// What `keping bundle export` writes at an office.
std::string DistrictStory::Stick(const Words& words) {
  if (words.size() != 4 || words[2] != "as") return Misread(words);
  tests::LogStick stick = tests::TakeLog(*office(words[1]).node);
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

// ---- Machines.

// Somebody sets the clock of one office.
std::string DistrictStory::Clock(const Words& words) {
  absl::CivilDay day;
  if (words.size() != 3 || !absl::ParseCivilTime(words[2], &day)) return Misread(words);
  office(words[1]).clock->SetWall(absl::FromCivil(day, absl::UTCTimeZone()));
  return "";
}

std::string DistrictStory::Copy(const Words& words) {
  if (words.size() != 4 || words[2] != "as") return Misread(words);
  copies_[words[3]] = {office(words[1]).store, office(words[1]).witness};
  return "";
}

std::string DistrictStory::Restore(const Words& words) {
  if (words.size() != 4) return Misread(words);
  const bool whole_disk = words[1] == "disk";
  if (!whole_disk && words[1] != "database") return Misread(words);
  const std::string& name = words[2];
  district_->Cut(name);
  const Disk& copy = copies_.at(words[3]);
  office(name).store = copy.database;
  if (whole_disk) office(name).witness = copy.witness;
  district_->RestartOffice(name);
  return Show({"show", name});
}

std::string DistrictStory::Clone(const Words& words) {
  if (words.size() != 4 || words[2] != "as") return Misread(words);
  district_->Clone(words[1], words[3]);
  office(words[3]).witness = office(words[1]).witness;
  return "";
}

std::string DistrictStory::Recover(const Words& words) {
  if (words.size() != 2) return Misread(words);
  if (!office(words[1]).node->store().frozen().has_value()) {
    return Line("there is nothing to recover");
  }
  district_->Recover(words[1]);
  open_.erase(words[1]);
  return Show({"show", words[1]});
}

// The last entries of the log do not read any more.
std::string DistrictStory::Damage(const Words& words) {
  if (words.size() != 2) return Misread(words);
  tests::LittleDistrict::Office& at = office(words[1]);
  const uint64_t last = at.node->store().log().head().seq;
  district_->Cut(words[1]);
  storage::WriteBatch batch;
  batch.Put(storage::EntryKey(last - 1), "damaged");
  if (!at.store.Write(batch, storage::Durability::kSynced).ok()) return Line("could not write");
  district_->RestartOffice(words[1]);
  return Show({"show", words[1]});
}

std::string DistrictStory::Backup(const Words&) {
  backup_ = district_->centre_store();
  return "";
}

std::string DistrictStory::RestoreCentre(const Words& words) {
  const bool whole_disk = words.size() == 2 && words[1] == "disk";
  if (!whole_disk && (words.size() != 2 || words[1] != "database")) return Misread(words);
  district_->RestoreCentre(*backup_, /*shown=*/!whole_disk);
  return Generation({"generation"});
}

// ---- The district office.

std::string DistrictStory::Told(central::CommandOutcome outcome) {
  district_->Run();
  if (outcome == central::CommandOutcome::kDone) return "";
  const uint64_t unheard = district_->centre().resident().centre.unheard.size();
  return Line(central::Sentence({.outcome = outcome, .got = unheard}));
}

std::string DistrictStory::Record(const Words& words) {
  if (words.size() != 4 || words[2] != "for") return Misread(words);
  const auto home = std::find(names_.begin(), names_.end(), words[3]) - names_.begin() + 1;
  int number = 0;
  if (!absl::SimpleAtoi(words[1].substr(1), &number)) return Misread(words);
  district_->AddRecords(number, 1, absl::StrCat("51.06.0", home, ".2001"));
  district_->Run();
  return LeaseOf({"lease", words[1]});
}

std::string DistrictStory::Allot(const Words& words) {
  int quantity = 0;
  if (words.size() != 2 || !absl::SimpleAtoi(words[1], &quantity)) return Misread(words);
  return Line(district_->AddBlanks(quantity, ++allotments_).ToString());
}

std::string DistrictStory::Move(const Words& words) {
  if (words.size() != 4 || words[2] != "to") return Misread(words);
  return Told(district_->Command(
      central::MoveLease{.prr = domain::PrrId::Of(words[1]), .to = NodeId::Of(words[3])}));
}

std::string DistrictStory::Dispatch(const Words& words) {
  int quantity = 0;
  if (words.size() != 5 || words[3] != "as" || !absl::SimpleAtoi(words[1], &quantity)) {
    return Misread(words);
  }
  return Told(district_->Command(central::Dispatch{.transfer = domain::TransferId::Of(words[4]),
                                                   .node = NodeId::Of(words[2]),
                                                   .quantity = static_cast<uint64_t>(quantity),
                                                   .serials = {}}));
}

std::string DistrictStory::Lose(const Words& words) {
  return words.size() == 2 ? Close(words[1], domain::NodeEnd::kLost) : Misread(words);
}

std::string DistrictStory::Revoke(const Words& words) {
  if (words.size() != 2) return Misread(words);
  const std::string seen = Close(words[1], domain::NodeEnd::kRevoked);
  district_->hub().Close(NodeId::Of(words[1]), absl::PermissionDeniedError("K-255"));
  district_->Run();
  return seen;
}

std::string DistrictStory::AcceptClaims(const Words& words) {
  uint64_t seq = 0;
  if (words.size() != 4 || words[2] != "up-to" || !absl::SimpleAtoi(words[3], &seq)) {
    return Misread(words);
  }
  const NodeId node = NodeId::Of(words[1]);
  const auto claims = central::ReadClaims(district_->centre(), node, 1);
  if (!claims.ok() || claims->empty()) return Line("there is no claim");
  const auto result = district_->centre().Handle(
      district_->clock().Now(),
      central::AcceptClaims{.node = node,
                            .incarnation = claims->front().incarnation,
                            .seq = seq,
                            .by = OperatorId::Of("kadis"),
                            .second = OperatorId::Of("sekdis"),
                            .document = domain::DocumentNumber::Of("470/2/2017")});
  if (!result.ok()) return Line(result.status().message());
  return result->outcome == central::CommandOutcome::kDone ? "" : Line(central::Sentence(*result));
}

std::string DistrictStory::Close(const std::string& name, domain::NodeEnd end) {
  return Told(
      district_->Command(central::CloseNode{.node = NodeId::Of(name),
                                            .end = end,
                                            .by = OperatorId::Of("kadis"),
                                            .second = OperatorId::Of("sekdis"),
                                            .document = domain::DocumentNumber::Of("470/1/2017")}));
}

// ---- Looking.

std::string DistrictStory::Show(const Words& words) {
  if (words.size() != 2) return Misread(words);
  const tests::LittleDistrict::Office& at = office(words[1]);
  const edge::EdgeStore& store = at.node->store();
  std::string seen =
      absl::StrCat(words[1], " writes ", at.incarnation.value(), ": ", store.log().head().seq,
                   " entries, proven ", at.node->core().contact().proven_seq, "\n");
  if (store.tail().end().seq > store.log().head().seq) {
    absl::StrAppend(&seen, "fetched back up to ", store.tail().end().seq, "\n");
  }
  if (const auto& parent = store.ancestry().parent(); parent.has_value()) {
    absl::StrAppend(&seen, "after ", parent->incarnation.value(), ", which ends at ",
                    parent->head.seq, "\n");
  }
  const edge::BlankTray& tray = at.node->core().tray();
  absl::StrAppend(&seen, "tray ", tray.available().size());
  if (!tray.unconfirmed().empty()) {
    absl::StrAppend(&seen, ", to be scanned again ", tray.unconfirmed().size());
  }
  absl::StrAppend(&seen, "\n");
  if (!store.lock_reason().empty()) absl::StrAppend(&seen, "locked: ", store.lock_reason(), "\n");
  return seen;
}

std::string DistrictStory::Cases(const Words&) {
  const auto cases = central::ReadCases(district_->centre());
  if (!cases.ok()) return Line(cases.status().message());
  std::string seen;
  for (const central::CaseView& one : *cases) {
    const std::string about = !one.row.node.empty()       ? one.row.node.value()
                              : one.row.blank.has_value() ? one.row.blank->text()
                                                          : one.row.prr.value();
    absl::StrAppend(&seen, domain::CaseKindName(one.row.kind), " ", about, " ",
                    domain::CaseStateName(one.row.state), "\n");
  }
  return seen.empty() ? Line("no case") : seen;
}

std::string DistrictStory::Custody(const Words&) {
  std::string seen;
  for (const auto& [place, quantity] : district_->centre().balances().places()) {
    if (quantity == 0 || ledger::IsSource(place.account)) continue;
    absl::StrAppend(&seen, ledger::AccountName(place.account),
                    place.holder.empty() ? "" : absl::StrCat(" ", place.holder.value()), " ",
                    quantity, "\n");
  }
  return seen;
}

std::string DistrictStory::Claims(const Words& words) {
  if (words.size() != 2) return Misread(words);
  constexpr size_t kAll = 1000;
  const auto views = central::ReadClaims(district_->centre(), NodeId::Of(words[1]), kAll);
  if (!views.ok()) return Line(views.status().message());
  std::string seen;
  for (const central::ClaimsView& view : *views) {
    for (const central::ClaimsView::Claim& claim : view.claims) {
      absl::StrAppend(&seen, view.incarnation.value(), " ", claim.entry.ref.seq, ": ",
                      claim.entry.event ? domain::EventName(*claim.entry.event) : "unknown",
                      claim.signed_head ? ", signed up to here" : "", "\n");
    }
  }
  return seen.empty() ? Line("no claim") : seen;
}

// The date in the last entry of each log, which orders nothing: what a wrong clock reaches.
std::string DistrictStory::Dates(const Words&) {
  const auto date = [](const storage::KvStore& store, uint64_t seq) {
    const auto entry = domain::ParseEntry(**store.Get(storage::EntryKey(seq)));
    return absl::FormatCivilTime(absl::ToCivilDay(
        absl::FromUnixMillis(static_cast<int64_t>(entry->header.hybrid_time >> 16)),
        absl::UTCTimeZone()));
  };
  std::string seen = absl::StrCat(
      "centre ", date(district_->centre_store(), district_->centre().log_head().seq), "\n");
  for (const std::string& name : names_) {
    absl::StrAppend(&seen, name, " ",
                    date(office(name).store, office(name).node->store().log().head().seq), "\n");
  }
  return seen;
}

std::string DistrictStory::Generation(const Words&) {
  const central::CentreRow& centre = district_->centre().resident().centre;
  if (centre.unheard.empty()) return Line(absl::StrCat("generation ", centre.generation_order));
  return Line(
      absl::StrCat("generation ", centre.generation_order, ", waits for ",
                   absl::StrJoin(centre.unheard, ", ", [](std::string* out, const NodeId& node) {
                     absl::StrAppend(out, node.value());
                   })));
}

std::string DistrictStory::LeaseOf(const Words& words) {
  if (words.size() != 2) return Misread(words);
  const auto view = central::ReadPrr(district_->centre(), domain::PrrId::Of(words[1]));
  if (!view.ok()) return Line(view.status().message());
  if (!view->has_value()) return Line(absl::StrCat(words[1], " is not known"));
  const central::Lease& lease = (*view)->lease;
  if (!lease.held()) return Line(absl::StrCat(words[1], " is held by nobody"));
  return Line(absl::StrCat(words[1], " is held by ", lease.holder.value(), " under ",
                           lease.epoch.generation_order, ".", lease.epoch.counter));
}

// What the centre holds of the nodes' logs.
std::string DistrictStory::Streams(const Words&) {
  std::string seen;
  for (const auto& [node, row] : district_->centre().resident().nodes) {
    for (const auto& [name, stream] : row.streams) {
      const std::string branch =
          stream.branch_of.empty()
              ? name.value()
              : absl::StrCat("a branch of ", stream.branch_of.value(), " from ", stream.branch_seq);
      absl::StrAppend(&seen, node.value(), ": ", branch, " up to ", stream.seq,
                      name == row.active ? ", active" : "", "\n");
    }
  }
  return seen;
}

}  // namespace keping::scenario
