#include "central_node/core/event_origin.h"

#include <type_traits>
#include <variant>

namespace keping::central {
namespace {

template <typename Event, typename... Others>
inline constexpr bool kIsOneOf = (std::is_same_v<Event, Others> || ...);

}  // namespace

bool IsOfCentre(const domain::Event& event) {
  using namespace domain;  // NOLINT: a list of its events
  return std::visit(
      [](const auto& one) {
        return kIsOneOf<std::decay_t<decltype(one)>, GenerationOpened, NodeEnrolled,
                        OperatorCertified, AllotmentReceived, PrrReceived, PrrWithdrawn,
                        LeaseGranted, LeaseReleaseRequested, BlanksDispatched, CaseChanged,
                        ActionOrdered, ReportAnswered, OperatorRostered, GrantIssued,
                        ApplicationRequired, LogForked, LogRolledBack, LogGapFound, NodeClosed,
                        ClaimsAccepted, TailLost, CaseDecided, DayClosed, NodeHeard, PolicySet,
                        VillageReadinessSet, AbsenceSet, PrinterStated, FiguresReported, LoanMoved,
                        SupplyMoved, BlanksRequested, BlanksRequestAnswered>;
      },
      event);
}

}  // namespace keping::central
