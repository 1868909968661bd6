// A reader that types like a keyboard into a page: the page sends what was typed into its field.
//
//   KeyboardReader reader("loket-1", profile);
//   reader.Start(report);
//   reader.Type("04a1b2c3d4e5f6\n");   // reports blank 04A1B2C3D4E5F6
#ifndef KEPING_EDGE_NODE_READERS_KEYBOARD_READER_H_
#define KEPING_EDGE_NODE_READERS_KEYBOARD_READER_H_

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "common/scan/reader_profile.h"
#include "edge_node/readers/serial_reader.h"

namespace keping::edge {

// Thread-safe. Reports on the thread that calls Type.
class KeyboardReader : public SerialReader {
 public:
  KeyboardReader(std::string name, scan::ReaderProfile profile);

  void Start(ScanCallback report) override;
  void Stop() override;
  // Always connected: nobody can tell whether a keyboard is plugged in.
  ReaderStatus Status() const override;

  // One whole input, ended by Enter or by the page.
  void Type(absl::string_view text);

 private:
  const std::string name_;
  const scan::ReaderProfile profile_;
  absl::Mutex mutex_;
  ScanCallback report_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_READERS_KEYBOARD_READER_H_
