#include "tests/bench/bench_office.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/prng.h"
#include "common/base/status_macros.h"
#include "common/config/edge_config.h"
#include "common/crypto/random.h"
#include "common/crypto/x509.h"
#include "common/files/file.h"
#include "edge_node/app/upkeep.h"

namespace keping::bench {
namespace {

constexpr char kNode[] = "kintamani";
constexpr char kOperator[] = "ayu";
constexpr char kPrinter[] = "p1";
constexpr char kVersion[] = "8.1";
constexpr char kNikTail[] = "0007";
constexpr size_t kItemsPerBatch = 50;
// The paper centre's key: of 32 bytes and no secret.
constexpr char kCentreSeed[] = "the key of a centre made of paper";

std::unique_ptr<crypto::Signer> CentreSigner() {
  auto signer = crypto::MakeEd25519Signer(std::string(kCentreSeed).substr(0, 32));
  return *std::move(signer);
}

std::string ConfigText(const OfficeFolder& folder) {
  return absl::StrFormat(
      R"(node_id: "%s" office_name: "Bench" data_dir: "%s" keys_dir: "%s" api_socket: "%s"
centre_address: "127.0.0.1:1" centre_enrolment_address: "127.0.0.1:1"
application_version: "%s" specimen: true log_file: "%s/edge.log"
printers { printer_id: "%s" uri: "ipp://127.0.0.1:1/ipp/print" }
)",
      kNode, folder.data_dir, folder.keys_dir, folder.api_socket, kVersion, folder.data_dir,
      kPrinter);
}

domain::PrrItem RecordItem(size_t i, std::string record) {
  domain::PrrItem item;
  item.prr = domain::PrrId::Of(absl::StrCat("prr-", i));
  item.lease_holder = domain::NodeId::Of(kNode);
  item.lease_epoch = {1, 1};
  item.enrolled_at = absl::FromUnixSeconds(1456704000 + static_cast<int64_t>(i) * 60);
  item.village = domain::VillageCode::Of("51.06.04.2001");
  item.nik_tail = kNikTail;
  item.record = std::move(record);
  return item;
}

domain::BlankSerial Blank(size_t i) { return domain::BlankSerial::Of(absl::StrFormat("A%07d", i)); }

// The part of the program that knows data keys and database.
absl::StatusOr<std::unique_ptr<edge::Upkeep>> OpenUpkeep(const OfficeFolder& folder) {
  KEPING_ASSIGN_OR_RETURN(const config::v1::EdgeConfig config,
                          config::LoadEdgeConfig(folder.config));
  return edge::Upkeep::Open(config);
}

}  // namespace

absl::StatusOr<OfficeFolder> EnrolOffice(const std::string& folder) {
  OfficeFolder office{.keys_dir = folder + "/keys",
                      .data_dir = folder + "/data",
                      .config = folder + "/edge.textproto",
                      .api_socket = folder + "/api.sock"};
  const time::SystemClock clock;
  const absl::Time now = clock.Now().wall;
  std::error_code error;
  std::filesystem::create_directories(office.data_dir, error);
  KEPING_ASSIGN_OR_RETURN(const edge::OwnKeys own, edge::LoadOrMakeOwnKeys(office.keys_dir));
  KEPING_ASSIGN_OR_RETURN(const auto authority,
                          crypto::CertificateAuthority::Create(
                              "bangli", crypto::ValidFor(now, crypto::kAuthorityValidity)));
  KEPING_ASSIGN_OR_RETURN(const std::string request,
                          crypto::MakeCertificateRequest(own.tls_key_pem, kNode));
  KEPING_ASSIGN_OR_RETURN(const std::string certificate,
                          authority.Sign(request, kNode, crypto::CertificateUse::kClient,
                                         crypto::ValidFor(now, crypto::kNodeCertificateValidity)));
  KEPING_RETURN_IF_ERROR(edge::StoreEnrolment(office.keys_dir,
                                              {.authority_pem = authority.certificate_pem(),
                                               .certificate_pem = certificate,
                                               .key_pem = own.tls_key_pem},
                                              CentreSigner()->public_key()));
  KEPING_RETURN_IF_ERROR(
      files::WriteFile(office.config, ConfigText(office), files::Access::kOwnerOnly));
  return office;
}

absl::StatusOr<std::unique_ptr<storage::KvStore>> OpenOfficeStore(const OfficeFolder& folder) {
  KEPING_ASSIGN_OR_RETURN(const auto upkeep, OpenUpkeep(folder));
  return upkeep->OpenStore();
}

BenchOffice::BenchOffice(edge::NodeKeys keys)
    : keys_(std::move(keys)),
      signer_(*crypto::MakeEd25519Signer(keys_.log_seed)),
      centre_signer_(CentreSigner()),
      verifier_(crypto::MakeEd25519Verifier()),
      centre_(keys_.node, centre_signer_.get(), &clock_) {}

absl::StatusOr<std::unique_ptr<BenchOffice>> BenchOffice::Open(const OfficeFolder& folder,
                                                               storage::KvStore* store) {
  KEPING_ASSIGN_OR_RETURN(edge::NodeKeys keys, edge::LoadNodeKeys(folder.keys_dir));
  KEPING_ASSIGN_OR_RETURN(const auto upkeep, OpenUpkeep(folder));
  std::unique_ptr<BenchOffice> office(new BenchOffice(std::move(keys)));
  BenchOffice* self = office.get();
  edge::EdgeSettings settings;
  settings.node = office->keys_.node;
  settings.application_version = domain::ApplicationVersion::Of(kVersion);
  settings.cards_per_day = {{domain::PrinterId::Of(kPrinter), 1'000'000}};
  KEPING_ASSIGN_OR_RETURN(
      office->node_,
      edge::EdgeNode::Open(
          std::move(settings),
          {.incarnation = office->keys_.incarnation,
           .signer = office->signer_.get(),
           .verifier = office->verifier_.get(),
           .centre_public_key = office->keys_.centre_public_key,
           .software_version = KEPING_VERSION},
          upkeep->cipher(),
          {.store = store,
           .clock = &office->clock_,
           .random = crypto::RandomBytes,
           .conditions = [] { return edge::Conditions(); },
           .act = [](const edge::Action&) {},
           .send = [self](const sync::NodeFrame& frame) { self->sent_.push_back(frame); },
           .failed = [](const absl::Status&) {}}));
  KEPING_RETURN_IF_ERROR(office->node_->Start());
  return office;
}

absl::Status BenchOffice::Equip(const Equipment& equipment) {
  centre_.Reconnect();
  node_->OnConnected();
  KEPING_RETURN_IF_ERROR(Exchange());
  KEPING_RETURN_IF_ERROR(Feed({domain::OperatorItem{domain::OperatorId::Of(kOperator),
                                                    {domain::ApplicationVersion::Of(kVersion)}}}));
  KEPING_RETURN_IF_ERROR(FeedRecords(equipment));
  KEPING_RETURN_IF_ERROR(ReceiveBlanks(equipment.records));
  KEPING_RETURN_IF_ERROR(Exchange());
  node_->OnDisconnected();
  return absl::OkStatus();
}

absl::Status BenchOffice::FeedRecords(const Equipment& equipment) {
  base::Prng prng(1);
  // The store seals each one differently, so that they may be the same here.
  const std::string record = prng.Bytes(equipment.record_bytes);
  std::vector<decltype(domain::FeedItem::body)> bodies;
  for (size_t i = 0; i < equipment.records; ++i) {
    bodies.push_back(RecordItem(i, record));
    if (bodies.size() < kItemsPerBatch && i + 1 < equipment.records) continue;
    KEPING_RETURN_IF_ERROR(Feed(bodies));
    KEPING_RETURN_IF_ERROR(Exchange());
    bodies.clear();
  }
  return absl::OkStatus();
}

absl::Status BenchOffice::ReceiveBlanks(size_t count) {
  domain::TransferItem transfer{domain::TransferId::Of("transfer-1"), {}};
  KEPING_RETURN_IF_ERROR(transfer.serials.InsertRange(Blank(0), Blank(count)));
  KEPING_RETURN_IF_ERROR(Feed({transfer}));
  return Do(edge::ReceiveTransfer{.act = node_->NewAct(),
                                  .transfer = transfer.transfer,
                                  .scanned = transfer.serials,
                                  .operator_id = domain::OperatorId::Of(kOperator)});
}

absl::Status BenchOffice::Feed(const std::vector<decltype(domain::FeedItem::body)>& bodies) {
  const uint64_t from = fed_;
  std::vector<domain::FeedItem> items;
  for (const auto& body : bodies) {
    items.push_back(
        {.key = tests::FeedKeyOf(body), .position = ++fed_, .version = 1, .body = body});
  }
  return node_->OnFrame(centre_.SignedBatch(from, fed_, items, /*at_head=*/false));
}

absl::Status BenchOffice::Exchange() {
  while (!sent_.empty()) {
    const sync::NodeFrame frame = std::move(sent_.front());
    sent_.pop_front();
    for (const sync::CentreFrame& answer : centre_.Answer(frame)) {
      KEPING_RETURN_IF_ERROR(node_->OnFrame(answer));
    }
  }
  return absl::OkStatus();
}

edge::Print BenchOffice::PrintOf(size_t i) {
  return {.act = node_->NewAct(),
          .operator_id = domain::OperatorId::Of(kOperator),
          .printer = domain::PrinterId::Of(kPrinter),
          .blank = Blank(i),
          .prr = domain::PrrId::Of(absl::StrCat("prr-", i))};
}

absl::Status BenchOffice::Finish(const edge::Print& print) {
  for (const auto answer : {edge::PrinterAnswer::kAccepted, edge::PrinterAnswer::kCompleted}) {
    KEPING_RETURN_IF_ERROR(
        Do(edge::PrinterReported{.act = print.act, .answer = answer, .printer_job = 1}));
  }
  return Do(edge::VerifyCard{.act = print.act,
                             .scanned = print.blank,
                             .nik_tail = kNikTail,
                             .operator_id = print.operator_id});
}

absl::Status BenchOffice::Do(const edge::Input& input) {
  KEPING_ASSIGN_OR_RETURN(const edge::Decision decision, node_->Handle(input));
  return decision.status;
}

}  // namespace keping::bench
