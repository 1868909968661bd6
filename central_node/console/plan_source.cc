#include "central_node/console/plan_source.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/lease.h"
#include "central_node/core/node_end.h"
#include "central_node/core/supply_book.h"
#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

using domain::NodeId;

// A parcel of the district lies on an office's shelf on the next day.
constexpr uint32_t kLeadDays = 1;

class Source {
 public:
  Source(const CentralNode& centre, absl::CivilDay today)
      : centre_(centre), rows_(centre.resident()) {
    input_.first_day = today;
  }

  absl::StatusOr<planner::PlanInput> Read() {
    for (const Office& office : centre_.options().settings.offices) AddOffice(office);
    AddPrinters();
    AddOperators();
    AddVillages();
    AddPromised();
    const int64_t boxed = centre_.balances().At({ledger::Account::kUnidentified, {}});
    input_.district_blanks =
        rows_.centre.district_stock.size() + static_cast<uint64_t>(std::max<int64_t>(boxed, 0));
    KEPING_RETURN_IF_ERROR(AddParcels());
    KEPING_RETURN_IF_ERROR(AddRecords());
    return std::move(input_);
  }

 private:
  void AddOffice(const Office& office) {
    const auto row = rows_.nodes.find(office.node);
    if (row == rows_.nodes.end() || row->second.active.empty() || IsClosed(row->second)) return;
    planner::Office out{.node = office.node,
                        .kecamatan_code = office.kecamatan_code,
                        .lead_days = kLeadDays,
                        .application_from = input_.first_day};
    const int64_t blanks = centre_.balances().At({ledger::Account::kNodeStock, office.node}) +
                           centre_.balances().At({ledger::Account::kUnidentified, office.node});
    out.blanks = static_cast<uint64_t>(std::max<int64_t>(blanks, 0));
    const Settings& settings = centre_.options().settings;
    out.ribbon_cards = CardsLeft(settings, row->second, domain::ConsumableKind::kRibbon);
    out.film_cards = CardsLeft(settings, row->second, domain::ConsumableKind::kFilm);
    const absl::CivilDay end = input_.first_day + input_.policy.horizon_days;
    for (absl::CivilDay day = input_.first_day; day < end; ++day) {
      if (!rows_.centre.policy.WorksOn(office.node, day)) out.closed.push_back(day);
    }
    input_.offices.push_back(std::move(out));
  }

  uint32_t UsualPace() const { return std::max(centre_.options().settings.cards_per_day, 1u); }

  // From each day on what was stated last for it holds. A printer whose first statement is that it
  // does not work worked until then, at the usual pace; any other first statement is its arrival.
  planner::Printer StatedPrinter(const domain::PrinterId& id,
                                 const std::vector<PrinterFact>& facts) const {
    const absl::CivilDay today = input_.first_day;
    std::map<absl::CivilDay, const PrinterFact*> by_day;
    for (const PrinterFact& fact : facts) {
      const PrinterFact*& known = by_day[fact.from];
      if (known == nullptr || known->fact.seq < fact.fact.seq) known = &fact;
    }
    planner::Printer printer{.printer = id, .node = {}};
    for (auto at = by_day.begin(); at != by_day.end(); ++at) {
      const PrinterFact& fact = *at->second;
      if (printer.node.empty() || fact.from <= today) printer.node = fact.node;
      if (fact.cards_per_day > 0) {
        if (printer.cards_per_day == 0 || fact.from <= today) {
          printer.cards_per_day = fact.cards_per_day;
        }
        continue;
      }
      planner::DayRange broken{.first = fact.from};
      if (std::next(at) != by_day.end()) broken.last = std::next(at)->first - 1;
      printer.broken.push_back(broken);
    }
    const PrinterFact& first = *by_day.begin()->second;
    if (first.cards_per_day > 0 && first.from > today) {
      printer.broken.push_back({.first = today, .last = first.from - 1});
    }
    if (printer.cards_per_day == 0) printer.cards_per_day = UsualPace();
    return printer;
  }

  void AddPrinters() {
    std::set<NodeId> stated;
    for (const auto& [id, facts] : rows_.centre.printers) {
      if (facts.empty()) continue;
      planner::Printer printer = StatedPrinter(id, facts);
      stated.insert(printer.node);
      // Whose printer moved away has none until another is stated there.
      for (const PrinterFact& fact : facts) {
        if (fact.from <= input_.first_day) stated.insert(fact.node);
      }
      if (IsOffice(printer.node)) input_.printers.push_back(std::move(printer));
    }
    for (const planner::Office& office : input_.offices) {
      if (stated.contains(office.node)) continue;
      input_.printers.push_back({.printer = domain::PrinterId::Of(office.node.value()),
                                 .node = office.node,
                                 .cards_per_day = UsualPace()});
    }
  }

  bool IsOffice(const NodeId& node) const {
    return std::any_of(input_.offices.begin(), input_.offices.end(),
                       [&](const planner::Office& office) { return office.node == node; });
  }

  void AddOperators() {
    std::map<domain::OperatorId, planner::Operator> people;
    for (const planner::Office& office : input_.offices) {
      const NodeRow& row = rows_.nodes.at(office.node);
      for (const auto& [id, entry] : row.operators) {
        if (!entry.active) continue;
        planner::Operator& person = people[id];
        person.operator_id = id;
        person.nodes.push_back(office.node);
        const bool certified = row.required_application.empty()
                                   ? !entry.certified.empty()
                                   : entry.certified.contains(row.required_application);
        if (certified) person.certified_from = input_.first_day;
      }
    }
    for (const auto& [id, absences] : rows_.centre.absences) {
      const auto person = people.find(id);
      if (person == people.end()) continue;
      for (const auto& [first, absence] : absences) AddAbsence(first, absence, person->second);
    }
    for (auto& [id, person] : people) input_.operators.push_back(std::move(person));
  }

  // Whoever helps in another office is there by its roster; here the person is away.
  static void AddAbsence(absl::CivilDay first, const AbsenceFact& absence,
                         planner::Operator& person) {
    if (absence.withdrawn || absence.kind == domain::AbsenceKind::kOtherOffice) return;
    person.away.push_back({.first = first, .last = absence.last});
  }

  void AddVillages() {
    for (const auto& [village, days] : rows_.centre.readiness) {
      planner::Village out{.village = village};
      for (const auto& [day, fact] : days) {
        if (!fact.withdrawn && day >= input_.first_day) {
          out.ready.push_back({.day = day, .persons = fact.persons});
        }
      }
      if (!out.ready.empty()) input_.villages.push_back(std::move(out));
    }
  }

  // What the capital said it will send, until an allotment names the request.
  void AddPromised() {
    for (const auto& [request, row] : rows_.centre.requests) {
      if (!row.accepted || !row.expected.has_value() || !row.allotments.empty()) continue;
      input_.allotments.push_back({.allotment = domain::AllotmentId::Of(request.value()),
                                   .arrives_on = *row.expected,
                                   .blanks = row.quantity});
    }
  }

  absl::Status AddParcels() {
    for (const planner::Office& office : input_.offices) {
      for (const domain::TransferId& transfer : rows_.nodes.at(office.node).open_transfers) {
        KEPING_ASSIGN_OR_RETURN(
            const TransferRow row,
            StoredRow<TransferRow>(centre_, storage::kTransferRowPrefix, transfer.value()));
        uint64_t blanks = 0;
        for (const TransferDispatchFact& one : row.facts.dispatches) {
          if (one.node != office.node) continue;
          blanks += one.serials.size();
          KEPING_ASSIGN_OR_RETURN(const uint64_t boxed, InBoxes(one));
          blanks += boxed;
        }
        input_.parcels.push_back({.node = office.node,
                                  .arrives_on = input_.first_day + office.lead_days,
                                  .blanks = blanks});
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<uint64_t> InBoxes(const TransferDispatchFact& dispatch) const {
    uint64_t blanks = 0;
    for (const domain::BoxId& box : dispatch.boxes) {
      KEPING_ASSIGN_OR_RETURN(const BoxRow row,
                              StoredRow<BoxRow>(centre_, storage::kBoxRowPrefix, box.value()));
      blanks += static_cast<uint64_t>(row.unidentified);
    }
    return blanks;
  }

  absl::Status AddRecords() {
    absl::Status status;
    KEPING_RETURN_IF_ERROR(
        centre_.store().Scan(storage::kPrrRowPrefix, storage::PrefixEnd(storage::kPrrRowPrefix),
                             [&](absl::string_view key, absl::string_view bytes) {
                               absl::StatusOr<PrrRow> row = DecodeRow<PrrRow>(bytes);
                               status = row.status();
                               if (row.ok()) AddRecord(domain::PrrId::Of(key.substr(1)), *row);
                               return status.ok();
                             }));
    return status;
  }

  void AddRecord(const domain::PrrId& prr, const PrrRow& row) {
    const bool waits = row.state == PrrState::kWaiting || row.state == PrrState::kLeased ||
                       row.state == PrrState::kReleased;
    const VersionFact* version = CurrentVersion(row.facts);
    if (!waits || version == nullptr) return;
    input_.records.push_back({.prr = prr,
                              .village = version->village,
                              .enrolled_at = version->enrolled_at,
                              .holder = row.holder});
  }

  const CentralNode& centre_;
  const Resident& rows_;
  planner::PlanInput input_;
};

}  // namespace

absl::StatusOr<planner::PlanInput> ReadPlanInput(const CentralNode& centre, absl::CivilDay today) {
  return Source(centre, today).Read();
}

crypto::Hash PlanKey(const CentralNode& centre, absl::CivilDay today) {
  std::string all = absl::StrCat(absl::FormatCivilTime(today), "\n", centre.log_head().seq, " ",
                                 centre.log_head().hash.Hex(), "\n");
  for (const auto& [node, row] : centre.resident().nodes) {
    for (const auto& [stream, head] : row.streams) {
      absl::StrAppend(&all, node.value(), "/", stream.value(), " ", head.seq, " ", head.hash.Hex(),
                      "\n");
    }
  }
  return crypto::Sha256({"keping-plan-v1\n", all});
}

}  // namespace keping::central
