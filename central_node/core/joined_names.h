// A blank that is known under two names, the printed serial and the chip's UID: it is one blank, in
// one place, and the books have it under the printed serial.
//
//   const std::optional<JoinedNames> names = NamesOf(serial, rows.blanks);
//   const BlankVerdict verdict = JudgeNamed(serial, rows.blanks, rows.jobs);
//
// Where one of the names is said to belong to a third one too, nobody knows which two are one: each
// stays a blank of its own until the wrong entry is corrected. Pure and order-free.
#ifndef KEPING_CENTRAL_NODE_CORE_JOINED_NAMES_H_
#define KEPING_CENTRAL_NODE_CORE_JOINED_NAMES_H_

#include <map>
#include <optional>
#include <vector>

#include "central_node/core/judge_blank.h"
#include "central_node/core/rows.h"
#include "common/domain/blank_serial.h"

namespace keping::central {

struct JoinedNames {
  domain::BlankSerial printed;
  domain::BlankSerial uid;

  friend bool operator==(const JoinedNames&, const JoinedNames&) = default;
};

// `blanks` holds the blank and whatever its facts name. Nullopt: it has one name only.
std::optional<JoinedNames> NamesOf(const domain::BlankSerial& serial,
                                   const std::map<domain::BlankSerial, BlankRow>& blanks);

// Every name of the blank, the printed serial first: this one alone where it has no other, or where
// `blanks` does not hold what its facts name.
std::vector<domain::BlankSerial> AllNamesOf(const domain::BlankSerial& serial,
                                            const std::map<domain::BlankSerial, BlankRow>& blanks);

// What was done with the card on the blank, under whichever of its names.
std::vector<StepFact> StepsOfBlank(const domain::BlankSerial& serial,
                                   const std::map<domain::BlankSerial, BlankRow>& blanks);

struct BoxedName {
  domain::BoxId box;     // whose quantity the blank is part of; empty: none
  bool counted = false;  // there under this name, and not under its other one
};

// A blank that came out of its box under both of its names is one blank of the box, under the
// printed one.
BoxedName BoxOfName(const domain::BlankSerial& serial,
                    const std::map<domain::BlankSerial, BlankRow>& blanks);

// The verdict on the blank of that name. That of a UID whose blank is booked under its printed
// serial is that nothing lies under it, and whether it was allotted under both.
BlankVerdict JudgeNamed(const domain::BlankSerial& serial,
                        const std::map<domain::BlankSerial, BlankRow>& blanks, const Jobs& jobs);

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_CORE_JOINED_NAMES_H_
