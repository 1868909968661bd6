#include "common/cli/end_grammar.h"

#include "common/cli/option_parts.h"

namespace keping::cli {
namespace {

template <typename Request>
void AddTwoPersons(CLI::App* call, Request& request) {
  AddBy(call, request);
  AddSecond(call, request)->required();
  call->add_option("--document", *request.mutable_document())->required();
}

}  // namespace

CLI::App* EndGrammar::AddClose(CLI::App* area, const AddCall<CentralRequest>& add_call,
                               const char* name, const char* example, log::v1::NodeEnd end) {
  CLI::App* call = add_call(area, name, example, [this, end] {
    close_.set_end(end);
    return CentralRequest(close_);
  });
  call->add_option("node", *close_.mutable_node())->required();
  return call;
}

void EndGrammar::AddCentral(CLI::App* area, const AddCall<CentralRequest>& add_call) {
  AddTwoPersons(AddClose(area, add_call, "revoke",
                         "keping central revoke susut --by kadis --second sekdis --document "
                         "470/12/2017 --config central.textproto",
                         log::v1::NODE_END_REVOKED),
                close_);
  AddTwoPersons(AddClose(area, add_call, "declare-lost",
                         "keping central declare-lost susut --by kadis --second sekdis --document "
                         "470/13/2017 --config central.textproto",
                         log::v1::NODE_END_LOST),
                close_);
  AddBy(AddClose(area, add_call, "retire",
                 "keping central retire susut --by kadis --config central.textproto",
                 log::v1::NODE_END_RETIRED),
        close_);

  CLI::App* claims =
      add_call(area, "claims", "keping central claims --node susut --config central.textproto",
               [this] { return CentralRequest(list_); });
  claims->add_option("--node", *list_.mutable_node());
  claims->add_option_function<uint64_t>("--after",
                                        [this](uint64_t seq) { list_.set_after_seq(seq); });

  CLI::App* accept = add_call(
      area, "accept-claims",
      "keping central accept-claims susut --up-to 412 --by kadis --second sekdis --document "
      "470/14/2017 --config central.textproto",
      [this] { return CentralRequest(accept_); });
  accept->add_option("node", *accept_.mutable_node())->required();
  accept
      ->add_option_function<uint64_t>("--up-to",
                                      [this](uint64_t seq) { accept_.set_up_to_seq(seq); })
      ->required();
  accept->add_option("--incarnation", *accept_.mutable_incarnation());
  AddTwoPersons(accept, accept_);
}

}  // namespace keping::cli
