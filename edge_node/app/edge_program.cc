#include "edge_node/app/edge_program.h"

#include <grpcpp/impl/service_type.h>

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"
#include "common/config/edge_config.h"
#include "common/crypto/random.h"
#include "common/crypto/x509.h"
#include "common/observability/log.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "edge_node/app/card_document.h"
#include "edge_node/app/office_page.h"
#include "edge_node/counter/counter_service.h"
#include "edge_node/counter/press_service.h"
#include "edge_node/counter/screen_service.h"
#include "edge_node/counter/stock_service.h"
#include "edge_node/printing/ipp_printer.h"
#include "edge_node/printing/reasons.h"
#include "edge_node/printing/test_page.h"

namespace keping::edge {
namespace {

constexpr size_t kMailboxCapacity = 1024;
constexpr absl::Duration kPrinterPoll = absl::Milliseconds(100);
constexpr absl::Duration kSessionCheck = absl::Seconds(1);
constexpr absl::Duration kHoursCheck = absl::Minutes(1);
constexpr absl::Duration kShutdownGrace = absl::Seconds(2);

PrinterAnswer AnswerOf(JobState state) {
  switch (state) {
    case JobState::kAccepted:
      return PrinterAnswer::kAccepted;
    case JobState::kNotAccepted:
      return PrinterAnswer::kNotAccepted;
    case JobState::kCompleted:
      return PrinterAnswer::kCompleted;
    case JobState::kAborted:
      return PrinterAnswer::kAborted;
    case JobState::kUnknown:
      return PrinterAnswer::kUnknown;
  }
  return PrinterAnswer::kUnknown;
}

FetchLimits FetchLimitsOf(const config::v1::RecordsConfig& records) {
  const auto minute = [](const std::string& text) { return config::MinuteOfDay(text).value_or(0); };
  return {.from_minute = minute(records.from()),
          .until_minute = minute(records.until()),
          .bytes_per_day = static_cast<uint64_t>(records.megabytes_per_day()) * 1'000'000};
}

EdgeSettings SettingsOf(const config::v1::EdgeConfig& config) {
  EdgeSettings settings;
  settings.node = domain::NodeId::Of(config.node_id());
  settings.application_version = domain::ApplicationVersion::Of(config.application_version());
  for (const config::v1::PrinterConfig& printer : config.printers()) {
    settings.cards_per_day[domain::PrinterId::Of(printer.printer_id())] =
        static_cast<uint32_t>(printer.cards_per_day());
  }
  settings.time_zone = absl::FixedTimeZone(config.utc_offset_minutes() * 60);
  settings.require_shift = config.require_shift();
  settings.fetch_limits = FetchLimitsOf(config.records());
  settings.staleness_limit = absl::Hours(24) * config.staleness_limit_days();
  settings.staleness_office_days = static_cast<uint64_t>(config.staleness_limit_days());
  return settings;
}

}  // namespace

EdgeProgram::EdgeProgram(const config::v1::EdgeConfig& config, const time::Clock* clock)
    : config_(config), clock_(clock) {}

EdgeProgram::~EdgeProgram() { Stop(); }

absl::StatusOr<std::unique_ptr<EdgeProgram>> EdgeProgram::Make(
    const config::v1::EdgeConfig& config, const time::Clock* clock,
    std::function<void(const absl::Status&)> on_failure) {
  std::unique_ptr<EdgeProgram> program(new EdgeProgram(config, clock));
  KEPING_RETURN_IF_ERROR(program->Open(std::move(on_failure)));
  return program;
}

absl::Status EdgeProgram::Open(std::function<void(const absl::Status&)> on_failure) {
  KEPING_ASSIGN_OR_RETURN(keys_, LoadNodeKeys(config_.keys_dir()));
  if (keys_.node.value() != config_.node_id()) {
    return absl::FailedPreconditionError(
        absl::StrCat("node_id: got ", config_.node_id(), ", the certificate in keys_dir is for ",
                     keys_.node.value(), "; correct the config, or enrol this node"));
  }
  KEPING_ASSIGN_OR_RETURN(signer_, crypto::MakeEd25519Signer(keys_.log_seed));
  verifier_ = crypto::MakeEd25519Verifier();
  KEPING_ASSIGN_OR_RETURN(upkeep_, Upkeep::Open(config_));
  KEPING_ASSIGN_OR_RETURN(store_, upkeep_->OpenStore());
  core_ = std::make_unique<runtime::CoreThread>(clock_, kMailboxCapacity);
  renderer_ = std::make_unique<runtime::CoreThread>(clock_, kMailboxCapacity);
  KEPING_RETURN_IF_ERROR(OpenPrinters());
  KEPING_ASSIGN_OR_RETURN(node_,
                          EdgeNode::Open(SettingsOf(config_),
                                         {.incarnation = keys_.incarnation,
                                          .signer = signer_.get(),
                                          .verifier = verifier_.get(),
                                          .centre_public_key = keys_.centre_public_key,
                                          .software_version = KEPING_VERSION},
                                         upkeep_->cipher(), MakePorts(std::move(on_failure))));
  upkeep_->Attach(node_.get(), store_.get(), core_.get(), renderer_.get(), clock_);
  KEPING_RETURN_IF_ERROR(upkeep_->BeginWitness());
  people_ = std::make_unique<PeopleOffice>(node_.get(), core_.get(), clock_);
  OpenCounter();
  KEPING_RETURN_IF_ERROR(OpenBundles());
  OpenLink();
  return absl::OkStatus();
}

void EdgeProgram::OpenLink() {
  certificate_ = std::make_unique<CertificateKeeper>(
      core_.get(), clock_, keys_.tls,
      RenewalOptions{.node = keys_.node,
                     .incarnation = keys_.incarnation,
                     .keys_dir = config_.keys_dir(),
                     .centre_address = config_.centre_enrolment_address(),
                     .authority_pem = keys_.tls.authority_pem,
                     .signer = signer_.get()},
      clock_->Now().monotonic / absl::Nanoseconds(1), [this](const rpc::TlsIdentity& fresh) {
        absl::MutexLock lock(&site_mutex_);
        if (counter_site_ != nullptr) counter_site_->UseIdentity(fresh);
      });
  sync_ = std::make_unique<SyncClient>(
      core_.get(),
      [this] {
        return rpc::MakeTlsChannel(config_.centre_address(), certificate_->identity(),
                                   crypto::kCentralNodeId);
      },
      SyncHandlers{.on_connected = [this] { node_->OnConnected(); },
                   .on_frame = [this](const sync::CentreFrame& f) { return OnFrame(f); },
                   .on_disconnected = [this] { OnDisconnected(); }},
      clock_->Now().monotonic / absl::Nanoseconds(1));
}

absl::Status EdgeProgram::OnFrame(const sync::CentreFrame& frame) {
  absl::Status status = node_->OnFrame(frame);
  people_->OnFrame();
  return status;
}

void EdgeProgram::OnDisconnected() {
  const bool had_session = node_->welcomed();
  node_->OnDisconnected();
  if (!had_session) return;
  const LinkCounts& counts = node_->link_counts();
  observability::LogInfo("sync_session_counts",
                         {{"sessions", absl::StrCat(counts.sessions)},
                          {"entries_sent", absl::StrCat(counts.entries_sent)},
                          {"entries_unanswered", absl::StrCat(counts.entries_unanswered)}});
}

void EdgeProgram::OpenCounter() {
  counter_ = std::make_unique<Counter>(
      node_.get(),
      CounterView{.printer = [this](const domain::PrinterId& id) { return ViewPrinter(id); },
                  .bytes_sent = [this] { return sync_->bytes_sent(); },
                  .bytes_received = [this] { return sync_->bytes_received(); },
                  .mirror = MirrorView(),
                  .certificate = [this] { return ViewCertificate(); },
                  .disk_free_mb = [this] { return upkeep_->FreeBytes() >> 20; },
                  .disk_reserve_mb = static_cast<uint64_t>(config_.disk_reserve_mb())});
  office_view_ = std::make_unique<OfficeView>(
      node_.get(), clock_,
      OfficeFacts{
          .office_name = config_.office_name(),
          .utc_offset_minutes = config_.utc_offset_minutes(),
          .specimen = config_.specimen(),
          .note_read = [this](const NoteRead& read) { return people_->desk().NoteRead(read); }});
  status_feed_ = std::make_unique<StatusFeed>(StatusFeed::Ports{
      .read =
          [this] {
            v1::WatchStatusResponse response;
            *response.mutable_status() = counter_->GetStatus({}).value_or(v1::GetStatusResponse());
            return response;
          },
      .now = [this] { return clock_->Now().monotonic; },
      .after = [this](absl::Duration delay,
                      std::function<void()> task) { core_->PostAfter(delay, std::move(task)); }});
  press_ = std::make_unique<Press>(node_.get(), clock_, [this] { counter_->OnHandled(); });
  readers_ = std::make_unique<CounterReaders>(config_);
  counter_service_ = MakeCounterService(core_.get(), counter_.get());
  press_service_ = MakePressService(core_.get(), press_.get());
  screen_service_ = MakeScreenService(core_.get(), status_feed_.get(), office_view_.get());
  stock_desk_ = std::make_unique<StockDesk>(node_.get());
  stock_service_ = MakeStockService(core_.get(), stock_desk_.get());
  handover_desk_ = std::make_unique<HandoverDesk>(
      node_.get(),
      PaperFacts{.office_name = config_.office_name(), .specimen = config_.specimen()});
  handover_service_ = MakeHandoverService(core_.get(), handover_desk_.get());
  const config::v1::PapersConfig& papers = config_.papers();
  paper_desk_ = std::make_unique<PaperDesk>(
      PaperDesk::Ports{.node = node_.get(),
                       .handover = handover_desk_.get(),
                       .letterhead = {papers.letterhead().begin(), papers.letterhead().end()},
                       .place = papers.place(),
                       .office_name = config_.office_name(),
                       .specimen = config_.specimen()});
  paper_service_ = MakePaperService(core_.get(), paper_desk_.get());
}

absl::Status EdgeProgram::OpenBundles() {
  KEPING_ASSIGN_OR_RETURN(
      bundles_, BundleOffice::Open({.node = node_.get(),
                                    .core = core_.get(),
                                    .signer = signer_.get(),
                                    .verifier = verifier_.get(),
                                    .log_seed = keys_.log_seed,
                                    .papers =
                                        [this] {
                                          const rpc::TlsIdentity& tls = certificate_->identity();
                                          return OfficePapers{.authority = tls.authority_pem,
                                                              .certificate = tls.certificate_pem,
                                                              .key = tls.key_pem};
                                        },
                                    .taken =
                                        [this] {
                                          people_->OnFrame();
                                          // A link that is up goes on behind what came, and not
                                          // from where it was.
                                          if (node_->welcomed())
                                            sync_->Drop(absl::AbortedError(
                                                "a bundle brought what the feed would bring"));
                                        }}));
  return absl::OkStatus();
}

absl::Status EdgeProgram::ServeCounter() {
  const config::v1::CounterConfig& counter = config_.counter();
  if (counter.listen().empty() && counter.listen_loopback().empty()) return absl::OkStatus();
  absl::MutexLock lock(&site_mutex_);
  KEPING_ASSIGN_OR_RETURN(counter_site_,
                          StartCounterSite({.counter = counter,
                                            .node = config_.node_id(),
                                            .gate = &people_->gate(),
                                            .tls = keys_.tls,
                                            .channel = server_->InProcessChannel()}));
  return absl::OkStatus();
}

// Its handlers wait for the core thread, which must not wait for the mutex meanwhile.
void EdgeProgram::StopCounter() {
  std::unique_ptr<http::Site> site;
  {
    absl::MutexLock lock(&site_mutex_);
    site = std::move(counter_site_);
  }
}

std::vector<std::string> EdgeProgram::counter_addresses() {
  absl::MutexLock lock(&site_mutex_);
  if (counter_site_ == nullptr) return {};
  return counter_site_->addresses();
}

absl::Status EdgeProgram::OpenPrinters() {
  for (const config::v1::PrinterConfig& printer : config_.printers()) {
    IppPrinterOptions options;
    options.uri = printer.uri();
    options.poll_interval = kPrinterPoll;
    options.job_timeout = absl::Seconds(printer.job_timeout_seconds());
    KEPING_ASSIGN_OR_RETURN(printers_[domain::PrinterId::Of(printer.printer_id())],
                            IppPrinter::Create(options, clock_));
  }
  return absl::OkStatus();
}

EdgePorts EdgeProgram::MakePorts(std::function<void(const absl::Status&)> on_failure) {
  return {.store = store_.get(),
          .clock = clock_,
          .random = crypto::RandomBytes,
          .conditions = [this] { return ReadConditions(); },
          .act = [this](const Action& action) { Act(action); },
          .send = [this](const sync::NodeFrame& frame) { sync_->Send(frame); },
          .check_record = [this](const domain::PrrId& prr,
                                 const std::string& record) { return CheckRecord(prr, record); },
          .after = [this](absl::Duration delay,
                          std::function<void()> task) { core_->PostAfter(delay, std::move(task)); },
          .failed = std::move(on_failure),
          .witness = upkeep_->witness(),
          .logged = [this](uint64_t head_seq) { upkeep_->OnLogged(head_seq); }};
}

std::function<v1::MirrorState()> EdgeProgram::MirrorView() const {
  if (!upkeep_->has_mirror()) return nullptr;
  return [this] { return upkeep_->mirror(); };
}

v1::CertificateState EdgeProgram::ViewCertificate() const {
  v1::CertificateState state;
  state.set_valid_until_micros(absl::ToUnixMicros(certificate_->valid_until()));
  state.set_problem(certificate_->problem());
  return state;
}

// Draws it: some six milliseconds, so that nobody finds out with the resident at the counter.
absl::Status EdgeProgram::CheckRecord(const domain::PrrId& prr, const std::string& record) const {
  const absl::CivilDay today =
      absl::ToCivilDay(clock_->Now().wall, node_->core().settings().time_zone);
  absl::Status status = RenderDocument(record, today, config_.specimen()).status();
  // Anything else is the fault of this machine, such as a typeface that is not installed.
  if (!absl::IsInvalidArgument(status)) return absl::OkStatus();
  observability::LogWarning("record_faulty", {{"prr", prr.value()}, {"reason", status.message()}});
  return status;
}

// Who hears nothing from the centre is reminded by nothing else.
void EdgeProgram::WatchSession() {
  if (absl::Status status = node_->CheckSession(); !status.ok()) sync_->Drop(status);
  core_->PostAfter(kSessionCheck, [this] { WatchSession(); });
}

// An office that is quiet hears nothing that would remind it of the hour either.
void EdgeProgram::WatchHours() {
  node_->FetchRecords();
  core_->PostAfter(kHoursCheck, [this] { WatchHours(); });
}

absl::Status EdgeProgram::Start() {
  absl::Notification started;
  absl::Status status;
  const bool posted = core_->Post([&] {
    status = node_->Start();
    started.Notify();
  });
  if (!posted) return absl::InternalError("the core thread does not run");
  started.WaitForNotification();
  KEPING_RETURN_IF_ERROR(status);
  KEPING_ASSIGN_OR_RETURN(
      server_, rpc::ServeUnix(config_.api_socket(),
                              {counter_service_.get(), press_service_.get(), screen_service_.get(),
                               people_->service(), stock_service_.get(), handover_service_.get(),
                               paper_service_.get(), readers_->service(), upkeep_->service(),
                               bundles_->service(), bundles_->stick_service()}));
  readers_->Start();
  KEPING_RETURN_IF_ERROR(ServeCounter());
  KEPING_ASSIGN_OR_RETURN(metrics_, ServeOfficeMetrics({.config = config_.metrics(),
                                                        .core = core_.get(),
                                                        .node = node_.get(),
                                                        .counter = counter_.get()}));
  core_->PostAfter(absl::ZeroDuration(), [this] {
    upkeep_->Start();
    certificate_->Start();
    sync_->Start();
    WatchSession();
    WatchHours();
  });
  return absl::OkStatus();
}

void EdgeProgram::Stop() {
  if (core_ != nullptr) {
    core_->PostAfter(absl::ZeroDuration(), [this] {
      if (sync_ != nullptr) sync_->Stop();
      if (counter_ != nullptr) counter_->StopWaiting();
      if (status_feed_ != nullptr) status_feed_->Stop();
    });
  }
  if (readers_ != nullptr) readers_->Stop();
  if (certificate_ != nullptr) certificate_->Stop();
  StopCounter();
  metrics_.reset();
  if (server_ != nullptr) server_->Shutdown(kShutdownGrace);
  server_.reset();
  if (people_ != nullptr) people_->Stop();
  if (renderer_ != nullptr) renderer_->Stop(runtime::CoreThread::Waiting::kDrop);
  if (core_ != nullptr) core_->Stop(runtime::CoreThread::Waiting::kRun);
  // After both threads that use them; what a printer still says is asked again at the next start.
  printers_.clear();
  if (upkeep_ != nullptr) upkeep_->Stop();
  sync_.reset();
}

Conditions EdgeProgram::ReadConditions() const {
  Conditions conditions;
  const uint64_t free = upkeep_->FreeBytes();
  const uint64_t reserve = static_cast<uint64_t>(config_.disk_reserve_mb()) << 20;
  conditions.disk_nearly_full = free < reserve;
  conditions.no_room_for_records = free < reserve / 2;
  for (const auto& [id, printer] : printers_) {
    if (!WhyNotReady(printer->Status()).empty()) conditions.printers_not_ready.insert(id);
  }
  return conditions;
}

CounterView::PrinterView EdgeProgram::ViewPrinter(const domain::PrinterId& printer) const {
  const auto it = printers_.find(printer);
  if (it == printers_.end()) return {.state = "unreachable", .reasons = {kReasonUnreachable}};
  const PrinterStatus status = it->second->Status();
  CounterView::PrinterView view{.state = "ready", .reasons = status.reasons};
  if (status.activity == PrinterActivity::kBusy) view.state = "busy";
  if (std::vector<std::string> why = WhyNotReady(status); !why.empty()) {
    view = {.state = status.reachable ? "stopped" : "unreachable", .reasons = std::move(why)};
  }
  return view;
}

void EdgeProgram::Act(const Action& action) {
  if (const auto* submit = std::get_if<SubmitJob>(&action)) {
    Submit(*submit);
    return;
  }
  const auto on_report = [this](const JobReport& report) { Report(report); };
  if (const auto* query = std::get_if<QueryJob>(&action)) {
    if (Printer* printer = FindPrinter(query->printer)) {
      printer->Query(query->act.value(), query->printer_job, on_report);
    }
  } else if (const auto* withdraw = std::get_if<WithdrawJob>(&action)) {
    if (Printer* printer = FindPrinter(withdraw->printer)) {
      printer->Cancel(withdraw->act.value(), withdraw->printer_job, on_report);
    }
  } else if (const auto* test = std::get_if<SubmitTest>(&action)) {
    Submit(*test);
  }
}

// A printer that was taken out of the config can tell nothing: the person alone resolves.
Printer* EdgeProgram::FindPrinter(const domain::PrinterId& id) const {
  const auto printer = printers_.find(id);
  return printer == printers_.end() ? nullptr : printer->second.get();
}

// Whatever becomes of it, its blank is used up, and the person looks at the card.
void EdgeProgram::Submit(const SubmitTest& test) {
  Printer* printer = FindPrinter(test.printer);
  const absl::CivilDay today =
      absl::ToCivilDay(clock_->Now().wall, node_->core().settings().time_zone);
  const auto log = [act = test.act](absl::string_view state, absl::string_view reason) {
    observability::LogInfo("test_card",
                           {{"act", act.value()}, {"state", state}, {"reason", reason}});
  };
  const bool posted = renderer_->Post([printer, today, test, log] {
    const auto page = RenderTestPagePdf({.printer = test.printer.value(),
                                         .blank = test.blank.text(),
                                         .act = test.act.value(),
                                         .date = absl::FormatCivilTime(today)});
    if (!page.ok()) return log("not drawn", page.status().message());
    printer->Submit({.act_id = test.act.value(), .document = *page},
                    [log](const JobReport& r) { log(JobStateName(r.state), r.reason); });
  });
  if (!posted) log("not drawn", "too many cards wait to be drawn");
}

void EdgeProgram::Submit(const SubmitJob& submit) {
  absl::StatusOr<std::string> record = node_->store().Record(submit.prr);
  Printer* printer = printers_.at(submit.printer).get();
  const absl::CivilDay today =
      absl::ToCivilDay(clock_->Now().wall, node_->core().settings().time_zone);
  const bool posted =
      renderer_->Post([this, submit, printer, today, record = std::move(record)]() mutable {
        if (record.ok()) record = RenderDocument(*record, today, config_.specimen());
        if (!record.ok()) {
          ReportNotPrinted(submit.act, record.status().message());
          return;
        }
        printer->Submit({.act_id = submit.act.value(), .document = *std::move(record)},
                        [this](const JobReport& report) { Report(report); });
      });
  if (!posted) ReportNotPrinted(submit.act, "too many cards wait to be drawn");
}

void EdgeProgram::ReportNotPrinted(const domain::ActId& act, absl::string_view reason) {
  observability::LogError("card_not_rendered", {{"act", act.value()}, {"reason", reason}});
  JobReport report;
  report.act_id = act.value();
  report.state = JobState::kNotAccepted;
  Report(report);
}

void EdgeProgram::Report(const JobReport& report) {
  const bool well = report.state == JobState::kAccepted || report.state == JobState::kCompleted;
  if (!well) {
    observability::LogWarning(
        "printer_reported",
        {{"act", report.act_id}, {"state", JobStateName(report.state)}, {"reason", report.reason}});
  }
  HandleOnCore(PrinterReported{.act = domain::ActId::Of(report.act_id),
                               .answer = AnswerOf(report.state),
                               .printer_job = report.printer_job});
}

void EdgeProgram::HandleOnCore(const Input& input) {
  // A timer, since those are never dropped.
  core_->PostAfter(absl::ZeroDuration(), [this, input] {
    if (absl::Status status = node_->Handle(input).status(); !status.ok()) {
      observability::LogError("input_not_handled", {{"reason", status.message()}});
    }
    counter_->OnHandled();
  });
}

}  // namespace keping::edge
