// The verbs of stories about a district: offices with their disks and copies of them, one centre
// with its backup, and what an administrator does about it. The words are explained in README.md.
#ifndef KEPING_TESTS_SCENARIO_DISTRICT_STORY_H_
#define KEPING_TESTS_SCENARIO_DISTRICT_STORY_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/scenario/words.h"
#include "tests/support/courier.h"
#include "tests/support/little_district.h"

namespace keping::scenario {

// Not thread-safe.
class DistrictStory {
 public:
  // What is to be seen after one line; empty when there is nothing new.
  std::string Run(const std::string& line);

 private:
  using Verb = std::string (DistrictStory::*)(const Words&);
  // A disk at some time: the database, and the witness file beside the keys.
  struct Disk {
    storage::FaultyStore database;
    std::optional<sync::Witness> witness;
  };

  std::string Offices(const Words& words);
  std::string Link(const Words& words);
  // ---- People.
  std::string Print(const Words& words);
  std::string Scan(const Words& words);
  std::string Rescan(const Words& words);
  std::string Lend(const Words& words);
  std::string Slip(const Words& words);
  std::string Receive(const Words& words);
  std::string SpoilCard(const Words& words);
  std::string NoCard(const Words& words);
  std::string Count(const Words& words);
  std::string OpenStock(const Words& words);
  std::string Deliver(const Words& words);
  std::string Acknowledge(const Words& words);
  std::string Destroy(const Words& words);
  // ---- Sticks.
  std::string Stick(const Words& words);
  std::string Carry(const Words& words);
  std::string Return(const Words& words);
  // ---- Machines.
  std::string Clock(const Words& words);
  std::string Copy(const Words& words);
  std::string Restore(const Words& words);
  std::string Clone(const Words& words);
  std::string Recover(const Words& words);
  std::string EnrolAnew(const Words& words);
  std::string Damage(const Words& words);
  std::string Backup(const Words& words);
  std::string RestoreCentre(const Words& words);
  // ---- The district office.
  std::string Allot(const Words& words);
  std::string Record(const Words& words);
  std::string Move(const Words& words);
  std::string Dispatch(const Words& words);
  std::string Lose(const Words& words);
  std::string Revoke(const Words& words);
  std::string Close(const std::string& name, domain::NodeEnd end);
  std::string AcceptClaims(const Words& words);
  std::string Officers(const Words& words);
  std::string Day(const Words& words);
  std::string Decide(const Words& words);
  std::string Figures(const Words& words);
  std::string Told(central::CommandOutcome outcome);
  template <typename... Command>
  std::string Ask(const Command&... command);
  // ---- The nation.
  std::string Withdraw(const Words& words);
  std::string Answers(const Words& words);
  // ---- Where every blank truly lies, as the story tells it.
  std::string Truly(const Words& words);
  std::string Compare(const Words& words);
  std::string Explain(const Words& words);
  std::string Proven(const Words& words);
  std::string Orders(const Words& words);
  // ---- Looking.
  std::string Claims(const Words& words);
  std::string Dates(const Words& words);
  std::string Generation(const Words& words);
  std::string LeaseOf(const Words& words);
  std::string Show(const Words& words);
  std::string Cases(const Words& words);
  std::string Custody(const Words& words);
  std::string Streams(const Words& words);

  static const std::map<std::string, Verb>& Verbs();
  static domain::OperatorId Ayu() { return domain::OperatorId::Of("ayu"); }
  static domain::OperatorId Made() { return domain::OperatorId::Of("made"); }

  tests::LittleDistrict::Office& office(const std::string& name) { return district_->office(name); }
  // What keping-edge does a second after the log grew.
  void WriteWitness(const std::string& name);
  std::string Do(const std::string& name, const edge::Input& input);

  std::unique_ptr<tests::LittleDistrict> district_;
  std::vector<std::string> names_;
  std::map<std::string, Disk> copies_;
  std::map<std::string, tests::LogStick> sticks_;
  std::map<std::string, tests::AnswerStick> answers_;  // on the same sticks
  std::optional<storage::FaultyStore> backup_;
  std::map<std::string, domain::ActId> open_;  // the job under way, by office
  // Account and holder of each blank.
  std::map<domain::BlankSerial, std::pair<std::string, std::string>> truth_;
  int acts_ = 0;
  int allotments_ = 1;
  int lendings_ = 0;
  uint64_t withdrawals_ = 0;
};

}  // namespace keping::scenario

#endif  // KEPING_TESTS_SCENARIO_DISTRICT_STORY_H_
