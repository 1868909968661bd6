"""A small district that agrees with itself: two offices, three cards, one of them spoiled."""

from types import SimpleNamespace

from figures import Said
from office import Seen

OPTIONS = SimpleNamespace(prrs=40, cards=2)


class Printer:
    def __init__(self, acts):
        self.started = list(acts)
        self.finished = set(acts)

    def started_jobs(self):
        return self.started

    def finished_cards(self):
        return self.finished


def _status(**counts):
    status = {"blanks_bound": "0", "blanks_in_doubt": "0", "doubts_opened": "0",
              "doubts_resolved": "0", "cards_fed_offline": "0", "proof_code": "ab12", "refusals": [],
              **{name: str(count) for name, count in counts.items()}}
    status["cards_good"] = status["blanks_used"]
    status["log_entries_proven"] = status["log_entries"]
    return status


def _balance(account, quantity, holder=""):
    return {"account": account, "holder": holder, "quantity": str(quantity)}


def said():
    edges = {"susut": _status(cards_fed=2, blanks_used=2, blanks_spoiled=0, blanks_in_tray=8,
                              log_entries=12),
             "dinas": _status(cards_fed=1, blanks_used=0, blanks_spoiled=1, blanks_in_tray=9,
                              log_entries=8)}
    edges["susut"]["refusals"] = [{"code": "K-102", "count": "1"}, {"code": "K-113", "count": "0"}]
    jobs = {"susut": [{"act": "a2", "state": "good"}, {"act": "a1", "state": "good"}],
            "dinas": [{"act": "a4", "state": "unused"}, {"act": "a3", "state": "spoiled"}]}
    central = {"prrs_received": "40", "blanks_allotted": "20", "nodes": "2", "node_entries": "20",
               "reports_waiting": "0", "reports_confirmed": "3", "reports_rejected": "0",
               "bytes_received": "4096"}
    stock = {"balances": [_balance("node_stock", 8, "susut"), _balance("node_stock", 9, "dinas"),
                          _balance("printed_ready", 2, "susut"), _balance("spoiled", 1, "dinas"),
                          _balance("district_stock", 0)],
             "accounted": "20", "issued": "20", "balanced": True, "unaccounted": "0"}
    nodes = {node: {"proven_seq": status["log_entries"], "proof_code": "ab12", "problem": ""}
             for node, status in edges.items()}
    cases = [{"kind": "CASE_KIND_WITHDRAWN_PRINTED", "prr": "PRR-5106-0000042", "blank": "",
              "state": "CASE_STATE_CLOSED"}]
    ledger = {"records_handed_out": 40, "blanks_allotted": 20, "printed": 2, "spoiled": 1,
              "rejected": 0, "printed_withdrawn": 1}
    return Said(edges, jobs, central, stock, nodes, cases, ledger)


def offices():
    plan = [{"prr": "p1", "enrolled_at_micros": "10"}, {"prr": "p2", "enrolled_at_micros": "20"}]
    return {
        "susut": SimpleNamespace(
            place=SimpleNamespace(name="Susut"), printer=Printer(["a1", "a2"]), stock=["b"] * 8,
            plan=plan, seen=Seen(fed=2, good=2, refusals={"K-102": 1}, prrs=["p1", "p2"],
                                 people=[b"1", b"2"])),
        "dinas": SimpleNamespace(
            place=SimpleNamespace(name="Dinas"), printer=Printer(["a3"]), stock=["b"] * 9,
            plan=plan, seen=Seen(fed=1, spoiled=1)),
    }


def verify_report():
    stores = [{"program": "edge", "node": node, "differences": [], "totals": []}
              for node in ("susut", "dinas")]
    totals = [_balance("node_stock", 8, "susut"), _balance("node_stock", 9, "dinas"),
              _balance("printed_ready", 2, "susut"), _balance("spoiled", 1, "dinas"),
              _balance("centre", -20)]
    stores.append({"program": "central", "node": "bangli", "differences": [], "totals": totals})
    return {"passed": True, "stores": stores, "differences": []}
