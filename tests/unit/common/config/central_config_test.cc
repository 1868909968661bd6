#include "common/config/central_config.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace keping::config {
namespace {

v1::CentralConfig Complete() {
  v1::CentralConfig config;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(district_id: "bangli" data_dir: "data" keys_dir: "keys"
         sync_listen: "0.0.0.0:7443" enrolment_listen: "127.0.0.1:0"
         national { address: "national.example:443" ca_file: "keys/national-ca.pem"
                    certificate_file: "keys/district.pem" key_file: "/secret/district.key" })",
      &config));
  CompleteCentralConfig("/etc/keping", &config);
  return config;
}

TEST(CentralConfigTest, DefaultsAndPathsAreFilledIn) {
  const v1::CentralConfig config = Complete();
  EXPECT_EQ(config.api_socket(), "/etc/keping/data/central.sock");
  EXPECT_EQ(config.national().ca_file(), "/etc/keping/keys/national-ca.pem");
  EXPECT_EQ(config.national().key_file(), "/secret/district.key");
  EXPECT_EQ(config.national().poll_seconds(), 10);
  EXPECT_EQ(config.cards_per_day_default(), 50);
  EXPECT_EQ(config.utc_offset_minutes(), 480);
  EXPECT_TRUE(ValidateCentralConfig("f", config).ok());
}

TEST(CentralConfigTest, ProblemsNameTheFieldInsideTheLink) {
  v1::CentralConfig config = Complete();
  config.mutable_national()->set_address("national.example");
  config.mutable_national()->clear_key_file();
  EXPECT_EQ(std::string(ValidateCentralConfig("f", config).message()),
            "f: national.address: got \"national.example\", want host:port with a port from 1 to "
            "65535, like 127.0.0.1:7443\n"
            "f: national.key_file: got nothing, want a value");
}

}  // namespace
}  // namespace keping::config
