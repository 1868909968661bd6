// The order of versions of the card application, such as 2017.1 or 8.10.2.
//
//   IsOlder(ApplicationVersion::Of("8.9"), ApplicationVersion::Of("8.10"));   // true
#ifndef KEPING_COMMON_DOMAIN_APPLICATION_VERSION_H_
#define KEPING_COMMON_DOMAIN_APPLICATION_VERSION_H_

#include "common/domain/ids.h"

namespace keping::domain {

// Part by part between the full stops: numbers by value, other text by its characters, a number
// before other text, and a version before the longer one that begins with it. Nothing is older than
// the empty version.
bool IsOlder(const ApplicationVersion& version, const ApplicationVersion& than);

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_APPLICATION_VERSION_H_
