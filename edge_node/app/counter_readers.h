// Everything about card readers that the edge node's program runs: what the configuration says of
// them, the PC/SC readers at the node with their threads, and the service of the screens.
//
//   CounterReaders readers(config);
//   rpc::ServeUnix(socket, {readers.service(), …});
//   readers.Start();
//   readers.Stop();   // before the server: its streams end by it
#ifndef KEPING_EDGE_NODE_APP_COUNTER_READERS_H_
#define KEPING_EDGE_NODE_APP_COUNTER_READERS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "edge_node/counter/scan_desk.h"
#include "edge_node/counter/scan_feed.h"
#include "edge_node/readers/serial_reader.h"
#include "keping/config/v1/edge.pb.h"

namespace grpc {
class Service;
}

namespace keping::edge {

// Made, started and stopped on the main thread.
class CounterReaders {
 public:
  explicit CounterReaders(const config::v1::EdgeConfig& config);
  ~CounterReaders();

  grpc::Service* service() { return service_.get(); }

  void Start();
  void Stop();

 private:
  std::vector<CounterReader> Settings(const config::v1::EdgeConfig& config);

  ScanFeed feed_;
  std::map<std::string, std::unique_ptr<SerialReader>> at_node_;  // by counter
  const ScanDesk desk_;
  const std::unique_ptr<grpc::Service> service_;
};

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_APP_COUNTER_READERS_H_
