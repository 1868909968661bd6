// The verbs of stories about one office: its people, its printer, its machine and its centre. The
// words are explained in README.md.
#ifndef KEPING_TESTS_SCENARIO_OFFICE_STORY_H_
#define KEPING_TESTS_SCENARIO_OFFICE_STORY_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "edge_node/printing/simulated_printer.h"
#include "tests/support/office.h"

namespace keping::scenario {

// Not thread-safe.
class OfficeStory {
 public:
  OfficeStory();

  // What is to be seen after one line; empty when there is nothing new.
  std::string Run(const std::string& line);

 private:
  using Words = std::vector<std::string>;
  using Verb = std::string (OfficeStory::*)(const Words&);

  // ---- The centre and the link.
  std::string Centre(const Words& words);
  std::string Link(const Words& words);
  // ---- People.
  std::string Operator(const Words& words);
  std::string Receive(const Words& words);
  std::string Print(const Words& words);
  std::string Cards(const Words& words);
  std::string Scan(const Words& words);
  std::string SpoilCard(const Words& words);
  std::string NoCard(const Words& words);
  std::string SpoilBlank(const Words& words);
  std::string Acknowledge(const Words& words);
  // ---- Machines.
  std::string Printer(const Words& words);
  std::string Kill(const Words& words);
  std::string PowerCut(const Words& words);
  std::string Start(const Words& words);
  std::string Wait(const Words& words);
  std::string Clock(const Words& words);
  // ---- Looking.
  std::string Queue(const Words& words);
  std::string Jobs(const Words& words);
  std::string Stock(const Words& words);
  std::string Duty(const Words& words);

  // Hands an input to the node and the frames to the centre, and says what went wrong.
  std::string Do(const edge::Input& input, edge::Decision* decision = nullptr);
  std::string Exchange();
  void Act(const edge::Action& action);
  void OnReport(const edge::JobReport& report);
  std::string RunPrinter(int steps);
  std::string Describe(const edge::Job& job) const;
  std::string Hear();
  domain::ActId OpenAct() const;
  domain::PrrItem Told(const std::string& prr);

  static const std::map<std::string, Verb>& Verbs();

  tests::Office office_;
  edge::SimulatedPrinter printer_;
  base::Prng prng_;
  domain::OperatorId operator_ = domain::OperatorId::Of("ayu");
  std::string seen_;                    // what the printer's reports changed
  int lent_ = 0;                        // records lent so far: the order of their enrolment
  size_t heard_ = 0;                    // events of the log that the centre was asked about
  std::map<std::string, int> numbers_;  // of the jobs, by their acts
};

}  // namespace keping::scenario

#endif  // KEPING_TESTS_SCENARIO_OFFICE_STORY_H_
