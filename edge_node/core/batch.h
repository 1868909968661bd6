// Batches: a tray of blanks that goes through one printer, one job and one intent per card, a
// projection of the log.
//
//   Batches batches;
//   batches.Apply(BatchOpened{.act = act, .printer = printer, .blanks = hopper, …});
//   batches.Apply(PrintIntended{.batch = act, …});      // the first blank of the hopper
//   batches.OpenAt(printer)->next();                     // the second one
#ifndef KEPING_EDGE_NODE_CORE_BATCH_H_
#define KEPING_EDGE_NODE_CORE_BATCH_H_

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::edge {

// What one hopper takes.
inline constexpr size_t kMaxBatch = 200;

struct Batch {
  domain::BatchOpened opened;
  std::vector<domain::ActId> jobs;  // in hopper order: job i was intended for blank i
  std::optional<domain::BatchClosed> closed;

  bool open() const { return !closed.has_value(); }
  // The blank that the printer takes next, or nullptr when the hopper is empty.
  const domain::BlankSerial* next() const;
  // Whether the blank lies in the hopper still, by the books.
  bool Waits(const domain::BlankSerial& blank) const;
};

// Not thread-safe; changed only by Apply.
class Batches {
 public:
  void Apply(const domain::BatchOpened& event);
  void Apply(const domain::BatchClosed& event);
  void Apply(const domain::PrintIntended& event);

  // nullptr when there is none.
  const Batch* Find(const domain::ActId& act) const;
  const Batch* OpenAt(const domain::PrinterId& printer) const;
  // The open batch in whose hopper the blank lies, or nullptr.
  const Batch* OpenWith(const domain::BlankSerial& blank) const;
  // In the order of their printers.
  std::vector<const Batch*> Open() const;
  // All batches in the order of their opening.
  const std::vector<domain::ActId>& order() const { return order_; }

 private:
  std::map<domain::ActId, Batch> batches_;
  std::vector<domain::ActId> order_;
  std::map<domain::PrinterId, domain::ActId> open_at_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_CORE_BATCH_H_
