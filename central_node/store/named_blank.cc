#include "central_node/store/named_blank.h"

#include <optional>
#include <set>
#include <utility>

#include "central_node/core/joined_names.h"
#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using domain::BlankSerial;

absl::Status Load(const CentralNode& centre, const BlankSerial& serial, Rows& rows) {
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

absl::Status LoadNamedBlank(const CentralNode& centre, const BlankSerial& serial, Rows& rows) {
  KEPING_RETURN_IF_ERROR(Load(centre, serial, rows));
  std::set<BlankSerial> others;
  for (const NameFact& name : rows.blanks.at(serial).facts.names) {
    others.insert({name.printed, name.uid});
  }
  for (const BlankSerial& other : others) {
    KEPING_RETURN_IF_ERROR(Load(centre, other, rows));
  }
  return absl::OkStatus();
}

absl::StatusOr<CountedName> ReadCountedName(const CentralNode& centre, const BlankSerial& name,
                                            const BlankRow& row) {
  CountedName counted{
      .box = row.facts.born_of(), .place = row.place, .dispatches = row.facts.dispatches};
  if (row.facts.names.empty()) return counted;
  Rows rows;
  KEPING_RETURN_IF_ERROR(LoadNamedBlank(centre, name, rows));
  const BoxedName boxed = BoxOfName(name, rows.blanks);
  counted.box = boxed.counted ? boxed.box : domain::BoxId();
  const std::optional<JoinedNames> names = NamesOf(name, rows.blanks);
  if (!names.has_value()) return counted;
  const bool second_name = name == names->uid && row.allotted_again;
  if (!second_name) counted.place = rows.blanks.at(names->printed).place;
  const BlankSerial& other = name == names->uid ? names->printed : names->uid;
  for (const DispatchFact& dispatch : rows.blanks.at(other).facts.dispatches) {
    AddFact(counted.dispatches, dispatch);
  }
  return counted;
}

}  // namespace keping::central
