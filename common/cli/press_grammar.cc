#include "common/cli/press_grammar.h"

#include "absl/strings/str_split.h"
#include "common/cli/option_parts.h"
#include "common/usage/refusals.h"

namespace keping::cli {
namespace {

const Names<log::v1::CorrectionReason>& CorrectionReasons() {
  static const auto& reasons = *new Names<log::v1::CorrectionReason>{
      {"wrong-scan", log::v1::CORRECTION_REASON_WRONG_SCAN},
      {"wrong-answer", log::v1::CORRECTION_REASON_WRONG_ANSWER},
      {"wrong-cause", log::v1::CORRECTION_REASON_WRONG_CAUSE},
      {"other", log::v1::CORRECTION_REASON_OTHER}};
  return reasons;
}

const Names<log::v1::MaintenanceKind>& Maintenance() {
  static const auto& kinds = *new Names<log::v1::MaintenanceKind>{
      {"cleaning-card", log::v1::MAINTENANCE_KIND_CLEANING_CARD},
      {"head-cleaned", log::v1::MAINTENANCE_KIND_HEAD_CLEANED},
      {"repaired", log::v1::MAINTENANCE_KIND_REPAIRED}};
  return kinds;
}

const Names<log::v1::ConsumableKind>& Consumables() {
  static const auto& kinds = *new Names<log::v1::ConsumableKind>{
      {"ribbon", log::v1::CONSUMABLE_KIND_RIBBON}, {"film", log::v1::CONSUMABLE_KIND_FILM}};
  return kinds;
}

const Names<log::v1::OverrideReason>& OverrideReasons() {
  static const auto& reasons = *new Names<log::v1::OverrideReason>{
      {"disaster", log::v1::OVERRIDE_REASON_DISASTER},
      {"court-or-election", log::v1::OVERRIDE_REASON_COURT_OR_ELECTION},
      {"travel", log::v1::OVERRIDE_REASON_TRAVEL},
      {"other", log::v1::OVERRIDE_REASON_OTHER}};
  return reasons;
}

const Names<log::v1::RecordClass>& RecordClasses() {
  static const auto& classes =
      *new Names<log::v1::RecordClass>{{"first-card", log::v1::RECORD_CLASS_FIRST_CARD},
                                       {"replacement", log::v1::RECORD_CLASS_REPLACEMENT}};
  return classes;
}

// In the order of the hopper: a comma or a new line after each.
void ReadHopper(const std::string& blanks, const std::string& scan_file,
                edge_api::OpenBatchRequest& open) {
  const std::string text = scan_file.empty() ? blanks : ReadTextFile(scan_file);
  for (absl::string_view blank :
       absl::StrSplit(text, absl::ByAnyChar(", \r\n"), absl::SkipEmpty())) {
    open.add_blanks(std::string(blank));
  }
  if (open.blanks().empty() && !scan_file.empty()) {
    throw CLI::ValidationError(usage::Refusal("wrong.noSerial", {{"file", scan_file}}));
  }
}

// The line of the slip, wherever it stands on the page.
std::string SlipIn(const std::string& page) {
  for (absl::string_view line : absl::StrSplit(page, '\n')) {
    if (line.find("KEPING-SLIP") != absl::string_view::npos) return std::string(line);
  }
  return page;
}

}  // namespace

void PressGrammar::AddEdge(CLI::App* area, const AddEdgeCall& add) {
  AddBatches(area, add);
  AddCards(area, add);
  AddPrinters(area, add);
  AddRibbons(area, add);
  AddMoves(area, add);
  AddDay(area, add);
}

void PressGrammar::AddBatches(CLI::App* area, const AddEdgeCall& add) {
  CLI::App* batch = area->add_subcommand("batch");
  batch->require_subcommand(1);
  CLI::App* open = add(batch, "open",
                       "keping edge batch open --operator op-susut --scanned-file hopper.txt "
                       "--config edge.textproto",
                       [this] {
                         ReadHopper(blanks_, scan_file_, open_);
                         return EdgeRequest(open_);
                       });
  AddOperator(open, open_);
  open->add_option("--printer", *open_.mutable_printer());
  CLI::Option_group* what = open->add_option_group("what");
  what->add_option("--blanks", blanks_);
  what->add_option("--scanned-file", scan_file_)->type_name("FILE");
  what->require_option(1);
  CLI::App* show = add(batch, "show", "keping edge batch show --config edge.textproto",
                       [this] { return EdgeRequest(batch_); });
  show->add_option("batch", *batch_.mutable_batch());
  CLI::App* stop =
      add(batch, "stop", "keping edge batch stop BATCH --operator op-susut --config edge.textproto",
          [this] { return EdgeRequest(close_); });
  AddOperator(stop, close_);
  stop->add_option("batch", *close_.mutable_batch())->required();
}

void PressGrammar::AddCards(CLI::App* area, const AddEdgeCall& add) {
  CLI::App* cancel =
      add(area, "cancel", "keping edge cancel ACT --operator op-susut --config edge.textproto",
          [this] { return EdgeRequest(cancel_); });
  AddOperator(cancel, cancel_);
  cancel->add_option("act", *cancel_.mutable_act())->required();
  CLI::App* correct =
      add(area, "correct",
          "keping edge correct ACT --reason wrong-scan --operator op-susut --second op-made "
          "--config edge.textproto",
          [this] { return EdgeRequest(correct_); });
  correct->add_option("act", *correct_.mutable_subject())->required();
  AddEnum(correct, "--reason", CorrectionReasons(), [this](log::v1::CorrectionReason reason) {
    correct_.set_reason(reason);
  })->required();
  AddOperator(correct, correct_);
  AddSecond(correct, correct_)->required();
  CLI::App* history =
      add(area, "history", "keping edge history --blank 04A1B2C3D4E5F6 --config edge.textproto",
          [this] {
            edge_api::GetCardHistoryRequest request;
            if (!act_.empty()) request.set_act(act_);
            if (!prr_.empty()) request.set_prr(prr_);
            if (!blank_.empty()) request.set_blank(blank_);
            return EdgeRequest(request);
          });
  CLI::Option_group* of = history->add_option_group("of");
  of->add_option("--act", act_);
  of->add_option("--prr", prr_);
  of->add_option("--blank", blank_);
  of->require_option(1);
}

void PressGrammar::AddPrinters(CLI::App* area, const AddEdgeCall& add) {
  add(area, "printers", "keping edge printers --config edge.textproto",
      [] { return EdgeRequest(edge_api::ListPrintersRequest()); });
  CLI::App* test = add(area, "test-print",
                       "keping edge test-print --blank 04A1B2C3D4E5F6 --operator op-susut "
                       "--config edge.textproto",
                       [this] { return EdgeRequest(test_); });
  AddOperator(test, test_);
  test->add_option("--blank", *test_.mutable_blank())->required();
  test->add_option("--printer", *test_.mutable_printer());
  CLI::App* maintain = add(area, "maintain",
                           "keping edge maintain p1 cleaning-card --operator op-susut --config "
                           "edge.textproto",
                           [this] { return EdgeRequest(maintain_); });
  maintain->add_option("printer", *maintain_.mutable_printer())->required();
  AddEnum(maintain, "what", Maintenance(), [this](log::v1::MaintenanceKind kind) {
    maintain_.set_kind(kind);
  })->required();
  AddOperator(maintain, maintain_);
}

void PressGrammar::AddRibbons(CLI::App* area, const AddEdgeCall& add) {
  CLI::App* ribbon = area->add_subcommand("ribbon");
  ribbon->require_subcommand(1);
  const auto act = [&](const char* name, const char* example, log::v1::ConsumableStep step) {
    CLI::App* call = add(ribbon, name, example, [this, step] {
      move_.set_step(step);
      if (move_.kind() == log::v1::CONSUMABLE_KIND_UNSPECIFIED) {
        move_.set_kind(log::v1::CONSUMABLE_KIND_RIBBON);
      }
      return EdgeRequest(move_);
    });
    call->add_option("number", *move_.mutable_consumable())->required();
    AddEnum(call, "--kind", Consumables(),
            [this](log::v1::ConsumableKind kind) { move_.set_kind(kind); });
    AddOperator(call, move_);
    return call;
  };
  CLI::App* install = act("install",
                          "keping edge ribbon install R-17 --printer p1 --panels 500 --operator "
                          "op-susut --config edge.textproto",
                          log::v1::CONSUMABLE_STEP_INSTALLED);
  CLI::App* remove = act("remove",
                         "keping edge ribbon remove R-17 --printer p1 --panels 0 --operator "
                         "op-susut --config edge.textproto",
                         log::v1::CONSUMABLE_STEP_REMOVED);
  for (CLI::App* call : {install, remove}) {
    call->add_option("--printer", *move_.mutable_printer())->required();
    call->add_option_function<uint32_t>("--panels",
                                        [this](uint32_t panels) { move_.set_panels(panels); })
        ->required();
  }
  CLI::App* destroy = act("destroy",
                          "keping edge ribbon destroy R-17 --operator op-susut --second op-made "
                          "--config edge.textproto",
                          log::v1::CONSUMABLE_STEP_DESTROYED);
  AddSecond(destroy, move_)->required();
}

void PressGrammar::AddMoves(CLI::App* area, const AddEdgeCall& add) {
  CLI::App* release =
      add(area, "release-printer",
          "keping edge release-printer p1 --operator op-susut --config edge.textproto > slip.txt",
          [this] { return EdgeRequest(release_); });
  release->add_option("printer", *release_.mutable_printer())->required();
  AddOperator(release, release_);
  CLI::App* adopt = add(area, "adopt-printer",
                        "keping edge adopt-printer p1 --slip-file slip.txt --operator op-susut "
                        "--config edge.textproto",
                        [this] {
                          adopt_.set_basis(without_slip_   ? log::v1::ADOPTION_BASIS_WITHOUT_SLIP
                                           : commissioned_ ? log::v1::ADOPTION_BASIS_COMMISSIONED
                                                           : log::v1::ADOPTION_BASIS_SLIP);
                          if (!slip_file_.empty())
                            adopt_.set_slip(SlipIn(ReadTextFile(slip_file_)));
                          return EdgeRequest(adopt_);
                        });
  adopt->add_option("printer", *adopt_.mutable_printer())->required();
  AddOperator(adopt, adopt_);
  CLI::Option_group* how = adopt->add_option_group("how");
  how->add_option("--slip", *adopt_.mutable_slip());
  how->add_option("--slip-file", slip_file_)->type_name("FILE");
  how->add_flag("--without-slip", without_slip_);
  how->add_flag("--new", commissioned_);
  how->require_option(1);
}

void PressGrammar::AddDay(CLI::App* area, const AddEdgeCall& add) {
  CLI::App* grant =
      add(area, "override",
          "keping edge override --printer p1 --prints 5 --reason disaster --operator op-kepala "
          "--config edge.textproto",
          [this] {
            override_.set_kind(override_.printer().empty() ? log::v1::OVERRIDE_KIND_STALENESS
                                                           : log::v1::OVERRIDE_KIND_DUTY);
            return EdgeRequest(override_);
          });
  grant->add_option("--printer", *override_.mutable_printer());
  grant
      ->add_option_function<uint32_t>("--prints",
                                      [this](uint32_t prints) { override_.set_prints(prints); })
      ->required()
      ->check(usage::Between(1, 200));
  AddEnum(grant, "--reason", OverrideReasons(), [this](log::v1::OverrideReason reason) {
    override_.set_reason(reason);
  })->required();
  AddEnum(grant, "--class", RecordClasses(),
          [this](log::v1::RecordClass record_class) { override_.set_record_class(record_class); });
  AddOperator(grant, override_);
  CLI::App* day = area->add_subcommand("day");
  day->require_subcommand(1);
  add(day, "show", "keping edge day show --config edge.textproto",
      [] { return EdgeRequest(edge_api::GetOfficeDayRequest()); });
  CLI::App* correct = add(day, "correct",
                          "keping edge day correct 2017-04-27 --operator op-susut --second op-made "
                          "--config edge.textproto",
                          [this] {
                            correct_day_.set_day(ReadDay("date", day_));
                            return EdgeRequest(correct_day_);
                          });
  correct->add_option("date", day_)->required();
  AddOperator(correct, correct_day_);
  AddSecond(correct, correct_day_)->required();
}

}  // namespace keping::cli
