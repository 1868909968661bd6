#include "common/bundle/pack.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace keping::bundle {
namespace {

const std::string kSenderSeed(32, 's');
const std::string kRecipientSeed(32, 'r');

class FixedUnits : public Outgoing {
 public:
  explicit FixedUnits(std::vector<std::string> units) : units_(std::move(units)) {}

  absl::StatusOr<std::optional<std::string>> NextUnit() override {
    if (next_ == units_.size()) return std::optional<std::string>();
    return std::optional<std::string>(units_[next_++]);
  }
  Manifest manifest() const override {
    Manifest manifest;
    manifest.sender = domain::NodeId::Of("susut");
    manifest.recipient = domain::NodeId::Of("central");
    manifest.last_seq = next_;
    return manifest;
  }
  std::string recipient_key() const override {
    return (*crypto::MakeEd25519Signer(kRecipientSeed))->public_key();
  }

 private:
  const std::vector<std::string> units_;
  size_t next_ = 0;
};

struct Packed {
  std::string body;
  Manifest manifest;
  size_t pieces = 0;
};

Packed Pack(std::vector<std::string> units, size_t piece_bytes) {
  const auto signer = crypto::MakeEd25519Signer(kSenderSeed);
  auto packer = Packer::Create(std::make_unique<FixedUnits>(std::move(units)), signer->get());
  Packed packed;
  Packer::Piece piece;
  while (!piece.end) {
    piece = *(*packer)->Next(piece_bytes);
    packed.body += piece.bytes;
    ++packed.pieces;
  }
  packed.manifest = *ParseManifest(piece.manifest);
  EXPECT_TRUE(CheckSignature(piece.manifest, piece.signature, packed.manifest.sender_key,
                             *crypto::MakeEd25519Verifier())
                  .ok());
  return packed;
}

absl::Status Unpack(const Manifest& manifest, absl::string_view body,
                    std::vector<std::string>& units) {
  Unpacker unpacker(manifest, *OpenKey::FromSignerSeed(kRecipientSeed),
                    [&](absl::string_view unit) {
                      units.emplace_back(unit);
                      return absl::OkStatus();
                    });
  if (absl::Status status = unpacker.Add(body); !status.ok()) return status;
  return unpacker.Finish();
}

TEST(PackTest, WhatIsPackedComesOut) {
  std::vector<std::string> units;
  for (int i = 0; i < 5000; ++i) units.push_back(absl::StrCat("unit ", i * 2654435761u));
  const Packed packed = Pack(units, 4096);
  EXPECT_GT(packed.pieces, 2u);
  EXPECT_EQ(packed.manifest.units, units.size());
  EXPECT_EQ(packed.manifest.last_seq, units.size());
  EXPECT_EQ(packed.manifest.body_bytes, packed.body.size());
  EXPECT_EQ(packed.manifest.body_hash, crypto::Sha256({packed.body}));
  std::vector<std::string> out;
  EXPECT_TRUE(Unpack(packed.manifest, packed.body, out).ok());
  EXPECT_EQ(out, units);
}

TEST(PackTest, ABodyThatTheManifestDoesNotNameIsDamaged) {
  const Packed packed = Pack({"one"}, 1);
  std::vector<std::string> out;
  Manifest other = packed.manifest;
  other.body_hash = crypto::Sha256({"another"});
  absl::Status status = Unpack(other, packed.body, out);
  EXPECT_TRUE(absl::StartsWith(status.message(), "K-245")) << status;
  status = Unpack(packed.manifest, packed.body.substr(0, packed.body.size() - 1), out);
  EXPECT_TRUE(absl::StartsWith(status.message(), "K-245")) << status;
}

}  // namespace
}  // namespace keping::bundle
