// The numbers of the district's papers: 1, 2, 3 … of each kind and year, without gaps. A number is
// taken when the paper is made, and durable before anybody has the paper. A centre that was set
// back has lost count of what it gave out since: each later generation counts by itself, and says
// so in its numbers ("001-P2").
//
//   PaperNumbers numbers({.store = store, .form = "{number}/{kind}/{year}", …});
//   KEPING_ASSIGN_OR_RETURN(NumberedPaper paper, numbers.For({.kind = 1, .code = "BAST", …}));
//   …render it with paper.text and paper.copies…
//   KEPING_RETURN_IF_ERROR(numbers.Keep(paper));
//
// What the same kind already says under a number that holds is that number again, one copy more; or
// the same copy, when the request for which it was made is repeated: its answer was lost.
#ifndef KEPING_CENTRAL_NODE_CONSOLE_PAPER_NUMBERS_H_
#define KEPING_CENTRAL_NODE_CONSOLE_PAPER_NUMBERS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/crypto/hash.h"
#include "common/domain/ids.h"
#include "common/storage/kv_store.h"

namespace keping::central {

struct NumberedPaper {
  int kind = 0;  // 1 to 255
  int64_t year = 0;
  uint32_t generation = 1;  // of the centre, in order
  uint32_t number = 0;
  std::string text = {};     // the number as it stands on the paper
  std::string subject = {};  // what it is of
  crypto::Hash content = {};
  absl::CivilDay day = {};  // that stands on it
  domain::OperatorId by = {};
  uint32_t copies = 0;           // reprints, this one included
  domain::ActId request = {};    // for which the last print was made; or empty
  std::string void_reason = {};  // empty: it holds
  domain::OperatorId voided_by = {};
  domain::OperatorId voided_second = {};
  absl::Time voided_at = {};
};

struct VoidNumber {
  std::string text = {};
  std::string reason;
  domain::OperatorId by = {};
  domain::OperatorId second;
  absl::Time at;
};

// On the thread that writes the store.
class PaperNumbers {
 public:
  // All outlive it.
  struct Ports {
    storage::KvStore* store = nullptr;
    std::string form;  // with {number}, {kind} and {year}
    // The store failed: the central node is finished.
    std::function<void(const absl::Status&)> failed;
  };
  struct Wanted {
    int kind = 0;
    std::string code;  // "BAST"
    uint32_t generation = 1;
    std::string subject = {};
    crypto::Hash content = {};
    absl::CivilDay day = {};  // today
    domain::OperatorId by = {};
    domain::ActId request = {};  // or empty
  };

  explicit PaperNumbers(Ports ports) : ports_(std::move(ports)) {}

  // Nothing is taken yet: two calls give the same number.
  absl::StatusOr<NumberedPaper> For(const Wanted& wanted) const;
  // Durable.
  absl::Status Keep(const NumberedPaper& paper);
  // NotFound K-356: there is no such number. FailedPrecondition K-357: it is void already.
  absl::Status Void(const VoidNumber& what);
  // By kind, year, generation and number; year 0: all of them.
  absl::StatusOr<std::vector<NumberedPaper>> List(int64_t year) const;

 private:
  const Ports ports_;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CONSOLE_PAPER_NUMBERS_H_
