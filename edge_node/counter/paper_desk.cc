#include "edge_node/counter/paper_desk.h"

#include <limits>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/status_macros.h"
#include "common/domain/day_report.h"
#include "common/paper/rendered.h"
#include "common/wire/event_codec.h"
#include "common/wire/field_reader.h"
#include "edge_node/counter/head_code.h"
#include "edge_node/papers/count_paper.h"
#include "edge_node/papers/day_report_paper.h"
#include "edge_node/papers/late_form.h"
#include "edge_node/papers/manifest_paper.h"

namespace keping::edge {
namespace {

using paper::Words;

constexpr size_t kShortId = 8;

std::string Short(const std::string& id) { return id.substr(0, kShortId); }

}  // namespace

template <typename Event>
absl::StatusOr<std::pair<domain::EntryHeader, Event>> PaperDesk::Find(
    const char* what, const std::string& act) const {
  const uint32_t type = wire::EncodeEvent(Event()).type;
  std::optional<std::pair<domain::EntryHeader, Event>> found;
  absl::Status status;
  KEPING_RETURN_IF_ERROR(ports_.node->store().log().Read(
      1, std::numeric_limits<uint64_t>::max(), std::numeric_limits<size_t>::max(),
      [&](uint64_t, absl::string_view bytes) {
        const absl::StatusOr<domain::Entry> entry = domain::ParseEntry(bytes);
        status = entry.status();
        if (!entry.ok() || entry->header.type != type) return entry.ok();
        const absl::StatusOr<domain::Event> event = wire::DecodeEvent(type, entry->payload);
        status = event.status();
        if (!event.ok()) return false;
        const auto& one = std::get<Event>(*event);
        if (act.empty() || one.act.value() == act) found.emplace(entry->header, one);
        return true;
      }));
  KEPING_RETURN_IF_ERROR(status);
  if (found.has_value()) return *std::move(found);
  return absl::NotFoundError(absl::StrCat("K-352: ", what, ": got ", act.empty() ? "no act" : act,
                                          ", and the log has none such; want the act of one"));
}

absl::StatusOr<PaperDesk::Content> PaperDesk::DayReport(const Words& words,
                                                        const std::string& act) const {
  KEPING_ASSIGN_OR_RETURN(const auto found, Find<domain::DayReported>("day report", act));
  const domain::DayReported& totals = found.second;
  const domain::NodeId& node = ports_.node->core().settings().node;
  const domain::IncarnationId& incarnation = ports_.node->identity().incarnation;
  // The same key signs the same text alike: this is the report as it was made.
  const DayReportSheet sheet{.office = ports_.office_name,
                             .totals = totals,
                             .signed_text = domain::WriteDayReport(
                                 {.node = node, .incarnation = incarnation, .totals = totals},
                                 *ports_.node->identity().signer),
                             .qr = HeadCodeText(node, incarnation, totals.seq, totals.head)};
  return Content{DayReportPaper(words, sheet),
                 absl::StrCat("laporan-harian-", domain::ReportCodeOf(totals).value())};
}

absl::StatusOr<PaperDesk::Content> PaperDesk::Count(const Words& words,
                                                    const std::string& act) const {
  KEPING_ASSIGN_OR_RETURN(const auto found, Find<domain::StockCounted>("count", act));
  const CountSheet sheet{.office = ports_.office_name,
                         .day = absl::ToCivilDay(absl::FromUnixMicros(found.first.wall_micros),
                                                 ports_.node->core().settings().time_zone),
                         .count = found.second};
  return Content{CountPaper(words, sheet),
                 absl::StrCat("stock-opname-", Short(found.second.act.value()))};
}

absl::StatusOr<PaperDesk::Content> PaperDesk::ManifestList(const Words& words,
                                                           const v1::MakePaperRequest& request) {
  KEPING_ASSIGN_OR_RETURN(
      const ManifestPaper manifest,
      ports_.handover->ReadManifest(request.reference(), request.operator_id()));
  return Content{DescribeManifest(words, manifest),
                 absl::StrCat("serah-terima-", Short(manifest.manifest))};
}

PaperDesk::Content PaperDesk::Form(const Words& words, v1::PaperKind kind) const {
  const auto form = static_cast<LateFormKind>(kind - v1::PAPER_KIND_FORM_RECEIVE + 1);
  return {LateFormPaper(words, form, ports_.office_name),
          absl::StrCat("formulir-", static_cast<int>(form))};
}

absl::StatusOr<PaperDesk::Content> PaperDesk::ReadContent(const v1::MakePaperRequest& request) {
  const Words words(request.language() == v1::PAPER_LANGUAGE_ENGLISH
                        ? paper::Language::kEnglish
                        : paper::Language::kIndonesian);
  switch (request.kind()) {
    case v1::PAPER_KIND_DAY_REPORT:
      return DayReport(words, request.reference());
    case v1::PAPER_KIND_MANIFEST:
      return ManifestList(words, request);
    case v1::PAPER_KIND_COUNT:
      return Count(words, request.reference());
    case v1::PAPER_KIND_FORM_RECEIVE:
    case v1::PAPER_KIND_FORM_SPOILED:
    case v1::PAPER_KIND_FORM_COUNT:
    case v1::PAPER_KIND_FORM_HANDOVER:
    case v1::PAPER_KIND_FORM_ANSWERS:
      return Form(words, request.kind());
    default:
      return absl::InvalidArgumentError(absl::StrCat("MakePaperRequest: kind: got ",
                                                     static_cast<int>(request.kind()),
                                                     ", want one of PaperKind"));
  }
}

absl::StatusOr<v1::MakePaperResponse> PaperDesk::MakePaper(const v1::MakePaperRequest& request) {
  wire::FieldReader read("MakePaperRequest");
  const paper::RenderOptions options{
      .format = read.EnumValue("file", request.file(), paper::Format::kXlsx),
      .size = request.size() == v1::PAPER_SIZE_A4 ? paper::PageSize::kA4 : paper::PageSize::kF4,
      .table = request.table() == 0 ? 1 : request.table()};
  KEPING_RETURN_IF_ERROR(read.status());
  KEPING_ASSIGN_OR_RETURN(Content content, ReadContent(request));
  content.document.letterhead = ports_.letterhead;
  content.document.place = ports_.place;
  content.document.specimen = ports_.specimen;
  KEPING_ASSIGN_OR_RETURN(paper::RenderedPaper file, paper::Render(content.document, options));
  v1::MakePaperResponse response;
  response.set_file_name(paper::FileName(content.name, file));
  response.set_content_type(file.content_type);
  response.set_content(std::move(file.content));
  return response;
}

}  // namespace keping::edge
