#include "central_node/core/judge_person.h"

#include "central_node/core/kept_card.h"
#include "central_node/core/lease.h"

namespace keping::central {

NamedRecords RecordsOf(const std::string& person, const PersonRow& row, const Rows& rows) {
  NamedRecords records;
  for (const domain::PrrId& prr : row.prrs) {
    const PrrFacts& facts = rows.prrs.at(prr).facts;
    const VersionFact* current = CurrentVersion(facts);
    if (current != nullptr && current->nik_key.Hex() == person) records.emplace_back(prr, &facts);
  }
  return records;
}

std::optional<Anomaly> JudgePerson(const NamedRecords& records, const Jobs& jobs,
                                   const StepsOf& steps) {
  Anomaly anomaly{.kind = domain::CaseKind::kTwoCardsOnePerson};
  std::vector<CardClaim> claims;
  int with_card = 0;
  for (const auto& [prr, facts] : records) {
    if (IsWithdrawn(*facts) || !facts->replaced_by.empty()) continue;
    const PrrVerdict verdict = JudgePrr(*facts, jobs, {});
    if (verdict.good_cards.empty()) continue;
    ++with_card;
    const VersionFact* current = CurrentVersion(*facts);
    for (const GoodCard& card : verdict.good_cards) {
      anomaly.evidence.insert(card.verified);
      anomaly.records[card.at.act] = prr;
      claims.push_back({.at = card.at,
                        .current = current == nullptr || card.version >= current->version,
                        .lease_valid = card.lease_valid,
                        .lease = {0, card.granted_seq}});
    }
  }
  if (with_card < 2) return std::nullopt;
  KeepOne(claims, steps, anomaly);
  return anomaly;
}

}  // namespace keping::central
