#include "common/cli/plan_grammar.h"

#include "common/cli/option_parts.h"

namespace keping::cli {

void PlanGrammar::AddCentral(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* plan = area->add_subcommand("plan");
  plan->require_subcommand(1);

  CLI::App* days =
      add(plan, "days", "keping central plan days --node susut --config central.textproto", [this] {
        if (!day_.empty()) plan_.set_from_day(ReadDay("--from", day_));
        return CentralRequest(plan_);
      });
  days->add_option("--node", *plan_.mutable_node());
  days->add_option("--from", day_);
  days->add_option("--after", *plan_.mutable_page_token());

  add(plan, "forecast", "keping central plan forecast --config central.textproto",
      [] { return CentralRequest(central_api::GetForecastRequest()); });

  CLI::App* ready =
      add(plan, "readiness", "keping central plan readiness --config central.textproto",
          [this] { return CentralRequest(readiness_); });
  ready->add_option("--node", *readiness_.mutable_node());

  CLI::App* explain =
      add(plan, "explain", "keping central plan explain PRR-0001 --config central.textproto",
          [this] { return CentralRequest(explain_); });
  explain->add_option("prr", *explain_.mutable_prr())->required();

  CLI::App* split = add(plan, "split", "keping central plan split 2000 --config central.textproto",
                        [this] { return CentralRequest(split_); });
  split
      ->add_option_function<uint64_t>("blanks",
                                      [this](uint64_t blanks) { split_.set_blanks(blanks); })
      ->required();

  AddRequests(plan, add);
  CLI::App* moves = add(plan, "moves", "keping central plan moves --config central.textproto",
                        [this] { return CentralRequest(moves_); });
  moves->add_option("--after", *moves_.mutable_page_token());

  CLI::App* invite =
      add(plan, "invitations",
          "keping central plan invitations 51.06.01.2001 --by rai --config central.textproto",
          [this] { return CentralRequest(invitations_); });
  invite->add_option("village", *invitations_.mutable_village())->required();
  AddBy(invite, invitations_);
  invite->add_option("--after", *invitations_.mutable_page_token());
}

void PlanGrammar::AddRequests(CLI::App* plan, const AddCall<CentralRequest>& add) {
  CLI::App* request =
      add(plan, "request",
          "keping central plan request 470/12/2017 --blanks 5387 --here-on 2017-06-14 --by rai "
          "--second sari --config central.textproto",
          [this] {
            if (!needed_by_.empty()) {
              request_.set_needed_by_day(ReadDay("--here-on", needed_by_));
            }
            return CentralRequest(request_);
          });
  request->add_option("request", *request_.mutable_request())->required();
  request->add_option_function<uint64_t>("--blanks",
                                         [this](uint64_t blanks) { request_.set_blanks(blanks); });
  request->add_option("--here-on", needed_by_);
  AddBy(request, request_);
  AddSecond(request, request_)->required();
  add(plan, "requests", "keping central plan requests --config central.textproto",
      [] { return CentralRequest(central_api::ListBlankRequestsRequest()); });
}

}  // namespace keping::cli
