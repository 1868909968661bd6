// Messages of the national contract as one list in JSON, for people who carry files.
#ifndef KEPING_CENTRAL_NODE_NATIONAL_JSON_LIST_H_
#define KEPING_CENTRAL_NODE_NATIONAL_JSON_LIST_H_

#include <google/protobuf/util/json_util.h>

#include <string>

#include "common/base/check.h"

namespace keping::central {

// With the names of national.proto; an empty list is "[]".
template <typename Items>
std::string JsonList(const Items& items) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  for (const auto& item : items) {
    json += json.empty() ? "[\n" : ",\n";
    const auto written = google::protobuf::util::MessageToJsonString(item, &json, options);
    KEPING_CHECK(written.ok(), "ids and numbers can be written as JSON");
  }
  return json.empty() ? "[]\n" : json + "\n]\n";
}

}  // namespace keping::central

#endif  // KEPING_CENTRAL_NODE_NATIONAL_JSON_LIST_H_
