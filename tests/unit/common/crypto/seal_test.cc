#include "common/crypto/seal.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"

namespace keping::crypto {
namespace {

RecordCipher CipherOf(char fill) { return *RecordCipher::FromKey(std::string(32, fill)); }

// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
TEST(SealTest, KnownAnswer) {
  const RecordCipher cipher = *RecordCipher::FromKey(
      absl::HexStringToBytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
  const std::string nonce =
      absl::HexStringToBytes("404142434445464748494a4b4c4d4e4f5051525354555657");
  const std::string plaintext =
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
      "sunscreen would be it.";
  const std::string aad = absl::HexStringToBytes("50515253c0c1c2c3c4c5c6c7");
  const std::string sealed = cipher.SealWithNonce(plaintext, aad, nonce);
  EXPECT_EQ(absl::BytesToHexString(sealed.substr(0, kSealKeyIdSize)), cipher.current().value());
  EXPECT_EQ(sealed.substr(kSealKeyIdSize, kSealNonceSize), nonce);
  EXPECT_EQ(absl::BytesToHexString(sealed.substr(kSealKeyIdSize + kSealNonceSize)),
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
            "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
            "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
            "21f9664c97637da9768812f615c68b13b52e"
            "c0875924c1c7987947deafd8780acf49");
  EXPECT_EQ(*cipher.Open(sealed, aad), plaintext);
}

TEST(SealTest, RoundTripOfAnySize) {
  const RecordCipher cipher = CipherOf('k');
  for (const size_t size : {0, 1, 63, 64, 65, 30000}) {
    const std::string plaintext(size, 'p');
    const std::string sealed = cipher.Seal(plaintext, "place");
    EXPECT_EQ(sealed.size(), size + kSealOverhead);
    EXPECT_EQ(*cipher.Open(sealed, "place"), plaintext);
  }
}

TEST(SealTest, NoncesDiffer) {
  const RecordCipher cipher = CipherOf('k');
  EXPECT_NE(cipher.Seal("same", ""), cipher.Seal("same", ""));
}

TEST(SealTest, AnyChangedByteIsFound) {
  const RecordCipher cipher = CipherOf('k');
  const std::string sealed = cipher.Seal("record", "place");
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_TRUE(absl::IsDataLoss(cipher.Open(changed, "place").status())) << i;
    EXPECT_TRUE(absl::IsDataLoss(cipher.Open(sealed.substr(0, i), "place").status())) << i;
  }
}

TEST(SealTest, AnotherPlaceOrKeyDoesNotOpen) {
  const std::string sealed = CipherOf('k').Seal("record", "place");
  EXPECT_TRUE(absl::IsDataLoss(CipherOf('k').Open(sealed, "other place").status()));
  EXPECT_TRUE(absl::IsDataLoss(CipherOf('o').Open(sealed, "place").status()));
}

TEST(SealTest, BothKeysOpenAndTheLastOneSeals) {
  const std::string old_key(32, 'o'), new_key(32, 'n');
  const std::string sealed = CipherOf('o').Seal("record", "place");
  RecordCipher cipher = *RecordCipher::FromKeys({old_key, new_key});
  EXPECT_EQ(cipher.current(), KeyIdOf(new_key));
  EXPECT_EQ(*cipher.Open(sealed, "place"), "record");
  const std::string resealed = cipher.Seal("record", "place");
  EXPECT_EQ(KeyIdOfSealed(sealed), KeyIdOf(old_key));
  EXPECT_EQ(KeyIdOfSealed(resealed), KeyIdOf(new_key));

  cipher.Forget(KeyIdOf(old_key));
  EXPECT_FALSE(cipher.Has(KeyIdOf(old_key)));
  EXPECT_TRUE(absl::IsDataLoss(cipher.Open(sealed, "place").status()));
  EXPECT_EQ(*cipher.Open(resealed, "place"), "record");
}

TEST(SealTest, AKeyAddedAgainBecomesTheCurrentOne) {
  const std::string first(32, '1'), second(32, '2');
  RecordCipher cipher = *RecordCipher::FromKeys({first, second});
  ASSERT_TRUE(cipher.Add(first).ok());
  EXPECT_EQ(cipher.current(), KeyIdOf(first));
  EXPECT_EQ(cipher.ids().size(), 2u);
}

TEST(SealTest, AKeyThatIsNotHereIsNamed) {
  const std::string sealed = CipherOf('k').Seal("record", "place");
  const absl::Status status = CipherOf('o').Open(sealed, "place").status();
  EXPECT_NE(status.message().find(CipherOf('k').current().value()), absl::string_view::npos)
      << status;
  EXPECT_EQ(KeyIdOfSealed("short"), KeyId());
}

TEST(SealTest, KeyOfAnotherSizeIsRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(RecordCipher::FromKey("").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(RecordCipher::FromKey(std::string(31, 'k')).status()));
}

}  // namespace
}  // namespace keping::crypto
