#include "tests/sim/accidents.h"

#include <utility>

namespace keping::sim {
namespace {

constexpr Micros kNightFrom = 17 * kHour;

std::vector<Courier::Way> WaysOf(const std::vector<Scene>& scenes) {
  std::vector<Courier::Way> ways;
  for (const Scene& scene : scenes) ways.push_back({scene.office, scene.link});
  return ways;
}

}  // namespace

Accidents::Accidents(World* world, Laws* laws, Chronicle* chronicle, Centre* centre,
                     National* national, District* district, std::vector<Scene> scenes)
    : world_(*world),
      chronicle_(*chronicle),
      centre_(*centre),
      national_(*national),
      scenes_(std::move(scenes)),
      impostor_(world, chronicle, centre),
      centre_restores_(world, centre, district),
      courier_(world, laws, chronicle, centre, WaysOf(scenes_)),
      prng_(world->Fork()) {}

void Accidents::Start() {
  world_.queue().After(kRound, [this] {
    if (!world_.healed()) Round();
  });
}

void Accidents::Heal() {
  for (const Scene& scene : scenes_) {
    scene.office->clock().SetRight();
    for (PrinterUnit& unit : scene.office->printers()) {
      unit.reachable = true;
      unit.printer->SetReachable(true);
    }
  }
}

void Accidents::Round() {
  for (const Scene& scene : scenes_) {
    AtLink(scene);
    AtMachine(*scene.office);
    AtDatabase(scene);
    AtClock(*scene.office);
    AtPrinters(*scene.office);
    AtNight(scene);
  }
  AtCentre();
  centre_restores_.Round(kRound);
  courier_.Round(kRound);
  if (world_.plan().national_cut.Strikes(prng_, kRound)) {
    world_.Count("national_cut");
    national_.Cut(prng_.Between(kHour, 2 * kDay));
  }
  Start();
}

void Accidents::AtLink(const Scene& scene) {
  Link& link = *scene.link;
  if (world_.plan().impostor.Strikes(prng_, kRound)) {
    if (prng_.Chance(1, 2)) {
      impostor_.SpeakFor(*scene.office);
    } else {
      impostor_.SpeakTo(*scene.office);
    }
  }
  if (world_.plan().link_cut.Strikes(prng_, kRound)) {
    world_.Count("link_cut");
    link.Cut(prng_.Between(kMinute, 2 * kHour));
  }
  if (world_.plan().partition.Strikes(prng_, kRound)) {
    world_.Count("partition");
    link.Cut(prng_.Between(kDay / 2, 3 * kDay));
  }
}

void Accidents::AtMachine(Office& office) {
  if (world_.plan().edge_kill.Strikes(prng_, kRound)) {
    world_.Count("edge_kill");
    office.Kill(prng_.Between(2 * kSecond, 10 * kMinute));
  }
  if (world_.plan().edge_power_cut.Strikes(prng_, kRound)) {
    world_.Count("edge_power_cut");
    office.CutPower(prng_.Between(kMinute, 5 * kHour));
  }
}

storage::FaultyStore::Failure Accidents::DrawFailure() {
  return prng_.Chance(1, 2) ? storage::FaultyStore::Failure::kNotWritten
                            : storage::FaultyStore::Failure::kUnknownButWritten;
}

void Accidents::AtDatabase(const Scene& scene) {
  Office& office = *scene.office;
  if (world_.plan().edge_write_failure.Strikes(prng_, kRound)) {
    world_.Count("edge_write_failure");
    office.store().FailNextWrite(DrawFailure());
  }
  // One misfortune of a disk at a time.
  const bool copied = chronicle_.node(office.log()).copy >= 0;
  if (office.node() == nullptr || office.frozen() || copied) return;
  if (world_.plan().log_damage.Strikes(prng_, kRound)) {
    world_.Count("log_damage");
    return office.DamageLog(prng_.Between(kMinute, kHour));
  }
  if (!world_.plan().edge_restore.on()) return;
  if (!office.has_backup() || prng_.Chance(1, 500)) office.MakeBackup();
  if (world_.plan().edge_restore.Strikes(prng_, kRound)) {
    const bool whole_disk = prng_.Chance(1, 2);
    world_.Count(whole_disk ? "disk_restore" : "edge_restore");
    office.RestoreBackup(whole_disk, prng_.Between(kMinute, kHour));
    // Without a link it goes on from there, and its log forks.
    if (prng_.Chance(1, 2)) scene.link->Cut(prng_.Between(kDay / 4, 2 * kDay));
  }
}

void Accidents::AtClock(Office& office) {
  if (!world_.plan().clock_set.Strikes(prng_, kRound)) return;
  world_.Count("clock_set");
  switch (prng_.Below(3)) {
    case 0:
      office.clock().SetRight();
      break;
    case 1:
      office.clock().Shift(absl::Hours(prng_.Between(-72, 72)));
      break;
    default:
      // A dead battery: years ago.
      office.clock().Shift(-absl::Hours(24 * prng_.Between(300, 3000)));
      break;
  }
}

void Accidents::AtPrinters(Office& office) {
  for (PrinterUnit& unit : office.printers()) {
    if (world_.plan().printer_power_cut.Strikes(prng_, kRound)) {
      world_.Count("printer_power_cut");
      unit.printer->CutPower();
    }
    if (!world_.plan().printer_unreachable.Strikes(prng_, kRound)) continue;
    world_.Count("printer_unreachable");
    unit.reachable = false;
    unit.printer->SetReachable(false);
    world_.queue().After(prng_.Between(kMinute, 2 * kHour), [&unit] {
      unit.reachable = true;
      unit.printer->SetReachable(true);
    });
  }
}

void Accidents::AtNight(const Scene& scene) {
  if (!scene.shuts_down_at_night || world_.TimeOfDay() < kNightFrom) return;
  scene.office->ShutDown(kDay - world_.TimeOfDay() + 7 * kHour + prng_.Between(0, kHour));
}

void Accidents::AtCentre() {
  if (world_.plan().centre_kill.Strikes(prng_, kRound)) {
    world_.Count("centre_kill");
    centre_.Kill(prng_.Between(2 * kSecond, 10 * kMinute));
  }
  if (world_.plan().centre_power_cut.Strikes(prng_, kRound)) {
    world_.Count("centre_power_cut");
    centre_.CutPower(prng_.Between(kMinute, 3 * kHour));
  }
  if (world_.plan().centre_write_failure.Strikes(prng_, kRound)) {
    world_.Count("centre_write_failure");
    centre_.store().FailNextWrite(DrawFailure());
  }
}

}  // namespace keping::sim
