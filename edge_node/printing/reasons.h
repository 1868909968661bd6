// What a printer's keywords mean and what to do, in plain Indonesian and English.
//
//   ReasonWords words = ExplainReason("media-jam-error");
//   words.indonesian;  // "Kartu macet di dalam printer."
//   words.english;     // "A card is jammed in the printer."
//
// It knows the standard printer-state-reasons (RFC 8011 5.4.12, PWG 5100.9 and the IANA registry),
// with and without the suffixes -report, -warning and -error; the job-state-reasons and status
// codes that end up in a JobReport; those that CUPS adds; and our own below. An unknown keyword is
// shown as it came, with general words.
#ifndef KEPING_EDGE_NODE_PRINTING_REASONS_H_
#define KEPING_EDGE_NODE_PRINTING_REASONS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace keping::edge {

// Our own keywords: about the printer …
inline constexpr char kReasonUnreachable[] = "unreachable";
inline constexpr char kReasonStopped[] = "stopped";
inline constexpr char kReasonNotAccepting[] = "not-accepting-jobs";
inline constexpr char kReasonCardNotSupported[] = "card-media-not-supported";
inline constexpr char kReasonCardNotLoaded[] = "card-media-not-loaded";
inline constexpr char kReasonPdfNotSupported[] = "pdf-not-supported";
inline constexpr char kReasonRepeatsJobs[] = "queue-repeats-jobs";
// … about a job that was not sent …
inline constexpr char kReasonOtherCard[] = "another-card-under-way";
inline constexpr char kReasonOtherJob[] = "another-job-at-printer";
inline constexpr char kReasonTooMany[] = "too-many-requests";
// … and about one whose fate is not known, or that was called back.
inline constexpr char kReasonSilent[] = "silent";
inline constexpr char kReasonLost[] = "printer-lost";
inline constexpr char kReasonTooSlow[] = "answer-too-slow";
inline constexpr char kReasonUnreadable[] = "answer-unreadable";
inline constexpr char kReasonHistoryGone[] = "job-history-gone";
inline constexpr char kReasonJobTimeout[] = "job-timeout";
inline constexpr char kReasonCancelled[] = "cancel-requested";
inline constexpr char kReasonCalledBack[] = "job-called-back";

enum class Severity { kReport, kWarning, kError };

struct ReasonWords {
  std::string keyword;  // as it came
  bool known = false;
  Severity severity = Severity::kError;  // by the suffix; kError without one
  // No card is sent while the printer says so.
  bool stops_printing = false;
  std::string code;  // "K-145" for what is read out on the phone; empty for a printer's own reasons
  std::string indonesian;
  std::string english;
  std::string indonesian_action;  // what to do
  std::string english_action;
};

ReasonWords ExplainReason(absl::string_view keyword);

// All of a comma-separated list, such as JobReport::reason.
std::vector<ReasonWords> ExplainReasons(absl::string_view keywords);

}  // namespace keping::edge

#endif  // KEPING_EDGE_NODE_PRINTING_REASONS_H_
