// Where in an office's days a difference arose: between which two counts it changed, who had a
// shift then, and the fewest such windows that explain what is left to explain.
//
//   Blame blame = FindWindows(points, -2);
//   for (const CountWindow& window : blame.windows) if (window.blamed) …
//
// A hand count can itself be wrong: it then shows a change, and the next one takes it back. The
// windows that are blamed are the smallest set whose changes make up the sum; of several such sets
// the one that calls the fewest counts wrong, and then the one that begins last.
#ifndef KEPING_CENTRAL_NODE_CORE_SHIFT_WINDOWS_H_
#define KEPING_CENTRAL_NODE_CORE_SHIFT_WINDOWS_H_

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "central_node/core/count_facts.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"

namespace keping::central {

// A moment at which somebody counted, and how many more lay there than the book says. What it is
// is named by its event; zero: the book's own beginning.
struct CountPoint {
  LogOrder place = {};
  crypto::Hash fact = {};
  int64_t difference = 0;
};

struct ShiftOf {
  domain::ActId act;
  domain::OperatorId operator_id;

  friend bool operator==(const ShiftOf&, const ShiftOf&) = default;
  friend auto operator<=>(const ShiftOf&, const ShiftOf&) = default;
};

// Between two counts that follow each other.
struct CountWindow {
  LogOrder after = {};
  LogOrder until = {};
  crypto::Hash from = {};  // the counts, by event; `from` zero: since the beginning
  crypto::Hash to = {};
  int64_t change = 0;  // of the difference
  bool blamed = false;
  std::vector<ShiftOf> shifts = {};  // open in it, in the order of their beginning

  friend bool operator==(const CountWindow&, const CountWindow&) = default;
};

struct Blame {
  std::vector<CountWindow> windows;      // all, in order
  std::vector<crypto::Hash> wrong = {};  // counts that the blamed windows call wrong
};

// A hand count is wrong by no more blanks than this.
inline constexpr int64_t kMostMiscounted = 1000;

// `points` in the order of the log, the book's beginning or a count without a difference first, the
// count that is judged last. `sum` is what is to be explained; where no windows make it up, all of
// the last difference is explained.
Blame FindWindows(const std::vector<CountPoint>& points, int64_t sum);

// The shifts of which some part lies between the two places.
std::vector<ShiftOf> ShiftsBetween(const std::vector<ShiftMark>& marks, const LogOrder& after,
                                   const LogOrder& until);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_SHIFT_WINDOWS_H_
