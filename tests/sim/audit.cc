#include "tests/sim/audit.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "central_node/store/queries.h"
#include "central_node/store/replay.h"
#include "central_node/store/row_codec.h"
#include "common/cli/verify.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"

namespace keping::sim {
namespace {

using domain::CaseKind;
using ledger::Account;

constexpr char kCustody[] = "custody closes";
constexpr char kTrueBooks[] = "the books are true";
constexpr char kLies[] = "a lie is shown";
constexpr char kReplay[] = "replay";

std::optional<std::string> ReadKey(const storage::KvStore& store, absl::string_view prefix,
                                   absl::string_view id) {
  auto bytes = store.Get(absl::StrCat(prefix, id));
  return bytes.ok() ? *std::move(bytes) : std::nullopt;
}

// Where the ledger should hold a blank that lies there.
ledger::Place BookedPlace(const Blank& blank) {
  const domain::NodeId holder = blank.office >= 0 ? OfficeId(blank.office) : domain::NodeId();
  switch (blank.at) {
    case BlankAt::kDistrict:
      return {Account::kDistrictStock, {}};
    case BlankAt::kBox:
      return {Account::kInTransit, holder};
    case BlankAt::kCupboard:
      break;
    case BlankAt::kTray:
    case BlankAt::kHopper:
      return {Account::kNodeStock, holder};
    case BlankAt::kGoodCard:
      return {Account::kPrintedReady, holder};
    case BlankAt::kHandedOver:
      return {Account::kHandedOver, holder};
    case BlankAt::kDelivered:
      return {Account::kDelivered, holder};
    case BlankAt::kReturned:
      return {Account::kReturned, holder};
    case BlankAt::kWithdrawn:
      return {Account::kWithdrawn, holder};
    case BlankAt::kDestroyed:
      return {Account::kDestroyed, holder};
    case BlankAt::kSpoiled:
      return {Account::kSpoiled, holder};
    case BlankAt::kLost:
      return {Account::kMissing, holder};
  }
  return {};
}

}  // namespace

Audit::Audit(World* world, Matter* matter, Chronicle* chronicle, Laws* laws, const Causes* causes,
             Centre* centre, const National* national, const District* district, Pictures* pictures,
             std::vector<Post> posts)
    : world_(*world),
      matter_(*matter),
      chronicle_(*chronicle),
      laws_(*laws),
      causes_(*causes),
      centre_(*centre),
      national_(*national),
      district_(*district),
      pictures_(*pictures),
      posts_(std::move(posts)),
      overdue_(world, chronicle, centre) {}

// ---- Each hour.

void Audit::Hourly() {
  if (!centre_.listening()) return;
  overdue_.Hourly();
  const central::CentralNode& node = *centre_.node();
  const central::DistrictStatus status = central::StatusOf(node);
  const bool allotted = node.cursors().allotments > 0;
  const uint64_t from_centre = allotted ? national_.allotted().size() : 0;
  if (!status.conserved || status.blanks_allotted != from_centre ||
      status.closing.from_centre != static_cast<int64_t>(from_centre)) {
    world_.Break(kCustody, absl::StrCat("allotted ", from_centre, ", the ledger took ",
                                        status.closing.from_centre,
                                        " from the centre; balanced: ", status.closing.balanced));
  }
  for (const auto& [id, row] : node.resident().nodes) {
    const auto facts = chronicle_.facts_end.find(id);
    for (const auto& [stream, head] : row.streams) {
      if (head.seq == 0) continue;
      if (facts != chronicle_.facts_end.end() && head.seq > facts->second) {
        world_.Break("claims only", absl::StrCat("entry ", head.seq, " of ", id.value(),
                                                 " is a fact, believed are ", facts->second));
      }
      const auto bytes =
          centre_.store().DurableGet(storage::NodeEntryKey(id.value(), stream.value(), head.seq));
      const bool is_held = bytes && domain::HashEntryBytes(*bytes) == head.hash;
      if (is_held && chronicle_.Wrote(OfficeIndex(id), head.seq, *bytes)) continue;
      world_.Break("held is written", absl::StrCat("entry ", head.seq, " of ", id.value()));
    }
  }
}

// ---- Settled.

std::string Audit::Unsettled() {
  if (!centre_.listening()) return "the centre is down";
  if (!centre_.node()->resident().centre.unheard.empty()) {
    return "the centre was set back, and has not heard from everybody what it had told them";
  }
  if (centre_.node()->to_judge() > 0) return "the centre has entries to judge";
  if (!district_.done()) return "the district has not enrolled, certified and packed everything";
  for (const Post& post : posts_) {
    std::string open = UnsettledAt(post);
    if (!open.empty()) return absl::StrCat(post.office->id().value(), " ", open);
  }
  if (!chronicle_.unanswered.empty()) return "the nation has not answered a request for blanks";
  // Last, since it follows from the others.
  return national_.done() ? "" : "the national side waits for a report or has one for the district";
}

std::string Audit::UnsettledAt(const Post& post) {
  edge::EdgeNode* node = post.office->node();
  if (node == nullptr) return "is down";
  const storage::LogHead& head = node->store().log().head();
  if (chronicle_.office(post.office->index()).end) return UnsettledAtEnded(post);
  if (node->core().locked()) return absl::StrCat("is locked: ", node->store().lock_reason());
  const auto held = centre_.node()->held(post.office->id(), post.office->keys().incarnation);
  if (!held || held->seq != head.seq || held->hash != head.hash) return "has unsent entries";
  if (node->core().contact().proven_seq != head.seq) return "has unproven entries";
  if (const auto open = node->core().journal().OpenJobs(); !open.empty()) {
    return absl::StrCat("has the open job ", open.front()->intent.act.value(), " on ",
                        open.front()->intent.blank.text(), ": ",
                        edge::JobStageName(open.front()->stage));
  }
  if (!post.people->boxes_done()) return "waits for a box";
  if (!post.people->rescan_done()) return "waits for its stock to be scanned again";
  if (!post.people->stock_done()) return "has stock work half done";
  if (node->store().feed_cursor().position != centre_.node()->feed_head(post.office->id()) ||
      node->core().catalogue().state() != centre_.node()->feed_state(post.office->id())) {
    return "does not know its whole feed";
  }
  for (const auto& [id, action] : node->core().catalogue().actions()) {
    if (!node->core().Acknowledged(id)) return absl::StrCat("has open order ", id.value());
  }
  for (const PrinterUnit& unit : post.office->printers()) {
    if (unit.in_hopper) return "has a card in a printer";
  }
  return "";
}

// Its log is here, as facts or as claims, and it knows.
std::string Audit::UnsettledAtEnded(const Post& post) {
  const edge::EdgeNode& node = *post.office->node();
  const storage::LogHead& head = node.store().log().head();
  if (!node.core().locked()) return "was ended and does not know";
  if (!node.core().journal().OpenJobs().empty()) return "has an open job";
  const auto& incarnation = post.office->keys().incarnation;
  const auto ended = centre_.node()->ended(post.office->id(), incarnation);
  if (!ended) return "is not ended at the centre";
  if (ended->taken.seq != head.seq || ended->taken.hash != head.hash) return "has unsent entries";
  const auto held = centre_.node()->held(post.office->id(), incarnation);
  const bool believed = chronicle_.office(post.office->index()).believed;
  return believed && held->seq != head.seq ? "has claims that are not posted" : "";
}

void Audit::Final() {
  Hourly();
  const KeptLogs kept(&world_, chronicle_, centre_.store());
  kept.CheckAcknowledged(chronicle_);
  CheckOpenings();
  CheckBlanks(kept);
  CountAgain();
  CheckCards(kept);
  CheckDiscrepancies(kept);
  CheckForks();
  CheckCases();
  CheckReports();
  CheckReplay();
  pictures_.CheckGone(kept);
}

bool Audit::AllBelieved() const {
  return std::all_of(posts_.begin(), posts_.end(), [this](const Post& post) {
    return chronicle_.office(post.office->index()).believed;
  });
}

// The ledger's opening balance is what lay in the cupboards and was taken over.
void Audit::CheckOpenings() {
  if (!AllBelieved()) return;
  int64_t taken_over = 0;
  for (const Blank& blank : matter_.blanks()) {
    const bool old = absl::StartsWith(blank.serial.text(), kOldSerials);
    // Nobody may have written down twice what lay there before a log was lost.
    if (old && blank.strayed) return;
    taken_over += old && blank.at != BlankAt::kCupboard;
  }
  const int64_t opened = centre_.node()->balances().Close().from_opening_balance;
  if (opened == taken_over) return;
  world_.Break(kCustody, absl::StrCat("the ledger opened with ", opened,
                                      " blanks, the offices with ", taken_over));
}

void Audit::CheckBlanks(const KeptLogs& kept) {
  domain::SerialSet lied_about;
  for (const Blank& blank : matter_.blanks()) {
    if (blank.misreported) lied_about.Insert(blank.serial);
  }
  const Sightings sightings = FindSightings(kept.entries(), chronicle_, lied_about);
  for (const Blank& blank : matter_.blanks()) {
    if (blank.office >= 0 && !chronicle_.office(blank.office).believed) continue;
    if (!blank.misreported) {
      CheckBlank(blank);
    } else if (const auto seen = sightings.find(blank.serial); seen != sightings.end()) {
      CheckLie(blank, seen->second);
    }
  }
}

ledger::Place Audit::Booked(const Blank& blank) {
  const auto bytes = ReadKey(centre_.store(), storage::kBlankRowPrefix, blank.serial.text());
  if (!bytes) return {Account::kDistrictStock, {}};
  const auto row = central::DecodeRow<central::BlankRow>(*bytes);
  if (row.ok()) return row->place;
  world_.Break(kTrueBooks, std::string(row.status().message()));
  return {};
}

// Somebody was not honest about it, and the books have it elsewhere than it lies: where a log says
// so, a case does.
void Audit::CheckLie(const Blank& blank, const std::vector<Sighting>& sightings) {
  const ledger::Place booked = Booked(blank);
  if (booked == BookedPlace(blank)) return;
  const bool has_case =
      std::any_of(std::begin(domain::kCaseKinds), std::end(domain::kCaseKinds), [&](CaseKind kind) {
        return chronicle_.HasCase({kind, blank.serial.text()});
      });
  for (const Sighting& one : sightings) {
    if (has_case || !one.Contradicts(booked) || chronicle_.HasCase(one.shown_by)) continue;
    world_.Break(kLies,
                 absl::StrCat("blank ", blank.serial.text(), " lies at ", BlankAtName(blank.at),
                              " of office ", blank.office + 1, ", the ledger holds it as ",
                              ledger::AccountName(booked.account), " of ", booked.holder.value(),
                              ", ", one.node.value(), one.there ? " had" : " did not find",
                              " it, and there is no case"));
  }
}

// Of what people said, true or not, the books are made.
void Audit::CountAgain() {
  cli::v1::StoreReport report;
  cli::LogHashes logs;
  const absl::Status read =
      cli::VerifyCentralStore(centre_.store(), &report, &logs, centre_.keys().verifier);
  if (!read.ok()) return world_.Break("counted again", std::string(read.message()));
  for (const cli::v1::Difference& one : report.differences()) {
    world_.Break("counted again", absl::StrCat(one.code(), " ", one.place(), ": ", one.sentence()));
  }
}

void Audit::CheckBlank(const Blank& blank) {
  const ledger::Place booked = Booked(blank);
  if (booked == BookedPlace(blank)) return;
  // Its office was lost before anybody wrote down what lay there.
  if (blank.at == BlankAt::kCupboard && booked.account == Account::kDistrictStock &&
      chronicle_.office(blank.office).end == domain::NodeEnd::kLost) {
    return;
  }
  // Its log is lost, so that nobody can know where it went; that it is gone was seen.
  const bool gone = booked.account != Account::kNodeStock;
  if (blank.strayed && (gone || !blank.looked_for)) return;
  // What a lost node held may be used, until somebody scans it under a later incarnation.
  if (blank.office >= 0 && chronicle_.office(blank.office).end == domain::NodeEnd::kLost &&
      booked == ledger::Place{Account::kMaybeUsed, OfficeId(blank.office)}) {
    return;
  }
  // Left over from a job that found its card on another blank, and not scanned since.
  if (blank.at == BlankAt::kTray && booked.account == Account::kMissing &&
      causes_.Has(CaseKind::kWrongBlankBound, blank.serial.text())) {
    return;
  }
  world_.Break(kTrueBooks,
               absl::StrCat("blank ", blank.serial.text(), " lies at ", BlankAtName(blank.at),
                            " of office ", blank.office + 1, ", the ledger holds it as ",
                            ledger::AccountName(booked.account), " of ", booked.holder.value()));
}

// Every good card that nobody misreported is known to the centre as that record's card.
void Audit::CheckCards(const KeptLogs& kept) {
  const std::set<domain::ActId> verified = kept.Cards(chronicle_);
  for (const Job& job : matter_.jobs()) {
    if (!job.good || job.misreported) continue;
    const bool said = !job.on_lost_branch && chronicle_.office(job.office).believed;
    if (!said && !verified.contains(job.act)) continue;
    const auto view = central::ReadPrr(*centre_.node(), job.prr);
    bool known = false;
    if (view.ok() && view->has_value()) {
      for (const central::GoodCard& card : (*view)->verdict.good_cards) {
        known = known || card.at.act == job.act;
      }
    }
    if (known) continue;
    world_.Break(kTrueBooks, absl::StrCat("the centre does not know the card of record ",
                                          job.prr.value(), " at ", OfficeId(job.office).value()));
  }
}

// The national side booked what the centre says that it accepted.
void Audit::CheckReports() {
  const auto totals = national_.ledger().totals();
  const central::ReportCounts& counts = centre_.node()->report_counts();
  if (totals.printed + totals.spoiled == counts.accepted && totals.rejected == counts.rejected) {
    return;
  }
  world_.Break("reports agree",
               absl::StrCat("the national side accepted ", totals.printed + totals.spoiled,
                            " and rejected ", totals.rejected, ", the centre says ",
                            counts.accepted, " and ", counts.rejected));
}

void Audit::CheckReplay() {
  const auto live = central::TablesDigest(centre_.store());
  const auto again = central::ReplayDigest(centre_.store(), centre_.Options());
  if (!live.ok() || !again.ok() || *live != *again) {
    world_.Break(kReplay, absl::StrCat("the centre's tables are not what its logs give: ",
                                       again.status().message()));
  }
  for (const Post& post : posts_) CheckReplayAt(*post.office);
}

void Audit::CheckReplayAt(Office& office) {
  const std::string live = office.Digest();
  office.Kill(0);
  while (office.node() == nullptr && world_.queue().RunNext(world_.now() + kMinute)) {
  }
  if (office.node() != nullptr && office.Digest() == live) return;
  world_.Break(kReplay, absl::StrCat(office.id().value(), " is another after it read its log"));
}

}  // namespace keping::sim
