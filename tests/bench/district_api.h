// The district API of a bench's centre, on a socket as keping-central has it, and a client of it.
//
//   KEPING_ASSIGN_OR_RETURN(auto api, DistrictApi::Serve(*centre, options.folder + "/api.sock"));
//   KEPING_RETURN_IF_ERROR(api->AskStatus());
#ifndef KEPING_TESTS_BENCH_DISTRICT_API_H_
#define KEPING_TESTS_BENCH_DISTRICT_API_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/bench/bench_centre.h"

namespace keping::bench {

// Used by one thread. The centre outlives it.
class DistrictApi {
 public:
  static absl::StatusOr<std::unique_ptr<DistrictApi>> Serve(BenchCentre& centre,
                                                            const std::string& socket);
  ~DistrictApi();

  // What the first screen shows; waits for the answer.
  absl::Status AskStatus();

 private:
  class Impl;
  explicit DistrictApi(std::unique_ptr<Impl> impl);

  const std::unique_ptr<Impl> impl_;
};

}  // namespace keping::bench

#endif  // KEPING_TESTS_BENCH_DISTRICT_API_H_
