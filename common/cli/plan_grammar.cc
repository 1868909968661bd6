#include "common/cli/plan_grammar.h"

#include "common/cli/option_parts.h"

namespace keping::cli {

void PlanGrammar::AddCentral(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* plan = area->add_subcommand("plan", "Who prints what where and when, and why");
  plan->require_subcommand(1);

  CLI::App* days = add(plan, "days", "What each office prints on each day",
                       "keping central plan days --node susut --config central.textproto", [this] {
                         if (!day_.empty()) plan_.set_from_day(ReadDay("--from", day_));
                         return CentralRequest(plan_);
                       });
  days->add_option("--node", *plan_.mutable_node(), "Of this office only");
  days->add_option("--from", day_, "From this day on, such as 2017-04-27");
  days->add_option("--after", *plan_.mutable_page_token(), "Go on, as the answer before said");

  add(plan, "forecast", "When blanks run out, what to ask for, send and lend",
      "keping central plan forecast --config central.textproto",
      [] { return CentralRequest(central_api::GetForecastRequest()); });

  CLI::App* ready = add(plan, "readiness", "What each office has and lacks before it can print",
                        "keping central plan readiness --config central.textproto",
                        [this] { return CentralRequest(readiness_); });
  ready->add_option("--node", *readiness_.mutable_node(), "Of this office only");

  CLI::App* explain = add(plan, "explain", "Why a card is printed on that day, at that office",
                          "keping central plan explain PRR-0001 --config central.textproto",
                          [this] { return CentralRequest(explain_); });
  explain->add_option("prr", *explain_.mutable_prr(), "Id of the record")->required();

  CLI::App* split = add(plan, "split", "How blanks that came unexpectedly should be divided",
                        "keping central plan split 2000 --config central.textproto",
                        [this] { return CentralRequest(split_); });
  split
      ->add_option_function<uint64_t>(
          "blanks", [this](uint64_t blanks) { split_.set_blanks(blanks); }, "So many")
      ->required();

  AddRequests(plan, add);
  CLI::App* moves = add(plan, "moves", "Leases that another office should hold, and why",
                        "keping central plan moves --config central.textproto",
                        [this] { return CentralRequest(moves_); });
  moves->add_option("--after", *moves_.mutable_page_token(), "Go on, as the answer before said");

  CLI::App* invite =
      add(plan, "invitations", "When the people of a village come; the question is logged",
          "keping central plan invitations 51.06.01.2001 --by rai --config central.textproto",
          [this] { return CentralRequest(invitations_); });
  invite->add_option("village", *invitations_.mutable_village(), "Its code")->required();
  AddBy(invite, invitations_);
  invite->add_option("--after", *invitations_.mutable_page_token(),
                     "Go on, as the answer before said");
}

void PlanGrammar::AddRequests(CLI::App* plan, const AddCall<CentralRequest>& add) {
  CLI::App* request =
      add(plan, "request", "Asks the capital for blanks: as many as the forecast says, or so many",
          "keping central plan request 470/12/2017 --blanks 5387 --here-on 2017-06-14 --by rai "
          "--second sari --config central.textproto",
          [this] {
            if (!needed_by_.empty()) {
              request_.set_needed_by_day(ReadDay("--here-on", needed_by_));
            }
            return CentralRequest(request_);
          });
  request->add_option("request", *request_.mutable_request(), "The district's number of it")
      ->required();
  request->add_option_function<uint64_t>(
      "--blanks", [this](uint64_t blanks) { request_.set_blanks(blanks); }, "So many");
  request->add_option("--here-on", needed_by_, "The day on which they are to be at the district");
  AddBy(request, request_);
  AddSecond(request, request_)->required();
  add(plan, "requests", "What the capital was asked for, and what it answered",
      "keping central plan requests --config central.textproto",
      [] { return CentralRequest(central_api::ListBlankRequestsRequest()); });
}

}  // namespace keping::cli
