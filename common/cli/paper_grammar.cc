#include "common/cli/paper_grammar.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/base/epoch_days.h"
#include "common/cli/option_parts.h"

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
  throw CLI::ValidationError(
      absl::StrCat("--out: got ", file, ", want a name that ends with .pdf, .csv or .xlsx"));
}

// How a paper is wanted, whichever it is.
template <typename Request>
void AddLook(CLI::App* call, Request& request, std::string& out, const char* what) {
  call->add_option("--out", out, what)->type_name("FILE")->required();
  AddEnum(call, "--size", Sizes(), "f4 (215 x 330 mm, the default) or a4",
          [&request](int size) { request.set_size(static_cast<decltype(request.size())>(size)); });
  AddEnum(call, "--language", Languages(), "id (the default) or en", [&request](int language) {
    request.set_language(static_cast<decltype(request.language())>(language));
  });
  call->add_option_function<uint32_t>(
      "--table", [&request](uint32_t table) { request.set_table(table); },
      "Of a .csv: which of its tables, from 1");
}

// The first day of 2017-04.
int32_t ReadMonth(const std::string& text) {
  absl::CivilMonth month;
  if (absl::ParseCivilTime(text, &month)) return base::ToEpochDays(absl::CivilDay(month));
  throw CLI::ValidationError(absl::StrCat("month: got \"", text, "\", want one like 2017-04"));
}

}  // namespace

void PaperGrammar::AddCentral(CLI::App* area, const AddCall<CentralRequest>& add,
                              std::string& out) {
  CLI::App* paper = area->add_subcommand("paper", "Papers to print and to sign, and their tables");
  paper->require_subcommand(1);
  AddPaper(paper, add, out, "handover", "Minutes (BAST) of blanks that went to an office",
           "keping central paper handover 5f2c19ab --out bast.pdf --config central.textproto",
           central_api::PAPER_KIND_HANDOVER)
      ->add_option("transfer", *paper_.mutable_reference(), "Number of the transfer")
      ->required();
  CLI::App* stock = AddPaper(paper, add, out, "stock", "The stock report of a month",
                             "keping central paper stock 2017-04 --out stok.pdf --config "
                             "central.textproto\n  keping central paper stock 2017-04 --table 5 "
                             "--out sebab-rusak.csv --config central.textproto",
                             central_api::PAPER_KIND_MONTHLY_STOCK);
  stock->add_option("month", month_, "As 2017-04")->required();
  AddPaper(paper, add, out, "destruction", "Minutes of a destruction at an office",
           "keping central paper destruction 470/31/2017 --out musnah.pdf --config "
           "central.textproto",
           central_api::PAPER_KIND_DESTRUCTION)
      ->add_option("destruction", *paper_.mutable_reference(),
                   "Its act, or the number that the office gave its minutes")
      ->required();
  AddPaper(paper, add, out, "recalls", "Cards that were called back and have not come",
           "keping central paper recalls --office susut --out tarik.pdf --config "
           "central.textproto",
           central_api::PAPER_KIND_RECALLS)
      ->add_option("--office", *paper_.mutable_node(), "Only of this node");
  AddPaper(paper, add, out, "invitations", "When the people of a village come for their cards",
           "keping central paper invitations 51.06.01.2001 --out undangan.pdf --config "
           "central.textproto",
           central_api::PAPER_KIND_INVITATIONS)
      ->add_option("village", *paper_.mutable_reference(), "Its code")
      ->required();
  AddPaper(paper, add, out, "register", "Every number that a paper got, the void ones too",
           "keping central paper register --year 2017 --out register.pdf --config "
           "central.textproto",
           central_api::PAPER_KIND_REGISTER)
      ->add_option("--year", year_, "Default: this one")
      ->check(CLI::Range(1970, 9999));
  AddRegister(area, add);
}

CLI::App* PaperGrammar::AddPaper(CLI::App* area, const AddCall<CentralRequest>& add,
                                 std::string& out, const char* name, const char* what,
                                 const char* example, central_api::PaperKind kind) {
  CLI::App* call = add(area, name, what, example, [this, &out, kind] {
    paper_.set_kind(kind);
    paper_.set_format(static_cast<central_api::PaperFormat>(FormatOf(out)));
    if (!month_.empty()) paper_.set_month_days(ReadMonth(month_));
    if (year_ != 0) paper_.set_month_days(base::ToEpochDays(absl::CivilDay(year_)));
    return CentralRequest(paper_);
  });
  AddLook(call, paper_, out, "The file: a .pdf to sign, which takes a number, or a .csv or .xlsx");
  AddBy(call, paper_);
  return call;
}

void PaperGrammar::AddEdge(CLI::App* area, const AddCall<EdgeRequest>& add, std::string& out) {
  CLI::App* paper = area->add_subcommand("paper", "Papers to print and to sign, and blank forms");
  paper->require_subcommand(1);
  AddSheet(paper, add, out, "day-report",
           "A day report that was signed before (keping edge day-report)",
           "keping edge paper day-report --out laporan.pdf --config edge.textproto",
           edge_api::PAPER_KIND_DAY_REPORT)
      ->add_option("act", *sheet_.mutable_reference(), "Its act; without it the latest");
  CLI::App* list = AddSheet(paper, add, out, "manifest", "The list of cards of a village",
                            "keping edge paper manifest MANIFEST --operator op-susut --out "
                            "daftar.pdf --config edge.textproto",
                            edge_api::PAPER_KIND_MANIFEST);
  list->add_option("manifest", *sheet_.mutable_reference(), "As its QR code says")->required();
  AddOperator(list, sheet_);
  AddSheet(paper, add, out, "count", "Minutes of a stock count",
           "keping edge paper count --out opname.pdf --config edge.textproto",
           edge_api::PAPER_KIND_COUNT)
      ->add_option("act", *sheet_.mutable_reference(), "Its act; without it the latest");
  CLI::App* form = paper->add_subcommand("form", "To fill in while the computer does not run");
  form->require_subcommand(1);
  const struct {
    const char* name;
    const char* what;
    edge_api::PaperKind kind;
  } forms[] = {{"receive", "Blanks came", edge_api::PAPER_KIND_FORM_RECEIVE},
               {"spoil", "Blanks were spoiled", edge_api::PAPER_KIND_FORM_SPOILED},
               {"count", "A stock count", edge_api::PAPER_KIND_FORM_COUNT},
               {"hand-over", "Cards went to a village", edge_api::PAPER_KIND_FORM_HANDOVER},
               {"answers", "What became of cards", edge_api::PAPER_KIND_FORM_ANSWERS}};
  for (const auto& one : forms) {
    AddSheet(form, add, out, one.name, one.what,
             "keping edge paper form spoil --out formulir.pdf --config edge.textproto", one.kind);
  }
}

CLI::App* PaperGrammar::AddSheet(CLI::App* area, const AddCall<EdgeRequest>& add, std::string& out,
                                 const char* name, const char* what, const char* example,
                                 edge_api::PaperKind kind) {
  CLI::App* call = add(area, name, what, example, [this, &out, kind] {
    sheet_.set_kind(kind);
    sheet_.set_file(static_cast<edge_api::PaperFile>(FormatOf(out)));
    return EdgeRequest(sheet_);
  });
  AddLook(call, sheet_, out, "The file: a .pdf to print, or a .csv or .xlsx");
  return call;
}

void PaperGrammar::AddRegister(CLI::App* area, const AddCall<CentralRequest>& add) {
  CLI::App* list = add(area, "papers", "The numbers of papers, the void ones too",
                       "keping central papers --year 2017 --config central.textproto",
                       [this] { return CentralRequest(papers_); });
  list->add_option_function<int>(
          "--year", [this](int year) { papers_.set_year(year); }, "Only of this one")
      ->check(CLI::Range(1970, 9999));
  CLI::App* call = add(area, "void-paper", "A paper's number is used for nothing any more",
                       "keping central void-paper 007/BAST/2017 --reason \"salah cetak\" --by sari "
                       "--second made --config central.textproto",
                       [this] { return CentralRequest(void_); });
  call->add_option("number", *void_.mutable_number(), "As it stands on the paper")->required();
  call->add_option("--reason", *void_.mutable_reason(), "Why; no names and no numbers of persons")
      ->required();
  AddBy(call, void_);
  AddSecond(call, void_)->required();
}

}  // namespace keping::cli
