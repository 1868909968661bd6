#include "common/config/central_config.h"

#include <gmock/gmock.h>
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
                    certificate_file: "keys/district.pem" key_file: "/secret/district.key" }
         offices { node_id: "susut" name: "Kecamatan Susut" kecamatan_code: "51.06.01" }
         offices { node_id: "district" name: "Dinas" })",
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

TEST(CentralConfigTest, ANumberOfAPaperHasItsThreeParts) {
  v1::CentralConfig config = Complete();
  EXPECT_EQ(config.papers().number_form(), "{number}/{kind}/{year}");
  config.mutable_papers()->set_number_form("470/{number}/{kind}/DKPS-BGL/{year}");
  config.mutable_papers()->add_letterhead("PEMERINTAH KABUPATEN BANGLI");
  EXPECT_TRUE(ValidateCentralConfig("f", config).ok());
  for (const char* wrong : {"{number}/{year}", "{number}/{kind}", "{number} {kind} {year}",
                            "{number}/{kind}/{year}/{month}"}) {
    config.mutable_papers()->set_number_form(wrong);
    EXPECT_THAT(std::string(ValidateCentralConfig("f", config).message()),
                testing::HasSubstr("papers.number_form"))
        << wrong;
  }
  config = Complete();
  config.mutable_papers()->add_letterhead("");
  config.mutable_papers()->set_place(std::string(61, 'x'));
  EXPECT_EQ(std::string(ValidateCentralConfig("f", config).message()),
            "f: papers.letterhead[0]: got 0 bytes, want 1 to 100\n"
            "f: papers.place: got 61 bytes, want at most 60");
}

TEST(CentralConfigTest, AVillageHasANameAndACodeOfItsOwn) {
  v1::CentralConfig config = Complete();
  const auto add = [&](const char* code, const char* name) {
    config.add_villages()->set_code(code);
    config.mutable_villages()->rbegin()->set_name(name);
  };
  add("51.06.01.2001", "Abuan");
  add("51.06.04.2003", "Abuan");
  EXPECT_TRUE(ValidateCentralConfig("f", config).ok()) << "names are not unique";
  add("51.06.01.2001", "Apuan");
  add("51.06.01.20x1", "");
  EXPECT_EQ(std::string(ValidateCentralConfig("f", config).message()),
            "f: villages[2].code: got 51.06.01.2001 again, want each village once\n"
            "f: villages[3].name: got nothing, want a value\n"
            "f: villages[3].code: got 51.06.01.20x1, want a code like 51.06.01.2001");
}

TEST(CentralConfigTest, TheNationIsReachedInOneWay) {
  v1::CentralConfig config = Complete();
  config.mutable_national()->set_exchange_dir("/srv/exchange");
  EXPECT_EQ(std::string(ValidateCentralConfig("f", config).message()),
            "f: national: got an address and an exchange_dir, want one of them: a server that is "
            "asked, or a folder for files that people carry");
  config.mutable_national()->clear_address();
  config.mutable_national()->clear_key_file();
  EXPECT_TRUE(ValidateCentralConfig("f", config).ok());
  config.mutable_national()->set_exchange_dir(config.data_dir() + "/exchange");
  EXPECT_THAT(std::string(ValidateCentralConfig("f", config).message()),
              testing::HasSubstr("want a folder of its own"));
  config.mutable_national()->clear_exchange_dir();
  EXPECT_THAT(std::string(ValidateCentralConfig("f", config).message()),
              testing::HasSubstr("f: national: got no address and no exchange_dir"));
}

TEST(CentralConfigTest, TheConsoleIsWithoutTlsOnThisMachineAlone) {
  v1::CentralConfig config = Complete();
  config.mutable_console()->set_listen("0.0.0.0:8444");
  config.mutable_console()->set_listen_loopback("127.0.0.1:0");
  EXPECT_TRUE(ValidateCentralConfig("f", config).ok());
  config.mutable_console()->set_listen("everywhere");
  config.mutable_console()->set_listen_loopback("0.0.0.0:8080");
  EXPECT_EQ(
      std::string(ValidateCentralConfig("f", config).message()),
      "f: console.listen: got \"everywhere\", want host:port with a port from 0 to 65535, like "
      "127.0.0.1:7443\n"
      "f: console.listen_loopback: got \"0.0.0.0:8080\", want 127.0.0.1:port or [::1]:port; "
      "other addresses go to listen, with TLS");
}

TEST(CentralConfigTest, MetricsAreOnLoopbackUnlessAHostIsNamed) {
  v1::CentralConfig config = Complete();
  EXPECT_FALSE(config.has_metrics());
  config.mutable_metrics()->set_listen(":9464");
  CompleteCentralConfig("/etc/keping", &config);
  EXPECT_EQ(config.metrics().listen(), "127.0.0.1:9464");
  EXPECT_TRUE(ValidateCentralConfig("f", config).ok());
  config.mutable_metrics()->set_listen("[::]:9464");
  EXPECT_EQ(std::string(ValidateCentralConfig("f", config).message()),
            "f: metrics.listen: got \"[::]:9464\", want one address of this machine, such as "
            "127.0.0.1:9464: whoever reaches it may read how many blanks lie where");
}

TEST(CentralConfigTest, OfficesAreNamedOnceAndWellFormed) {
  v1::CentralConfig config = Complete();
  v1::OfficeConfig* office = config.mutable_offices(1);
  office->set_node_id("susut");
  office->set_kecamatan_code("51.06.01");
  EXPECT_EQ(std::string(ValidateCentralConfig("f", config).message()),
            "f: offices[1].node_id: got susut again, want one office for each node\n"
            "f: offices[1].kecamatan_code: got 51.06.01 again, want one office for each kecamatan");
  office->set_node_id("kintamani");
  office->set_kecamatan_code("510604");
  EXPECT_EQ(std::string(ValidateCentralConfig("f", config).message()),
            "f: offices[1].kecamatan_code: got 510604, want a code like 51.06.01, or nothing");
  office->clear_kecamatan_code();
  office->set_node_id("central");
  EXPECT_EQ(std::string(ValidateCentralConfig("f", config).message()),
            "f: offices[1].node_id: got central, want another id, this one is the centre's");
  config.clear_offices();
  EXPECT_EQ(std::string(ValidateCentralConfig("f", config).message()),
            "f: offices: got 0, want a number from 1 to 64");
}

}  // namespace
}  // namespace keping::config
