// What every NationalRegistry promises: one suite for the gRPC adapter with the national simulator
// behind it, the folder with files that people carry, and the national side of the simulator.
#include "central_node/national/national_registry.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/channel.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "central_node/national/file_national_registry.h"
#include "central_node/national/grpc_national_registry.h"
#include "common/base/epoch_days.h"
#include "common/exchange/json_rows.h"
#include "common/files/file.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/runtime/core_thread.h"
#include "common/time/simulated_clock.h"
#include "common/time/system_clock.h"
#include "deploy/bangli/allotment.h"
#include "deploy/bangli/generator.h"
#include "deploy/national_simulator/directorate.h"
#include "deploy/national_simulator/service.h"
#include "tests/sim/causes.h"
#include "tests/sim/centre.h"
#include "tests/sim/chronicle.h"
#include "tests/sim/laws.h"
#include "tests/sim/matter.h"
#include "tests/sim/national.h"
#include "tests/support/dirty_rows.h"
#include "tests/support/temp_folder.h"

namespace keping::central {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr uint64_t kRecords = 1100;  // more than two pages
constexpr uint64_t kBlanks = 60;

// A registry with a national side behind it.
class Subject {
 public:
  virtual ~Subject() = default;
  virtual NationalRegistry& registry() = 0;
  // Calls `start` on the registry's thread and goes on until it has called what it is given.
  virtual void Do(const std::function<void(const std::function<void()>& done)>& start) = 0;
  virtual uint64_t records() const = 0;
  virtual domain::SerialSet blanks() const = 0;
  virtual uint64_t accepted() const = 0;
  // Blanks that the other side's ledger says were asked for and granted.
  virtual uint64_t granted() const = 0;
  // From now on some reports stay without an answer, or until it heals.
  virtual void LeaveSomeUnanswered() = 0;
  virtual void Heal() = 0;
  // Where people carry: they come by, and the answers are there when they are gone.
  virtual void LetPeopleCarry() {}
};

class GrpcSubject : public Subject {
 public:
  GrpcSubject() {
    server_ = *rpc::ServeUnix(socket(), {&service_});
    registry_ = std::make_unique<GrpcNationalRegistry>(
        &core_, [this] { return rpc::MakeUnixChannel(socket()); });
  }
  ~GrpcSubject() override {
    registry_.reset();
    core_.Stop(runtime::CoreThread::Waiting::kRun);
  }
  NationalRegistry& registry() override { return *registry_; }
  void Do(const std::function<void(const std::function<void()>&)>& start) override {
    absl::Notification done;
    core_.PostAfter(absl::ZeroDuration(), [&] { start([&] { done.Notify(); }); });
    done.WaitForNotification();
  }
  uint64_t records() const override { return kRecords; }
  domain::SerialSet blanks() const override { return bangli::MakeAllotment(1, kBlanks).serials; }
  uint64_t accepted() const override { return directorate_.GetLedger().spoiled(); }
  uint64_t granted() const override { return directorate_.GetLedger().blanks_requested(); }
  void LeaveSomeUnanswered() override {
    national::v1::Faults faults;
    faults.set_items_at_most(2);
    EXPECT_TRUE(directorate_.SetFaults(faults).ok());
  }
  void Heal() override { EXPECT_TRUE(directorate_.SetFaults({}).ok()); }

 private:
  std::string socket() const { return folder_.path() + "/national"; }

  const tests::TempFolder folder_;
  const time::SystemClock clock_;
  runtime::CoreThread core_{&clock_, 64};
  national_simulator::Directorate directorate_{
      {.generator = {.count = kRecords, .picture_bytes = 0}, .blanks = kBlanks}};
  national_simulator::NationalServiceImpl service_{&directorate_};
  std::unique_ptr<rpc::RunningServer> server_;
  std::unique_ptr<GrpcNationalRegistry> registry_;
};

// The other end of the folder: a clerk with the files and a ledger.
class FileSubject : public Subject {
 public:
  FileSubject() {
    const auto post = [this](std::function<void()> task) { tasks_.push_back(std::move(task)); };
    registry_ = *FileNationalRegistry::Open(folder_.path(),
                                            {.clock = &clock_, .work = post, .answer = post});
    const bangli::Generator generator({.count = kRecords, .picture_bytes = 0});
    std::string csv = tests::HeaderRow(';') + "\n";
    for (size_t i = 0; i < kRecords; ++i) {
      csv += tests::JoinRow(tests::RecordFields(generator.MakeText(i)), ';') + "\n";
    }
    Drop("records.csv", csv);
    Drop("withdrawals.csv", absl::StrCat("prr;version;reason\n", bangli::PrrId(3), ";2;death\n"));
    Drop("allotments.csv", absl::StrCat("allotment;bast_number;date;serials;quantity\nA-1;B/1;"
                                        "2017-04-20;\"",
                                        blanks().ToString(), "\";", kBlanks, "\n"));
    // Looked at twice.
    Do([this](const auto& done) { registry_->PullRecords(0, [done](const auto&) { done(); }); });
    Do([this](const auto& done) {
      registry_->PullWithdrawals(0, [done](const auto&) { done(); });
    });
    Do([this](const auto& done) { registry_->PullAllotments(0, [done](const auto&) { done(); }); });
    clock_.Advance(SettledFiles::kSettled);
  }
  NationalRegistry& registry() override { return *registry_; }
  void Do(const std::function<void(const std::function<void()>&)>& start) override {
    start([] {});
    while (!tasks_.empty()) {
      const auto task = std::move(tasks_.front());
      tasks_.pop_front();
      task();
    }
  }
  uint64_t records() const override { return kRecords; }
  domain::SerialSet blanks() const override { return bangli::MakeAllotment(1, kBlanks).serials; }
  uint64_t accepted() const override { return ledger_.totals().spoiled; }
  uint64_t granted() const override { return ledger_.totals().blanks_requested; }
  void LeaveSomeUnanswered() override { at_most_ = 2; }
  void Heal() override { at_most_ = kMaxCarriedReports; }
  void LetPeopleCarry() override {
    std::string csv = "item,accepted,reason\n";
    for (const auto& item : Carried<national::v1::ReportItem>("reports.json")) {
      const national::v1::ReportAnswer answer = ledger_.Report(item);
      csv += exchange::CsvLine({answer.item(), answer.accepted() ? "yes" : "no", answer.reason()});
    }
    Drop("answers.csv", csv);
    csv = "item,accepted,expected,reason\n";
    for (const auto& item : Carried<national::v1::BlankRequest>("requests.json")) {
      const national::v1::BlankRequestAnswer answer = ledger_.Request(item);
      csv += exchange::CsvLine(
          {answer.item(), answer.accepted() ? "yes" : "no",
           answer.has_expected_days()
               ? absl::FormatCivilTime(base::FromEpochDays(answer.expected_days()))
               : "",
           answer.reason()});
    }
    Drop("request-answers.csv", csv);
    Do([this](const auto& done) { registry_->Report({}, [done](const auto&) { done(); }); });
    Do([this](const auto& done) { registry_->RequestBlanks({}, [done](const auto&) { done(); }); });
    clock_.Advance(SettledFiles::kSettled);
  }

 private:
  // What lies in out/, as far as the clerk takes it.
  template <typename Item>
  std::vector<Item> Carried(const std::string& name) {
    std::vector<Item> items;
    const auto json = files::ReadFile(folder_.path() + "/out/" + name, 1 << 24);
    if (!json.ok()) return items;  // nothing of it was ever asked
    exchange::JsonRows rows(*json);
    while (items.size() < at_most_) {
      const auto row = rows.Next();
      if (!row.has_value()) break;
      EXPECT_TRUE(google::protobuf::util::JsonStringToMessage({row->text.data(), row->text.size()},
                                                              &items.emplace_back())
                      .ok());
    }
    return items;
  }
  void Drop(const std::string& name, const std::string& bytes) {
    EXPECT_TRUE(
        files::WriteFile(folder_.path() + "/in/" + name, bytes, files::Access::kOwnerOnly).ok());
  }

  const tests::TempFolder folder_;
  time::SimulatedClock clock_{absl::FromUnixSeconds(1'500'000'000)};
  std::deque<std::function<void()>> tasks_;
  national_simulator::Ledger ledger_{{}, blanks()};
  size_t at_most_ = kMaxCarriedReports;
  std::unique_ptr<FileNationalRegistry> registry_;
};

class SimulatedSubject : public Subject {
 public:
  SimulatedSubject() {
    national_.Start();
    while (world_.queue().RunNext(sim::kHour)) {
    }
    world_.Heal();
  }
  NationalRegistry& registry() override { return national_; }
  void Do(const std::function<void(const std::function<void()>&)>& start) override {
    bool done = false;
    start([&] { done = true; });
    while (!done) ASSERT_TRUE(world_.queue().RunNext(world_.now() + sim::kHour));
  }
  // What is out on the first day.
  uint64_t records() const override { return 0; }
  domain::SerialSet blanks() const override { return national_.allotted(); }
  uint64_t accepted() const override { return national_.ledger().totals().spoiled; }
  uint64_t granted() const override { return national_.ledger().totals().blanks_requested; }
  void LeaveSomeUnanswered() override { national_.Cut(365 * sim::kDay); }
  void Heal() override { national_.Mend(); }

 private:
  sim::World world_{1, {.days = 1, .nodes = 1}};
  sim::Matter matter_;
  sim::Chronicle chronicle_{1};
  sim::Causes causes_;
  sim::Laws laws_{&world_, &matter_, &chronicle_};
  std::unique_ptr<crypto::Verifier> verifier_ = crypto::MakeKeyedHashVerifier();
  std::unique_ptr<crypto::Signer> signer_ = crypto::MakeKeyedHashSigner("key");
  sim::Centre centre_{&world_, &laws_, {}, {.signer = signer_.get(), .verifier = verifier_.get()}};
  sim::National national_{&world_, &matter_, &causes_, &centre_, sim::DrawSupply(world_, kRecords)};
};

struct Implementation {
  std::string name;
  std::function<std::unique_ptr<Subject>()> make;
};

class NationalRegistryContractTest : public testing::TestWithParam<Implementation> {
 protected:
  RecordsPage Records(uint64_t cursor) {
    absl::StatusOr<RecordsPage> got;
    subject_->Do([&](const auto& done) {
      registry().PullRecords(cursor, [&got, done](absl::StatusOr<RecordsPage> page) {
        got = std::move(page);
        done();
      });
    });
    EXPECT_TRUE(got.ok()) << got.status();
    return got.ok() ? *got : RecordsPage();
  }
  // All pages from a cursor on.
  std::vector<RecordsPage> AllFrom(uint64_t cursor) {
    std::vector<RecordsPage> pages;
    do {
      pages.push_back(Records(pages.empty() ? cursor : pages.back().cursor));
    } while (!pages.back().complete && pages.size() < 100);
    return pages;
  }
  static std::vector<std::string> KeysOf(const std::vector<RecordsPage>& pages) {
    std::vector<std::string> keys;
    for (const RecordsPage& page : pages) {
      for (const ArrivedRecord& record : page.records) {
        keys.push_back(absl::StrCat(record.prr.value(), " ", record.version));
      }
    }
    return keys;
  }
  AllotmentsPage Allotments(uint64_t cursor) {
    absl::StatusOr<AllotmentsPage> got;
    subject_->Do([&](const auto& done) {
      registry().PullAllotments(cursor, [&got, done](absl::StatusOr<AllotmentsPage> page) {
        got = std::move(page);
        done();
      });
    });
    EXPECT_TRUE(got.ok()) << got.status();
    return got.ok() ? *got : AllotmentsPage();
  }
  // Blanks of the allotment that were spoiled: item-0 …
  std::vector<NamedReport> Items(size_t count) {
    std::vector<NamedReport> items;
    subject_->blanks().ForEach([&](const domain::BlankSerial& blank) {
      if (items.size() == count) return;
      NamedReport item{.item = absl::StrCat("item-", items.size()), .row = {}};
      item.row.kind = domain::ReportKind::kSpoiled;
      item.row.blank = blank;
      items.push_back(item);
    });
    return items;
  }
  absl::StatusOr<std::vector<domain::ReportAnswered>> Ask(const std::vector<NamedReport>& items) {
    absl::StatusOr<std::vector<domain::ReportAnswered>> got;
    int calls = 0;
    subject_->Do([&](const auto& done) {
      registry().Report(items, [&, done](auto answers) {
        got = std::move(answers);
        ++calls;
        done();
      });
      EXPECT_EQ(calls, 0) << "an answer comes later";
    });
    EXPECT_EQ(calls, 1);
    return got;
  }
  absl::StatusOr<std::vector<domain::ReportAnswered>> Report(
      const std::vector<NamedReport>& items) {
    if (!registry().carried_by_people()) return Ask(items);
    const auto before = Ask(items);
    EXPECT_TRUE(before.ok() && before->empty());
    subject_->LetPeopleCarry();
    return Ask(items);
  }
  static std::vector<NamedRequest> Requests(const std::vector<uint64_t>& quantities) {
    std::vector<NamedRequest> items;
    for (uint64_t quantity : quantities) {
      NamedRequest item{.item = absl::StrCat("request-", items.size()),
                        .request = domain::RequestId::Of(absl::StrCat("470/", items.size())),
                        .row = {}};
      item.row.quantity = quantity;
      item.row.needed_by = absl::CivilDay(2017, 6, 14);
      items.push_back(std::move(item));
    }
    return items;
  }
  absl::StatusOr<std::vector<RequestAnswer>> AskForBlanks(const std::vector<NamedRequest>& items) {
    absl::StatusOr<std::vector<RequestAnswer>> got;
    subject_->Do([&](const auto& done) {
      registry().RequestBlanks(items, [&, done](auto answers) {
        got = std::move(answers);
        done();
      });
    });
    return got;
  }
  absl::StatusOr<std::vector<RequestAnswer>> RequestBlanks(const std::vector<NamedRequest>& items) {
    if (!registry().carried_by_people()) return AskForBlanks(items);
    const auto before = AskForBlanks(items);
    EXPECT_TRUE(before.ok() && before->empty());
    subject_->LetPeopleCarry();
    return AskForBlanks(items);
  }
  // Those that still wait after the answers.
  static void Strike(const std::vector<domain::ReportAnswered>& answers,
                     std::vector<NamedReport>* items) {
    for (const domain::ReportAnswered& answer : answers) {
      std::erase_if(*items, [&](const NamedReport& item) { return item.item == answer.item; });
    }
  }
  NationalRegistry& registry() { return subject_->registry(); }

  std::unique_ptr<Subject> subject_ = GetParam().make();
};

TEST_P(NationalRegistryContractTest, PagesHandOutEachRowOnceAndEnd) {
  const std::vector<RecordsPage> pages = AllFrom(0);
  const std::vector<std::string> keys = KeysOf(pages);
  EXPECT_FALSE(keys.empty());
  if (subject_->records() > 0) {
    EXPECT_THAT(keys, SizeIs(subject_->records()));
  }
  EXPECT_THAT((std::set<std::string>(keys.begin(), keys.end())), SizeIs(keys.size()));
  for (const RecordsPage& page : pages) EXPECT_LE(page.records.size(), kMaxNationalItems);
  const RecordsPage end = Records(pages.back().cursor);
  EXPECT_THAT(end.records, IsEmpty());
  EXPECT_TRUE(end.complete);
  EXPECT_EQ(end.cursor, pages.back().cursor);
}

TEST_P(NationalRegistryContractTest, ACursorThatIsAskedAgainGivesTheSame) {
  const RecordsPage first = Records(0);
  EXPECT_EQ(KeysOf({Records(0)}), KeysOf({first}));
  const std::vector<RecordsPage> rest = AllFrom(first.cursor);
  EXPECT_EQ(KeysOf(AllFrom(first.cursor)), KeysOf(rest));
  // From the beginning too, as a district asks that lost its records.
  EXPECT_EQ(KeysOf(AllFrom(0)).size(), first.records.size() + KeysOf(rest).size());
}

TEST_P(NationalRegistryContractTest, AnAllotmentComesOnceAfterItsCursor) {
  const AllotmentsPage page = Allotments(0);
  ASSERT_THAT(page.allotments, SizeIs(1));
  EXPECT_EQ(page.allotments[0].serials, subject_->blanks());
  EXPECT_NE(page.cursor, 0u);
  EXPECT_EQ(Allotments(0).cursor, page.cursor);
  const AllotmentsPage end = Allotments(page.cursor);
  EXPECT_THAT(end.allotments, IsEmpty());
  EXPECT_EQ(end.cursor, page.cursor);
}

TEST_P(NationalRegistryContractTest, EveryItemHasItsOwnAnswer) {
  std::vector<NamedReport> items = Items(3);
  items[1].row.blank = domain::BlankSerial::Of("NOBODYS1");
  const auto answers = Report(items);
  ASSERT_TRUE(answers.ok()) << answers.status();
  ASSERT_THAT(*answers, SizeIs(3));
  for (const domain::ReportAnswered& answer : *answers) {
    const bool unknown = answer.item == items[1].item;
    EXPECT_EQ(answer.accepted, !unknown);
    EXPECT_EQ(answer.reason, unknown ? "unknown_blank" : "");
  }
  EXPECT_EQ(subject_->accepted(), 2u);
}

TEST_P(NationalRegistryContractTest, AnItemThatIsReportedAgainCountsOnce) {
  const std::vector<NamedReport> items = Items(5);
  for (int i = 0; i < 3; ++i) {
    const auto answers = Report(items);
    ASSERT_TRUE(answers.ok()) << answers.status();
    EXPECT_THAT(*answers, SizeIs(5));
    for (const domain::ReportAnswered& answer : *answers) EXPECT_TRUE(answer.accepted);
  }
  EXPECT_EQ(subject_->accepted(), 5u);
}

TEST_P(NationalRegistryContractTest, AnItemWithoutAnAnswerIsReportedAgain) {
  std::vector<NamedReport> items = Items(7);
  subject_->LeaveSomeUnanswered();
  const auto some = Report(items);
  if (some.ok()) {
    EXPECT_LT(some->size(), items.size());
    Strike(*some, &items);
  } else {
    EXPECT_TRUE(absl::IsUnavailable(some.status())) << some.status();
  }
  subject_->Heal();
  const auto others = Report(items);
  ASSERT_TRUE(others.ok()) << others.status();
  Strike(*others, &items);
  EXPECT_THAT(items, IsEmpty());
  EXPECT_EQ(subject_->accepted(), 7u);
}

TEST_P(NationalRegistryContractTest, EveryRequestForBlanksHasItsOwnAnswer) {
  std::vector<NamedRequest> items =
      Requests({5387, national_simulator::Ledger::kMostBlanks + 1, 20});
  const auto answers = RequestBlanks(items);
  ASSERT_TRUE(answers.ok()) << answers.status();
  ASSERT_THAT(*answers, SizeIs(3));
  for (const RequestAnswer& answer : *answers) {
    const bool too_many = answer.item == items[1].item;
    EXPECT_EQ(answer.accepted, !too_many);
    EXPECT_EQ(answer.reason, too_many ? "too_many" : "");
    if (!too_many) {
      EXPECT_EQ(answer.expected, absl::CivilDay(2017, 6, 14));
    }
  }
  EXPECT_EQ(subject_->granted(), 5407u);
}

TEST_P(NationalRegistryContractTest, ARequestThatIsRepeatedCountsOnce) {
  const std::vector<NamedRequest> items = Requests({500});
  for (int i = 0; i < 3; ++i) {
    const auto answers = RequestBlanks(items);
    ASSERT_TRUE(answers.ok()) << answers.status();
    ASSERT_THAT(*answers, SizeIs(1));
    EXPECT_TRUE(answers->front().accepted);
  }
  EXPECT_EQ(subject_->granted(), 500u);
}

TEST_P(NationalRegistryContractTest, ARequestWithoutAnAnswerIsAskedAgain) {
  std::vector<NamedRequest> items = Requests({10, 20, 30});
  subject_->LeaveSomeUnanswered();
  const auto some = RequestBlanks(items);
  if (some.ok()) {
    EXPECT_LT(some->size(), items.size());
  } else {
    EXPECT_TRUE(absl::IsUnavailable(some.status())) << some.status();
  }
  subject_->Heal();
  ASSERT_TRUE(RequestBlanks(items).ok());
  EXPECT_EQ(subject_->granted(), 60u);
}

INSTANTIATE_TEST_SUITE_P(
    All, NationalRegistryContractTest,
    testing::Values(Implementation{"Grpc", [] { return std::make_unique<GrpcSubject>(); }},
                    Implementation{"Files", [] { return std::make_unique<FileSubject>(); }},
                    Implementation{"Simulated",
                                   [] { return std::make_unique<SimulatedSubject>(); }}),
    [](const auto& implementation) { return implementation.param.name; });

}  // namespace
}  // namespace keping::central
