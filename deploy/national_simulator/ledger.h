// The national side's own account of what a district reported: which record has its card, on which
// blank, which blanks were spoiled, and for how many it asked. It is kept from the reports alone,
// so that the district's figures can be checked against somebody else's.
//
//   Ledger ledger(prrs, blanks);
//   ReportAnswer answer = ledger.Report(item);   // the same item again gets the same answer
//   ledger.totals().printed;
//
// An accepted item is final under its key. A rejected one is judged anew when it comes again.
#ifndef KEPING_DEPLOY_NATIONAL_SIMULATOR_LEDGER_H_
#define KEPING_DEPLOY_NATIONAL_SIMULATOR_LEDGER_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "common/domain/serial_set.h"
#include "keping/national/v1/national.pb.h"

namespace keping::national_simulator {

// Not thread-safe.
class Ledger {
 public:
  struct Totals {
    uint64_t printed = 0;
    uint64_t spoiled = 0;
    // Items whose last answer was a rejection.
    uint64_t rejected = 0;
    uint64_t printed_withdrawn = 0;
    // Blanks of accepted requests, and requests whose last answer was a rejection.
    uint64_t blanks_requested = 0;
    uint64_t requests_rejected = 0;
  };

  // What may be reported: the records that exist and the blanks that were allotted.
  Ledger(std::set<std::string> prrs, domain::SerialSet blanks);

  // Notes that a later report of this record is of a withdrawn one.
  void Withdraw(const std::string& prr) { withdrawn_.insert(prr); }
  // The answer to one item, with a stable reason (national.proto) when it is not accepted.
  national::v1::ReportAnswer Report(const national::v1::ReportItem& item);
  // The same for an item that is rejected whatever it says; one that was accepted stays so.
  national::v1::ReportAnswer Reject(const national::v1::ReportItem& item,
                                    const std::string& reason);
  // The same of requests for blanks: those up to kMostBlanks are granted for the day on which they
  // are needed.
  static constexpr uint64_t kMostBlanks = 100'000;
  national::v1::BlankRequestAnswer Request(const national::v1::BlankRequest& item);
  national::v1::BlankRequestAnswer Reject(const national::v1::BlankRequest& item,
                                          const std::string& reason);
  Totals totals() const;

 private:
  struct Entry {
    national::v1::ReportKind kind;
    std::string prr;
    std::string blank;
    bool was_withdrawn = false;
    friend bool operator==(const Entry&, const Entry&) = default;
  };

  // The reason against booking `entry`, or empty. `blank` is as the parser normalised it.
  std::string Objection(const Entry& entry) const;
  void Book(const std::string& item, Entry entry);

  struct Asked {
    std::string request;
    uint64_t quantity = 0;
    int32_t needed_by_days = 0;
    friend bool operator==(const Asked&, const Asked&) = default;
  };

  const std::set<std::string> prrs_;
  const domain::SerialSet blanks_;
  std::set<std::string> withdrawn_;
  std::map<std::string, Entry> accepted_;  // by item
  std::set<std::string> rejected_;         // items
  std::set<std::string> printed_prrs_;
  std::set<std::string> used_blanks_;
  std::map<std::string, Asked> granted_;     // requests by item
  std::set<std::string> rejected_requests_;  // items
};

}  // namespace keping::national_simulator

#endif  // KEPING_DEPLOY_NATIONAL_SIMULATOR_LEDGER_H_
