// Reads proto fields into domain types, collecting the first error with the name of its field.
//
//   FieldReader read("PrintSent");
//   PrintSent event{.act = read.Id<ActId>("act", proto.act()), …};
//   if (!read.status().ok()) return read.status();
#ifndef KEPING_COMMON_WIRE_FIELD_READER_H_
#define KEPING_COMMON_WIRE_FIELD_READER_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/hash.h"
#include "common/domain/blank_serial.h"
#include "common/domain/serial_set.h"

namespace keping::wire {

// Not thread-safe; one per message.
class FieldReader {
 public:
  explicit FieldReader(const char* message) : message_(message) {}

  template <typename Type>
  Type Id(const char* field, absl::string_view text) {
    return Keep(field, Type::Parse(text));
  }
  // An id that may be absent: empty text gives the empty id.
  template <typename Type>
  Type OptionalId(const char* field, absl::string_view text) {
    return text.empty() ? Type() : Id<Type>(field, text);
  }
  domain::BlankSerial Blank(const char* field, absl::string_view text);
  std::optional<domain::BlankSerial> OptionalBlank(const char* field, absl::string_view text);
  // Empty text gives the empty set.
  domain::SerialSet Serials(const char* field, absl::string_view text);
  crypto::Hash Hash(const char* field, absl::string_view raw);
  // Empty bytes give the zero hash.
  crypto::Hash OptionalHash(const char* field, absl::string_view raw);
  // Enums of proto and domain share their numbers; 0 (unspecified) and numbers beyond `last` are
  // refused.
  template <typename Enum>
  Enum EnumValue(const char* field, int number, Enum last) {
    if (number < 1 || number > static_cast<int>(last))
      FailEnum(field, number, static_cast<int>(last));
    return static_cast<Enum>(number);
  }
  // An enum whose 0 means "not known".
  template <typename Enum>
  Enum OptionalEnum(const char* field, int number, Enum last) {
    return number == 0 ? static_cast<Enum>(0) : EnumValue(field, number, last);
  }

  // What a function of its own read; its error is this message's.
  template <typename Type>
  Type Value(const char* field, absl::StatusOr<Type> value) {
    return Keep(field, std::move(value));
  }

  const absl::Status& status() const { return status_; }

 private:
  template <typename Type>
  Type Keep(const char* field, absl::StatusOr<Type> value) {
    if (value.ok()) return *std::move(value);
    Fail(field, value.status());
    return Type();
  }
  void Fail(const char* field, const absl::Status& cause);
  void FailEnum(const char* field, int number, int last);

  const char* message_;
  absl::Status status_;
};

}  // namespace keping::wire

#endif  // KEPING_COMMON_WIRE_FIELD_READER_H_
