#include "common/domain/day_report.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace keping::domain {
namespace {

constexpr absl::string_view kTitle = "LAPORAN HARIAN KEPING / KEPING DAY REPORT";
constexpr absl::string_view kNode = "Kantor / Office: ";
constexpr absl::string_view kDay = "Hari / Day: ";
constexpr absl::string_view kHead = "Kepala log / Log head: ";
constexpr absl::string_view kCode = "Kode / Code: ";
constexpr absl::string_view kSignature = "Tanda tangan / Signature: ";
constexpr absl::string_view kStatement = "keping-day-report-v1\n";

std::string Body(const DayReportFacts& facts) {
  const DayReported& totals = facts.totals;
  return absl::StrCat(
      kTitle, "\n",                                                  //
      kNode, facts.node.value(), "\n",                               //
      "Inkarnasi / Incarnation: ", facts.incarnation.value(), "\n",  //
      kDay, absl::FormatCivilTime(totals.day), "\n",                 //
      "Dibuat oleh / Made by: ", totals.operator_id.value(), "\n",   //
      "Kartu masuk printer / Cards fed: ", totals.cards_fed, "\n",   //
      "Kartu baik / Cards good: ", totals.cards_good, "\n",          //
      "Kartu rusak / Cards spoiled: ", totals.cards_spoiled, "\n",   //
      "Blangko rusak di luar cetak / Blanks spoiled outside a job: ", totals.blanks_spoiled, "\n",
      "Cetakan belum selesai / Jobs open: ", totals.jobs_open, "\n",                        //
      "Blangko di baki / Blanks in the tray: ", totals.blanks_in_tray, "\n",                //
      "Catatan log / Log entries: ", totals.seq, "\n",                                      //
      "Catatan terbukti tiba / Entries proven to have arrived: ", totals.proven_seq, "\n",  //
      kHead, totals.head.Hex(), "\n",                                                       //
      kCode, ReportCodeOf(totals).value(), "\n");
}

struct Parts {
  std::string body;
  std::string signature;
  std::string node;
  std::string day;
  std::string head;
  std::string code;
};

Parts Split(absl::string_view text) {
  Parts parts;
  const std::pair<absl::string_view, std::string*> fields[] = {
      {kNode, &parts.node}, {kDay, &parts.day}, {kHead, &parts.head}, {kCode, &parts.code}};
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) continue;
    if (absl::ConsumePrefix(&line, kSignature)) {
      parts.signature = absl::HexStringToBytes(std::string(line));
      break;
    }
    absl::StrAppend(&parts.body, line, "\n");
    for (const auto& [name, value] : fields) {
      if (absl::StartsWith(line, name)) *value = std::string(line.substr(name.size()));
    }
  }
  return parts;
}

}  // namespace

CodeText ReportCodeOf(const DayReported& totals) { return CodeText::Of(totals.head.ShortHex()); }

std::string WriteDayReport(const DayReportFacts& facts, const crypto::Signer& signer) {
  const std::string body = Body(facts);
  const std::string signature = signer.Sign(absl::StrCat(kStatement, body));
  return absl::StrCat(body, kSignature, absl::BytesToHexString(signature), "\n");
}

absl::StatusOr<DayReportCheck> CheckDayReport(absl::string_view text, absl::string_view public_key,
                                              const crypto::Verifier& verifier) {
  const Parts parts = Split(text);
  if (!absl::StartsWith(parts.body, kTitle) || parts.signature.empty()) {
    return absl::InvalidArgumentError(
        "got a text that is no day report, want one with its title and its signature line");
  }
  if (!verifier.Verify(public_key, absl::StrCat(kStatement, parts.body), parts.signature)) {
    return absl::PermissionDeniedError(
        "the signature is not good: this key did not sign the report, or it was changed");
  }
  if (parts.code.empty() || !absl::StartsWith(parts.head, parts.code)) {
    return absl::InvalidArgumentError(
        "the report's code is not the beginning of its log head: keep the paper and call the "
        "auditor");
  }
  return DayReportCheck{.node = parts.node, .day = parts.day, .code = parts.code};
}

}  // namespace keping::domain
