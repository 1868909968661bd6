#include "central_node/core/needs.h"

#include <algorithm>
#include <type_traits>

#include "central_node/core/case_policy.h"

namespace keping::central {
namespace {

using domain::BlankSerial;
using domain::SerialSet;

// Collects the keys that the step touches, then those that judging them needs.
class Finder {
 public:
  Finder(const Resident& resident, const Rows& rows) : resident_(resident), rows_(rows) {}

  void Visit(const EntriesArrived& input) {
    for (const ArrivedEntry& entry : input.entries) VisitEntry(entry);
    uint64_t known = 0;
    for (const ArrivedEntry& entry : input.entries) {
      if (!entry.event.has_value()) continue;
      const auto* intent = std::get_if<domain::PrintIntended>(&*entry.event);
      if (intent != nullptr) known = std::max(known, intent->control_position);
    }
    const auto node = resident_.nodes.find(input.node);
    if (node == resident_.nodes.end() || known <= node->second.known_position) return;
    for (const auto& [prr, position] : node->second.open_overlaps) {
      if (position <= known) touched_.prrs.insert(prr);
    }
  }
  void Visit(const CentralEntriesReplayed& input) {
    for (const ArrivedEntry& entry : input.entries) VisitEntry(entry);
  }
  void Visit(const RecordsArrived& input) {
    for (const auto& record : input.records) touched_.prrs.insert(record.prr);
  }
  void Visit(const WithdrawalsArrived& input) {
    for (const auto& withdrawal : input.withdrawals) touched_.prrs.insert(withdrawal.prr);
  }
  void Visit(const AllotmentsArrived& input) {
    for (const auto& allotment : input.allotments) Event(allotment);
  }
  void Visit(const ReportAnswersArrived& input) {
    for (const auto& answer : input.answers) touched_.reports.insert(answer.item);
  }
  void Visit(const Dispatch& input) {
    touched_.transfers.insert(input.transfer);
    AddBlanks(input.serials.empty() ? SerialsToDispatch(input, resident_.centre) : input.serials);
  }
  void Visit(const MoveLease& input) { touched_.prrs.insert(input.prr); }
  void Visit(const GrantWaiting& input) {
    touched_.prrs.insert(input.prrs.begin(), input.prrs.end());
  }
  void Visit(const OpenGeneration&) {}
  void Visit(const EnrolNode&) {}
  void Visit(const CertifyOperator&) {}

  Keys Missing() {
    AddSubjectsOfJobs();
    AddContext();
    Keys missing;
    Subtract(touched_.blanks, rows_.blanks, missing.blanks);
    Subtract(touched_.prrs, rows_.prrs, missing.prrs);
    Subtract(touched_.jobs, rows_.jobs, missing.jobs);
    Subtract(touched_.transfers, rows_.transfers, missing.transfers);
    Subtract(touched_.cases, rows_.cases, missing.cases);
    Subtract(touched_.actions, rows_.actions, missing.actions);
    Subtract(touched_.reports, rows_.reports, missing.reports);
    return missing;
  }

 private:
  void VisitEntry(const ArrivedEntry& entry) {
    if (!entry.event.has_value()) return;
    std::visit([this](const auto& event) { Event(event); }, *entry.event);
    // The names that reports of this entry would have.
    if (std::holds_alternative<domain::PrintVerified>(*entry.event) ||
        std::holds_alternative<domain::PrintSpoiled>(*entry.event) ||
        std::holds_alternative<domain::BlankSpoiled>(*entry.event)) {
      touched_.reports.insert(entry.ref.id.Hex());
    }
  }

  template <typename T>
  void Event(const T& event) {
    if constexpr (requires { event.act; }) Act(event);
    if constexpr (requires { event.prr; }) {
      if constexpr (!std::is_same_v<T, domain::PrintRefused> &&
                    !std::is_same_v<T, domain::PersonalDataRead>) {
        if (!event.prr.empty()) touched_.prrs.insert(event.prr);
      }
    }
    if constexpr (requires { event.transfer; }) touched_.transfers.insert(event.transfer);
    if constexpr (requires { event.action; }) touched_.actions.insert(event.action);
    if constexpr (requires { event.case_id; }) touched_.cases.insert(event.case_id);
    if constexpr (requires { event.blank; }) Blank(event);
    if constexpr (std::is_same_v<T, domain::BlanksReceived>) {
      AddBlanks(event.received);
      AddBlanks(event.missing);
      AddBlanks(event.unexpected);
    } else if constexpr (std::is_same_v<T, domain::BlanksDispatched> ||
                         std::is_same_v<T, domain::StockOpened> ||
                         std::is_same_v<T, domain::CardsDestroyed>) {
      AddBlanks(event.serials);
    } else if constexpr (std::is_same_v<T, domain::ManifestHandedOver>) {
      AddBlanks(event.cards);
    } else if constexpr (std::is_same_v<T, domain::CardsAnswered>) {
      AddBlanks(event.delivered);
      AddBlanks(event.not_found);
      AddBlanks(event.returned);
    } else if constexpr (std::is_same_v<T, domain::AllotmentReceived>) {
      AddBlanks(event.serials.Intersect(resident_.centre.unissued));
    } else if constexpr (std::is_same_v<T, domain::ReportAnswered>) {
      touched_.reports.insert(event.item);
    }
  }

  // Of the acts only print jobs have a row.
  template <typename T>
  void Act(const T& event) {
    if constexpr (std::is_same_v<T, domain::PrintIntended> ||
                  std::is_same_v<T, domain::PrintSent> ||
                  std::is_same_v<T, domain::PrintCompleted> ||
                  std::is_same_v<T, domain::PrintFailed> ||
                  std::is_same_v<T, domain::PrintDoubted> ||
                  std::is_same_v<T, domain::PrintVerified> ||
                  std::is_same_v<T, domain::PrintSpoiled> ||
                  std::is_same_v<T, domain::PrintUnused>) {
      touched_.jobs.insert(event.act);
    }
  }

  template <typename T>
  void Blank(const T& event) {
    if constexpr (std::is_same_v<T, domain::PrintRefused>) {
      return;
    } else if constexpr (std::is_same_v<std::decay_t<decltype(event.blank)>, BlankSerial>) {
      touched_.blanks.insert(event.blank);
    } else {
      if (event.blank.has_value()) touched_.blanks.insert(*event.blank);
    }
  }

  void AddBlanks(const SerialSet& serials) {
    serials.ForEach([this](const BlankSerial& serial) { touched_.blanks.insert(serial); });
  }

  void AddSubjectsOfJobs() {
    for (const domain::ActId& act : touched_.jobs) {
      const auto job = rows_.jobs.find(act);
      if (job == rows_.jobs.end()) continue;
      for (const IntentFact& intent : job->second.intents) {
        touched_.prrs.insert(intent.prr);
        touched_.blanks.insert(intent.blank);
      }
      for (const OutcomeFact& outcome : job->second.outcomes) {
        if (outcome.blank.empty()) continue;
        touched_.blanks.insert(outcome.blank);
        touched_.reports.insert(outcome.fact.id.Hex());
      }
    }
    for (const domain::ActionId& action : touched_.actions) {
      const auto row = rows_.actions.find(action);
      if (row == rows_.actions.end()) continue;
      if (!row->second.prr.empty()) touched_.prrs.insert(row->second.prr);
      if (row->second.blank.has_value()) touched_.blanks.insert(*row->second.blank);
    }
  }

  // What the judges look at beside the touched entities. Needs no further closure: the other jobs
  // of a record are read, not judged anew.
  void AddContext() {
    for (const domain::PrrId& prr : touched_.prrs) {
      const auto row = rows_.prrs.find(prr);
      if (row == rows_.prrs.end()) continue;
      touched_.jobs.insert(row->second.facts.jobs.begin(), row->second.facts.jobs.end());
      AddCases(row->second.cases, prr.value());
    }
    for (const BlankSerial& serial : touched_.blanks) {
      const auto row = rows_.blanks.find(serial);
      if (row == rows_.blanks.end()) continue;
      touched_.jobs.insert(row->second.facts.jobs.begin(), row->second.facts.jobs.end());
      AddCases(row->second.cases, serial.text());
    }
    for (const domain::TransferId& transfer : touched_.transfers) {
      touched_.cases.insert(CaseIdFor(domain::CaseKind::kTransferDifference, transfer.value()));
    }
    for (const domain::CaseId& id : touched_.cases) {
      const auto row = rows_.cases.find(id);
      if (row == rows_.cases.end()) continue;
      touched_.actions.insert(row->second.actions.begin(), row->second.actions.end());
    }
  }

  void AddCases(const std::set<domain::CaseKind>& kinds, absl::string_view entity) {
    for (domain::CaseKind kind : kinds) touched_.cases.insert(CaseIdFor(kind, entity));
  }

  template <typename Key, typename Table>
  static void Subtract(const std::set<Key>& wanted, const Table& present, std::set<Key>& missing) {
    for (const Key& key : wanted) {
      if (!present.contains(key)) missing.insert(missing.end(), key);
    }
  }

  const Resident& resident_;
  const Rows& rows_;
  Keys touched_;
};

}  // namespace

Keys Needs(const Input& input, const Resident& resident, const Rows& rows) {
  Finder finder(resident, rows);
  std::visit([&](const auto& one) { finder.Visit(one); }, input);
  return finder.Missing();
}

SerialSet SerialsToDispatch(const Dispatch& dispatch, const CentreRow& centre) {
  if (!dispatch.serials.empty()) return dispatch.serials.Intersect(centre.district_stock);
  if (dispatch.quantity > centre.district_stock.size()) return {};
  SerialSet stock = centre.district_stock;
  return stock.Take(dispatch.quantity);
}

}  // namespace keping::central
