"""Who is offered what on the pages is who may do it at the nodes: compares the tables of both sides.

The nodes decide by tables in C++, the pages hide by tables in TypeScript. Here stands which rows of the
one speak of which rows of the other; a row that is not here, or is not found, is a finding too.
"""

import re

COUNTER_RULES = "edge_node/core/roles.cc"
COUNTER_ACTS = "edge_node/core/roles.h"
COUNTER_MENU = "edge_node/counter/web/src/menu.ts"
COUNTER_UPKEEP = "edge_node/counter/web/src/upkeep.ts"

# What the page's act asks the node for (OfficeAct); all of them. None: everybody on the roster may.
COUNTER = {
    "count": ["kCountStock"], "openBox": ["kOpenBox"], "receiveEarly": ["kReceiveTransfer"], "spoil": ["kSpoilBlank"],
    "lend": ["kLendBlanks"], "receiveLent": ["kReceiveTransfer"], "lendings": [], "status": ["kReadPersonalData"],
    "atCounter": ["kHandOver"], "manifest": ["kHandOver"], "handOver": ["kHandOver"], "answer": ["kHandOver"],
    "manifestShow": [], "burn": ["kDestroyCards"], "supplyIn": ["kMoveConsumable"],
    "supplySettle": ["kMoveConsumable"], "openStock": ["kOpenStock"], "rescan": ["kOpenStock"],
    "shiftOpen": ["kKeepShift"], "shiftClose": ["kKeepShift"], "dayReport": ["kReportDay"],
    "phoneGrant": ["kUseGrant"], "password": ["kChangeOwnPassword"], "lateReceive": ["kEnterLate", "kReceiveTransfer"],
    "lateSpoiled": ["kEnterLate", "kSpoilBlank"], "lateCount": ["kEnterLate", "kCountStock"],
    "lateHandOver": ["kEnterLate", "kHandOver"], "lateAnswers": ["kEnterLate", "kHandOver"], "stickOut": [],
    "stickIn": [], "countPaper": [], "blankForm": [],
    # At a printer (upkeep.ts).
    "test": ["kPrintTestCard"], "maintain": ["kMaintainPrinter"], "install": ["kMoveConsumable"],
    "remove": ["kMoveConsumable"], "destroy": ["kDestroyConsumable"], "release": ["kReleasePrinter"],
    "adopt": ["kAdoptPrinter"], "grant": ["kOverride"], "day": ["kCorrectOfficeDay"],
}

DOOR = "central_node/console/officer_door.cc"
CONSOLE_ROLES = "central_node/console/web/src/roles.ts"
CONSOLE_PAGE = "central_node/console/web/src/"
_CORE = "central_node/core/"

# Key of MAY: the door's methods; where the core has its own roles, the file and what stands before them; and
# the calls of a screen that has to ask for this key.
CONSOLE = {
    "administer": (["SetOfficer", "CreateEnrolmentCode"],
                   [("central_node/console/desk_console.cc", "DeskConsole::CloseDays(")], ["closeDays"]),
    "staff": (["AddOperator", "RemoveOperator", "CertifyOperator", "RequireApplication"], [], []),
    "send": (["DispatchBlanks"], [], []),
    "takeIn": ([], [(_CORE + "step_stock.cc", "CheckDelivery(const")], ["receiveDelivery"]),
    "lease": (["MoveLease", "IssueGrant", "CloseNode", "AcceptClaims"], [], []),
    "keepStock": ([], [(_CORE + "step_loans.cc", "WhyNotKeeper(const")], ["enterLoan", "enterSupply"]),
    "askForBlanks": ([], [(_CORE + "officers.cc", "WhyNotRequestBlanks(const")], ["requestBlanks"]),
    "keepNumbers": (["VoidPaper"], [], []),
    "enterForPlan": ([], [(_CORE + "step_desk.cc", "On(const Enter&")],
                     ["enterAbsence", "enterReadiness", "statePrinter", "reportFigures", "identifyBlank"]),
    "setPolicy": ([], [(_CORE + "officers.cc", "WhyNotSetPolicy(const")], ["setPolicy"]),
    "examine": ([], [(_CORE + "step_desk.cc", "On(const ReadSubject&"),
                     ("central_node/console/evidence_console.cc", "PackEvidence(\n")],
                ["packEvidence", "listInvitations", "reportSubject"]),
}


def page_roles(tree):
    """Yields (path, line, message)."""
    if COUNTER_MENU in tree.paths:
        yield from _counter(tree)
    if CONSOLE_ROLES in tree.paths:
        yield from _console(tree)


def _line(text, position):
    return text.count("\n", 0, position) + 1


def _cpp_roles(text):
    return {re.sub(r"(?<!^)([A-Z])", r"_\1", name).upper() for name in re.findall(r"Role::k(\w+)", text)}


def _ts_roles(text):
    return set(re.findall(r"[A-Z][A-Z_]+", text.replace("Role.", "")))


def _words(roles):
    return ", ".join(sorted(roles)).lower() or "nobody"


def _rules_of_offices(tree):
    """OfficeAct: the roles that may; a name of the enum without a rule has None."""
    text = tree.text(COUNTER_RULES)
    sets = {name: _cpp_roles(body)
            for name, body in re.findall(r"const Roles& (\w+)\(\) \{(.*?)\n\}", text, re.DOTALL)}
    found = {act: sets.get(named) if named else _cpp_roles(listed) for act, named, listed in
             re.findall(r'\{OfficeAct::(\w+),\s*"[^"]*",\s*(?:(\w+)\(\)|\{([^}]*)\})', text)}
    enum = re.search(r"enum class OfficeAct \{(.*?)\};", tree.text(COUNTER_ACTS), re.DOTALL).group(1)
    return {act: found.get(act) for act in re.findall(r"^\s*(k\w+)", enum, re.MULTILINE)}


def _object_at(text, position):
    """The innermost {…} around a position."""
    start, depth = position, 0
    while depth >= 0:
        start -= 1
        depth += {"}": 1, "{": -1}.get(text[start], 0)
    end, depth = position, 0
    while depth >= 0:
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        end += 1
    return text[start:end]


def _counter(tree):
    rules = _rules_of_offices(tree)
    for act in (act for act, roles in rules.items() if not roles):
        yield COUNTER_RULES, 1, f"has no roles that can be read for {act}"
    sets, seen = {}, set()
    for path, row in ((COUNTER_MENU, r'\bact: "(\w+)"'), (COUNTER_UPKEEP, r'\bform: (?:blankForm\("(\w+)"|(maintain)\()')):
        text = tree.text(path)
        sets.update({name: _ts_roles(roles) for name, roles in re.findall(r"const (\w+) = only\(([^)]*)\)", text)})
        for match in re.finditer(row, text):
            act, line = match.group(1) or match.group(2), _line(text, match.start())
            seen.add(act)
            if act not in COUNTER:
                yield path, line, f"offers {act}: say in tests/tidy/page_roles.py which OfficeAct it is"
                continue
            allowed = re.search(r"\ballowed: (\w+)", _object_at(text, match.start()))
            offered = _everybody(rules) if allowed is None else sets.get(allowed.group(1), set())
            yield from _differs_at_counter(path, line, act, offered, rules)
    for act in sorted(COUNTER.keys() - seen):
        yield COUNTER_MENU, 1, f"does not offer {act} any more: strike it in tests/tidy/page_roles.py"


def _everybody(rules):
    return set().union(*(roles or set() for roles in rules.values()))


def _differs_at_counter(path, line, act, offered, rules):
    may = _everybody(rules)
    for needed in COUNTER[act]:
        may = may & (rules.get(needed) or set())
    if offered != may:
        yield path, line, f"offers {act} to {_words(offered)}; the node lets {_words(may)}"


def _console(tree):
    door = {method: _cpp_roles(roles)
            for method, roles in re.findall(r'\{"(\w+)",\s*\{([^}]*)\}\}', tree.text(DOOR))}
    text = tree.text(CONSOLE_ROLES)
    table = re.search(r"MAY = \{(.*?)\n\}", text, re.DOTALL).group(1)
    offered = {key: _ts_roles(roles) for key, roles in re.findall(r"^\s*(\w+): \[([^\]]*)\]", table, re.MULTILINE)}
    known = {method for methods, _, _ in CONSOLE.values() for method in methods}
    for method in sorted(known ^ door.keys()):
        yield DOOR, 1, f"and CONSOLE in tests/tidy/page_roles.py do not both have {method}"
    for key in sorted(offered.keys() ^ CONSOLE.keys()):
        yield CONSOLE_ROLES, 1, f"and CONSOLE in tests/tidy/page_roles.py do not both have {key}"
    for key in sorted(offered.keys() & CONSOLE.keys()):
        methods, cores, calls = CONSOLE[key]
        may = [(method, door.get(method, set())) for method in methods]
        may += [(before.strip("( \n"), _roles_after(tree.text(path), before)) for path, before in cores]
        for what, roles in may:
            if roles != offered[key]:
                line = _line(text, text.index(f"  {key}: ["))
                yield CONSOLE_ROLES, line, f"{key} has {_words(offered[key])}; {what} of the centre lets {_words(roles)}"
        yield from _asked(tree, key, [method[0].lower() + method[1:] for method in methods] + calls)


def _roles_after(text, before):
    """The first list of roles after some text; nobody where it is gone."""
    start = text.find(before)
    listed = re.search(r"\{((?:\s*(?:domain::)?Role::k\w+,?)+)\}", text[start:]) if start >= 0 else None
    return _cpp_roles(listed.group(1)) if listed else set()


def _asked(tree, key, calls):
    """A screen that makes a call asks first whether this person may."""
    made = set()
    for path in tree.paths:
        if not path.startswith(CONSOLE_PAGE) or not path.endswith(".ts"):
            continue
        text = re.sub(r"//[^\n]*", "", tree.text(path))
        for match in re.finditer(r"\brpc\.\w+\.(" + "|".join(calls) + r")\(", text):
            made.add(match.group(1))
            if f"MAY.{key})" not in text:
                yield path, _line(text, match.start()), f"calls {match.group(1)} and does not ask for MAY.{key}"
    for call in sorted(set(calls) - made):
        yield CONSOLE_ROLES, 1, f"no screen calls {call}: strike it in tests/tidy/page_roles.py"
