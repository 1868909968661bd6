#include "common/cli/run.h"

#include <string>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/cli/backup_grammar.h"
#include "common/cli/bundle_grammar.h"
#include "common/cli/client.h"
#include "common/cli/command_line.h"
#include "common/cli/new_file.h"
#include "common/cli/office_time.h"
#include "common/cli/reader.h"
#include "common/cli/render.h"
#include "common/cli/verify.h"
#include "common/config/central_config.h"
#include "common/config/edge_config.h"
#include "common/crypto/random.h"
#include "common/runtime/process.h"
#include "common/time/system_clock.h"

namespace keping::cli {
namespace {

constexpr size_t kTransferIdBytes = 8;

struct Target {
  std::string socket;
  OfficeTime time;
};

template <typename Config>
absl::StatusOr<Target> FindTarget(const Where& where,
                                  absl::StatusOr<Config> (*load)(const std::string&)) {
  if (where.config.empty()) return Target{where.socket, OfficeTime()};
  KEPING_ASSIGN_OR_RETURN(const Config config, load(where.config));
  return Target{where.socket.empty() ? config.api_socket() : where.socket,
                OfficeTime(config.utc_offset_minutes())};
}

absl::StatusOr<Target> FindBundleNode(const BundleNode& node) {
  if (!node.edge_config.empty()) {
    return FindTarget<config::v1::EdgeConfig>({node.edge_config, {}}, &config::LoadEdgeConfig);
  }
  return FindTarget<config::v1::CentralConfig>({node.central_config, node.socket},
                                               &config::LoadCentralConfig);
}

// A refusal begins with its K-code: that is what people read out on the phone.
bool IsRefusal(const absl::Status& status) {
  const absl::string_view text = status.message();
  return text.size() > 2 && absl::StartsWith(text, "K-") && absl::ascii_isdigit(text[2]);
}

int ExitCodeOf(const absl::Status& status) {
  if (IsRefusal(status)) return kRefused;
  return absl::IsInvalidArgument(status) ? kUsage : kFailed;
}

// Named here and not by the centre, so that the command can be repeated when its answer was lost.
void NameTransfer(central_api::DispatchBlanksRequest& request) {
  if (request.transfer().empty()) {
    request.set_transfer(absl::BytesToHexString(crypto::RandomBytes(kTransferIdBytes)));
  }
}

// Writes the bytes of an answer that is a file; of others there is nothing to write.
template <typename Response>
absl::Status WriteFileOf(const Response& response, const std::string& out) {
  return std::visit(
      [&](const auto& answer) {
        if constexpr (requires { answer.pack(); }) return WriteNewFile(out, answer.pack());
        if constexpr (requires { answer.content_type(); }) {
          return WriteNewFile(out, answer.content());
        }
        return absl::OkStatus();
      },
      response);
}

bool AnswerMayBeLost(const absl::Status& status) {
  return absl::IsDeadlineExceeded(status) || absl::IsUnavailable(status);
}

class Runner {
 public:
  Runner(const CommandLine& command, std::istream& in, std::ostream& out, std::ostream& err)
      : command_(command), in_(in), out_(out), err_(err) {}

  int operator()(const EdgeRequest& request) {
    const auto target = FindTarget(command_.where, &config::LoadEdgeConfig);
    if (!target.ok()) return Fail(target.status());
    const auto response = CallEdge(target->socket, command_.timeout, request);
    if (!response.ok()) return Fail(response.status());
    const absl::Status written = WriteFileOf(*response, command_.out);
    if (!written.ok()) return Fail(written);
    const bool refused = std::visit(
        [](const auto& answer) {
          if constexpr (requires { answer.has_refusal(); }) return answer.has_refusal();
          if constexpr (requires { answer.has_problem(); }) return answer.has_problem();
          return false;
        },
        *response);
    if (command_.json) {
      PrintJson(*response);
    } else {
      (refused ? err_ : out_) << RenderEdge(*response, target->time);
    }
    return refused ? kRefused : kDone;
  }

  int operator()(CentralRequest request) {
    auto* dispatch = std::get_if<central_api::DispatchBlanksRequest>(&request);
    if (dispatch != nullptr) NameTransfer(*dispatch);
    const auto target = FindTarget(command_.where, &config::LoadCentralConfig);
    if (!target.ok()) return Fail(target.status());
    const auto response = CallWhole(CallsTo(target->socket), request);
    if (dispatch != nullptr && AnswerMayBeLost(response.status())) {
      return Fail({response.status().code(),
                   absl::StrCat(response.status().message(), ". Repeat it with --transfer ",
                                dispatch->transfer(), ", and nothing is sent twice")});
    }
    if (!response.ok()) return Fail(response.status());
    const absl::Status written = WriteFileOf(*response, command_.out);
    if (!written.ok()) return Fail(written);
    if (command_.json) {
      PrintJson(*response);
    } else {
      out_ << RenderCentral(*response, target->time);
    }
    return kDone;
  }

  int operator()(const OfficerCommand& officer) {
    const auto target = FindTarget(command_.where, &config::LoadCentralConfig);
    if (!target.ok()) return Fail(target.status());
    const auto said = CallsTo(target->socket).Do(officer);
    if (!said.ok()) return Fail(said.status());
    out_ << *said;
    return kDone;
  }

  int operator()(const WatchRequest& request) {
    const auto target = FindTarget(command_.where, &config::LoadCentralConfig);
    if (!target.ok()) return Fail(target.status());
    const absl::Status ended = WatchDistrict(
        target->socket,
        [&](const central_api::WatchDistrictResponse& change) {
          out_ << (command_.json
                       ? RenderJsonLine(change)
                       : RenderChange(change, target->time.Format(absl::ToUnixMicros(Now()))));
          out_.flush();
          return out_.good() && !request.once;
        },
        [&] { err_ << "keping: the centre does not answer; waiting for it\n"; });
    return ended.ok() ? kDone : Fail(ended);
  }

  int operator()(const ExportLogRequest& request) {
    LogSource source{.socket = command_.where.socket,
                     .data_dir = {},
                     .keys_dir = {},
                     .timeout = command_.timeout};
    if (!command_.where.config.empty()) {
      const auto config = config::LoadEdgeConfig(command_.where.config);
      if (!config.ok()) return Fail(config.status());
      if (source.socket.empty()) source.socket = config->api_socket();
      source.data_dir = config->data_dir();
      source.keys_dir = config->keys_dir();
    }
    const auto exported = ExportLog(request, source);
    if (!exported.ok()) return Fail(exported.status());
    out_ << (command_.json ? RenderJson(*exported) : RenderExportedLog(*exported));
    return kDone;
  }

  int operator()(const ExportBundleRequest& request) {
    const auto target = FindBundleNode(request.node);
    if (!target.ok()) return Fail(target.status());
    const auto exported = ExportBundle(request, target->socket, command_.timeout);
    if (!exported.ok()) return Fail(exported.status());
    out_ << (command_.json ? RenderJson(*exported) : RenderBundle(*exported));
    return kDone;
  }

  int operator()(const ImportBundlesRequest& request) {
    const auto target = FindBundleNode(request.node);
    if (!target.ok()) return Fail(target.status());
    const auto imported = ImportBundles(request, target->socket, command_.timeout);
    if (!imported.ok()) return Fail(imported.status());
    out_ << (command_.json ? RenderJson(*imported) : RenderBundles(*imported, target->time));
    for (const std::string& problem : imported->problems()) err_ << "keping: " << problem << "\n";
    return imported->problems().empty() ? kDone : kRefused;
  }

  int operator()(const InspectBundlesRequest& request) {
    const auto inspected = InspectBundles(request);
    if (!inspected.ok()) return Fail(inspected.status());
    out_ << (command_.json ? RenderJson(*inspected)
                           : RenderBundles(*inspected, request.public_key, OfficeTime()));
    return AllGood(*inspected, !request.public_key.empty()) ? kDone : kFoundDifferences;
  }

  int operator()(const MakeBackupRequest& request) {
    const auto target = FindTarget(command_.where, &config::LoadCentralConfig);
    if (!target.ok()) return Fail(target.status());
    const auto made = MakeBackupFolder(request, target->socket);
    if (!made.ok()) return Fail(made.status());
    out_ << (command_.json ? RenderJson(*made) : RenderBackup(*made, target->time));
    return kDone;
  }

  int operator()(const ListBackupsRequest& request) {
    const auto found = ListBackups(request, Now());
    if (!found.ok()) return Fail(found.status());
    out_ << (command_.json ? RenderJson(*found) : RenderBackups(*found, OfficeTime()));
    for (const v1::Backup& one : found->backups()) {
      if (NeedsAttention(one)) return kFoundDifferences;
    }
    return kDone;
  }

  int operator()(const CheckBackupRequest& request) {
    return Show(CheckBackup(request, Now()), &RenderCheckedBackup);
  }

  int operator()(const RestoreRequest& request) {
    return Show(RestoreCentre(request, Now()), &RenderRestored);
  }

  int operator()(const NewEscrowKeyRequest& request) {
    return Show(MakeEscrowKey(request, Now()), &RenderEscrowKey);
  }

  int operator()(const SupportBundleRequest& request) {
    const auto bundle = MakeSupportBundle(request, command_.timeout, Now());
    if (!bundle.ok()) return Fail(bundle.status());
    out_ << (command_.json ? RenderJson(*bundle) : RenderSupportBundle(*bundle));
    return kDone;
  }

  int operator()(const VerifyRequest& request) {
    const auto report = Verify(request);
    if (!report.ok()) return Fail(report.status());
    out_ << (command_.json ? RenderJson(*report) : RenderVerify(*report));
    return report->passed() ? kDone : kFoundDifferences;
  }

  int operator()(const CheckNationalRequest& request) {
    const auto checked = CheckNational(request);
    if (!checked.ok()) return Fail(checked.status());
    out_ << RenderCheckedFile(*checked);
    return checked->rejected.empty() ? kDone : kFoundDifferences;
  }

  int operator()(const ReaderRequest& request) {
    const auto understood = RunReader(request, in_, out_);
    if (!understood.ok()) return Fail(understood.status());
    return *understood ? kDone : kRefused;
  }

  // Without a key to compare with, anybody may have signed it.
  int operator()(const VerifyPackRequest& request) {
    const int code = Tell(VerifyPack(request));
    return code == kDone && request.centre_key.empty() ? kFoundDifferences : code;
  }
  int operator()(const VerifyReportRequest& request) { return Tell(VerifyDayReport(request)); }

 private:
  // What a policy would change is one list for people, however many pages it takes.
  static absl::StatusOr<CentralResponse> CallWhole(OfficerCalls calls, CentralRequest request) {
    auto* trial = std::get_if<central_api::TryPolicyRequest>(&request);
    absl::StatusOr<CentralResponse> response = calls.Call(request);
    if (trial == nullptr || !response.ok()) return response;
    auto& whole = std::get<central_api::TryPolicyResponse>(*response);
    while (!whole.next_page_token().empty()) {
      trial->set_page_token(whole.next_page_token());
      KEPING_ASSIGN_OR_RETURN(const CentralResponse next, calls.Call(request));
      const auto& page = std::get<central_api::TryPolicyResponse>(next);
      whole.mutable_differences()->MergeFrom(page.differences());
      whole.set_looked_at(whole.looked_at() + page.looked_at());
      whole.set_cannot_tell(whole.cannot_tell() + page.cannot_tell());
      whole.set_next_page_token(page.next_page_token());
    }
    return response;
  }

  OfficerCalls CallsTo(const std::string& socket) {
    return {socket, command_.timeout, KeptSessions(runtime::UserRuntimeDirectory(), socket)};
  }

  // PermissionDenied: it is not what was signed.
  int Tell(const absl::StatusOr<std::string>& sentence) {
    if (sentence.ok()) {
      out_ << *sentence;
      return kDone;
    }
    err_ << "keping: " << sentence.status().message() << "\n";
    return absl::IsPermissionDenied(sentence.status()) ? kFoundDifferences
                                                       : ExitCodeOf(sentence.status());
  }

  static absl::Time Now() { return time::SystemClock().Now().wall; }

  template <typename Message>
  int Show(const absl::StatusOr<Message>& message, std::string (*render)(const Message&)) {
    if (!message.ok()) return Fail(message.status());
    out_ << (command_.json ? RenderJson(*message) : render(*message));
    return kDone;
  }

  template <typename Response>
  void PrintJson(const Response& response) {
    std::visit([this](const auto& message) { out_ << RenderJson(message); }, response);
  }

  int Fail(const absl::Status& status) {
    err_ << "keping: " << status.message() << "\n";
    return ExitCodeOf(status);
  }

  const CommandLine& command_;
  std::istream& in_;
  std::ostream& out_;
  std::ostream& err_;
};

}  // namespace

int RunKeping(int argc, const char* const* argv, absl::string_view locale, std::istream& in,
              std::ostream& out, std::ostream& err) {
  const auto parsed = ParseCommandLine(argc, argv, locale, out, err);
  if (const int* exit_code = std::get_if<int>(&parsed)) return *exit_code;
  const CommandLine& command = std::get<CommandLine>(parsed);
  const int exit_code = std::visit(Runner(command, in, out, err), command.request);
  out.flush();
  return out ? exit_code : static_cast<int>(kFailed);
}

}  // namespace keping::cli
