#include "common/cli/delivery_grammar.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "common/cli/option_parts.h"
#include "common/usage/refusals.h"
#include "keping/log/v1/serial_set.pb.h"

namespace keping::cli {
namespace {

const Names<log::v1::SerialScheme>& Schemes() {
  static const auto& names = *new Names<log::v1::SerialScheme>{
      {"printed", log::v1::SERIAL_SCHEME_PRINTED},
      {"chips", log::v1::SERIAL_SCHEME_CHIPS},
      {"quantity", log::v1::SERIAL_SCHEME_QUANTITY},
  };
  return names;
}

// "L7-01=200", or with the serials on its label "L7-01=200:A0001000..A0001199".
central_api::DeliveredBox ReadBox(const std::string& text) {
  const size_t at = text.find('=');
  const size_t colon = at == std::string::npos ? at : text.find(':', at);
  const std::string number =
      at == std::string::npos
          ? ""
          : text.substr(at + 1, colon == std::string::npos ? colon : colon - at - 1);
  uint64_t quantity = 0;
  if (!absl::SimpleAtoi(number, &quantity) || quantity == 0) {
    throw CLI::ValidationError("--box", usage::Refusal("wrong.deliveredBox", {{"got", text}}));
  }
  central_api::DeliveredBox box;
  box.set_box(text.substr(0, at));
  box.set_quantity(quantity);
  if (colon != std::string::npos) box.set_serials(text.substr(colon + 1));
  return box;
}

}  // namespace

void DeliveryGrammar::AddCentral(CLI::App* area, const AddCall<CentralRequest>& add) {
  AddReceive(area, add);
  CLI::App* boxes = add(area, "boxes", "keping central boxes --config central.textproto",
                        [this] { return CentralRequest(boxes_); });
  boxes->add_flag_callback("--unidentified", [this] { boxes_.set_unidentified_only(true); });
}

void DeliveryGrammar::AddReceive(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* receive =
      add(area, "receive",
          "keping central receive A-7 --bast 470/7/BAST/2017 --day 2017-04-27 --from "
          "DITJEN-DUKCAPIL/GUDANG --lot L7 --scheme quantity --box L7-01=200 --box L7-02=200 "
          "--by gede --second made --config central.textproto",
          [this] {
            delivery_.set_bast_days(ReadDay("--day", day_));
            if (!serials_file_.empty()) delivery_.set_serials(ReadScans(serials_file_));
            return CentralRequest(delivery_);
          });
  receive->add_option("allotment", *delivery_.mutable_allotment())->required();
  receive->add_option("--bast", *delivery_.mutable_bast_number())->required();
  receive->add_option("--day", day_)->required();
  receive->add_option("--from", *delivery_.mutable_handed_over_by())->required();
  receive->add_option("--request", *delivery_.mutable_request());
  receive->add_option("--lot", *delivery_.mutable_lot());
  AddEnum(receive, "--scheme", Schemes(), [this](log::v1::SerialScheme scheme) {
    delivery_.set_scheme(scheme);
  })->required();
  receive->add_option("--serials", *delivery_.mutable_serials());
  receive->add_option("--serials-file", serials_file_)->type_name("FILE");
  receive->add_option_function<std::vector<std::string>>(
      "--box", [this](const std::vector<std::string>& boxes) {
        for (const std::string& box : boxes) *delivery_.add_boxes() = ReadBox(box);
      });
  receive->add_option_function<uint64_t>(
      "--quantity", [this](uint64_t quantity) { delivery_.set_quantity(quantity); });
  AddByOption(receive, *delivery_.mutable_received_by());
  receive->add_option("--second", *delivery_.mutable_second())->type_name("ID")->required();
}

}  // namespace keping::cli
