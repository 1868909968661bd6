#include "common/cli/bundle_commands.h"

#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/bundle/manifest.h"
#include "common/bundle/pack.h"
#include "common/cli/bundle_files.h"
#include "common/cli/client.h"
#include "common/cli/log_files.h"
#include "common/crypto/signer.h"

namespace keping::cli {
namespace {

namespace api = maintenance::v1;

void Describe(const bundle::Manifest& manifest, v1::ExportedBundle& exported) {
  exported.set_kind(bundle::KindName(manifest.kind));
  exported.set_sender(manifest.sender.value());
  exported.set_recipient(manifest.recipient.value());
  exported.set_first_seq(manifest.first_seq);
  exported.set_last_seq(manifest.last_seq);
  if (manifest.kind != bundle::Kind::kAnswer) return;
  exported.set_proven_seq(manifest.head.seq);
  exported.set_feed_from(manifest.feed_from);
  exported.set_feed_to(manifest.feed_to);
}

absl::Status MissingParts(const FoundBundle& found) {
  const bundle::Manifest& manifest = found.parts.first().manifest;
  return absl::FailedPreconditionError(absl::StrCat(
      "K-248: of bundle ", found.set_id, " from ", manifest.sender.value(), " parts ",
      found.parts.Missing(), " are missing; put all of them into one folder and import that"));
}

// The manifest of a request is all that it says.
absl::Status ReadRequestFile(const std::string& path, api::OpenExportRequest& what) {
  KEPING_ASSIGN_OR_RETURN(const FoundBundles found, FindBundles({path}));
  for (const FoundBundle& one : found.bundles) {
    const bundle::ParsedHead& head = one.parts.first();
    if (head.manifest.kind != bundle::Kind::kRequest) continue;
    if (!what.request_manifest().empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--request: got several requests in ", path, ", want the file of one"));
    }
    what.set_request_manifest(head.part.manifest);
    what.set_request_signature(head.part.signature);
  }
  if (!what.request_manifest().empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--request: got no request in ", path,
                   ", want the file that the other office made with keping bundle export "
                   "--borrow-from"));
}

// A log that could not be taken to its end counts as far as it came.
void Note(const absl::Status& status, std::vector<std::string>& problems) {
  if (!status.ok()) problems.push_back(std::string(status.message()));
}

// Hands bundles and logs to the node, in pieces.
class Importer {
 public:
  Importer(const std::string& socket, absl::Duration timeout)
      : socket_(socket), timeout_(timeout) {}

  absl::StatusOr<api::BundleImport> Import(const FoundBundle& found) {
    if (!found.parts.Missing().empty()) return MissingParts(found);
    const bundle::ParsedHead& head = found.parts.first();
    api::OpenImportRequest open;
    open.set_manifest(head.part.manifest);
    open.set_signature(head.part.signature);
    api::OpenImportResponse opened;
    KEPING_RETURN_IF_ERROR(CallNode(socket_, timeout_, open, &opened));
    api::WriteImportRequest write;
    write.set_import_id(opened.import_id());
    api::WriteImportResponse written;
    KEPING_RETURN_IF_ERROR(ReadBody(found, [&](absl::string_view piece) {
      write.set_body(std::string(piece));
      const absl::Status status = CallNode(socket_, timeout_, write, &written);
      write.set_offset(write.offset() + piece.size());
      return status;
    }));
    write.clear_body();
    write.set_end(true);
    KEPING_RETURN_IF_ERROR(CallNode(socket_, timeout_, write, &written));
    return written.imported();
  }

  // What the files of one log hold.
  absl::StatusOr<api::BundleImport> Import(const std::vector<std::string>& files,
                                           std::vector<std::string>& problems) {
    KEPING_ASSIGN_OR_RETURN(FiledLog log, ReadFiledLog(files));
    problems.insert(problems.end(), log.problems.begin(), log.problems.end());
    api::BundleImport all;
    absl::Status status;
    for (sync::Segment& segment : log.segments) {
      api::TakeLogRequest take;
      take.mutable_entries()->Assign(std::make_move_iterator(segment.entries.begin()),
                                     std::make_move_iterator(segment.entries.end()));
      take.set_signature(std::move(segment.signature));
      api::TakeLogResponse taken;
      status = CallNode(socket_, timeout_, take, &taken);
      if (!status.ok()) break;
      AddTo(all, taken.imported());
    }
    if (all.sender().empty()) {
      KEPING_RETURN_IF_ERROR(status);
      return absl::InvalidArgumentError(absl::StrCat(
          "K-245: ", files.front(), " holds no entry that its node signed, want a log with one"));
    }
    Note(status, problems);
    if (log.entries_unsigned > 0) {
      all.add_notes(absl::StrCat(log.entries_unsigned,
                                 " entries that no signature of the node covers were left alone"));
    }
    return all;
  }

 private:
  static void AddTo(api::BundleImport& all, const api::BundleImport& one) {
    const uint64_t fresh = all.entries_new() + one.entries_new();
    const uint64_t known = all.entries_known() + one.entries_known();
    std::vector<std::string> notes(all.notes().begin(), all.notes().end());
    for (const std::string& note : one.notes()) {
      if (!absl::c_linear_search(notes, note)) notes.push_back(note);
    }
    all = one;
    all.set_entries_new(fresh);
    all.set_entries_known(known);
    all.mutable_notes()->Assign(notes.begin(), notes.end());
  }

  const std::string& socket_;
  const absl::Duration timeout_;
};

// A stick may hold the answers of earlier days.
std::string AnswerPath(const std::string& to, const std::string& node) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(to, ignored)) return to;
  std::string path = absl::StrCat(to, "/", node, ".answer.kbundle");
  for (int i = 2; IsTaken(path); ++i) {
    path = absl::StrCat(to, "/", node, ".answer-", i, ".kbundle");
  }
  return path;
}

struct FoundOnSticks {
  FoundBundles bundles;
  std::vector<std::vector<std::string>> logs;  // the files of each
};

// NotFound: there is neither.
absl::StatusOr<FoundOnSticks> Find(const std::vector<std::string>& paths) {
  FoundOnSticks found;
  std::vector<std::string> others;
  std::error_code ignored;
  for (const std::string& path : paths) {
    for (auto& files : FindLogFiles(path)) found.logs.push_back(std::move(files));
    if (std::filesystem::is_directory(path, ignored) || !IsLogFile(path)) others.push_back(path);
  }
  if (others.empty()) return found;
  absl::StatusOr<FoundBundles> bundles = FindBundles(others);
  if (bundles.ok()) {
    found.bundles = *std::move(bundles);
  } else if (!absl::IsNotFound(bundles.status()) || found.logs.empty()) {
    return bundles.status();
  }
  return found;
}

// One for each office whose log was taken.
absl::Status WriteAnswers(const ImportBundlesRequest& request, const std::string& socket,
                          absl::Duration timeout, v1::ImportedBundles& imported) {
  std::set<std::string> senders;
  for (const api::BundleImport& one : imported.imported()) senders.insert(one.sender());
  for (const std::string& node : senders) {
    ExportBundleRequest answer{.node = {},
                               .to = AnswerPath(request.answer, node),
                               .split_bytes = request.split_bytes,
                               .what = {},
                               .request_file = {}};
    answer.what.set_to_node(node);
    KEPING_ASSIGN_OR_RETURN(*imported.add_answers(), ExportBundle(answer, socket, timeout));
  }
  return absl::OkStatus();
}

v1::InspectedBundle Inspect(const FoundBundle& found, const std::string& expected_key) {
  const bundle::ParsedHead& head = found.parts.first();
  const bundle::Manifest& manifest = head.manifest;
  v1::InspectedBundle inspected;
  inspected.set_set_id(found.set_id);
  inspected.set_kind(bundle::KindName(manifest.kind));
  inspected.set_sender(manifest.sender.value());
  inspected.set_sender_incarnation(manifest.sender_incarnation.value());
  inspected.set_recipient(manifest.recipient.value());
  inspected.set_recipient_incarnation(manifest.recipient_incarnation.value());
  inspected.set_made_micros(absl::ToUnixMicros(manifest.made_at));
  inspected.set_first_seq(manifest.first_seq);
  inspected.set_last_seq(manifest.last_seq);
  inspected.set_head_seq(manifest.head.seq);
  inspected.set_feed_from(manifest.feed_from);
  inspected.set_feed_to(manifest.feed_to);
  inspected.set_bytes(manifest.body_bytes);
  inspected.set_parts(head.part.count);
  inspected.set_missing(found.parts.Missing());
  inspected.set_signature_good(bundle::CheckSignature(head.part.manifest, head.part.signature,
                                                      manifest.sender_key,
                                                      *crypto::MakeEd25519Verifier())
                                   .ok());
  inspected.set_sender_key(absl::BytesToHexString(manifest.sender_key));
  inspected.set_sender_known(!expected_key.empty() && expected_key == inspected.sender_key());
  return inspected;
}

}  // namespace

absl::StatusOr<v1::ExportedBundle> ExportBundle(const ExportBundleRequest& request,
                                                const std::string& socket, absl::Duration timeout) {
  KEPING_RETURN_IF_ERROR(CheckSocket(socket));
  api::OpenExportRequest what = request.what;
  if (!request.request_file.empty()) {
    KEPING_RETURN_IF_ERROR(ReadRequestFile(request.request_file, what));
  }
  KEPING_ASSIGN_OR_RETURN(const auto writer, BundleWriter::Create(request.to, request.split_bytes));
  api::OpenExportResponse opened;
  KEPING_RETURN_IF_ERROR(CallNode(socket, timeout, what, &opened));
  api::ReadExportRequest read;
  read.set_export_id(opened.export_id());
  api::ReadExportResponse piece;
  while (!piece.end()) {
    KEPING_RETURN_IF_ERROR(CallNode(socket, timeout, read, &piece));
    KEPING_RETURN_IF_ERROR(writer->Append(piece.body()));
    read.set_offset(read.offset() + piece.body().size());
  }
  KEPING_ASSIGN_OR_RETURN(const bundle::Manifest manifest, bundle::ParseManifest(piece.manifest()));
  KEPING_ASSIGN_OR_RETURN(const std::vector<std::string> files,
                          writer->Finish(piece.manifest(), piece.signature()));
  v1::ExportedBundle exported;
  exported.set_set_id(bundle::SetIdOf(piece.manifest()));
  for (const std::string& file : files) {
    KEPING_ASSIGN_OR_RETURN(const uint64_t bytes, files::FileSize(file));
    exported.set_bytes(exported.bytes() + bytes);
    exported.add_files(file);
  }
  Describe(manifest, exported);
  exported.set_transfer(what.lent_transfer());
  return exported;
}

absl::StatusOr<v1::ImportedBundles> ImportBundles(const ImportBundlesRequest& request,
                                                  const std::string& socket,
                                                  absl::Duration timeout) {
  KEPING_RETURN_IF_ERROR(CheckSocket(socket));
  KEPING_ASSIGN_OR_RETURN(const FoundOnSticks found, Find(request.paths));
  v1::ImportedBundles imported;
  std::vector<std::string> problems = found.bundles.damaged;
  std::vector<std::string> for_others;
  // False: the node cannot take the others either.
  const auto add = [&](absl::StatusOr<api::BundleImport> result) {
    if (result.ok()) {
      *imported.add_imported() = *std::move(result);
    } else if (absl::StartsWith(result.status().message(), "K-246")) {
      Note(result.status(), for_others);
    } else if (!absl::IsUnavailable(result.status())) {
      Note(result.status(), problems);
    } else {
      return false;
    }
    return true;
  };
  Importer importer(socket, timeout);
  for (const std::vector<std::string>& files : found.logs) {
    absl::StatusOr<api::BundleImport> result = importer.Import(files, problems);
    if (!add(result)) return result.status();
  }
  for (const FoundBundle& one : found.bundles.bundles) {
    absl::StatusOr<api::BundleImport> result = importer.Import(one);
    if (!add(result)) return result.status();
  }
  // A stick carries both ways: what is for somebody else is passed over, unless that is all.
  if (imported.imported().empty()) {
    problems.insert(problems.end(), for_others.begin(), for_others.end());
  }
  imported.mutable_problems()->Assign(problems.begin(), problems.end());
  if (!request.answer.empty()) {
    KEPING_RETURN_IF_ERROR(WriteAnswers(request, socket, timeout, imported));
  }
  return imported;
}

absl::StatusOr<v1::InspectedBundles> InspectBundles(const InspectBundlesRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const FoundBundles found, FindBundles(request.paths));
  v1::InspectedBundles inspected;
  for (const std::string& damaged : found.damaged) inspected.add_damaged(damaged);
  for (const FoundBundle& one : found.bundles) {
    *inspected.add_bundles() = Inspect(one, request.public_key);
  }
  return inspected;
}

}  // namespace keping::cli
