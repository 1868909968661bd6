#include "common/config/text_config.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "common/base/status_macros.h"
#include "common/base/utf8.h"
#include "common/files/file.h"

namespace keping::config {
namespace {

using google::protobuf::Descriptor;

constexpr size_t kMaxConfigBytes = 1024 * 1024;

// The quoted words of `text`, in order.
std::vector<std::string> Quoted(absl::string_view text) {
  std::vector<std::string> words;
  for (size_t open = text.find('"'); open != absl::string_view::npos; open = text.find('"')) {
    text.remove_prefix(open + 1);
    const size_t close = text.find('"');
    if (close == absl::string_view::npos) break;
    words.emplace_back(text.substr(0, close));
    text.remove_prefix(close + 1);
  }
  return words;
}

std::string FieldNames(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
  return absl::StrJoin(names, ", ");
}

const Descriptor* FindType(const Descriptor& root, const std::string& full_name) {
  return root.full_name() == full_name ? &root
                                       : root.file()->pool()->FindMessageTypeByName(full_name);
}

// The parser's message in the words of this project: what was got, what is wanted.
std::string Reword(const Descriptor& root, absl::string_view message) {
  const std::vector<std::string> words = Quoted(message);
  if (absl::StartsWith(message, "Message type ") && words.size() == 2) {
    const Descriptor* type = FindType(root, words[0]);
    return absl::StrCat("got unknown field \"", words[1], "\", want one of: ",
                        type == nullptr ? "the fields of this message" : FieldNames(*type));
  }
  if (absl::StartsWith(message, "Non-repeated field") && words.size() == 1) {
    return absl::StrCat("got field \"", words[0], "\" more than once, want it once");
  }
  if (absl::StartsWith(message, "Invalid value for boolean field") && words.size() == 2) {
    return absl::StrCat("got \"", words[1], "\" for \"", words[0], "\", want true or false");
  }
  constexpr absl::string_view kGot = ", got: ";
  const size_t got = message.find(kGot);
  constexpr absl::string_view kExpected = "Expected ";
  if (absl::StartsWith(message, kExpected) && got != absl::string_view::npos) {
    return absl::StrCat("got ", message.substr(got + kGot.size()), ", want ",
                        message.substr(kExpected.size(), got - kExpected.size()));
  }
  return absl::StrCat("got text that does not parse: ", message);
}

// Collects errors as lines of `path:line:column: sentence`.
class Collector : public google::protobuf::io::ErrorCollector {
 public:
  Collector(const std::string& path, const Descriptor& root) : path_(path), root_(root) {}

  // Lines and columns count from zero here, and from one for people.
  void AddError(int line, int column, const std::string& message) override {
    lines_.push_back(
        absl::StrCat(path_, ":", line + 1, ":", column + 1, ": ", Reword(root_, message)));
  }
  std::string Text() const { return absl::StrJoin(lines_, "\n"); }

 private:
  const std::string& path_;
  const Descriptor& root_;
  std::vector<std::string> lines_;
};

// The first text of a message that is not UTF-8, by its field's name; empty when all are.
std::string FieldWithoutUtf8(const google::protobuf::Message& message) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const auto* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
        const std::string text = field->is_repeated()
                                     ? reflection.GetRepeatedString(message, field, i)
                                     : reflection.GetString(message, field);
        if (!base::IsUtf8(text)) return field->name();
      } else if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
        const std::string inner =
            FieldWithoutUtf8(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                                  : reflection.GetMessage(message, field));
        if (!inner.empty()) return absl::StrCat(field->name(), ".", inner);
      }
    }
  }
  return {};
}

}  // namespace

absl::Status ParseTextConfig(const std::string& path, google::protobuf::Message* message) {
  KEPING_ASSIGN_OR_RETURN(std::string text, files::ReadFile(path, kMaxConfigBytes));
  Collector collector(path, *message->GetDescriptor());
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&collector);
  if (!parser.ParseFromString(text, message)) {
    return absl::InvalidArgumentError(collector.Text());
  }
  const std::string field = FieldWithoutUtf8(*message);
  if (field.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      path, ": got bytes in ", field, " that are no UTF-8, want the file in that encoding"));
}

}  // namespace keping::config
