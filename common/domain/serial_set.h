// A set of blanks: printed serials that follow each other are kept as runs, all others one by one,
// so that a delivery of 8,000 is small whether it is numbered or random.
//
//   set  := "" | item ("," item)*
//   item := serial | first ".." last        both ends included, same stem and width
//
//   SerialSet stock;
//   KEPING_RETURN_IF_ERROR(stock.InsertRange(first, last));
//   SerialSet sent = stock.Take(1600);          // the first 1,600 in order; stock keeps the rest
//   sent.ToString();                            // "KPA0001000..KPA0001999,04A1B2C3D4E5F6,…"
//
// Every set has exactly one text form. The range sign is "..", since a printed serial may hold '-'.
#ifndef KEPING_COMMON_DOMAIN_SERIAL_SET_H_
#define KEPING_COMMON_DOMAIN_SERIAL_SET_H_

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/domain/blank_serial.h"

namespace keping::domain {

// A value; not thread-safe while it is changed.
class SerialSet {
 public:
  // The largest single range; more is a slip of the keyboard.
  static constexpr uint64_t kMaxRange = 1'000'000;

  struct Limits {
    uint64_t blanks = 1'000'000;
    size_t items = 100'000;
  };

  struct Range {
    BlankSerial first;
    BlankSerial last;
    uint64_t count = 0;
    friend bool operator==(const Range&, const Range&) = default;
  };

  SerialSet() = default;
  SerialSet(std::initializer_list<BlankSerial> serials);

  // Reads the text form above, items in any order and blanks allowed around them. InvalidArgument
  // names the item's position when it is malformed, listed twice, or beyond `limits`.
  static absl::StatusOr<SerialSet> Parse(absl::string_view text);
  static absl::StatusOr<SerialSet> Parse(absl::string_view text, const Limits& limits);
  // The one canonical text form; Parse gives the same set back.
  std::string ToString() const;

  // True when the serial was not there before. The serial must not be empty.
  bool Insert(const BlankSerial& serial);
  // Adds first … last, both included; what is there already stays. InvalidArgument when the two are
  // not numbers of one run in order, or span more than kMaxRange.
  absl::Status InsertRange(const BlankSerial& first, const BlankSerial& last);
  // True when the serial was there.
  bool Remove(const BlankSerial& serial);
  // Removes the first `count` in order and returns them; all of them when there are fewer.
  SerialSet Take(uint64_t count);

  bool Contains(const BlankSerial& serial) const;
  bool ContainsAll(const SerialSet& other) const;
  // Blanks, not runs.
  uint64_t size() const { return size_; }
  bool empty() const { return runs_.empty(); }
  // The runs in order, of one blank or more each; no two of them touch.
  std::vector<Range> ranges() const;
  void ForEach(const std::function<void(const BlankSerial&)>& visit) const;

  SerialSet Union(const SerialSet& other) const;
  SerialSet Difference(const SerialSet& other) const;
  SerialSet Intersect(const SerialSet& other) const;

  friend bool operator==(const SerialSet&, const SerialSet&) = default;

 private:
  using Runs = std::map<BlankSerial, uint64_t>;

  absl::Status InsertItem(absl::string_view item, const Limits& limits);
  void AddRun(const BlankSerial& first, uint64_t count);
  void RemoveRun(const BlankSerial& first, uint64_t count);
  // The run that holds `serial`, else the next one after it of the same stem and width, else end().
  Runs::const_iterator FindRun(const BlankSerial& serial) const;

  // First serial of each run -> its length. Runs neither overlap nor touch.
  Runs runs_;
  uint64_t size_ = 0;
};

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_SERIAL_SET_H_
