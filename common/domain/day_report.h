// The day report on paper: what an office's open day came to, with the head of its log, signed by
// the node. Text for people, in Indonesian and English; the signature is over that very text.
//
//   std::string text = WriteDayReport(facts, signer);
//   KEPING_ASSIGN_OR_RETURN(DayReportCheck check, CheckDayReport(text, public_key, verifier));
//
//   report    := body signature_line
//   body      := the lines as they stand, without blanks at their ends and without empty lines
//   signature := Ed25519 over "keping-day-report-v1\n" body, in hex
//
// Blanks at the ends of lines, empty lines and carriage returns do not matter: a report may be
// copied by mail or typed off.
#ifndef KEPING_COMMON_DOMAIN_DAY_REPORT_H_
#define KEPING_COMMON_DOMAIN_DAY_REPORT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/signer.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"

namespace keping::domain {

struct DayReportFacts {
  NodeId node;
  IncarnationId incarnation;
  DayReported totals;
};

// The short code of a report: the first characters of its log head, as in a receipt's proof code.
CodeText ReportCodeOf(const DayReported& totals);

std::string WriteDayReport(const DayReportFacts& facts, const crypto::Signer& signer);

// Of a report whose signature is good.
struct DayReportCheck {
  std::string node;
  std::string day;
  std::string code;
};

// InvalidArgument: the text is no day report, or its code is not the one of its log head;
// PermissionDenied: this key did not sign it, or it was changed.
absl::StatusOr<DayReportCheck> CheckDayReport(absl::string_view text, absl::string_view public_key,
                                              const crypto::Verifier& verifier);

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_DAY_REPORT_H_
