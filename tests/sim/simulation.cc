#include "tests/sim/simulation.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "tests/sim/accidents.h"
#include "tests/sim/audit.h"
#include "tests/sim/causes.h"
#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/clones.h"
#include "tests/sim/desk.h"
#include "tests/sim/district.h"
#include "tests/sim/laws.h"
#include "tests/sim/link.h"
#include "tests/sim/matter.h"
#include "tests/sim/mistakes.h"
#include "tests/sim/national.h"
#include "tests/sim/node_ends.h"
#include "tests/sim/office.h"
#include "tests/sim/people.h"
#include "tests/sim/recovery.h"

namespace keping::sim {
namespace {

// One seed in so many signs with real keys; the others with a keyed hash, which costs nothing.
constexpr uint64_t kRealSignaturesOneIn = 100;
// How long a healed district may take to settle.
constexpr Micros kSettleWithin = 6 * kDay;
constexpr Micros kSettleRound = 10 * kMinute;

class Keys {
 public:
  explicit Keys(World& world)
      : real_(world.seed() % kRealSignaturesOneIn == 0), prng_(world.Fork()) {
    verifier_ = real_ ? crypto::MakeEd25519Verifier() : crypto::MakeKeyedHashVerifier();
  }
  std::unique_ptr<crypto::Signer> MakeSigner() {
    const std::string seed = prng_.Bytes(crypto::kSignerSeedSize);
    if (!real_) return crypto::MakeKeyedHashSigner(seed);
    auto signer = crypto::MakeEd25519Signer(seed);
    KEPING_CHECK(signer.ok(), "a seed has the right size");
    return *std::move(signer);
  }
  const crypto::Verifier* verifier() const { return verifier_.get(); }

 private:
  const bool real_;
  base::Prng prng_;
  std::unique_ptr<crypto::Verifier> verifier_;
};

central::Settings MakeSettings(const Options& options) {
  central::Settings settings;
  settings.utc_offset_minutes = kUtcOffsetMinutes;
  for (int i = 0; i < options.nodes; ++i) {
    const bool district = HasDistrictPrinter(options) && i == options.nodes - 1;
    settings.offices.push_back(
        {.node = OfficeId(i), .kecamatan_code = district ? "" : KecamatanOf(i)});
  }
  return settings;
}

// A district with everything in it.
class Simulation {
 public:
  Simulation(uint64_t seed, const Options& options)
      : world_(seed, options),
        keys_(world_),
        prng_(world_.Fork()),
        chronicle_(options.nodes),
        laws_(&world_, &matter_, &chronicle_),
        centre_signer_(keys_.MakeSigner()),
        centre_(&world_, &laws_, MakeSettings(options),
                {.signer = centre_signer_.get(), .verifier = keys_.verifier()}) {
    for (int i = 0; i < options.nodes; ++i) AddOffice(i);
    national_ = std::make_unique<National>(&world_, &matter_, &causes_, &centre_,
                                           DrawSupply(world_, Cards()));
    centre_.Attach(national_.get());
    district_ =
        std::make_unique<District>(&world_, &matter_, &chronicle_, &causes_, &centre_, posts_);
    std::vector<Office*> offices;
    for (const auto& office : offices_) offices.push_back(office.get());
    recovery_ = std::make_unique<Recovery>(
        &world_, &chronicle_, &centre_, [this] { return keys_.MakeSigner(); }, offices);
    accidents_ = std::make_unique<Accidents>(&world_, &laws_, &chronicle_, &centre_,
                                             national_.get(), district_.get(), scenes_);
    std::vector<Clones::Original> originals;
    for (const Post& post : posts_) originals.push_back({post.office, post.link});
    clones_ = std::make_unique<Clones>(&world_, &matter_, &chronicle_, &laws_, &centre_,
                                       centre_signer_.get(), std::move(originals));
    node_ends_ =
        std::make_unique<NodeEnds>(&world_, &chronicle_, &centre_, district_.get(), offices);
    mistakes_ =
        std::make_unique<Mistakes>(&world_, &matter_, &chronicle_, &causes_, std::move(offices));
    desk_ = std::make_unique<Desk>(&world_, &chronicle_, &causes_, &centre_);
    audit_ = std::make_unique<Audit>(&world_, &matter_, &chronicle_, &laws_, &causes_, &centre_,
                                     national_.get(), district_.get(), &desk_->pictures(), posts_);
    centre_.on_down = [this] {
      for (const auto& link : links_) link->CentreDied();
      clones_->CentreDied();
    };
  }

  Outcome Run() {
    Begin();
    RunUntil(world_.options().days * kDay);
    Heal();
    Settle();
    return Report();
  }

 private:
  int Cards() const {
    size_t printers = 0;
    for (const auto& office : offices_) printers += office->printers().size();
    return static_cast<int>(printers) * world_.options().cards * world_.options().days;
  }

  void AddOffice(int index) {
    OfficeKeys keys{.incarnation = domain::IncarnationId::Of(absl::StrCat("i-", index + 1)),
                    .signer = keys_.MakeSigner(),
                    .verifier = keys_.verifier(),
                    .centre_public_key = centre_signer_->public_key()};
    // In every second seed the first office has two printers.
    const int printers = index == 0 && prng_.Chance(1, 2) ? 2 : 1;
    offices_.push_back(std::make_unique<Office>(&world_, &matter_, &laws_, index, index,
                                                std::move(keys), printers));
    Office* office = offices_.back().get();
    links_.push_back(std::make_unique<Link>(&world_, office, &centre_, centre_signer_.get()));
    people_.push_back(std::make_unique<People>(&world_, &matter_, &causes_, office));
    posts_.push_back({office, links_.back().get(), people_.back().get()});
    scenes_.push_back({office, links_.back().get(), prng_.Chance(1, 2)});
  }

  void Begin() {
    centre_.PowerOn();
    for (const auto& office : offices_) office->PowerOn();
    for (const auto& link : links_) link->Start();
    for (const auto& people : people_) people->Start();
    national_->Start();
    district_->Start();
    accidents_->Start();
    recovery_->Start();
    clones_->Start();
    node_ends_->Start();
    mistakes_->Start();
    desk_->Start();
    AuditEachHour();
  }

  void AuditEachHour() {
    world_.queue().After(kHour, [this] {
      audit_->Hourly();
      AuditEachHour();
    });
  }

  void RunUntil(Micros until) {
    while (!world_.broken() && world_.queue().RunNext(until)) {
    }
  }

  void Heal() {
    world_.Heal();
    accidents_->Heal();
    national_->Mend();
    for (const auto& link : links_) link->Mend();
    clones_->Heal();
  }

  void Settle() {
    const Micros deadline = world_.now() + kSettleWithin;
    std::string unsettled = "nothing was looked at";
    while (!world_.broken() && world_.now() < deadline && !unsettled.empty()) {
      RunUntil(world_.now() + kSettleRound);
      unsettled = clones_->done() ? audit_->Unsettled() : "a copy of a machine still runs";
    }
    if (!unsettled.empty()) world_.Break("settled", unsettled);
    if (!world_.broken()) audit_->Final();
  }

  Outcome Report() {
    Outcome outcome{.broken = world_.broken(),
                    .faults = world_.faults(),
                    .cases = {},
                    .cards = matter_.fed(),
                    .steps = world_.queue().steps(),
                    .simulated = world_.now()};
    for (const auto& [id, one] : chronicle_.cases) {
      ++outcome.cases[domain::CaseKindName(one.kind)];
    }
    return outcome;
  }

  World world_;
  Keys keys_;
  base::Prng prng_;
  Matter matter_;
  Chronicle chronicle_;
  Causes causes_;
  Laws laws_;
  std::unique_ptr<crypto::Signer> centre_signer_;
  Centre centre_;
  std::vector<std::unique_ptr<Office>> offices_;
  std::vector<std::unique_ptr<Link>> links_;
  std::vector<std::unique_ptr<People>> people_;
  std::vector<Post> posts_;
  std::vector<Scene> scenes_;
  std::unique_ptr<National> national_;
  std::unique_ptr<District> district_;
  std::unique_ptr<Accidents> accidents_;
  std::unique_ptr<Recovery> recovery_;
  std::unique_ptr<Clones> clones_;
  std::unique_ptr<NodeEnds> node_ends_;
  std::unique_ptr<Mistakes> mistakes_;
  std::unique_ptr<Desk> desk_;
  std::unique_ptr<Audit> audit_;
};

}  // namespace

Outcome Simulate(uint64_t seed, const Options& options) { return Simulation(seed, options).Run(); }

}  // namespace keping::sim
