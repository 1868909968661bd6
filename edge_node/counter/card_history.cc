#include "edge_node/counter/card_history.h"

#include <algorithm>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/domain/entry.h"
#include "common/wire/event_codec.h"

namespace keping::edge {
namespace {

using domain::ActId;
using domain::BlankSerial;
using domain::PrrId;
using domain::SerialSet;

// One name of a blank in an event: alone, perhaps, in a set or in a hopper.
bool Names(const BlankSerial& named, const BlankSerial& blank) { return named == blank; }
bool Names(const std::optional<BlankSerial>& named, const BlankSerial& blank) {
  return named == blank;
}
bool Names(const SerialSet& set, const BlankSerial& blank) { return set.Contains(blank); }
bool Names(const std::vector<BlankSerial>& hopper, const BlankSerial& blank) {
  return std::find(hopper.begin(), hopper.end(), blank) != hopper.end();
}

// Whether the event names the blank in one of the fields that blanks lie in.
#define KEPING_NAMES_IN(field)                           \
  if constexpr (requires { Names(one.field, blank); }) { \
    if (Names(one.field, blank)) return true;            \
  }

bool NamesBlank(const domain::Event& event, const BlankSerial& blank) {
  return std::visit(
      [&](const auto& one) {
        KEPING_NAMES_IN(blank)
        KEPING_NAMES_IN(blanks)
        KEPING_NAMES_IN(received)
        KEPING_NAMES_IN(missing)
        KEPING_NAMES_IN(unexpected)
        KEPING_NAMES_IN(serials)
        KEPING_NAMES_IN(counted)
        KEPING_NAMES_IN(surplus)
        KEPING_NAMES_IN(cards)
        KEPING_NAMES_IN(delivered)
        KEPING_NAMES_IN(not_found)
        KEPING_NAMES_IN(returned)
        return false;
      },
      event);
}

#undef KEPING_NAMES_IN

bool NamesPrr(const domain::Event& event, const PrrId& prr) {
  return std::visit(
      [&](const auto& one) {
        if constexpr (requires { one.prr; }) return one.prr == prr;
        return false;
      },
      event);
}

// A job is one card: its acts belong together. What lists many blanks is no story of each.
bool IsOfOneCard(const domain::Event& event) {
  return std::visit(
      [](const auto& one) {
        return requires { one.blank; }
        || requires { one.prr; };
      },
      event);
}

class Reader {
 public:
  explicit Reader(const HistorySubject& subject) : subject_(subject) {
    if (const auto* act = std::get_if<ActId>(&subject)) acts_.insert(*act);
  }

  // First pass: which acts tell of the subject.
  void FindActs(const domain::Event& event) {
    if (const auto* corrected = std::get_if<domain::Corrected>(&event)) {
      set_aside_.insert(corrected->event);
    }
    if (Names(event) && IsOfOneCard(event) && !ActOf(event).empty()) acts_.insert(ActOf(event));
  }
  // Second pass.
  bool Tells(const domain::Event& event) const {
    return Names(event) || acts_.contains(ActOf(event));
  }
  bool SetAside(const crypto::Hash& id) const { return set_aside_.contains(id); }

 private:
  bool Names(const domain::Event& event) const {
    if (const auto* prr = std::get_if<PrrId>(&subject_)) return NamesPrr(event, *prr);
    if (const auto* blank = std::get_if<BlankSerial>(&subject_)) return NamesBlank(event, *blank);
    return false;
  }

  const HistorySubject& subject_;
  std::set<ActId> acts_;
  std::set<crypto::Hash> set_aside_;
};

using Visit =
    std::function<void(const domain::Entry& entry, bool of_ancestor, domain::Event event)>;

absl::Status ReadEvents(const EdgeStore& store, const Visit& visit) {
  return store.VisitLog([&](const domain::Entry& entry, bool of_ancestor) {
    auto event = wire::DecodeEvent(entry.header.type, entry.payload);
    if (event.ok()) visit(entry, of_ancestor, *std::move(event));
  });
}

std::string TextOf(const HistorySubject& subject) {
  if (const auto* act = std::get_if<ActId>(&subject)) return absl::StrCat("act ", act->value());
  if (const auto* prr = std::get_if<PrrId>(&subject)) return absl::StrCat("record ", prr->value());
  return absl::StrCat("blank ", std::get<BlankSerial>(subject).text());
}

}  // namespace

ActId ActOf(const domain::Event& event) {
  return std::visit(
      [](const auto& one) -> ActId {
        if constexpr (std::is_same_v<std::decay_t<decltype(one)>, domain::Corrected>) {
          return one.subject;
        } else if constexpr (requires { one.act; }) {
          return one.act;
        } else {
          return {};
        }
      },
      event);
}

domain::OperatorId OperatorOf(const domain::Event& event) {
  return std::visit(
      [](const auto& one) -> domain::OperatorId {
        if constexpr (requires { one.operator_id; }) return one.operator_id;
        return {};
      },
      event);
}

domain::OperatorId SecondOf(const domain::Event& event) {
  return std::visit(
      [](const auto& one) -> domain::OperatorId {
        if constexpr (requires { one.second; }) return one.second;
        return {};
      },
      event);
}

absl::StatusOr<std::vector<HistoryLine>> ReadHistory(const EdgeStore& store,
                                                     const HistorySubject& subject) {
  Reader reader(subject);
  KEPING_RETURN_IF_ERROR(ReadEvents(
      store,
      [&](const domain::Entry&, bool, const domain::Event& event) { reader.FindActs(event); }));
  std::vector<HistoryLine> lines;
  KEPING_RETURN_IF_ERROR(
      ReadEvents(store, [&](const domain::Entry& entry, bool of_ancestor, domain::Event event) {
        if (!reader.Tells(event)) return;
        const crypto::Hash id = domain::HashEntryBytes(domain::EncodeEntry(entry));
        lines.push_back({.seq = entry.header.seq,
                         .of_ancestor = of_ancestor,
                         .wall_micros = entry.header.wall_micros,
                         .type = entry.header.type,
                         .event = std::move(event),
                         .set_aside = reader.SetAside(id)});
      }));
  if (!lines.empty()) return lines;
  return absl::NotFoundError(
      absl::StrCat("K-169: the log of this office tells nothing of ", TextOf(subject), "."));
}

}  // namespace keping::edge
