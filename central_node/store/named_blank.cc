#include "central_node/store/named_blank.h"

#include <set>
#include <utility>

#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

absl::Status Load(const CentralNode& centre, const domain::BlankSerial& serial, Rows& rows) {
  if (rows.blanks.contains(serial)) return absl::OkStatus();
  KEPING_ASSIGN_OR_RETURN(BlankRow row,
                          StoredRow<BlankRow>(centre, storage::kBlankRowPrefix, serial.text()));
  for (const domain::ActId& act : row.facts.jobs) {
    KEPING_ASSIGN_OR_RETURN(rows.jobs[act],
                            StoredRow<JobFacts>(centre, storage::kJobRowPrefix, act.value()));
  }
  rows.blanks.emplace(serial, std::move(row));
  return absl::OkStatus();
}

}  // namespace

absl::Status LoadNamedBlank(const CentralNode& centre, const domain::BlankSerial& serial,
                            Rows& rows) {
  KEPING_RETURN_IF_ERROR(Load(centre, serial, rows));
  std::set<domain::BlankSerial> others;
  for (const NameFact& name : rows.blanks.at(serial).facts.names) {
    others.insert({name.printed, name.uid});
  }
  for (const domain::BlankSerial& other : others) {
    KEPING_RETURN_IF_ERROR(Load(centre, other, rows));
  }
  return absl::OkStatus();
}

}  // namespace keping::central
