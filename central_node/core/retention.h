// When pictures and signature of a record are to be destroyed: the district's policy, applied to
// its own facts.
//
//   if (PicturesDue(settings, prr, rows, resident)) …the record is named in PicturesDestroyed…
//
// They are there to print the card. Once every card of the record was delivered or burnt, or the
// record was withdrawn and no card of it is about, they go after the policy's closed working days.
// A job that nobody answered for keeps them, a lost node that may have printed it, and an open
// case: of the record, its jobs and their trays and reports, and of its cards' blanks under each of
// their names.
//
// The days count from the date that the office's clock gave the last step. Where the centre knows
// better, since it granted the lease later or has not come to that day yet, nobody knows the date:
// they count from the grant, and are as many as any policy may ask for.
#ifndef KEPING_CENTRAL_NODE_CORE_RETENTION_H_
#define KEPING_CENTRAL_NODE_CORE_RETENTION_H_

#include <cstdint>

#include "central_node/core/facts.h"
#include "central_node/core/judge_prr.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"
#include "common/domain/ids.h"

namespace keping::central {

// The centre destroyed those of the current version, and so of the ones before.
bool PicturesGone(const PrrFacts& facts);

// The centre destroyed those of this version: it had it when it did.
bool IsDestroyed(const PrrFacts& facts, uint32_t version);

// Whether it is worth the look of PicturesDue, by the record's row alone.
bool MayBeDue(const PrrRow& row);

// `rows` holds the record with what the judges look at beside it (needs.h). Pure.
bool PicturesDue(const Settings& settings, const domain::PrrId& prr, const Rows& rows,
                 const Resident& resident);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_RETENTION_H_
