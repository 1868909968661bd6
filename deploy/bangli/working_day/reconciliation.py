"""Compares what the nodes say with every other witness of the day: the centre with the offices, the
nation's own ledger, the cards that lie in the printers' trays, the people at the counters, and the
raw logs as `keping verify` counts them. What differs is a sentence.

    book = Comparisons()
    compare_day(book, said, offices, options, story.withdrawn)
    compare_stores(book, said, verify_report)
    compare_standing(book, said, offices)     # what holds on every day
    book.differences          # [] on a good day
"""

import figures


class Comparisons:
    def __init__(self):
        self.made = 0
        self.differences = []

    def same(self, what, got, want, witness):
        self.made += 1
        if got != want:
            self.differences.append(f"{what}: got {_shown(got)}, want {_shown(want)} as {witness}")


def _shown(value):
    return f"{value:,}" if isinstance(value, int) else str(value)


def compare_day(book, said, offices, options, withdrawn):
    """`withdrawn` is the PRR of the one card that must be a case."""
    book.same("records received", int(said.central["prrs_received"]), options.prrs,
              "asked for by --prrs")
    book.same("records with a case", [case["prr"] for case in said.cases], [withdrawn],
              "happened on this day")
    compare_standing(book, said, offices)
    for node, office in offices.items():
        _compare_counter(book, said, node, office)
    people = [person for office in offices.values() for person in office.seen.people]
    book.same("people with a good card", len(set(people)), len(people), "cards were handed out")


def compare_standing(book, said, offices, ruined=None):
    """Whenever all is proven and answered: nothing was lost and nothing happened twice. `ruined`: of
    a node, the acts of which a person holds a spoiled blank, printed on or not."""
    _compare_nation(book, said)
    _compare_custody(book, said)
    for node, office in offices.items():
        _compare_printer(book, said, node, office, (ruined or {}).get(node, set()))
        _compare_centre(book, said, node)


def _compare_nation(book, said):
    ledger, central = said.ledger, said.central
    nation = "the nation's ledger says"
    book.same("records received", int(central["prrs_received"]), ledger["records_handed_out"], nation)
    book.same("blanks allotted", int(central["blanks_allotted"]), ledger["blanks_allotted"], nation)
    book.same("good cards", figures.total(said, "cards_good"), ledger["printed"], nation)
    book.same("spoiled blanks", figures.total(said, "blanks_spoiled"), ledger["spoiled"], nation)
    book.same("reports confirmed", int(central["reports_confirmed"]),
              ledger["printed"] + ledger["spoiled"], nation)
    book.same("reports rejected", int(central["reports_rejected"]), ledger["rejected"], nation)
    book.same("reports rejected", ledger["rejected"], 0, "every report is true")
    book.same("reports waiting", int(central["reports_waiting"]), 0, "the link is up")
    withdrawn = sum(case["kind"] == "CASE_KIND_WITHDRAWN_PRINTED" for case in said.cases)
    book.same("withdrawn cards printed", withdrawn, ledger["printed_withdrawn"], nation)


def _compare_custody(book, said):
    """The closing equation over the district, from the offices' own counts."""
    stock = said.stock
    book.same("custody ledger balanced", stock["balanced"], True, "it must close")
    book.same("blanks accounted for", int(stock["accounted"]), int(stock["issued"]),
              "the ledger says were issued")
    book.same("blanks without an owner", int(stock["unaccounted"]), 0, "none may be")
    held = sum(figures.total(said, name) for name in (
        "blanks_in_tray", "blanks_bound", "blanks_in_doubt", "blanks_used", "blanks_spoiled"))
    aside = sum(figures.balance(stock, account) for account in (
        "district_stock", "in_transit", "missing", "contested"))
    book.same("blanks of the offices and the district", held + aside,
              int(said.central["blanks_allotted"]), "were allotted")
    book.same("entries of the offices' logs", figures.total(said, "log_entries"),
              int(said.central["node_entries"]), "the centre holds")


def _compare_printer(book, said, node, office, ruined):
    """The physical truth: each job began once, and each card that is fed lies in the tray."""
    name = office.place.name
    started = office.printer.started_jobs()
    lying = office.printer.finished_cards() | ruined
    fed = {job["act"] for job in said.jobs[node] if job["state"] != "unused"}
    book.same(f"{name}, jobs that the printer began", len(started), len(set(started)),
              "each may begin once")
    book.same(f"{name}, cards in the printer's tray", lying ^ fed, set(),
              "the office's jobs say")
    book.same(f"{name}, cards fed", int(said.edges[node]["cards_fed"]),
              len(lying), "lie in the printer's tray")


def _compare_counter(book, said, node, office):
    """What the person at the counter did and saw."""
    name, seen, status = office.place.name, office.seen, said.edges[node]
    operator = "the operator counted"
    book.same(f"{name}, cards fed", int(status["cards_fed"]), seen.fed, operator)
    book.same(f"{name}, good cards", int(status["cards_good"]), seen.good, operator)
    book.same(f"{name}, spoiled blanks", int(status["blanks_spoiled"]), seen.spoiled, operator)
    book.same(f"{name}, blanks in the tray", int(status["blanks_in_tray"]), len(office.stock),
              operator)
    book.same(f"{name}, doubts opened", int(status["doubts_opened"]), len(seen.doubts), operator)
    book.same(f"{name}, doubts resolved", int(status["doubts_resolved"]), len(seen.doubts), operator)
    told = {one["code"]: int(one["count"]) for one in status["refusals"] if int(one["count"])}
    book.same(f"{name}, refusals", told, seen.refusals, operator)
    first_enrolled = [record["prr"] for record in sorted(
        office.plan, key=lambda record: (int(record["enrolled_at_micros"]), record["prr"]))]
    book.same(f"{name}, order of the cards", seen.prrs, first_enrolled[:len(seen.prrs)],
              "people enrolled")


def _compare_centre(book, said, node):
    """The centre's view of an office against the office's own."""
    status, at_centre, stock = said.edges[node], said.nodes[node], said.stock
    book.same(f"{node}, proven entries", int(at_centre["proven_seq"]), int(status["log_entries"]),
              "the office wrote")
    book.same(f"{node}, receipt code", at_centre["proof_code"], status["proof_code"],
              "the office shows")
    book.same(f"{node}, trouble with the log", at_centre["problem"], "", "none may be")
    for accounts, name in ((("node_stock",), "blanks_in_tray"), (("bound_to_job",), "blanks_bound"),
                           (("in_doubt",), "blanks_in_doubt"), (figures.GOOD, "blanks_used"),
                           (("spoiled",), "blanks_spoiled")):
        booked = sum(figures.balance(stock, account, node) for account in accounts)
        book.same(f"{node}, {accounts[0]} at the centre", booked, int(status[name]),
                  "the office counts")


def compare_stores(book, said, report):
    """`keping verify` over the stopped stores: its own findings, and its totals from the raw logs."""
    for store in report["stores"]:
        book.same(f"verify, {store['program']} {store['node']}",
                  [one["sentence"] for one in store["differences"]], [], "none may be")
    book.same("verify, between the stores", [one["sentence"] for one in report["differences"]], [],
              "none may be")
    book.same("verify", report["passed"], True, "it must pass")
    book.same("stores verified", len(report["stores"]), len(said.edges) + 1, "there are")
    central = next(store for store in report["stores"] if store["program"] == "central")
    counted = {(one["account"], one["holder"]): int(one["quantity"]) for one in central["totals"]
               if int(one["quantity"]) > 0}
    booked = {(one["account"], one["holder"]): int(one["quantity"])
              for one in said.stock["balances"] if int(one["quantity"]) > 0}
    for place in sorted(counted.keys() | booked.keys()):
        book.same(f"blanks in {' of '.join(filter(None, place))}", booked.get(place, 0),
                  counted.get(place, 0), "the raw logs say")
