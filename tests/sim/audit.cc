#include "tests/sim/audit.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "central_node/core/case_policy.h"
#include "central_node/core/judge_stream.h"
#include "central_node/store/queries.h"
#include "central_node/store/replay.h"
#include "central_node/store/row_codec.h"
#include "common/domain/entry.h"
#include "common/storage/key_space.h"
#include "tests/sim/discrepancies.h"

namespace keping::sim {
namespace {

using domain::CaseKind;
using ledger::Account;

constexpr char kCustody[] = "custody closes";
constexpr char kTrueBooks[] = "the books are true";
constexpr char kCauses[] = "cases have causes";
constexpr char kShown[] = "shown by a case";
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
             Centre* centre, const National* national, const District* district,
             std::vector<Post> posts)
    : world_(*world),
      matter_(*matter),
      chronicle_(*chronicle),
      laws_(*laws),
      causes_(*causes),
      centre_(*centre),
      national_(*national),
      district_(*district),
      posts_(std::move(posts)) {}

// ---- Each hour.

void Audit::Hourly() {
  if (!centre_.listening()) return;
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
  CheckBlanks();
  CheckCards(kept);
  CheckDiscrepancies(kept);
  CheckForks();
  CheckCases();
  CheckReports();
  CheckReplay();
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

void Audit::CheckBlanks() {
  for (const Blank& blank : matter_.blanks()) CheckBlank(blank);
}

void Audit::CheckBlank(const Blank& blank) {
  const bool believed = blank.office < 0 || chronicle_.office(blank.office).believed;
  if (blank.misreported || !believed) return;
  ledger::Place booked{Account::kDistrictStock, {}};
  const auto bytes = ReadKey(centre_.store(), storage::kBlankRowPrefix, blank.serial.text());
  if (bytes) {
    const auto row = central::DecodeRow<central::BlankRow>(*bytes);
    if (!row.ok()) return world_.Break(kTrueBooks, std::string(row.status().message()));
    booked = row->place;
  }
  if (booked == BookedPlace(blank)) return;
  // Its office was lost before anybody wrote down what lay there.
  if (blank.at == BlankAt::kCupboard && !bytes &&
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

void Audit::CheckDiscrepancies(const KeptLogs& kept) {
  Discrepancies all = FindDiscrepancies(chronicle_, kept.held(), national_.allotted());
  at_the_desk_ = FindAtTheDesk(chronicle_);
  all.insert(at_the_desk_.begin(), at_the_desk_.end());
  for (const CaseOf& one : all) {
    const auto& [kind, entity] = one;
    if (!chronicle_.HasCase(one)) {
      world_.Break(kShown, absl::StrCat(entity, " has no case ", domain::CaseKindName(kind)));
    }
    if (kind == CaseKind::kDuplicatePrint &&
        laws_.ExcuseForSecondCard(domain::PrrId::Of(entity)).empty()) {
      world_.Break(kCauses, absl::StrCat("record ", entity, " has two cards without a cause"));
    }
  }
}

// Whatever ended a log, the district sees it.
void Audit::CheckForks() {
  for (const Succession& one : chronicle_.successions) {
    const std::string entity = central::StreamEntity(one.node, one.parent);
    const bool shown = chronicle_.HasCase({CaseKind::kLogForked, entity}) ||
                       chronicle_.HasCase({CaseKind::kLogRolledBack, entity});
    if (shown) continue;
    world_.Break(kShown, absl::StrCat("the log ", one.parent.value(), " of ", one.node.value(),
                                      " was ended, and no case says so"));
  }
}

// What a centre that was set back forgot explains itself a moment after it shows.
bool Audit::Forgotten(const HeardCase& one) const {
  return chronicle_.centre_set_back > 0 && one.state == domain::CaseState::kClosed;
}

void Audit::CheckCases() {
  for (const auto& [id, one] : chronicle_.cases) {
    if (IsCaused(one)) continue;
    world_.Break(kCauses, absl::StrCat("case ", domain::CaseKindName(one.kind), " ", id.value(),
                                       " has no cause"));
  }
}

// Of the kinds whose cause a log tells by itself; nullopt of the others.
std::optional<bool> Audit::IsShown(const HeardCase& one) const {
  if (IsOfTheDesk(one.kind)) return at_the_desk_.contains({one.kind, one.entity});
  switch (one.kind) {
    case CaseKind::kCountVariance:
      return std::any_of(
          chronicle_.counts.begin(), chronicle_.counts.end(), [&](const HeardCount& count) {
            return count.differs() && CaseOfCount(chronicle_, count).second == one.entity;
          });
    case CaseKind::kDoubtUnresolved:
      return chronicle_.doubted.contains(domain::ActId::Of(one.entity));
    case CaseKind::kBeyondStaleness: {
      const auto intent = chronicle_.intents.find(one.entity);
      return intent != chronicle_.intents.end() && !intent->second.event.stale_override.empty();
    }
    case CaseKind::kTransferSilent:
      return std::any_of(chronicle_.dispatches.begin(), chronicle_.dispatches.end(),
                         [&](const domain::BlanksDispatched& sent) {
                           return sent.transfer.value() == one.entity;
                         });
    case CaseKind::kTwoCardsOnePerson:
      return causes_.Has(one.kind, one.prr.value());
    case CaseKind::kOverDuty:
      return world_.faults().contains("low_duty");
    default:
      return std::nullopt;
  }
}

bool Audit::IsCaused(const HeardCase& one) {
  if (const std::optional<bool> shown = IsShown(one)) return *shown;
  if (one.kind == CaseKind::kLogForked || one.kind == CaseKind::kLogRolledBack) {
    return chronicle_.WasUpset(OfficeIndex(one.node));
  }
  // A stick came before the one before it, or somebody spoke with the office's key.
  if (one.kind == CaseKind::kLogGap) {
    return chronicle_.WasUpset(OfficeIndex(one.node)) ||
           world_.faults().contains("stick_refused") ||
           world_.faults().contains("impostor_segment");
  }
  if (one.kind == CaseKind::kRevokedClaims || one.kind == CaseKind::kLostTail) {
    const int office = OfficeIndex(one.node);
    return office >= 0 && chronicle_.office(office).end.has_value();
  }
  // A clock that is wrong brings the order of two logs into doubt as well.
  if (one.kind == CaseKind::kClockChanged || one.kind == CaseKind::kUntrainedPrint) {
    return world_.faults().contains("clock_set");
  }
  if (one.kind == CaseKind::kBindingsShifted) {
    return world_.faults().contains("swapped_blank") || world_.faults().contains("wrong_scan");
  }
  // What a revoked node said last may be missing in the books of any other.
  if (!AllBelieved()) return true;
  const Disturbed& disturbed = chronicle_.disturbed;
  if (causes_.Has(one.kind, one.entity) || disturbed.cases.contains({one.kind, one.entity}) ||
      disturbed.prrs.contains(one.prr)) {
    return true;
  }
  std::string entity = one.prr.value();
  if (one.blank) {
    entity = one.blank->text();
    const int blank = matter_.Find(*one.blank);
    if (disturbed.blanks.contains(*one.blank)) return true;
    if (blank >= 0 && matter_.blank(blank).misreported) return true;
  }
  if (one.kind == CaseKind::kDuplicatePrint) return !laws_.ExcuseForSecondCard(one.prr).empty();
  if (one.kind == CaseKind::kOverlapRisk || one.kind == CaseKind::kLeaseBreach) {
    const std::vector<HeardGrant>& grants = chronicle_.grants[entity];
    return std::any_of(grants.begin(), grants.end(), [&](const HeardGrant& grant) {
      return grant.forced || (grant.forgotten && Forgotten(one));
    });
  }
  const bool of_box =
      one.kind == CaseKind::kTransferDifference || one.kind == CaseKind::kNeverIssued;
  return of_box && Forgotten(one);
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
