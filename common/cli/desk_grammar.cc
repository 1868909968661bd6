#include "common/cli/desk_grammar.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/cli/option_parts.h"
#include "common/cli/secret_input.h"
#include "common/config/text_config.h"

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
    throw CLI::ValidationError("--part", absl::StrCat("got ", text, ", want LABEL=NUMBER"));
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
  CLI::App* cases = add(area, "cases", "What needs a decision",
                        "keping central cases --open --kind count_variance --config "
                        "central.textproto",
                        [this] { return CentralRequest(cases_); });
  cases->add_flag_callback(
      "--open", [this] { cases_.set_open_only(true); }, "Only open cases");
  AddEnum(cases, "--kind", Kinds(), "Only of this kind, as the list names it",
          [this](log::v1::CaseKind kind) { cases_.add_kinds(kind); })
      ->type_name("KIND");
  cases->add_option("--node", *cases_.mutable_node(), "Only of this node");
  AddPage(cases, cases_);
  CLI::App* one = add(area, "case", "One case: evidence, orders, decisions, and who may decide",
                      "keping central case duplicate_print-1f2e3d4c5b6a7988 --config "
                      "central.textproto",
                      [this] { return CentralRequest(case_); });
  one->add_option("case", *case_.mutable_case_id(), "Its id")->required();
}

void DeskGrammar::AddDecision(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* decide =
      add(area, "decide", "Decides on a case, as it was seen at a revision",
          "keping central decide duplicate_print-1f2e3d4c5b6a7988 recall --revision 2 --keep "
          "A0001000 --by rai --second sari --config central.textproto",
          [this] { return CentralRequest(resolve_); });
  decide->add_option("case", *resolve_.mutable_case_id(), "Its id")->required();
  AddEnum(decide, "resolution", Resolutions(),
          "accept, recall (cards but the one to keep), rescan, explain (by a document) or retry "
          "(a rejected report)",
          [this](log::v1::Resolution resolution) { resolve_.set_resolution(resolution); })
      ->required();
  decide
      ->add_option_function<uint32_t>(
          "--revision", [this](uint32_t revision) { resolve_.set_revision(revision); },
          "Of the case, as you saw it")
      ->required();
  decide->add_option("--keep", *resolve_.mutable_keep(), "Of a recall: the card that stays");
  AddBy(decide, resolve_);
  AddSecond(decide, resolve_);
  decide->add_option("--document", *resolve_.mutable_document(),
                     "Number of the paper that explains");
}

void DeskGrammar::AddQuestions(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* blank = add(area, "blank", "Where a blank is, and what anybody said of it",
                        "keping central blank A0001000 --config central.textproto",
                        [this] { return CentralRequest(blank_); });
  blank->add_option("blank", *blank_.mutable_blank(), "Its serial")->required();
  CLI::App* record = add(area, "record", "Who printed a record, on what, under which right",
                         "keping central record PRR-0001 --config central.textproto",
                         [this] { return CentralRequest(record_); });
  record->add_option("prr", *record_.mutable_prr(), "Id of the record")->required();
  CLI::App* subject = add(
      area, "subject", "Everything done with the data of one person; the question is logged",
      "keping central subject --by rai --config central.textproto   # asks for the NIK", [this] {
        subject_.set_nik(ReadSecret("NIK: "));
        return CentralRequest(subject_);
      });
  AddBy(subject, subject_);
  CLI::App* destroyed =
      add(area, "destroyed", "Whose pictures and signatures were destroyed, when and where",
          "keping central destroyed --config central.textproto",
          [this] { return CentralRequest(destructions_); });
  AddPage(destroyed, destructions_);
}

void DeskGrammar::AddOfficers(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* officer = area->add_subcommand("officer", "The district's own people");
  officer->require_subcommand(1);
  const auto set = [&](const char* name, const char* what, const char* example, bool active) {
    CLI::App* call = add(officer, name, what, example, [this, active] {
      officer_.set_active(active);
      return CentralRequest(officer_);
    });
    call->add_option("officer", *officer_.mutable_officer(), "Id of the person")->required();
    AddBy(call, officer_);
    return call;
  };
  officer_.set_role(log::v1::ROLE_RECONCILER);
  CLI::App* put = set("set", "Puts a person on the district's roster, or changes the role",
                      "keping central officer set rai --role reconciler --config "
                      "central.textproto",
                      true);
  AddEnum(put, "--role", Roles(),
          "reconciler (the default), supervisor, stock-keeper, auditor or administrator",
          [this](log::v1::Role role) { officer_.set_role(role); })
      ->type_name("ROLE");
  put->add_flag_callback(
      "--first-password", [this] { officer_.set_first_password(true); },
      "Make a new first password, which replaces the one that the person has");
  set("remove", "Strikes a person off the district's roster",
      "keping central officer remove rai --by made --config central.textproto", false);
  add(officer, "list", "Who is on the district's roster",
      "keping central officer list --config central.textproto",
      [] { return CentralRequest(central_api::ListOfficersRequest()); });
}

void DeskGrammar::AddPolicy(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* policy = area->add_subcommand("policy", "How long the district waits, who decides");
  policy->require_subcommand(1);
  add(policy, "show", "The policy that holds, as the file that `set` takes",
      "keping central policy show --config central.textproto > policy.textproto",
      [] { return CentralRequest(central_api::GetPolicyRequest()); });
  CLI::App* set = add(policy, "set", "Two people set the next version",
                      "keping central policy set policy.textproto --by made --second rai --config "
                      "central.textproto",
                      [this] {
                        *policy_.mutable_policy() = ReadPolicyFile(policy_file_);
                        return CentralRequest(policy_);
                      });
  set->add_option("file", policy_file_, "The policy, in protobuf's text format")->required();
  CLI::App* trial =
      add(policy, "try", "What would have become of the cases under another policy",
          "keping central policy try policy.textproto --config central.textproto", [this] {
            *trial_.mutable_policy() = ReadPolicyFile(policy_file_);
            return CentralRequest(trial_);
          });
  trial->add_option("file", policy_file_, "The policy, in protobuf's text format")->required();
  AddBy(set, policy_);
  AddSecond(set, policy_)->required();
}

void DeskGrammar::AddPlans(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* readiness = add(area, "readiness", "A village says on which day its people can come",
                            "keping central readiness 51.06.01.2001 --day 2017-05-02 --persons 40 "
                            "--by rai --config central.textproto",
                            [this] {
                              readiness_.set_day_days(ReadDay("--day", first_));
                              return CentralRequest(readiness_);
                            });
  readiness->add_option("village", *readiness_.mutable_village(), "Its code")->required();
  readiness->add_option("--day", first_, "Such as 2017-05-02")->required();
  readiness->add_option_function<uint32_t>(
      "--persons", [this](uint32_t persons) { readiness_.set_persons(persons); },
      "At most so many that day");
  readiness->add_flag_callback(
      "--withdraw", [this] { readiness_.set_withdrawn(true); }, "It took the day back");
  AddBy(readiness, readiness_);

  CLI::App* absence = add(area, "absence", "An operator is away, or helps in another office",
                          "keping central absence op-susut training --first 2017-05-02 --last "
                          "2017-05-05 --by rai --config central.textproto",
                          [this] {
                            absence_.set_first_days(ReadDay("--first", first_));
                            absence_.set_last_days(ReadDay("--last", last_));
                            return CentralRequest(absence_);
                          });
  absence->add_option("operator", *absence_.mutable_operator_id(), "Id of the person")->required();
  AddEnum(absence, "kind", Absences(), "leave, training or other-office",
          [this](log::v1::AbsenceKind kind) { absence_.set_kind(kind); })
      ->required();
  absence->add_option("--first", first_, "The first day")->required();
  absence->add_option("--last", last_, "The last day")->required();
  absence->add_option("--node", *absence_.mutable_node(), "Of other-office: where");
  absence->add_flag_callback(
      "--withdraw", [this] { absence_.set_withdrawn(true); }, "The person will be there after all");
  AddBy(absence, absence_);

  CLI::App* printer = add(area, "printer", "What the district knows of a printer, for its plans",
                          "keping central printer kiosk-1 susut --cards-per-day 0 --from "
                          "2017-05-02 --by rai --config central.textproto",
                          [this] {
                            printer_.set_from_days(ReadDay("--from", first_));
                            return CentralRequest(printer_);
                          });
  printer->add_option("printer", *printer_.mutable_printer(), "Its id")->required();
  printer->add_option("node", *printer_.mutable_node(), "Where it stands")->required();
  printer
      ->add_option_function<uint32_t>(
          "--cards-per-day", [this](uint32_t cards) { printer_.set_cards_per_day(cards); },
          "Its duty; 0: it does not print")
      ->required();
  printer->add_option("--from", first_, "From this day on")->required();
  AddBy(printer, printer_);

  CLI::App* close =
      add(area, "close-days", "Closes days that the centre did not dare to close by itself",
          "keping central close-days --by made --config central.textproto",
          [this] { return CentralRequest(close_); });
  AddBy(close, close_);
}

void DeskGrammar::AddFigures(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* figures =
      add(area, "figures", "Enters a report's figures: they are compared, and never a balance",
          "keping central figures printed --part box1=84 --part box2=87 --part box3=95 --total 258 "
          "--upto 2017-04-27 --document 470/9/2017 --by rai --config central.textproto",
          [this] {
            figures_.set_upto_days(ReadDay("--upto", first_));
            for (const std::string& part : parts_) *figures_.add_parts() = ReadPart(part);
            return CentralRequest(figures_);
          });
  AddEnum(figures, "kind", Figures(), "printed, spoiled, handed-over, destroyed or in-stock",
          [this](log::v1::FigureKind kind) { figures_.set_kind(kind); })
      ->required();
  figures->add_option("--part", parts_, "LABEL=NUMBER, as often as the report has parts");
  figures
      ->add_option_function<uint64_t>(
          "--total", [this](uint64_t total) { figures_.set_total(total); },
          "The sum, as the report states it")
      ->required();
  figures->add_option("--upto", first_, "The day up to which it counts")->required();
  figures->add_option("--node", *figures_.mutable_node(), "Of one office; else of the district");
  figures->add_option("--document", *figures_.mutable_document(), "Number of the report")
      ->required();
  AddBy(figures, figures_);

  CLI::App* identify = add(area, "identify", "Two names of one blank: printed serial and chip",
                           "keping central identify A0001000 04A1B2C3D4E5F6 --by rai --config "
                           "central.textproto",
                           [this] { return CentralRequest(identify_); });
  identify->add_option("printed", *identify_.mutable_printed(), "The printed serial")->required();
  identify->add_option("uid", *identify_.mutable_uid(), "The chip's UID")->required();
  AddBy(identify, identify_);
}

void DeskGrammar::AddEvidence(CLI::App* area, const AddCall<CentralRequest>& add,
                              std::string& out) {
  CLI::App* pack =
      add(area, "evidence",
          "Packs a case or a blank with every entry that speaks of it into a file that "
          "proves itself",
          "keping central evidence --blank A0001000 --out A0001000.pack --by sari "
          "--config central.textproto",
          [this] { return CentralRequest(pack_); });
  pack->add_option("--case", *pack_.mutable_case_id(), "Id of a case");
  pack->add_option("--blank", *pack_.mutable_blank(), "Serial of a blank");
  pack->add_option("--out", out, "The file")->type_name("FILE")->required();
  AddBy(pack, pack_);
}

}  // namespace keping::cli
