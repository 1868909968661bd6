#include "common/cli/restore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "central_node/store/central_node.h"
#include "central_node/sync_service/district_keys.h"
#include "common/backup/backup_folder.h"
#include "common/backup/escrow_key.h"
#include "common/backup/restore_place.h"
#include "common/base/prng.h"
#include "common/cli/backup_commands.h"
#include "common/files/file.h"
#include "common/keys/key_files.h"
#include "common/keys/machine_witness.h"
#include "common/storage/key_space.h"
#include "common/storage/rocksdb_store.h"
#include "common/time/simulated_clock.h"
#include "tests/support/temp_folder.h"

namespace keping::cli {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kDataKey(crypto::kSealKeySize, 'd');
constexpr absl::Time kMadeAt = absl::FromUnixSeconds(1'493'255'703);
const absl::Duration kKept = absl::Hours(24) * 90;

// A district with one office enrolled, its backup, and a machine to restore it to.
class RestoreTest : public testing::Test {
 protected:
  RestoreTest() : clock_(kMadeAt) {
    fs::create_directories(Path("old"));
    signer_ =
        std::move(central::LoadOrMakeDistrictKeys(Path("old-keys"), "bangli", clock_)->signer);
    EXPECT_TRUE(keys::WriteKeyFile(Path("old-keys"), "data.1.key", kDataKey).ok());
    EXPECT_TRUE(keys::WriteKeyFile(Path("old-keys"), "nik.key", std::string(32, 'n')).ok());
    EXPECT_TRUE(MakeEscrowKey({.to = Path("escrow")}, kMadeAt).ok());
    const auto store = *storage::OpenRocksDbStore(Path("old/db"));
    const auto centre = Open(*store, NoWitness());
    EXPECT_TRUE(centre
                    ->Handle(clock_.Now(), central::EnrolNode{domain::NodeId::Of("susut"),
                                                              domain::IncarnationId::Of("inc-1"),
                                                              std::string(32, 'p')})
                    .ok());
    generation_ = centre->resident().centre.generation.value();
    Back(*store, "backup", true);
    Back(*store, "keyless", false);
    WriteConfig("bangli");
  }

  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }

  static sync::Witness NoWitness() {
    sync::Witness witness;
    witness.missing = true;
    return witness;
  }

  std::unique_ptr<central::CentralNode> Open(storage::KvStore& store,
                                             const sync::Witness& witness) {
    return *central::CentralNode::Open(
        &store,
        {.centre = domain::NodeId::Of("central"),
         .settings = {.offices = {{domain::NodeId::Of("susut"), "51.06.01"}}},
         .cipher = *crypto::RecordCipher::FromKey(kDataKey),
         .nik_lookup_key = "look-up",
         .random = [this](size_t size) { return prng_.Bytes(size); },
         .witness = witness},
        clock_.Now());
  }

  void Back(const storage::KvStore& store, const std::string& name, bool with_keys) {
    backup::BackupOrder order{.district = "bangli",
                              .software = "test",
                              .made_at = kMadeAt,
                              .destroy_by = kMadeAt + kKept,
                              .signer = signer_.get()};
    if (with_keys) {
      const std::string seed = *ReadEscrowSeed(Path("escrow"));
      order.escrow_key = backup::EscrowPairOf(seed)->public_key;
      order.keys = *keys::ReadKeyFiles(Path("old-keys"), "");
    }
    const auto writer = *backup::BackupWriter::Create(Path(name));
    const auto made = backup::MakeBackup(
        store, order,
        [&](absl::string_view file, absl::string_view bytes) {
          return writer->Append(file, bytes);
        },
        [] {});
    ASSERT_TRUE(made.ok()) << made.status();
    ASSERT_TRUE(writer->Finish(*made).ok());
  }

  void WriteConfig(const std::string& district) {
    std::ofstream(Path("central.textproto")) << "district_id: \"" << district << R"("
data_dir: "new"
keys_dir: "new-keys"
sync_listen: "127.0.0.1:0"
enrolment_listen: "127.0.0.1:0"
national { address: "127.0.0.1:1" ca_file: "n.ca" certificate_file: "n.pem" key_file: "n.key" }
offices { node_id: "susut" name: "Susut" kecamatan_code: "51.06.01" }
)";
  }

  RestoreRequest Request() const {
    return {.backup = Path("backup"),
            .config = Path("central.textproto"),
            .escrow_key = Path("escrow")};
  }
  absl::StatusOr<v1::RestoredCentre> Restore(const RestoreRequest& request) {
    return RestoreCentre(request, kMadeAt);
  }
  std::string Refused(const RestoreRequest& request) {
    const auto restored = Restore(request);
    EXPECT_FALSE(fs::exists(backup::DatabaseOf(Path("new"))));
    EXPECT_FALSE(fs::exists(backup::RestoreDraftOf(Path("new"))));
    return std::string(restored.status().message());
  }

  // Starts what was restored, as the program does.
  std::unique_ptr<central::CentralNode> Start() {
    store_ = *storage::OpenRocksDbStore(backup::DatabaseOf(Path("new")));
    return Open(*store_, keys::MachineWitness::Read(Path("new-keys"))->seen());
  }

  void CheckThatItBeganTheNextGeneration(const central::CentralNode& centre) const {
    const central::CentreRow& row = centre.resident().centre;
    EXPECT_NE(row.generation.value(), generation_);
    EXPECT_EQ(row.generation_order, 2u);
    EXPECT_THAT(row.unheard, ElementsAre(domain::NodeId::Of("susut")));
  }

  const tests::TempFolder folder_;
  time::SimulatedClock clock_;
  base::Prng prng_{7};
  std::unique_ptr<crypto::Signer> signer_;
  std::string generation_;
  std::unique_ptr<storage::KvStore> store_;
};

TEST_F(RestoreTest, ABareMachineGetsTheDatabaseAndTheKeysAndBeginsTheNextGeneration) {
  const auto restored = Restore(Request());
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_THAT(restored->report().differences(), IsEmpty());
  EXPECT_EQ(*keys::ReadKeyFiles(Path("new-keys"), ""), *keys::ReadKeyFiles(Path("old-keys"), ""));
  EXPECT_FALSE(fs::exists(backup::RestoreDraftOf(Path("new"))));
  EXPECT_THAT(restored->notes(), testing::Contains(HasSubstr("n.key")))
      << "files of the national link are in no backup";
  CheckThatItBeganTheNextGeneration(*Start());
}

TEST_F(RestoreTest, KeysThatAreThereAreEnoughAndTheirWitnessIsNoProofAnyMore) {
  fs::copy(Path("old-keys"), Path("new-keys"));
  // The log of the backup is as long as the last one that the witness saw.
  const auto old = *storage::OpenRocksDbStore(Path("old/db"));
  const auto centre = Open(*old, NoWitness());
  const auto witness = *keys::MachineWitness::Read(Path("new-keys"));
  ASSERT_TRUE(
      witness.Write(centre->log_incarnation(), {centre->log_head().seq, centre->log_head().hash})
          .ok());
  RestoreRequest request = Request();
  request.backup = Path("keyless");
  request.escrow_key.clear();
  const auto restored = Restore(request);
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_THAT(restored->key_files(), IsEmpty());
  CheckThatItBeganTheNextGeneration(*Start());
}

TEST_F(RestoreTest, WithoutTheKeysNothingIsRestoredAndItSaysWhereTheyAre) {
  RestoreRequest request = Request();
  request.escrow_key.clear();
  EXPECT_THAT(Refused(request), AllOf(HasSubstr("K-289"), HasSubstr("ca.pem is missing"),
                                      HasSubstr("sealed to escrow key")));
  request.backup = Path("keyless");
  EXPECT_THAT(Refused(request),
              AllOf(HasSubstr("K-289"), HasSubstr("The keys are NOT in this backup")));
  request.escrow_key = Path("escrow");
  EXPECT_THAT(Refused(request), HasSubstr("The keys are NOT in this backup"));
  EXPECT_FALSE(fs::exists(Path("new-keys")));
}

TEST_F(RestoreTest, ADataKeyThatIsMissingIsNamed) {
  fs::copy(Path("old-keys"), Path("new-keys"));
  fs::remove(Path("new-keys/data.1.key"));
  RestoreRequest request = Request();
  request.escrow_key.clear();
  EXPECT_THAT(Refused(request),
              AllOf(HasSubstr("K-289"), HasSubstr(crypto::KeyIdOf(kDataKey).value()),
                    HasSubstr("--escrow-key")));
}

TEST_F(RestoreTest, AnotherEscrowKeyOpensNothing) {
  ASSERT_TRUE(MakeEscrowKey({.to = Path("other")}, kMadeAt).ok());
  RestoreRequest request = Request();
  request.escrow_key = Path("other");
  EXPECT_THAT(Refused(request), HasSubstr("K-290"));
  request.escrow_key = Path("other.pub");
  EXPECT_THAT(Refused(request), HasSubstr("K-290"));
}

TEST_F(RestoreTest, KeysOfAnotherDistrictAreNotOverwrittenAndDoNotFit) {
  ASSERT_TRUE(central::LoadOrMakeDistrictKeys(Path("new-keys"), "bangli", clock_).ok());
  const auto before = *keys::ReadKeyFiles(Path("new-keys"), "");
  EXPECT_THAT(Refused(Request()), AllOf(HasSubstr("K-289"), HasSubstr("never overwritten")));
  ASSERT_TRUE(keys::WriteKeyFile(Path("new-keys"), "nik.key", std::string(32, 'n')).ok());
  RestoreRequest request = Request();
  request.escrow_key.clear();
  EXPECT_THAT(Refused(request), HasSubstr("not the one that signed this backup"));
  auto after = *keys::ReadKeyFiles(Path("new-keys"), "");
  after.erase("nik.key");
  EXPECT_EQ(after, before);
}

TEST_F(RestoreTest, ANewerCertificateOfTheCentreStays) {
  ASSERT_TRUE(files::MakePrivateFolder(Path("new-keys")).ok());
  ASSERT_TRUE(keys::WriteKeyFile(Path("new-keys"), "node.pem", "newer").ok());
  ASSERT_TRUE(Restore(Request()).ok());
  EXPECT_EQ((*keys::ReadKeyFiles(Path("new-keys"), "")).at("node.pem"), "newer");
}

TEST_F(RestoreTest, ADataFolderWithSomethingInItIsNotOverwritten) {
  fs::create_directories(Path("new/db.before"));
  EXPECT_THAT(Refused(Request()), AllOf(HasSubstr("K-289"), HasSubstr("got db.before in")));
  EXPECT_FALSE(fs::exists(Path("new-keys")));
}

TEST_F(RestoreTest, ARestoreThatWasCutOffIsRunAgain) {
  fs::create_directories(backup::DatabaseOf(backup::RestoreDraftOf(Path("new"))));
  std::ofstream(backup::DatabaseOf(backup::RestoreDraftOf(Path("new"))) + "/CURRENT") << "torn";
  ASSERT_TRUE(files::MakePrivateFolder(Path("new-keys")).ok());
  ASSERT_TRUE(keys::WriteKeyFile(Path("new-keys"), "data.1.key", kDataKey).ok());
  EXPECT_FALSE(backup::CheckNoRestoreCutOff(Path("new")).ok());
  ASSERT_TRUE(Restore(Request()).ok());
  EXPECT_TRUE(backup::CheckNoRestoreCutOff(Path("new")).ok());
  CheckThatItBeganTheNextGeneration(*Start());
}

TEST_F(RestoreTest, ABackupOfAnotherDistrictIsRefused) {
  WriteConfig("klungkung");
  EXPECT_THAT(Refused(Request()), AllOf(HasSubstr("K-288"), HasSubstr("bangli")));
}

TEST_F(RestoreTest, OneThatShouldHaveBeenDestroyedWantsAWord) {
  EXPECT_THAT(std::string(RestoreCentre(Request(), kMadeAt + kKept).status().message()),
              AllOf(HasSubstr("K-289"), HasSubstr("--past-its-date")));
  RestoreRequest request = Request();
  request.past_its_date = true;
  EXPECT_TRUE(RestoreCentre(request, kMadeAt + kKept).ok());
}

TEST_F(RestoreTest, ADamagedPartLeavesNothing) {
  const std::string part = Path("backup/database.001");
  fs::resize_file(part, fs::file_size(part) - 1);
  EXPECT_THAT(Refused(Request()), HasSubstr("K-288"));
  EXPECT_FALSE(fs::exists(Path("new-keys")));
}

// A backup that the centre signed, whose books do not close.
TEST_F(RestoreTest, ADatabaseThatDoesNotVerifyWantsAWord) {
  const auto store = *storage::OpenRocksDbStore(Path("old/db"));
  storage::WriteBatch batch;
  batch.Put(storage::NodeEntryKey("susut", "inc-1", 1), "no entry");
  ASSERT_TRUE(store->Write(batch, storage::Durability::kSynced).ok());
  Back(*store, "bad", true);
  RestoreRequest request = Request();
  request.backup = Path("bad");
  EXPECT_THAT(Refused(request), AllOf(HasSubstr("K-288"), HasSubstr("--with-differences")));
  request.with_differences = true;
  EXPECT_TRUE(Restore(request).ok());
}

TEST_F(RestoreTest, AListShowsWhatIsToBeDestroyedOrIsNoBackup) {
  fs::create_directories(Path("half.unfinished"));
  const std::string part = Path("keyless/database.001");
  fs::resize_file(part, fs::file_size(part) - 1);
  const auto young = ListBackups({folder_.path()}, kMadeAt);
  ASSERT_TRUE(young.ok()) << young.status();
  ASSERT_EQ(young->backups_size(), 3);
  EXPECT_THAT(young->backups(0).problem(), HasSubstr("not finished"));
  EXPECT_FALSE(NeedsAttention(young->backups(1)));
  EXPECT_THAT(young->backups(2).problem(), HasSubstr("K-288"));
  const auto old = ListBackups({folder_.path()}, kMadeAt + kKept);
  EXPECT_TRUE(old->backups(1).past_its_date());
  EXPECT_TRUE(NeedsAttention(old->backups(1)));
  EXPECT_FALSE(ListBackups({Path("nowhere")}, kMadeAt).ok());
}

TEST_F(RestoreTest, ACheckReadsAllOfItAndTriesTheKey) {
  EXPECT_TRUE(
      CheckBackup({.backup = Path("backup"), .escrow_key = Path("escrow")}, kMadeAt)->keys_open());
  EXPECT_FALSE(CheckBackup({.backup = Path("backup"), .escrow_key = ""}, kMadeAt)->keys_open());
  const std::string part = Path("backup/database.001");
  fs::resize_file(part, fs::file_size(part) - 1);
  EXPECT_THAT(
      std::string(
          CheckBackup({.backup = Path("backup"), .escrow_key = ""}, kMadeAt).status().message()),
      HasSubstr("K-288"));
}

}  // namespace
}  // namespace keping::cli
