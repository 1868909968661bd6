// An office with everything to print with: enrolled at a centre, its records and blanks received,
// all of it proven, and no link.
//
//   KEPING_ASSIGN_OR_RETURN(auto office, OpenStockedOffice(*centre, {.name = "kintamani",
//                           .folder = options.folder, .cards = 200}));
#ifndef KEPING_TESTS_BENCH_STOCKED_OFFICE_H_
#define KEPING_TESTS_BENCH_STOCKED_OFFICE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tests/bench/bench_centre.h"
#include "tests/bench/linked_office.h"

namespace keping::bench {

struct Stock {
  std::string name;
  std::string folder;
  size_t cards = 0;
  // What the node writes is not synced, until SetHurry(false).
  bool hurry = false;
};

// Its records have next to no picture: nothing of it goes up.
absl::StatusOr<std::unique_ptr<LinkedOffice>> OpenStockedOffice(BenchCentre& centre,
                                                                const Stock& stock);

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_STOCKED_OFFICE_H_
