"""The centre is backed up while it works, then its machine is gone: database and keys come back on a
bare one. Disks of their own fill up, and commands are killed while they write."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import unittest

if "KEPING_OWN_MOUNTS" not in os.environ:
    os.environ["KEPING_OWN_MOUNTS"] = "1"
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    os.execvp("unshare", ["unshare", "--mount", *as_root, sys.executable, "-B", *sys.argv])

import centre_restored_test  # noqa: E402

BACKUPS_UNDER_LOAD = 3
SMALL_DISK_KB = 64  # less than any database of these tests
KILLED = -signal.SIGXFSZ


class CentreBackupTest(centre_restored_test.SetBackTest):
    def setUp(self):
        super().setUp()
        self.escrow = self.path("escrow")
        self.done("escrow", "new-key", "--to", self.escrow)

    # ---- The commands.

    def done(self, *arguments):
        code, said, complaint = self.keping(*arguments)
        self.assertEqual(code, 0, said + complaint)
        return said

    def refused(self, *arguments, code="K-"):
        ended, said, complaint = self.keping(*arguments)
        self.assertNotEqual(ended, 0, said)
        self.assertIn(code, complaint)
        return complaint

    def backup_command(self, name, *options):
        return ("central", "backup", "--to", self.path(name), "--socket",
                self.path("central.sock"), *options)

    def back_up(self, name, *options):
        return self.done(*self.backup_command(name, *options))

    def sealed(self):
        return ("--escrow", self.escrow + ".pub")

    def restore_command(self, name, *options):
        return ("central", "restore", self.path(name), "--into-config",
                self.path("central.textproto"), *options)

    def with_key(self):
        return ("--escrow-key", self.escrow)

    def killed_while_writing(self, limit_kb, *arguments):
        """Runs the command to the first file that grows beyond the limit: there the kernel ends it."""
        command = ["prlimit", f"--fsize={limit_kb * 1024}", self.program("keping"), *arguments]
        code, _, _ = self.supervisor.run(command, accept=range(-64, 256))
        self.assertEqual(code, KILLED)

    def small_disk(self, name):
        disk = self.make_folder(name)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK_KB}k", "none", disk],
                       check=True)
        self.addCleanup(subprocess.run, ["umount", "--lazy", disk], check=False,
                        stderr=subprocess.DEVNULL)
        return disk

    # ---- The machine.

    def lose_the_machine(self, *folders):
        self.supervisor.kill(self.central_process)
        for folder in folders:
            shutil.rmtree(self.path(folder))

    def printed_while_backups_are_made(self):
        """As many cards as backups, in turns that nobody settles."""
        failures = []

        def make_backups():
            try:
                for i in range(BACKUPS_UNDER_LOAD):
                    self.back_up(f"backup-{i}", *self.sealed())
            except Exception as failure:  # pylint: disable=broad-except
                failures.append(failure)

        thread = threading.Thread(target=make_backups)
        thread.start()
        for _ in range(BACKUPS_UNDER_LOAD):
            self.print_card()
        thread.join()
        self.assertEqual(failures, [])

    # ---- The stories.

    def test_a_bare_machine_becomes_the_centre_again(self):
        self.printed_while_backups_are_made()
        for i in range(BACKUPS_UNDER_LOAD):
            said = self.done("central", "backup", "check", self.path(f"backup-{i}"),
                             *self.with_key())
            self.assertIn("and they open", said)
        self.work_after_the_backup()
        before = self.generation()
        self.stop_edge()
        self.lose_the_machine("central", "central-keys")

        said = self.done(*self.restore_command("backup-0", *self.with_key()))
        self.assertIn("no difference", said)
        self.start_central()
        self.check_that_it_asks_first(before)
        self.start_edge()
        self.check_that_all_is_back(cards=BACKUPS_UNDER_LOAD + 2)

    def test_a_backup_without_keys_says_so_and_wants_those_of_the_machine(self):
        said = self.back_up("backup")
        self.assertIn("The keys are NOT in this backup", said)
        self.work_after_the_backup()
        before = self.generation()
        self.stop_edge()
        shutil.copytree(self.path("central-keys"), self.path("kept-keys"))
        self.lose_the_machine("central", "central-keys")
        self.assertIn("NOT in this backup",
                      self.refused(*self.restore_command("backup"), code="K-289"))
        self.assertFalse(os.path.exists(self.path("central", "db")))

        shutil.copytree(self.path("kept-keys"), self.path("central-keys"))
        ended, _, complaint = self.supervisor.run(self.central_command(), accept=range(256))
        self.assertNotEqual(ended, 0, "a centre without its database does not begin with nothing")
        self.assertIn("K-289", complaint)
        self.done(*self.restore_command("backup"))
        self.start_central()
        self.check_that_it_asks_first(before)
        self.start_edge()
        self.check_that_all_is_back()

    def test_full_disks_and_killed_commands_leave_nothing_that_looks_done(self):
        # Of a backup.
        stick = self.small_disk("stick")
        complaint = self.refused(*self.backup_command("stick/backup", *self.sealed()), code="")
        self.assertIn("No space left on device", complaint)
        self.assertEqual(os.listdir(stick), [])
        self.killed_while_writing(SMALL_DISK_KB, *self.backup_command("backup", *self.sealed()))
        self.assertFalse(os.path.exists(self.path("backup")))
        ended, listed, _ = self.keping("central", "backup", "list", self.folder)
        self.assertEqual(ended, 4)
        self.assertIn("not finished", listed)
        # The centre lets go of a caller who is gone.
        self.wait_until("the next backup",
                        lambda: self.keping(*self.backup_command("backup", *self.sealed()))[0] == 0)
        self.assertEqual(self.keping("central", "backup", "list", self.folder)[0], 0)

        # Of a restore.
        self.stop_edge()
        self.lose_the_machine("central", "central-keys")
        disk = self.small_disk("central")
        restore = self.restore_command("backup", *self.with_key())
        self.assertIn("disk is full", self.refused(*restore, code=""))
        self.assertEqual(os.listdir(disk), [])
        subprocess.run(["umount", disk], check=True)
        self.killed_while_writing(SMALL_DISK_KB, *restore)
        ended, _, complaint = self.supervisor.run(self.central_command(), accept=range(256))
        self.assertNotEqual(ended, 0)
        self.assertIn("K-289", complaint)
        ended, _, complaint = self.supervisor.run([*self.central_command(), "init"],
                                                  accept=range(256))
        self.assertIn("K-289", complaint, "nor are new keys made for it")
        self.done(*restore)
        self.assertIn("K-289", self.refused(*restore), "what is there is never overwritten")
        self.start_central()
        self.assertEqual(self.unheard(), [centre_restored_test.NODE])

    def test_what_is_no_backup_of_this_centre_is_refused(self):
        self.back_up("backup", *self.sealed(), "--keep-days", "30")
        manifest = self.path("backup", "manifest.textproto")
        self.stop_edge()
        self.lose_the_machine("central", "central-keys")
        restore = self.restore_command("backup", *self.with_key())
        with open(manifest, encoding="utf-8") as file:
            text = file.read()
        self.write(manifest, text.replace("head_seq: ", "head_seq: 1"))
        self.refused(*restore, code="K-288")
        self.write(manifest, text)
        os.truncate(self.path("backup", "database.001"),
                    os.path.getsize(self.path("backup", "database.001")) // 2)
        self.refused(*restore, code="K-288")
        self.refused("central", "backup", "check", self.path("backup"), code="K-288")
        self.done("escrow", "new-key", "--to", self.path("other"))
        self.refused(*self.restore_command("backup", "--escrow-key", self.path("other")),
                     code="K-290")
        self.assertFalse(os.path.exists(self.path("central", "db")))
        self.assertFalse(os.path.exists(self.path("central-keys")))

    def test_scripts_get_the_manifest(self):
        made = json.loads(self.back_up("backup", *self.sealed(), "--json"))
        manifest = made["manifest"]
        self.assertEqual(manifest["generation"], self.generation())
        self.assertIn("receipt.key", manifest["keys"]["files"])
        self.assertNotIn("witness", manifest["keys"]["files"])
        self.assertGreater(int(manifest["node_entries"]), 0)
        self.refused(*self.backup_command("backup"), code="never overwritten")


if __name__ == "__main__":
    unittest.main()
