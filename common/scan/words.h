// One message for a person at a counter, in both languages.
#ifndef KEPING_COMMON_SCAN_WORDS_H_
#define KEPING_COMMON_SCAN_WORDS_H_

namespace keping::scan {

struct Words {
  const char* code;        // "K-231", for the phone; empty when all is well
  const char* indonesian;  // what is wrong and what to do
  const char* english;
};

}  // namespace keping::scan

#endif  // KEPING_COMMON_SCAN_WORDS_H_
