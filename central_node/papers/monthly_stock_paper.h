// The district's monthly stock report of blanks: what the custody ledger says of the month, account
// by account, where the blanks lay at its end, what became of each delivery, and why blanks were
// spoiled.
//
//   paper::Document report = MonthlyStockPaper(words, stock);
//
// Every account of the ledger's enum has its line, so that none can be forgotten. Pure.
#ifndef KEPING_CENTRAL_NODE_PAPERS_MONTHLY_STOCK_PAPER_H_
#define KEPING_CENTRAL_NODE_PAPERS_MONTHLY_STOCK_PAPER_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "central_node/papers/spoil_words.h"
#include "common/domain/serial_set.h"
#include "common/ledger/account.h"
#include "common/paper/document.h"
#include "common/paper/words.h"

namespace keping::central {

// Of an account, over all holders.
struct AccountMonth {
  int64_t opening = 0;
  int64_t in = 0;
  int64_t out = 0;

  int64_t closing() const { return opening + in - out; }
};

// Where blanks of a delivery are, in the columns of the paper.
enum class StockPlace { kDistrict = 1, kTransit, kOffice, kPrinted, kSpoiled, kDestroyed, kOther };
inline constexpr StockPlace kStockPlaces[] = {
    StockPlace::kDistrict, StockPlace::kTransit,   StockPlace::kOffice, StockPlace::kPrinted,
    StockPlace::kSpoiled,  StockPlace::kDestroyed, StockPlace::kOther};

// Of every account that is no source. Unidentified blanks lie at the district or in an office.
StockPlace PlaceOf(ledger::Account account, bool at_district);

struct MonthlyStock {
  struct Holder {
    std::string name;  // of the office; empty: the district
    std::map<StockPlace, int64_t> blanks;
  };
  struct Delivery {
    std::string allotment;
    std::string bast_number;
    domain::SerialSet serials;
    int64_t quantity = 0;  // those in boxes too
    std::map<StockPlace, int64_t> blanks;
  };
  struct Spoiled {
    std::string office;
    std::map<SpoilReason, int64_t> cards;  // of kSpoilReasons
  };

  absl::CivilMonth month = {};
  absl::CivilDay upto = {};  // the last day of it that is counted
  // Of the ledger, sources too.
  std::map<ledger::Account, AccountMonth> accounts = {};
  std::vector<Holder> holders = {};       // at its end
  std::vector<Delivery> deliveries = {};  // as of now
  std::vector<Spoiled> spoiled = {};      // in the month
};

paper::Document MonthlyStockPaper(const paper::Words& words, const MonthlyStock& stock);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_PAPERS_MONTHLY_STOCK_PAPER_H_
