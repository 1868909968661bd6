#include "tests/sim/centre_restores.h"

namespace keping::sim {

void CentreRestores::Round(Micros span) {
  if (!world_.plan().centre_restore.on()) return;
  if (world_.now() >= backup_at_ && centre_.node() != nullptr) {
    centre_.MakeBackup();
    backup_at_ = world_.now() + prng_.Between(2 * kHour, 4 * kDay);
  }
  if (!centre_.has_backup() || centre_.node() == nullptr) return;
  if (!world_.plan().centre_restore.Strikes(prng_, span)) return;
  // Often only the database is set back, and the witness beside the keys shows it.
  const bool shown = prng_.Chance(1, 2);
  world_.Count(shown ? "centre_restore" : "centre_restore_unshown");
  centre_.RestoreBackup(prng_.Between(kMinute, 2 * kHour), shown);
  district_.OnCentreRestored();
}

}  // namespace keping::sim
