#include "common/rpc/listen.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

namespace keping::rpc {
namespace {

using ::testing::HasSubstr;

TEST(CheckAddressIsFreeTest, PortInUseIsToldWithWhatToDo) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  absl::Cleanup close_listener = [listener] { close(listener); };
  sockaddr_in bound{};
  bound.sin_family = AF_INET;
  bound.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(bound);
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&bound), size), 0);
  ASSERT_EQ(listen(listener, 1), 0);
  ASSERT_EQ(getsockname(listener, reinterpret_cast<sockaddr*>(&bound), &size), 0);
  const std::string address = absl::StrCat("127.0.0.1:", ntohs(bound.sin_port));
  const absl::Status status = CheckAddressIsFree(address);
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(std::string(status.message()),
            absl::StrCat("cannot listen on ", address,
                         ": got \"Address already in use\", want a free port; stop the program "
                         "that has it or configure another port"));
}

TEST(CheckAddressIsFreeTest, FreeAndForeignAddresses) {
  EXPECT_TRUE(CheckAddressIsFree("127.0.0.1:0").ok());
  EXPECT_TRUE(CheckAddressIsFree("localhost:0").ok());
  for (const char* foreign : {"192.0.2.1:7443", "no-port", "no such host:1"}) {
    EXPECT_EQ(CheckAddressIsFree(foreign).code(), absl::StatusCode::kInvalidArgument) << foreign;
  }
}

class PrepareUnixSocketTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  // A bound socket; with `listens`, somebody answers there.
  int Bind(bool listens) {
    const int bound = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    strncpy(address.sun_path, path_.c_str(), sizeof(address.sun_path) - 1);
    EXPECT_EQ(bind(bound, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    EXPECT_TRUE(!listens || listen(bound, 1) == 0);
    return bound;
  }

  std::string folder_ = absl::StrCat("/tmp/listen_test.", getpid());
  std::string path_ = folder_ + "/edge.sock";
};

TEST_F(PrepareUnixSocketTest, RemovesWhatADeadProcessLeft) {
  EXPECT_TRUE(PrepareUnixSocket(path_).ok());
  close(Bind(false));
  ASSERT_TRUE(std::filesystem::exists(path_));
  EXPECT_TRUE(PrepareUnixSocket(path_).ok());
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(PrepareUnixSocketTest, LeavesALivingSocketAlone) {
  const int listener = Bind(true);
  const absl::Status status = PrepareUnixSocket(path_);
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(std::string(status.message()), HasSubstr("this program is running already"));
  EXPECT_TRUE(std::filesystem::exists(path_));
  close(listener);
}

TEST_F(PrepareUnixSocketTest, RefusesWhatItMustNotRemove) {
  std::ofstream(path_) << "somebody's file";
  EXPECT_EQ(PrepareUnixSocket(path_).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(std::filesystem::exists(path_));
  EXPECT_EQ(PrepareUnixSocket(folder_ + "/absent/edge.sock").code(), absl::StatusCode::kNotFound);
  const absl::Status long_path = PrepareUnixSocket(folder_ + "/" + std::string(108, 'x'));
  EXPECT_EQ(long_path.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(long_path.message()), HasSubstr("set api_socket to a shorter path"));
}

}  // namespace
}  // namespace keping::rpc
