#include "common/cli/sign_in_grammar.h"

namespace keping::cli {

void SignInGrammar::AddCentral(CLI::App* area, const AddCall<Request>& add) {
  const auto officer = [&](const char* name, const char* example, OfficerCommand::Kind kind) {
    return add(area, name, example,
               [this, kind] {
                 officer_.kind = kind;
                 return Request(officer_);
               })
        ->add_option("officer", officer_.officer);
  };
  officer("sign-in", "keping central sign-in rai --config central.textproto",
          OfficerCommand::Kind::kSignIn)
      ->required();
  officer("sign-out", "keping central sign-out --config central.textproto",
          OfficerCommand::Kind::kSignOut);
  officer("password", "keping central password rai --config central.textproto",
          OfficerCommand::Kind::kChangePassword)
      ->required();
  CLI::App* watch = add(area, "watch",
                        "keping central watch --config central.textproto\n"
                        "keping central watch --once --json --config central.textproto",
                        [this] { return Request(watch_); });
  watch->add_flag("--once", watch_.once);
}

}  // namespace keping::cli
