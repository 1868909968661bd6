#include "central_node/console/paper_console.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "central_node/core/passing_days.h"
#include "central_node/papers/invitation_paper.h"
#include "central_node/papers/register_paper.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/paper/rendered.h"
#include "common/paper/words.h"
#include "common/wire/field_reader.h"

namespace keping::central {
namespace {

using paper::Document;
using paper::Words;

constexpr size_t kMostReasonBytes = 100;
constexpr size_t kPlanDigits = 8;
constexpr uint32_t kInvitationsAPage = 1000;

// What stands in a number; nullptr: the kind has none.
const char* CodeOf(v1::PaperKind kind) {
  switch (kind) {
    case v1::PAPER_KIND_HANDOVER:
      return "BAST";
    case v1::PAPER_KIND_MONTHLY_STOCK:
      return "LSB";
    case v1::PAPER_KIND_DESTRUCTION:
      return "BAP";
    case v1::PAPER_KIND_RECALLS:
      return "DPK";
    case v1::PAPER_KIND_INVITATIONS:
      return "DUP";
    default:
      return nullptr;
  }
}

// Of papers without a number.
const char* NameOf(v1::PaperKind kind) {
  const char* code = CodeOf(kind);
  return code == nullptr ? "REGISTER" : code;
}

const char* TitleKey(int kind) {
  switch (kind) {
    case v1::PAPER_KIND_HANDOVER:
      return "handover.title";
    case v1::PAPER_KIND_MONTHLY_STOCK:
      return "stock.title";
    case v1::PAPER_KIND_DESTRUCTION:
      return "destruction.title";
    case v1::PAPER_KIND_RECALLS:
      return "recall.title";
    default:
      return "invitation.title";
  }
}

Words WordsOf(v1::PaperLanguage language) {
  return Words(language == v1::PAPER_LANGUAGE_ENGLISH ? paper::Language::kEnglish
                                                      : paper::Language::kIndonesian);
}

}  // namespace

// An act has one number, whatever language its prints are in.
template <typename Data>
PaperConsole::Content PaperConsole::ContentOf(Document (*paper_of)(const Words&, const Data&),
                                              const Words& words, const Data& data,
                                              std::string subject) {
  return {.document = paper_of(words, data),
          .hash = paper::ContentHash(paper_of(Words(paper::Language::kIndonesian), data)),
          .subject = std::move(subject)};
}

PaperConsole::PaperConsole(Ports ports)
    : ports_(std::move(ports)),
      numbers_({.store = ports_.store, .form = ports_.frame.number_form, .failed = ports_.failed}) {
}

absl::CivilDay PaperConsole::Today() const {
  FactRef now;
  now.wall_micros = absl::ToUnixMicros(ports_.clock->Now().wall);
  return DayOf(ports_.node->settings(), now);
}

absl::StatusOr<PaperConsole::Content> PaperConsole::Handover(const Words& words,
                                                             const std::string& transfer) {
  wire::FieldReader read("MakePaperRequest");
  const auto id = read.Id<domain::TransferId>("reference", transfer);
  KEPING_RETURN_IF_ERROR(read.status());
  const PaperSource source(*ports_.node, ports_.frame.names);
  KEPING_ASSIGN_OR_RETURN(const HandoverOfBlanks handover, source.Handover(id));
  return ContentOf(HandoverPaper, words, handover, transfer);
}

absl::StatusOr<PaperConsole::Content> PaperConsole::MonthlyStock(const Words& words,
                                                                 absl::CivilDay day) {
  const PaperSource source(*ports_.node, ports_.frame.names);
  KEPING_ASSIGN_OR_RETURN(const central::MonthlyStock stock,
                          source.Month(absl::CivilMonth(day), Today()));
  return ContentOf(MonthlyStockPaper, words, stock, absl::FormatCivilTime(stock.month));
}

absl::StatusOr<PaperConsole::Content> PaperConsole::Destruction(const Words& words,
                                                                const std::string& reference) {
  const PaperSource source(*ports_.node, ports_.frame.names);
  KEPING_ASSIGN_OR_RETURN(const central::Destruction destruction, source.DestructionOf(reference));
  return ContentOf(DestructionPaper, words, destruction, destruction.act);
}

absl::StatusOr<PaperConsole::Content> PaperConsole::Recalls(const Words& words,
                                                            const std::string& office) {
  wire::FieldReader read("MakePaperRequest");
  const auto node = read.OptionalId<domain::NodeId>("node", office);
  KEPING_RETURN_IF_ERROR(read.status());
  const PaperSource source(*ports_.node, ports_.frame.names);
  KEPING_ASSIGN_OR_RETURN(const central::Recalls recalls, source.OpenRecalls(node));
  return ContentOf(RecallPaper, words, recalls, office);
}

absl::StatusOr<PaperConsole::Content> PaperConsole::Invitations(const Words& words,
                                                                const std::string& village,
                                                                const std::string& by) {
  v1::ListInvitationsRequest request;
  request.set_village(village);
  request.set_by(by);
  request.set_page_size(kInvitationsAPage);
  wire::FieldReader read("MakePaperRequest");
  const auto code = read.Id<domain::VillageCode>("reference", village);
  KEPING_RETURN_IF_ERROR(read.status());
  VillageInvitations invitations{
      .code = village, .village = ports_.frame.names.Of(code), .plan = {}, .persons = {}};
  do {
    KEPING_ASSIGN_OR_RETURN(const v1::ListInvitationsResponse page,
                            ports_.planning->ListInvitations(request));
    invitations.plan = page.stamp().plan_id().substr(0, kPlanDigits);
    for (const v1::Invitation& one : page.invitations()) {
      VillageInvitations::Person person{.masked_nik = one.masked_nik(), .day = {}, .hour = {}};
      if (one.has_day()) person.day = base::FromEpochDays(one.day());
      if (one.has_hour()) person.hour = one.hour();
      invitations.persons.push_back(std::move(person));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return ContentOf(InvitationPaper, words, invitations, village);
}

absl::StatusOr<PaperConsole::Content> PaperConsole::Register(const Words& words,
                                                             absl::CivilDay day) {
  PaperRegister papers{.year = day.year(), .entries = {}};
  KEPING_ASSIGN_OR_RETURN(const std::vector<NumberedPaper> numbered, numbers_.List(papers.year));
  for (const NumberedPaper& paper : numbered) {
    papers.entries.push_back(
        {.number = paper.text,
         .title = words(TitleKey(paper.kind)),
         .subject = paper.subject,
         .day = paper.day,
         .by = paper.by.value(),
         .copies = paper.copies,
         .void_reason = paper.void_reason,
         .voided_by = absl::StrCat(paper.voided_by.value(), ", ", paper.voided_second.value())});
  }
  return ContentOf(RegisterPaper, words, papers, absl::StrCat(papers.year));
}

absl::StatusOr<PaperConsole::Content> PaperConsole::ReadContent(
    const v1::MakePaperRequest& request) {
  const Words words = WordsOf(request.language());
  const absl::CivilDay day =
      request.month_days() == 0 ? Today() : base::FromEpochDays(request.month_days());
  switch (request.kind()) {
    case v1::PAPER_KIND_HANDOVER:
      return Handover(words, request.reference());
    case v1::PAPER_KIND_MONTHLY_STOCK:
      return MonthlyStock(words, day);
    case v1::PAPER_KIND_DESTRUCTION:
      return Destruction(words, request.reference());
    case v1::PAPER_KIND_RECALLS:
      return Recalls(words, request.node());
    case v1::PAPER_KIND_INVITATIONS:
      return Invitations(words, request.reference(), request.by());
    case v1::PAPER_KIND_REGISTER:
      return Register(words, day);
    default:
      return absl::InvalidArgumentError(absl::StrCat("MakePaperRequest: kind: got ",
                                                     static_cast<int>(request.kind()),
                                                     ", want one of PaperKind"));
  }
}

absl::StatusOr<v1::MakePaperResponse> PaperConsole::MakePaper(const v1::MakePaperRequest& request) {
  wire::FieldReader read("MakePaperRequest");
  const auto by = read.OptionalId<domain::OperatorId>("by", request.by());
  const auto request_id = read.OptionalId<domain::ActId>("request_id", request.request_id());
  const paper::RenderOptions options{
      .format = read.EnumValue("format", request.format(), paper::Format::kXlsx),
      .size = request.size() == v1::PAPER_SIZE_A4 ? paper::PageSize::kA4 : paper::PageSize::kF4,
      .table = request.table() == 0 ? 1 : request.table()};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(Content content, ReadContent(request));
  Document& document = content.document;
  document.letterhead = ports_.frame.letterhead;
  document.place = ports_.frame.place;
  document.specimen = ports_.frame.specimen;
  document.date = Today();
  std::optional<NumberedPaper> numbered;
  const char* code = CodeOf(request.kind());
  if (code != nullptr && options.format == paper::Format::kPdf) {
    KEPING_ASSIGN_OR_RETURN(
        numbered, numbers_.For({.kind = request.kind(),
                                .code = code,
                                .generation = ports_.node->resident().centre.generation_order,
                                .subject = content.subject,
                                .content = content.hash,
                                .day = *document.date,
                                .by = by,
                                .request = request_id}));
    document.number = numbered->text;
    document.date = numbered->day;
    document.copy = numbered->copies;
  }
  KEPING_ASSIGN_OR_RETURN(paper::RenderedPaper file, paper::Render(document, options));
  // Only of a paper that could be drawn: the next one would leave a gap behind it.
  if (numbered.has_value()) KEPING_RETURN_IF_ERROR(numbers_.Keep(*numbered));
  v1::MakePaperResponse response;
  response.set_file_name(paper::FileName(
      document.number.empty() ? absl::StrCat(NameOf(request.kind()), "-", content.subject)
                              : document.number,
      file));
  response.set_content_type(file.content_type);
  response.set_content(std::move(file.content));
  response.set_number(document.number);
  response.set_copy(document.copy);
  return response;
}

absl::StatusOr<v1::ListPapersResponse> PaperConsole::ListPapers(
    const v1::ListPapersRequest& request) {
  KEPING_ASSIGN_OR_RETURN(const std::vector<NumberedPaper> papers, numbers_.List(request.year()));
  v1::ListPapersResponse response;
  for (const NumberedPaper& paper : papers) {
    v1::IssuedPaper& proto = *response.add_papers();
    proto.set_kind(static_cast<v1::PaperKind>(paper.kind));
    proto.set_number(paper.text);
    proto.set_subject(paper.subject);
    proto.set_day_days(base::ToEpochDays(paper.day));
    proto.set_by(paper.by.value());
    proto.set_copies(paper.copies);
    proto.set_void_reason(paper.void_reason);
    proto.set_voided_by(paper.voided_by.value());
    proto.set_voided_second(paper.voided_second.value());
  }
  return response;
}

absl::StatusOr<v1::VoidPaperResponse> PaperConsole::VoidPaper(const v1::VoidPaperRequest& request) {
  wire::FieldReader read("VoidPaperRequest");
  const auto by = read.Id<domain::OperatorId>("by", request.by());
  const auto second = read.Id<domain::OperatorId>("second", request.second());
  KEPING_RETURN_IF_ERROR(read.status());
  if (by == second) {
    return absl::InvalidArgumentError(
        absl::StrCat("K-303: second: got ", second.value(), " twice, want two people"));
  }
  if (request.reason().empty() || request.reason().size() > kMostReasonBytes) {
    return absl::InvalidArgumentError(absl::StrCat("VoidPaperRequest: reason: got ",
                                                   request.reason().size(), " bytes, want 1 to ",
                                                   kMostReasonBytes));
  }
  KEPING_RETURN_IF_ERROR(numbers_.Void({.text = request.number(),
                                        .reason = request.reason(),
                                        .by = by,
                                        .second = second,
                                        .at = ports_.clock->Now().wall}));
  return v1::VoidPaperResponse();
}

}  // namespace keping::central
