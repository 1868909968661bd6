#include "tests/support/office.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"

namespace keping::tests {
namespace {

const absl::TimeZone kZone = absl::FixedTimeZone(8 * 3600);

}  // namespace

edge::EdgeSettings OfficeSettings() {
  edge::EdgeSettings settings;
  settings.node = domain::NodeId::Of("susut");
  settings.application_version = domain::ApplicationVersion::Of("8.1");
  settings.cards_per_day = {{domain::PrinterId::Of("p1"), 50}};
  settings.time_zone = kZone;
  return settings;
}

domain::PrrItem PrintablePrr(const std::string& id, int second) {
  domain::PrrItem item;
  item.prr = domain::PrrId::Of(id);
  item.lease_holder = domain::NodeId::Of("susut");
  item.lease_epoch = {1, 1};
  item.enrolled_at = absl::FromUnixSeconds(second);
  item.village = domain::VillageCode::Of("51.06.01.2001");
  item.nik_tail = "0007";
  item.record = absl::StrCat("specimen record of ", id);
  return item;
}

Office::Office(edge::EdgeSettings settings)
    : settings_(std::move(settings)),
      node_signer_(crypto::MakeKeyedHashSigner("the node's key")),
      centre_signer_(crypto::MakeKeyedHashSigner("the centre's key")),
      verifier_(crypto::MakeKeyedHashVerifier()),
      clock_(absl::FromCivil(absl::CivilHour(2017, 4, 27, 8), kZone)),
      centre_clock_(clock_.Now().wall),
      random_(17),
      centre_(settings_.node, centre_signer_.get(), &centre_clock_) {}

absl::Status Office::Open() {
  Kill();
  KEPING_ASSIGN_OR_RETURN(auto cipher, crypto::RecordCipher::FromKey(std::string(32, 'k')));
  KEPING_ASSIGN_OR_RETURN(node_,
                          edge::EdgeNode::Open(settings_,
                                               {.incarnation = domain::IncarnationId::Of("inc-1"),
                                                .signer = node_signer_.get(),
                                                .verifier = verifier_.get(),
                                                .centre_public_key = centre_signer_->public_key(),
                                                .software_version = "0.1.0"},
                                               std::move(cipher), Ports()));
  return node_->Start();
}

edge::EdgePorts Office::Ports() {
  return {.store = &store_,
          .clock = &clock_,
          .random = [this](size_t size) { return random_.Bytes(size); },
          .conditions = [this] { return conditions_; },
          .act =
              [this](const edge::Action& action) {
                actions_.push_back(action);
                if (on_action_) on_action_(action);
              },
          .send = [this](const sync::NodeFrame& frame) { sent_.push_back(frame); },
          .check_record = check_record_,
          .failed = [this](const absl::Status& status) { failures_.push_back(status); }};
}

void Office::Kill() {
  Disconnect();
  node_.reset();
  store_.Reopen();
}

void Office::PowerCut(base::Prng& prng) {
  Disconnect();
  node_.reset();
  store_.Crash(prng);
  clock_.Reboot();
}

void Office::Equip(int prrs, int blanks) {
  const auto ayu = domain::OperatorId::Of("ayu");
  const auto transfer = domain::TransferId::Of("t-1");
  centre_.Tell(domain::OperatorItem{ayu, {settings_.application_version}});
  for (int i = 1; i <= prrs; ++i) {
    centre_.Tell(PrintablePrr(absl::StrFormat("prr-%03d", i), i));
  }
  domain::TransferItem item{transfer, {}};
  for (int i = 1; i <= blanks; ++i) {
    item.serials.Insert(domain::BlankSerial::Of(absl::StrFormat("A%04d", i)));
  }
  centre_.Tell(item);
  KEPING_CHECK(Sync().ok(), "a new office reaches its centre");
  const edge::Decision received = Do(edge::ReceiveTransfer{
      .act = node_->NewAct(), .transfer = transfer, .scanned = item.serials, .operator_id = ayu});
  KEPING_CHECK(received.status.ok(), "a new office receives its blanks");
  KEPING_CHECK(Exchange().ok(), "the reception reaches the centre");
}

void Office::Advance(absl::Duration time) {
  clock_.Advance(time);
  centre_clock_.Advance(time);
}

void Office::Connect() {
  KEPING_CHECK(node_ != nullptr, "a dead node opens no link");
  Disconnect();
  connected_ = true;
  centre_.Reconnect();
  node_->OnConnected();
}

void Office::Disconnect() {
  sent_.clear();
  if (!connected_) return;
  connected_ = false;
  if (node_ != nullptr) node_->OnDisconnected();
}

absl::Status Office::Exchange() {
  while (connected_) {
    std::vector<sync::CentreFrame> answers;
    if (sent_.empty()) {
      answers = centre_.Batches();
      if (answers.empty()) return absl::OkStatus();
    } else {
      answers = centre_.Answer(sent_.front());
      sent_.pop_front();
    }
    for (const sync::CentreFrame& answer : answers) {
      absl::Status status = node_->OnFrame(answer);
      if (status.ok()) continue;
      Disconnect();
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status Office::Sync() {
  absl::Status status;
  for (int i = 0; i < 3; ++i) {
    Connect();
    status = Exchange();
    if (status.ok()) break;
  }
  return status;
}

edge::Print Office::PrintOf(const std::string& prr, const std::string& blank) {
  return {.act = node_->NewAct(),
          .operator_id = domain::OperatorId::Of("ayu"),
          .printer = domain::PrinterId::Of("p1"),
          .blank = domain::BlankSerial::Of(blank),
          .prr = prr.empty() ? domain::PrrId() : domain::PrrId::Of(prr)};
}

edge::Decision Office::Do(const edge::Input& input) {
  auto decision = node_->Handle(input);
  KEPING_CHECK(decision.ok(), "the store of this test does not fail");
  return *std::move(decision);
}

}  // namespace keping::tests
