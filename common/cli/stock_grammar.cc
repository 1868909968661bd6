#include "common/cli/stock_grammar.h"

#include "absl/strings/numbers.h"
#include "absl/time/time.h"
#include "common/cli/option_parts.h"
#include "common/cli/secret_input.h"
#include "common/usage/refusals.h"

namespace keping::cli {
namespace {

const Names<log::v1::Pile>& Piles() {
  static const auto& piles = *new Names<log::v1::Pile>{{"tray", log::v1::PILE_TRAY},
                                                       {"spoiled", log::v1::PILE_SPOILED},
                                                       {"printed", log::v1::PILE_PRINTED}};
  return piles;
}

const Names<log::v1::SpoilStep>& Steps() {
  static const auto& steps =
      *new Names<log::v1::SpoilStep>{{"storage", log::v1::SPOIL_STEP_STORAGE},
                                     {"handling", log::v1::SPOIL_STEP_HANDLING},
                                     {"encoding", log::v1::SPOIL_STEP_ENCODING},
                                     {"printing", log::v1::SPOIL_STEP_PRINTING}};
  return steps;
}

template <typename Request>
void AddPile(CLI::App* call, Request& request) {
  AddEnum(call, "pile", Piles(), [&request](log::v1::Pile pile) {
    request.set_pile(pile);
  })->required();
}

// Serials on the command line, or a file of scans.
void AddScans(CLI::App* call, std::string* serials, std::string* file, bool required) {
  CLI::Option_group* what = call->add_option_group("what");
  what->add_option("--serials", *serials);
  what->add_option("--scanned-file", *file)->type_name("FILE");
  what->require_option(required ? 1 : 0, 1);
}

// "L7-01", or with the quantity on its label "L7-01=200".
edge_api::ReceivedBox ReadBox(const std::string& text) {
  const size_t at = text.find('=');
  uint64_t quantity = 0;
  if (at != std::string::npos && !absl::SimpleAtoi(text.substr(at + 1), &quantity)) {
    throw CLI::ValidationError("--box", usage::Refusal("wrong.receivedBox", {{"got", text}}));
  }
  edge_api::ReceivedBox box;
  box.set_box(text.substr(0, at));
  box.set_quantity(quantity);
  return box;
}

std::string ScansOr(const std::string& serials, const std::string& file) {
  return file.empty() ? serials : ReadScans(file);
}

void AddForm(CLI::App* call, std::string* form, std::string* stated_at) {
  CLI::Option* number = call->add_option("--form", *form);
  call->add_option("--stated-at", *stated_at)->type_name("TIME")->needs(number);
}

template <typename Request>
Request WithForm(Request request, const std::string& form, const std::string& stated_at) {
  if (form.empty()) return request;
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, stated_at, &time, &error)) {
    throw CLI::ValidationError("--stated-at",
                               usage::Refusal("wrong.statedAt", {{"got", stated_at}}));
  }
  request.mutable_late()->set_number(form);
  request.mutable_late()->set_stated_at_micros(absl::ToUnixMicros(time));
  return request;
}

}  // namespace

void StockGrammar::AddEdge(CLI::App* area, const AddEdgeCall& add) {
  CLI::App* stock = area->add_subcommand("stock");
  stock->require_subcommand(1);
  AddPiles(stock, add);
  AddRescan(stock, add);
  AddLendings(stock, add);
  AddBlanks(stock, add);
  AddReservations(stock, add);
  CLI::App* handover = area->add_subcommand("handover");
  handover->require_subcommand(1);
  AddManifests(handover, add);
  AddAnswers(handover, add);
}

void StockGrammar::AddRescan(CLI::App* stock, const AddEdgeCall& add) {
  CLI::App* rescan = add(stock, "rescan",
                         "keping edge stock rescan --scanned-file scans.txt --operator op-susut "
                         "--second op-made --config edge.textproto",
                         [this] {
                           rescan_.set_scanned(ScansOr(rescan_.scanned(), scan_file_));
                           return EdgeRequest(rescan_);
                         });
  AddScans(rescan, rescan_.mutable_scanned(), &scan_file_, /*required=*/false);
  AddOperator(rescan, rescan_);
  AddSecond(rescan, rescan_)->required();
}

void StockGrammar::AddLendings(CLI::App* stock, const AddEdgeCall& add) {
  CLI::App* lend =
      add(stock, "lend",
          "keping edge stock lend bangli --scanned-file scans.txt --operator op-susut --second "
          "op-made --config edge.textproto",
          [this] {
            lend_.set_scanned(ScansOr(lend_.scanned(), scan_file_));
            return EdgeRequest(lend_);
          });
  lend->add_option("to", *lend_.mutable_to())->required();
  AddScans(lend, lend_.mutable_scanned(), &scan_file_, /*required=*/true);
  AddOperator(lend, lend_);
  AddSecond(lend, lend_)->required();
  add(stock, "lendings", "keping edge stock lendings --config edge.textproto",
      [] { return EdgeRequest(edge_api::ListLendingsRequest()); });
}

void StockGrammar::AddPiles(CLI::App* stock, const AddEdgeCall& add) {
  CLI::App* show = add(stock, "show", "keping edge stock show --config edge.textproto",
                       [this] { return EdgeRequest(stock_); });
  show->add_flag_callback("--serials", [this] { stock_.set_serials(true); });

  CLI::App* open = add(stock, "open",
                       "keping edge stock open tray --scanned-file scans.txt --minutes 470/1/BA "
                       "--operator op-susut --second op-made --config edge.textproto",
                       [this] {
                         open_.set_serials(ScansOr(open_.serials(), scan_file_));
                         return EdgeRequest(open_);
                       });
  AddPile(open, open_);
  AddScans(open, open_.mutable_serials(), &scan_file_, /*required=*/true);
  open->add_option("--minutes", *open_.mutable_minutes())->required();
  AddOperator(open, open_);
  AddSecond(open, open_)->required();

  CLI::App* count = add(stock, "count",
                        "keping edge stock count tray --scanned-file scans.txt --operator op-susut "
                        "--config edge.textproto",
                        [this] {
                          count_.set_scanned(ScansOr(count_.scanned(), scan_file_));
                          return EdgeRequest(WithForm(count_, form_, stated_at_));
                        });
  AddPile(count, count_);
  AddScans(count, count_.mutable_scanned(), &scan_file_, /*required=*/false);
  AddOperator(count, count_);
  AddSecond(count, count_);
  AddForm(count, &form_, &stated_at_);

  CLI::App* destroy =
      add(stock, "destroy",
          "keping edge stock destroy --serials A0001000,A0001007 --minutes 470/2/BA --witness "
          "\"I Nyoman Saksi\" --operator op-susut --second op-made --config edge.textproto",
          [this] {
            destroy_.set_serials(ScansOr(destroy_.serials(), scan_file_));
            return EdgeRequest(destroy_);
          });
  AddScans(destroy, destroy_.mutable_serials(), &scan_file_, /*required=*/true);
  destroy->add_option("--minutes", *destroy_.mutable_minutes())->required();
  destroy->add_option_function<std::vector<std::string>>(
      "--witness", [this](const std::vector<std::string>& names) {
        for (const std::string& name : names) destroy_.add_witnesses(name);
      });
  AddOperator(destroy, destroy_);
  AddSecond(destroy, destroy_)->required();

  CLI::App* names =
      add(stock, "names", "keping edge stock names ACT --operator op-susut --config edge.textproto",
          [this] { return EdgeRequest(names_); });
  names->add_option("act", *names_.mutable_act())->required();
  AddOperator(names, names_);
}

void StockGrammar::AddReceive(CLI::App* stock, const AddEdgeCall& add) {
  CLI::App* receive =
      add(stock, "receive",
          "keping edge stock receive BAST-17 --before-dispatch --scanned-file scans.txt --operator "
          "op-susut --config edge.textproto",
          [this] {
            receive_.set_scanned(ScansOr(receive_.scanned(), scan_file_));
            if (receive_.scanned().empty() && receive_.boxes().empty() && !receive_.no_boxes()) {
              throw CLI::ValidationError(usage::Refusal("wrong.nothingCame"));
            }
            return EdgeRequest(WithForm(receive_, form_, stated_at_));
          });
  receive->add_option("transfer", *receive_.mutable_transfer())->required();
  AddScans(receive, receive_.mutable_scanned(), &scan_file_, /*required=*/false);
  receive->add_option_function<std::vector<std::string>>(
      "--box", [this](const std::vector<std::string>& boxes) {
        for (const std::string& box : boxes) *receive_.add_boxes() = ReadBox(box);
      });
  receive->add_flag_callback("--no-box", [this] { receive_.set_no_boxes(true); });
  receive->add_flag_callback("--before-dispatch", [this] { receive_.set_before_dispatch(true); });
  AddOperator(receive, receive_);
  AddForm(receive, &form_, &stated_at_);
}

void StockGrammar::AddBox(CLI::App* stock, const AddEdgeCall& add) {
  CLI::App* box = add(stock, "open-box",
                      "keping edge stock open-box L7-01 --scanned-file scans.txt --operator "
                      "op-susut --config edge.textproto",
                      [this] {
                        box_.set_scanned(ScansOr(box_.scanned(), scan_file_));
                        return EdgeRequest(box_);
                      });
  box->add_option("box", *box_.mutable_box())->required();
  AddScans(box, box_.mutable_scanned(), &scan_file_, /*required=*/false);
  box->add_flag_callback("--empty", [this] { box_.set_emptied(true); });
  AddOperator(box, box_);
  AddSecond(box, box_);
}

void StockGrammar::AddBlanks(CLI::App* stock, const AddEdgeCall& add) {
  AddReceive(stock, add);
  AddBox(stock, add);
  CLI::App* spoil = add(stock, "spoil",
                        "keping edge stock spoil 04A1B2C3D4E5F6 --cause factory --step storage "
                        "--operator op-susut --config edge.textproto",
                        [this] { return EdgeRequest(WithForm(spoil_, form_, stated_at_)); });
  spoil->add_option("blank", *spoil_.mutable_blank())->required();
  AddEnum(spoil, "--cause", SpoilCauses(), [this](log::v1::SpoilCause cause) {
    spoil_.set_cause(cause);
  })->required();
  AddEnum(spoil, "--step", Steps(), [this](log::v1::SpoilStep step) { spoil_.set_step(step); });
  AddOperator(spoil, spoil_);
  AddForm(spoil, &form_, &stated_at_);

  CLI::App* consumable = add(stock, "consumable",
                             "keping edge stock consumable ribbon R-2017-44 --panels 500 "
                             "--operator op-susut --config edge.textproto",
                             [this] { return EdgeRequest(consumable_); });
  AddEnum(consumable, "kind", ConsumableKinds(), [this](log::v1::ConsumableKind kind) {
    consumable_.set_kind(kind);
  })->required();
  consumable->add_option("number", *consumable_.mutable_consumable())->required();
  consumable->add_option_function<uint32_t>(
      "--quantity", [this](uint32_t quantity) { consumable_.set_quantity(quantity); });
  consumable->add_option_function<uint32_t>(
      "--panels", [this](uint32_t panels) { consumable_.set_panels(panels); });
  consumable->add_option("--transfer", *consumable_.mutable_transfer());
  AddOperator(consumable, consumable_);
  AddSettling(stock, add);
}

void StockGrammar::AddSettling(CLI::App* stock, const AddEdgeCall& add) {
  settle_.set_quantity(1);
  const auto add_step = [this, &add, stock](const char* name, const char* example,
                                            log::v1::ConsumableStep step) {
    CLI::App* call = add(stock, name, example, [this, step] {
      settle_.set_step(step);
      return EdgeRequest(settle_);
    });
    call->add_option("number", *settle_.mutable_consumable())->required();
    call->add_option_function<uint32_t>(
        "--quantity", [this](uint32_t quantity) { settle_.set_quantity(quantity); });
    AddOperator(call, settle_);
    return call;
  };
  add_step("spoil-consumable",
           "keping edge stock spoil-consumable R-2017-44 --operator op-susut --config "
           "edge.textproto",
           log::v1::CONSUMABLE_STEP_SPOILED);
  AddSecond(add_step("count-consumable",
                     "keping edge stock count-consumable C-7 --quantity 12 --operator op-susut "
                     "--second made --config edge.textproto",
                     log::v1::CONSUMABLE_STEP_COUNTED),
            settle_)
      ->required();
}

void StockGrammar::AddReservations(CLI::App* stock, const AddEdgeCall& add) {
  const auto add_thing = [](CLI::App* call, auto& request) {
    CLI::Option_group* what = call->add_option_group("what");
    what->add_option("--blank", *request.mutable_blank());
    what->add_option("--prr", *request.mutable_prr());
    what->require_option(1);
    call->add_option("--counter", *request.mutable_counter());
    AddOperator(call, request);
  };
  add_thing(add(stock, "reserve",
                "keping edge stock reserve --blank 04A1B2C3D4E5F6 --counter \"loket 2\" --operator "
                "op-susut --config edge.textproto",
                [this] { return EdgeRequest(reserve_); }),
            reserve_);
  add_thing(add(stock, "release",
                "keping edge stock release --blank 04A1B2C3D4E5F6 --operator op-susut --config "
                "edge.textproto",
                [this] { return EdgeRequest(release_); }),
            release_);
  add(stock, "reservations", "keping edge stock reservations --config edge.textproto",
      [] { return EdgeRequest(edge_api::ListReservationsRequest()); });
}

void StockGrammar::AddManifests(CLI::App* handover, const AddEdgeCall& add) {
  CLI::App* list = add(handover, "list", "keping edge handover list --config edge.textproto",
                       [this] { return EdgeRequest(list_); });
  list->add_option_function<uint32_t>("--limit", [this](uint32_t limit) { list_.set_limit(limit); })
      ->check(usage::Between(1, 500));

  CLI::App* make = add(handover, "manifest",
                       "keping edge handover manifest 51.06.01.2001 --operator op-susut --config "
                       "edge.textproto",
                       [this] {
                         make_.set_cards(ScansOr(make_.cards(), scan_file_));
                         return EdgeRequest(make_);
                       });
  make->add_option("village", *make_.mutable_village())->required();
  AddScans(make, make_.mutable_cards(), &scan_file_, /*required=*/false);
  AddOperator(make, make_);

  CLI::App* show =
      add(handover, "show", "keping edge handover show MANIFEST --config edge.textproto",
          [this] { return EdgeRequest(show_); });
  show->add_option("manifest", *show_.mutable_manifest())->required();

  CLI::App* paper = add(handover, "paper",
                        "keping edge handover paper MANIFEST --operator op-susut --config "
                        "edge.textproto > manifest.pdf",
                        [this] { return EdgeRequest(paper_); });
  paper->add_option("manifest", *paper_.mutable_manifest())->required();
  paper_.set_format(edge_api::PAPER_FORMAT_PDF);
  paper->add_flag_callback("--text", [this] { paper_.set_format(edge_api::PAPER_FORMAT_TEXT); });
  AddOperator(paper, paper_);
}

void StockGrammar::AddAnswers(CLI::App* handover, const AddEdgeCall& add) {
  CLI::App* leave = add(handover, "hand-over",
                        "keping edge handover hand-over MANIFEST --receiver \"I Ketut Kepala\" "
                        "--operator op-susut --config edge.textproto",
                        [this] {
                          if (!day_.empty()) hand_over_.set_day_days(ReadDay("--day", day_));
                          return EdgeRequest(WithForm(hand_over_, form_, stated_at_));
                        });
  leave->add_option("manifest", *hand_over_.mutable_manifest())->required();
  leave->add_option("--receiver", *hand_over_.mutable_receiver());
  leave->add_option("--day", day_)->type_name("DAY");
  AddOperator(leave, hand_over_);
  AddForm(leave, &form_, &stated_at_);

  CLI::App* answer =
      add(handover, "answer",
          "keping edge handover answer --manifest MANIFEST --rest-delivered --returned A0001007 "
          "--operator op-susut --config edge.textproto\n"
          "keping edge handover answer --delivered A0001008 --operator op-susut --config "
          "edge.textproto",
          [this] { return EdgeRequest(WithForm(answer_, form_, stated_at_)); });
  answer->add_option("--manifest", *answer_.mutable_manifest());
  answer->add_option("--delivered", *answer_.mutable_delivered());
  answer->add_option("--not-found", *answer_.mutable_not_found());
  answer->add_option("--returned", *answer_.mutable_returned());
  answer->add_flag_callback("--rest-delivered", [this] { answer_.set_rest_delivered(true); });
  AddOperator(answer, answer_);
  AddForm(answer, &form_, &stated_at_);

  CLI::App* ask =
      add(handover, "status",
          "keping edge handover status --operator op-susut --config edge.textproto", [this] {
            // In no list of processes and no shell's history.
            ask_.set_nik(ReadSecret("NIK"));
            return EdgeRequest(ask_);
          });
  AddOperator(ask, ask_);
}

}  // namespace keping::cli
