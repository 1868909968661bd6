#include "common/cli/support_bundle.h"

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>
#include <grpcpp/grpcpp.h>
#include <rocksdb/version.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "common/cli/archive.h"
#include "common/cli/client.h"
#include "common/cli/render.h"
#include "common/cli/store_statistics.h"
#include "common/cli/verify.h"
#include "common/config/central_config.h"
#include "common/config/edge_config.h"
#include "common/files/file.h"
#include "common/observability/log_record.h"
#include "common/sync/frames.h"

namespace keping::cli {
namespace {

namespace fs = std::filesystem;

// More than a log file and what is rotated beside it ever hold.
constexpr size_t kMaxLogBytes = size_t{16} << 20;
constexpr size_t kMaxTextBytes = 64 * 1024;

// What both kinds of node have.
struct NodeFolders {
  std::string program;  // "edge" or "central"
  std::string data_dir;
  std::string keys_dir;
  std::string log_file;
  std::string mirror_dir;
};

class BundleMaker {
 public:
  explicit BundleMaker(NodeFolders folders) : folders_(std::move(folders)) {}

  void Add(const std::string& name, std::string content) {
    files_.push_back({name, std::move(content)});
  }
  void AddJson(const std::string& name, const google::protobuf::Message& message) {
    Add(name, RenderJson(message));
  }
  void Miss(const std::string& name, absl::string_view reason) {
    missing_.push_back(absl::StrCat(name, ": ", reason));
  }

  void AddVersions() {
    utsname system{};
    uname(&system);
    std::string text = absl::StrCat("keping ", KEPING_VERSION, "\nprotocol ", sync::kProtocolMin,
                                    " to ", sync::kProtocolMax, "\nRocksDB ", ROCKSDB_MAJOR, ".",
                                    ROCKSDB_MINOR, ".", ROCKSDB_PATCH, "\ngRPC ", grpc::Version(),
                                    "\nprotobuf ", GOOGLE_PROTOBUF_VERSION, "\nsystem ",
                                    system.sysname, " ", system.release, " ", system.machine, "\n");
    const auto release = files::ReadFile("/etc/os-release", kMaxTextBytes);
    if (release.ok()) absl::StrAppend(&text, "\n", *release);
    Add("versions.txt", text);
  }

  // The configuration as the program understands it: a comment in the file may hold anything.
  void AddConfig(const google::protobuf::Message& config) {
    std::string text;
    google::protobuf::TextFormat::PrintToString(config, &text);
    Add("config.textproto", text);
  }

  void AddLogs() {
    if (folders_.log_file.empty()) {
      Miss("logs",
           "log_file is not configured: the log went to the standard error of whoever started "
           "the program (systemd: journalctl)");
      return;
    }
    const fs::path current(folders_.log_file);
    // keping.log, keping.1.log …
    const std::string stem = current.stem().string();
    const std::string ending = current.extension().string();
    std::vector<fs::path> paths;
    std::error_code ignored;
    for (fs::directory_iterator it(current.parent_path(), ignored), end; !ignored && it != end;
         it.increment(ignored)) {
      const std::string name = it->path().filename().string();
      if (name == current.filename() ||
          (absl::StartsWith(name, stem + ".") && absl::EndsWith(name, ending))) {
        paths.push_back(it->path());
      }
    }
    std::sort(paths.begin(), paths.end());
    if (paths.empty()) Miss("logs", absl::StrCat("there is no ", folders_.log_file));
    for (const fs::path& path : paths) AddLog(path);
  }

  void AddFolders() {
    std::string text;
    for (const auto& [name, folder] :
         {std::pair{"data_dir", folders_.data_dir}, std::pair{"keys_dir", folders_.keys_dir},
          std::pair{"mirror_dir", folders_.mirror_dir}}) {
      if (!folder.empty()) absl::StrAppend(&text, name, " ", folder, "\n", DiskOf(folder));
    }
    absl::StrAppend(&text, "\nIn keys_dir, by name only:\n", ListKeys());
    Add("folders.txt", text);
  }

  // Of a stopped node all of it; of a running one what the files show.
  void AddStore() {
    v1::StoreStatistics statistics = MeasureFiles(DatabaseIn(folders_.data_dir));
    const auto store = OpenStoppedStore(folders_.data_dir, folders_.program);
    const absl::Status measured = store.ok() ? MeasureRows(**store, &statistics) : store.status();
    if (!measured.ok()) Miss("rows of store.json", measured.message());
    AddJson("store.json", statistics);
  }

  absl::StatusOr<v1::SupportBundle> Write(const std::string& to, absl::Time now) {
    v1::SupportBundle bundle;
    bundle.set_to(to);
    for (const std::string& missing : missing_) bundle.add_missing(missing);
    Add("contents.txt", Contents());
    for (const ArchivedFile& file : files_) {
      v1::BundledFile* proto = bundle.add_files();
      proto->set_name(file.name);
      proto->set_bytes(file.content.size());
    }
    KEPING_RETURN_IF_ERROR(WriteArchive(to, files_, now));
    return bundle;
  }

 private:
  // Runs of digits as long as a NIK are masked once more, whatever wrote them.
  void AddLog(const fs::path& path) {
    const auto text = files::ReadFile(path.string(), kMaxLogBytes);
    const std::string name = absl::StrCat("logs/", path.filename().string());
    if (text.ok()) {
      Add(name, observability::MaskLongNumbers(*text));
    } else {
      Miss(name, text.status().message());
    }
  }

  static std::string DiskOf(const std::string& folder) {
    struct statvfs disk {};
    if (statvfs(folder.c_str(), &disk) != 0) return "  cannot be looked at\n";
    const auto mb = [&disk](uint64_t blocks) { return blocks * disk.f_frsize >> 20; };
    return absl::StrCat("  disk of ", mb(disk.f_blocks), " MB, ", mb(disk.f_bavail),
                        " MB free, inodes free ", disk.f_favail, "\n");
  }

  std::string ListKeys() const {
    std::vector<std::string> lines;
    std::error_code ignored;
    for (fs::directory_iterator it(folders_.keys_dir, ignored), end; !ignored && it != end;
         it.increment(ignored)) {
      struct stat info {};
      if (stat(it->path().c_str(), &info) != 0) continue;
      lines.push_back(absl::StrFormat("  %04o %6d bytes %s\n", info.st_mode & 07777, info.st_size,
                                      it->path().filename().string()));
    }
    std::sort(lines.begin(), lines.end());
    return absl::StrJoin(lines, "");
  }

  std::string Contents() const {
    std::string text = absl::StrCat(
        "Keping support bundle of a ", folders_.program,
        " node. It holds no personal data and no keys; look through it before you send it.\n\n");
    for (const ArchivedFile& file : files_) {
      absl::StrAppend(&text, file.name, " ", file.content.size(), " bytes\n");
    }
    for (const std::string& missing : missing_) absl::StrAppend(&text, "MISSING ", missing, "\n");
    return text;
  }

  const NodeFolders folders_;
  std::vector<ArchivedFile> files_;
  std::vector<std::string> missing_;
};

template <typename Response>
void AddAnswer(const std::string& name, const absl::StatusOr<Response>& response,
               BundleMaker& maker) {
  if (!response.ok()) {
    maker.Miss(name, response.status().message());
    return;
  }
  std::visit([&](const auto& message) { maker.AddJson(name, message); }, *response);
}

void AddCommonParts(const google::protobuf::Message& config, BundleMaker& maker) {
  maker.AddVersions();
  maker.AddConfig(config);
  maker.AddFolders();
  maker.AddStore();
  maker.AddLogs();
}

}  // namespace

absl::StatusOr<v1::SupportBundle> MakeSupportBundle(const SupportBundleRequest& request,
                                                    absl::Duration timeout, absl::Time now) {
  if (!request.edge_config.empty()) {
    KEPING_ASSIGN_OR_RETURN(const config::v1::EdgeConfig config,
                            config::LoadEdgeConfig(request.edge_config));
    BundleMaker maker({.program = "edge",
                       .data_dir = config.data_dir(),
                       .keys_dir = config.keys_dir(),
                       .log_file = config.log_file(),
                       .mirror_dir = config.mirror_dir()});
    AddCommonParts(config, maker);
    AddAnswer("status.json", CallEdge(config.api_socket(), timeout, edge_api::GetStatusRequest()),
              maker);
    return maker.Write(request.to, now);
  }
  KEPING_ASSIGN_OR_RETURN(const config::v1::CentralConfig config,
                          config::LoadCentralConfig(request.central_config));
  BundleMaker maker({.program = "central",
                     .data_dir = config.data_dir(),
                     .keys_dir = config.keys_dir(),
                     .log_file = config.log_file(),
                     .mirror_dir = {}});
  AddCommonParts(config, maker);
  const std::pair<const char*, CentralRequest> kQuestions[] = {
      {"status.json", central_api::GetStatusRequest()},
      {"stock.json", central_api::GetStockRequest()},
      {"nodes.json", central_api::ListNodesRequest()}};
  for (const auto& [name, question] : kQuestions) {
    AddAnswer(name, CallCentral(config.api_socket(), timeout, question), maker);
  }
  return maker.Write(request.to, now);
}

}  // namespace keping::cli
