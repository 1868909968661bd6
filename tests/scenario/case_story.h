// The verbs of stories about cases: what the logs of offices say, also what no honest office would
// write, what the nation and the district say, and what becomes of it at the centre. The core is
// the real one, over plain maps. The words are explained in README.md.
#ifndef KEPING_TESTS_SCENARIO_CASE_STORY_H_
#define KEPING_TESTS_SCENARIO_CASE_STORY_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/scenario/words.h"
#include "tests/support/memory_centre.h"

namespace keping::scenario {

// Not thread-safe.
class CaseStory {
 public:
  // What is to be seen after one line; empty when there is nothing new.
  std::string Run(const std::string& line);

 private:
  using Verb = std::string (CaseStory::*)(const Words& words);

  static const std::map<std::string, Verb>& Verbs();
  static const std::map<std::string, Verb>& OfficeVerbs();

  // ---- The district and the nation.
  std::string Offices(const Words& words);
  std::string Day(const Words& words);
  std::string DayEnds(const Words& words);
  std::string KeepPictures(const Words& words);
  std::string Pictures(const Words& words);
  std::string Heard(const Words& words);
  std::string Record(const Words& words);
  std::string Withdraw(const Words& words);
  std::string Deliver(const Words& words);
  std::string Dispatch(const Words& words);
  std::string Move(const Words& words);
  std::string Roster(const Words& words);
  std::string Printer(const Words& words);
  std::string Identify(const Words& words);
  std::string Paper(const Words& words);
  std::string Answer(const Words& words);
  std::string Figures(const Words& words);
  std::string Decide(const Words& words);
  std::string Gap(const Words& words);
  std::string SetPolicy(const Words& words);
  // ---- An office's log; words[0] is the office.
  std::string Intends(const Words& words);
  std::string Says(const Words& words);
  std::string Spoils(const Words& words);
  std::string Receives(const Words& words);
  std::string OpensBox(const Words& words);
  std::string Lends(const Words& words);
  std::string Steps(const Words& words);
  std::string Releases(const Words& words);
  std::string Allows(const Words& words);
  std::string OpensDay(const Words& words);
  std::string Counts(const Words& words);
  std::string Acknowledges(const Words& words);
  // ---- Looking.
  std::string Cases(const Words& words);
  std::string Orders(const Words& words);
  std::string Place(const Words& words);
  std::string Box(const Words& words);

  std::string Told(const central::Effects& effects);
  void Write(const std::string& office, const domain::Event& event);
  domain::LeaseEpoch EpochOf(const domain::PrrId& prr, const domain::NodeId& node) const;

  std::unique_ptr<central::MemoryCentre> centre_;
  std::map<std::string, std::string> kecamatan_;  // by office
  std::map<std::string, uint32_t> versions_;      // of records
  absl::Time now_;
  int acts_ = 0;
};

}  // namespace keping::scenario

#endif  // KEPING_TESTS_SCENARIO_CASE_STORY_H_
