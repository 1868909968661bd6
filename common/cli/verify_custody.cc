#include "common/cli/verify_custody.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/status_macros.h"
#include "common/cli/store_report.h"
#include "common/storage/key_space.h"
#include "keping/store/v1/boxes.pb.h"
#include "keping/store/v1/central.pb.h"

namespace keping::cli {
namespace {

namespace row = ::keping::store::v1;

// A district's serials over the years are more than one message may name.
constexpr domain::SerialSet::Limits kOfADistrict = {.blanks = std::numeric_limits<uint64_t>::max(),
                                                    .items = std::numeric_limits<size_t>::max()};

std::string AccountName(int account) {
  if (!row::Account_IsValid(account)) return absl::StrCat("account_", account);
  const std::string name = row::Account_Name(static_cast<row::Account>(account));
  return absl::AsciiStrToLower(absl::StripPrefix(name, "ACCOUNT_"));
}

class CustodyRows {
 public:
  CustodyRows(const storage::KvStore& store, const BlankCensus& census, const DistrictCount& count,
              v1::StoreReport* report)
      : store_(store), census_(census), count_(count), report_(report) {}

  absl::Status Check() {
    KEPING_RETURN_IF_ERROR(CheckBalances());
    KEPING_RETURN_IF_ERROR(CheckJournal());
    KEPING_RETURN_IF_ERROR(CheckBlankRows());
    KEPING_RETURN_IF_ERROR(CheckBoxRows());
    return CheckCentreRow();
  }

 private:
  void CompareTotals(const char* code, absl::string_view what, const CustodyTotals& stored) {
    CustodyTotals all = stored;  // the places of both
    for (const auto& [place, quantity] : count_.totals) all.try_emplace(place, 0);
    for (const auto& [place, unused] : all) {
      const auto got = stored.find(place);
      const auto want = count_.totals.find(place);
      const int64_t got_quantity = got == stored.end() ? 0 : got->second;
      const int64_t want_quantity = want == count_.totals.end() ? 0 : want->second;
      if (got_quantity == want_quantity) continue;
      AddDifference(report_, code,
                    absl::StrCat("account ", place.first, " at ",
                                 place.second.empty() ? "the district" : place.second),
                    absl::StrCat("got ", got_quantity, " in ", what, ", want ", want_quantity,
                                 " as counted from the raw logs"));
    }
  }

  absl::Status CheckBalances() {
    CustodyTotals stored;
    KEPING_RETURN_IF_ERROR(ScanPrefix(
        store_, storage::kBalancePrefix, [&](absl::string_view key, absl::string_view value) {
          if (key.empty()) return Unreadable("the key of a balance");
          KEPING_ASSIGN_OR_RETURN(const uint64_t quantity, storage::ReadBigEndian64(value));
          const int account = static_cast<unsigned char>(key[0]);
          stored[{AccountName(account), std::string(key.substr(1))}] =
              static_cast<int64_t>(quantity);
          return absl::OkStatus();
        }));
    AddCheck(report_, "ledger_balances", stored.size());
    CompareTotals("ledger_differs", "the ledger", stored);
    return absl::OkStatus();
  }

  absl::Status CheckJournal() {
    std::map<std::pair<int, std::string>, int64_t> quantities;
    uint64_t moves = 0;
    KEPING_RETURN_IF_ERROR(
        ScanPrefix(store_, storage::kMovePrefix, [&](absl::string_view, absl::string_view value) {
          row::MoveRow move;
          if (!move.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
            return Unreadable("a line of the custody journal");
          }
          ++moves;
          quantities[{move.from().account(), move.from().holder()}] -= move.quantity();
          quantities[{move.to().account(), move.to().holder()}] += move.quantity();
          return absl::OkStatus();
        }));
    CustodyTotals sums;
    for (const auto& [place, quantity] : quantities) {
      sums[{AccountName(place.first), place.second}] = quantity;
    }
    AddCheck(report_, "journal_moves", moves);
    CompareTotals("journal_differs", "the sum of the custody journal", sums);
    return absl::OkStatus();
  }

  absl::Status CheckBlankRows() {
    uint64_t blanks = 0;
    KEPING_RETURN_IF_ERROR(ScanPrefix(
        store_, storage::kBlankRowPrefix, [&](absl::string_view key, absl::string_view value) {
          row::BlankRow blank;
          const auto serial = domain::BlankSerial::Parse(key);
          if (!serial.ok() || !blank.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
            return Unreadable("the row of a blank");
          }
          ++blanks;
          CompareSecondName(*serial, blank.allotted_again());
          const auto counted = count_.places.find(*serial);
          const CustodyPlace want =
              counted == count_.places.end() ? census_.PlaceOf(*serial) : counted->second;
          const CustodyPlace got{AccountName(blank.place().account()), blank.place().holder()};
          if (got == want) return absl::OkStatus();
          AddDifference(report_, "blank_misplaced", absl::StrCat("blank ", serial->text()),
                        absl::StrCat("got ", got.first, " at ", got.second, ", want ", want.first,
                                     " at ", want.second, " by the raw logs"));
          return absl::OkStatus();
        }));
    AddCheck(report_, "blank_rows", blanks);
    return absl::OkStatus();
  }

  void CompareSecondName(const domain::BlankSerial& serial, bool got) {
    if (got == count_.allotted_again.contains(serial)) return;
    constexpr absl::string_view kSecond = "the second allotted name of a blank";
    constexpr absl::string_view kOwn = "a blank of its own";
    AddDifference(report_, "allotted_differs", absl::StrCat("blank ", serial.text()),
                  absl::StrCat("got ", got ? kSecond : kOwn, ", want ", got ? kOwn : kSecond,
                               " by the raw logs"));
  }

  absl::Status CheckBoxRows() {
    std::map<domain::BoxId, BoxContents> counted = count_.boxes;
    uint64_t boxes = 0;
    KEPING_RETURN_IF_ERROR(ScanPrefix(
        store_, storage::kBoxRowPrefix, [&](absl::string_view key, absl::string_view value) {
          row::BoxRow box;
          const auto id = domain::BoxId::Parse(key);
          if (!id.ok() || !box.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
            return Unreadable("the row of a box");
          }
          ++boxes;
          CompareBox(*id,
                     {.place = {AccountName(box.place().account()), box.place().holder()},
                      .held = box.quantity(),
                      .unidentified = box.unidentified(),
                      .excess = box.excess()},
                     counted[*id]);
          counted.erase(*id);
          return absl::OkStatus();
        }));
    for (const auto& [id, contents] : counted) {
      AddDifference(report_, "box_lost", absl::StrCat("box ", id.value()),
                    "got no row of it, want one: the logs speak of it");
    }
    AddCheck(report_, "box_rows", boxes);
    return absl::OkStatus();
  }

  void CompareBox(const domain::BoxId& id, const BoxContents& got, const BoxContents& want) {
    const bool same = got.held == want.held && got.unidentified == want.unidentified &&
                      got.excess == want.excess &&
                      (want.unidentified == 0 || got.place == want.place);
    if (same) return;
    AddDifference(report_, "box_differs", absl::StrCat("box ", id.value()),
                  absl::StrCat("got ", InWords(got), ", want ", InWords(want), " by the raw logs"));
  }

  static std::string InWords(const BoxContents& box) {
    return absl::StrCat(box.held, " blanks by its note, ", box.unidentified, " unidentified in ",
                        box.place.first, " at ",
                        box.place.second.empty() ? "the district" : box.place.second, ", ",
                        box.excess, " too many");
  }

  absl::Status CheckCentreRow() {
    KEPING_ASSIGN_OR_RETURN(const auto bytes, store_.Get(storage::kCentreRowKey));
    if (!bytes) return absl::OkStatus();
    row::CentreRow centre;
    if (!centre.ParseFromString(*bytes)) return Unreadable("the row of the centre");
    const auto stock = domain::SerialSet::Parse(centre.district_stock().text(), kOfADistrict);
    const auto allotted = domain::SerialSet::Parse(centre.allotted().text(), kOfADistrict);
    if (!stock.ok() || !allotted.ok()) return Unreadable("the serials of the district");
    const auto counted = count_.totals.find({"district_stock", ""});
    const int64_t want = counted == count_.totals.end() ? 0 : counted->second;
    if (static_cast<int64_t>(stock->size()) != want) {
      AddDifference(report_, "stock_differs", "the district's stock",
                    absl::StrCat("got ", stock->size(), " serials, want ", want,
                                 " as counted from the raw logs"));
    }
    if (allotted->size() != count_.allotted_serials) {
      AddDifference(report_, "allotted_differs", "the allotted serials",
                    absl::StrCat("got ", allotted->size(), ", want ", count_.allotted_serials,
                                 " as the allotments name"));
    }
    if (centre.allotted_again() != count_.allotted_again.size()) {
      AddDifference(report_, "allotted_differs", "the second names of allotted blanks",
                    absl::StrCat("got ", centre.allotted_again(), ", want ",
                                 count_.allotted_again.size(), " as the logs join them"));
    }
    if (centre.in_boxes() != count_.allotted_in_boxes) {
      AddDifference(report_, "allotted_differs", "the blanks allotted in boxes",
                    absl::StrCat("got ", centre.in_boxes(), ", want ", count_.allotted_in_boxes,
                                 " as the delivery notes say"));
    }
    return absl::OkStatus();
  }

  const storage::KvStore& store_;
  const BlankCensus& census_;
  const DistrictCount& count_;
  v1::StoreReport* const report_;
};

}  // namespace

absl::Status CheckCustodyRows(const storage::KvStore& store, const BlankCensus& census,
                              const DistrictCount& count, v1::StoreReport* report) {
  return CustodyRows(store, census, count, report).Check();
}

}  // namespace keping::cli
