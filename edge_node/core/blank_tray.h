// The blanks of this node, a projection of the log: only what was received by scan may be consumed.
//
//   received -> available -> bound to a job -> used | spoiled | available again
//   used | spoiled -> destroyed
//   available -> lent -> received again, when another office gives it back
//   An answer that is set aside leads back: used | spoiled -> bound, spoiled -> available.
#ifndef KEPING_EDGE_NODE_CORE_BLANK_TRAY_H_
#define KEPING_EDGE_NODE_CORE_BLANK_TRAY_H_

#include <map>

#include "common/domain/blank_serial.h"
#include "common/domain/serial_set.h"

namespace keping::edge {

enum class BlankUse { kBound, kUsed, kSpoiled, kDestroyed, kLent };

// Not thread-safe; changed only while events are applied.
class BlankTray {
 public:
  void Receive(const domain::SerialSet& serials);
  void Bind(const domain::BlankSerial& blank) { Take(blank, BlankUse::kBound); }
  void Use(const domain::BlankSerial& blank) { Take(blank, BlankUse::kUsed); }
  void Spoil(const domain::BlankSerial& blank) { Take(blank, BlankUse::kSpoiled); }
  void Destroy(const domain::BlankSerial& blank) { Take(blank, BlankUse::kDestroyed); }
  void Lend(const domain::BlankSerial& blank) { Take(blank, BlankUse::kLent); }
  // A bound blank lies in the tray again.
  void Release(const domain::BlankSerial& blank);
  // A blank called spoiled by mistake lies in the tray again.
  void Restore(const domain::BlankSerial& blank);

  bool Available(const domain::BlankSerial& blank) const { return available_.Contains(blank); }
  // How a blank that left the tray was used, or nullptr.
  const BlankUse* UseOf(const domain::BlankSerial& blank) const;
  const domain::SerialSet& available() const { return available_; }
  // The machine was restored or cloned: what lies in the tray by this log may have been used by
  // what is no longer in it.
  void Distrust();
  // These were found by scan; nothing is in doubt any more.
  void Confirm(const domain::SerialSet& found);
  // In the tray by the log, and not found by a scan since.
  const domain::SerialSet& unconfirmed() const { return unconfirmed_; }

  // In the tray, or taken from it: some delivery or inventory brought it here.
  bool Knows(const domain::BlankSerial& blank) const {
    return Available(blank) || unconfirmed_.Contains(blank) || UseOf(blank) != nullptr;
  }
  uint64_t Count(BlankUse use) const;
  domain::SerialSet Serials(BlankUse use) const;

 private:
  void Take(const domain::BlankSerial& blank, BlankUse use);
  void PutBack(const domain::BlankSerial& blank, BlankUse from);

  domain::SerialSet available_;
  domain::SerialSet unconfirmed_;
  std::map<domain::BlankSerial, BlankUse> taken_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_BLANK_TRAY_H_
