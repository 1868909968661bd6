#include "central_node/national/file_national_registry.h"

#include <utility>

#include "central_node/national/national_codec.h"
#include "common/base/status_macros.h"
#include "keping/national/v1/national.pb.h"

namespace keping::central {
namespace {

namespace v1 = national::v1;
using exchange::FileKind;

// Those of a server were never given out here.
uint64_t InFiles(uint64_t cursor) {
  return cursor < kFirstFileCursor ? 0 : cursor - kFirstFileCursor;
}

// The rows, as the message that a server would send.
template <typename Row, typename Rows>
void MoveRows(LanePage* page, Rows* rows) {
  for (const auto& row : page->rows) *rows->Add() = std::move(static_cast<Row&>(*row));
}

}  // namespace

absl::StatusOr<std::unique_ptr<FileNationalRegistry>> FileNationalRegistry::Open(
    const std::string& folder, Ports ports) {
  KEPING_ASSIGN_OR_RETURN(ExchangeFolder exchange, ExchangeFolder::Open(folder));
  return std::unique_ptr<FileNationalRegistry>(
      new FileNationalRegistry(std::move(exchange), std::move(ports)));
}

FileNationalRegistry::FileNationalRegistry(ExchangeFolder folder, Ports ports)
    : folder_(std::move(folder)),
      ports_(std::move(ports)),
      records_(&folder_, ports_.clock, FileKind::kRecords),
      withdrawals_(&folder_, ports_.clock, FileKind::kWithdrawals),
      allotments_(&folder_, ports_.clock, FileKind::kAllotments),
      reports_(&folder_, ports_.clock),
      requests_(&folder_, ports_.clock) {}

absl::Status FileNationalRegistry::FinishFiles() {
  KEPING_RETURN_IF_ERROR(reports_.FinishFiles());
  return requests_.FinishFiles();
}

template <typename Page, typename Read>
void FileNationalRegistry::Pull(FileLane* lane, uint64_t cursor, Done<Page> done, Read read) {
  const auto next = [this, lane, cursor, read]() -> absl::StatusOr<Page> {
    KEPING_RETURN_IF_ERROR(FinishFiles());
    const uint64_t from = InFiles(cursor);
    KEPING_ASSIGN_OR_RETURN(LanePage rows, lane->Next(from));
    Page page = read(&rows);
    page.refused.insert(page.refused.end(), rows.refused.begin(), rows.refused.end());
    page.cursor = rows.cursor == from ? cursor : kFirstFileCursor + rows.cursor;
    if constexpr (requires { page.complete; }) page.complete = rows.complete;
    return page;
  };
  ports_.work([this, next, done = std::move(done)] {
    ports_.answer([done, page = next()] { done(page); });
  });
}

void FileNationalRegistry::PullRecords(uint64_t cursor, Done<RecordsPage> done) {
  Pull<RecordsPage>(&records_, cursor, std::move(done), [](LanePage* page) {
    v1::PullRecordsResponse response;
    MoveRows<v1::Record>(page, response.mutable_records());
    return DecodePage(response);
  });
}

void FileNationalRegistry::PullWithdrawals(uint64_t cursor, Done<WithdrawalsPage> done) {
  Pull<WithdrawalsPage>(&withdrawals_, cursor, std::move(done), [](LanePage* page) {
    v1::PullWithdrawalsResponse response;
    MoveRows<v1::Withdrawal>(page, response.mutable_withdrawals());
    return DecodePage(response);
  });
}

void FileNationalRegistry::PullAllotments(uint64_t cursor, Done<AllotmentsPage> done) {
  Pull<AllotmentsPage>(&allotments_, cursor, std::move(done), [](LanePage* page) {
    v1::PullAllotmentsResponse response;
    MoveRows<v1::Allotment>(page, response.mutable_allotments());
    return DecodePage(response);
  });
}

void FileNationalRegistry::Report(const std::vector<NamedReport>& items,
                                  Done<std::vector<domain::ReportAnswered>> done) {
  ports_.work([this, items, done = std::move(done)] {
    const auto answer = [&]() -> absl::StatusOr<std::vector<domain::ReportAnswered>> {
      KEPING_RETURN_IF_ERROR(FinishFiles());
      return reports_.Exchange(items);
    };
    ports_.answer([done, answers = answer()] { done(answers); });
  });
}

void FileNationalRegistry::RequestBlanks(const std::vector<NamedRequest>& items,
                                         Done<std::vector<RequestAnswer>> done) {
  ports_.work([this, items, done = std::move(done)] {
    const auto answer = [&]() -> absl::StatusOr<std::vector<RequestAnswer>> {
      KEPING_RETURN_IF_ERROR(FinishFiles());
      return requests_.Exchange(items);
    };
    ports_.answer([done, answers = answer()] { done(answers); });
  });
}

}  // namespace keping::central
