#include "central_node/store/personal_data.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "central_node/core/retention.h"
#include "central_node/store/stored_row.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"

namespace keping::central {
namespace {

constexpr absl::string_view kEnd("\0", 1);
constexpr int64_t kMicrosPerDay = int64_t{24 * 60 * 60} * 1'000'000;

// The looks under one record; of a day's plan under none.
absl::StatusOr<std::vector<FactRef>> RefsUnder(const CentralNode& centre, absl::string_view prr,
                                               absl::string_view of_node) {
  const std::string all = absl::StrCat(storage::kReadPrefix, prr, kEnd);
  const std::string prefix = of_node.empty() ? all : absl::StrCat(all, of_node, kEnd);
  std::vector<FactRef> refs;
  absl::Status bad;
  KEPING_RETURN_IF_ERROR(centre.store().Scan(
      prefix, storage::PrefixEnd(prefix), [&](absl::string_view key, absl::string_view value) {
        const auto at = storage::ReadNodeStreamKey(key.substr(all.size()));
        const auto id = crypto::Hash::FromBytes(value);
        bad = at.ok() ? id.status() : at.status();
        if (!bad.ok()) return false;
        FactRef ref;
        ref.id = *id;
        ref.node = domain::NodeId::Of(at->node);
        ref.incarnation = domain::IncarnationId::Of(at->incarnation);
        ref.seq = at->seq;
        refs.push_back(std::move(ref));
        return true;
      }));
  if (!bad.ok()) return bad;
  return refs;
}

absl::Status AddReads(const CentralNode& centre, const std::vector<FactRef>& refs, bool of_plan,
                      std::vector<PersonalRead>& reads) {
  for (const FactRef& ref : refs) {
    KEPING_ASSIGN_OR_RETURN(TracedFact fact, ReadFact(centre, ref));
    if (!fact.event.has_value()) continue;
    const auto* read = std::get_if<domain::PersonalDataRead>(&*fact.event);
    if (read == nullptr) continue;
    reads.push_back({.fact = fact, .read = *read, .of_plan = of_plan});
  }
  return absl::OkStatus();
}

// From when on, by the clocks, an office had the record, and until when it was in its plan.
struct Span {
  int64_t from = std::numeric_limits<int64_t>::max();
  int64_t to = std::numeric_limits<int64_t>::max();
};

absl::StatusOr<std::map<domain::NodeId, Span>> InPlansOf(const CentralNode& centre,
                                                         const PrrFacts& facts) {
  std::map<domain::NodeId, Span> spans;
  for (const GrantFact& grant : facts.grants) {
    Span& span = spans[grant.node];
    span.from = std::min(span.from, grant.fact.wall_micros);
  }
  for (const domain::ActId& act : facts.jobs) {
    KEPING_ASSIGN_OR_RETURN(const JobFacts job,
                            StoredRow<JobFacts>(centre, storage::kJobRowPrefix, act.value()));
    for (const OutcomeFact& outcome : job.outcomes) {
      const auto span = spans.find(outcome.fact.node);
      if (outcome.kind != OutcomeKind::kVerified || span == spans.end()) continue;
      // A day more: no clock is right.
      span->second.to = std::min(span->second.to, outcome.fact.wall_micros + kMicrosPerDay);
    }
  }
  return spans;
}

}  // namespace

absl::StatusOr<std::vector<PersonalRead>> ReadsOf(const CentralNode& centre,
                                                  const domain::PrrId& prr) {
  std::vector<PersonalRead> reads;
  KEPING_ASSIGN_OR_RETURN(const std::vector<FactRef> own, RefsUnder(centre, prr.value(), ""));
  KEPING_RETURN_IF_ERROR(AddReads(centre, own, false, reads));
  KEPING_ASSIGN_OR_RETURN(const PrrRow row,
                          StoredRow<PrrRow>(centre, storage::kPrrRowPrefix, prr.value()));
  KEPING_ASSIGN_OR_RETURN(const auto spans, InPlansOf(centre, row.facts));
  for (const auto& [node, span] : spans) {
    KEPING_ASSIGN_OR_RETURN(const std::vector<FactRef> plans, RefsUnder(centre, "", node.value()));
    std::vector<PersonalRead> of_plan;
    KEPING_RETURN_IF_ERROR(AddReads(centre, plans, true, of_plan));
    for (PersonalRead& read : of_plan) {
      const int64_t at = read.fact.ref.wall_micros;
      if (at >= span.from && at <= span.to) reads.push_back(std::move(read));
    }
  }
  std::sort(reads.begin(), reads.end(), [](const PersonalRead& a, const PersonalRead& b) {
    return std::tie(a.fact.ref.wall_micros, a.fact.ref.node, a.fact.ref.seq) <
           std::tie(b.fact.ref.wall_micros, b.fact.ref.node, b.fact.ref.seq);
  });
  return reads;
}

absl::StatusOr<Destructions> ReadDestructions(const CentralNode& centre, const domain::PrrId& after,
                                              size_t limit) {
  const std::string from = after.empty()
                               ? std::string(storage::kPrrRowPrefix)
                               : absl::StrCat(storage::kPrrRowPrefix, after.value(), kEnd);
  std::vector<std::pair<domain::PrrId, PrrFacts>> found;
  Destructions page{.records = {}, .complete = true};
  absl::Status bad;
  KEPING_RETURN_IF_ERROR(centre.store().Scan(
      from, storage::PrefixEnd(storage::kPrrRowPrefix),
      [&](absl::string_view key, absl::string_view value) {
        absl::StatusOr<PrrRow> row = DecodeRow<PrrRow>(value);
        bad = row.status();
        if (!bad.ok()) return false;
        if (!PicturesGone(row->facts)) return true;
        page.complete = found.size() < limit;
        if (!page.complete) return false;
        found.emplace_back(domain::PrrId::Of(key.substr(storage::kPrrRowPrefix.size())),
                           std::move(row->facts));
        return true;
      }));
  KEPING_RETURN_IF_ERROR(bad);
  for (const auto& [prr, facts] : found) {
    Destruction& out = page.records.emplace_back();
    out.prr = prr;
    for (const DestructionFact& one : facts.destructions) {
      KEPING_ASSIGN_OR_RETURN(TracedFact fact, ReadFact(centre, one.fact));
      out.facts.push_back(std::move(fact));
    }
    std::sort(out.facts.begin(), out.facts.end(), [](const TracedFact& a, const TracedFact& b) {
      return std::tie(a.ref.wall_micros, a.ref.node) < std::tie(b.ref.wall_micros, b.ref.node);
    });
  }
  return page;
}

}  // namespace keping::central
