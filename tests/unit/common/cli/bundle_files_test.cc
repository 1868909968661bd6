#include "common/cli/bundle_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "common/cli/bundle_commands.h"
#include "common/crypto/signer.h"
#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class BundleFilesTest : public ::testing::Test {
 protected:
  BundleFilesTest() : signer_(*crypto::MakeEd25519Signer(std::string(32, 's'))) {
    for (int i = 0; i < 300'000; ++i) body_.push_back(static_cast<char>(i * 2654435761u >> 16));
  }

  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }

  std::string ManifestOf(uint64_t first_seq) const {
    bundle::Manifest manifest;
    manifest.sender = domain::NodeId::Of("susut");
    manifest.sender_key = signer_->public_key();
    manifest.recipient = domain::NodeId::Of("central");
    manifest.first_seq = first_seq;
    manifest.last_seq = first_seq + 9;
    manifest.body_bytes = body_.size();
    manifest.body_hash = crypto::Sha256({body_});
    return bundle::EncodeManifest(manifest);
  }

  std::vector<std::string> Write(const std::string& name, uint64_t split_bytes,
                                 uint64_t first_seq = 1) {
    auto writer = BundleWriter::Create(Path(name), split_bytes);
    EXPECT_TRUE(writer.ok()) << writer.status();
    EXPECT_TRUE((*writer)->Append(body_.substr(0, 1000)).ok());
    EXPECT_TRUE((*writer)->Append(body_.substr(1000)).ok());
    const std::string manifest = ManifestOf(first_seq);
    auto files = (*writer)->Finish(manifest, signer_->Sign(bundle::ManifestStatement(manifest)));
    EXPECT_TRUE(files.ok()) << files.status();
    return *files;
  }

  static std::string Body(const FoundBundle& found) {
    std::string body;
    const absl::Status status = ReadBody(found, [&](absl::string_view piece) {
      body.append(piece.data(), piece.size());
      return absl::OkStatus();
    });
    return status.ok() ? body : std::string(status.message());
  }

  tests::TempFolder folder_;
  const std::unique_ptr<crypto::Signer> signer_;
  std::string body_;
};

TEST_F(BundleFilesTest, OneFileComesBack) {
  EXPECT_THAT(Write("one.kbundle", 0), SizeIs(1));
  const auto found = FindBundles({folder_.path()});
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_THAT(found->bundles, SizeIs(1));
  EXPECT_EQ(Body(found->bundles[0]), body_);
  EXPECT_FALSE(std::filesystem::exists(Path("one.kbundle.body"))) << "nothing is left beside it";
}

TEST_F(BundleFilesTest, PartsAreNoLargerThanAskedFor) {
  const std::vector<std::string> files = Write("parts.kbundle", kMinSplitBytes);
  EXPECT_EQ(files.front(), Path("parts.kbundle.001"));
  EXPECT_THAT(files, SizeIs(5));
  for (const std::string& file : files) {
    EXPECT_LE(std::filesystem::file_size(file), kMinSplitBytes);
  }
  std::filesystem::copy(files[1], Path("again"));
  std::filesystem::rename(files[3], Path("zzz"));
  auto found = FindBundles({Path("zzz"), files[4], files[2], files[1], Path("again"), files[0]});
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_THAT(found->bundles, SizeIs(1));
  EXPECT_EQ(Body(found->bundles[0]), body_);

  found = FindBundles({files[4], files[0]});
  EXPECT_EQ(found->bundles[0].parts.Missing(), "2 to 4 of 5");
}

TEST_F(BundleFilesTest, ADamagedPartIsNamedAndAnotherCopyServes) {
  const std::vector<std::string> files = Write("parts.kbundle", kMinSplitBytes);
  std::filesystem::copy(files[1], Path("good"));
  std::filesystem::resize_file(files[1], std::filesystem::file_size(files[1]) - 1);
  const auto found = FindBundles({folder_.path()});
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_THAT(found->damaged, SizeIs(1));
  EXPECT_THAT(found->damaged[0], HasSubstr(files[1] + ": K-245"));
  EXPECT_EQ(Body(found->bundles[0]), body_);
}

// Of a stick of which somebody believes that it carries a day's work.
TEST_F(BundleFilesTest, ADamagedHeadInAFolderIsNotPassedOver) {
  const std::string file = Write("one.kbundle", 0).front();
  const std::string other = Write("two.kbundle", 0, 21).front();
  std::filesystem::rename(other, Path("renamed"));
  std::filesystem::resize_file(Path("renamed"), 100);
  for (const uintmax_t size : {200, 40, 10, 0}) {
    std::filesystem::resize_file(file, size);
    const auto found = FindBundles({folder_.path()});
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_THAT(found->damaged, SizeIs(2)) << size;
  }
}

TEST_F(BundleFilesTest, BundlesOfOneSenderComeInTheOrderOfTheirEntries) {
  Write("a.kbundle", 0, 21);
  Write("b.kbundle", kMinSplitBytes, 11);
  std::ofstream(Path("notes.txt")) << "no bundle";
  const auto found = FindBundles({folder_.path()});
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_THAT(found->bundles, SizeIs(2));
  EXPECT_EQ(found->bundles[0].parts.first().manifest.first_seq, 11u);
  EXPECT_TRUE(found->damaged.empty());
}

TEST_F(BundleFilesTest, NothingIsOverwritten) {
  Write("one.kbundle", 0);
  Write("parts.kbundle", kMinSplitBytes);
  for (const char* name : {"one.kbundle", "parts.kbundle"}) {
    EXPECT_TRUE(absl::IsAlreadyExists(BundleWriter::Create(Path(name), 0).status())) << name;
  }
}

TEST_F(BundleFilesTest, NoBundleIsAnError) {
  std::ofstream(Path("notes.txt")) << "no bundle";
  EXPECT_TRUE(absl::IsNotFound(FindBundles({folder_.path()}).status()));
  EXPECT_TRUE(absl::IsNotFound(FindBundles({Path("absent")}).status()));
  // One that was named is said to be none.
  EXPECT_THAT(FindBundles({Path("notes.txt")})->damaged, SizeIs(1));
}

TEST_F(BundleFilesTest, InspectionComparesTheKey) {
  Write("one.kbundle", 0);
  InspectBundlesRequest request{.paths = {folder_.path()}, .public_key = {}};
  auto inspected = InspectBundles(request);
  ASSERT_TRUE(inspected.ok()) << inspected.status();
  const v1::InspectedBundle one = inspected->bundles(0);
  EXPECT_TRUE(one.signature_good());
  EXPECT_FALSE(one.sender_known());
  EXPECT_EQ(one.first_seq(), 1u);
  request.public_key = one.sender_key();
  EXPECT_TRUE(InspectBundles(request)->bundles(0).sender_known());
  request.public_key[0] = request.public_key[0] == '0' ? '1' : '0';
  EXPECT_FALSE(InspectBundles(request)->bundles(0).sender_known());
}

}  // namespace
}  // namespace keping::cli
