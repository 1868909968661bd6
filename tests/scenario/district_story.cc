#include "tests/scenario/district_story.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "central_node/store/queries.h"
#include "common/storage/key_space.h"

namespace keping::scenario {
namespace {

using domain::ActId;
using domain::NodeId;

constexpr int kRecords = 6;
constexpr int kBlanks = 10;

}  // namespace

const std::map<std::string, DistrictStory::Verb>& DistrictStory::Verbs() {
  static const auto& verbs =
      *new std::map<std::string, Verb>{{"accept-claims", &DistrictStory::AcceptClaims},
                                       {"acknowledge", &DistrictStory::Acknowledge},
                                       {"allot", &DistrictStory::Allot},
                                       {"answers", &DistrictStory::Answers},
                                       {"backup", &DistrictStory::Backup},
                                       {"carry", &DistrictStory::Carry},
                                       {"cases", &DistrictStory::Cases},
                                       {"claims", &DistrictStory::Claims},
                                       {"clock", &DistrictStory::Clock},
                                       {"clone", &DistrictStory::Clone},
                                       {"compare", &DistrictStory::Compare},
                                       {"copy", &DistrictStory::Copy},
                                       {"count", &DistrictStory::Count},
                                       {"custody", &DistrictStory::Custody},
                                       {"damage", &DistrictStory::Damage},
                                       {"dates", &DistrictStory::Dates},
                                       {"day", &DistrictStory::Day},
                                       {"decide", &DistrictStory::Decide},
                                       {"deliver", &DistrictStory::Deliver},
                                       {"destroy", &DistrictStory::Destroy},
                                       {"dispatch", &DistrictStory::Dispatch},
                                       {"enrol-anew", &DistrictStory::EnrolAnew},
                                       {"explain", &DistrictStory::Explain},
                                       {"figures", &DistrictStory::Figures},
                                       {"generation", &DistrictStory::Generation},
                                       {"lease", &DistrictStory::LeaseOf},
                                       {"lend", &DistrictStory::Lend},
                                       {"link", &DistrictStory::Link},
                                       {"lose", &DistrictStory::Lose},
                                       {"move", &DistrictStory::Move},
                                       {"no-card", &DistrictStory::NoCard},
                                       {"officers", &DistrictStory::Officers},
                                       {"offices", &DistrictStory::Offices},
                                       {"open-stock", &DistrictStory::OpenStock},
                                       {"orders", &DistrictStory::Orders},
                                       {"print", &DistrictStory::Print},
                                       {"proven", &DistrictStory::Proven},
                                       {"receive", &DistrictStory::Receive},
                                       {"record", &DistrictStory::Record},
                                       {"recover", &DistrictStory::Recover},
                                       {"rescan", &DistrictStory::Rescan},
                                       {"restore", &DistrictStory::Restore},
                                       {"restore-centre", &DistrictStory::RestoreCentre},
                                       {"return", &DistrictStory::Return},
                                       {"revoke", &DistrictStory::Revoke},
                                       {"scan", &DistrictStory::Scan},
                                       {"show", &DistrictStory::Show},
                                       {"slip", &DistrictStory::Slip},
                                       {"spoil", &DistrictStory::SpoilCard},
                                       {"stick", &DistrictStory::Stick},
                                       {"streams", &DistrictStory::Streams},
                                       {"truly", &DistrictStory::Truly},
                                       {"withdraw", &DistrictStory::Withdraw}};
  return verbs;
}

std::string DistrictStory::Run(const std::string& line) {
  const Words words(line);
  const auto verb = Verbs().find(words[0]);
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
    for (const domain::OperatorId& person : {Ayu(), Made()}) {
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

// ---- Machines.

// Somebody sets the clock of one office.
std::string DistrictStory::Clock(const Words& words) {
  if (words.size() != 3) return Misread(words);
  office(words[1]).clock->SetWall(absl::FromCivil(DayOf(words[2]), absl::UTCTimeZone()));
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
  const edge::EdgeNode& node = *office(words[1]).node;
  const std::optional<edge::Frozen>& frozen = node.store().frozen();
  if (!frozen.has_value()) return Line("there is nothing to recover");
  const absl::Status delivered = edge::CheckDelivered(*frozen, node.log_reach());
  if (!delivered.ok()) return Line(delivered.message());
  district_->Recover(words[1]);
  open_.erase(words[1]);
  return Show({"show", words[1]});
}

// A new machine with an empty disk takes the office over, and its people with it.
std::string DistrictStory::EnrolAnew(const Words& words) {
  if (words.size() != 4 || words[2] != "as") return Misread(words);
  district_->EnrolAnew(words[1], words[3]);
  office(words[1]).certified = domain::IncarnationId::Of(words[3]);
  open_.erase(words[1]);
  return Link({"link", words[1], "up"});
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
