// The catalogues of messages/ as the build embeds them.
#ifndef KEPING_COMMON_PAPER_MESSAGES_H_
#define KEPING_COMMON_PAPER_MESSAGES_H_

#include <cstddef>

namespace keping::paper {

struct Message {
  const char* key;
  const char* text;
};

extern const Message kIndonesianMessages[];
extern const size_t kIndonesianCount;
extern const Message kEnglishMessages[];
extern const size_t kEnglishCount;

}  // namespace keping::paper

#endif  // KEPING_COMMON_PAPER_MESSAGES_H_
