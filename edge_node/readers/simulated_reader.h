// A reader for tests and the simulator: one thread, and cards that its caller holds to it.
//
//   SimulatedReader reader;
//   reader.Start(report);
//   reader.Hold(BlankSerial::Of("04A1B2C3D4E5F6"));
//   reader.Lift();
#ifndef KEPING_EDGE_NODE_READERS_SIMULATED_READER_H_
#define KEPING_EDGE_NODE_READERS_SIMULATED_READER_H_

#include <optional>

#include "common/domain/blank_serial.h"
#include "edge_node/readers/serial_reader.h"

namespace keping::edge {

// Not thread-safe. Reports from inside Start, Hold, HoldUnreadable and PlugIn.
class SimulatedReader : public SerialReader {
 public:
  void Start(ScanCallback report) override;
  void Stop() override;
  ReaderStatus Status() const override;

  void Hold(const domain::BlankSerial& card);
  // A card of another kind, or one that is lifted too early.
  void HoldUnreadable();
  void Lift();
  void Unplug();
  void PlugIn();

 private:
  void ReadCard();

  ScanCallback report_;
  bool plugged_in_ = true;
  std::optional<scan::Scan> card_;  // what lies on it
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_READERS_SIMULATED_READER_H_
