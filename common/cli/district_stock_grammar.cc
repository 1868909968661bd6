#include "common/cli/district_stock_grammar.h"

#include "common/cli/option_parts.h"

namespace keping::cli {
namespace {

using log::v1::LoanStep;
using log::v1::SupplyStep;

template <typename Request>
void AddPaper(CLI::App* call, Request& request) {
  call->add_option("--document", *request.mutable_document())->required();
  AddBy(call, request);
}

}  // namespace

void DistrictStockGrammar::AddCentral(CLI::App* area, const AddCall<CentralRequest>& add) {
  AddLoans(area, add);
  AddSupplies(area, add);
}

CLI::App* DistrictStockGrammar::AddLoan(CLI::App* area, const AddCall<CentralRequest>& add,
                                        const char* name, const char* example, LoanStep step) {
  CLI::App* call = add(area, name, example, [this, step] {
    loan_.set_step(step);
    loan_.set_day_days(ReadDay("--day", day_));
    return CentralRequest(loan_);
  });
  call->add_option("district", *loan_.mutable_district())->required();
  call->add_option("--serials", *loan_.mutable_serials());
  if (step == log::v1::LOAN_STEP_LENT_OUT || step == log::v1::LOAN_STEP_GIVEN_BACK) {
    call->add_option_function<uint64_t>(
        "--quantity", [this](uint64_t quantity) { loan_.set_quantity(quantity); });
  }
  call->add_option("--day", day_)->required();
  AddPaper(call, loan_);
  AddSecond(call, loan_)->required();
  return call;
}

void DistrictStockGrammar::AddLoans(CLI::App* area, const AddCall<CentralRequest>& add) {
  AddLoan(area, add, "lend-out",
          "keping central lend-out 51.07 --quantity 500 --day 2017-05-02 --document 470/31/2017 "
          "--by sari --second made --config central.textproto",
          log::v1::LOAN_STEP_LENT_OUT);
  AddLoan(area, add, "came-back",
          "keping central came-back 51.07 --serials B0002000..B0002499 --day 2017-06-02 "
          "--document 470/44/2017 --by sari --second made --config central.textproto",
          log::v1::LOAN_STEP_CAME_BACK);
  AddLoan(area, add, "borrow",
          "keping central borrow 51.07 --serials B0001000..B0001299 --day 2017-05-02 --document "
          "12/BA/2017 --by sari --second made --config central.textproto",
          log::v1::LOAN_STEP_BORROWED);
  AddLoan(area, add, "give-back",
          "keping central give-back 51.07 --quantity 300 --day 2017-06-02 --document 470/45/2017 "
          "--by sari --second made --config central.textproto",
          log::v1::LOAN_STEP_GIVEN_BACK);
  CLI::App* list =
      add(area, "loans", "keping central loans --district 51.07 --config central.textproto",
          [this] { return CentralRequest(loans_); });
  list->add_option("--district", *loans_.mutable_district());
}

CLI::App* DistrictStockGrammar::AddSupply(CLI::App* area, const AddCall<CentralRequest>& add,
                                          const char* name, const char* example, SupplyStep step) {
  CLI::App* call = add(area, name, example, [this, step] {
    supply_.set_step(step);
    return CentralRequest(supply_);
  });
  AddEnum(call, "kind", ConsumableKinds(), [this](log::v1::ConsumableKind kind) {
    supply_.set_kind(kind);
  })->required();
  call->add_option("lot", *supply_.mutable_lot())->required();
  return call;
}

void DistrictStockGrammar::AddSupplies(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* supply = area->add_subcommand("supply");
  supply->require_subcommand(1);
  const auto add_quantity = [this](CLI::App* call) {
    call->add_option_function<uint32_t>(
            "--quantity", [this](uint32_t quantity) { supply_.set_quantity(quantity); })
        ->required();
    AddPaper(call, supply_);
  };
  CLI::App* take_in = AddSupply(supply, add, "take-in",
                                "keping central supply take-in ribbon R-2017-4 --quantity 40 "
                                "--panels 500 --document 470/50/2017 --by sari --config "
                                "central.textproto",
                                log::v1::SUPPLY_STEP_TAKEN_IN);
  add_quantity(take_in);
  take_in->add_option_function<uint32_t>("--panels",
                                         [this](uint32_t panels) { supply_.set_panels(panels); });
  CLI::App* dispatch = AddSupply(supply, add, "dispatch",
                                 "keping central supply dispatch ribbon R-2017-4 susut --quantity "
                                 "3 --document 470/51/2017 --by sari --config central.textproto",
                                 log::v1::SUPPLY_STEP_DISPATCHED);
  dispatch->add_option("node", *supply_.mutable_node())->required();
  add_quantity(dispatch);
  dispatch->add_option("--transfer", *supply_.mutable_transfer());
  CLI::App* spoil = AddSupply(supply, add, "spoil",
                              "keping central supply spoil ribbon R-2017-4 --quantity 1 "
                              "--document 470/52/2017 --by sari --second made --config "
                              "central.textproto",
                              log::v1::SUPPLY_STEP_SPOILED);
  add_quantity(spoil);
  AddSecond(spoil, supply_)->required();
  CLI::App* count = AddSupply(supply, add, "count",
                              "keping central supply count ribbon R-2017-4 --quantity 36 "
                              "--document 470/53/2017 --by sari --second made --config "
                              "central.textproto",
                              log::v1::SUPPLY_STEP_COUNTED);
  add_quantity(count);
  AddSecond(count, supply_)->required();
  add(area, "supplies", "keping central supplies --config central.textproto",
      [] { return CentralRequest(central_api::ListSuppliesRequest()); });
}

}  // namespace keping::cli
