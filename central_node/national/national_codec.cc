#include "central_node/national/national_codec.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/epoch_days.h"
#include "common/domain/limits.h"
#include "common/wire/field_reader.h"

namespace keping::central {
namespace {

namespace v1 = national::v1;

std::string Refused(int row, const absl::Status& status) {
  return absl::StrCat("row ", row + 1, ": ", status.message());
}

absl::StatusOr<domain::PrrWithdrawn> DecodeWithdrawal(const v1::Withdrawal& proto) {
  wire::FieldReader read("Withdrawal");
  domain::PrrWithdrawn withdrawal{
      .prr = read.Id<domain::PrrId>("prr", proto.prr()),
      .version = proto.version(),
      .reason =
          read.EnumValue("reason", proto.reason(), domain::WithdrawalReason::kPrintedElsewhere)};
  if (!read.status().ok()) return read.status();
  return withdrawal;
}

absl::StatusOr<domain::AllotmentReceived> DecodeAllotment(const v1::Allotment& proto) {
  wire::FieldReader read("Allotment");
  domain::AllotmentReceived allotment{
      .allotment = read.Id<domain::AllotmentId>("allotment", proto.allotment()),
      .bast_number = proto.bast_number(),
      .serials = read.Serials("serials", proto.serials()),
      .request = read.OptionalId<domain::RequestId>("request", proto.request())};
  if (!read.status().ok()) return read.status();
  if (proto.serials().empty() && proto.quantity() > 0) {
    if (proto.quantity() > domain::kMostBlanksOfABox) {
      return absl::InvalidArgumentError(absl::StrCat("bad Allotment.quantity: got ",
                                                     proto.quantity(), ", want 1 to ",
                                                     domain::kMostBlanksOfABox));
    }
    // By quantity alone: its blanks are one box under its number.
    allotment.scheme = domain::SerialScheme::kQuantity;
    allotment.boxes = {{.box = read.Id<domain::BoxId>("allotment", proto.allotment()),
                        .quantity = proto.quantity()}};
    if (!read.status().ok()) return read.status();
    return allotment;
  }
  if (allotment.serials.size() != proto.quantity()) {
    return absl::InvalidArgumentError(absl::StrCat("bad Allotment.quantity: got ", proto.quantity(),
                                                   ", want ", allotment.serials.size(),
                                                   ", as it lists"));
  }
  return allotment;
}

}  // namespace

RecordsPage DecodePage(const v1::PullRecordsResponse& proto) {
  RecordsPage page{
      .records = {}, .refused = {}, .cursor = proto.cursor(), .complete = proto.complete()};
  for (int i = 0; i < proto.records_size(); ++i) {
    absl::StatusOr<ArrivedRecord> record = ReadRecord(proto.records(i));
    if (record.ok()) {
      page.records.push_back(*std::move(record));
    } else {
      page.refused.push_back(Refused(i, record.status()));
    }
  }
  return page;
}

WithdrawalsPage DecodePage(const v1::PullWithdrawalsResponse& proto) {
  WithdrawalsPage page{
      .withdrawals = {}, .refused = {}, .cursor = proto.cursor(), .complete = proto.complete()};
  for (int i = 0; i < proto.withdrawals_size(); ++i) {
    absl::StatusOr<domain::PrrWithdrawn> withdrawal = DecodeWithdrawal(proto.withdrawals(i));
    if (withdrawal.ok()) {
      page.withdrawals.push_back(*std::move(withdrawal));
    } else {
      page.refused.push_back(Refused(i, withdrawal.status()));
    }
  }
  return page;
}

AllotmentsPage DecodePage(const v1::PullAllotmentsResponse& proto) {
  AllotmentsPage page{.allotments = {}, .refused = {}, .cursor = proto.cursor()};
  for (int i = 0; i < proto.allotments_size(); ++i) {
    absl::StatusOr<domain::AllotmentReceived> allotment = DecodeAllotment(proto.allotments(i));
    if (allotment.ok()) {
      page.allotments.push_back(*std::move(allotment));
    } else {
      page.refused.push_back(Refused(i, allotment.status()));
    }
  }
  return page;
}

void EncodeReport(const std::vector<NamedReport>& items, v1::ReportRequest* proto) {
  for (const NamedReport& item : items) {
    v1::ReportItem& out = *proto->add_items();
    out.set_item(item.item);
    // The numbers are the same in both.
    out.set_kind(static_cast<v1::ReportKind>(item.row.kind));
    out.set_prr(item.row.prr.value());
    out.set_prr_version(item.row.prr_version);
    out.set_blank(item.row.blank.text());
    out.set_at_micros(item.row.at_micros);
  }
}

std::vector<domain::ReportAnswered> DecodeAnswers(const std::vector<NamedReport>& items,
                                                  const v1::ReportResponse& proto) {
  std::map<std::string, domain::ReportKind> asked;
  for (const NamedReport& item : items) asked[item.item] = item.row.kind;
  std::vector<domain::ReportAnswered> answers;
  for (const v1::ReportAnswer& answer : proto.answers()) {
    const auto found = asked.find(answer.item());
    if (found == asked.end()) continue;
    answers.push_back({.item = answer.item(),
                       .kind = found->second,
                       .accepted = answer.accepted(),
                       .reason = answer.reason()});
    asked.erase(found);
  }
  return answers;
}

void EncodeRequests(const std::vector<NamedRequest>& items, v1::RequestBlanksRequest* proto) {
  for (const NamedRequest& item : items) {
    v1::BlankRequest& out = *proto->add_items();
    out.set_item(item.item);
    out.set_request(item.request.value());
    out.set_quantity(item.row.quantity);
    out.set_needed_by_days(base::ToEpochDays(item.row.needed_by));
    out.set_at_micros(item.row.fact.wall_micros);
  }
}

RequestAnswer DecodeRequestAnswer(const v1::BlankRequestAnswer& proto) {
  RequestAnswer answer{
      .item = proto.item(), .accepted = proto.accepted(), .reason = proto.reason()};
  if (proto.has_expected_days()) answer.expected = base::FromEpochDays(proto.expected_days());
  return answer;
}

std::vector<RequestAnswer> DecodeRequestAnswers(const std::vector<NamedRequest>& items,
                                                const v1::RequestBlanksResponse& proto) {
  std::set<std::string> asked;
  for (const NamedRequest& item : items) asked.insert(item.item);
  std::vector<RequestAnswer> answers;
  for (const v1::BlankRequestAnswer& answer : proto.answers()) {
    if (asked.erase(answer.item()) > 0) answers.push_back(DecodeRequestAnswer(answer));
  }
  return answers;
}

}  // namespace keping::central
