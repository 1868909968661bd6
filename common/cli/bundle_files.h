// The files of bundles: parts found on sticks and in folders, and new ones written.
//
//   KEPING_ASSIGN_OR_RETURN(FoundBundles found, FindBundles({"/media/stick"}));
//   for (const FoundBundle& one : found.bundles) if (one.parts.Missing().empty())
//     KEPING_RETURN_IF_ERROR(ReadBody(one, [&](absl::string_view piece) { … }));
//
//   KEPING_ASSIGN_OR_RETURN(auto writer, BundleWriter::Create("susut.kbundle", split_bytes));
//   writer->Append(body); … KEPING_ASSIGN_OR_RETURN(files, writer->Finish(manifest, signature));
#ifndef KEPING_COMMON_CLI_BUNDLE_FILES_H_
#define KEPING_COMMON_CLI_BUNDLE_FILES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/bundle/part.h"
#include "common/crypto/hash.h"
#include "common/files/file.h"

namespace keping::cli {

struct FoundBundle {
  std::string set_id;
  bundle::PartSet parts;
};

struct FoundBundles {
  // In the order to import them: a sender's earlier entries first.
  std::vector<FoundBundle> bundles;
  // Files that are no good part, and why; for people.
  std::vector<std::string> damaged;
};

// Looks into files, and into the files of folders; what in a folder neither is
// called *.kbundle* nor begins as a bundle is passed over.
// Each part is read whole and compared with its hash. NotFound: there is no bundle.
absl::StatusOr<FoundBundles> FindBundles(const std::vector<std::string>& paths);

// The body of a bundle of which no part is missing, compared with its hash before the first piece
// is given out. InvalidArgument with K-245: it has another.
absl::Status ReadBody(const FoundBundle& found,
                      absl::FunctionRef<absl::Status(absl::string_view piece)> on_piece);

// There is a bundle of this name, or a part of one.
bool IsTaken(const std::string& to);

// Smaller parts are a nuisance to whoever carries them.
inline constexpr uint64_t kMinSplitBytes = 64 * 1024;

// Writes the body beside the bundle, since a part begins with what is known at the end.
class BundleWriter {
 public:
  // `split_bytes`: the most that a file may have; 0: one file. AlreadyExists; else the codes of
  // files::NewFile.
  static absl::StatusOr<std::unique_ptr<BundleWriter>> Create(const std::string& to,
                                                              uint64_t split_bytes);
  ~BundleWriter();

  absl::Status Append(absl::string_view body);
  // Returns the names of the files: `to`, or `to`.001 and so on.
  absl::StatusOr<std::vector<std::string>> Finish(const std::string& manifest,
                                                  const std::string& signature);

 private:
  BundleWriter(std::string to, uint64_t split_bytes, std::unique_ptr<files::NewFile> body)
      : to_(std::move(to)), split_bytes_(split_bytes), body_(std::move(body)) {}

  std::string BodyPath() const { return to_ + ".body"; }
  absl::Status WritePart(const std::string& path, bundle::PartHead head) const;

  const std::string to_;
  const uint64_t split_bytes_;
  const std::unique_ptr<files::NewFile> body_;
  uint64_t bytes_ = 0;
};

}  // namespace keping::cli

#endif  // KEPING_COMMON_CLI_BUNDLE_FILES_H_
