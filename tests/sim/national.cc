#include "tests/sim/national.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "central_node/national/national_codec.h"
#include "common/base/check.h"
#include "keping/national/v1/national.pb.h"

namespace keping::sim {
namespace {

using domain::CaseKind;

// Of all records, those that are out on the first day; the others come day by day.
constexpr size_t kFirstDayPercent = 40;
// One record in so many is unknown to the department that takes the reports.
constexpr uint64_t kUnknownOneIn = 300;

central::ArrivedRecord ReadBack(const national::v1::Record& proto) {
  auto record = central::ReadRecord(proto);
  KEPING_CHECK(record.ok(), "made records are in order");
  return *std::move(record);
}

national::v1::Record MakeRecord(int number, int office, absl::Time enrolled_at) {
  national::v1::Record proto;
  proto.set_prr(absl::StrFormat("P%06d", number));
  proto.set_version(1);
  proto.set_nik(absl::StrFormat("51060%d%02d%02d%02d%04d", 1 + office % 9, 1 + number / 9999 % 28,
                                1 + number % 12, number % 90, 1 + number % 9999));
  proto.set_village_code(absl::StrCat(KecamatanOf(office), ".", 2001 + number % 7));
  proto.set_enrolled_at_micros(absl::ToUnixMicros(enrolled_at));
  proto.set_specimen(true);
  return proto;
}

national::v1::ReportItem ItemOf(const central::NamedReport& report) {
  national::v1::ReportItem item;
  item.set_item(report.item);
  item.set_kind(report.row.kind == domain::ReportKind::kPrinted
                    ? national::v1::REPORT_KIND_PRINTED
                    : national::v1::REPORT_KIND_SPOILED);
  item.set_prr(report.row.prr.value());
  item.set_prr_version(report.row.prr_version);
  item.set_blank(report.row.blank.text());
  item.set_at_micros(report.row.at_micros);
  return item;
}

}  // namespace

std::string KecamatanOf(int office) { return absl::StrFormat("51.06.%02d", office + 1); }

Supply DrawSupply(World& world, int cards) {
  base::Prng prng = world.Fork();
  const int offices =
      HasDistrictPrinter(world.options()) ? world.options().nodes - 1 : world.options().nodes;
  Supply supply;
  for (int i = 0; i < cards; ++i) {
    const auto office = static_cast<int>(prng.Below(static_cast<uint64_t>(offices)));
    const absl::Time enrolled = world.TrueTime() - absl::Seconds(prng.Below(3'000'000));
    supply.records.push_back(ReadBack(MakeRecord(i, office, enrolled)));
    if (!prng.Chance(1, kUnknownOneIn)) {
      supply.known_prrs.insert(supply.records.back().prr.value());
    }
  }
  const int blanks = cards + cards / 4 + 50;
  supply.allotment.allotment = domain::AllotmentId::Of("allotment-1");
  supply.allotment.bast_number = "BAST-1";
  for (int i = 0; i < blanks; ++i) {
    const std::string serial = i < blanks / 2 ? absl::StrFormat("KPA%07d", i)
                                              : absl::StrFormat("04%012X", prng.Next() >> 16);
    supply.allotment.serials.Insert(domain::BlankSerial::Of(serial));
  }
  return supply;
}

National::National(World* world, Matter* matter, Causes* causes, Centre* centre, Supply supply)
    : world_(*world),
      matter_(*matter),
      causes_(*causes),
      centre_(*centre),
      prng_(world->Fork()),
      to_come_(std::move(supply.records)),
      total_(to_come_.size()),
      allotment_(std::move(supply.allotment)),
      ledger_(std::move(supply.known_prrs), allotment_.serials) {
  // The blanks themselves come with the first lorry.
  allotment_.serials.ForEach(
      [this](const domain::BlankSerial& serial) { matter_.AddBlank(serial); });
}

void National::Start() {
  world_.queue().After(kRound, [this] { Round(); });
}

bool National::done() const {
  const central::CentralNode* node = centre_.node();
  if (node == nullptr) return false;
  const central::NationalCursors& cursors = node->cursors();
  return cursors.records == records_.size() && cursors.withdrawals == withdrawals_.size() &&
         cursors.allotments == 1 && node->report_counts().pending == 0;
}

void National::Round() {
  Release();
  if (world_.plan().withdrawal.Strikes(prng_, kRound)) Withdraw();
  if (world_.plan().new_version.Strikes(prng_, kRound)) IssueNewVersion();
  if (world_.plan().replacement.Strikes(prng_, kRound)) IssueAnother(/*replaces=*/true);
  if (world_.plan().second_record.Strikes(prng_, kRound)) IssueAnother(/*replaces=*/false);
  Start();
}

// ---- What comes about on the national side.

void National::Release() {
  const size_t first = total_ * kFirstDayPercent / 100;
  const size_t each_day = (total_ - first) / static_cast<size_t>(world_.options().days) + 1;
  const size_t out = std::min(total_, first + each_day * static_cast<size_t>(world_.Day()));
  while (!world_.healed() && total_ - to_come_.size() < out) {
    records_.push_back(std::move(to_come_.front()));
    to_come_.pop_front();
  }
}

void National::Withdraw() {
  // Some are withdrawn before the district ever saw them.
  const bool early = !to_come_.empty() && prng_.Chance(1, 10);
  if (!early && records_.empty()) return;
  const central::ArrivedRecord& record =
      early ? to_come_[prng_.Below(to_come_.size())] : records_[prng_.Below(records_.size())];
  if (!withdrawn_.emplace(record.prr.value(), record.version).second) return;
  const bool elsewhere = world_.plan().printed_elsewhere.Strikes(prng_);
  world_.Count(elsewhere ? "printed_elsewhere" : "withdrawal");
  withdrawals_.push_back({.prr = record.prr,
                          .version = record.version + 1,
                          .reason = elsewhere ? domain::WithdrawalReason::kPrintedElsewhere
                                              : domain::WithdrawalReason::kDeath});
  ledger_.Withdraw(record.prr.value());
  causes_.Note(elsewhere ? CaseKind::kPrintedElsewhere : CaseKind::kWithdrawnPrinted,
               record.prr.value());
}

void National::IssueNewVersion() {
  if (records_.empty()) return;
  const central::ArrivedRecord& record = records_[prng_.Below(records_.size())];
  if (withdrawn_.contains(record.prr.value())) return;
  world_.Count("new_version");
  national::v1::Record proto;
  KEPING_CHECK(proto.ParseFromString(record.bytes), "made records are in order");
  proto.set_version(proto.version() + 1);
  causes_.Note(CaseKind::kStalePrint, record.prr.value());
  records_.push_back(ReadBack(proto));
}

// One more record of the same person: it says that it takes the place of the other, or somebody
// enrolled the person twice.
void National::IssueAnother(bool replaces) {
  if (records_.empty()) return;
  const central::ArrivedRecord other = records_[prng_.Below(records_.size())];
  world_.Count(replaces ? "replacement" : "second_record");
  national::v1::Record proto;
  KEPING_CHECK(proto.ParseFromString(other.bytes), "made records are in order");
  proto.set_prr(absl::StrFormat("Q%06d", ++others_));
  proto.set_version(1);
  proto.set_enrolled_at_micros(absl::ToUnixMicros(world_.TrueTime()));
  proto.set_replaces(replaces ? other.prr.value() : "");
  records_.push_back(ReadBack(proto));
  if (replaces) causes_.Note(CaseKind::kCardSuperseded, other.prr.value());
  for (const domain::PrrId& prr : {other.prr, records_.back().prr}) {
    causes_.Note(CaseKind::kTwoCardsOnePerson, prr.value());
  }
}

// ---- The link.

template <typename Answer>
void National::Reply(std::function<Answer()> make, Done<Answer> done) {
  const bool cut = world_.now() < cut_until_;
  world_.queue().After(
      prng_.Between(50 * kMillisecond, 2 * kSecond),
      [this, cut, life = centre_.life(), make = std::move(make), done = std::move(done)] {
        // What the national side did, it did, whether or not the answer arrives.
        absl::StatusOr<Answer> answer = absl::UnavailableError("the line is cut");
        if (!cut) answer = make();
        if (!cut && world_.plan().national_answer_lost.Strikes(prng_)) {
          world_.Count("national_answer_lost");
          answer = absl::DeadlineExceededError("the answer was lost");
        }
        if (life == centre_.life()) done(std::move(answer));
      });
}

uint64_t National::From(uint64_t cursor) {
  if (cursor == 0 || !world_.plan().national_repeat.Strikes(prng_)) return cursor;
  world_.Count("national_repeat");
  return cursor - 1;
}

void National::PullAllotments(uint64_t cursor, Done<central::AllotmentsPage> done) {
  Reply<central::AllotmentsPage>(
      [this, cursor] {
        central::AllotmentsPage page{.allotments = {}, .refused = {}, .cursor = 1};
        if (From(cursor) == 0) page.allotments.push_back(allotment_);
        return page;
      },
      std::move(done));
}

void National::PullWithdrawals(uint64_t cursor, Done<central::WithdrawalsPage> done) {
  Reply<central::WithdrawalsPage>(
      [this, cursor] {
        central::WithdrawalsPage page{
            .withdrawals = {}, .refused = {}, .cursor = withdrawals_.size(), .complete = true};
        page.withdrawals.assign(withdrawals_.begin() + static_cast<ptrdiff_t>(From(cursor)),
                                withdrawals_.end());
        return page;
      },
      std::move(done));
}

void National::PullRecords(uint64_t cursor, Done<central::RecordsPage> done) {
  Reply<central::RecordsPage>(
      [this, cursor] {
        const uint64_t end =
            std::min<uint64_t>(records_.size(), cursor + central::kMaxNationalItems);
        central::RecordsPage page{
            .records = {}, .refused = {}, .cursor = end, .complete = end == records_.size()};
        page.records.assign(records_.begin() + static_cast<ptrdiff_t>(From(cursor)),
                            records_.begin() + static_cast<ptrdiff_t>(end));
        return page;
      },
      std::move(done));
}

void National::Report(const std::vector<central::NamedReport>& items,
                      Done<std::vector<domain::ReportAnswered>> done) {
  Reply<std::vector<domain::ReportAnswered>>(
      [this, items] {
        std::vector<domain::ReportAnswered> answers;
        for (const central::NamedReport& report : items) {
          // Some are left for the next time.
          if (world_.plan().national_answer_lost.Strikes(prng_)) continue;
          const national::v1::ReportAnswer answer = ledger_.Report(ItemOf(report));
          if (!answer.accepted()) causes_.Note(CaseKind::kReportRejected, answer.item());
          answers.push_back({.item = answer.item(),
                             .kind = report.row.kind,
                             .accepted = answer.accepted(),
                             .reason = answer.reason()});
          if (world_.plan().national_repeat.Strikes(prng_)) answers.push_back(answers.back());
        }
        return answers;
      },
      std::move(done));
}

void National::RequestBlanks(const std::vector<central::NamedRequest>& items,
                             Done<std::vector<central::RequestAnswer>> done) {
  Reply<std::vector<central::RequestAnswer>>(
      [this, items] {
        national::v1::RequestBlanksRequest request;
        central::EncodeRequests(items, &request);
        national::v1::RequestBlanksResponse response;
        for (const national::v1::BlankRequest& item : request.items()) {
          // Some are left for the next time.
          if (world_.plan().national_answer_lost.Strikes(prng_)) continue;
          *response.add_answers() = ledger_.Request(item);
          if (world_.plan().national_repeat.Strikes(prng_)) {
            *response.add_answers() = ledger_.Request(item);
          }
        }
        return central::DecodeRequestAnswers(items, response);
      },
      std::move(done));
}

}  // namespace keping::sim
