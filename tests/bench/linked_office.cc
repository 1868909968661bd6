#include "tests/bench/linked_office.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/random.h"
#include "common/crypto/x509.h"
#include "common/rpc/channel.h"
#include "common/storage/rocksdb_store.h"
#include "tests/bench/bench_centre.h"

namespace keping::bench {
namespace {

constexpr absl::Duration kPatience = absl::Minutes(2);

edge::EdgeSettings SettingsOf(const edge::NodeKeys& keys) {
  edge::EdgeSettings settings;
  settings.node = keys.node;
  settings.application_version = domain::ApplicationVersion::Of(kVersion);
  settings.cards_per_day = {{domain::PrinterId::Of(kPrinter), 10'000'000}};
  return settings;
}

absl::Status StatusOf(const absl::StatusOr<edge::Decision>& decision) {
  KEPING_RETURN_IF_ERROR(decision.status());
  return decision->status;
}

}  // namespace

std::vector<absl::Duration> CardSteps(base::Prng& prng) {
  return {absl::Milliseconds(prng.Between(80, 300)), absl::Milliseconds(prng.Between(18000, 26000)),
          absl::Milliseconds(prng.Between(1500, 3500)), absl::Seconds(prng.Between(20, 140))};
}

// Of the machine, and ahead of it by what it jumped over.
class LinkedOffice::JumpingClock : public time::Clock {
 public:
  time::Moment Now() const override {
    time::Moment now = system_clock_.Now();
    now.wall += ahead_;
    now.monotonic += ahead_;
    return now;
  }
  void Jump(absl::Duration time) { ahead_ += time; }

 private:
  const time::SystemClock system_clock_;
  absl::Duration ahead_;
};

LinkedOffice::LinkedOffice(Options options)
    : options_(std::move(options)),
      jumping_clock_(std::make_unique<JumpingClock>()),
      simulated_clock_(system_clock_.Now().wall),
      signer_(*crypto::MakeEd25519Signer(options_.keys.log_seed)) {}

absl::StatusOr<std::unique_ptr<LinkedOffice>> LinkedOffice::Open(Options options) {
  std::unique_ptr<LinkedOffice> office(new LinkedOffice(std::move(options)));
  KEPING_RETURN_IF_ERROR(office->OpenNode());
  return office;
}

absl::Status LinkedOffice::OpenNode() {
  std::error_code ignored;
  std::filesystem::create_directories(options_.folder, ignored);
  KEPING_ASSIGN_OR_RETURN(auto rocks, storage::OpenRocksDbStore(options_.folder + "/edge-db"));
  store_ = std::make_unique<HurriedStore>(std::move(rocks));
  KEPING_ASSIGN_OR_RETURN(crypto::RecordCipher cipher,
                          crypto::RecordCipher::FromKey(crypto::RandomBytes(crypto::kSealKeySize)));
  KEPING_ASSIGN_OR_RETURN(
      node_, edge::EdgeNode::Open(
                 SettingsOf(options_.keys),
                 {.incarnation = options_.keys.incarnation,
                  .signer = signer_.get(),
                  .verifier = verifier_.get(),
                  .centre_public_key = options_.keys.centre_public_key,
                  .software_version = KEPING_VERSION},
                 std::move(cipher),
                 {.store = store_.get(),
                  .clock = &clock(),
                  .random = crypto::RandomBytes,
                  .conditions = [] { return edge::Conditions(); },
                  .act = [](const edge::Action&) {},
                  .send =
                      [this](const sync::NodeFrame& frame) {
                        if (const auto* segment = std::get_if<sync::Segment>(&frame)) {
                          absl::MutexLock lock(&mutex_);
                          ++counters_.segments;
                          counters_.entries += segment->entries.size();
                        }
                        client_->Send(frame);
                      },
                  .after = [this](absl::Duration delay,
                                  std::function<void()> task) { After(delay, std::move(task)); },
                  .failed = [](const absl::Status&) {}}));
  client_ = std::make_unique<edge::SyncClient>(
      &core_,
      [this] {
        absl::MutexLock lock(&mutex_);
        return rpc::MakeTlsChannel(address_, options_.keys.tls, crypto::kCentralNodeId);
      },
      edge::SyncHandlers{.on_connected =
                             [this] {
                               node_->OnConnected();
                               absl::MutexLock lock(&mutex_);
                               connected_ = true;
                               receipted_ = false;
                               ++counters_.attempts;
                             },
                         .on_frame =
                             [this](const sync::CentreFrame& frame) {
                               absl::Status status = node_->OnFrame(frame);
                               Look();
                               absl::MutexLock lock(&mutex_);
                               receipted_ |= std::holds_alternative<sync::Receipt>(frame);
                               return status;
                             },
                         .on_disconnected =
                             [this] {
                               node_->OnDisconnected();
                               absl::MutexLock lock(&mutex_);
                               connected_ = false;
                             }},
      system_clock_.Now().monotonic / absl::Nanoseconds(1));
  return RunOn(core_, [this] {
    const absl::Status status = node_->Start();
    if (!options_.simulated_time) WatchSession();
    Look();
    return status;
  });
}

LinkedOffice::~LinkedOffice() {
  if (client_ != nullptr) {
    RunOn(core_, [this] {
      client_->Stop();
      return absl::OkStatus();
    }).IgnoreError();
  }
  core_.Stop(runtime::CoreThread::Waiting::kRun);
  client_.reset();
}

const time::Clock& LinkedOffice::clock() const {
  if (options_.simulated_time) return simulated_clock_;
  return *jumping_clock_;
}

absl::Status LinkedOffice::Connect(const std::string& address) {
  {
    absl::MutexLock lock(&mutex_);
    address_ = address;
  }
  return RunOn(core_, [this] {
    client_->Start();
    return absl::OkStatus();
  });
}

absl::Status LinkedOffice::Disconnect() {
  KEPING_RETURN_IF_ERROR(RunOn(core_, [this] {
    client_->Stop();
    return absl::OkStatus();
  }));
  return Await([this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !connected_; }, kPatience,
               "the end of the session");
}

void LinkedOffice::WatchSession() {
  if (const absl::Status status = node_->CheckSession(); !status.ok()) client_->Drop(status);
  core_.PostAfter(absl::Seconds(1), [this] { WatchSession(); });
}

// On the core thread.
void LinkedOffice::Look() {
  const edge::EdgeCore& core = node_->core();
  absl::MutexLock lock(&mutex_);
  head_seq_ = node_->store().log().head().seq;
  proven_seq_ = core.contact().proven_seq;
  records_ = core.printable_count();
  transfer_ = !core.catalogue().transfers().empty();
}

absl::Status LinkedOffice::Await(const std::function<bool()>& condition, absl::Duration patience,
                                 const char* what) {
  absl::MutexLock lock(&mutex_);
  if (mutex_.AwaitWithTimeout(absl::Condition(&condition), patience)) return absl::OkStatus();
  return absl::DeadlineExceededError(absl::StrCat("waited for ", what, " in vain"));
}

absl::Status LinkedOffice::AwaitSession() {
  return Await([this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return receipted_; }, kPatience,
               "the session");
}

absl::Status LinkedOffice::AwaitProven(absl::Duration patience) {
  return Await([this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return proven_seq_ == head_seq_; },
               patience, "the last receipt");
}

absl::Status LinkedOffice::AwaitRecords(uint64_t count, absl::Duration patience) {
  return Await([this, count]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return records_ >= count; },
               patience, "the records");
}

absl::Status LinkedOffice::AwaitNoRecords(absl::Duration patience) {
  return Await([this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return records_ == 0; }, patience,
               "the last record to be out of the plan");
}

absl::Status LinkedOffice::ReceiveBlanks() {
  KEPING_RETURN_IF_ERROR(Await([this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return transfer_; },
                               kPatience, "the transfer"));
  return RunOn(core_, [this]() -> absl::Status {
    const auto transfers = node_->core().catalogue().transfers();
    for (const auto& [id, item] : transfers) {
      item.serials.ForEach([this](const domain::BlankSerial& blank) { blanks_.push_back(blank); });
      KEPING_RETURN_IF_ERROR(
          Do(edge::ReceiveTransfer{.act = node_->NewAct(),
                                   .transfer = id,
                                   .scanned = item.serials,
                                   .operator_id = domain::OperatorId::Of(kOperator)}));
    }
    return absl::OkStatus();
  });
}

absl::Status LinkedOffice::Do(const edge::Input& input) {
  absl::Status status = StatusOf(node_->Handle(input));
  Look();
  return status;
}

absl::Status LinkedOffice::PrintCard(const std::vector<absl::Duration>& between) {
  edge::Print print{.act = {},
                    .operator_id = domain::OperatorId::Of(kOperator),
                    .printer = domain::PrinterId::Of(kPrinter),
                    .blank = blanks_.at(0),
                    .prr = {}};
  blanks_.pop_front();
  std::string nik_tail;
  std::vector<std::function<absl::Status()>> steps;
  steps.push_back([&]() -> absl::Status {
    print.act = node_->NewAct();
    print.prr = node_->core().Plan(1).at(0);
    nik_tail = node_->core().catalogue().FindPrr(print.prr)->nik_tail;
    KEPING_ASSIGN_OR_RETURN(const edge::Decision decision, node_->Handle(print));
    Look();
    if (decision.refusal == domain::PrintRefusal::kNone) return decision.status;
    return absl::FailedPreconditionError(
        absl::StrCat("a print was refused: ", domain::Describe(decision.refusal).sentence));
  });
  for (const auto answer : {edge::PrinterAnswer::kAccepted, edge::PrinterAnswer::kCompleted}) {
    steps.push_back([&, answer] {
      return Do(edge::PrinterReported{.act = print.act, .answer = answer, .printer_job = 1});
    });
  }
  steps.push_back([&] {
    return Do(edge::VerifyCard{.act = print.act,
                               .scanned = print.blank,
                               .nik_tail = nik_tail,
                               .operator_id = print.operator_id});
  });
  for (size_t i = 0; i < steps.size(); ++i) {
    KEPING_RETURN_IF_ERROR(RunOn(core_, steps[i]));
    if (i < between.size()) KEPING_RETURN_IF_ERROR(LetPass(between[i]));
  }
  return absl::OkStatus();
}

void LinkedOffice::After(absl::Duration delay, std::function<void()> task) {
  if (!options_.simulated_time) {
    core_.PostAfter(delay, std::move(task));
    return;
  }
  timers_.emplace(simulated_clock_.Now().monotonic + delay, std::move(task));
}

std::function<void()> LinkedOffice::TakeDue(absl::Duration until) {
  const absl::Duration now = simulated_clock_.Now().monotonic;
  if (timers_.empty() || timers_.begin()->first > until) {
    simulated_clock_.Advance(until - now);
    return nullptr;
  }
  const auto due = timers_.extract(timers_.begin());
  if (due.key() > now) simulated_clock_.Advance(due.key() - now);
  return due.mapped();
}

absl::Status LinkedOffice::LetPass(absl::Duration time) {
  if (!options_.simulated_time) {
    return RunOn(core_, [&] {
      jumping_clock_->Jump(time);
      return absl::OkStatus();
    });
  }
  absl::Duration until;
  KEPING_RETURN_IF_ERROR(RunOn(core_, [&] {
    until = simulated_clock_.Now().monotonic + time;
    return absl::OkStatus();
  }));
  while (true) {
    bool done = false;
    KEPING_RETURN_IF_ERROR(RunOn(core_, [&] {
      const std::function<void()> task = TakeDue(until);
      done = task == nullptr;
      if (!done) task();
      return absl::OkStatus();
    }));
    if (done) return absl::OkStatus();
    bool connected = false;
    {
      absl::MutexLock lock(&mutex_);
      connected = connected_;
    }
    if (connected) KEPING_RETURN_IF_ERROR(AwaitProven());
  }
}

void LinkedOffice::SetHurry(bool hurry) {
  RunOn(core_, [&] { return store_->SetHurry(hurry); }).IgnoreError();
}

uint64_t LinkedOffice::head_seq() {
  absl::MutexLock lock(&mutex_);
  return head_seq_;
}

uint64_t LinkedOffice::proven_seq() {
  absl::MutexLock lock(&mutex_);
  return proven_seq_;
}

LinkCounters LinkedOffice::counters() {
  absl::MutexLock lock(&mutex_);
  LinkCounters counters = counters_;
  counters.received_bytes = client_->bytes_received();
  return counters;
}

}  // namespace keping::bench
