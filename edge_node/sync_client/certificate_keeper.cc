#include "edge_node/sync_client/certificate_keeper.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/observability/log.h"

namespace keping::edge {
namespace {

constexpr size_t kOneTask = 1;

std::string Day(absl::Time time) { return absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone()); }

}  // namespace

CertificateKeeper::CertificateKeeper(runtime::CoreThread* core, const time::Clock* clock,
                                     rpc::TlsIdentity identity, RenewalOptions options,
                                     uint64_t seed,
                                     std::function<void(const rpc::TlsIdentity&)> renewed)
    : core_(core),
      clock_(clock),
      options_(std::move(options)),
      renewed_(std::move(renewed)),
      renewal_(options_),
      backoff_(kFirstRetry, kMaxRetry, seed),
      identity_(std::move(identity)),
      facts_(
          crypto::ReadCertificate(identity_.certificate_pem).value_or(crypto::CertificateFacts())),
      worker_(clock, kOneTask) {}

void CertificateKeeper::Stop() {
  renewal_.Cancel();
  worker_.Stop(runtime::CoreThread::Waiting::kDrop);
}

bool CertificateKeeper::Due(absl::Time now) const {
  return crypto::DueForRenewal(facts_, now) || facts_.incarnation != options_.incarnation.value();
}

void CertificateKeeper::Look() {
  if (!Due(clock_->Now().wall)) {
    problem_.clear();
    core_->PostAfter(kLook, [this] { Look(); });
    return;
  }
  const bool posted = worker_.Post([this] {
    // By timer, since those are never dropped.
    core_->PostAfter(absl::ZeroDuration(),
                     [this, answer = renewal_.Run(*clock_)] { OnAnswer(answer); });
  });
  if (!posted) core_->PostAfter(kLook, [this] { Look(); });
}

void CertificateKeeper::OnAnswer(const absl::StatusOr<rpc::TlsIdentity>& answer) {
  const absl::Time now = clock_->Now().wall;
  if (answer.ok()) {
    identity_ = *answer;
    facts_ = crypto::ReadCertificate(identity_.certificate_pem).value_or(facts_);
    problem_.clear();
    backoff_.Reset();
    observability::LogInfo("certificate_renewed", {{"until", Day(facts_.not_after)}});
    renewed_(identity_);
    core_->PostAfter(kLook, [this] { Look(); });
    return;
  }
  const bool first = problem_.empty();
  problem_ = Explain(answer.status(), now);
  // An outage is one line in the log, not one for each attempt.
  if (first) observability::LogWarning("certificate_not_renewed", {{"reason", problem_}});
  const bool refused = absl::IsFailedPrecondition(answer.status());
  core_->PostAfter(refused ? kAfterRefusal : backoff_.Next(), [this] { Look(); });
}

std::string CertificateKeeper::Explain(const absl::Status& status, absl::Time now) const {
  if (absl::IsFailedPrecondition(status)) return std::string(status.message());
  if (now < facts_.not_before) {
    return absl::StrCat("K-253: this machine's clock shows ", Day(now),
                        ", before its certificate begins (", Day(facts_.not_before),
                        "): set the clock. Printing and the log go on; the link waits.");
  }
  std::string text(status.message());
  if (now <= facts_.not_after) return text;
  return absl::StrCat("K-253: the certificate expired on ", Day(facts_.not_after),
                      " by this machine's clock, which shows ", Day(now),
                      ": if that date is wrong, set the clock; else it is renewed at the next "
                      "contact. Printing and the log go on. Last attempt: ",
                      text);
}

}  // namespace keping::edge
