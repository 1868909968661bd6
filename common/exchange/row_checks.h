// Whether a row of the national contract says what it must, beyond its types: ids, lists of values,
// villages, pictures. The same for CSV and JSON.
//
//   if (auto problem = CheckRow(record, villages)) Reject(problem->field, problem->reason);
//   for (const RowProblem& warning : WarningsOf(record)) Note(warning);
#ifndef KEPING_COMMON_EXCHANGE_ROW_CHECKS_H_
#define KEPING_COMMON_EXCHANGE_ROW_CHECKS_H_

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "keping/national/v1/national.pb.h"

namespace keping::exchange {

// As the contract has them.
inline constexpr size_t kMaxPictureBytes = size_t{256} << 10;
inline constexpr size_t kMaxSignatureBytes = size_t{64} << 10;
// Characters of any one text of a record.
inline constexpr size_t kMaxTextCharacters = 200;

struct RowProblem {
  std::string field;   // of the message
  std::string reason;  // got …, want …, without the value
};

// The codes of all villages there are; empty: any.
using Villages = std::set<std::string>;

// The first problem, in the order of the fields.
std::optional<RowProblem> CheckRow(const national::v1::Record& record, const Villages& villages);
std::optional<RowProblem> CheckRow(const national::v1::Withdrawal& withdrawal);
std::optional<RowProblem> CheckRow(const national::v1::Allotment& allotment);
std::optional<RowProblem> CheckRow(const national::v1::ReportAnswer& answer);
std::optional<RowProblem> CheckRow(const national::v1::BlankRequestAnswer& answer);

// A NIK that does not fit its record stays as it is: it never changes, also when a birth date is
// corrected or a person moves.
std::vector<RowProblem> WarningsOf(const national::v1::Record& record);

}  // namespace keping::exchange

#endif  // KEPING_COMMON_EXCHANGE_ROW_CHECKS_H_
