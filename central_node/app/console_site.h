// The console in the browser: its page, and the district API as Connect, on the addresses of the
// config.
//
//   ConsoleSite site;
//   KEPING_RETURN_IF_ERROR(site.Start({.config = &config, .gate = &officers.gate(), …}));
#ifndef KEPING_CENTRAL_NODE_APP_CONSOLE_SITE_H_
#define KEPING_CENTRAL_NODE_APP_CONSOLE_SITE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "central_node/console/console_gate.h"
#include "common/http/site.h"
#include "keping/config/v1/central.pb.h"

namespace keping::central {

struct ConsoleSiteOptions {
  const config::v1::CentralConfig* config = nullptr;  // outlives the call
  ConsoleGate* gate = nullptr;                        // outlives the site
  std::shared_ptr<grpc::Channel> channel;
};

// Thread-safe. Without an address in the config it serves nothing.
class ConsoleSite {
 public:
  // The codes of rpc::LoadTlsIdentity and http::Site::Start.
  absl::Status Start(const ConsoleSiteOptions& options);
  // The centre has another certificate in its keys folder.
  void UseIdentityOf(const std::string& keys_dir);
  // Before the server that it answers for.
  void Stop();

  // One URL for each address of the config.
  std::vector<std::string> addresses() const;

 private:
  mutable absl::Mutex mutex_;
  std::unique_ptr<http::Site> site_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_APP_CONSOLE_SITE_H_
