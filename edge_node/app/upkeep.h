// What keeps an edge node's data safe beside its work: the data key and its changes, the store's
// opening, and the administrator's API. One part of the program, so that its wiring stays short.
//
//   KEPING_ASSIGN_OR_RETURN(auto upkeep, Upkeep::Open(config));
//   KEPING_ASSIGN_OR_RETURN(auto store, upkeep->OpenStore());
//   … node opened with upkeep->cipher() …
//   upkeep->Attach(node.get(), core.get());
//   upkeep->Start();                               // on the core thread
#ifndef KEPING_EDGE_NODE_APP_UPKEEP_H_
#define KEPING_EDGE_NODE_APP_UPKEEP_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/crypto/seal.h"
#include "common/keys/data_keys.h"
#include "common/keys/key_rotation.h"
#include "common/runtime/core_thread.h"
#include "common/storage/kv_store.h"
#include "edge_node/maintenance/maintenance.h"
#include "edge_node/node/edge_node.h"
#include "keping/config/v1/edge.pb.h"

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

  // Both outlive this object's work.
  void Attach(EdgeNode* node, runtime::CoreThread* core);
  grpc::Service* service() const { return service_.get(); }
  // Goes on with what an earlier run left unfinished. On the core thread.
  void Start();

 private:
  Upkeep(const config::v1::EdgeConfig& config, keys::DataKeys keys, crypto::RecordCipher cipher);

  const config::v1::EdgeConfig config_;
  keys::DataKeys keys_;
  const crypto::RecordCipher cipher_;
  std::unique_ptr<keys::KeyRotation> rotation_;
  std::unique_ptr<Maintenance> maintenance_;
  std::unique_ptr<grpc::Service> service_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_UPKEEP_H_
