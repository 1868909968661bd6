#include "edge_node/printing/ipp_attributes.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"

namespace keping::edge {
namespace {

constexpr size_t kLongestText = 200;
constexpr int kMostReasons = 16;
constexpr int kMostValues = 256;  // office printers support many media

IppJobPhase PhaseOf(int job_state) {
  switch (job_state) {
    case IPP_JSTATE_PENDING:
    case IPP_JSTATE_HELD:
      return IppJobPhase::kWaiting;
    case IPP_JSTATE_COMPLETED:
      return IppJobPhase::kCompleted;
    case IPP_JSTATE_ABORTED:
    case IPP_JSTATE_CANCELED:
      return IppJobPhase::kAborted;
    default:
      return IppJobPhase::kBegun;
  }
}

PrinterActivity ActivityOf(int printer_state) {
  switch (printer_state) {
    case IPP_PSTATE_IDLE:
      return PrinterActivity::kIdle;
    case IPP_PSTATE_PROCESSING:
      return PrinterActivity::kBusy;
    case IPP_PSTATE_STOPPED:
      return PrinterActivity::kStopped;
    default:
      return PrinterActivity::kUnknown;
  }
}

// The values of a text, keyword, URI or MIME type attribute but for "none", made safe to show.
std::vector<std::string> TextsOf(ipp_attribute_t* attribute, int most) {
  std::vector<std::string> texts;
  for (int i = 0; i < std::min(ippGetCount(attribute), most); ++i) {
    const char* value = ippGetString(attribute, i, nullptr);
    if (value == nullptr || absl::string_view(value) == "none") continue;
    texts.push_back(Printable(value));
  }
  return texts;
}

bool IsNumber(ipp_attribute_t* attribute) {
  const ipp_tag_t tag = ippGetValueTag(attribute);
  return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM;
}

// The attributes of one answer by name.
class Attributes {
 public:
  explicit Attributes(ipp_t* answer) : answer_(answer) {}

  std::vector<std::string> Texts(const char* name, int most = kMostValues) const {
    ipp_attribute_t* attribute = ippFindAttribute(answer_, name, IPP_TAG_ZERO);
    return attribute ? TextsOf(attribute, most) : std::vector<std::string>();
  }
  std::optional<int64_t> Number(const char* name, int index = 0) const {
    ipp_attribute_t* attribute = ippFindAttribute(answer_, name, IPP_TAG_ZERO);
    if (attribute == nullptr || !IsNumber(attribute) || index >= ippGetCount(attribute)) {
      return std::nullopt;
    }
    return ippGetInteger(attribute, index);
  }
  bool Flag(const char* name) const {
    ipp_attribute_t* attribute = ippFindAttribute(answer_, name, IPP_TAG_BOOLEAN);
    return attribute && ippGetBoolean(attribute, 0);
  }
  // The values by position, "" for one that is none: the marker attributes belong together.
  std::string TextAt(const char* name, int index) const {
    ipp_attribute_t* attribute = ippFindAttribute(answer_, name, IPP_TAG_ZERO);
    const char* value = attribute ? ippGetString(attribute, index, nullptr) : nullptr;
    return value ? Printable(value) : "";
  }

 private:
  ipp_t* const answer_;
};

std::vector<Supply> SuppliesOf(const Attributes& attributes) {
  std::vector<Supply> supplies;
  for (int i = 0; i < kMostReasons; ++i) {
    const std::optional<int64_t> level = attributes.Number("marker-levels", i);
    Supply supply{.name = attributes.TextAt("marker-names", i),
                  .type = attributes.TextAt("marker-types", i),
                  .color = attributes.TextAt("marker-colors", i),
                  .percent = std::nullopt};
    if (!level && supply.name.empty()) break;
    // Below 0 it is not known (-1, -2) or only "some is left" (-3).
    if (level && *level >= 0 && *level <= 100) supply.percent = static_cast<int>(*level);
    supplies.push_back(supply);
  }
  return supplies;
}

// Sheets are cards; impressions are sides; some printers only count pages.
std::optional<int64_t> CardsEver(const Attributes& attributes) {
  for (const char* name : {"printer-media-sheets-completed", "printer-impressions-completed",
                           "printer-pages-completed"}) {
    if (const std::optional<int64_t> count = attributes.Number(name)) return count;
  }
  return std::nullopt;
}

std::string FirstOf(const std::vector<std::string>& texts) {
  return texts.empty() ? "" : texts.front();
}

// Reads the job group that begins at `attribute`; returns the first attribute behind it.
ipp_attribute_t* ReadJob(ipp_t* answer, ipp_attribute_t* attribute, IppJob* job) {
  std::optional<int64_t> sheets, impressions;
  for (; attribute != nullptr && ippGetGroupTag(attribute) == IPP_TAG_JOB;
       attribute = ippNextAttribute(answer)) {
    const absl::string_view name = ippGetName(attribute) ? ippGetName(attribute) : "";
    const char* text = ippGetString(attribute, 0, nullptr);
    const int number = IsNumber(attribute) ? ippGetInteger(attribute, 0) : 0;
    if (name == "job-id") job->id = number;
    if (name == "job-state") job->phase = PhaseOf(number);
    if (name == "job-state-reasons") {
      job->reasons = absl::StrJoin(TextsOf(attribute, kMostReasons), ",");
    }
    if (name == "job-name" && text) job->name = text;
    if (name == "job-state-message" && text) job->message = Printable(text);
    if (name == "job-media-sheets-completed" && IsNumber(attribute)) sheets = number;
    if (name == "job-impressions-completed" && IsNumber(attribute)) impressions = number;
  }
  job->cards = sheets ? sheets : impressions;
  return attribute;
}

}  // namespace

std::string Printable(absl::string_view text) {
  std::string out;
  for (char c : text.substr(0, kLongestText)) out += absl::ascii_isprint(c) ? c : ' ';
  return std::string(absl::StripAsciiWhitespace(out));
}

std::string ReadText(ipp_t* answer, const char* name) { return Attributes(answer).TextAt(name, 0); }

std::vector<IppJob> ReadJobs(ipp_t* answer) {
  std::vector<IppJob> jobs;
  ipp_attribute_t* attribute = ippFirstAttribute(answer);
  while (attribute != nullptr) {
    if (ippGetGroupTag(attribute) != IPP_TAG_JOB) {
      attribute = ippNextAttribute(answer);
      continue;
    }
    attribute = ReadJob(answer, attribute, &jobs.emplace_back());
  }
  return jobs;
}

IppPrinterAnswer ReadPrinter(ipp_t* answer) {
  const Attributes attributes(answer);
  IppPrinterAnswer printer;
  printer.status = {
      .reachable = true,
      .accepting = attributes.Flag("printer-is-accepting-jobs"),
      .activity = ActivityOf(static_cast<int>(attributes.Number("printer-state").value_or(0))),
      .reasons = attributes.Texts("printer-state-reasons", kMostReasons)};
  printer.status.message = attributes.TextAt("printer-state-message", 0);
  printer.jobs_waiting = attributes.Number("queued-job-count").value_or(0);
  printer.capabilities = {.name = FirstOf(attributes.Texts("printer-name")),
                          .make_and_model = FirstOf(attributes.Texts("printer-make-and-model")),
                          .uris = attributes.Texts("printer-uri-supported"),
                          .formats = attributes.Texts("document-format-supported"),
                          .media = attributes.Texts("media-supported"),
                          .media_in = attributes.Texts("media-ready"),
                          .supplies = SuppliesOf(attributes),
                          .cards_ever = CardsEver(attributes),
                          .on_error = attributes.Texts("job-error-action-supported"),
                          .error_policy = FirstOf(attributes.Texts("printer-error-policy")),
                          .device_uri = FirstOf(attributes.Texts("device-uri"))};
  printer.status.reasons_are_old =
      printer.capabilities.is_queue() && printer.status.activity == PrinterActivity::kIdle;
  for (std::string& reason : CheckFitness(printer.capabilities)) {
    printer.status.reasons.push_back(std::move(reason));
  }
  return printer;
}

}  // namespace keping::edge
