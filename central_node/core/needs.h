// Which rows a step needs. The core decides without reads, so the shell asks again, with the rows
// loaded so far, until nothing is missing: an outcome leads to its job, a job to its record and its
// blanks, and those to their other jobs and their cases.
//
//   Rows rows;
//   Needs needs(settings, input, resident);
//   for (Keys keys = needs.Next(rows); !keys.empty(); keys = needs.Next(rows)) Load(keys, rows);
#ifndef KEPING_CENTRAL_NODE_CORE_NEEDS_H_
#define KEPING_CENTRAL_NODE_CORE_NEEDS_H_

#include <set>
#include <string>

#include "absl/strings/string_view.h"
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
  void ReadOwnBlanks(const Rows& rows);
  void AddKeepers(const Rows& rows);
  void AddContext(const Rows& rows);
  void AddContextOfBlanks(const Rows& rows);
  void AddCases(const std::set<domain::CaseKind>& kinds, absl::string_view entity);
  void AddEarlyAnswers(const Rows& rows);
  void AddAnswersOfPerson(const std::string& person, const PersonRow& row, const Rows& rows);
  void AddDecided(const Rows& rows);
  void AddEntity(const CaseRow& row);
  void AddCounts(const Rows& rows);

  const Resident& resident_;
  const bool destroys_;                 // the input destroys pictures
  domain::CaseId resolved_;             // that an officer decides on; or empty
  std::set<domain::CaseId> concerned_;  // it, and those whose orders are answered
  Keys known_;
  Keys missing_;  // of known_, not given yet
  Keys given_;    // by the last Next
  // The input's blanks and what else they are called, those of them whose rows are not here yet,
  // and those of their jobs.
  std::set<domain::BlankSerial> own_blanks_;
  std::set<domain::BlankSerial> unread_blanks_;
  std::set<domain::ActId> on_blanks_;
  int rounds_ = 0;
};

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_NEEDS_H_
