// What reaches the central core: arrivals, which are facts and are never refused, and commands of
// people, which have an outcome.
#ifndef KEPING_CENTRAL_NODE_CORE_INPUT_H_
#define KEPING_CENTRAL_NODE_CORE_INPUT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "central_node/core/facts.h"
#include "common/crypto/hash.h"
#include "common/domain/event.h"
#include "common/domain/ids.h"
#include "common/domain/serial_set.h"

namespace keping::central {

// One entry of a verified segment. Without an event it is of a type, or in a form, that this
// version cannot read: it is kept and skipped.
struct ArrivedEntry {
  FactRef ref;
  std::optional<domain::Event> event;
};

// The next entries of one stream, in order, without a gap; the shell has checked that.
struct EntriesArrived {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  std::vector<ArrivedEntry> entries;
};

struct RecordsArrived {
  std::vector<domain::PrrReceived> records;
};

struct WithdrawalsArrived {
  std::vector<domain::PrrWithdrawn> withdrawals;
};

struct AllotmentsArrived {
  std::vector<domain::AllotmentReceived> allotments;
};

struct ReportAnswersArrived {
  std::vector<domain::ReportAnswered> answers;
};

struct OpenGeneration {
  domain::GenerationId generation;
};

struct EnrolNode {
  domain::NodeId node;
  domain::IncarnationId incarnation;
  std::string public_key;  // 32 bytes
};

// Puts an operator on a node's roster; an empty version takes the certificate away.
struct CertifyOperator {
  domain::OperatorId operator_id;
  domain::NodeId node;
  domain::ApplicationVersion application_version;
};

// Sends blanks of the district's stock: the named serials, or the first `quantity` in order.
struct Dispatch {
  domain::TransferId transfer;
  domain::NodeId node;
  uint64_t quantity = 0;
  domain::SerialSet serials;
};

// Moves the right to print a record. Not forced: the holder is asked to release it first.
struct MoveLease {
  domain::PrrId prr;
  domain::NodeId to;
  bool forced = false;
};

// Looks again at records that waited for an office; the shell names them, after an enrolment.
struct GrantWaiting {
  std::vector<domain::PrrId> prrs;
};

// The centre's own log, when the tables are rebuilt from the logs.
struct CentralEntriesReplayed {
  std::vector<ArrivedEntry> entries;
};

using Input = std::variant<EntriesArrived, RecordsArrived, WithdrawalsArrived, AllotmentsArrived,
                           ReportAnswersArrived, OpenGeneration, EnrolNode, CertifyOperator,
                           Dispatch, MoveLease, GrantWaiting, CentralEntriesReplayed>;

// Why a command did nothing. The order is the precedence of the checks.
enum class CommandOutcome {
  kDone = 0,
  kUnknownNode,
  kUnknownPrr,
  kAlreadyEnrolled,  // with another key
  kTransferIdUsed,
  kNothingAsked,  // a dispatch of no blanks
  kNotInStock,    // `want` blanks asked for, `got` of them in the district's stock
  kPrrWithdrawn,
  kPrrPrinted,
  kAlreadyHolder,
  kMoveInProgress,
};

struct CommandResult {
  CommandOutcome outcome = CommandOutcome::kDone;
  uint64_t got = 0;
  uint64_t want = 0;

  friend bool operator==(const CommandResult&, const CommandResult&) = default;
};

// What happened and what to do, in one sentence.
std::string Sentence(const CommandResult& result);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_INPUT_H_
