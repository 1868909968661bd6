#include "common/bundle/manifest.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/bundle/pack.h"
#include "common/crypto/signer.h"

namespace keping::bundle {
namespace {

Manifest Sample() {
  return {.kind = Kind::kLog,
          .sender = domain::NodeId::Of("susut"),
          .sender_incarnation = domain::IncarnationId::Of("inc-1"),
          .sender_key = std::string(32, 'k'),
          .recipient = domain::NodeId::Of("central"),
          .recipient_incarnation = {},
          .made_at = absl::FromUnixMicros(1'493'250'000'000'000),
          .first_seq = 18,
          .last_seq = 40,
          .head = {40, crypto::Sha256({"head"})},
          .feed_from = 7,
          .feed_to = 7,
          .feed_state = crypto::Sha256({"state"}),
          .generation = domain::GenerationId::Of("g-1"),
          .generation_order = 1,
          .certificate = "-----BEGIN CERTIFICATE-----\n",
          .key_proof = std::string("\x30\x00\xff", 3),
          .units = 3,
          .unit_bytes = 900,
          .body_bytes = 512,
          .body_hash = crypto::Sha256({"body"})};
}

TEST(ManifestTest, ComesBackAsItWas) {
  for (const Kind kind : {Kind::kLog, Kind::kAnswer, Kind::kRequest, Kind::kSlip}) {
    Manifest manifest = Sample();
    manifest.kind = kind;
    const auto parsed = ParseManifest(EncodeManifest(manifest));
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(*parsed, manifest);
  }
}

TEST(ManifestTest, OnlyItsCanonicalTextIsTaken) {
  const std::string text = EncodeManifest(Sample());
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"manifest 1\n", "manifest 2\n"},
      {"kind log", "kind gol"},
      {"first_seq 18", "first_seq 018"},
      {"first_seq 18", "first_seq -"},
      {"sender susut", "sender su sut"},
      {"sender susut", "sender -"},
      {"recipient central", "recipient -"},
      {"key_proof MAD/", "key_proof MAD_"},
      {"units 3", "units 3 "},
      {"units 3\n", "units 3\r\n"},
      {"generation_order 1", "generation_order 4294967297"},
      {"made_at ", "at "},
      {"6b6b", "6B6b"}};
  for (const auto& [from, to] : changes) {
    const std::string changed = absl::StrReplaceAll(text, {{from, to}});
    ASSERT_NE(changed, text) << from;
    const auto parsed = ParseManifest(changed);
    EXPECT_TRUE(absl::IsInvalidArgument(parsed.status())) << to;
    EXPECT_TRUE(absl::StartsWith(parsed.status().message(), "K-245")) << parsed.status();
  }
  EXPECT_FALSE(ParseManifest(absl::StrCat(text, "more 1\n")).ok());
}

TEST(ManifestTest, CutAnywhereItIsDamaged) {
  const std::string text = EncodeManifest(Sample());
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_TRUE(absl::IsInvalidArgument(ParseManifest(text.substr(0, size)).status())) << size;
  }
}

TEST(ManifestTest, ASignatureIsOfItsKeyAndItsText) {
  const auto signer = crypto::MakeEd25519Signer(std::string(32, 's'));
  const auto other = crypto::MakeEd25519Signer(std::string(32, 'o'));
  const auto verifier = crypto::MakeEd25519Verifier();
  const std::string text = EncodeManifest(Sample());
  const std::string signature = (*signer)->Sign(ManifestStatement(text));
  EXPECT_TRUE(CheckSignature(text, signature, (*signer)->public_key(), *verifier).ok());
  EXPECT_TRUE(
      absl::IsPermissionDenied(CheckSignature(text, signature, (*other)->public_key(), *verifier)));
  Manifest changed = Sample();
  changed.head.seq = 41;
  EXPECT_TRUE(absl::IsPermissionDenied(
      CheckSignature(EncodeManifest(changed), signature, (*signer)->public_key(), *verifier)));
}

}  // namespace
}  // namespace keping::bundle
