#include "tests/sim/centre.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/check.h"

namespace keping::sim {
namespace {

constexpr absl::Duration kNationalPoll = absl::Minutes(10);

}  // namespace

Centre::Centre(World* world, Laws* laws, central::Settings settings, CentreKeys keys)
    : world_(*world),
      laws_(*laws),
      settings_(std::move(settings)),
      keys_(keys),
      prng_(world->Fork()),
      clock_(world, /*machine=*/-1),
      store_([this](uint64_t seq, const std::string& bytes) { laws_.OnCentreEntry(seq, bytes); }) {}

central::CentralOptions Centre::Options() {
  auto cipher = crypto::RecordCipher::FromKey(std::string(crypto::kSealKeySize, 'c'));
  KEPING_CHECK(cipher.ok(), "the key has the right size");
  return {.centre = domain::NodeId::Of("district"),
          .settings = settings_,
          .cipher = *std::move(cipher),
          .nik_lookup_key = std::string(32, 'n'),
          .random = [this](size_t size) { return prng_.Bytes(size); },
          // So that the small segments of a simulated day meet both ways.
          .judged_at_once = 2};
}

// ---- The machine.

void Centre::PowerOn() {
  if (node_ != nullptr) return;
  laws_.OnCentreReopened(store_);
  central::CentralOptions options = Options();
  options.witness = witness_;
  auto node = central::CentralNode::Open(&store_, std::move(options), clock_.Now());
  if (!node.ok() && store_.failed()) return Kill(kMinute);
  if (!node.ok()) {
    return world_.Break("opens again", absl::StrCat("centre: ", node.status().message()));
  }
  ++life_;
  ending_ = false;
  node_ = *std::move(node);
  witness_.reset();
  const auto after = [this, life = life_](absl::Duration delay, std::function<void()> task) {
    world_.queue().After(absl::ToInt64Microseconds(delay), [this, life, task = std::move(task)] {
      if (life == life_) task();
    });
  };
  hub_ = std::make_unique<central::SessionHub>(
      central::SessionHub::Ports{.node = node_.get(),
                                 .signer = keys_.signer,
                                 .verifier = keys_.verifier,
                                 .clock = &clock_,
                                 .failed = [this](const absl::Status&) { EndSoon(); },
                                 .after = after});
  national_ = std::make_unique<central::NationalLink>(
      central::NationalLink::Ports{.registry = registry_,
                                   .node = node_.get(),
                                   .clock = &clock_,
                                   .after = after,
                                   .arrived = [this] { hub_->Pump(); },
                                   .failed = [this](const absl::Status&) { EndSoon(); }},
      kNationalPoll, prng_.Next());
  national_->Start();
}

void Centre::Kill(Micros down_for) {
  Stop();
  store_.Reopen();
  world_.queue().After(down_for, [this] { PowerOn(); });
}

void Centre::CutPower(Micros down_for) {
  Stop();
  store_.Crash(prng_);
  clock_.Reboot();
  world_.queue().After(down_for, [this] { PowerOn(); });
}

void Centre::RestoreBackup(Micros down_for, bool shown) {
  if (node_ == nullptr || !backup_.has_value()) return;
  const storage::LogHead head = node_->log_head();
  const domain::IncarnationId log = node_->log_incarnation();
  Stop();
  store_.Restore(*backup_);
  if (shown) witness_ = sync::Witness{log, {head.seq, head.hash}};
  laws_.OnCentreRestored(store_.durable_seq(), shown);
  world_.queue().After(down_for, [this] { PowerOn(); });
}

void Centre::Stop() {
  ++life_;
  national_.reset();
  hub_.reset();
  node_.reset();
  on_down();
}

// The store failed under a call that is still running: the program ends a moment later, and starts
// again.
void Centre::EndSoon() {
  if (ending_) return;
  ending_ = true;
  world_.queue().After(0, [this, life = life_] {
    if (life == life_ && node_ != nullptr) Kill(prng_.Between(2 * kSecond, kMinute));
  });
}

bool Centre::Do(
    absl::FunctionRef<absl::Status(central::CentralNode&, const time::Moment&)> command) {
  if (!listening()) return false;
  const absl::Status status = command(*node_, clock_.Now());
  if (!status.ok()) {
    EndSoon();
    return false;
  }
  hub_->Pump();
  return true;
}

void Centre::Close(const domain::NodeId& node) {
  if (hub_ != nullptr) hub_->Close(node, absl::PermissionDeniedError("the node was closed"));
}

// ---- Sessions.

void Centre::Opened(uint64_t stream, int office, std::function<void(const sync::CentreFrame&)> send,
                    std::function<void()> drop) {
  hub_->OnConnected(stream, OfficeId(office),
                    {.certified = certified_[office],
                     .send =
                         [this, office, send = std::move(send)](const sync::CentreFrame& frame) {
                           laws_.OnCentreSends(office, store_, frame);
                           send(frame);
                         },
                     .close = [drop = std::move(drop)](const absl::Status&) { drop(); }});
}

bool Centre::Received(uint64_t stream, const sync::NodeFrame& frame) {
  if (!listening()) return false;
  if (const auto* hello = std::get_if<sync::Hello>(&frame)) laws_.OnHello(*hello);
  return hub_->OnFrame(stream, frame).ok();
}

void Centre::Closed(uint64_t stream) {
  if (hub_ != nullptr) hub_->OnDisconnected(stream);
}

}  // namespace keping::sim
