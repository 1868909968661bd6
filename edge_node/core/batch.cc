#include "edge_node/core/batch.h"

#include <algorithm>

namespace keping::edge {

const domain::BlankSerial* Batch::next() const {
  return jobs.size() < opened.blanks.size() ? &opened.blanks[jobs.size()] : nullptr;
}

bool Batch::Waits(const domain::BlankSerial& blank) const {
  const size_t taken = std::min(jobs.size(), opened.blanks.size());
  return std::find(opened.blanks.begin() + static_cast<ptrdiff_t>(taken), opened.blanks.end(),
                   blank) != opened.blanks.end();
}

void Batches::Apply(const domain::BatchOpened& event) {
  const auto [batch, is_new] = batches_.try_emplace(event.act);
  if (!is_new) return;
  batch->second.opened = event;
  order_.push_back(event.act);
  open_at_[event.printer] = event.act;
}

void Batches::Apply(const domain::BatchClosed& event) {
  const auto batch = batches_.find(event.act);
  if (batch == batches_.end() || !batch->second.open()) return;
  batch->second.closed = event;
  open_at_.erase(batch->second.opened.printer);
}

void Batches::Apply(const domain::PrintIntended& event) {
  const auto batch = batches_.find(event.batch);
  if (batch != batches_.end()) batch->second.jobs.push_back(event.act);
}

const Batch* Batches::Find(const domain::ActId& act) const {
  const auto batch = batches_.find(act);
  return batch == batches_.end() ? nullptr : &batch->second;
}

const Batch* Batches::OpenAt(const domain::PrinterId& printer) const {
  const auto open = open_at_.find(printer);
  return open == open_at_.end() ? nullptr : Find(open->second);
}

const Batch* Batches::OpenWith(const domain::BlankSerial& blank) const {
  for (const Batch* batch : Open()) {
    if (batch->Waits(blank)) return batch;
  }
  return nullptr;
}

std::vector<const Batch*> Batches::Open() const {
  std::vector<const Batch*> open;
  for (const auto& [printer, act] : open_at_) open.push_back(Find(act));
  return open;
}

}  // namespace keping::edge
