#include "common/domain/serial_set.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/check.h"
#include "common/base/status_macros.h"

namespace keping::domain {
namespace {

// Number of the first serial after the run.
uint64_t End(const BlankSerial& first, uint64_t count) { return first.number() + count; }

absl::Status RangeError(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(
      "range of serials: ", why,
      ", want a first and a last printed serial that differ in their number only, e.g. "
      "KPA0001000..KPA0001999; list chip UIDs one by one"));
}

}  // namespace

SerialSet::SerialSet(std::initializer_list<BlankSerial> serials) {
  for (const BlankSerial& serial : serials) Insert(serial);
}

absl::StatusOr<SerialSet> SerialSet::Parse(absl::string_view text) { return Parse(text, Limits()); }

absl::StatusOr<SerialSet> SerialSet::Parse(absl::string_view text, const Limits& limits) {
  SerialSet set;
  if (absl::StripAsciiWhitespace(text).empty()) return set;
  size_t position = 0;
  for (absl::string_view item : absl::StrSplit(text, ',')) {
    ++position;
    absl::Status status =
        position > limits.items
            ? absl::InvalidArgumentError(absl::StrCat("got more than ", limits.items, " items"))
            : set.InsertItem(absl::StripAsciiWhitespace(item), limits);
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("set of serials, item ", position, ": ", status.message()));
    }
  }
  return set;
}

absl::Status SerialSet::InsertItem(absl::string_view item, const Limits& limits) {
  const uint64_t before = size_;
  uint64_t count = 1;
  if (const size_t sign = item.find(".."); sign != absl::string_view::npos) {
    KEPING_ASSIGN_OR_RETURN(const BlankSerial first, BlankSerial::Parse(item.substr(0, sign)));
    KEPING_ASSIGN_OR_RETURN(const BlankSerial last, BlankSerial::Parse(item.substr(sign + 2)));
    KEPING_RETURN_IF_ERROR(InsertRange(first, last));
    count = last.number() - first.number() + 1;
  } else {
    KEPING_ASSIGN_OR_RETURN(const BlankSerial serial, BlankSerial::Parse(item));
    Insert(serial);
  }
  if (size_ - before != count) {
    return absl::InvalidArgumentError("got a serial that is listed before, want each blank once");
  }
  if (size_ > limits.blanks) {
    return absl::InvalidArgumentError(absl::StrCat("got more than ", limits.blanks, " blanks"));
  }
  return absl::OkStatus();
}

std::string SerialSet::ToString() const {
  std::string text;
  for (const Range& range : ranges()) {
    absl::StrAppend(&text, text.empty() ? "" : ",", range.first.text());
    if (range.count > 1) absl::StrAppend(&text, "..", range.last.text());
  }
  return text;
}

bool SerialSet::Insert(const BlankSerial& serial) {
  KEPING_CHECK(!serial.empty(), "a set of blanks holds no empty serial");
  const uint64_t before = size_;
  AddRun(serial, 1);
  return size_ != before;
}

absl::Status SerialSet::InsertRange(const BlankSerial& first, const BlankSerial& last) {
  if (first.width() == 0 || last.width() == 0) return RangeError("got a serial without a number");
  if (!first.SameRun(last)) return RangeError("got two serials of different form");
  if (last < first) return RangeError("got a last serial before the first");
  const uint64_t count = last.number() - first.number() + 1;
  if (count > kMaxRange) {
    return RangeError(absl::StrCat("got ", count, " blanks, at most ", kMaxRange, " allowed"));
  }
  AddRun(first, count);
  return absl::OkStatus();
}

bool SerialSet::Remove(const BlankSerial& serial) {
  const uint64_t before = size_;
  RemoveRun(serial, 1);
  return size_ != before;
}

SerialSet SerialSet::Take(uint64_t count) {
  SerialSet taken;
  while (taken.size_ < count && !runs_.empty()) {
    const auto [first, length] = *runs_.begin();
    const uint64_t part = std::min(length, count - taken.size_);
    taken.AddRun(first, part);
    RemoveRun(first, part);
  }
  return taken;
}

bool SerialSet::Contains(const BlankSerial& serial) const {
  const auto run = FindRun(serial);
  return run != runs_.end() && run->first <= serial;
}

bool SerialSet::ContainsAll(const SerialSet& other) const {
  return Intersect(other).size_ == other.size_;
}

std::vector<SerialSet::Range> SerialSet::ranges() const {
  std::vector<Range> ranges;
  ranges.reserve(runs_.size());
  for (const auto& [first, count] : runs_) {
    const BlankSerial last = count == 1 ? first : first.WithNumber(End(first, count) - 1);
    ranges.push_back({first, last, count});
  }
  return ranges;
}

void SerialSet::ForEach(const std::function<void(const BlankSerial&)>& visit) const {
  for (const auto& [first, count] : runs_) {
    visit(first);
    for (uint64_t number = first.number() + 1; number < End(first, count); ++number) {
      visit(first.WithNumber(number));
    }
  }
}

SerialSet SerialSet::Union(const SerialSet& other) const {
  SerialSet result = *this;
  for (const auto& [first, count] : other.runs_) result.AddRun(first, count);
  return result;
}

SerialSet SerialSet::Difference(const SerialSet& other) const {
  SerialSet result = *this;
  for (const auto& [first, count] : other.runs_) result.RemoveRun(first, count);
  return result;
}

SerialSet SerialSet::Intersect(const SerialSet& other) const {
  SerialSet result;
  for (const auto& [first, count] : other.runs_) {
    const uint64_t begin = first.number();
    for (auto run = FindRun(first); run != runs_.end() && run->first.SameRun(first); ++run) {
      const uint64_t from = std::max(begin, run->first.number());
      const uint64_t to = std::min(End(first, count), End(run->first, run->second));
      if (from >= to) break;
      result.AddRun(first.WithNumber(from), to - from);
    }
  }
  return result;
}

SerialSet::Runs::const_iterator SerialSet::FindRun(const BlankSerial& serial) const {
  const auto after = runs_.upper_bound(serial);
  if (after != runs_.begin()) {
    const auto before = std::prev(after);
    const bool covers =
        before->first.SameRun(serial) && End(before->first, before->second) > serial.number();
    if (covers) return before;
  }
  return after != runs_.end() && after->first.SameRun(serial) ? after : runs_.end();
}

void SerialSet::AddRun(const BlankSerial& first, uint64_t count) {
  BlankSerial begin = first;
  uint64_t end = End(first, count);
  auto run = runs_.lower_bound(first);
  if (run != runs_.begin()) {
    const auto before = std::prev(run);
    const bool touches =
        before->first.SameRun(first) && End(before->first, before->second) >= first.number();
    if (touches) run = before;
  }
  while (run != runs_.end() && run->first.SameRun(first) && run->first.number() <= end) {
    begin = std::min(begin, run->first);
    end = std::max(end, End(run->first, run->second));
    size_ -= run->second;
    run = runs_.erase(run);
  }
  runs_.emplace_hint(run, begin, end - begin.number());
  size_ += end - begin.number();
}

void SerialSet::RemoveRun(const BlankSerial& first, uint64_t count) {
  const uint64_t begin = first.number();
  const uint64_t end = End(first, count);
  auto run = runs_.find(first);
  if (const auto found = FindRun(first); found != runs_.end()) run = runs_.find(found->first);
  while (run != runs_.end() && run->first.SameRun(first) && run->first.number() < end) {
    const BlankSerial held = run->first;
    const uint64_t held_end = End(held, run->second);
    size_ -= run->second;
    run = runs_.erase(run);
    if (held.number() < begin) AddRun(held, begin - held.number());
    if (held_end > end) {
      AddRun(held.WithNumber(end), held_end - end);
      return;
    }
  }
}

}  // namespace keping::domain
