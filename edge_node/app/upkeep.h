// What keeps an edge node's data safe beside its work: the data key and its changes, the store's
// opening, the mirror of the log, and the administrator's API. One part of the program, so that its
// wiring stays short.
//
//   KEPING_ASSIGN_OR_RETURN(auto upkeep, Upkeep::Open(config));
//   KEPING_ASSIGN_OR_RETURN(auto store, upkeep->OpenStore());
//   … node opened with upkeep->cipher() …
//   upkeep->Attach(node.get(), store.get(), core.get(), &clock);
//   upkeep->Start();                               // on the core thread
#ifndef KEPING_EDGE_NODE_APP_UPKEEP_H_
#define KEPING_EDGE_NODE_APP_UPKEEP_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/crypto/seal.h"
#include "common/keys/data_keys.h"
#include "common/keys/key_rotation.h"
#include "common/keys/machine_witness.h"
#include "common/runtime/core_thread.h"
#include "common/storage/erasure.h"
#include "common/storage/kv_store.h"
#include "common/time/clock.h"
#include "edge_node/maintenance/maintenance.h"
#include "edge_node/mirror/log_mirror.h"
#include "edge_node/node/edge_node.h"
#include "keping/config/v1/edge.pb.h"
#include "keping/edge/v1/edge.pb.h"

namespace grpc {
class Service;
}

namespace keping::edge {

// Made and destroyed on the main thread; outlives the core thread's tasks.
class Upkeep {
 public:
  // Loads the data keys. The codes of LoadDataKeys (data_key.h).
  static absl::StatusOr<std::unique_ptr<Upkeep>> Open(const config::v1::EdgeConfig& config);
  ~Upkeep();

  // Of all keys that are here, sealing under the newest.
  const crypto::RecordCipher& cipher() const { return cipher_; }
  absl::StatusOr<std::unique_ptr<storage::KvStore>> OpenStore() const;
  // On the disk of the database, without what a ballast that was given up has to get back.
  uint64_t FreeBytes() const;

  // All outlive this object's work.
  // `background` writes files now and then.
  void Attach(EdgeNode* node, const storage::KvStore* store, runtime::CoreThread* core,
              runtime::CoreThread* background, const time::Clock* clock);
  // What the witness file says; for EdgePorts.
  const sync::Witness& witness() const { return witness_.seen(); }
  // Makes the witness of a node that has not written yet; before EdgeNode::Start.
  absl::Status BeginWitness() const;
  grpc::Service* service() const { return service_.get(); }
  // Goes on with what an earlier run left unfinished. On the core thread.
  void Start();
  // Ends what runs on threads of its own; after the core thread.
  void Stop();

  // The log grew. On the core thread.
  void OnLogged(uint64_t head_seq);
  bool has_mirror() const { return mirror_ != nullptr; }
  v1::MirrorState mirror() const;

 private:
  Upkeep(const config::v1::EdgeConfig& config, keys::DataKeys keys, crypto::RecordCipher cipher,
         keys::MachineWitness witness);

  // Again and again: what was destroyed is to be in no file of the database.
  void EraseDestroyed();
  // Soon, and once for all that is logged until then.
  void WriteWitness();

  const config::v1::EdgeConfig config_;
  keys::DataKeys keys_;
  const crypto::RecordCipher cipher_;
  const keys::MachineWitness witness_;
  bool witness_due_ = false;
  std::unique_ptr<keys::KeyRotation> rotation_;
  std::unique_ptr<storage::Eraser> eraser_;
  std::unique_ptr<runtime::CoreThread> purger_;
  std::unique_ptr<Maintenance> maintenance_;
  std::unique_ptr<grpc::Service> service_;
  std::unique_ptr<LogMirror> mirror_;
  EdgeNode* node_ = nullptr;
  runtime::CoreThread* core_ = nullptr;
  runtime::CoreThread* background_ = nullptr;
};

// What ended the node, with what to do about it where a person can (a full disk: K-215).
absl::Status ExplainFailure(const config::v1::EdgeConfig& config, const absl::Status& failure);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_UPKEEP_H_
