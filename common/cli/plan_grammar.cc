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

  CLI::App* moves = add(plan, "moves", "Leases that another office should hold, and why",
                        "keping central plan moves --config central.textproto",
                        [this] { return CentralRequest(moves_); });
  moves->add_option("--after", *moves_.mutable_page_token(), "Go on, as the answer before said");

  CLI::App* invite =
      add(plan, "invitations", "When the people of a village come; the question is logged",
          "keping central plan invitations 51.06.01.2001 --by rai --config central.textproto",
          [this] { return CentralRequest(invitations_); });
  invite->add_option("village", *invitations_.mutable_village(), "Its code")->required();
  invite->add_option("--by", *invitations_.mutable_by(), "Who looks: an officer of the district")
      ->type_name("ID")
      ->required();
  invite->add_option("--after", *invitations_.mutable_page_token(),
                     "Go on, as the answer before said");
}

}  // namespace keping::cli
