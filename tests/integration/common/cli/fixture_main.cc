// Makes what keping_command_test.py looks at:
//
//   keping_cli_fixture store DIR      the store of an office after a short day; prints its centre's
//   key keping_cli_fixture damage DIR     flips one byte in it keping_cli_fixture serve SOCKET   an
//   edge node that refuses every print, until its input ends
#include <grpcpp/server_context.h>

#include <iostream>
#include <string>

#include "absl/strings/escaping.h"
#include "common/base/check.h"
#include "common/rpc/server.h"
#include "common/runtime/process.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"
#include "keping/edge/v1/edge.grpc.pb.h"
#include "tests/support/sample_office.h"

namespace keping::tests {
namespace {

class RefusingCounter final : public edge::v1::CounterService::Service {
 public:
  grpc::Status GetStatus(grpc::ServerContext*, const edge::v1::GetStatusRequest*,
                         edge::v1::GetStatusResponse* response) override {
    response->set_node("susut");
    return grpc::Status::OK;
  }
  grpc::Status Print(grpc::ServerContext*, const edge::v1::PrintRequest*,
                     edge::v1::PrintResponse* response) override {
    response->mutable_refusal()->set_code("K-102");
    response->mutable_refusal()->set_sentence("This operator is not certified.");
    return grpc::Status::OK;
  }
};

void MakeStore(const std::string& folder) {
  auto store = storage::OpenRocksDbStore(folder);
  KEPING_CHECK(store.ok(), "the store opens");
  const SampleOffice office(store->get());
  std::cout << absl::BytesToHexString(office.centre_public_key()) << std::endl;
}

void Damage(const std::string& folder) {
  auto store = storage::OpenRocksDbStore(folder);
  KEPING_CHECK(store.ok(), "the store opens");
  std::string entry = **(*store)->Get(storage::EntryKey(3));
  entry.back() = static_cast<char>(entry.back() ^ 1);
  storage::WriteBatch batch;
  batch.Put(storage::EntryKey(3), entry);
  KEPING_CHECK((*store)->Write(batch, storage::Durability::kSynced).ok(), "the store takes it");
}

void Serve(const std::string& socket) {
  RefusingCounter counter;
  const auto server = rpc::ServeUnix(socket, {&counter});
  KEPING_CHECK(server.ok(), "the socket is free");
  std::cout << "ready" << std::endl;
  std::string line;
  std::getline(std::cin, line);
}

int Main(int argc, char** argv) {
  runtime::InitializeProcess();
  KEPING_CHECK(argc == 3, "a verb and a path");
  const std::string verb = argv[1];
  if (verb == "store") MakeStore(argv[2]);
  if (verb == "damage") Damage(argv[2]);
  if (verb == "serve") Serve(argv[2]);
  return 0;
}

}  // namespace
}  // namespace keping::tests

int main(int argc, char** argv) { return keping::tests::Main(argc, argv); }
