// Where a record is printed unless somebody moves it.
//
//   NodeId home = HomeOffice(settings, prr, VillageCode::Of("51.06.01.2001"));
#ifndef KEPING_CENTRAL_NODE_CORE_HOME_OFFICE_H_
#define KEPING_CENTRAL_NODE_CORE_HOME_OFFICE_H_

#include <cstddef>

#include "central_node/core/facts.h"
#include "central_node/core/rows.h"
#include "central_node/core/settings.h"
#include "common/domain/ids.h"

namespace keping::central {

// The office of the village's kecamatan (the first 8 characters of its code). One record in N, N
// being the number of offices, goes to each office without a kecamatan, chosen by the record's id
// and so the same at every centre. Empty when no office takes it.
domain::NodeId HomeOffice(const Settings& settings, const domain::PrrId& prr,
                          const domain::VillageCode& village);

// To whom a record goes that nobody holds: on arrival to its home office, after a release to whom
// it was asked for (home, where the question is forgotten). Empty: somebody holds it, or nobody
// takes it.
domain::NodeId NextHolder(const Settings& settings, const domain::PrrId& prr,
                          const PrrFacts& facts);

// Offices that are not enrolled and may hold the record all the same, at a centre that was set back
// and may have forgotten their enrolment too: its lease was given back before, nobody knows to whom
// it went, or its home office is one of them. 0: nobody is waited for.
size_t MayBeForgotten(const Settings& settings, const domain::PrrId& prr, const PrrFacts& facts,
                      const Resident& resident);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_HOME_OFFICE_H_
