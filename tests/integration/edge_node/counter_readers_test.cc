// A counter's PC/SC reader as its screen hears it: Debian's pcscd with a virtual reader, the node's
// reader thread, and the stream of the API.
#include "edge_node/app/counter_readers.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/impl/service_type.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/escaping.h"
#include "common/rpc/server.h"
#include "keping/edge/v1/scan.grpc.pb.h"
#include "tests/support/temp_folder.h"
#include "tests/support/virtual_reader.h"

namespace keping::edge {
namespace {

using Stream = grpc::ClientReader<v1::WatchScansResponse>;

config::v1::EdgeConfig Config() {
  config::v1::EdgeConfig config;
  config::v1::ReaderConfig& at_node = *config.add_readers();
  at_node.set_counter("loket-1");
  at_node.set_pcsc("Virtual PCD");
  config::v1::ReaderConfig& types = *config.add_readers();
  types.set_counter("loket-2");
  types.set_reversed(true);
  return config;
}

class CounterReadersTest : public ::testing::Test {
 protected:
  CounterReadersTest() { readers_.Start(); }
  ~CounterReadersTest() override {
    readers_.Stop();
    stub_.reset();
    server_->Shutdown(absl::Seconds(10));
  }

  // With its first message, which says that the stream is there.
  std::unique_ptr<Stream> Watch(grpc::ClientContext* context, const std::string& counter) {
    v1::WatchScansRequest request;
    request.set_counter(counter);
    auto stream = stub_->WatchScans(context, request);
    Next(*stream);
    return stream;
  }

  // The serial, or the code of the problem; empty for the first message, "end" after the last.
  std::string Next(Stream& stream) {
    v1::WatchScansResponse response;
    if (!stream.Read(&response)) return "end";
    return response.has_problem() ? response.problem().code() : response.serial();
  }

  void Hold(const std::string& uid) {
    machine_.Hold(absl::HexStringToBytes(uid) + std::string("\x90\x00", 2));
  }

  v1::Reader Reader() {
    grpc::ClientContext context;
    v1::ListReadersResponse response;
    EXPECT_TRUE(stub_->ListReaders(&context, {}, &response).ok());
    return response.readers(0);
  }

  tests::VirtualReader machine_;
  CounterReaders readers_{Config()};
  tests::TempFolder folder_;
  const std::unique_ptr<rpc::RunningServer> server_ =
      *rpc::ServeUnix(folder_.path() + "/s", {readers_.service()});
  std::unique_ptr<v1::ScanService::Stub> stub_ =
      v1::ScanService::NewStub(server_->InProcessChannel());
};

TEST_F(CounterReadersTest, ACardThatIsHeldToTheReaderReachesTheScreen) {
  grpc::ClientContext context;
  const auto stream = Watch(&context, "loket-1");
  Hold("04A1B2C3D4E5F6");
  EXPECT_EQ(Next(*stream), "04A1B2C3D4E5F6");
  machine_.Hold(std::string("\x6A\x81", 2));
  EXPECT_EQ(Next(*stream), "K-237") << "a card of another kind is no guess";
  Hold("DEADBEEF");
  EXPECT_EQ(Next(*stream), "DEADBEEF");
  EXPECT_TRUE(Reader().connected());
  EXPECT_NE(Reader().name().find("Virtual PCD"), std::string::npos);
  context.TryCancel();
}

TEST_F(CounterReadersTest, AnotherScreenOfTheCounterTakesTheReaderOver) {
  grpc::ClientContext context_before;
  const auto before = Watch(&context_before, "loket-1");
  grpc::ClientContext context_now;
  const auto now = Watch(&context_now, "loket-1");
  EXPECT_EQ(Next(*before), "end");
  EXPECT_EQ(before->Finish().error_code(), grpc::StatusCode::ABORTED);
  Hold("04A1B2C3D4E5F6");
  EXPECT_EQ(Next(*now), "04A1B2C3D4E5F6");
  readers_.Stop();
  EXPECT_EQ(Next(*now), "end");
  EXPECT_EQ(now->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(CounterReadersTest, ACounterWhoseReaderTypesStreamsNothing) {
  for (const auto& [counter, code] : {std::pair{"loket-2", grpc::StatusCode::FAILED_PRECONDITION},
                                      std::pair{"loket-3", grpc::StatusCode::NOT_FOUND}}) {
    grpc::ClientContext context;
    const auto stream = Watch(&context, counter);
    EXPECT_EQ(stream->Finish().error_code(), code) << counter;
  }
  grpc::ClientContext context;
  v1::ReadScanRequest request;
  request.set_counter("loket-2");
  request.set_field(v1::SCAN_FIELD_BLANK);
  request.set_typed("f6e5d4c3b2a104\n");
  v1::ReadScanResponse response;
  ASSERT_TRUE(stub_->ReadScan(&context, request, &response).ok());
  EXPECT_EQ(response.text(), "04A1B2C3D4E5F6");
}

}  // namespace
}  // namespace keping::edge
