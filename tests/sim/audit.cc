#include "tests/sim/audit.h"

#include <optional>
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
  for (const Post& post : posts_) {
    const auto held = node.held(post.office->id(), post.office->keys().incarnation);
    if (!held || held->seq == 0) continue;
    const auto facts = chronicle_.facts_end.find(post.office->id());
    if (facts != chronicle_.facts_end.end() && held->seq > facts->second) {
      world_.Break("claims only",
                   absl::StrCat("entry ", held->seq, " of ", post.office->id().value(),
                                " is a fact, believed are ", facts->second));
    }
    const auto bytes = centre_.store().DurableGet(storage::NodeEntryKey(
        post.office->id().value(), post.office->keys().incarnation.value(), held->seq));
    const bool is_held = bytes && domain::HashEntryBytes(*bytes) == held->hash;
    if (is_held && chronicle_.node(post.office->index()).Wrote(held->seq, *bytes)) continue;
    world_.Break("held is written",
                 absl::StrCat("entry ", held->seq, " of ", post.office->id().value()));
  }
}

// What the centre holds of each log hangs together; a branch begins anew.
void Audit::CheckChains() {
  storage::NodeStreamKey before;
  crypto::Hash hash;
  const absl::string_view prefix = storage::kNodeEntryPrefix;
  const absl::Status read = centre_.store().Scan(
      prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view bytes) {
        const auto at = storage::ReadNodeStreamKey(key.substr(prefix.size()));
        const auto entry = domain::ParseEntry(bytes);
        if (!at.ok() || !entry.ok()) return false;
        const bool goes_on = at->node == before.node && at->incarnation == before.incarnation;
        if (goes_on && (at->seq != before.seq + 1 || entry->header.previous != hash)) {
          world_.Break("held is written", absl::StrCat("entry ", at->seq, " of ", at->node,
                                                       " does not follow from the one before it"));
          return false;
        }
        before = *at;
        hash = domain::HashEntryBytes(bytes);
        return true;
      });
  if (!read.ok()) world_.Break("held is written", std::string(read.message()));
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
  if (chronicle_.node(post.office->index()).end) return UnsettledAtEnded(post);
  // A node whose database was set back is locked, and nothing of it settles without people; but
  // what it wrote on its branch is delivered.
  if (node->core().locked()) {
    if (!post.office->restored()) return "is locked";
    sync::Hello hello;
    hello.node = post.office->id();
    hello.incarnation = post.office->keys().incarnation;
    hello.head = {head.seq, head.hash};
    const auto place = centre_.node()->logs().Find(hello);
    return place.ok() && place->common == hello.head ? "" : "has an undelivered branch";
  }
  const auto held = centre_.node()->held(post.office->id(), post.office->keys().incarnation);
  if (!held || held->seq != head.seq || held->hash != head.hash) return "has unsent entries";
  if (node->core().contact().proven_seq != head.seq) return "has unproven entries";
  if (!node->core().journal().OpenJobs().empty()) return "has an open job";
  if (!post.people->boxes_done()) return "waits for a box";
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
  if (post.office->restored()) return "";
  const edge::EdgeNode& node = *post.office->node();
  const storage::LogHead& head = node.store().log().head();
  if (!node.core().locked()) return "was ended and does not know";
  if (!node.core().journal().OpenJobs().empty()) return "has an open job";
  const auto& incarnation = post.office->keys().incarnation;
  const auto ended = centre_.node()->ended(post.office->id(), incarnation);
  if (!ended) return "is not ended at the centre";
  if (ended->taken.seq != head.seq || ended->taken.hash != head.hash) return "has unsent entries";
  const auto held = centre_.node()->held(post.office->id(), incarnation);
  const bool believed = chronicle_.node(post.office->index()).believed;
  return believed && held->seq != head.seq ? "has claims that are not posted" : "";
}

// What it said last the centre does not have, or does not believe.
bool Audit::Unbelieved(int office) const {
  return posts_[office].office->restored() || !chronicle_.node(office).believed;
}

void Audit::Final() {
  Hourly();
  CheckOpenings();
  CheckBlanks();
  CheckCards();
  CheckDiscrepancies();
  CheckChains();
  CheckForks();
  CheckCases();
  CheckReports();
  CheckReplay();
}

// The ledger's opening balance is what lay in the cupboards and was taken over.
void Audit::CheckOpenings() {
  for (const Post& post : posts_) {
    if (Unbelieved(post.office->index())) return;
  }
  int64_t taken_over = 0;
  for (const Blank& blank : matter_.blanks()) {
    const bool old = absl::StartsWith(blank.serial.text(), kOldSerials);
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
  const bool excused = blank.misreported || (blank.office >= 0 && Unbelieved(blank.office));
  if (excused) return;
  ledger::Place booked{Account::kDistrictStock, {}};
  const auto bytes = ReadKey(centre_.store(), storage::kBlankRowPrefix, blank.serial.text());
  if (bytes) {
    const auto row = central::DecodeRow<central::BlankRow>(*bytes);
    if (!row.ok()) return world_.Break(kTrueBooks, std::string(row.status().message()));
    booked = row->place;
  }
  if (booked == BookedPlace(blank)) return;
  // What a lost node held may be used, until somebody scans it under a later incarnation.
  if (blank.office >= 0 && chronicle_.node(blank.office).end == domain::NodeEnd::kLost &&
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
void Audit::CheckCards() {
  for (const Job& job : matter_.jobs()) {
    if (!job.good || job.misreported || Unbelieved(job.office)) continue;
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

void Audit::CheckDiscrepancies() {
  for (const auto& [kind, entity] : FindDiscrepancies(chronicle_, national_.allotted())) {
    if (!chronicle_.cases.contains(central::CaseIdFor(kind, entity))) {
      world_.Break(kShown, absl::StrCat(entity, " has no case ", domain::CaseKindName(kind)));
    }
    if (kind == CaseKind::kDuplicatePrint &&
        laws_.ExcuseForSecondCard(domain::PrrId::Of(entity)).empty()) {
      world_.Break(kCauses, absl::StrCat("record ", entity, " has two cards without a cause"));
    }
  }
}

// A node that came with another log than the centre holds is locked, and the district sees why.
void Audit::CheckForks() {
  for (const Post& post : posts_) {
    const edge::EdgeNode* node = post.office->node();
    if (node == nullptr || !node->store().frozen().has_value()) continue;
    const std::string entity =
        central::StreamEntity(post.office->id(), post.office->keys().incarnation);
    const bool shown =
        chronicle_.cases.contains(central::CaseIdFor(CaseKind::kLogForked, entity)) ||
        chronicle_.cases.contains(central::CaseIdFor(CaseKind::kLogRolledBack, entity));
    if (!shown) {
      world_.Break(kShown,
                   absl::StrCat(post.office->id().value(), " was set back, and no case says so"));
    }
  }
}

// What a centre that was set back forgot explains itself a moment after it shows.
bool Audit::Forgotten(const HeardCase& one) const {
  return chronicle_.centre_set_back > 0 && one.state == domain::CaseState::kClosed;
}

void Audit::CheckCases() {
  for (const auto& [id, one] : chronicle_.cases) {
    std::string entity = one.prr.value();
    if (one.blank) entity = one.blank->text();
    bool caused = causes_.Has(id);
    switch (one.kind) {
      case CaseKind::kDuplicatePrint:
        caused = !laws_.ExcuseForSecondCard(one.prr).empty();
        break;
      case CaseKind::kOverlapRisk:
      case CaseKind::kLeaseBreach:
        for (const HeardGrant& grant : chronicle_.grants[entity]) {
          caused = caused || grant.forced || (grant.forgotten && Forgotten(one));
        }
        break;
      case CaseKind::kTransferDifference:
        caused = caused || (one.blank && matter_.Find(*one.blank) >= 0 &&
                            matter_.blank(matter_.Find(*one.blank)).misreported);
        caused = caused || Forgotten(one);
        break;
      case CaseKind::kNeverIssued:
        caused = caused || Forgotten(one);
        break;
      case CaseKind::kRevokedClaims:
      case CaseKind::kLostTail:
        for (const Post& post : posts_) {
          caused = caused || chronicle_.node(post.office->index()).end.has_value();
        }
        break;
      default:
        break;
    }
    if (one.blank && matter_.Find(*one.blank) >= 0) {
      caused = caused || matter_.blank(matter_.Find(*one.blank)).misreported;
    }
    for (const Post& post : posts_) caused = caused || Unbelieved(post.office->index());
    if (caused) continue;
    world_.Break(kCauses, absl::StrCat("case ", domain::CaseKindName(one.kind), " ", id.value(),
                                       " has no cause"));
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
