// Verifies a log that lies in files: a mirror folder, or what `keping edge export-log` wrote.

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/cli/conservation.h"
#include "common/cli/log_files.h"
#include "common/cli/log_walk.h"
#include "common/cli/office_time.h"
#include "common/cli/store_report.h"
#include "common/cli/verify.h"
#include "common/crypto/signer.h"
#include "common/domain/entry.h"
#include "common/storage/log_file.h"

namespace keping::cli {
namespace {

namespace fs = std::filesystem;

// One log, and the files that hold it.
class MirrorVerification {
 public:
  explicit MirrorVerification(v1::StoreReport* report)
      : report_(report),
        verifier_(crypto::MakeEd25519Verifier()),
        walk_("mirror", report, [this](const LoggedEvent& event) { census_.Add(event); }) {}

  absl::Status Run(const std::vector<std::string>& paths, LogHashes* logs) {
    report_->set_program("mirror");
    for (const std::string& path : paths) KEPING_RETURN_IF_ERROR(ReadFile(path));
    for (const auto& [seq, bytes] : entries_) walk_.Visit(seq, bytes);
    for (const auto& [seq, signature] : heads_) walk_.CheckSignedHead(seq, signature, *verifier_);
    report_->set_node(walk_.node().value());
    AddCheck("files", paths.size());
    AddCheck("entries", walk_.entries());
    AddCheck("signed_heads", heads_.size());
    AddTotals();
    NoteReach();
    walk_.WriteStream();
    (*logs)[{walk_.node().value(), walk_.incarnation().value()}] = walk_.TakeHashes();
    return absl::OkStatus();
  }

 private:
  void Add(const char* code, const std::string& place, const std::string& sentence) {
    AddDifference(report_, code, place, sentence);
  }
  void AddCheck(const char* name, uint64_t count) { cli::AddCheck(report_, name, count); }

  absl::Status ReadFile(const std::string& path) {
    const std::string name = fs::path(path).filename().string();
    const auto end = storage::ReadLogFile(
        path, [&](absl::string_view bytes) { AddEntry(name, bytes); },
        [this](uint64_t seq, absl::string_view signature) {
          heads_.emplace_back(seq, std::string(signature));
        });
    if (absl::IsInvalidArgument(end.status()) && entries_.size() + heads_.size() > 0) {
      report_->add_notes(absl::StrCat(name, " was cut off in its first bytes and holds nothing."));
      return absl::OkStatus();
    }
    KEPING_RETURN_IF_ERROR(end.status());
    if (!end->whole) {
      report_->add_notes(absl::StrCat(name, " ends torn after ", end->good_bytes,
                                      " bytes, as after a power cut; what is before counts."));
    }
    return absl::OkStatus();
  }

  // The same entry may stand there twice, after a torn file.
  void AddEntry(const std::string& file, absl::string_view bytes) {
    const auto entry = domain::ParseEntry(bytes);
    if (!entry.ok()) {
      Add("entry_damaged", file, std::string(entry.status().message()));
      return;
    }
    const uint64_t seq = entry->header.seq;
    last_written_micros_ = std::max(last_written_micros_, entry->header.wall_micros);
    const auto [known, added] = entries_.try_emplace(seq, bytes);
    if (added || known->second == bytes) return;
    Add("copies_differ", absl::StrCat("mirror, entry ", seq),
        absl::StrCat("got two different entries ", seq, ", the second in ", file,
                     ", want one: two machines, or one that was set back, wrote here"));
  }

  void AddTotals() {
    const OfficeCount count = census_.CountOffice();
    const std::pair<const char*, uint64_t> kTotals[] = {
        {"received", count.received}, {"available", count.available}, {"bound", count.bound},
        {"in_doubt", count.in_doubt}, {"used", count.used},           {"spoiled", count.spoiled}};
    for (const auto& [account, quantity] : kTotals) {
      v1::Total* total = report_->add_totals();
      total->set_account(account);
      total->set_holder(walk_.node().value());
      total->set_quantity(static_cast<int64_t>(quantity));
    }
    for (const CensusProblem& problem : count.problems) {
      Add(problem.code.c_str(), problem.place, problem.sentence);
    }
  }

  void NoteReach() {
    if (entries_.empty()) {
      report_->add_notes("It holds no entry.");
      return;
    }
    report_->add_notes(absl::StrCat("It reaches entry ", walk_.last_seq(), ", signed up to entry ",
                                    walk_.signed_up_to(), "; the newest was written ",
                                    OfficeTime().Format(last_written_micros_),
                                    " by the node's clock."));
  }

  v1::StoreReport* const report_;
  const std::unique_ptr<crypto::Verifier> verifier_;
  BlankCensus census_;
  LogWalk walk_;
  std::map<uint64_t, std::string> entries_;
  std::vector<std::pair<uint64_t, std::string>> heads_;
  int64_t last_written_micros_ = 0;
};

absl::Status VerifyLog(const std::string& path, const std::vector<std::string>& files,
                       v1::VerifyReport* report, LogHashes* logs) {
  v1::StoreReport* part = report->add_stores();
  part->set_path(path);
  return MirrorVerification(part).Run(files, logs);
}

}  // namespace

absl::Status VerifyMirror(const std::string& path, v1::VerifyReport* report, LogHashes* logs) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return VerifyLog(path, {path}, report, logs);
  const std::vector<std::vector<std::string>> found = FindLogFiles(path);
  if (found.empty()) {
    return absl::NotFoundError(absl::StrCat("there is no mirrored log in ", path,
                                            ": want a mirror folder, or a file of export-log"));
  }
  for (const std::vector<std::string>& files : found) {
    KEPING_RETURN_IF_ERROR(
        VerifyLog(fs::path(files.front()).parent_path().string(), files, report, logs));
  }
  return absl::OkStatus();
}

}  // namespace keping::cli
