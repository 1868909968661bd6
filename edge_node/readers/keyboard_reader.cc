#include "edge_node/readers/keyboard_reader.h"

#include <utility>

namespace keping::edge {

KeyboardReader::KeyboardReader(std::string name, scan::ReaderProfile profile)
    : name_(std::move(name)), profile_(std::move(profile)) {}

void KeyboardReader::Start(ScanCallback report) {
  absl::MutexLock lock(&mutex_);
  report_ = std::move(report);
}

void KeyboardReader::Stop() {
  absl::MutexLock lock(&mutex_);
  report_ = nullptr;
}

ReaderStatus KeyboardReader::Status() const { return {.connected = true, .name = name_}; }

void KeyboardReader::Type(absl::string_view text) {
  // Under the lock, so that Stop waits for a report under way.
  absl::MutexLock lock(&mutex_);
  if (report_) report_(scan::ReadScan(profile_, text));
}

}  // namespace keping::edge
