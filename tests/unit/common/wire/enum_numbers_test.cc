// Enums of domain and proto share their numbers: the codecs cast. Every number of a proto enum is
// listed, so that one added on either side alone is noticed.

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/ascii.h"
#include "common/domain/event.h"
#include "common/sync/frames.h"
#include "keping/log/v1/event.pb.h"
#include "keping/sync/v1/sync.pb.h"

namespace keping::wire {
namespace {

namespace d = ::keping::domain;
namespace pb = ::keping::log::v1;

using Numbers = std::map<std::string, int>;

// The values of a proto enum but for UNSPECIFIED, by their name without the enum's prefix.
template <typename ProtoEnum>
Numbers NumbersOf(const std::string& prefix) {
  Numbers numbers;
  const auto* descriptor = google::protobuf::GetEnumDescriptor<ProtoEnum>();
  for (int i = 0; i < descriptor->value_count(); ++i) {
    const auto* value = descriptor->value(i);
    EXPECT_EQ(value->name().rfind(prefix, 0), 0u) << value->name();
    if (value->number() != 0) numbers[value->name().substr(prefix.size())] = value->number();
  }
  return numbers;
}

template <typename Enum>
Numbers::value_type Number(const char* name, Enum value) {
  return {name, static_cast<int>(value)};
}

TEST(EnumNumbersTest, OfTheLog) {
  EXPECT_EQ(NumbersOf<pb::IncarnationReason>("INCARNATION_REASON_"),
            (Numbers{Number("ENROLLED", d::IncarnationReason::kEnrolled),
                     Number("RESTORED", d::IncarnationReason::kRestored),
                     Number("FORKED", d::IncarnationReason::kForked),
                     Number("FORGOTTEN", d::IncarnationReason::kForgotten)}));
  EXPECT_EQ(NumbersOf<pb::OfficeDayBasis>("OFFICE_DAY_BASIS_"),
            (Numbers{Number("FIRST", d::OfficeDayBasis::kFirst),
                     Number("RUNNING_TIME", d::OfficeDayBasis::kRunningTime),
                     Number("ATTESTED", d::OfficeDayBasis::kAttested)}));
  EXPECT_EQ(NumbersOf<pb::PrintFailure>("PRINT_FAILURE_"),
            (Numbers{Number("NOT_ACCEPTED", d::PrintFailure::kNotAccepted),
                     Number("ABORTED", d::PrintFailure::kAborted)}));
  EXPECT_EQ(NumbersOf<pb::DoubtCause>("DOUBT_CAUSE_"),
            (Numbers{Number("RESTART", d::DoubtCause::kRestart),
                     Number("PRINTER_VANISHED", d::DoubtCause::kPrinterVanished),
                     Number("TIMEOUT", d::DoubtCause::kTimeout)}));
  EXPECT_EQ(
      NumbersOf<pb::SpoilCause>("SPOIL_CAUSE_"),
      (Numbers{Number("FACTORY", d::SpoilCause::kFactory), Number("ENCODE", d::SpoilCause::kEncode),
               Number("PRINT", d::SpoilCause::kPrint), Number("MISPRINT", d::SpoilCause::kMisprint),
               Number("WARPED", d::SpoilCause::kWarped)}));
  EXPECT_EQ(NumbersOf<pb::WithdrawalReason>("WITHDRAWAL_REASON_"),
            (Numbers{Number("DEATH", d::WithdrawalReason::kDeath),
                     Number("MOVE", d::WithdrawalReason::kMove),
                     Number("DUPLICATE", d::WithdrawalReason::kDuplicate),
                     Number("OTHER", d::WithdrawalReason::kOther),
                     Number("PRINTED_ELSEWHERE", d::WithdrawalReason::kPrintedElsewhere)}));
  EXPECT_EQ(
      NumbersOf<pb::Resolution>("RESOLUTION_"),
      (Numbers{Number("ACCEPTED", d::Resolution::kAccepted),
               Number("RECALL", d::Resolution::kRecall), Number("RESCAN", d::Resolution::kRescan),
               Number("EXPLAINED", d::Resolution::kExplained),
               Number("RETRY", d::Resolution::kRetry)}));
  EXPECT_EQ(NumbersOf<pb::AbsenceKind>("ABSENCE_KIND_"),
            (Numbers{Number("LEAVE", d::AbsenceKind::kLeave),
                     Number("TRAINING", d::AbsenceKind::kTraining),
                     Number("OTHER_OFFICE", d::AbsenceKind::kOtherOffice)}));
  EXPECT_EQ(NumbersOf<pb::FigureKind>("FIGURE_KIND_"),
            (Numbers{Number("PRINTED", d::FigureKind::kPrinted),
                     Number("SPOILED", d::FigureKind::kSpoiled),
                     Number("HANDED_OVER", d::FigureKind::kHandedOver),
                     Number("DESTROYED", d::FigureKind::kDestroyed),
                     Number("IN_STOCK", d::FigureKind::kInStock)}));
  EXPECT_EQ(NumbersOf<pb::ActionKind>("ACTION_KIND_"),
            (Numbers{Number("RECALL_CARD", d::ActionKind::kRecallCard),
                     Number("RESCAN_BLANK", d::ActionKind::kRescanBlank)}));
  EXPECT_EQ(NumbersOf<pb::ReportKind>("REPORT_KIND_"),
            (Numbers{Number("PRINTED", d::ReportKind::kPrinted),
                     Number("SPOILED", d::ReportKind::kSpoiled)}));
}

// These have stable names of their own, so the numbers follow from the names.
TEST(EnumNumbersTest, OfNamedEnums) {
  Numbers refusals;
  for (int i = 1; i < d::kPrintRefusalCount; ++i) {
    refusals[absl::AsciiStrToUpper(d::Describe(static_cast<d::PrintRefusal>(i)).name)] = i;
  }
  EXPECT_EQ(NumbersOf<pb::PrintRefusal>("PRINT_REFUSAL_"), refusals);
  Numbers kinds;
  for (d::CaseKind kind : d::kCaseKinds) {
    kinds[absl::AsciiStrToUpper(d::CaseKindName(kind))] = static_cast<int>(kind);
  }
  EXPECT_EQ(NumbersOf<pb::CaseKind>("CASE_KIND_"), kinds);
  Numbers states;
  for (int i = 1; i <= static_cast<int>(d::CaseState::kClosed); ++i) {
    states[absl::AsciiStrToUpper(d::CaseStateName(static_cast<d::CaseState>(i)))] = i;
  }
  EXPECT_EQ(NumbersOf<pb::CaseState>("CASE_STATE_"), states);
}

TEST(EnumNumbersTest, OfTheSession) {
  EXPECT_EQ(NumbersOf<keping::sync::v1::ProblemKind>("PROBLEM_KIND_"),
            (Numbers{Number("FORK", sync::ProblemKind::kFork),
                     Number("ROLLBACK", sync::ProblemKind::kRollback),
                     Number("BAD_SEGMENT", sync::ProblemKind::kBadSegment),
                     Number("UNKNOWN_INCARNATION", sync::ProblemKind::kUnknownIncarnation),
                     Number("PROTOCOL", sync::ProblemKind::kProtocol),
                     Number("SUPERSEDED", sync::ProblemKind::kSuperseded),
                     Number("CLOSED", sync::ProblemKind::kClosed)}));
}

}  // namespace
}  // namespace keping::wire
