"""The figures that Prometheus gets, with real programs: they are those of the status, and tell of
nobody."""

import re
import unittest
import urllib.error
import urllib.request

from small_district import NODE, SmallDistrictTest

METRICS = 'metrics { listen: ":0" }\n'
SERIES = re.compile(r"^(\w+)\{(.*)\} (\S+)$", re.MULTILINE)


class MetricsTest(SmallDistrictTest):
    EDGE_CONFIG = METRICS

    def write_central_config(self):
        super().write_central_config()
        with open(self.path("central.textproto"), "a", encoding="utf-8") as file:
            file.write(METRICS)

    def page(self, process):
        url = re.search(r" metrics=(http://127\.0\.0\.1:\d+/metrics)", process.ready).group(1)
        with urllib.request.urlopen(url) as answer:
            return answer.read().decode()

    def figures(self, process):
        """(metric, labels without the node's own) -> value"""
        found = {}
        for name, labels, value in SERIES.findall(self.page(process)):
            others = dict(re.findall(r'(\w+)="([^"]*)"', labels))
            others.pop("district" if name.startswith("keping_central") else "office", None)
            found[name, *others.values()] = float(value)
        return found

    def office_figures(self):
        return self.figures(self.edge_process)

    def district_figures(self):
        return self.figures(self.central_process)

    def test_the_office_says_what_its_status_says(self):
        self.start_office()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.keping("edge", "print", "--operator", "nobody", "--blank", self.office.stock[0],
                    "--config", self.edge_config, accept=(3,))
        self.wait_until("the refusal to be proven", self.log_is_proven)
        status = self.edge.status()
        figures = self.office_figures()
        for metric, field in ((("keping_edge_log_entries",), "log_entries"),
                              (("keping_edge_records_printable",), "prrs_printable"),
                              (("keping_edge_blanks", "tray"), "blanks_in_tray"),
                              (("keping_edge_blanks", "used"), "blanks_used"),
                              (("keping_edge_prints", "good"), "cards_good")):
            self.assertEqual(figures[metric], float(status[field]), metric)
        self.assertEqual(figures["keping_edge_prints", "good"], 1)
        self.assertEqual(figures["keping_edge_log_entries_unproven",], 0)
        self.assertEqual(figures["keping_edge_link_up",], 1)
        refusal = status["refusals"][0]
        self.assertEqual(figures["keping_edge_refusals_total", refusal["code"]], float(refusal["count"]))
        self.assertGreater(figures["keping_edge_disk_free_bytes",], 0)
        self.stop_central()
        self.wait_until("the link to be gone",
                        lambda: self.office_figures()["keping_edge_link_up",] == 0)

    def test_the_district_says_what_its_status_says_and_when_it_was_backed_up(self):
        self.start_office()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        self.wait_until("the report", lambda: int(self.central.status()["reports_confirmed"]) == 1)
        figures = self.district_figures()
        self.assertEqual(figures["keping_central_office_connected", NODE], 1)
        self.assertEqual(figures["keping_central_office_contact_age_seconds", NODE], 0)
        self.assertEqual(figures["keping_central_offices", "connected"], 1)
        self.assertEqual(figures["keping_central_blanks", "node_stock"], self.DISPATCHED - 1)
        self.assertEqual(figures["keping_central_office_blanks", NODE], self.DISPATCHED - 1)
        self.assertEqual(figures["keping_central_national_reports", "confirmed"], 1)
        self.assertEqual(figures["keping_central_national_circuit", "closed"], 1)
        self.assertEqual(figures["keping_central_ledger_balanced",], 1)
        self.assertEqual(figures["keping_central_records_received",], self.PRRS)
        self.assertNotIn(("keping_central_backup_age_seconds",), figures)
        self.keping("central", "backup", "--to", self.path("backup"), "--config",
                    self.path("central.textproto"), accept=(0,))
        self.assertIn(("keping_central_backup_age_seconds",), self.district_figures())
        self.kill_edge()
        self.stop_central()
        self.start_central()
        figures = self.district_figures()
        self.assertIn(("keping_central_backup_age_seconds",), figures)
        self.assertEqual(figures["keping_central_offices", "silent"], 1)

    def test_no_page_tells_of_anybody(self):
        self.start_office()
        self.print_card()
        self.wait_until("the log to be proven", self.log_is_proven)
        pages = self.page(self.edge_process) + self.page(self.central_process)
        self.assertIn(NODE, pages)
        for person in self.people():
            for secret in (person["nik"], person["name"], person["prr"]):
                self.assertNotIn(secret, pages)
        for serial in self.office.stock:
            self.assertNotIn(serial, pages)

    def test_there_is_nothing_else(self):
        self.start_district()
        self.assertIn("# TYPE keping_central_info gauge", self.page(self.central_process))
        url = re.search(r" metrics=(\S+)", self.central_process.ready).group(1)
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(url + "/../keping.central.v1.DistrictService/GetStatus")
        self.assertEqual(refused.exception.code, 404)
        refused.exception.close()


if __name__ == "__main__":
    unittest.main()
