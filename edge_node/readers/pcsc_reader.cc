#include "edge_node/readers/pcsc_reader.h"

#include <winscard.h>

#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "common/base/check.h"

namespace keping::edge {
namespace {

constexpr unsigned char kGetUid[] = {0xFF, 0xCA, 0x00, 0x00, 0x00};
constexpr size_t kLongestAnswer = 258;
constexpr absl::string_view kAllIsWell("\x90\x00", 2);
// Stop cancels a wait; this bounds the rare one that begins just after.
constexpr DWORD kWaitMilliseconds = 500;

scan::Scan NoSerial() { return {scan::ScanProblem::kNoSerial, {}}; }

// A connection to the card that lies on the reader, given back at the end.
class Card {
 public:
  Card(SCARDCONTEXT context, const std::string& reader) {
    connected_ = SCardConnect(context, reader.c_str(), SCARD_SHARE_SHARED,
                              SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &handle_,
                              &protocol_) == SCARD_S_SUCCESS;
  }
  ~Card() {
    if (connected_) SCardDisconnect(handle_, SCARD_LEAVE_CARD);
  }
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;

  scan::Scan ReadUid() {
    if (!connected_) return NoSerial();
    const SCARD_IO_REQUEST* how = protocol_ == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    unsigned char answer[kLongestAnswer];
    DWORD size = sizeof(answer);
    if (SCardTransmit(handle_, how, kGetUid, sizeof(kGetUid), nullptr, answer, &size) !=
        SCARD_S_SUCCESS) {
      return NoSerial();
    }
    return ReadUidAnswer(absl::string_view(reinterpret_cast<const char*>(answer), size));
  }

 private:
  SCARDHANDLE handle_ = 0;
  DWORD protocol_ = 0;
  bool connected_ = false;
};

}  // namespace

scan::Scan ReadUidAnswer(absl::string_view answer) {
  if (answer.size() < 2 || !absl::EndsWith(answer, kAllIsWell)) return NoSerial();
  const std::string uid = absl::BytesToHexString(answer.substr(0, answer.size() - 2));
  const auto serial = scan::Understand(scan::ReaderProfile{}, uid);
  return serial ? scan::Scan{scan::ScanProblem::kNone, *serial} : NoSerial();
}

// One connection to pcscd and the reader found there.
class PcscReader::Session {
 public:
  explicit Session(const std::string& wanted) {
    if (SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_) != SCARD_S_SUCCESS) {
      return;
    }
    open_ = true;
    reader_ = Find(wanted);
    state_.szReader = reader_.c_str();
    state_.dwCurrentState = SCARD_STATE_UNAWARE;
  }
  ~Session() {
    if (open_) SCardReleaseContext(context_);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  bool open() const { return open_; }
  // Empty when there is no such reader.
  const std::string& reader() const { return reader_; }

  // True when the state of the reader changed, false when time ran out; empty when it is gone.
  std::optional<bool> AwaitChange() {
    const LONG result = SCardGetStatusChange(context_, kWaitMilliseconds, &state_, 1);
    if (result == SCARD_E_TIMEOUT || result == SCARD_E_CANCELLED) return false;
    const DWORD lost = SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE | SCARD_STATE_IGNORE;
    if (result != SCARD_S_SUCCESS || (state_.dwEventState & lost) != 0) return std::nullopt;
    state_.dwCurrentState = state_.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
    return true;
  }

  // The upper half counts what was put on the reader and taken off it.
  DWORD events() const { return state_.dwEventState >> 16; }
  bool has_card() const { return (state_.dwEventState & SCARD_STATE_PRESENT) != 0; }
  scan::Scan ReadUid() { return Card(context_, reader_).ReadUid(); }
  void Wake() { SCardCancel(context_); }

 private:
  std::string Find(const std::string& wanted) const {
    DWORD size = 0;
    if (SCardListReaders(context_, nullptr, nullptr, &size) != SCARD_S_SUCCESS) return "";
    std::string names(size, '\0');
    if (SCardListReaders(context_, nullptr, names.data(), &size) != SCARD_S_SUCCESS) return "";
    for (const char* name = names.c_str(); *name != '\0'; name += std::string(name).size() + 1) {
      if (absl::StartsWith(name, wanted)) return name;
    }
    return "";
  }

  SCARDCONTEXT context_ = 0;
  bool open_ = false;
  std::string reader_;
  SCARD_READERSTATE state_{};
};

PcscReader::PcscReader(PcscReaderOptions options) : options_(std::move(options)) {
  SetStatus({.connected = false, .name = "", .why_not = kReaderGone});
}

PcscReader::~PcscReader() { Stop(); }

void PcscReader::Start(ScanCallback report) {
  KEPING_CHECK(!worker_.joinable(), "a reader is started once");
  report_ = std::move(report);
  worker_ = std::thread(&PcscReader::Work, this);
}

void PcscReader::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    if (session_ != nullptr) session_->Wake();
  }
  if (worker_.joinable()) worker_.join();
}

ReaderStatus PcscReader::Status() const {
  absl::MutexLock lock(&mutex_);
  return status_;
}

void PcscReader::Work() {
  while (!stopping()) {
    Session session(options_.name);
    if (!session.open()) {
      SetStatus({.connected = false, .name = "", .why_not = kReaderServiceGone});
    } else if (session.reader().empty()) {
      SetStatus({.connected = false, .name = "", .why_not = kReaderGone});
    } else {
      SetStatus({.connected = true, .name = session.reader()});
      ServeCards(session);
      SetStatus({.connected = false, .name = "", .why_not = kReaderGone});
    }
    AwaitRetry();
  }
}

void PcscReader::ServeCards(Session& session) {
  {
    absl::MutexLock lock(&mutex_);
    session_ = &session;
  }
  // The count of the card that was read last; a card that only lies there is read once.
  std::optional<DWORD> read;
  while (!stopping()) {
    const std::optional<bool> changed = session.AwaitChange();
    if (!changed) break;
    if (!*changed || !session.has_card() || read == session.events()) continue;
    read = session.events();
    const scan::Scan scan = session.ReadUid();
    if (!stopping()) report_(scan);
  }
  absl::MutexLock lock(&mutex_);
  session_ = nullptr;
}

void PcscReader::SetStatus(ReaderStatus status) {
  absl::MutexLock lock(&mutex_);
  status_ = std::move(status);
}

void PcscReader::AwaitRetry() {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&stopping_), options_.retry_interval);
}

bool PcscReader::stopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

}  // namespace keping::edge
