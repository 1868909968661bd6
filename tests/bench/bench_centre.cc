#include "tests/bench/bench_centre.h"

#include <grpcpp/impl/service_type.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/notification.h"
#include "common/base/prng.h"
#include "common/base/status_macros.h"
#include "common/crypto/random.h"
#include "common/crypto/x509.h"
#include "common/domain/limits.h"
#include "common/storage/rocksdb_store.h"
#include "keping/national/v1/national.pb.h"
#include "tests/bench/measure.h"

namespace keping::bench {
namespace {

using domain::NodeId;

constexpr size_t kRecordsPerStep = 500;

// Of an office by its number: another one for each of as many as the country has.
std::string Kecamatan(size_t office) {
  return absl::StrFormat("51.%02d.%02d", 6 + office / 99, office % 99 + 1);
}

domain::BlankSerial Blank(size_t i) { return domain::BlankSerial::Of(absl::StrFormat("A%07d", i)); }

domain::PrrId Prr(size_t i) { return domain::PrrId::Of(absl::StrFormat("prr-%07d", i)); }

absl::StatusOr<central::ArrivedRecord> Record(size_t office, size_t i, const std::string& picture) {
  national::v1::Record proto;
  proto.set_prr(Prr(i).value());
  proto.set_version(1);
  proto.set_nik(absl::StrFormat("5106014101%06d", i % 999'999 + 1));
  proto.set_village_code(absl::StrCat(Kecamatan(office), ".2001"));
  proto.set_picture(picture);
  return central::ReadRecord(proto);
}

absl::Status Done(const absl::StatusOr<central::CommandResult>& result) {
  KEPING_RETURN_IF_ERROR(result.status());
  if (result->outcome == central::CommandOutcome::kDone) return absl::OkStatus();
  return absl::FailedPreconditionError(central::Sentence(*result));
}

}  // namespace

absl::Status RunOn(runtime::CoreThread& core, const std::function<absl::Status()>& task) {
  absl::Notification done;
  absl::Status status;
  core.PostAfter(absl::ZeroDuration(), [&] {
    status = task();
    done.Notify();
  });
  done.WaitForNotification();
  return status;
}

CentreCpu CpuSoFar(BenchCentre& centre) {
  CentreCpu cpu{.all = ProgramCpuSeconds()};
  RunOn(centre.core(), [&cpu] {
    cpu.core = OwnCpuSeconds();
    return absl::OkStatus();
  }).IgnoreError();
  return cpu;
}

absl::StatusOr<std::unique_ptr<BenchCentre>> BenchCentre::Start(const Options& options) {
  std::unique_ptr<BenchCentre> centre(new BenchCentre());
  KEPING_RETURN_IF_ERROR(centre->Open(options));
  return centre;
}

absl::Status BenchCentre::Open(const Options& options) {
  offices_ = options.offices;
  KEPING_ASSIGN_OR_RETURN(
      central::DistrictKeys keys,
      central::LoadOrMakeDistrictKeys(options.folder + "/central-keys", "bangli", clock_));
  keys_ = std::make_unique<central::DistrictKeys>(std::move(keys));
  storage::RocksDbOptions store;
  store.block_cache_bytes = central::CentralNode::kBlockCacheBytes;
  KEPING_ASSIGN_OR_RETURN(auto rocks,
                          storage::OpenRocksDbStore(options.folder + "/central-db", store));
  store_ = std::make_unique<HurriedStore>(std::move(rocks));
  central::Settings settings;
  for (size_t i = 0; i < offices_.size(); ++i) {
    settings.offices.push_back({NodeId::Of(offices_[i]), Kecamatan(i)});
  }
  KEPING_ASSIGN_OR_RETURN(crypto::RecordCipher cipher,
                          crypto::RecordCipher::FromKey(crypto::RandomBytes(crypto::kSealKeySize)));
  KEPING_ASSIGN_OR_RETURN(node_, central::CentralNode::Open(store_.get(),
                                                            {.centre = NodeId::Of("central"),
                                                             .settings = std::move(settings),
                                                             .cipher = std::move(cipher),
                                                             .nik_lookup_key = "look-up",
                                                             .random = crypto::RandomBytes},
                                                            clock_.Now()));
  hub_ = std::make_unique<central::SessionHub>(central::SessionHub::Ports{
      .node = node_.get(),
      .signer = keys_->signer.get(),
      .verifier = verifier_.get(),
      .clock = &clock_,
      .failed = [](const absl::Status&) {},
      .after = [this](absl::Duration delay,
                      std::function<void()> task) { core_.PostAfter(delay, std::move(task)); }});
  sync_ = std::make_unique<central::SyncService>(&core_, hub_.get());
  KEPING_ASSIGN_OR_RETURN(server_,
                          rpc::ServeMutualTls(options.listen, keys_->tls, {sync_->service()}));
  return absl::OkStatus();
}

BenchCentre::~BenchCentre() {
  if (hub_ != nullptr) {
    RunOn(core_, [this] {
      hub_->CloseAll();
      return absl::OkStatus();
    }).IgnoreError();
  }
  if (server_ != nullptr) server_->Shutdown(absl::Seconds(2));
  core_.Stop(runtime::CoreThread::Waiting::kRun);
}

absl::StatusOr<edge::NodeKeys> BenchCentre::Enrol(const std::string& office,
                                                  const std::string& incarnation) {
  edge::NodeKeys keys{.node = NodeId::Of(office),
                      .tls = {},
                      .log_seed = crypto::RandomBytes(crypto::kSignerSeedSize),
                      .incarnation = domain::IncarnationId::Of(incarnation),
                      .centre_public_key = keys_->signer->public_key()};
  KEPING_ASSIGN_OR_RETURN(keys.tls.key_pem, crypto::MakePrivateKey());
  KEPING_ASSIGN_OR_RETURN(const std::string request,
                          crypto::MakeCertificateRequest(keys.tls.key_pem, office));
  keys.tls.authority_pem = keys_->authority.certificate_pem();
  KEPING_ASSIGN_OR_RETURN(
      keys.tls.certificate_pem,
      keys_->authority.Sign(request, office, crypto::CertificateUse::kClient,
                            crypto::ValidFor(clock_.Now().wall, crypto::kNodeCertificateValidity)));
  KEPING_ASSIGN_OR_RETURN(const auto signer, crypto::MakeEd25519Signer(keys.log_seed));
  KEPING_RETURN_IF_ERROR(RunOn(core_, [&] {
    return Done(
        node_->Handle(clock_.Now(), central::EnrolNode{.node = keys.node,
                                                       .incarnation = keys.incarnation,
                                                       .public_key = signer->public_key()}));
  }));
  return keys;
}

absl::Status BenchCentre::Supply(const std::string& office, size_t records, size_t picture_bytes) {
  const absl::Status blanks = RunOn(core_, [&] { return SendBlanks(NodeId::Of(office), records); });
  KEPING_RETURN_IF_ERROR(blanks);
  const auto place = std::find(offices_.begin(), offices_.end(), office);
  KEPING_RETURN_IF_ERROR(
      SupplyRecords(static_cast<size_t>(place - offices_.begin()), records, picture_bytes));
  last_records_[office] = Prr(supplied_ - 1);
  return RunOn(core_, [this] {
    hub_->Pump();
    return absl::OkStatus();
  });
}

absl::Status BenchCentre::SetHurry(bool hurry) {
  return RunOn(core_, [&] { return store_->SetHurry(hurry); });
}

absl::Status BenchCentre::WithdrawLastRecord(const std::string& office) {
  return RunOn(core_, [&] {
    const domain::PrrWithdrawn withdrawal{
        .prr = last_records_.at(office), .version = 2, .reason = domain::WithdrawalReason::kMove};
    const absl::Status status =
        node_->ReceiveWithdrawals(clock_.Now(), {.withdrawals = {withdrawal}}, ++withdrawn_);
    hub_->Pump();
    return status;
  });
}

absl::Status BenchCentre::SendBlanks(const NodeId& node, size_t count) {
  const time::Moment now = clock_.Now();
  const auto person = domain::OperatorId::Of(kOperator);
  KEPING_RETURN_IF_ERROR(
      Done(node_->Handle(now, central::AddOperator{.operator_id = person, .node = node})));
  KEPING_RETURN_IF_ERROR(Done(node_->Handle(
      now,
      central::CertifyOperator{.operator_id = person,
                               .node = node,
                               .application_version = domain::ApplicationVersion::Of(kVersion)})));
  for (size_t sent = 0; sent < count; sent += domain::kMaxBlanksOfAct) {
    KEPING_RETURN_IF_ERROR(
        SendBox(node, supplied_ + sent, std::min<size_t>(count - sent, domain::kMaxBlanksOfAct)));
  }
  return absl::OkStatus();
}

absl::Status BenchCentre::SendBox(const NodeId& node, size_t first, size_t count) {
  const time::Moment now = clock_.Now();
  domain::SerialSet serials;
  KEPING_RETURN_IF_ERROR(serials.InsertRange(Blank(first), Blank(first + count - 1)));
  central::AllotmentsArrived arrived;
  arrived.allotments.push_back(
      {.allotment = domain::AllotmentId::Of(absl::StrCat("allotment-", first)),
       .bast_number = "B-1",
       .serials = serials});
  KEPING_RETURN_IF_ERROR(node_->ReceiveAllotments(now, arrived, first + 1));
  return Done(node_->Handle(now, central::Dispatch{.transfer = domain::TransferId::Of(absl::StrCat(
                                                       "t-", node.value(), "-", first)),
                                                   .node = node,
                                                   .quantity = 0,
                                                   .serials = serials}));
}

absl::Status BenchCentre::SupplyRecords(size_t office, size_t records, size_t picture_bytes) {
  base::Prng prng(1);
  for (size_t done = 0; done < records;) {
    const size_t step = std::min(kRecordsPerStep, records - done);
    std::vector<central::ArrivedRecord> arrived;
    for (size_t i = 0; i < step; ++i) {
      // A picture does not compress.
      KEPING_ASSIGN_OR_RETURN(central::ArrivedRecord record,
                              Record(office, supplied_ + i, prng.Bytes(picture_bytes)));
      arrived.push_back(std::move(record));
    }
    done += step;
    supplied_ += step;
    KEPING_RETURN_IF_ERROR(
        RunOn(core_, [&] { return node_->ReceiveRecords(clock_.Now(), arrived, supplied_); }));
  }
  return absl::OkStatus();
}

}  // namespace keping::bench
