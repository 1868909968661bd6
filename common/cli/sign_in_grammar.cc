#include "common/cli/sign_in_grammar.h"

namespace keping::cli {

void SignInGrammar::AddCentral(CLI::App* area, const AddCall<Request>& add) {
  const auto officer = [&](const char* name, const char* what, const char* example,
                           OfficerCommand::Kind kind) {
    return add(area, name, what, example,
               [this, kind] {
                 officer_.kind = kind;
                 return Request(officer_);
               })
        ->add_option("officer", officer_.officer, "Id of the person");
  };
  officer("sign-in",
          "Signs an officer of the district in; passwords are typed in, or come as lines of "
          "standard input. A first password is changed at once",
          "keping central sign-in rai --config central.textproto", OfficerCommand::Kind::kSignIn)
      ->required();
  officer("sign-out", "Ends the session, of one of several officers by the name",
          "keping central sign-out --config central.textproto", OfficerCommand::Kind::kSignOut);
  officer("password", "Changes an officer's password; the old and the new one are typed in",
          "keping central password rai --config central.textproto",
          OfficerCommand::Kind::kChangePassword)
      ->required();
  CLI::App* watch = add(area, "watch", "The district live: a line for whatever changes",
                        "keping central watch --config central.textproto\n"
                        "  keping central watch --once --json --config central.textproto",
                        [this] { return Request(watch_); });
  watch->add_flag("--once", watch_.once, "How it is now, and no more");
}

}  // namespace keping::cli
