"""Nothing that a node leaves on a disk tells who the cards are for: known people are printed, and then
every byte of databases, logs, mirror, exports and support bundles is searched for them."""

import json
import os
import re
import subprocess
import unittest

from small_district import NODE, PLACE, SmallDistrictTest

from places import operator_of

BUILD = os.environ["KEPING_BUILD"]
SLICE = 24  # bytes of a picture that do not come about by chance
# Words of names and addresses that stand in a configuration as well.
# Nobody else in the district is called so.
RECEIVER = "I Ketut Suranadiputra"
PASSWORD = "kopi tanpagula 2017"
COMMON_WORDS = {PLACE.name.lower().encode(), b"banjar", b"bangli", b"kecamatan", b"kabupaten"}


class NoPersonalDataTest(SmallDistrictTest):
    PRRS = 12
    EDGE_CONFIG = 'mirror_dir: "stick"\n'

    def test_no_byte_tells_who_the_cards_are_for(self):
        self.make_folder("stick")
        self.start_office()
        self.work()
        self.leave_everything_on_disk()
        places = self.places()
        needles = {**self.secrets_of_people(), **self.secrets_of_nodes()}
        self.check_that_the_search_finds(places, needles)
        found = [f"{what} in {place}" for place, content in places.items()
                 for what, needle in needles.items() if needle in content]
        self.assertEqual(found, [])

    def work(self):
        for _ in range(2):
            self.print_card()
        self.office.print_badly()
        # What was in the write-ahead logs moves into tables.
        self.kill_edge()
        self.stop_central()
        self.start_central()
        self.start_edge()
        self.keping("edge", "rotate-key", "--config", self.edge_config, accept=(0,))
        self.keping("central", "rotate-key", "--config", self.path("central.textproto"), accept=(0,))
        self.print_card()
        self.hand_over()
        self.change_password()
        self.keping("edge", "print", "--operator", "nobody", "--blank", self.office.stock[0],
                    "--config", self.edge_config, accept=(3,))
        self.wait_until("the log to be proven", self.log_is_proven)

    def edge_json(self, *call, typed=None):
        _, output, _ = self.keping("edge", *call, "--json", "--config", self.edge_config, accept=(0,),
                                   typed=typed)
        return json.loads(output)

    def hand_over(self):
        """The acts that take names and numbers of people in, or show them."""
        operator = ("--operator", operator_of(NODE))
        village = self.edge_json("handover", "list")["villages"][0]["village"]
        manifest = self.edge_json("handover", "manifest", village, *operator)["manifest"]["manifest"]
        paper = self.keping("edge", "handover", "paper", manifest, "--text", *operator, "--config",
                            self.edge_config, accept=(0,))[1]
        left = self.edge_json("handover", "hand-over", manifest, "--receiver", RECEIVER, *operator)
        self.assertEqual(self.edge_json("stock", "names", left["act"], *operator)["names"], [RECEIVER])
        printed = {prr: person for person in self.people()
                   if (prr := person["prr"]) in self.office.seen.prrs}
        self.assertTrue(any(person["name"] in paper for person in printed.values()), paper)
        for person in printed.values():
            self.edge_json("handover", "status", *operator, typed=person["nik"] + "\n")
        self.keping("edge", "print", *operator, "--blank", person["nik"], "--config", self.edge_config)

    def change_password(self):
        operator = operator_of(NODE)
        self.first_password = self.central.first_password(operator, NODE)
        self.wait_until("the password at the node", lambda: any(
            person["has_password"] for person in self.edge_json("roster")["people"]
            if person["operator_id"] == operator))
        changed = subprocess.run(
            [self.program("keping"), "edge", "password", "--operator", operator, "--config",
             self.edge_config], input=f"{self.first_password}\n{PASSWORD}\n", text=True, check=False,
            capture_output=True)
        self.assertEqual(changed.returncode, 0, changed.stderr)

    def leave_everything_on_disk(self):
        """Bundles of running nodes and of stopped ones, an export; killed, so that what was not
        flushed is still in the write-ahead logs."""
        central_config = self.path("central.textproto")
        for state in ("running", "stopped"):
            for kind, config in (("edge", self.edge_config), ("central", central_config)):
                self.keping("support-bundle", f"--{kind}", config, "--to",
                            self.path(f"{kind}-{state}.tar.zst"), accept=(0,))
            if state == "running":
                self.keping("edge", "export-log", "--to", self.path("export.klog"), "--config",
                            self.edge_config, accept=(0,))
                self.carry_bundles(central_config)
                self.carry_backup(central_config)
                self.kill_edge()
                self.supervisor.kill(self.central_process)

    def carry_bundles(self, central_config):
        """A log and a whole feed, on a stick for everybody to find."""
        carried = self.make_folder("carried")
        self.keping("bundle", "export", "--from", "1", "--to", os.path.join(carried, "log.kbundle"),
                    "--edge", self.edge_config, accept=(0,))
        self.keping("bundle", "export", "--for", NODE, "--whole-feed", "--to",
                    os.path.join(carried, "answer.kbundle"), "--central", central_config, accept=(0,))

    def carry_backup(self, central_config):
        """The centre with its keys, for everybody to find; and its rows as they come out of it."""
        escrow = self.path("escrow")
        backup = self.path("carried", "backup")
        self.keping("escrow", "new-key", "--to", escrow, accept=(0,))
        self.keping("central", "backup", "--to", backup, "--escrow", escrow + ".pub", "--config",
                    central_config, accept=(0,))
        with open(central_config, encoding="utf-8") as file:
            config = file.read()
        for kind in ("central", "central-keys"):
            config = config.replace(f'"{self.path(kind)}"', f'"{self.path("restored-" + kind)}"')
        self.keping("central", "restore", backup, "--into-config",
                    self.write("restored.textproto", config), "--escrow-key", escrow, accept=(0,))

    # ---- Where to look.

    def places(self):
        """What lies there, in small letters."""
        places = {}
        for folder in ("edge", "central", "logs", "stick", "carried"):
            for path in self.files_below(folder):
                places[os.path.relpath(path, self.folder)] = self.read(path)
        places["export.klog"] = self.read(self.path("export.klog"))
        for kind in ("edge", "central", "restored-central"):
            # Inside compressed blocks too.
            places[f"rows of {kind}"] = subprocess.run(
                [os.path.join(BUILD, "tests", "keping_dump_store"), self.path(kind, "db")],
                check=True, capture_output=True).stdout.lower()
        for kind in ("edge", "central"):
            for state in ("running", "stopped"):
                name = f"{kind}-{state}.tar.zst"
                places[name] = subprocess.run(["tar", "--zstd", "-xOf", self.path(name)], check=True,
                                              capture_output=True).stdout.lower()
        del places["edge/ballast"]
        return places

    def files_below(self, folder):
        for parent, _, names in os.walk(self.path(folder)):
            for name in names:
                path = os.path.join(parent, name)
                if os.path.isfile(path):
                    yield path

    @staticmethod
    def read(path):
        with open(path, "rb") as file:
            return file.read().lower()

    # ---- What to look for.

    def secrets_of_people(self):
        secrets = {f"word {word}": word.encode() for word in
                   re.findall(r"[a-z0-9]{5,}", f"{RECEIVER} {PASSWORD}".lower())}
        for text in (self.first_password, re.sub(r"\W", "", self.first_password)):
            secrets[f"first password {text}"] = text.lower().encode()
        for person in self.people():
            prr = person["prr"]
            for field in ("nik", "name", "address"):
                secrets[f"{field} of {prr}"] = person[field].lower().encode()
            for word in re.findall(r"[a-z]{5,}", (person["name"] + " " + person["address"]).lower()):
                if word.encode() not in COMMON_WORDS:
                    secrets[f"word of {prr}"] = word.encode()
            picture = person["picture"]
            for start in range(len(picture) // 4, len(picture) - SLICE, len(picture) // 6):
                secrets[f"picture of {prr} from {start}"] = picture[start:start + SLICE].lower()
        return secrets

    def secrets_of_nodes(self):
        secrets = {}
        for folder in ("edge-keys", "central-keys"):
            for path in self.files_below(folder):
                with open(path, "rb") as file:
                    content = file.read()
                name = os.path.relpath(path, self.folder)
                if b"PRIVATE KEY" in content:
                    lines = content.splitlines()[1:-1]
                    secrets.update({f"{name} line {i}": line.lower() for i, line in enumerate(lines)})
                elif name.endswith(".key"):
                    secrets[name] = content.lower()
                    secrets[f"{name} in hex"] = content.hex().encode()
        self.assertGreater(len(secrets), 12)
        return secrets

    def check_that_the_search_finds(self, places, needles):
        """A search that looks in the wrong place passes for ever."""
        people = b"".join(self.read(path) for path in self.files_below("people"))
        self.assertTrue(all(needle in people for what, needle in needles.items() if " of " in what))
        for place in ("rows of edge", "rows of central", "rows of restored-central", "export.klog"):
            self.assertIn(b"prr-5106-", places[place], place)
        for place in ("logs/edge-program.log", "edge-running.tar.zst", "edge-stopped.tar.zst"):
            self.assertIn(b"edge_node_ready", places[place], place)
        self.assertTrue(any(place.endswith(".sst") for place in places))
        self.assertTrue(any(place.startswith("stick/") for place in places))
        for name in ("log", "answer"):
            self.assertIn(b"recipient", places[f"carried/{name}.kbundle"])
        self.assertIn(b"centre_key", places["carried/backup/manifest.textproto"])
        self.assertIn("carried/backup/keys.sealed", places)
        self.assertIn(b"store.json", places["central-stopped.tar.zst"])


if __name__ == "__main__":
    unittest.main()
