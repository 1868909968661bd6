#include "common/cli/evidence_pack.h"

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/signer.h"
#include "common/domain/entry.h"
#include "common/files/file.h"
#include "common/sync/evidence.h"
#include "common/sync/frames.h"
#include "keping/central/v1/evidence.pb.h"

namespace keping::cli {
namespace {

namespace api = ::keping::central::v1;

constexpr size_t kMaxPackBytes = size_t{8} << 20;

template <typename... Parts>
absl::Status Differs(const Parts&... parts) {
  return absl::PermissionDeniedError(absl::StrCat("this pack is not what was signed: ", parts...));
}

// The chain from the first entry to the head that the node signed; adds the entries' ids.
absl::Status CheckSegment(const api::PackedSegment& segment, const crypto::Verifier& verifier,
                          std::set<crypto::Hash>& proven) {
  crypto::Hash head;
  uint64_t seq = segment.first_seq();
  std::string incarnation;
  for (const std::string& bytes : segment.entries()) {
    const absl::StatusOr<domain::Entry> entry = domain::ParseEntry(bytes);
    const bool first = seq == segment.first_seq();
    if (!entry.ok() || entry->header.seq != seq || entry->header.node.value() != segment.node() ||
        (!first && entry->header.previous != head)) {
      return Differs("entry ", seq, " of ", segment.node(), " does not follow the one before it");
    }
    incarnation = entry->header.incarnation.value();
    head = domain::HashEntryBytes(bytes);
    proven.insert(head);
    ++seq;
  }
  if (segment.entries().empty()) return Differs("a segment of ", segment.node(), " is empty");
  const std::string statement =
      sync::HeadStatement(domain::NodeId::Of(segment.node()),
                          domain::IncarnationId::Of(incarnation), {.seq = seq - 1, .hash = head});
  if (!verifier.Verify(segment.public_key(), statement, segment.signature())) {
    return Differs("entry ", seq - 1, " of ", segment.node(), " is not signed by its node's key");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> CheckPack(absl::string_view bytes, const std::string& source,
                                      const std::string& centre_key,
                                      const crypto::Verifier& verifier) {
  api::EvidencePack pack;
  api::PackContents contents;
  if (!pack.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      !contents.ParseFromString(pack.contents()) || pack.signature().empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "got ", source, ", want an evidence pack that `keping central evidence` wrote"));
  }
  const std::string key = absl::BytesToHexString(pack.centre_key());
  if (!centre_key.empty() && absl::AsciiStrToLower(centre_key) != key) {
    return Differs("it is signed by the key ", key, ", want ", centre_key);
  }
  if (!verifier.Verify(pack.centre_key(), sync::EvidenceStatement(pack.contents()),
                       pack.signature())) {
    return Differs("the signature of the centre does not fit its contents");
  }
  std::set<crypto::Hash> proven;
  for (const std::string& entry : contents.centre_entries()) {
    proven.insert(domain::HashEntryBytes(entry));
  }
  for (const api::PackedSegment& segment : contents.segments()) {
    KEPING_RETURN_IF_ERROR(CheckSegment(segment, verifier, proven));
  }
  for (const std::string& fact : contents.facts()) {
    const auto id = crypto::Hash::FromBytes(fact);
    if (!id.ok() || !proven.contains(*id)) {
      return Differs("entry ", absl::BytesToHexString(fact).substr(0, 8),
                     " is named and is not there");
    }
  }
  return absl::StrCat(
      "This is what the centre of ", contents.district(), " held of ",
      contents.case_id().empty() ? "blank " : "case ", contents.case_id(), contents.blank(),
      ", taken out by ", contents.by(), ": ", contents.facts_size(), " entries, ",
      contents.segments_size(), " runs of logs signed by their nodes.\nCentre key  ", key,
      centre_key.empty() ? "\nIt proves nothing before that key is compared with "
                           "the one of the district, in keping central status; repeat this "
                           "with --centre-key.\n\n"
                         : ", as wanted\n\n",
      contents.answer(), "\n");
}

absl::StatusOr<std::string> VerifyPack(const VerifyPackRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const std::string bytes, files::ReadFile(request.file, kMaxPackBytes));
  return CheckPack(bytes, request.file, request.centre_key, *crypto::MakeEd25519Verifier());
}

}  // namespace keping::cli
