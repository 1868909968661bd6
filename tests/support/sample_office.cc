#include "tests/support/sample_office.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/base/check.h"
#include "common/wire/feed_codec.h"

namespace keping::tests {
namespace {

using domain::BlankSerial;
using domain::OperatorId;
using domain::PrrId;
using domain::SerialSet;

constexpr char kVersion[] = "2017.1";
constexpr char kPrinter[] = "p1";
constexpr char kNikTail[] = "0001";
constexpr int kPrrs = 6;

absl::Time Morning() {
  return absl::FromCivil(absl::CivilHour(2017, 4, 27, 1), absl::UTCTimeZone());
}

}  // namespace

SampleOffice::SampleOffice(storage::KvStore* store)
    : clock_(Morning()),
      log_key_(*crypto::MakeEd25519Signer(prng_.Bytes(crypto::kSignerSeedSize))),
      centre_(*crypto::MakeEd25519Signer(prng_.Bytes(crypto::kSignerSeedSize))),
      verifier_(crypto::MakeEd25519Verifier()) {
  edge::EdgeSettings settings{.node = domain::NodeId::Of(kNode),
                              .application_version = domain::ApplicationVersion::Of(kVersion),
                              .cards_per_day = {{domain::PrinterId::Of(kPrinter), 50}}};
  edge::EdgeIdentity identity{.incarnation = domain::IncarnationId::Of(kIncarnation),
                              .signer = log_key_.get(),
                              .verifier = verifier_.get(),
                              .centre_public_key = centre_->public_key(),
                              .software_version = "0.1.0"};
  edge::EdgePorts ports{.store = store,
                        .clock = &clock_,
                        .random = [this](size_t size) { return prng_.Bytes(size); },
                        .conditions = [] { return edge::Conditions(); },
                        .act = [](const edge::Action&) {},
                        .send =
                            [this](const sync::NodeFrame& frame) {
                              const auto* segment = std::get_if<sync::Segment>(&frame);
                              if (segment == nullptr) return;
                              segments_.push_back(*segment);
                              sent_ = {segment->first_seq + segment->entries.size() - 1,
                                       domain::HashEntryBytes(segment->entries.back())};
                            },
                        .failed = [](const absl::Status&) {}};
  auto cipher = crypto::RecordCipher::FromKey(prng_.Bytes(crypto::kSealKeySize));
  auto node = edge::EdgeNode::Open(std::move(settings), std::move(identity), *std::move(cipher),
                                   std::move(ports));
  KEPING_CHECK(node.ok(), "the node opens");
  node_ = *std::move(node);
  KEPING_CHECK(node_->Start().ok(), "the node starts");
  MeetCentre();
  SendFeed();
  Receive();

  Do(edge::VerifyCard{Print("A0001000"), BlankSerial::Of("A0001000"), kNikTail,
                      OperatorId::Of(kOperator)});
  Do(edge::SpoilCard{.act = Print("A0001001"), .operator_id = OperatorId::Of(kOperator)});
  Do(edge::VerifyCard{Print("A0001002"), BlankSerial::Of("A0001003"), kNikTail,
                      OperatorId::Of(kOperator)});
  Do(edge::SpoilBlank{node_->NewAct(), BlankSerial::Of("A0001004"), domain::SpoilCause::kFactory,
                      OperatorId::Of(kOperator)});
  Print("A0009999");  // refused: never received
  Countersign();
  node_->OnDisconnected();
  Print("A0001005");
}

void SampleOffice::MeetCentre() {
  node_->OnConnected();
  const auto status = node_->OnFrame(sync::Welcome{.held = {},
                                                   .generation = domain::GenerationId::Of("g1"),
                                                   .generation_order = 1,
                                                   .protocol = sync::kProtocolMax,
                                                   .feed_from = 0,
                                                   .centre_time = clock_.Now().wall});
  KEPING_CHECK(status.ok(), "the welcome is taken");
}

void SampleOffice::SendFeed() {
  sync::FeedBatch batch;
  const auto add = [&batch](std::string key, auto body) {
    batch.items.push_back(wire::EncodeFeedItem(
        {.key = std::move(key), .position = ++batch.to, .version = 1, .body = std::move(body)}));
  };
  const OperatorId person = OperatorId::Of(kOperator);
  add(domain::OperatorFeedKey(person),
      domain::OperatorItem{person, {domain::ApplicationVersion::Of(kVersion)}});
  const auto transfer = domain::TransferId::Of(kTransfer);
  add(domain::TransferFeedKey(transfer),
      domain::TransferItem{transfer, *SerialSet::Parse(kDispatched)});
  for (int i = 1; i <= kPrrs; ++i) {
    const PrrId prr = PrrId::Of(absl::StrCat("PRR-", i));
    add(domain::PrrFeedKey(prr), domain::PrrItem{.prr = prr,
                                                 .lease_holder = domain::NodeId::Of(kNode),
                                                 .lease_epoch = {1, 1},
                                                 .enrolled_at = Morning() - absl::Hours(100 - i),
                                                 .village = domain::VillageCode::Of("5106012001"),
                                                 .nik_tail = kNikTail,
                                                 .record = "specimen"});
  }
  batch.signature = centre_->Sign(sync::BatchStatement(domain::NodeId::Of(kNode), batch));
  KEPING_CHECK(node_->OnFrame(batch).ok(), "the feed is taken");
}

void SampleOffice::Countersign() {
  sync::Receipt receipt{.node = domain::NodeId::Of(kNode),
                        .incarnation = domain::IncarnationId::Of(kIncarnation),
                        .head = sent_,
                        .generation = domain::GenerationId::Of("g1"),
                        .centre_time = clock_.Now().wall,
                        .signature = {}};
  receipt.signature = centre_->Sign(sync::ReceiptStatement(receipt));
  KEPING_CHECK(node_->OnFrame(receipt).ok(), "the receipt is taken");
  proven_ = receipt.head;
}

void SampleOffice::Receive() {
  Do(edge::ReceiveTransfer{node_->NewAct(), domain::TransferId::Of(kTransfer),
                           *SerialSet::Parse("A0001000..A0001009"), OperatorId::Of(kOperator)});
}

domain::ActId SampleOffice::Print(const std::string& blank) {
  const domain::ActId act = node_->NewAct();
  Do(edge::Print{.act = act,
                 .operator_id = OperatorId::Of(kOperator),
                 .printer = domain::PrinterId::Of(kPrinter),
                 .blank = BlankSerial::Of(blank),
                 .prr = {}});
  return act;
}

void SampleOffice::Do(const edge::Input& input) {
  clock_.Advance(absl::Minutes(1));
  const auto decision = node_->Handle(input);
  KEPING_CHECK(decision.ok() && decision->status.ok(), "the office's day goes as written");
  // The centre takes segments as fast as they come.
  if (node_->welcomed() && sent_.seq > 0) Countersign();
}

}  // namespace keping::tests
