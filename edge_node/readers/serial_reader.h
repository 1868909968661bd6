// What reads the serials of blanks at a counter, as a port: a keyboard reader in the browser, a
// PC/SC reader on the node, or the simulator's.
//
//   reader.Start([&](const scan::Scan& scan) { mailbox.Post(scan); });
//   …
//   reader.Stop();
//
// A reader reports once for each time that a card is held to it, and never a guess: what it cannot
// take for one serial is reported as a problem, with its words (common/scan).
#ifndef KEPING_EDGE_NODE_READERS_SERIAL_READER_H_
#define KEPING_EDGE_NODE_READERS_SERIAL_READER_H_

#include <functional>
#include <string>

#include "common/scan/scan.h"

namespace keping::edge {

struct ReaderStatus {
  bool connected = false;
  std::string name;  // as the reader calls itself; may be empty
  // Why it reads nothing, in both languages with its code; all empty while connected.
  scan::Words why_not = {"", "", ""};
};

// K-239.
inline constexpr scan::Words kReaderGone = {"K-239",
                                            "Pembaca kartu tidak tersambung. Periksa kabelnya.",
                                            "The card reader is not connected. Check its cable."};
inline constexpr scan::Words kReaderServiceGone = {
    "K-239", "Layanan pembaca kartu (pcscd) tidak berjalan. Beri tahu pengelola sistem.",
    "The service for card readers (pcscd) does not run. Tell the system administrator."};

class SerialReader {
 public:
  // Called on a thread of the reader's choice, one call at a time: must not block, and must not
  // stop the reader.
  using ScanCallback = std::function<void(const scan::Scan&)>;

  virtual ~SerialReader() = default;

  // Begins to report; a card that lies on the reader already is read, too. Once only.
  virtual void Start(ScanCallback report) = 0;
  // No report is made any more once this returns.
  virtual void Stop() = 0;

  // How it is; never waits.
  virtual ReaderStatus Status() const = 0;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_READERS_SERIAL_READER_H_
