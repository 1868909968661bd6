#include "central_node/console/bundle_console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/storage/key_space.h"
#include "tests/support/little_district.h"

namespace keping::central {
namespace {

using domain::IncarnationId;
using domain::NodeId;
using ::testing::AllOf;
using ::testing::HasSubstr;

class BundleConsoleTest : public ::testing::Test {
 protected:
  static bundle::Manifest LogOf(const std::string& node, const std::string& incarnation) {
    return {.kind = bundle::Kind::kLog,
            .sender = NodeId::Of(node),
            .sender_incarnation = IncarnationId::Of(incarnation),
            .sender_key = std::string(32, 'k'),
            .recipient = NodeId::Of("central"),
            .recipient_incarnation = {},
            .generation = {}};
  }
  std::string Why(const bundle::Manifest& manifest) {
    return std::string(console_.OpenImport(manifest).status().message());
  }

  tests::LittleDistrict district_{{{"susut", "51.06.01"}}};
  BundleConsole console_{{.node = &district_.centre(),
                          .store = &district_.centre_store(),
                          .hub = &district_.hub(),
                          .signer = &district_.centre_signer(),
                          .verifier = &district_.verifier(),
                          .clock = &district_.clock(),
                          .failed = [](const absl::Status&) {}}};
};

TEST_F(BundleConsoleTest, ALogOfAnEnrolledNodeIsTaken) {
  const auto incoming = console_.OpenImport(LogOf("susut", "susut-1"));
  ASSERT_TRUE(incoming.ok()) << incoming.status();
  EXPECT_EQ((*incoming)->sender_key(), district_.office("susut").signer->public_key());
}

TEST_F(BundleConsoleTest, WhoIsNotEnrolledIsRefusedByName) {
  EXPECT_THAT(Why(LogOf("gianyar", "gianyar-1")),
              AllOf(HasSubstr("K-247"), HasSubstr("gianyar"), HasSubstr("not enrolled here")));
  EXPECT_THAT(Why(LogOf("susut", "susut-2")), AllOf(HasSubstr("K-247"), HasSubstr("susut-2")));
}

TEST_F(BundleConsoleTest, WhatIsForSomebodyElseIsRefusedByName) {
  bundle::Manifest manifest = LogOf("susut", "susut-1");
  manifest.recipient = NodeId::Of("bangli");
  EXPECT_THAT(Why(manifest), AllOf(HasSubstr("K-246"), HasSubstr("for bangli")));
  manifest.kind = bundle::Kind::kSlip;
  EXPECT_THAT(Why(manifest), AllOf(HasSubstr("K-246"), HasSubstr("slip")));
}

TEST_F(BundleConsoleTest, EntriesOfAFileProveThemselves) {
  const std::string first = **district_.office("susut").store.Get(storage::EntryKey(1));
  maintenance::v1::TakeLogRequest request;
  EXPECT_THAT(std::string(console_.TakeLog(request).status().message()), HasSubstr("K-245"));
  request.add_entries(first);
  request.set_signature(std::string(64, 's'));
  EXPECT_THAT(std::string(console_.TakeLog(request).status().message()),
              AllOf(HasSubstr("K-245"), HasSubstr("not by the enrolled key")));
  EXPECT_EQ(district_.centre().held(NodeId::Of("susut"), IncarnationId::Of("susut-1"))->seq, 0u);
}

TEST_F(BundleConsoleTest, NothingIsSealedForWhoIsNotEnrolled) {
  maintenance::v1::OpenExportRequest request;
  request.set_to_node("gianyar");
  EXPECT_TRUE(absl::IsNotFound(console_.OpenExport(request).status()));
  request.set_to_node("susut");
  EXPECT_TRUE(console_.OpenExport(request).ok());
  request.clear_to_node();
  EXPECT_THAT(std::string(console_.OpenExport(request).status().message()), HasSubstr("to_node"));
}

}  // namespace
}  // namespace keping::central
