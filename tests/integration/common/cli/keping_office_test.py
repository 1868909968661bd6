"""Stock and handover of an office through the `keping` command, its socket and a real edge node."""

import os
import unittest

from office_case import OfficeCase

VILLAGE = "51.06.01.2001"
TWO_PERSONS = ["--operator", "ayu", "--second", "made"]


class KepingOfficeTest(OfficeCase):

    def piles(self):
        return {pile["pile"]: pile["serials"]
                for pile in self.done("stock", "show", "--serials")["piles"]}

    def test_go_live_count_and_fire(self):
        opened = self.done("stock", "open", "spoiled", "--serials", "C1..C3", "--minutes", "470/1",
                           *TWO_PERSONS)
        self.assertEqual(opened["quantity"], "3")
        self.refused("K-191", "stock", "open", "tray", "--serials", "C1", "--minutes", "470/1",
                     *TWO_PERSONS)
        self.refused("K-173", "stock", "open", "tray", "--serials", "D1", "--minutes", "470/1",
                     "--operator", "ayu", "--second", "ayu")
        scans = os.path.join(self.folder, "scans.txt")
        with open(scans, "w", encoding="ascii") as file:
            file.write("A0003..A0018\r\nC1\n")
        count = self.done("stock", "count", "tray", "--scanned-file", scans, "--operator", "ayu")
        self.assertEqual((count["missing"], count["surplus"]),
                         ("A0019..A0020", [{"serial": "C1", "book_place": "spoiled"}]))
        self.done("stock", "spoil", "A0003", "--cause", "warped", "--step", "storage",
                  "--operator", "ayu")
        burnt = self.done("stock", "destroy", "--serials", "C1,A0003", "--minutes", "470/2",
                          "--witness", "I Nyoman Saksi", "--witness", "Ni Luh Dua", *TWO_PERSONS)
        names = self.done("stock", "names", burnt["act"], "--operator", "ayu")
        self.assertEqual(names["names"], ["I Nyoman Saksi", "Ni Luh Dua"])
        self.assertEqual(self.piles(), {"PILE_TRAY": "A0004..A0020", "PILE_SPOILED": "C2..C3",
                                        "PILE_PRINTED": "A0001..A0002"})

    def test_a_delivery_before_its_record_and_late_paper(self):
        receive = ["stock", "receive", "BAST-17", "--serials", "D1..D5", "--operator", "ayu"]
        self.refused("K-131", *receive)
        form = ["--form", "F/12", "--stated-at", "2017-04-26T14:30:00+08:00"]
        received = self.done(*receive, "--before-dispatch", *form)
        self.assertEqual((received["received"], received["unmatched"]), ("5", True))
        late = ["--form", "F/13", "--stated-at", "2097-04-26T14:30:00+08:00"]
        self.refused("K-199", "stock", "spoil", "D1", "--cause", "factory", "--operator", "ayu",
                     *late)
        answer = self.edge("stock", "spoil", "D1", "--cause", "factory", "--operator", "ayu",
                           "--form", "F/13")
        self.assertEqual(answer.returncode, 2)
        self.assertIn(b"--stated-at", answer.stderr)

    def test_from_the_manifest_to_the_resident(self):
        ready = self.done("handover", "list")["villages"]
        self.assertEqual(ready, [{"village": VILLAGE, "ready": "2"}])
        made = self.done("handover", "manifest", VILLAGE, "--operator", "ayu")["manifest"]
        manifest = made["manifest"]
        paper = self.edge("handover", "paper", manifest, "--operator", "ayu")
        self.assertEqual(paper.returncode, 0)
        self.assertTrue(paper.stdout.startswith(b"%PDF-"))
        text = self.edge("handover", "paper", manifest, "--text", "--operator", "ayu").stdout
        self.assertIn("Ni Wayan 1", text.decode())
        self.assertIn("510601********01", text.decode())
        left = self.done("handover", "hand-over", manifest, "--receiver", "I Ketut Kepala",
                         "--day", "2017-04-28", "--operator", "ayu")
        self.assertEqual((left["left"], left["kept_back"]), ("2", ""))
        ask = ["handover", "status", "--operator", "ayu"]
        nik = b"5106014101900001\n"
        self.assertEqual(self.done(*ask, typed=nik), {"status": "RESIDENT_STATUS_HANDED_OVER",
                                                     "since_days": 17284})
        answered = self.done("handover", "answer", "--manifest", manifest, "--returned", "A0002",
                             "--rest-delivered", "--operator", "ayu")
        self.assertEqual((answered["delivered"], answered["still_out"]), ("1", "0"))
        self.assertEqual(self.done(*ask, typed=nik)["status"], "RESIDENT_STATUS_DELIVERED")
        self.done("handover", "answer", "--delivered", "A0002", "--operator", "ayu")
        places = [card["place"] for card in self.done("handover", "show", manifest)["cards"]]
        self.assertEqual(places, ["delivered", "delivered"])
        self.assertEqual(self.edge(*ask, typed=nik).stdout, b"delivered since 2017-04-27\n")

    def test_a_nik_is_no_argument_and_is_not_repeated(self):
        for language, sentence in (("en", b"does not take"), ("id", b"tidak dikenal")):
            answer = self.edge("handover", "status", "5106014101900001", "--operator", "ayu",
                               "--lang", language)
            self.assertEqual(answer.returncode, 2)
            self.assertIn(sentence, answer.stderr)
            self.assertNotIn(b"5106014101900001", answer.stderr)

    def test_two_counters_do_not_collide(self):
        self.done("stock", "reserve", "--blank", "A0003", "--counter", "loket 1", "--operator", "made")
        self.done("stock", "reserve", "--prr", "prr-003", "--counter", "loket 1", "--operator", "made")
        self.refused("made at loket 1", "print", "--blank", "A0003", "--operator", "ayu")
        printed = self.done("print", "--blank", "A0004", "--operator", "ayu")
        self.assertEqual(printed["prr"], "prr-004")
        held = self.done("stock", "reservations")["reservations"]
        self.assertEqual([one["operator_id"] for one in held], ["made", "made"])
        self.done("stock", "release", "--blank", "A0003", "--counter", "loket 1", "--operator", "made")
        self.assertEqual(len(self.done("stock", "reservations")["reservations"]), 1)

    def test_wrong_usage_is_2(self):
        for words in [["stock"], ["stock", "open", "tray"], ["stock", "count", "heap"],
                      ["handover", "answer"], ["stock", "reserve", "--operator", "ayu"]]:
            self.assertEqual(self.edge(*words).returncode, 2, words)


if __name__ == "__main__":
    unittest.main()
