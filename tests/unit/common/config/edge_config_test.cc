#include "common/config/edge_config.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace keping::config {
namespace {

v1::EdgeConfig Parsed() {
  v1::EdgeConfig config;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(node_id: "edge-1" office_name: "Kintamani" data_dir: "data" keys_dir: "/keys"
         centre_address: "127.0.0.1:7443" centre_enrolment_address: "[::1]:7444"
         application_version: "4.2"
         printers { printer_id: "p1" uri: "ipp://127.0.0.1:8631/ipp/print" })",
      &config));
  return config;
}

v1::EdgeConfig Complete() {
  v1::EdgeConfig config = Parsed();
  CompleteEdgeConfig("/etc/keping", &config);
  return config;
}

TEST(EdgeConfigTest, DefaultsFillWhatWasNotSaid) {
  const v1::EdgeConfig config = Complete();
  EXPECT_EQ(config.data_dir(), "/etc/keping/data");
  EXPECT_EQ(config.keys_dir(), "/keys");
  EXPECT_EQ(config.api_socket(), "/etc/keping/data/edge.sock");
  EXPECT_EQ(config.log_file(), "");
  EXPECT_EQ(config.utc_offset_minutes(), 480);
  EXPECT_EQ(config.printers(0).cards_per_day(), 50);
  EXPECT_EQ(config.printers(0).job_timeout_seconds(), 120);
  EXPECT_TRUE(ValidateEdgeConfig("f", config).ok());
}

TEST(EdgeConfigTest, WhatWasSaidStays) {
  v1::EdgeConfig config = Parsed();
  config.mutable_printers(0)->set_cards_per_day(70);
  config.set_api_socket("run/edge.sock");
  CompleteEdgeConfig("/etc/keping", &config);
  EXPECT_EQ(config.printers(0).cards_per_day(), 70);
  EXPECT_EQ(config.api_socket(), "/etc/keping/run/edge.sock");
}

TEST(EdgeConfigTest, EachProblemHasItsSentence) {
  struct Case {
    std::function<void(v1::EdgeConfig*)> spoil;
    const char* want;
  };
  const Case cases[] = {
      {[](auto* c) { c->set_node_id("Edge 1"); },
       "f: node_id: got \"Edge 1\", want 1 to 63 lower-case letters, digits and hyphens, beginning "
       "and ending with no hyphen"},
      {[](auto* c) { c->clear_office_name(); }, "f: office_name: got nothing, want a value"},
      {[](auto* c) { c->set_centre_address("127.0.0.1"); },
       "f: centre_address: got \"127.0.0.1\", want host:port with a port from 1 to 65535, like "
       "127.0.0.1:7443"},
      {[](auto* c) { c->set_api_socket(std::string(120, 'x')); },
       "f: api_socket: got a path of 120 characters ("},
      {[](auto* c) { c->set_utc_offset_minutes(8); },
       "f: utc_offset_minutes: got 8, want 420 (WIB), 480 (WITA) or 540 (WIT)"},
      {[](auto* c) { c->set_disk_reserve_mb(-1); },
       "f: disk_reserve_mb: got -1, want a number from 16 to 1048576"},
      {[](auto* c) { c->mutable_records()->set_from("18:00"); },
       "f: records: got from \"18:00\" and until \"\", want both, or none for all hours"},
      {[](auto* c) {
         c->mutable_records()->set_from("18.00");
         c->mutable_records()->set_until("06:00");
       },
       "f: records.from: got \"18.00\", want a time of the day, such as 18:00"},
      {[](auto* c) {
         c->mutable_records()->set_from("18:00");
         c->mutable_records()->set_until("18:00");
       },
       "f: records.until: got \"18:00\" again, want another time than from"},
      {[](auto* c) { c->mutable_records()->set_megabytes_per_day(-1); },
       "f: records.megabytes_per_day: got -1, want a number from 0 to 1000000"},
      {[](auto* c) { c->add_readers(); },
       "f: readers[0].counter: got nothing, want 1 to 63 lower-case letters, digits and hyphens"},
      {[](auto* c) { c->clear_printers(); }, "f: printers: got 0, want 1 to 16 printers"},
      {[](auto* c) { c->mutable_printers(0)->set_uri("usb:1"); },
       "f: printers[0].uri: got \"usb:1\", want an address like ipp://127.0.0.1:8631/ipp/print"},
      {[](auto* c) { *c->add_printers() = c->printers(0); },
       "f: printers[1].printer_id: got \"p1\" a second time, want a different id for each "
       "printer"},
      {[](auto* c) { c->mutable_counter()->set_listen("8443"); },
       "f: counter.listen: got \"8443\", want host:port with a port from 0 to 65535"},
      {[](auto* c) { c->mutable_counter()->set_listen_loopback("0.0.0.0:8080"); },
       "f: counter.listen_loopback: got \"0.0.0.0:8080\", want 127.0.0.1:port or [::1]:port; other "
       "addresses go to listen, with TLS"},
      {[](auto* c) { c->mutable_metrics()->set_listen("9464"); },
       "f: metrics.listen: got \"9464\", want host:port with a port from 0 to 65535"},
      {[](auto* c) { c->mutable_metrics()->set_listen("0.0.0.0:9464"); },
       "f: metrics.listen: got \"0.0.0.0:9464\", want one address of this machine, such as "
       "127.0.0.1:9464: whoever reaches it may read"},
  };
  for (const Case& c : cases) {
    v1::EdgeConfig config = Complete();
    c.spoil(&config);
    const absl::Status status = ValidateEdgeConfig("f", config);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << c.want;
    const std::string message(status.message());
    EXPECT_EQ(message.substr(0, std::string(c.want).size()), c.want);
  }
}

TEST(EdgeConfigTest, ATimeOfTheDayHasFiveCharacters) {
  EXPECT_EQ(MinuteOfDay("00:00"), 0);
  EXPECT_EQ(MinuteOfDay("18:30"), 18 * 60 + 30);
  for (const char* text : {"", "6:00", "24:00", "18:60", "18:00 ", "1800", "aa:bb"}) {
    EXPECT_FALSE(MinuteOfDay(text).has_value()) << text;
  }
}

TEST(EdgeConfigTest, CounterMayListenInBothWays) {
  v1::EdgeConfig config = Complete();
  EXPECT_FALSE(config.has_counter());
  config.mutable_counter()->set_listen("0.0.0.0:8443");
  for (const char* loopback : {"", "127.0.0.1:0", "[::1]:8080"}) {
    config.mutable_counter()->set_listen_loopback(loopback);
    EXPECT_TRUE(ValidateEdgeConfig("f", config).ok()) << loopback;
  }
}

TEST(EdgeConfigTest, MetricsAreOffUnlessConfiguredAndOnLoopbackUnlessAHostIsNamed) {
  EXPECT_FALSE(Complete().has_metrics());
  const std::pair<const char*, const char*> cases[] = {{":9464", "127.0.0.1:9464"},
                                                       {"[::1]:9464", "[::1]:9464"},
                                                       {"10.8.0.3:9464", "10.8.0.3:9464"}};
  for (const auto& [said, completed] : cases) {
    v1::EdgeConfig config = Parsed();
    config.mutable_metrics()->set_listen(said);
    CompleteEdgeConfig("/etc/keping", &config);
    EXPECT_EQ(config.metrics().listen(), completed);
    EXPECT_TRUE(ValidateEdgeConfig("f", config).ok()) << said;
  }
}

TEST(EdgeConfigTest, AllProblemsAreToldAtOnce) {
  v1::EdgeConfig config;
  CompleteEdgeConfig("", &config);
  const std::string message(ValidateEdgeConfig("f", config).message());
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 7) << message;
}

}  // namespace
}  // namespace keping::config
