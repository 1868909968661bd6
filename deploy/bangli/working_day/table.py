"""The reconciliation as a table for people.

render(rows) aligns rows of cells: the first column to the left, the others to the right; a row of
one cell is a heading, None a rule.
"""

import figures


def render(rows):
    widths = [max(len(row[i]) for row in rows if row and len(row) > i and len(row) > 1)
              for i in range(max(len(row) for row in rows if row))]
    lines = []
    for row in rows:
        if row is None:
            lines.append("-" * (sum(widths) + 2 * (len(widths) - 1)))
        elif len(row) == 1:
            lines.append(row[0])
        else:
            cells = [row[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
            lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def day_table(said, offices):
    """Offices, their sum, what the centre's ledger says and what the nation says."""
    heads = [office.place.name for office in offices.values()]
    rows = [["", *heads, "Offices", "District", "Nation"], None]

    def add(title, numbers, district="", nation=""):
        rows.append([title, *map(_number, numbers), _number(sum(numbers)), _cell(district),
                     _cell(nation)])

    def column(name):
        return [int(said.edges[node][name]) for node in offices]

    def refused(code):
        return [figures.refusals(said.edges[node], code) for node in offices]

    def booked(account):
        return figures.balance(said.stock, account)

    central, ledger = said.central, said.ledger
    rows.append(["records received", *[""] * (len(heads) + 1), _cell(central["prrs_received"]),
                 _cell(ledger["records_handed_out"])])
    rows.append(["blanks allotted", *[""] * (len(heads) + 1), _cell(central["blanks_allotted"]),
                 _cell(ledger["blanks_allotted"])])
    rows.append(None)
    add("cards fed", column("cards_fed"))
    add("  while offline", column("cards_fed_offline"))
    add("  good", column("blanks_used"), sum(map(booked, figures.GOOD)), ledger["printed"])
    add("  spoiled", column("blanks_spoiled"), booked("spoiled"), ledger["spoiled"])
    add("blanks in stock", column("blanks_in_tray"), booked("node_stock"))
    add("  in doubt", column("blanks_in_doubt"), booked("in_doubt"))
    for title, account in (("  called back", "withdrawn"), ("  in transit", "in_transit"),
                           ("  at the district", "district_stock"),
                           ("  unaccounted", "unaccounted_claim")):
        rows.append([title, *[""] * (len(heads) + 1), _cell(booked(account))])
    rows += [None, ["prints refused"]]
    add("  K-102 not certified", refused(figures.TRAINING))
    add("  K-112 card in doubt", refused("K-112"))
    add("  K-113 daily duty", refused(figures.DUTY))
    add("doubts opened", column("doubts_opened"))
    add("  resolved", column("doubts_resolved"))
    rows.append(None)
    add("log entries", column("log_entries"), central["node_entries"])
    add("  proven", column("log_entries_proven"))
    rows.append(["receipt code", *[said.edges[node]["proof_code"] for node in offices]])
    return render(rows)


def _number(value):
    return f"{value:,}" if value else "·"


def _cell(value):
    return value if value == "" else _number(int(value))


def summary(report, doubt_answer):
    """The day in a few sentences, below its table."""
    found = {"good": "The card had come out of the printer: the scan says good, it counts as fed.",
             "unused": "No card had been fed: the blank went back to the stock, another was printed."}
    lines = [f"Custody: {report['conservation']}. {report['blanks_allotted']:,} allotted = "
             f"{report['blanks_in_node_stock']:,} in stock + {report['cards_good']:,} good "
             f"+ {report['blanks_spoiled']:,} spoiled + {_rest(report):,} elsewhere.",
             f"Doubt: a node was killed with a card in its printer. {found[doubt_answer]}"]
    for case in report["cases"]:
        lines.append(f"Case: {case['kind']} {case['entity']}, {case['state']}.")
    lines.append(f"Nation: {report['national_reported']:,} reported, "
                 f"{report['national_confirmed']:,} confirmed. "
                 f"Uplink: {report['bytes_uplink']:,} bytes. {report['seconds']:.0f} s in all.")
    if not report["differences"]:
        lines.append("All witnesses agree.")
    return "\n".join(lines)


def _rest(report):
    return (report["blanks_allotted"] - report["blanks_in_node_stock"] - report["cards_good"]
            - report["blanks_spoiled"])


def addresses(district, pid):
    """Where a district that was kept answers, and how to end it."""
    rows = [["central", district.central.socket]]
    rows += [[node, office.edge.socket] for node, office in district.offices.items()]
    lines = ["\nThe district goes on running. Its operator APIs, for keping --socket:"]
    lines += [f"  {name:10} {socket}" for name, socket in rows]
    lines += ["The counters' pages, for a browser; who signs in there, and the first password:"]
    lines += ["  {:10} {}  {}  {}".format(node, *district.counter_account(node))
              for node in district.offices]
    # The last of all: once there is an administrator, acts at the district want a session.
    lines += ["The district's console, for a browser; its administrator, and the first password:",
              "  {:10} {}  {}  {}".format("central", *district.console_account())]
    lines += ["Printers:"]
    lines += [f"  {node:10} {printer.uri}" for node, printer in district.printers.items()]
    lines += [f"National server: {district.national.address} (keys: {district.national.keys})",
              f"Files: {district.folders.data}",
              "Try:",
              f"  {district.program('keping')} central stock --socket {district.central.socket}",
              f"Stop it with: kill {pid}"]
    return "\n".join(lines)
