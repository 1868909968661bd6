#include "edge_node/maintenance/stick_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "common/base/prng.h"
#include "common/bundle/pack.h"
#include "common/bundle/part.h"
#include "common/crypto/hash.h"
#include "common/crypto/signer.h"
#include "edge_node/maintenance/bundles.h"
#include "tests/support/office.h"

namespace keping::edge {
namespace {

using ::testing::HasSubstr;
using tests::Office;

// The simulated office's centre has a key of another kind, to which nothing can be sealed.
class SealedToTheTest : public bundle::Outgoing {
 public:
  SealedToTheTest(std::unique_ptr<bundle::Outgoing> outgoing, std::string key)
      : outgoing_(std::move(outgoing)), key_(std::move(key)) {}
  absl::StatusOr<std::optional<std::string>> NextUnit() override { return outgoing_->NextUnit(); }
  bundle::Manifest manifest() const override { return outgoing_->manifest(); }
  std::string recipient_key() const override { return key_; }

 private:
  const std::unique_ptr<bundle::Outgoing> outgoing_;
  const std::string key_;
};

class StickDeskTest : public testing::Test {
 protected:
  EdgeNode* Equipped() {
    EXPECT_TRUE(office_.Open().ok());
    office_.Equip();
    return &office_.node();
  }

  // The file as a browser puts it together.
  std::string Export() {
    v1::ReadStickRequest read;
    read.set_export_id(desk_.OpenStick({}).value().export_id());
    std::string body;
    for (;;) {
      read.set_offset(body.size());
      const v1::ReadStickResponse piece = desk_.ReadStick(read).value();
      body += piece.body();
      if (!piece.end()) continue;
      name_ = piece.file_name();
      return piece.head() + body;
    }
  }

  absl::StatusOr<v1::OfferStickResponse> Offer(const std::string& file) {
    v1::OfferStickRequest offer;
    offer.set_start(file.substr(0, bundle::kMaxHeadBytes));
    offer.set_file_bytes(file.size());
    return desk_.OfferStick(offer);
  }
  std::string Why(const std::string& file) { return std::string(Offer(file).status().message()); }

  const std::string seed_ = std::string(32, 's');
  Office office_;
  base::Prng prng_{7};
  std::unique_ptr<crypto::Signer> signer_ = crypto::MakeEd25519Signer(seed_).value();
  std::unique_ptr<crypto::Verifier> verifier_ = crypto::MakeEd25519Verifier();
  Bundles bundles_{Equipped(), nullptr, nullptr};
  rpc::BundleDesk bundle_desk_{
      {.signer = signer_.get(),
       .verifier = verifier_.get(),
       .open_key = bundle::OpenKey::FromSignerSeed(seed_).value(),
       .random = [this](size_t bytes) { return prng_.Bytes(bytes); },
       .open_export =
           [this](const auto& request) -> absl::StatusOr<std::unique_ptr<bundle::Outgoing>> {
         return std::make_unique<SealedToTheTest>(bundles_.OpenExport(request).value(),
                                                  signer_->public_key());
       },
       .open_import = [this](const auto& manifest) { return bundles_.OpenImport(manifest); },
       .take_log = nullptr}};
  StickDesk desk_{&bundle_desk_};
  std::string name_;
};

TEST_F(StickDeskTest, AnExportIsAWholeFile) {
  const std::string file = Export();
  const auto head = bundle::ParsePartHead(file);
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->part.count, 1u);
  EXPECT_EQ(head->bytes + head->part.size, file.size());
  EXPECT_EQ(crypto::Sha256({file.substr(head->bytes)}), head->part.piece_hash);
  EXPECT_EQ(head->manifest.head.seq, office_.node().store().log().head().seq);
  EXPECT_EQ(name_, "susut-" + std::to_string(head->manifest.head.seq) + ".kbundle");
}

TEST_F(StickDeskTest, WhatIsForSomebodyElseIsRefused) {
  EXPECT_THAT(Why(Export()), HasSubstr("K-246"));
}

TEST_F(StickDeskTest, WhatIsNoWholeBundleIsRefused) {
  const std::string file = Export();
  EXPECT_THAT(Why(""), HasSubstr("K-245"));
  EXPECT_THAT(Why("nothing of ours"), HasSubstr("K-245"));
  EXPECT_THAT(Why(file + "more"), HasSubstr("K-245"));
  EXPECT_THAT(Why(file.substr(0, file.size() - 1)), HasSubstr("K-245"));
}

TEST_F(StickDeskTest, OnePartOfSeveralIsRefused) {
  const std::string file = Export();
  bundle::ParsedHead head = bundle::ParsePartHead(file).value();
  head.part.count = 2;
  EXPECT_THAT(Why(bundle::EncodePartHead(head.part) + file.substr(head.bytes)),
              HasSubstr("K-248: got part 1 of 2"));
}

TEST_F(StickDeskTest, AnExportThatIsNotUnderWayIsNotRead) {
  v1::ReadStickRequest read;
  read.set_export_id("guessed");
  EXPECT_TRUE(absl::IsFailedPrecondition(desk_.ReadStick(read).status()));
  v1::WriteStickRequest write;
  write.set_import_id("guessed");
  EXPECT_TRUE(absl::IsFailedPrecondition(desk_.WriteStick(write).status()));
}

}  // namespace
}  // namespace keping::edge
