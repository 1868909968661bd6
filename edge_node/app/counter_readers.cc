#include "edge_node/app/counter_readers.h"

#include <grpcpp/impl/service_type.h>

#include <utility>

#include "common/config/reader_config.h"
#include "edge_node/counter/scan_service.h"
#include "edge_node/readers/pcsc_reader.h"

namespace keping::edge {

CounterReaders::CounterReaders(const config::v1::EdgeConfig& config)
    : desk_(Settings(config)), service_(MakeScanService(&desk_, &feed_)) {}

CounterReaders::~CounterReaders() { Stop(); }

std::vector<CounterReader> CounterReaders::Settings(const config::v1::EdgeConfig& config) {
  std::vector<CounterReader> settings;
  for (const config::v1::ReaderConfig& reader : config.readers()) {
    CounterReader setting{.counter = reader.counter(), .profile = {}, .status = nullptr};
    if (reader.pcsc().empty()) {
      setting.profile = config::ProfileOf(reader);
    } else {
      auto& at_node = at_node_[reader.counter()];
      at_node = std::make_unique<PcscReader>(PcscReaderOptions{.name = reader.pcsc()});
      setting.status = [at_node = at_node.get()] { return at_node->Status(); };
    }
    settings.push_back(std::move(setting));
  }
  return settings;
}

void CounterReaders::Start() {
  for (const auto& [counter, reader] : at_node_) {
    reader->Start(
        [this, counter = counter](const scan::Scan& scan) { feed_.Report(counter, scan); });
  }
}

void CounterReaders::Stop() {
  for (const auto& [counter, reader] : at_node_) reader->Stop();
  feed_.Stop();
}

}  // namespace keping::edge
