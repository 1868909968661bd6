#include "central_node/console/paper_numbers.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "common/base/epoch_days.h"
#include "common/base/status_macros.h"
#include "common/storage/key_space.h"
#include "common/wire/field_reader.h"
#include "keping/store/v1/papers.pb.h"

namespace keping::central {
namespace {

namespace pb = ::keping::store::v1;

std::string KeyOf(const NumberedPaper& paper) {
  std::string key(storage::kIssuedPaperPrefix);
  key.push_back(static_cast<char>(paper.kind));
  storage::AppendBigEndian64(&key, static_cast<uint64_t>(paper.year));
  storage::AppendBigEndian64(&key, paper.generation);
  storage::AppendBigEndian64(&key, paper.number);
  return key;
}

// "007", in the second generation "007-P2".
std::string NumberText(const NumberedPaper& paper) {
  return absl::StrCat(absl::StrFormat("%03d", paper.number),
                      paper.generation > 1 ? absl::StrCat("-P", paper.generation) : "");
}

std::string Encode(const NumberedPaper& paper) {
  pb::IssuedPaper row;
  row.set_kind(paper.kind);
  row.set_year(static_cast<int32_t>(paper.year));
  row.set_generation(paper.generation);
  row.set_number(paper.number);
  row.set_text(paper.text);
  row.set_subject(paper.subject);
  row.set_content(std::string(paper.content.AsBytes()));
  row.set_day_days(base::ToEpochDays(paper.day));
  row.set_by(paper.by.value());
  row.set_copies(paper.copies);
  row.set_request(paper.request.value());
  row.set_void_reason(paper.void_reason);
  row.set_voided_by(paper.voided_by.value());
  row.set_voided_second(paper.voided_second.value());
  if (!paper.void_reason.empty()) row.set_voided_micros(absl::ToUnixMicros(paper.voided_at));
  return row.SerializeAsString();
}

absl::StatusOr<NumberedPaper> Decode(absl::string_view bytes) {
  pb::IssuedPaper row;
  if (!row.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError("a row of the register of papers: got bytes that do not parse");
  }
  wire::FieldReader read("IssuedPaper");
  NumberedPaper paper{
      .kind = row.kind(),
      .year = row.year(),
      .generation = row.generation(),
      .number = row.number(),
      .text = row.text(),
      .subject = row.subject(),
      .content = read.Hash("content", row.content()),
      .day = base::FromEpochDays(row.day_days()),
      .by = read.OptionalId<domain::OperatorId>("by", row.by()),
      .copies = row.copies(),
      .request = read.OptionalId<domain::ActId>("request", row.request()),
      .void_reason = row.void_reason(),
      .voided_by = read.OptionalId<domain::OperatorId>("voided_by", row.voided_by()),
      .voided_second = read.OptionalId<domain::OperatorId>("voided_second", row.voided_second()),
      .voided_at = absl::FromUnixMicros(row.voided_micros())};
  if (!read.status().ok()) return absl::DataLossError(read.status().message());
  return paper;
}

}  // namespace

absl::StatusOr<std::vector<NumberedPaper>> PaperNumbers::List(int64_t year) const {
  std::vector<NumberedPaper> papers;
  absl::Status status;
  KEPING_RETURN_IF_ERROR(ports_.store->Scan(storage::kIssuedPaperPrefix,
                                            storage::PrefixEnd(storage::kIssuedPaperPrefix),
                                            [&](absl::string_view, absl::string_view bytes) {
                                              absl::StatusOr<NumberedPaper> paper = Decode(bytes);
                                              status = paper.status();
                                              if (!paper.ok()) return false;
                                              if (year == 0 || paper->year == year)
                                                papers.push_back(*std::move(paper));
                                              return true;
                                            }));
  KEPING_RETURN_IF_ERROR(status);
  return papers;
}

absl::StatusOr<NumberedPaper> PaperNumbers::For(const Wanted& wanted) const {
  KEPING_ASSIGN_OR_RETURN(const std::vector<NumberedPaper> papers, List(0));
  NumberedPaper next{.kind = wanted.kind,
                     .year = wanted.day.year(),
                     .generation = wanted.generation,
                     .number = 1,
                     .text = {},
                     .subject = wanted.subject,
                     .content = wanted.content,
                     .day = wanted.day,
                     .by = wanted.by,
                     .request = wanted.request};
  for (const NumberedPaper& paper : papers) {
    if (paper.kind != wanted.kind) continue;
    if (paper.year == next.year && paper.generation == next.generation) {
      next.number = std::max(next.number, paper.number + 1);
    }
    if (paper.content != wanted.content || paper.subject != wanted.subject) continue;
    if (!paper.void_reason.empty()) continue;
    NumberedPaper again = paper;
    if (!wanted.request.empty() && paper.request == wanted.request) return again;
    ++again.copies;
    again.request = wanted.request;
    return again;
  }
  next.text = absl::StrReplaceAll(ports_.form, {{"{number}", NumberText(next)},
                                                {"{kind}", wanted.code},
                                                {"{year}", absl::StrCat(next.year)}});
  return next;
}

absl::Status PaperNumbers::Keep(const NumberedPaper& paper) {
  storage::WriteBatch batch;
  batch.Put(KeyOf(paper), Encode(paper));
  const absl::Status written = ports_.store->Write(batch, storage::Durability::kSynced);
  if (!written.ok()) ports_.failed(written);
  return written;
}

absl::Status PaperNumbers::Void(const VoidNumber& what) {
  KEPING_ASSIGN_OR_RETURN(std::vector<NumberedPaper> papers, List(0));
  const auto found = std::find_if(papers.begin(), papers.end(), [&](const NumberedPaper& paper) {
    return paper.text == what.text;
  });
  if (found == papers.end()) {
    return absl::NotFoundError(absl::StrCat(
        "K-356: number: got ", what.text, ", want one of the register; see keping central papers"));
  }
  if (!found->void_reason.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("K-357: ", what.text, " is void already, by ", found->voided_by.value(),
                     " and ", found->voided_second.value(), "; nothing is to be done"));
  }
  found->void_reason = what.reason;
  found->voided_by = what.by;
  found->voided_second = what.second;
  found->voided_at = what.at;
  return Keep(*found);
}

}  // namespace keping::central
