#include "tests/bench/printing_office.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "common/base/status_macros.h"
#include "common/crypto/random.h"
#include "common/crypto/seal.h"
#include "common/domain/nik.h"
#include "tests/bench/bench_centre.h"
#include "tests/bench/measure.h"

namespace keping::bench {
namespace {

constexpr uint64_t kSuppliedAtOnce = 500;
constexpr uint64_t kCardsPerDay = 50;

domain::OperatorId Ayu() { return domain::OperatorId::Of("ayu"); }

}  // namespace

time::Moment BenchMoment() {
  return {.wall = absl::UnixEpoch() + absl::Hours(1), .monotonic = {}, .boot_id = "boot"};
}

absl::StatusOr<std::unique_ptr<central::CentralNode>> OpenCentreOf(
    storage::KvStore* store, const std::vector<PrintingOfficeOptions>& offices) {
  KEPING_ASSIGN_OR_RETURN(crypto::RecordCipher cipher,
                          crypto::RecordCipher::FromKey(crypto::RandomBytes(crypto::kSealKeySize)));
  central::Settings settings;
  for (const PrintingOfficeOptions& office : offices) {
    settings.offices.push_back({domain::NodeId::Of(office.node), office.district});
  }
  settings.cards_per_day = kCardsPerDay;
  return central::CentralNode::Open(store,
                                    {.centre = domain::NodeId::Of("bench"),
                                     .settings = settings,
                                     .cipher = std::move(cipher),
                                     .nik_lookup_key = crypto::RandomBytes(crypto::kSealKeySize),
                                     .random = crypto::RandomBytes},
                                    BenchMoment());
}

PrintingOffice::PrintingOffice(central::CentralNode& centre, PrintingOfficeOptions options)
    : centre_(centre),
      options_(std::move(options)),
      log_(options_.node, "i-" + options_.node, testing::NodeLog::Signing::kEd25519) {}

absl::Status PrintingOffice::Begin() {
  log_.Add(domain::IncarnationOpened{.reason = domain::IncarnationReason::kEnrolled,
                                     .parent = {},
                                     .parent_head = {},
                                     .public_key = log_.public_key()});
  KEPING_RETURN_IF_ERROR(centre_
                             .Handle(now_, central::EnrolNode{.node = log_.node(),
                                                              .incarnation = log_.incarnation(),
                                                              .public_key = log_.public_key()})
                             .status());
  return centre_.Handle(now_, central::AddOperator{.operator_id = Ayu(), .node = log_.node()})
      .status();
}

std::string PrintingOffice::Prr(uint64_t card) const {
  return absl::StrFormat("%s-%08d", options_.node, card);
}

std::string PrintingOffice::Uid(uint64_t card) const {
  return crypto::Sha256({"blank", options_.node, absl::StrCat(card)}).Hex().substr(0, 14);
}

domain::SerialSet PrintingOffice::Uids(uint64_t first, uint64_t end) const {
  domain::SerialSet serials;
  for (uint64_t i = first; i < end; ++i) serials.Insert(domain::BlankSerial::Of(Uid(i)));
  return serials;
}

absl::Status PrintingOffice::Prepare(uint64_t cards) {
  KEPING_RETURN_IF_ERROR(Supply(cards));
  for (uint64_t i = 0; i < cards; ++i) Print(printed_++);
  return absl::OkStatus();
}

void PrintingOffice::HandOver() {
  while (handed_over_ < printed_) {
    const uint64_t end = std::min(handed_over_ + kCardsPerDay, printed_);
    const domain::SerialSet cards = Uids(handed_over_, end);
    const auto manifest = domain::ActId::Of(absl::StrCat("m-", handed_over_));
    log_.Add(domain::ManifestHandedOver{.act = domain::ActId::Of(absl::StrCat("h-", handed_over_)),
                                        .manifest = manifest,
                                        .cards = cards,
                                        .day = absl::CivilDay(1970, 1, 1),
                                        .receiver = {},
                                        .operator_id = Ayu()});
    log_.Add(domain::CardsAnswered{.act = domain::ActId::Of(absl::StrCat("a-", handed_over_)),
                                   .manifest = manifest,
                                   .delivered = cards,
                                   .not_found = {},
                                   .returned = {},
                                   .operator_id = Ayu()});
    handed_over_ = end;
  }
}

void PrintingOffice::Count(uint64_t blanks) {
  log_.Add(domain::StockCounted{.act = domain::ActId::Of(absl::StrCat("count-", log_.size())),
                                .pile = domain::Pile::kPrinted,
                                .counted = Uids(printed_ - std::min(printed_, blanks), printed_),
                                .missing = {},
                                .surplus = {},
                                .operator_id = Ayu(),
                                .second = domain::OperatorId::Of("made")});
}

absl::StatusOr<double> PrintingOffice::Judge() {
  const Stopwatch watch;
  while (taken_ < log_.size()) {
    const uint64_t last = std::min(taken_ + kSegmentEntries, log_.size());
    KEPING_ASSIGN_OR_RETURN(
        const central::SegmentResult result,
        centre_.Take(now_, log_.node(), log_.SegmentFrom(taken_ + 1, last), log_.verifier()));
    if (!result.receipted()) return absl::InternalError(result.detail);
    taken_ = last;
  }
  KEPING_RETURN_IF_ERROR(centre_.JudgeAll(now_));
  return watch.Seconds();
}

absl::Status PrintingOffice::Supply(uint64_t cards) {
  for (uint64_t done = 0; done < cards; done += kSuppliedAtOnce) {
    const uint64_t n = std::min(kSuppliedAtOnce, cards - done);
    KEPING_RETURN_IF_ERROR(SupplyBlanks(printed_ + done, n));
    KEPING_RETURN_IF_ERROR(SupplyRecords(printed_ + done, n));
  }
  return absl::OkStatus();
}

absl::Status PrintingOffice::SupplyBlanks(uint64_t first, uint64_t count) {
  const domain::SerialSet serials = Uids(first, first + count);
  const std::string number = absl::StrCat(options_.node, "-", first);
  KEPING_RETURN_IF_ERROR(centre_.ReceiveAllotments(
      now_,
      {{{.allotment = domain::AllotmentId::Of(number), .bast_number = "B", .serials = serials}}},
      0));
  KEPING_RETURN_IF_ERROR(
      centre_
          .Handle(now_, central::Dispatch{.transfer = domain::TransferId::Of(number),
                                          .node = log_.node(),
                                          .quantity = 0,
                                          .serials = serials})
          .status());
  log_.Add(domain::BlanksReceived{.act = domain::ActId::Of("r" + number),
                                  .transfer = domain::TransferId::Of(number),
                                  .operator_id = Ayu(),
                                  .received = serials,
                                  .missing = {},
                                  .unexpected = {}});
  return absl::OkStatus();
}

// Two people never share a NIK: of a sub-district and day of birth there are ten thousand.
absl::Status PrintingOffice::SupplyRecords(uint64_t first, uint64_t count) {
  const std::string place = absl::StrReplaceAll(options_.district, {{".", ""}});
  std::vector<central::ArrivedRecord> records;
  for (uint64_t i = first; i < first + count; ++i) {
    const std::string nik = absl::StrFormat("%s%02d%02d90%04d", place, 1 + i / 10'000 % 28,
                                            1 + i / 280'000 % 12, i % 10'000);
    records.push_back({.prr = domain::PrrId::Of(Prr(i)),
                       .version = 1,
                       .village = domain::VillageCode::Of(options_.district + ".2001"),
                       .enrolled_at = absl::UnixEpoch(),
                       .nik = *domain::Nik::Parse(nik),
                       .replaces = {},
                       .bytes = "record"});
  }
  return centre_.ReceiveRecords(now_, records, 0);
}

void PrintingOffice::Print(uint64_t card) {
  const auto act = domain::ActId::Of(absl::StrCat(options_.node, "-job-", card));
  const auto blank = domain::BlankSerial::Of(Uid(card));
  log_.Add(domain::PrintIntended{.act = act,
                                 .prr = domain::PrrId::Of(Prr(card)),
                                 .prr_version = 1,
                                 .blank = blank,
                                 .attempt = 1,
                                 .printer = domain::PrinterId::Of("p1"),
                                 .operator_id = Ayu(),
                                 .lease_epoch = {1, 1},
                                 .control_position = 0,
                                 .control_state = {},
                                 .proven_seq = 0,
                                 .application_version = domain::ApplicationVersion::Of(kVersion)});
  log_.Add(domain::PrintSent{.act = act, .printer_job = 1});
  log_.Add(domain::PrintCompleted{.act = act});
  log_.Add(domain::PrintVerified{.act = act, .blank = blank, .operator_id = Ayu()});
  // A new office day, as the duty of its printer wants.
  if (card % kCardsPerDay == kCardsPerDay - 1) {
    log_.Add(domain::OfficeDayOpened{
        .date = absl::CivilDay(1970, 1, 1) + static_cast<int64_t>(card / kCardsPerDay),
        .basis = domain::OfficeDayBasis::kRunningTime});
  }
}

}  // namespace keping::bench
