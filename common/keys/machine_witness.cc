#include "common/keys/machine_witness.h"

#include <google/protobuf/text_format.h>

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/crypto/hash.h"
#include "common/files/file.h"
#include "keping/store/v1/witness.pb.h"

namespace keping::keys {
namespace {

constexpr char kMachineIdFile[] = "/etc/machine-id";
constexpr size_t kMaxBytes = 4096;

std::string MachineId() {
  const auto text = files::ReadFile(kMachineIdFile, kMaxBytes);
  return text.ok() ? std::string(absl::StripAsciiWhitespace(*text)) : "";
}

absl::Status Unreadable(const std::string& path) {
  return absl::DataLossError(absl::StrCat("cannot use ", path,
                                          ": it does not parse, want what this node wrote. Keep it "
                                          "and call the district office."));
}

}  // namespace

absl::StatusOr<MachineWitness> MachineWitness::Read(const std::string& keys_dir) {
  return Read(keys_dir, MachineId());
}

absl::StatusOr<MachineWitness> MachineWitness::Read(const std::string& keys_dir,
                                                    const std::string& machine_id) {
  const std::string machine =
      machine_id.empty() ? "" : crypto::Sha256({"keping-machine-v1\n", machine_id}).Hex();
  MachineWitness witness(files::ResolvePath(keys_dir, kWitnessFile), machine);
  const auto text = files::ReadFile(witness.path_, kMaxBytes);
  if (absl::IsNotFound(text.status())) {
    witness.seen_.missing = true;
    return witness;
  }
  KEPING_RETURN_IF_ERROR(text.status());
  store::v1::MachineWitness proto;
  if (!google::protobuf::TextFormat::ParseFromString(*text, &proto)) {
    return Unreadable(witness.path_);
  }
  KEPING_ASSIGN_OR_RETURN(witness.seen_.incarnation,
                          domain::IncarnationId::Parse(proto.incarnation()));
  witness.seen_.head.seq = proto.seq();
  if (proto.seq() > 0) {
    const auto hash = crypto::Hash::FromBytes(absl::HexStringToBytes(proto.hash()));
    if (!hash.ok()) return Unreadable(witness.path_);
    witness.seen_.head.hash = *hash;
  }
  witness.seen_.other_machine =
      !machine.empty() && !proto.machine().empty() && proto.machine() != machine;
  return witness;
}

absl::Status MachineWitness::Write(const domain::IncarnationId& incarnation,
                                   const sync::Head& head) const {
  store::v1::MachineWitness proto;
  proto.set_incarnation(incarnation.value());
  proto.set_seq(head.seq);
  if (head.seq > 0) proto.set_hash(head.hash.Hex());
  proto.set_machine(machine_);
  std::string text;
  google::protobuf::TextFormat::PrintToString(proto, &text);
  return files::WriteFile(path_, text, files::Access::kOwnerOnly);
}

}  // namespace keping::keys
