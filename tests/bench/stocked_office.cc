#include "tests/bench/stocked_office.h"

#include "common/base/status_macros.h"
#include "tests/bench/node_folder.h"

namespace keping::bench {
namespace {

constexpr size_t kPictureBytes = 40;

}  // namespace

absl::StatusOr<std::unique_ptr<LinkedOffice>> OpenStockedOffice(BenchCentre& centre,
                                                                const Stock& stock) {
  KEPING_ASSIGN_OR_RETURN(const edge::NodeKeys keys,
                          centre.Enrol(stock.name, IncarnationName(stock.name)));
  KEPING_RETURN_IF_ERROR(centre.Supply(stock.name, stock.cards, kPictureBytes));
  KEPING_ASSIGN_OR_RETURN(auto office, LinkedOffice::Open({.folder = stock.folder, .keys = keys}));
  office->SetHurry(stock.hurry);
  KEPING_RETURN_IF_ERROR(office->Connect(centre.address()));
  KEPING_RETURN_IF_ERROR(office->AwaitRecords(stock.cards));
  KEPING_RETURN_IF_ERROR(office->ReceiveBlanks());
  KEPING_RETURN_IF_ERROR(office->AwaitProven());
  KEPING_RETURN_IF_ERROR(office->Disconnect());
  return office;
}

}  // namespace keping::bench
