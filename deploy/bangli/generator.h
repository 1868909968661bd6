// The print-ready records of the Bangli case: synthetic persons, the same for the same seed.
//
//   Generator generator({.seed = 1, .count = 13387});
//   Record first = generator.Make(0);
//
// Records come in the order in which the centre authorised them, which is nearly but not quite the
// order of enrolment: the offices worked on them from 29 February 2016 to 26 April 2017 (WITA).
// One person in 200 had the birth date corrected after the NIK was issued.
#ifndef KEPING_DEPLOY_BANGLI_GENERATOR_H_
#define KEPING_DEPLOY_BANGLI_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "deploy/bangli/record.h"
#include "deploy/bangli/villages.h"

namespace keping::bangli {

struct GeneratorOptions {
  uint64_t seed = 1;
  size_t count = 13387;
  // Size of each photo; 0 for neither photo nor signature. A portrait that is larger by itself (up
  // to 4 kB) stays as it is.
  size_t picture_bytes = 5000;
};

inline constexpr size_t kMaxCount = 1'000'000;
// What the national contract allows.
inline constexpr size_t kMaxPictureBytes = 256 * 1024;

// The id of the record number `index`, of any seed: "PRR-5106-0000001" for 0.
std::string PrrId(size_t index);

// Immutable after construction: safe to use from any thread.
class Generator {
 public:
  // `options.count` is at most kMaxCount, `options.picture_bytes` at most kMaxPictureBytes.
  explicit Generator(const GeneratorOptions& options);

  size_t count() const { return options_.count; }
  // The record number `index` (below count()), about 1 ms with its pictures.
  Record Make(size_t index) const;
  // The same without its pictures.
  Record MakeText(size_t index) const;

 private:
  struct Person;

  Person MakePerson(size_t index) const;
  void NumberPersons();
  absl::Time EnrolmentTime(size_t index) const;

  const GeneratorOptions options_;
  const std::vector<Village> villages_;
  std::vector<std::vector<size_t>> villages_of_kecamatan_;
  // The NIK's serial of each person: counts up within the same kecamatan, day and gender.
  std::vector<uint16_t> nik_serials_;
  std::vector<absl::CivilDay> office_days_;
};

}  // namespace keping::bangli

#endif  // KEPING_DEPLOY_BANGLI_GENERATOR_H_
