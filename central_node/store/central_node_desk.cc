// The district's desk over the store: decisions, entries, and the days that end.

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "central_node/core/passing_days.h"
#include "central_node/core/retention.h"
#include "central_node/store/central_node.h"
#include "central_node/store/fact_search.h"
#include "central_node/store/row_codec.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

// Some milliseconds of the core thread.
constexpr size_t kRecordsPerWalk = 200;
// However long the centre was off: the working days among them are as many as it remembers.
constexpr int64_t kMostDaysClosed = 2 * kClosedDaysKept;

FactRef At(absl::Time wall) {
  FactRef ref;
  ref.wall_micros = absl::ToUnixMicros(wall);
  return ref;
}

}  // namespace

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const ResolveCase& command) {
  KEPING_RETURN_IF_ERROR(JudgeAll(now));
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<DecisionOutcome> CentralNode::Try(const ResolveCase& command) {
  if (broken_) return storage::ReopenNeeded();
  Rows rows;
  KEPING_RETURN_IF_ERROR(LoadRows(command, rows));
  return DecisionOn(command, rows.cases[command.case_id], rows, resident_, /*trial=*/true);
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const SetPolicy& command) {
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now, const Enter& command) {
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const ReadSubject& command) {
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const RequestBlanks& command) {
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const EnterLoan& command) {
  KEPING_RETURN_IF_ERROR(JudgeAll(now));
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const ReceiveDelivery& command) {
  if (resident_.centre.allotments.contains(command.delivery.allotment)) {
    // Whoever did not hear the answer says the same again.
    KEPING_ASSIGN_OR_RETURN(const std::optional<domain::AllotmentReceived> before,
                            SearchDelivery(*this, command.delivery.allotment));
    if (before == command.delivery) return CommandResult();
  }
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<CommandResult> CentralNode::Handle(const time::Moment& now,
                                                  const EnterSupply& command) {
  return Commit(now, Mode::kLive, command, {});
}

absl::StatusOr<bool> CentralNode::DestroyDue(const time::Moment& now) {
  if (broken_) return storage::ReopenNeeded();
  // A centre that does not know what day it is destroys nothing.
  if (!destroy_from_.has_value() || days_left_open_ > 0) return false;
  // What came may say that a card is back.
  if (to_judge() > 0) return true;
  const std::string from = *destroy_from_;
  DestroyPictures step;
  size_t rows = 0;
  bool more = false;
  absl::Status bad;
  KEPING_RETURN_IF_ERROR(store_->Scan(
      from, storage::PrefixEnd(storage::kPrrRowPrefix),
      [&](absl::string_view key, absl::string_view value) {
        more = rows == kRecordsPerWalk;
        if (more) return false;
        ++rows;
        destroy_from_ = absl::StrCat(key, absl::string_view("\0", 1));
        const absl::StatusOr<PrrRow> row = DecodeRow<PrrRow>(value);
        bad = row.status();
        if (!bad.ok()) return false;
        if (MayBeDue(*row)) {
          step.prrs.push_back(domain::PrrId::Of(key.substr(storage::kPrrRowPrefix.size())));
        }
        return true;
      }));
  if (!bad.ok()) return Broken(bad);
  if (!more) destroy_from_.reset();
  if (!step.prrs.empty()) {
    KEPING_RETURN_IF_ERROR(Commit(now, Mode::kLive, std::move(step), {}).status());
  }
  return more;
}

absl::Status CentralNode::SettleErasure(uint64_t owed) {
  if (broken_) return storage::ReopenNeeded();
  const absl::Status settled = erasure_.Settle(owed);
  return settled.ok() ? settled : Broken(settled);
}

absl::Status CentralNode::EndDays(const time::Moment& now, bool all) {
  const absl::CivilDay yesterday = DayOf(options_.settings, At(now.wall)) - 1;
  const absl::CivilDay last = resident_.centre.last_closed_day;
  const int64_t days = yesterday - last;
  days_left_open_ = !all && days > kMostDaysAtOnce ? days : 0;
  if (days <= 0 || days_left_open_ > 0) return absl::OkStatus();
  // What is judged on the closing of a day should be all that came on it.
  KEPING_RETURN_IF_ERROR(JudgeAll(now));
  for (absl::CivilDay day = std::max(last + 1, yesterday - kMostDaysClosed + 1); day <= yesterday;
       ++day) {
    CloseDay close{.day = day, .heard = {}};
    for (const auto& [node, row] : resident_.nodes) {
      const auto contact = last_contact(node);
      const bool heard = contact.has_value() && DayOf(options_.settings, At(*contact)) >= day;
      if (first_days_ || heard) close.heard.insert(node);
    }
    KEPING_RETURN_IF_ERROR(Commit(now, Mode::kLive, close, {}).status());
  }
  destroy_from_ = std::string(storage::kPrrRowPrefix);
  first_days_ = false;
  return absl::OkStatus();
}

absl::Status CentralNode::HearFrom(const time::Moment& now, const domain::NodeId& node) {
  const auto row = resident_.nodes.find(node);
  if (row == resident_.nodes.end() || SilentDays(row->second) == 0) return absl::OkStatus();
  return Commit(now, Mode::kLive, HearNode{.node = node}, {}).status();
}

}  // namespace keping::central
