#include "common/cli/desk_grammar.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "common/cli/option_parts.h"
#include "common/cli/secret_input.h"
#include "common/config/text_config.h"
#include "common/usage/refusals.h"

namespace keping::cli {
namespace {

// "transfer_silent" of every kind.
const Names<log::v1::CaseKind>& Kinds() {
  static const auto& kinds = *[] {
    auto* names = new Names<log::v1::CaseKind>;
    const auto& values = *log::v1::CaseKind_descriptor();
    for (int i = 1; i < values.value_count(); ++i) {
      const std::string name = values.value(i)->name().substr(sizeof("CASE_KIND_") - 1);
      (*names)[absl::AsciiStrToLower(name)] =
          static_cast<log::v1::CaseKind>(values.value(i)->number());
    }
    return names;
  }();
  return kinds;
}

const Names<log::v1::Resolution>& Resolutions() {
  static const auto& names = *new Names<log::v1::Resolution>{
      {"accept", log::v1::RESOLUTION_ACCEPTED}, {"recall", log::v1::RESOLUTION_RECALL},
      {"rescan", log::v1::RESOLUTION_RESCAN},   {"explain", log::v1::RESOLUTION_EXPLAINED},
      {"retry", log::v1::RESOLUTION_RETRY},
  };
  return names;
}

const Names<log::v1::AbsenceKind>& Absences() {
  static const auto& names = *new Names<log::v1::AbsenceKind>{
      {"leave", log::v1::ABSENCE_KIND_LEAVE},
      {"training", log::v1::ABSENCE_KIND_TRAINING},
      {"other-office", log::v1::ABSENCE_KIND_OTHER_OFFICE},
  };
  return names;
}

const Names<log::v1::FigureKind>& Figures() {
  static const auto& names = *new Names<log::v1::FigureKind>{
      {"printed", log::v1::FIGURE_KIND_PRINTED},
      {"spoiled", log::v1::FIGURE_KIND_SPOILED},
      {"handed-over", log::v1::FIGURE_KIND_HANDED_OVER},
      {"destroyed", log::v1::FIGURE_KIND_DESTROYED},
      {"in-stock", log::v1::FIGURE_KIND_IN_STOCK},
  };
  return names;
}

// "PART=84"; the label may hold anything.
log::v1::FigurePart ReadPart(const std::string& text) {
  const size_t at = text.rfind('=');
  uint64_t quantity = 0;
  if (at == std::string::npos || !absl::SimpleAtoi(text.substr(at + 1), &quantity)) {
    throw CLI::ValidationError("--part", usage::Refusal("wrong.part", {{"got", text}}));
  }
  log::v1::FigurePart part;
  part.set_label(text.substr(0, at));
  part.set_quantity(quantity);
  return part;
}

log::v1::Policy ReadPolicyFile(const std::string& path) {
  log::v1::Policy policy;
  const absl::Status read = config::ParseTextConfig(path, &policy);
  if (!read.ok()) throw CLI::ValidationError("file", std::string(read.message()));
  return policy;
}

}  // namespace

void DeskGrammar::AddCentral(CLI::App* area, const AddCall<CentralRequest>& add, std::string& out) {
  AddCases(area, add);
  AddDecision(area, add);
  AddQuestions(area, add);
  AddOfficers(area, add);
  AddPolicy(area, add);
  AddPlans(area, add);
  AddFigures(area, add);
  AddEvidence(area, add, out);
}

void DeskGrammar::AddCases(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* cases = add(area, "cases",
                        "keping central cases --open --kind count_variance --config "
                        "central.textproto",
                        [this] { return CentralRequest(cases_); });
  cases->add_flag_callback("--open", [this] { cases_.set_open_only(true); });
  AddEnum(cases, "--kind", Kinds(), [this](log::v1::CaseKind kind) {
    cases_.add_kinds(kind);
  })->type_name("KIND");
  cases->add_option("--node", *cases_.mutable_node());
  AddPage(cases, cases_);
  CLI::App* one = add(area, "case",
                      "keping central case duplicate_print-1f2e3d4c5b6a7988 --config "
                      "central.textproto",
                      [this] { return CentralRequest(case_); });
  one->add_option("case", *case_.mutable_case_id())->required();
}

void DeskGrammar::AddDecision(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* decide =
      add(area, "decide",
          "keping central decide duplicate_print-1f2e3d4c5b6a7988 recall --revision 2 --keep "
          "A0001000 --by rai --second sari --config central.textproto",
          [this] { return CentralRequest(resolve_); });
  decide->add_option("case", *resolve_.mutable_case_id())->required();
  AddEnum(decide, "resolution", Resolutions(), [this](log::v1::Resolution resolution) {
    resolve_.set_resolution(resolution);
  })->required();
  decide
      ->add_option_function<uint32_t>(
          "--revision", [this](uint32_t revision) { resolve_.set_revision(revision); })
      ->required();
  decide->add_option("--keep", *resolve_.mutable_keep());
  AddBy(decide, resolve_);
  AddSecond(decide, resolve_);
  decide->add_option("--document", *resolve_.mutable_document());
  decide->add_flag_callback("--dry-run", [this] { resolve_.set_dry_run(true); });
}

void DeskGrammar::AddQuestions(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* blank = add(area, "blank", "keping central blank A0001000 --config central.textproto",
                        [this] { return CentralRequest(blank_); });
  blank->add_option("blank", *blank_.mutable_blank())->required();
  CLI::App* record =
      add(area, "record", "keping central record PRR-0001 --config central.textproto",
          [this] { return CentralRequest(record_); });
  record->add_option("prr", *record_.mutable_prr())->required();
  CLI::App* subject =
      add(area, "subject", "keping central subject --by rai --config central.textproto", [this] {
        subject_.set_nik(ReadSecret("NIK"));
        return CentralRequest(subject_);
      });
  AddBy(subject, subject_);
  CLI::App* destroyed =
      add(area, "destroyed", "keping central destroyed --config central.textproto",
          [this] { return CentralRequest(destructions_); });
  AddPage(destroyed, destructions_);
}

void DeskGrammar::AddOfficers(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* officer = area->add_subcommand("officer");
  officer->require_subcommand(1);
  const auto set = [&](const char* name, const char* example, bool active) {
    CLI::App* call = add(officer, name, example, [this, active] {
      officer_.set_active(active);
      return CentralRequest(officer_);
    });
    call->add_option("officer", *officer_.mutable_officer())->required();
    AddBy(call, officer_);
    return call;
  };
  officer_.set_role(log::v1::ROLE_RECONCILER);
  CLI::App* put = set("set",
                      "keping central officer set rai --role reconciler --config "
                      "central.textproto",
                      true);
  AddEnum(put, "--role", Roles(), [this](log::v1::Role role) {
    officer_.set_role(role);
  })->type_name("ROLE");
  put->add_flag_callback("--first-password", [this] { officer_.set_first_password(true); });
  set("remove", "keping central officer remove rai --by made --config central.textproto", false);
  add(officer, "list", "keping central officer list --config central.textproto",
      [] { return CentralRequest(central_api::ListOfficersRequest()); });
}

void DeskGrammar::AddPolicy(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* policy = area->add_subcommand("policy");
  policy->require_subcommand(1);
  add(policy, "show", "keping central policy show --config central.textproto > policy.textproto",
      [] { return CentralRequest(central_api::GetPolicyRequest()); });
  CLI::App* set = add(policy, "set",
                      "keping central policy set policy.textproto --by made --second rai --config "
                      "central.textproto",
                      [this] {
                        *policy_.mutable_policy() = ReadPolicyFile(policy_file_);
                        return CentralRequest(policy_);
                      });
  set->add_option("file", policy_file_)->required();
  CLI::App* trial =
      add(policy, "try", "keping central policy try policy.textproto --config central.textproto",
          [this] {
            *trial_.mutable_policy() = ReadPolicyFile(policy_file_);
            return CentralRequest(trial_);
          });
  trial->add_option("file", policy_file_)->required();
  AddBy(set, policy_);
  AddSecond(set, policy_)->required();
}

void DeskGrammar::AddPlans(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* readiness = add(area, "readiness",
                            "keping central readiness 51.06.01.2001 --day 2017-05-02 --persons 40 "
                            "--by rai --config central.textproto",
                            [this] {
                              readiness_.set_day_days(ReadDay("--day", first_));
                              return CentralRequest(readiness_);
                            });
  readiness->add_option("village", *readiness_.mutable_village())->required();
  readiness->add_option("--day", first_)->required();
  readiness->add_option_function<uint32_t>(
      "--persons", [this](uint32_t persons) { readiness_.set_persons(persons); });
  readiness->add_flag_callback("--withdraw", [this] { readiness_.set_withdrawn(true); });
  AddBy(readiness, readiness_);

  CLI::App* absence = add(area, "absence",
                          "keping central absence op-susut training --first 2017-05-02 --last "
                          "2017-05-05 --by rai --config central.textproto",
                          [this] {
                            absence_.set_first_days(ReadDay("--first", first_));
                            absence_.set_last_days(ReadDay("--last", last_));
                            return CentralRequest(absence_);
                          });
  absence->add_option("operator", *absence_.mutable_operator_id())->required();
  AddEnum(absence, "kind", Absences(), [this](log::v1::AbsenceKind kind) {
    absence_.set_kind(kind);
  })->required();
  absence->add_option("--first", first_)->required();
  absence->add_option("--last", last_)->required();
  absence->add_option("--node", *absence_.mutable_node());
  absence->add_flag_callback("--withdraw", [this] { absence_.set_withdrawn(true); });
  AddBy(absence, absence_);

  CLI::App* printer = add(area, "printer",
                          "keping central printer kiosk-1 susut --cards-per-day 0 --from "
                          "2017-05-02 --by rai --config central.textproto",
                          [this] {
                            printer_.set_from_days(ReadDay("--from", first_));
                            return CentralRequest(printer_);
                          });
  printer->add_option("printer", *printer_.mutable_printer())->required();
  printer->add_option("node", *printer_.mutable_node())->required();
  printer
      ->add_option_function<uint32_t>("--cards-per-day",
                                      [this](uint32_t cards) { printer_.set_cards_per_day(cards); })
      ->required();
  printer->add_option("--from", first_)->required();
  AddBy(printer, printer_);

  CLI::App* close =
      add(area, "close-days", "keping central close-days --by made --config central.textproto",
          [this] { return CentralRequest(close_); });
  AddBy(close, close_);
}

void DeskGrammar::AddFigures(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* figures =
      add(area, "figures",
          "keping central figures printed --part box1=84 --part box2=87 --part box3=95 --total 258 "
          "--upto 2017-04-27 --document 470/9/2017 --by rai --config central.textproto",
          [this] {
            figures_.set_upto_days(ReadDay("--upto", first_));
            for (const std::string& part : parts_) *figures_.add_parts() = ReadPart(part);
            return CentralRequest(figures_);
          });
  AddEnum(figures, "kind", Figures(), [this](log::v1::FigureKind kind) {
    figures_.set_kind(kind);
  })->required();
  figures->add_option("--part", parts_);
  figures
      ->add_option_function<uint64_t>("--total",
                                      [this](uint64_t total) { figures_.set_total(total); })
      ->required();
  figures->add_option("--upto", first_)->required();
  figures->add_option("--node", *figures_.mutable_node());
  figures->add_option("--document", *figures_.mutable_document())->required();
  AddBy(figures, figures_);

  CLI::App* identify = add(area, "identify",
                           "keping central identify A0001000 04A1B2C3D4E5F6 --by rai --config "
                           "central.textproto",
                           [this] { return CentralRequest(identify_); });
  identify->add_option("printed", *identify_.mutable_printed())->required();
  identify->add_option("uid", *identify_.mutable_uid())->required();
  AddBy(identify, identify_);
}

void DeskGrammar::AddEvidence(CLI::App* area, const AddCall<CentralRequest>& add,
                              std::string& out) {
  CLI::App* pack = add(area, "evidence",
                       "keping central evidence --blank A0001000 --out A0001000.pack --by sari "
                       "--config central.textproto",
                       [this] { return CentralRequest(pack_); });
  pack->add_option("--case", *pack_.mutable_case_id());
  pack->add_option("--blank", *pack_.mutable_blank());
  pack->add_option("--out", out)->type_name("FILE")->required();
  AddBy(pack, pack_);
}

}  // namespace keping::cli
