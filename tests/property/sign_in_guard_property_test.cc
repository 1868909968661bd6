// Lock-out law: whatever clocks, reboots and restarts do in between, nobody gets more tries out of
// a node than the machine's true running time allows.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/prng.h"
#include "edge_node/core/edge_core.h"

namespace keping::edge {
namespace {

using domain::SignInOutcome;

constexpr int kSeeds = 300;
constexpr int kSteps = 120;

const auto kAyu = domain::OperatorId::Of("ayu");

struct Written {
  domain::Event event;
  EntryStamp stamp;
};

// A machine whose clock is set at will and which loses power at will, and somebody who never knows
// the password.
class Attack {
 public:
  explicit Attack(uint64_t seed) : prng_(seed) { Restart(); }

  void Run() {
    for (int i = 0; i < kSteps && !::testing::Test::HasFailure(); ++i) {
      switch (prng_.Below(6)) {
        case 0:
          wall_ += absl::Minutes(prng_.Between(-1'000'000, 1'000'000));
          break;
        case 1:
          Reboot();
          break;
        case 2:
          Restart();
          break;
        default:
          Pass(absl::Seconds(prng_.Between(0, 400)));
          break;
      }
      Try();
    }
  }

 private:
  // True time, of which the machine's running time is a part.
  void Pass(absl::Duration time) {
    ran_ += time;
    monotonic_ += time;
    wall_ += time;
  }
  void Reboot() {
    boot_ = absl::StrCat("boot-", ++boots_);
    monotonic_ = absl::ZeroDuration();
    Restart();
  }
  // The node reads its log again.
  void Restart() {
    core_ = std::make_unique<EdgeCore>(EdgeSettings{
        .node = domain::NodeId::Of("susut"), .application_version = {}, .cards_per_day = {}});
    core_->ApplyFeedItem({.key = domain::OperatorFeedKey(kAyu),
                          .position = 1,
                          .version = 1,
                          .body = domain::OperatorItem{.operator_id = kAyu}},
                         {});
    for (const Written& one : log_) core_->Apply(one.event, one.stamp);
  }

  void Try() {
    const time::Moment now{.wall = wall_, .monotonic = monotonic_, .boot_id = boot_};
    const Decision asked = Do(now, AskSignIn{kAyu});
    if (!asked.status.ok()) return;
    Do(now, PasswordChecked{kAyu, SignInOutcome::kWrongPassword});
    CheckLaw();
  }

  Decision Do(const time::Moment& now, const Input& input) {
    Decision decision = core_->Step(now, Conditions(), input);
    for (const domain::Event& event : decision.events) {
      log_.push_back({event, {log_.size() + 1, now.boot_id, now.monotonic}});
      core_->Apply(log_.back().event, log_.back().stamp);
    }
    return decision;
  }

  // Between two tries lies at least the lock of the first, in time that the machine truly ran.
  void CheckLaw() {
    tries_.push_back(ran_);
    const auto count = static_cast<int>(tries_.size());
    if (count < 2) return;
    EXPECT_GE(tries_.back() - tries_[tries_.size() - 2], domain::SignInTries::LockAfter(count - 1))
        << "try " << count;
  }

  base::Prng prng_;
  absl::Time wall_ = absl::FromUnixSeconds(1'493'251'200);
  absl::Duration ran_ = absl::ZeroDuration();
  absl::Duration monotonic_ = absl::ZeroDuration();
  std::string boot_ = "boot-0";
  int boots_ = 0;
  std::unique_ptr<EdgeCore> core_;
  std::vector<Written> log_;
  std::vector<absl::Duration> tries_;  // -> true running time
};

TEST(SignInGuardProperty, NoClockRebootOrRestartBuysATry) {
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Attack(seed).Run();
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace keping::edge
