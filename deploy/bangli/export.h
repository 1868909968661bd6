// The sample data as files for people to look at; programs take it from the national simulator.
#ifndef KEPING_DEPLOY_BANGLI_EXPORT_H_
#define KEPING_DEPLOY_BANGLI_EXPORT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "deploy/bangli/allotment.h"
#include "deploy/bangli/generator.h"

namespace keping::bangli {

struct ExportSummary {
  size_t records = 0;
  size_t pictures = 0;
  size_t smallest_picture = 0;  // bytes
  size_t largest_picture = 0;
};

// One line of CSV (RFC 4180), without the picture; CsvHeader() names its columns.
std::string CsvHeader();
std::string CsvLine(const Record& record);

// Writes records.csv, allotment.csv and, with `pictures`, pictures/PRR.png and
// pictures/PRR-signature.png into `folder`, which is made when it is missing. An error names the
// file.
absl::StatusOr<ExportSummary> ExportFolder(const Generator& generator, const Allotment& allotment,
                                           const std::string& folder, bool pictures);

// Writes twelve portraits on one sheet as a PNG file.
absl::Status WriteContactSheet(uint64_t seed, const std::string& path);

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_EXPORT_H_
