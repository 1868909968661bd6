#include "edge_node/core/read_log.h"

namespace keping::edge {

using domain::PersonalDataRead;
using domain::ReadPurpose;

std::optional<PersonalDataRead> ReadLog::ToNote(const PersonalDataRead& look, bool planned) const {
  PersonalDataRead event = look;
  if (planned) {
    event.purpose = ReadPurpose::kVerification;
  } else if (look.purpose == ReadPurpose::kVerification) {
    event.purpose = ReadPurpose::kRecordView;
  }
  const auto found = noted_.find(look.operator_id);
  if (found == noted_.end()) return event;
  const bool known =
      planned ? found->second.plan
              : found->second.subjects.contains({event.prr, event.nik_key, event.purpose});
  if (known) return std::nullopt;
  return event;
}

void ReadLog::Apply(const PersonalDataRead& event) {
  Noted& noted = noted_[event.operator_id];
  if (event.purpose == ReadPurpose::kVerification) {
    noted.plan = true;
  } else {
    noted.subjects.insert({event.prr, event.nik_key, event.purpose});
  }
}

}  // namespace keping::edge
