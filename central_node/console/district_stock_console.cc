#include "central_node/console/district_stock_console.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "central_node/console/command.h"
#include "central_node/core/district_loans.h"
#include "central_node/core/supply_book.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/domain/limits.h"
#include "common/wire/field_reader.h"

namespace keping::central {
namespace {

constexpr size_t kIdBytes = 8;
constexpr uint32_t kMostPieces = 100'000;

// "51.07"
absl::Status CheckDistrict(absl::string_view code) {
  const bool fits = code.size() == 5 && code[2] == '.' && absl::ascii_isdigit(code[0]) &&
                    absl::ascii_isdigit(code[1]) && absl::ascii_isdigit(code[3]) &&
                    absl::ascii_isdigit(code[4]);
  if (fits) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("district: got ", code, ", want the code of a district, such as 51.07"));
}

absl::Status CheckBlanks(const EnterLoan& command) {
  if (command.quantity > 0 && !command.serials.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("got a quantity of ", command.quantity, " and ",
                                                   command.serials.size(),
                                                   " serials, want one of the two"));
  }
  const uint64_t blanks = std::max(command.quantity, command.serials.size());
  if (blanks <= domain::kMaxBlanksOfAct) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("got ", blanks, " blanks, want at most ",
                                                 domain::kMaxBlanksOfAct,
                                                 " in one paper; enter them in several"));
}

void FillPaper(const domain::LoanMoved& paper, v1::LoanPaper& proto) {
  proto.set_step(static_cast<log::v1::LoanStep>(paper.step));
  proto.set_district(paper.district.value());
  proto.set_serials(paper.blanks.ToString());
  proto.set_quantity(paper.blanks.size());
  proto.set_day_days(base::ToEpochDays(paper.day));
  proto.set_document(paper.document.value());
  proto.set_by(paper.by.value());
  proto.set_second(paper.second.value());
}

void FillSum(const domain::DistrictCode& district, const LoanSum& sum, v1::DistrictLoans& proto) {
  proto.set_district(district.value());
  proto.set_lent(sum.lent);
  proto.set_came_back(sum.came_back);
  proto.set_borrowed(sum.borrowed);
  proto.set_given_back(sum.given_back);
  proto.set_lent_open(sum.lent_open());
  proto.set_borrowed_open(sum.borrowed_open());
}

// In the order of the log; facts are kept in that of their ids.
template <typename Fact>
std::vector<const Fact*> InOrder(const std::vector<Fact>& facts) {
  std::vector<const Fact*> ordered;
  for (const Fact& fact : facts) ordered.push_back(&fact);
  std::sort(ordered.begin(), ordered.end(),
            [](const Fact* a, const Fact* b) { return a->fact.seq < b->fact.seq; });
  return ordered;
}

log::v1::ConsumableKind KindOf(domain::ConsumableKind kind) {
  return static_cast<log::v1::ConsumableKind>(kind);
}

}  // namespace

template <typename Input>
absl::Status DistrictStockConsole::Command(const Input& command) {
  return Answer(ports_.node->Handle(ports_.clock->Now(), command), ports_.failed, *ports_.hub);
}

std::string DistrictStockConsole::NewId() const {
  return absl::BytesToHexString(ports_.random(kIdBytes));
}

absl::StatusOr<v1::EnterLoanResponse> DistrictStockConsole::EnterLoan(
    const v1::EnterLoanRequest& request) {
  wire::FieldReader read("EnterLoanRequest");
  const central::EnterLoan command{
      .act = domain::ActId::Of(NewId()),
      .step = read.EnumValue("step", request.step(), domain::LoanStep::kGivenBack),
      .district = read.Id<domain::DistrictCode>("district", request.district()),
      .quantity = request.quantity(),
      .serials = read.Serials("serials", request.serials()),
      .day = base::FromEpochDays(request.day_days()),
      .document = read.Id<domain::DocumentNumber>("document", request.document()),
      .by = read.Id<domain::OperatorId>("by", request.by()),
      .second = read.Id<domain::OperatorId>("second", request.second())};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_RETURN_IF_ERROR(CheckDistrict(command.district.value()));
  KEPING_RETURN_IF_ERROR(CheckBlanks(command));
  KEPING_RETURN_IF_ERROR(Command(command));
  v1::EnterLoanResponse response;
  const LoanPaper* entered = SamePaper(command, ports_.node->resident().centre.loans);
  response.set_serials(entered->paper.blanks.ToString());
  response.set_quantity(entered->paper.blanks.size());
  return response;
}

absl::StatusOr<v1::ListLoansResponse> DistrictStockConsole::ListLoans(
    const v1::ListLoansRequest& request) {
  const std::vector<LoanPaper>& papers = ports_.node->resident().centre.loans;
  v1::ListLoansResponse response;
  std::set<domain::DistrictCode> districts;
  for (const LoanPaper* one : InOrder(papers)) {
    if (!request.district().empty() && request.district() != one->paper.district.value()) continue;
    districts.insert(one->paper.district);
    FillPaper(one->paper, *response.add_papers());
  }
  for (const domain::DistrictCode& district : districts) {
    FillSum(district, SumWith(district, papers), *response.add_districts());
  }
  return response;
}

absl::StatusOr<v1::EnterSupplyResponse> DistrictStockConsole::EnterSupply(
    const v1::EnterSupplyRequest& request) {
  wire::FieldReader read("EnterSupplyRequest");
  domain::SupplyMoved moved{
      .act = domain::ActId::Of(NewId()),
      .step = read.EnumValue("step", request.step(), domain::SupplyStep::kCounted),
      .kind = read.EnumValue("kind", request.kind(), domain::ConsumableKind::kCleaningCard),
      .lot = read.Id<domain::SupplyLotId>("lot", request.lot()),
      .quantity = request.quantity(),
      .panels = request.panels(),
      .transfer = {},
      .node = {},
      .document = read.Id<domain::DocumentNumber>("document", request.document()),
      .by = read.Id<domain::OperatorId>("by", request.by()),
      .second = read.OptionalId<domain::OperatorId>("second", request.second())};
  if (moved.step == domain::SupplyStep::kDispatched) {
    moved.node = read.Id<domain::NodeId>("node", request.node());
    // Of a paper that was entered before: as it was numbered then.
    const domain::SupplyMoved* before = SamePaper(moved, ports_.node->resident().centre);
    const std::string fallback = before == nullptr ? NewId() : before->transfer.value();
    moved.transfer = read.Id<domain::TransferId>(
        "transfer", request.transfer().empty() ? fallback : request.transfer());
  }
  KEPING_RETURN_IF_ERROR(read.status());
  if (moved.quantity > kMostPieces) {
    return absl::InvalidArgumentError(
        absl::StrCat("quantity: got ", moved.quantity, " pieces, want at most ", kMostPieces));
  }
  KEPING_RETURN_IF_ERROR(Command(central::EnterSupply{.moved = moved}));
  v1::EnterSupplyResponse response;
  response.set_in_stock(InStock(ports_.node->resident().centre, {moved.kind, moved.lot}));
  response.set_transfer(moved.transfer.value());
  return response;
}

absl::StatusOr<v1::ListSuppliesResponse> DistrictStockConsole::ListSupplies(
    const v1::ListSuppliesRequest&) {
  const SupplyBook book = ReadSupplies(ports_.node->resident());
  v1::ListSuppliesResponse response;
  for (const auto& [place, pieces] : book.places()) {
    if (place.account == SupplyAccount::kUnrecorded) {
      response.set_unrecorded(response.unrecorded() + static_cast<uint64_t>(-pieces));
    }
    if (IsSource(place.account) || pieces == 0) continue;
    v1::SupplyBalance& balance = *response.add_balances();
    balance.set_kind(KindOf(place.kind));
    balance.set_account(SupplyAccountName(place.account));
    balance.set_holder(place.holder.value());
    balance.set_pieces(static_cast<uint64_t>(pieces));
  }
  for (const auto& [lot, pieces] : book.lots()) {
    if (pieces <= 0) continue;
    v1::SupplyLot& proto = *response.add_lots();
    proto.set_kind(KindOf(lot.kind));
    proto.set_lot(lot.lot.value());
    proto.set_pieces(static_cast<uint64_t>(pieces));
  }
  for (const SupplyParcel& parcel : book.Differing()) {
    v1::SupplyDifference& proto = *response.add_differences();
    proto.set_transfer(parcel.transfer.value());
    proto.set_node(parcel.node.value());
    proto.set_kind(KindOf(parcel.kind));
    proto.set_sent(static_cast<uint64_t>(parcel.sent));
    proto.set_came(static_cast<uint64_t>(parcel.came));
  }
  response.set_balanced(book.balanced());
  return response;
}

}  // namespace keping::central
