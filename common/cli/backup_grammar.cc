#include "common/cli/backup_grammar.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/cli/table.h"
#include "common/usage/refusals.h"

namespace keping::cli {
namespace {

std::string Contents(const v1::Backup& backup) {
  const store::v1::BackupManifest& manifest = backup.manifest();
  return absl::StrCat("district ", manifest.district(), ", log up to entry ", manifest.head_seq(),
                      " (", manifest.head_hash().substr(0, 8), "), ", Count(manifest.rows()),
                      " rows, ", Count(manifest.node_entries()), " entries of the offices, ",
                      Count(backup.bytes()), " bytes");
}

std::string Keys(const store::v1::BackupManifest& manifest) {
  if (!manifest.has_keys()) return "the keys are NOT in this backup";
  return absl::StrCat("the keys are inside, sealed to escrow key ",
                      ShortKey(manifest.keys().escrow_key()));
}

}  // namespace

void BackupGrammar::AddCentral(CLI::App* central, CommandLine& command) {
  AddBackup(central, command);
  AddRestore(central, command);
}

void BackupGrammar::AddBackup(CLI::App* central, CommandLine& command) {
  CLI::App* call = central->add_subcommand("backup");
  call->add_option("--config", command.where.config)->type_name("FILE");
  call->add_option("--socket", command.where.socket)->type_name("PATH");
  call->add_option("--to", make_.to)->type_name("DIR");
  call->add_option("--escrow", make_.escrow)->type_name("FILE");
  call->add_option("--keep-days", make_.keep_days)->check(usage::Between(1, 3650));
  call->add_flag("--json", command.json);
  call->footer(
      "keping central backup --to /media/stick/bangli-2017-04-27 --escrow escrow.pub "
      "--config central.textproto");
  CLI::App* list = call->add_subcommand("list");
  list->add_option("folder", list_.folder)->type_name("DIR")->required();
  CLI::App* check = call->add_subcommand("check");
  check->add_option("backup", check_.backup)->type_name("DIR")->required();
  check->add_option("--escrow-key", check_.escrow_key)->type_name("FILE");
  for (CLI::App* one : {list, check}) {
    one->add_flag("--json", command.json);
  }
  list->footer("keping central backup list /media/stick");
  check->footer("keping central backup check /media/stick/bangli-2017-04-27");
  call->require_subcommand(0, 1);
  call->callback([this, call, list, &command] {
    if (list->parsed()) {
      command.request = list_;
    } else if (!call->get_subcommands().empty()) {
      command.request = check_;
    } else if (make_.to.empty()) {
      throw CLI::ValidationError("--to", usage::Refusal("wrong.noFolder"));
    } else if (command.where.config.empty() && command.where.socket.empty()) {
      throw CLI::ValidationError(usage::Refusal("wrong.noNode"));
    } else {
      command.request = make_;
    }
  });
}

void BackupGrammar::AddRestore(CLI::App* central, CommandLine& command) {
  CLI::App* call = central->add_subcommand("restore");
  call->add_option("backup", restore_.backup)->type_name("DIR")->required();
  call->add_option("--into-config", restore_.config)->type_name("FILE")->required();
  call->add_option("--escrow-key", restore_.escrow_key)->type_name("FILE");
  call->add_flag("--past-its-date", restore_.past_its_date);
  call->add_flag("--with-differences", restore_.with_differences);
  call->add_flag("--json", command.json);
  call->footer(
      "keping central restore "
      "/media/stick/bangli-2017-04-27 --into-config central.textproto --escrow-key escrow");
  call->callback([this, &command] { command.request = restore_; });
}

void BackupGrammar::AddEscrow(CLI::App& app, CommandLine& command) {
  CLI::App* area = app.add_subcommand("escrow");
  area->require_subcommand(1);
  CLI::App* call = area->add_subcommand("new-key");
  call->add_option("--to", escrow_.to)->type_name("FILE")->required();
  call->add_flag("--json", command.json);
  call->footer("keping escrow new-key --to /media/stick/escrow");
  call->callback([this, &command] { command.request = escrow_; });
}

std::string RenderBackup(const v1::Backup& made, const OfficeTime& time) {
  const bool sealed = made.manifest().has_keys();
  return absl::StrCat(
      "Backup ", made.path(), ": ", Contents(made), ". Written, and read back.\n",
      sealed
          ? absl::StrCat("Keys: ", Keys(made.manifest()),
                         ". Only the private part of that key opens them.\n")
          : "The keys are NOT in this backup: without a copy of keys_dir, kept elsewhere, nobody "
            "can restore from it on another machine. --escrow FILE puts them in, sealed.\n",
      "Destroy it by ", time.Format(made.manifest().destroy_by_micros()), ".\n");
}

std::string RenderBackups(const v1::Backups& found, const OfficeTime& time) {
  Table table({{"Backup"}, {"Made"}, {"Destroy by"}, {"Entry", Align::kRight}, {"Keys"}, {""}});
  for (const v1::Backup& one : found.backups()) {
    const std::string state = !one.problem().empty() ? one.problem()
                              : one.past_its_date()  ? "DESTROY IT: its date has come"
                                                     : "";
    if (!one.has_manifest()) {
      table.AddRow({one.path(), "-", "-", "-", "-", state});
      continue;
    }
    table.AddRow({one.path(), time.Format(one.manifest().made_micros()),
                  time.Format(one.manifest().destroy_by_micros()), Count(one.manifest().head_seq()),
                  one.manifest().has_keys() ? "sealed" : "NOT inside", state});
  }
  return table.empty() ? "There is no backup here.\n" : table.ToString();
}

std::string RenderCheckedBackup(const v1::CheckedBackup& checked) {
  const v1::Backup& backup = checked.backup();
  return absl::StrCat(
      "Whole, and as the centre signed it: ", Contents(backup), ".\nSigned by key ",
      backup.manifest().centre_key(), ": compare it with centre.pub in keys_dir of any office.\n",
      "Keys: ", Keys(backup.manifest()), checked.keys_open() ? ", and they open" : "", ".\n",
      backup.past_its_date() ? "DESTROY IT: its date has come.\n" : "");
}

std::string RenderRestored(const v1::RestoredCentre& restored) {
  std::string text = absl::StrCat(
      "Restored ", restored.database(), ": ", Contents(restored.backup()), ".\nVerified: ",
      restored.report().differences().empty()
          ? "no difference"
          : absl::StrCat(restored.report().differences_size(), " DIFFERENCES"),
      ".\nKeys in ", restored.keys_dir(), ": ",
      restored.key_files().empty()
          ? "those that were there are the right ones"
          : absl::StrCat("put back ", absl::StrJoin(restored.key_files(), ", ")),
      ".\nSigned by key ", restored.backup().manifest().centre_key(),
      ": compare it with centre.pub in keys_dir of any office.\n");
  for (const std::string& note : restored.notes()) absl::StrAppend(&text, note, ".\n");
  return text;
}

std::string RenderEscrowKey(const v1::NewEscrowKey& made) {
  return absl::StrCat(
      "Wrote the private part to ", made.private_file(), ": print it (lp ", made.private_file(),
      "), put the sheet into the safe, and keep no copy on a computer.\nWrote the public part, ",
      ShortKey(made.public_key()), ", to ", made.public_file(), ": keping central backup --escrow ",
      made.public_file(), " seals to it.\n");
}

}  // namespace keping::cli
