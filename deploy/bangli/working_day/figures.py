"""What the nodes say about the day, read through their APIs, and the figures made of it.

    said = read(district)                    # the answers, as they came
    figures = totals(said, seconds=41.2)     # the report
"""

from typing import NamedTuple

TRAINING = "K-102"
DUTY = "K-113"
# Where a good card may be in the district's ledger, until it is destroyed.
GOOD = ("printed_ready", "handed_over", "delivered", "returned", "withdrawn")


class Said(NamedTuple):
    edges: dict    # node -> status
    jobs: dict     # node -> jobs, newest first
    central: dict  # status
    stock: dict
    nodes: dict    # node -> what the centre knows of it
    cases: list
    ledger: dict   # of the nation


def read(district):
    edges = {node: office.edge for node, office in district.offices.items()}
    return Said(
        edges={node: edge.status() for node, edge in edges.items()},
        jobs={node: edge.jobs() for node, edge in edges.items()},
        central=district.central.status(),
        stock=district.central.stock(),
        nodes=district.central.nodes(),
        cases=district.central.cases(),
        ledger=district.national.ledger())


def total(said, name):
    """The sum of one number over the offices."""
    return sum(int(status[name]) for status in said.edges.values())


def refusals(status, code):
    return sum(int(one["count"]) for one in status["refusals"] if one["code"] == code)


def balance(stock, account, holder=None):
    """Blanks in an account: at one holder, or at all of them."""
    return sum(int(one["quantity"]) for one in stock["balances"]
               if one["account"] == account and holder in (None, one["holder"]))


def mask(entity):
    """An id with all but its last four characters hidden."""
    return "…" + entity[-4:]


def case_row(case):
    return {"kind": case["kind"].removeprefix("CASE_KIND_").lower(),
            "entity": mask(case["prr"] or case["blank"]),
            "state": case["state"].removeprefix("CASE_STATE_").lower()}


def totals(said, seconds):
    central, stock = said.central, said.stock
    reported = sum(int(central[name]) for name in
                   ("reports_waiting", "reports_confirmed", "reports_rejected"))
    return {
        "prr_received": int(central["prrs_received"]),
        "blanks_allotted": int(central["blanks_allotted"]),
        "nodes": int(central["nodes"]),
        "cards_fed": total(said, "cards_fed"),
        "cards_good": total(said, "cards_good"),
        "cards_printed_offline": total(said, "cards_fed_offline"),
        "blanks_spoiled": total(said, "blanks_spoiled"),
        "blanks_in_node_stock": total(said, "blanks_in_tray"),
        "blanks_in_transit": balance(stock, "in_transit"),
        "blanks_district": balance(stock, "district_stock"),
        "blanks_in_doubt": total(said, "blanks_in_doubt"),
        "blanks_unaccounted": int(stock["unaccounted"]),
        "conservation": "balanced" if stock["balanced"] else "not balanced",
        "doubts_opened": total(said, "doubts_opened"),
        "doubts_resolved": total(said, "doubts_resolved"),
        "duty_refusals": sum(refusals(status, DUTY) for status in said.edges.values()),
        "training_refusals": sum(refusals(status, TRAINING) for status in said.edges.values()),
        "cases": [case_row(case) for case in said.cases],
        "events_sent": total(said, "log_entries"),
        "events_proven": total(said, "log_entries_proven"),
        "bytes_uplink": int(central["bytes_received"]),
        "national_reported": reported,
        "national_confirmed": int(central["reports_confirmed"]),
        "seconds": round(seconds, 1),
    }
