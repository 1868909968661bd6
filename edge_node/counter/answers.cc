#include "edge_node/counter/answers.h"

#include "absl/strings/str_cat.h"

namespace keping::edge {

void FillJob(const Job& job, v1::Job& proto) {
  proto.set_act(job.intent.act.value());
  proto.set_prr(job.intent.prr.value());
  proto.set_blank(job.final_blank.text());
  proto.set_printer(job.intent.printer.value());
  proto.set_operator_id(job.intent.operator_id.value());
  proto.set_state(JobStageName(job.stage));
  proto.set_attempt(job.intent.attempt);
  proto.set_offline(job.intent.offline);
  proto.set_was_doubted(job.was_doubted);
  proto.set_printer_said_completed(job.printer_said_completed);
  proto.set_batch(job.intent.batch.value());
  proto.set_cancel_asked(job.cancel_asked);
  proto.set_reopened(job.reopened);
}

void FillRefusal(domain::PrintRefusal refusal, v1::Refusal& proto) {
  const domain::RefusalInfo info = domain::Describe(refusal);
  proto.set_refusal(static_cast<log::v1::PrintRefusal>(refusal));
  proto.set_code(info.code);
  proto.set_sentence(info.sentence);
}

absl::StatusOr<domain::PrinterId> ChoosePrinter(const EdgeSettings& settings,
                                                const domain::PrinterId& named) {
  if (!named.empty()) return named;
  if (settings.cards_per_day.size() == 1) return settings.cards_per_day.begin()->first;
  return absl::InvalidArgumentError(absl::StrCat("this office has ", settings.cards_per_day.size(),
                                                 " printers; name the one to print on"));
}

}  // namespace keping::edge
