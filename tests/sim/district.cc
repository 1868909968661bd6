#include "tests/sim/district.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/sim/laws.h"

namespace keping::sim {
namespace {

using domain::CaseKind;
using ledger::Account;

// A box holds what an office prints in so many days; it is sent when less than half is left.
constexpr int kDaysPerBox = 4;
constexpr size_t kAboutToBePrinted = 3;
constexpr uint64_t kSentAheadOneIn = 6;
constexpr uint64_t kCutAtReleaseOneIn = 4;

}  // namespace

District::District(World* world, Matter* matter, Chronicle* chronicle, Causes* causes,
                   Centre* centre, std::vector<Post> posts)
    : world_(*world),
      matter_(*matter),
      chronicle_(*chronicle),
      causes_(*causes),
      centre_(*centre),
      posts_(std::move(posts)),
      prng_(world->Fork()),
      certify_from_(prng_.Between(kHour, 10 * kHour)) {}

void District::Start() {
  world_.queue().After(kRound, [this] { Round(); });
}

bool District::done() const {
  return enrolled_.size() == posts_.size() && certified_.size() == posts_.size() &&
         packed_ == chronicle_.dispatches.size() && !sent_ahead_ && !record_again_;
}

void District::Round() {
  EnrolAndCertify();
  RecordAgain();
  RecordSentAhead();
  if (!world_.healed() && !sent_ahead_ && !record_again_) DispatchWhereNeeded();
  PackBoxes();
  if (world_.plan().lease_move.Strikes(prng_, kRound) ||
      world_.plan().forced_move.Strikes(prng_, kRound)) {
    MoveSomeLease();
  }
  if (world_.plan().lapse.Strikes(prng_, kRound)) LetLapse();
  Start();
}

void District::EnrolAndCertify() {
  for (const Post& post : posts_) {
    const int office = post.office->index();
    if (!enrolled_.contains(office) && Enrol(*post.office)) enrolled_.insert(office);
    if (world_.now() < certify_from_ || !enrolled_.contains(office)) continue;
    if (world_.now() < lapsed_until_[office] && !world_.healed()) continue;
    if (!certified_.contains(office) && Certify(office)) certified_.insert(office);
  }
}

bool District::Enrol(const Office& office) {
  const bool done = centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    return node
        .Handle(now, central::EnrolNode{.node = office.id(),
                                        .incarnation = office.keys().incarnation,
                                        .public_key = office.keys().signer->public_key()})
        .status();
  });
  if (done) centre_.Certify(office.index(), office.keys().incarnation);
  return done;
}

bool District::Certify(int office) {
  const auto certify = [&](const domain::OperatorId& person, const char* version,
                           domain::Role role) {
    // A centre that was set back may not know the office before it comes again.
    bool known = false;
    return centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
      const auto added = node.Handle(
          now, central::AddOperator{.operator_id = person, .node = OfficeId(office), .role = role});
      if (!added.ok()) return added.status();
      known = added->outcome == central::CommandOutcome::kDone;
      return node
          .Handle(now, central::CertifyOperator{.operator_id = person,
                                                .node = OfficeId(office),
                                                .application_version =
                                                    domain::ApplicationVersion::Of(version)})
          .status();
    }) && known;
  };
  return certify(TraineeOperator(office), "0.9.0", domain::Role::kSupervisor) &&
         certify(CertifiedOperator(office), kApplicationVersion, domain::Role::kOperator);
}

void District::LetLapse() {
  const Post& post = posts_[prng_.Below(posts_.size())];
  const int office = post.office->index();
  if (!certified_.contains(office)) return;
  if (prng_.Chance(2, 3)) post.link->Cut(prng_.Between(26 * kHour, 3 * kDay));
  central::CommandOutcome outcome = central::CommandOutcome::kDone;
  const bool done = centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    const auto result = node.Handle(
        now, central::CertifyOperator{
                 .operator_id = CertifiedOperator(office),
                 .node = post.office->id(),
                 .application_version = domain::ApplicationVersion::Of(kApplicationVersion),
                 .withdraw = true});
    if (result.ok()) outcome = result->outcome;
    return result.status();
  });
  if (!done || outcome != central::CommandOutcome::kDone) return;
  world_.Count("lapse");
  certified_.erase(office);
  lapsed_until_[office] = world_.now() + prng_.Between(2 * kDay, 4 * kDay);
}

// ---- After the centre was set back.

void District::OnCentreRestored() {
  certified_.clear();
  recorded_ = 0;
  record_again_ = true;
}

void District::RecordAgain() {
  using central::CommandOutcome;
  for (; record_again_ && recorded_ < chronicle_.dispatches.size(); ++recorded_) {
    const domain::BlanksDispatched sent = chronicle_.dispatches[recorded_];
    CommandOutcome outcome = CommandOutcome::kDone;
    const bool done = centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
      const auto result = node.Handle(now, central::Dispatch{.transfer = sent.transfer,
                                                             .node = sent.node,
                                                             .quantity = 0,
                                                             .serials = sent.serials});
      if (result.ok()) outcome = result->outcome;
      return result.status();
    });
    if (outcome == CommandOutcome::kNodeClosed) {
      // Nobody there is told any more, and the blanks stay in the district's books.
      sent.serials.ForEach([this](const domain::BlankSerial& serial) {
        matter_.blank(matter_.Find(serial)).misreported = true;
      });
      continue;
    }
    // While it asks the offices, or does not know one of them or the allotment yet.
    if (!done || outcome != CommandOutcome::kDone) return;
  }
  record_again_ = false;
}

// ---- Boxes.

void District::DispatchWhereNeeded() {
  for (const Post& post : posts_) {
    const domain::NodeId id = post.office->id();
    if (centre_.node() == nullptr || !chronicle_.enrolled.contains(id)) continue;
    const ledger::Balances& balances = centre_.node()->balances();
    const auto printers = static_cast<int>(post.office->printers().size());
    const int box = world_.options().cards * printers * kDaysPerBox;
    const int64_t there = balances.At({Account::kNodeStock, id}) +
                          balances.At({Account::kInTransit, id}) - KnownLost(id);
    const int64_t here = balances.At({Account::kDistrictStock, {}});
    const int64_t quantity = std::min<int64_t>(box, here);
    if (there > box / 2 || quantity == 0) continue;
    if (prng_.Chance(1, kSentAheadOneIn)) {
      return SendAhead(post.office->index(), static_cast<uint64_t>(quantity));
    }
    centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
      return node
          .Handle(now, central::Dispatch{.transfer = domain::TransferId::Of(
                                             absl::StrCat("t-", ++transfers_)),
                                         .node = id,
                                         .quantity = static_cast<uint64_t>(quantity),
                                         .serials = {}})
          .status();
    });
  }
}

int64_t District::KnownLost(const domain::NodeId& node) const {
  int64_t known = 0;
  for (const domain::BlanksDispatched& box : lost_) {
    const bool silent = chronicle_.HasCase({CaseKind::kTransferSilent, box.transfer.value()});
    if (box.node == node && silent) known += static_cast<int64_t>(box.serials.size());
  }
  return known;
}

void District::SendAhead(int office, uint64_t quantity) {
  domain::SerialSet stock = centre_.node()->resident().centre.district_stock.Difference(astray_);
  if (stock.empty()) return;
  const domain::TransferId transfer = domain::TransferId::Of(absl::StrCat("t-", ++transfers_));
  sent_ahead_ = {.dispatch = {.transfer = transfer,
                              .node = OfficeId(office),
                              .quantity = 0,
                              .serials = stock.Take(quantity)},
                 .recorded_at = world_.now() + prng_.Between(kHour, 40 * kHour)};
  packed_ahead_.insert(transfer);
  world_.Count("sent_ahead");
  causes_.Note(CaseKind::kTransferDifference, transfer.value());
  Pack({.transfer = transfer, .node = OfficeId(office), .serials = sent_ahead_->dispatch.serials});
}

void District::RecordSentAhead() {
  if (!sent_ahead_ || world_.now() < sent_ahead_->recorded_at) return;
  central::CommandOutcome outcome = central::CommandOutcome::kDone;
  const bool done = centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    const auto result = node.Handle(now, sent_ahead_->dispatch);
    if (result.ok()) outcome = result->outcome;
    return result.status();
  });
  if (!done) return;
  // A centre that was set back asks the offices first, or does not know this one yet.
  if (chronicle_.centre_set_back > 0 && (outcome == central::CommandOutcome::kNodesUnheard ||
                                         outcome == central::CommandOutcome::kUnknownNode)) {
    return;
  }
  // Whoever received it has it under this number: nothing else took its blanks.
  if (outcome != central::CommandOutcome::kDone) {
    world_.Break("a dispatch is recorded", std::string(central::Sentence({.outcome = outcome})));
  }
  sent_ahead_.reset();
}

void District::PackBoxes() {
  for (; packed_ < chronicle_.dispatches.size(); ++packed_) {
    const domain::BlanksDispatched& dispatch = chronicle_.dispatches[packed_];
    if (!packed_ahead_.contains(dispatch.transfer)) Pack(dispatch);
  }
}

void District::Pack(const domain::BlanksDispatched& dispatch) {
  Box box{.transfer = dispatch.transfer,
          .blanks = {},
          .arrives = world_.now() + prng_.Between(30 * kMinute, 30 * kHour)};
  dispatch.serials.ForEach([&](const domain::BlankSerial& serial) {
    const int blank = matter_.Find(serial);
    // It went with another box, and nobody wrote that down.
    const bool strayed = astray_.Contains(serial);
    if (strayed) causes_.Note(CaseKind::kTransferDifference, dispatch.transfer.value());
    if (!strayed) box.blanks.push_back(blank);
  });
  PackStray(dispatch, box);
  if (world_.plan().wrong_box.Strikes(prng_) && !box.blanks.empty()) {
    world_.Count("wrong_box");
    const size_t at = prng_.Below(box.blanks.size());
    const int left_out = box.blanks[at];
    causes_.Note(CaseKind::kTransferDifference, dispatch.transfer.value());
    matter_.Move(left_out, BlankAt::kLost, -1);
    matter_.blank(left_out).misreported = true;
    box.blanks.erase(box.blanks.begin() + static_cast<ptrdiff_t>(at));
    // Instead, one that belongs to nobody's box.
    if (prng_.Chance(1, 2)) {
      const int stray = matter_.AddBlank(
          domain::BlankSerial::Of(absl::StrCat("STRAY", dispatch.transfer.value().substr(2), "X")));
      causes_.Note(CaseKind::kNeverIssued, matter_.blank(stray).serial.text());
      matter_.blank(stray).misreported = true;
      box.blanks.push_back(stray);
    }
  }
  const int office = OfficeIndex(dispatch.node);
  for (int blank : box.blanks) matter_.Move(blank, BlankAt::kBox, office);
  // Its blanks stay on their way, in the books as in the world.
  if (world_.plan().lost_box.Strikes(prng_)) {
    world_.Count("lost_box");
    lost_.push_back(dispatch);
    return;
  }
  posts_[static_cast<size_t>(office)].people->Expect(std::move(box));
}

// Of those that the books have in the district's stock.
void District::PackStray(const domain::BlanksDispatched& dispatch, Box& box) {
  if (!world_.plan().stray_in_box.Strikes(prng_) || centre_.node() == nullptr) return;
  domain::SerialSet stock = centre_.node()
                                ->resident()
                                .centre.district_stock.Difference(dispatch.serials)
                                .Difference(astray_);
  const domain::SerialSet taken = stock.Take(1);
  if (taken.empty()) return;
  const domain::BlankSerial serial = taken.ranges().front().first;
  const int blank = matter_.Find(serial);
  if (matter_.blank(blank).at != BlankAt::kDistrict || !astray_.Insert(serial)) return;
  world_.Count("stray_in_box");
  causes_.Note(CaseKind::kTransferDifference, dispatch.transfer.value());
  causes_.Note(CaseKind::kForeignBlank, serial.text());
  matter_.blank(blank).misreported = true;
  box.blanks.push_back(blank);
}

// ---- Leases.

// Any record, or one that is about to be printed: those are asked for elsewhere when a printer
// stands still.
domain::PrrId District::RecordToMove(Office& office) {
  if (office.node() != nullptr && prng_.Chance(1, 2)) {
    const std::vector<domain::PrrId> next = office.node()->core().Plan(kAboutToBePrinted);
    if (!next.empty()) return next[prng_.Below(next.size())];
  }
  return chronicle_.granted[prng_.Below(chronicle_.granted.size())];
}

void District::MoveSomeLease() {
  if (chronicle_.granted.empty() || centre_.node() == nullptr) return;
  const Post& from = posts_[prng_.Below(posts_.size())];
  const domain::PrrId prr = RecordToMove(*from.office);
  const int to = static_cast<int>(prng_.Below(posts_.size()));
  if (!enrolled_.contains(to)) return;
  const bool forced = world_.plan().forced_move.on() && prng_.Chance(1, 4);
  // The centre refuses what makes no sense: printed, withdrawn, the same holder.
  centre_.Do([&](central::CentralNode& node, const time::Moment& now) {
    return node.Handle(now, central::MoveLease{.prr = prr, .to = OfficeId(to), .forced = forced})
        .status();
  });
  world_.Count(forced ? "forced_move_asked" : "lease_move_asked");
  if (!forced && world_.plan().link_cut.on() && prng_.Chance(1, kCutAtReleaseOneIn)) {
    CutAtRelease(*from.link);
  }
}

void District::CutAtRelease(Link& link) {
  world_.Count("cut_at_release");
  const Micros how_long = prng_.Between(kMinute, 3 * kHour);
  world_.queue().After(prng_.Between(0, 2 * kSecond), [&link, how_long] { link.Cut(how_long); });
}

}  // namespace keping::sim
