#include "common/crypto/hash.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"

namespace keping::crypto {
namespace {

struct Sha256Vector {
  std::string message;
  const char* digest;
};

// FIPS 180-4 examples, from NIST's SHA256.pdf.
TEST(HashTest, Sha256KnownAnswers) {
  const Sha256Vector vectors[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1000000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const Sha256Vector& vector : vectors) {
    EXPECT_EQ(Sha256({vector.message}).Hex(), vector.digest);
  }
}

TEST(HashTest, PartsAreHashedOneAfterTheOther) {
  EXPECT_EQ(Sha256({"a", "", "bc"}), Sha256({"abc"}));
  EXPECT_EQ(KeyedHash("key", {"a", "bc"}), KeyedHash("key", {"abc"}));
}

struct HmacVector {
  std::string key;
  std::string data;
  const char* mac;
};

// RFC 4231, test cases 1 to 4, 6 and 7 (5 is truncated).
TEST(HashTest, KeyedHashKnownAnswers) {
  const HmacVector vectors[] = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {absl::HexStringToBytes("0102030405060708090a0b0c0d0e0f10111213141516171819"),
       std::string(50, '\xcd'), "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {std::string(131, '\xaa'),
       "This is a test using a larger than block-size key and a larger than block-size data. The "
       "key needs to be hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
  for (const HmacVector& vector : vectors) {
    EXPECT_EQ(KeyedHash(vector.key, {vector.data}).Hex(), vector.mac);
  }
}

TEST(HashTest, BytesRoundTrip) {
  const Hash hash = Sha256({"abc"});
  EXPECT_EQ(*Hash::FromBytes(hash.AsBytes()), hash);
  EXPECT_TRUE(absl::IsInvalidArgument(Hash::FromBytes("short").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Hash::FromBytes(std::string(33, 'x')).status()));
}

TEST(HashTest, ZeroStandsForNone) {
  EXPECT_TRUE(Hash().IsZero());
  EXPECT_FALSE(Sha256({}).IsZero());
  EXPECT_EQ(Hash().Hex(), std::string(64, '0'));
}

TEST(RunningHashTest, PiecesMakeTheHashOfTheWhole) {
  RunningHash hash;
  for (const char* piece : {"a", "", "bc"}) hash.Update(piece);
  EXPECT_EQ(hash.Finish(), Sha256({"abc"}));
}

TEST(HashTest, ShortHexIsTheFront) { EXPECT_EQ(Sha256({"abc"}).ShortHex(), "ba7816bf"); }

}  // namespace
}  // namespace keping::crypto
