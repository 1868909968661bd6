// The witness file: a small file beside the keys that says how far the log had come and on which
// machine. A database that is set back, or copied to another machine, does not fit it.
//
//   KEPING_ASSIGN_OR_RETURN(MachineWitness witness, MachineWitness::Read(config.keys_dir()));
//   ports.witness = witness.seen();
//   witness.Write(incarnation, head);        // now and then, off the print path: a lower bound
#ifndef KEPING_COMMON_KEYS_MACHINE_WITNESS_H_
#define KEPING_COMMON_KEYS_MACHINE_WITNESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/domain/ids.h"
#include "common/sync/witness.h"

namespace keping::keys {

// In the keys folder.
inline constexpr char kWitnessFile[] = "witness";

// A value; Write may run on another thread than the rest, one at a time.
class MachineWitness {
 public:
  // What the file says, and whether this is its machine. DataLoss when it does not parse.
  static absl::StatusOr<MachineWitness> Read(const std::string& keys_dir);
  // For a machine with this id, as in /etc/machine-id; empty: it has none, and is not told apart.
  static absl::StatusOr<MachineWitness> Read(const std::string& keys_dir,
                                             const std::string& machine_id);

  const sync::Witness& seen() const { return seen_; }
  // Replaces the file, durably.
  absl::Status Write(const domain::IncarnationId& incarnation, const sync::Head& head) const;

 private:
  MachineWitness(std::string path, std::string machine)
      : path_(std::move(path)), machine_(std::move(machine)) {}

  std::string path_;
  std::string machine_;  // hash of the machine's id
  sync::Witness seen_;
};

}  // namespace keping::keys

#endif  // KEPING_COMMON_KEYS_MACHINE_WITNESS_H_
