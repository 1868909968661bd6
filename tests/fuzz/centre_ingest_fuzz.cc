// A hostile node with a valid key, against the centre's session hub and its whole store: what it
// signs is well formed, what it says is the input's.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/check.h"
#include "common/wire/frame_codec.h"
#include "keping/sync/v1/sync.pb.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/support/little_district.h"

namespace keping::fuzz {
namespace {

using tests::LittleDistrict;

constexpr char kNode[] = "susut";
// Beside the types of events, in an input.
constexpr uint8_t kRawFrame = 255;
constexpr uint8_t kSend = 254;
constexpr size_t kAttempts = 8;  // connections of one input

// A district that has records, blanks, an operator and a delivery on its way.
std::unique_ptr<LittleDistrict> OpenDistrict() {
  auto district = std::make_unique<LittleDistrict>(
      std::map<std::string, std::string>{{kNode, "51.06.01"}, {"tembuku", "51.06.03"}});
  district->AddBlanks(20);
  district->AddRecords(1, 3, "51.06.01.2001");
  district->Command(central::AddOperator{.operator_id = domain::OperatorId::Of("op-ayu"),
                                         .node = domain::NodeId::Of(kNode)});
  district->Command(central::Dispatch{.transfer = domain::TransferId::Of("t-1"),
                                      .node = domain::NodeId::Of(kNode),
                                      .quantity = 10,
                                      .serials = {}});
  return district;
}

class HostileNode {
 public:
  explicit HostileNode(LittleDistrict& district) : district_(district) { Connect(); }

  void Write(uint32_t type, absl::string_view payload) {
    domain::Entry entry;
    entry.header.node = domain::NodeId::Of(kNode);
    entry.header.incarnation = domain::IncarnationId::Of(absl::StrCat(kNode, "-1"));
    entry.header.seq = head_.seq + waiting_.size() + 1;
    entry.header.previous = waiting_.empty() ? head_.hash : domain::HashEntryBytes(waiting_.back());
    entry.header.boot_id = "boot";
    entry.header.type = type;
    entry.payload = std::string(payload);
    waiting_.push_back(domain::EncodeEntry(entry));
  }

  // A chain that the node's key signed is taken, whatever it says, unless it costs too much.
  void Send() {
    if (waiting_.empty()) return;
    const sync::Head head{head_.seq + waiting_.size(), domain::HashEntryBytes(waiting_.back())};
    sync::Segment segment{.incarnation = domain::IncarnationId::Of(absl::StrCat(kNode, "-1")),
                          .first_seq = head_.seq + 1,
                          .entries = std::exchange(waiting_, {}),
                          .signature = {}};
    segment.signature = district_.office(kNode).signer->Sign(
        sync::HeadStatement(domain::NodeId::Of(kNode), segment.incarnation, head));
    const absl::Status status = district_.hub().OnFrame(connection_, segment);
    if (status.ok()) {
      head_ = head;
      return;
    }
    KEPING_CHECK(absl::StrContains(status.message(), "blanks, want at most"),
                 "a signed chain is taken");
    Reconnect();
  }

  void SendRaw(absl::string_view bytes) {
    sync::v1::SessionRequest request;
    if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
    const auto frame = wire::DecodeFrame(request);
    if (!frame.ok()) return;
    const absl::Status status = district_.hub().OnFrame(connection_, *frame);
    CheckClear(status);
    if (!status.ok()) Reconnect();
  }

  bool connected() const { return attempts_ <= kAttempts; }
  uint64_t sent() const { return head_.seq; }

 private:
  void Reconnect() {
    district_.hub().OnDisconnected(connection_);
    Connect();
  }

  void Connect() {
    connection_ = ++attempts_ + 1000;
    district_.hub().OnConnected(
        connection_, domain::NodeId::Of(kNode),
        {.send = [](const sync::CentreFrame&) {}, .close = [](const absl::Status&) {}});
    sync::Hello hello;
    hello.node = domain::NodeId::Of(kNode);
    hello.incarnation = domain::IncarnationId::Of(absl::StrCat(kNode, "-1"));
    hello.head = head_;
    KEPING_CHECK(district_.hub().OnFrame(connection_, hello).ok(), "a true hello is welcome");
  }

  LittleDistrict& district_;
  sync::Head head_;
  std::vector<std::string> waiting_;
  uint64_t attempts_ = 0;
  central::SessionHub::ConnectionId connection_ = 0;
};

uint64_t Held(LittleDistrict& district) {
  return district.centre()
      .held(domain::NodeId::Of(kNode), domain::IncarnationId::Of(absl::StrCat(kNode, "-1")))
      ->seq;
}

}  // namespace
}  // namespace keping::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace keping::fuzz;  // NOLINT: one function
  FuzzInput input(data, size);
  const auto district = OpenDistrict();
  HostileNode node(*district);
  while (!input.empty() && node.connected()) {
    const uint8_t type = input.Byte();
    if (type == kSend) {
      node.Send();
    } else if (type == kRawFrame) {
      node.Send();
      node.SendRaw(input.Chunk());
    } else {
      node.Write(type, input.Chunk());
    }
  }
  node.Send();
  KEPING_CHECK(district->centre_failure().ok(), "no node breaks the centre's store");
  KEPING_CHECK(Held(*district) == node.sent(), "every entry is kept");
  const auto balances = district->centre().balances();
  KEPING_CHECK(balances.Close().balanced, "the closing equation holds, whatever a node says");
  district->RestartCentre();
  KEPING_CHECK(Held(*district) == node.sent(), "and is there after a restart");
  KEPING_CHECK(district->centre().balances() == balances, "and so is the ledger");
  return 0;
}
