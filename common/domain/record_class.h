// Classes of print-ready records, by which a district limits printing without contact. A record is
// of one class by what it says itself: whether its card replaces another one.
//
//   for (RecordClass one : kRecordClasses) RecordClassName(one);   // "first_card", "replacement"
#ifndef KEPING_COMMON_DOMAIN_RECORD_CLASS_H_
#define KEPING_COMMON_DOMAIN_RECORD_CLASS_H_

namespace keping::domain {

enum class RecordClass { kFirstCard = 1, kReplacement = 2 };

inline constexpr RecordClass kRecordClasses[] = {RecordClass::kFirstCard,
                                                 RecordClass::kReplacement};

inline const char* RecordClassName(RecordClass record_class) {
  return record_class == RecordClass::kReplacement ? "replacement" : "first_card";
}

}  // namespace keping::domain

#endif  // KEPING_COMMON_DOMAIN_RECORD_CLASS_H_
