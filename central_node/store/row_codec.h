// Rows of the core to stored bytes and back.
//
//   std::string bytes = EncodeRow(blank_row);
//   KEPING_ASSIGN_OR_RETURN(BlankRow row, DecodeRow<BlankRow>(bytes));
//
// The same row always gives the same bytes. Decoding gives DataLoss that names the field.
#ifndef KEPING_CENTRAL_NODE_STORE_ROW_CODEC_H_
#define KEPING_CENTRAL_NODE_STORE_ROW_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "central_node/core/rows.h"
#include "common/ledger/balances.h"

namespace keping::central {

std::string EncodeRow(const BlankRow& row);
std::string EncodeRow(const PrrRow& row);
std::string EncodeRow(const JobFacts& row);
std::string EncodeRow(const TransferRow& row);
std::string EncodeRow(const CaseRow& row);
std::string EncodeRow(const ActionRow& row);
std::string EncodeRow(const ReportRow& row);
std::string EncodeRow(const PersonRow& row);
std::string EncodeRow(const NameRow& row);
std::string EncodeRow(const BoxRow& row);
std::string EncodeRow(const PrinterDayRow& row);
std::string EncodeRow(const BatchRow& row);
std::string EncodeRow(const CountFacts& row);
std::string EncodeRow(const FiguresRow& row);
std::string EncodeRow(const NodeRow& row);
std::string EncodeRow(const CentreRow& row);
std::string EncodeRow(const ledger::Move& move);

// The same without the centre's own bookkeeping: what a replay of the logs must give again.
std::string EncodeForDigest(PrrRow row);
std::string EncodeForDigest(NodeRow row);
std::string EncodeForDigest(CentreRow row);

template <typename Row>
absl::StatusOr<Row> DecodeRow(absl::string_view bytes);

template <>
absl::StatusOr<BlankRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<PrrRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<JobFacts> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<TransferRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<CaseRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<ActionRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<ReportRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<PersonRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<BoxRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<NameRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<PrinterDayRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<BatchRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<CountFacts> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<FiguresRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<NodeRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<CentreRow> DecodeRow(absl::string_view bytes);
template <>
absl::StatusOr<ledger::Move> DecodeRow(absl::string_view bytes);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_STORE_ROW_CODEC_H_
