// Which rows a step needs. The core decides without reads, so the shell asks again, with the rows
// loaded so far, until nothing is missing: an outcome leads to its job, a job to its record and its
// blanks, and those to their other jobs and their cases.
//
//   Rows rows;
//   Needs needs(settings, input, resident);
//   for (Keys keys = needs.Next(rows); !keys.empty(); keys = needs.Next(rows)) Load(keys, rows);
#ifndef KEPING_CENTRAL_NODE_CORE_NEEDS_H_
#define KEPING_CENTRAL_NODE_CORE_NEEDS_H_

#include <cstdint>
#include <set>
#include <string>

#include "central_node/core/input.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"

namespace keping::central {

// Not thread-safe.
class Needs {
 public:
  Needs(const Settings& settings, const Input& input, const Resident& resident);

  // The keys that the step will touch and that `rows` does not hold yet; `rows` holds every key
  // that was given before. Empty: the step can run.
  Keys Next(const Rows& rows);

 private:
  void AddSubjects(const Rows& rows);
  void AddRecordsOnBlanks(const Rows& rows);
  void AddContext(const Rows& rows);
  void AddEarlyAnswers(const Rows& rows);
  void AddAnswersOfPerson(const std::string& person, const PersonRow& row, const Rows& rows);
  void AddDecided(const Rows& rows);
  void AddEntity(const CaseRow& row);
  void AddCounts(const Rows& rows);

  const Resident& resident_;
  domain::CaseId resolved_;             // that an officer decides on; or empty
  std::set<domain::CaseId> concerned_;  // it, and those whose orders are answered
  Keys known_;
  Keys missing_;                       // of known_, not given yet
  Keys given_;                         // by the last Next
  std::set<domain::ActId> on_blanks_;  // jobs of the input's blanks, wanted in the last round
  int rounds_ = 0;
};

// How many blanks these entries name that get a row each: what they cost, told without looking at
// the blanks one by one.
uint64_t BlanksNamed(const EntriesArrived& input);

// The serials that a dispatch takes: the named ones, or the first of the district's stock. Fewer
// than asked for when they are not there.
domain::SerialSet FromStock(uint64_t quantity, const domain::SerialSet& serials,
                            const CentreRow& centre);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_NEEDS_H_
