#include "common/cli/paper_grammar.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/time/civil_time.h"
#include "common/base/epoch_days.h"
#include "common/cli/option_parts.h"
#include "common/usage/refusals.h"

namespace keping::cli {
namespace {

// Both APIs number sizes, languages and formats alike.
const Names<int>& Sizes() {
  static const auto& sizes =
      *new Names<int>{{"a4", central_api::PAPER_SIZE_A4}, {"f4", central_api::PAPER_SIZE_F4}};
  return sizes;
}
static_assert(int{central_api::PAPER_SIZE_F4} == int{edge_api::PAPER_SIZE_F4});

const Names<int>& Languages() {
  static const auto& languages = *new Names<int>{{"id", central_api::PAPER_LANGUAGE_INDONESIAN},
                                                 {"en", central_api::PAPER_LANGUAGE_ENGLISH}};
  return languages;
}
static_assert(int{central_api::PAPER_LANGUAGE_ENGLISH} == int{edge_api::PAPER_LANGUAGE_ENGLISH});

// By the end of the file's name.
int FormatOf(const std::string& file) {
  static_assert(int{central_api::PAPER_FORMAT_XLSX} == int{edge_api::PAPER_FILE_XLSX});
  const std::string name = absl::AsciiStrToLower(file);
  if (absl::EndsWith(name, ".pdf")) return central_api::PAPER_FORMAT_PDF;
  if (absl::EndsWith(name, ".csv")) return central_api::PAPER_FORMAT_CSV;
  if (absl::EndsWith(name, ".xlsx")) return central_api::PAPER_FORMAT_XLSX;
  throw CLI::ValidationError("--out", usage::Refusal("wrong.paperFile", {{"got", file}}));
}

// How a paper is wanted, whichever it is.
template <typename Request>
void AddLook(CLI::App* call, Request& request, std::string& out) {
  call->add_option("--out", out)->type_name("FILE")->required();
  AddEnum(call, "--size", Sizes(),
          [&request](int size) { request.set_size(static_cast<decltype(request.size())>(size)); });
  AddEnum(call, "--language", Languages(), [&request](int language) {
    request.set_language(static_cast<decltype(request.language())>(language));
  });
  call->add_option_function<uint32_t>("--table",
                                      [&request](uint32_t table) { request.set_table(table); });
}

// The first day of 2017-04.
int32_t ReadMonth(const std::string& text) {
  absl::CivilMonth month;
  if (absl::ParseCivilTime(text, &month)) return base::ToEpochDays(absl::CivilDay(month));
  throw CLI::ValidationError("month", usage::Refusal("wrong.month", {{"got", text}}));
}

}  // namespace

void PaperGrammar::AddCentral(CLI::App* area, const AddCall<CentralRequest>& add,
                              std::string& out) {
  CLI::App* paper = area->add_subcommand("paper");
  paper->require_subcommand(1);
  AddPaper(paper, add, out, "handover",
           "keping central paper handover 5f2c19ab --out bast.pdf --config central.textproto",
           central_api::PAPER_KIND_HANDOVER)
      ->add_option("transfer", *paper_.mutable_reference())
      ->required();
  CLI::App* stock = AddPaper(paper, add, out, "stock",
                             "keping central paper stock 2017-04 --out stok.pdf --config "
                             "central.textproto\nkeping central paper stock 2017-04 --table 5 "
                             "--out sebab-rusak.csv --config central.textproto",
                             central_api::PAPER_KIND_MONTHLY_STOCK);
  stock->add_option("month", month_)->required();
  AddPaper(paper, add, out, "destruction",
           "keping central paper destruction 470/31/2017 --out musnah.pdf --config "
           "central.textproto",
           central_api::PAPER_KIND_DESTRUCTION)
      ->add_option("destruction", *paper_.mutable_reference())
      ->required();
  AddPaper(paper, add, out, "recalls",
           "keping central paper recalls --office susut --out tarik.pdf --config "
           "central.textproto",
           central_api::PAPER_KIND_RECALLS)
      ->add_option("--office", *paper_.mutable_node());
  AddPaper(paper, add, out, "invitations",
           "keping central paper invitations 51.06.01.2001 --out undangan.pdf --config "
           "central.textproto",
           central_api::PAPER_KIND_INVITATIONS)
      ->add_option("village", *paper_.mutable_reference())
      ->required();
  AddPaper(paper, add, out, "register",
           "keping central paper register --year 2017 --out register.pdf --config "
           "central.textproto",
           central_api::PAPER_KIND_REGISTER)
      ->add_option("--year", year_)
      ->check(usage::Between(1970, 9999));
  AddRegister(area, add);
}

CLI::App* PaperGrammar::AddPaper(CLI::App* area, const AddCall<CentralRequest>& add,
                                 std::string& out, const char* name, const char* example,
                                 central_api::PaperKind kind) {
  CLI::App* call = add(area, name, example, [this, &out, kind] {
    paper_.set_kind(kind);
    paper_.set_format(static_cast<central_api::PaperFormat>(FormatOf(out)));
    if (!month_.empty()) paper_.set_month_days(ReadMonth(month_));
    if (year_ != 0) paper_.set_month_days(base::ToEpochDays(absl::CivilDay(year_)));
    return CentralRequest(paper_);
  });
  AddLook(call, paper_, out);
  AddBy(call, paper_);
  return call;
}

void PaperGrammar::AddEdge(CLI::App* area, const AddCall<EdgeRequest>& add, std::string& out) {
  CLI::App* paper = area->add_subcommand("paper");
  paper->require_subcommand(1);
  AddSheet(paper, add, out, "day-report",
           "keping edge paper day-report --out laporan.pdf --config edge.textproto",
           edge_api::PAPER_KIND_DAY_REPORT)
      ->add_option("act", *sheet_.mutable_reference());
  CLI::App* list = AddSheet(paper, add, out, "manifest",
                            "keping edge paper manifest MANIFEST --operator op-susut --out "
                            "daftar.pdf --config edge.textproto",
                            edge_api::PAPER_KIND_MANIFEST);
  list->add_option("manifest", *sheet_.mutable_reference())->required();
  AddOperator(list, sheet_);
  AddSheet(paper, add, out, "count",
           "keping edge paper count --out opname.pdf --config edge.textproto",
           edge_api::PAPER_KIND_COUNT)
      ->add_option("act", *sheet_.mutable_reference());
  CLI::App* form = paper->add_subcommand("form");
  form->require_subcommand(1);
  const struct {
    const char* name;
    edge_api::PaperKind kind;
  } forms[] = {{"receive", edge_api::PAPER_KIND_FORM_RECEIVE},
               {"spoil", edge_api::PAPER_KIND_FORM_SPOILED},
               {"count", edge_api::PAPER_KIND_FORM_COUNT},
               {"hand-over", edge_api::PAPER_KIND_FORM_HANDOVER},
               {"answers", edge_api::PAPER_KIND_FORM_ANSWERS}};
  for (const auto& one : forms) {
    AddSheet(form, add, out, one.name,
             "keping edge paper form spoil --out formulir.pdf --config edge.textproto", one.kind);
  }
}

CLI::App* PaperGrammar::AddSheet(CLI::App* area, const AddCall<EdgeRequest>& add, std::string& out,
                                 const char* name, const char* example, edge_api::PaperKind kind) {
  CLI::App* call = add(area, name, example, [this, &out, kind] {
    sheet_.set_kind(kind);
    sheet_.set_file(static_cast<edge_api::PaperFile>(FormatOf(out)));
    return EdgeRequest(sheet_);
  });
  AddLook(call, sheet_, out);
  return call;
}

void PaperGrammar::AddRegister(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* list =
      add(area, "papers", "keping central papers --year 2017 --config central.textproto",
          [this] { return CentralRequest(papers_); });
  list->add_option_function<int>("--year", [this](int year) { papers_.set_year(year); })
      ->check(usage::Between(1970, 9999));
  CLI::App* call = add(area, "void-paper",
                       "keping central void-paper 007/BAST/2017 --reason \"salah cetak\" --by sari "
                       "--second made --config central.textproto",
                       [this] { return CentralRequest(void_); });
  call->add_option("number", *void_.mutable_number())->required();
  call->add_option("--reason", *void_.mutable_reason())->required();
  AddBy(call, void_);
  AddSecond(call, void_)->required();
}

}  // namespace keping::cli
