// A reader at the node itself that speaks PC/SC (pcscd): the UID of a contactless chip by the
// pseudo-APDU GET DATA, FF CA 00 00 00 (PC/SC part 3, 3.2.2.1.3).
//
//   PcscReader reader({.name = "ACS ACR122U"});
//   reader.Start(report);   // reports each card that is held to it
//
// One thread waits for cards. A reader that is unplugged, or a pcscd that is restarted, is awaited
// without end: Status says what is missing.
#ifndef KEPING_EDGE_NODE_READERS_PCSC_READER_H_
#define KEPING_EDGE_NODE_READERS_PCSC_READER_H_

#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "edge_node/readers/serial_reader.h"

namespace keping::edge {

struct PcscReaderOptions {
  // The beginning of the reader's name at pcscd; empty for the first reader there.
  std::string name;
  absl::Duration retry_interval = absl::Seconds(1);  // while the reader or pcscd is missing
};

// Thread-safe. Reports on its own thread.
class PcscReader : public SerialReader {
 public:
  explicit PcscReader(PcscReaderOptions options);
  ~PcscReader() override;

  void Start(ScanCallback report) override;
  void Stop() override;
  ReaderStatus Status() const override;

 private:
  class Session;

  void Work();
  // Until the reader or pcscd is gone, or Stop was called.
  void ServeCards(Session& session);
  void SetStatus(ReaderStatus status);
  // Returns early on Stop.
  void AwaitRetry();
  bool stopping() const;

  const PcscReaderOptions options_;
  ScanCallback report_;  // used by the worker only

  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  Session* session_ ABSL_GUARDED_BY(mutex_) = nullptr;  // the one that Stop wakes up
  ReaderStatus status_ ABSL_GUARDED_BY(mutex_);

  std::thread worker_;  // last: it uses all of the above
};

// The UID in a chip's answer to GET DATA: its bytes and the status word 9000. Any other answer is
// ScanProblem::kNoSerial; a UID of another size than 4, 7 or 10 bytes is too.
scan::Scan ReadUidAnswer(absl::string_view answer);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_READERS_PCSC_READER_H_
