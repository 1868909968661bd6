#include "common/cli/bundle_grammar.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/cli/bundle_files.h"
#include "common/cli/option_parts.h"
#include "common/cli/table.h"
#include "common/usage/refusals.h"

namespace keping::cli {
namespace {

void AddNode(CLI::App* call, BundleNode& node) {
  CLI::Option_group* where = call->add_option_group("node");
  where->add_option("--edge", node.edge_config)->type_name("FILE");
  where->add_option("--central", node.central_config)->type_name("FILE");
  where->add_option("--socket", node.socket)->type_name("PATH");
  where->require_option(1);
}

void AddSplit(CLI::App* call, uint64_t& split_bytes) {
  call->add_option_function<std::string>(
          "--split",
          [&split_bytes](const std::string& text) {
            std::string size = text;
            const std::string error = CLI::AsSizeValue(false)(size);
            split_bytes = error.empty() ? std::stoull(size) : 0;
            if (split_bytes < kMinSplitBytes) {
              throw CLI::ValidationError("--split", usage::Refusal("wrong.split", {{"got", text}}));
            }
          })
      ->type_name("SIZE");
}

std::string Entries(uint64_t first, uint64_t last) {
  return last == 0 ? "no entries" : absl::StrCat("entries ", first, " to ", last);
}

std::string Contents(const v1::InspectedBundle& one) {
  if (one.kind() == "request") return "a request for blanks: nothing else is inside";
  if (one.kind() == "slip") {
    return absl::StrCat("the slip of a lending, entry ", one.first_seq(), " of its sender's log");
  }
  if (one.kind() == "answer") {
    return absl::StrCat("a receipt up to entry ", one.head_seq(), ", and the feed from ",
                        one.feed_from(), " to ", one.feed_to());
  }
  return absl::StrCat(Entries(one.first_seq(), one.last_seq()), " of a log that ends at ",
                      one.head_seq(), "; the node has its feed up to ", one.feed_to());
}

std::string RenderImport(const maintenance::v1::BundleImport& one, const OfficeTime& time) {
  std::string text;
  if (one.kind() == "log") {
    text = absl::StrCat("Log of ", one.sender(), ": ", one.entries_new(), " entries new, ",
                        one.entries_known(), " known already. The centre holds it up to entry ",
                        one.held_seq(), ".\n");
  } else if (one.kind() == "slip") {
    text =
        absl::StrCat(one.sender(), " lends ", one.blanks(), " blanks under number ", one.transfer(),
                     ". They are this office's once they are scanned: keping edge stock receive ",
                     one.transfer(), " --scanned-file FILE\n");
  } else {
    const std::string receipt =
        one.centre_time_micros() == 0
            ? "It proves nothing yet"
            : absl::StrCat("Signed by the centre at ", time.Format(one.centre_time_micros()),
                           one.receipt_newer()
                               ? ": contact counts from then"
                               : ", which is no newer than what was known: it changes no proof");
    text = absl::StrCat(receipt, ". Proven up to entry ", one.proven_seq(),
                        ". Feed: ", one.items_new(), " items new, up to position ",
                        one.feed_position(), ".\n");
  }
  for (const std::string& note : one.notes()) absl::StrAppend(&text, note, ".\n");
  return text;
}

std::string KeyWord(const v1::InspectedBundle& one, absl::string_view wanted_key) {
  if (wanted_key.empty()) return "";
  if (one.sender_known()) return ", as expected";
  return absl::StrCat(", NOT the one that was given: ", wanted_key);
}

}  // namespace

void BundleGrammar::Add(CLI::App& app, CommandLine& command, int& timeout_seconds) {
  CLI::App* area = app.add_subcommand("bundle");
  area->require_subcommand(1);
  AddExport(area, command, timeout_seconds);
  AddImport(area, command, timeout_seconds);
  AddInspect(area, command);
}

void BundleGrammar::AddExport(CLI::App* area, CommandLine& command, int& timeout_seconds) {
  CLI::App* call = area->add_subcommand("export");
  AddNode(call, export_.node);
  AddAnswerOptions(call, command.json, timeout_seconds);
  call->add_option("--to", export_.to)->type_name("FILE")->required();
  AddSplit(call, export_.split_bytes);
  call->add_option_function<uint64_t>("--from",
                                      [this](uint64_t seq) { export_.what.set_from_seq(seq); })
      ->type_name("SEQ")
      ->check(usage::Between(1, ~uint64_t{0}));
  call->add_option("--for", *export_.what.mutable_to_node())->type_name("NODE");
  call->add_flag_callback("--whole-feed", [this] { export_.what.set_whole_feed(true); });
  CLI::Option* borrow = call->add_option("--borrow-from", *export_.what.mutable_borrow_from());
  CLI::Option* slip = call->add_option("--slip", *export_.what.mutable_lent_transfer());
  CLI::Option* request = call->add_option("--request", export_.request_file);
  borrow->type_name("NODE")->excludes(slip);
  slip->type_name("NUMBER")->needs(request);
  request->type_name("FILE")->needs(slip);
  call->footer(
      "keping bundle export --to /media/stick/susut.kbundle --edge edge.textproto\n"
      "keping bundle export --for susut --whole-feed --split 16M --to susut.kbundle --central "
      "central.textproto");
  call->callback([this, &command] { command.request = export_; });
}

void BundleGrammar::AddImport(CLI::App* area, CommandLine& command, int& timeout_seconds) {
  CLI::App* call = area->add_subcommand("import");
  AddNode(call, import_.node);
  AddAnswerOptions(call, command.json, timeout_seconds);
  call->add_option("paths", import_.paths)->required();
  call->add_option("--answer", import_.answer)->type_name("PATH");
  AddSplit(call, import_.split_bytes);
  call->footer(
      "keping bundle import /media/stick --answer /media/stick --central "
      "central.textproto\n"
      "keping bundle import /media/stick/susut.answer.kbundle --edge edge.textproto\n"
      "keping bundle import /media/mirror --central central.textproto");
  call->callback([this, &command] { command.request = import_; });
}

void BundleGrammar::AddInspect(CLI::App* area, CommandLine& command) {
  CLI::App* call = area->add_subcommand("inspect");
  call->add_option("paths", inspect_.paths)->required();
  call->add_option("--public-key", inspect_.public_key)->type_name("HEX")->transform(PublicKey());
  call->add_flag("--json", command.json);
  call->footer("keping bundle inspect /media/stick");
  call->callback([this, &command] { command.request = inspect_; });
}

std::string RenderBundle(const v1::ExportedBundle& exported) {
  std::string contents = Entries(exported.first_seq(), exported.last_seq());
  if (exported.kind() == "answer") {
    contents = absl::StrCat("a receipt up to entry ", exported.proven_seq(), ", and the feed from ",
                            exported.feed_from(), " to ", exported.feed_to());
  } else if (exported.kind() == "request") {
    contents = "a request for blanks";
  } else if (exported.kind() == "slip") {
    contents = absl::StrCat("the slip of ", exported.transfer());
  }
  return absl::StrCat("Bundle ", exported.set_id(), " from ", exported.sender(), " for ",
                      exported.recipient(), ": ", contents, ". Wrote ",
                      WithThousands(static_cast<int64_t>(exported.bytes())), " bytes to ",
                      absl::StrJoin(exported.files(), ", "), "\n");
}

std::string RenderBundles(const v1::ImportedBundles& imported, const OfficeTime& time) {
  std::string text;
  for (const auto& one : imported.imported()) absl::StrAppend(&text, RenderImport(one, time));
  for (const auto& answer : imported.answers()) absl::StrAppend(&text, RenderBundle(answer));
  return text;
}

std::string RenderBundles(const v1::InspectedBundles& inspected, absl::string_view wanted_key,
                          const OfficeTime& time) {
  std::string text;
  for (const v1::InspectedBundle& one : inspected.bundles()) {
    absl::StrAppend(
        &text, "Bundle ", one.set_id(), " from ", one.sender(), " for ", one.recipient(),
        ", made at ", time.Format(one.made_micros()), " by its clock\n  carries ", Contents(one),
        "\n  ", WithThousands(static_cast<int64_t>(one.bytes())), " bytes of contents in ",
        one.parts(), one.parts() == 1 ? " part" : " parts",
        one.missing().empty() ? ", whole" : absl::StrCat(", MISSING: part ", one.missing()),
        "\n  signature ", one.signature_good() ? "good" : "BAD", ", by key ", one.sender_key(),
        KeyWord(one, wanted_key), "\n");
  }
  for (const std::string& damaged : inspected.damaged()) {
    absl::StrAppend(&text, "DAMAGED: ", damaged, "\n");
  }
  return text;
}

bool AllGood(const v1::InspectedBundles& inspected, bool key_given) {
  for (const v1::InspectedBundle& one : inspected.bundles()) {
    if (!one.missing().empty() || !one.signature_good()) return false;
    if (key_given && !one.sender_known()) return false;
  }
  return inspected.damaged().empty();
}

}  // namespace keping::cli
