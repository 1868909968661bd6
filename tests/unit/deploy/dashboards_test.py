"""Dashboards and alert rules ask only for what the programs export, with its labels.

What they export is in the example pages deploy/dashboards/*.prom, which the unit tests of the metrics
compare with what the programs write.
"""

import json
import os
import re
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
DASHBOARDS = os.path.join(ROOT, "deploy", "dashboards")

# Of Prometheus itself: `up`, and what it adds to every series.
PROMETHEUS_METRICS = {"up": {}}
PROMETHEUS_LABELS = {"job", "instance"}
# Small closed sets. A record, a blank or a person would be a label without bound.
LABELS = {"account", "application", "code", "district", "kind", "office", "outcome", "place", "printer",
          "state", "supply", "version"}
# Of which the example pages have every value.
CLOSED_LABELS = {"account", "kind", "outcome", "place", "state", "supply"}
BASE_UNITS = ("_bytes", "_days", "_seconds")

STRING = r'"(?:[^"\\]|\\.)*"'
SERIES = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$")
LABEL = re.compile(rf"(\w+)\s*(=~|!~|!=|=)\s*({STRING})")
LABEL_LIST = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)")
RANGE = re.compile(r"\[[^\]]*\]")
SELECTOR = re.compile(r"(?<![\w.])([a-zA-Z_:][\w:]*)\s*(\{[^}]*\})?\s*(\()?")
OPERATORS = {"and", "or", "unless", "bool", "offset"}


def read(name):
    with open(os.path.join(DASHBOARDS, name), encoding="utf-8") as file:
        return file.read()


def exported(page):
    """Of a page in Prometheus' text format: metric -> (type, {label: values})."""
    metrics = {}
    for line in page.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            metrics[name] = (kind, {})
        elif not line.startswith("#"):
            name, labels, _ = SERIES.match(line).groups()
            for label, _, value in LABEL.findall(labels or ""):
                metrics[name][1].setdefault(label, set()).add(json.loads(value))
    return metrics


def helps(page):
    return dict(line.split(" ", 3)[2:] for line in page.splitlines() if line.startswith("# HELP "))


class Known:
    """The metrics of both programs."""

    def __init__(self, *pages):
        self.labels = dict(PROMETHEUS_METRICS)
        for page in pages:
            for name, (_, labels) in exported(page).items():
                for label, values in labels.items():
                    self.labels.setdefault(name, {}).setdefault(label, set()).update(values)

    @staticmethod
    def used(expression):
        """(metric, [(label, operator, value in quotes)]) of all that an expression asks for."""
        text = RANGE.sub(" ", LABEL_LIST.sub(" ", expression))
        return [(name, LABEL.findall(selector)) for name, selector, call in SELECTOR.findall(text)
                if not call and name not in OPERATORS]

    def problems(self, expression, mentioned=()):
        """What is wrong with an expression, and with the labels that its text mentions."""
        lists = [label.strip() for one in LABEL_LIST.findall(expression) for label in one.split(",")]
        used = self.used(expression)
        if not used:
            yield "it asks for no metric"
        for name, matchers in used:
            if name not in self.labels:
                yield f"no program exports {name}"
                continue
            have = self.labels[name]
            for label in [*lists, *mentioned, *(matcher[0] for matcher in matchers)]:
                if label not in have and label not in PROMETHEUS_LABELS:
                    yield f"{name} has no label {label}"
            for label, operator, quoted in matchers:
                value = json.loads(quoted)
                closed = operator == "=" and label in CLOSED_LABELS
                if closed and label in have and value not in have[label]:
                    yield f"{name} never has {label}={value}"


def panels(board):
    for panel in board["panels"]:
        yield panel
        yield from panels(panel) if "panels" in panel else ()


def expressions_of_board(board):
    """(where, expression, labels that its legend mentions)"""
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            metric, label = re.match(r"label_values\((\w+), (\w+)\)$", variable["query"]).groups()
            yield f"variable {variable['name']}", metric, [label]
    for panel in panels(board):
        for target in panel.get("targets", ()):
            yield (panel["title"], target["expr"],
                   re.findall(r"\{\{(\w+)\}\}", target.get("legendFormat", "")))


def rules(text):
    """The alert rules as dicts; no more of YAML than alerts.yml uses."""
    found = []
    for line in text.splitlines():
        name, _, value = line.strip().lstrip("- ").partition(": ")
        if name == "alert":
            found.append({})
        if found and value:
            found[-1][name] = value.strip('"')
    return found


class DashboardsTest(unittest.TestCase):
    pages = {"office": read("office.prom"), "district": read("district.prom")}
    known = Known(*pages.values())

    def boards(self):
        for name in ("office", "district"):
            yield name, json.loads(read(name + ".json"))

    def test_boards_ask_for_what_is_exported(self):
        for name, board in self.boards():
            found = 0
            for where, expression, mentioned in expressions_of_board(board):
                found += 1
                with self.subTest(board=name, panel=where, expression=expression):
                    self.assertEqual(list(self.known.problems(expression, mentioned)), [])
            self.assertGreater(found, 20)

    def test_rules_ask_for_what_is_exported(self):
        for rule in rules(read("alerts.yml")):
            mentioned = re.findall(r"\$labels\.(\w+)", " ".join(rule.values()))
            with self.subTest(rule=rule["alert"]):
                self.assertEqual(list(self.known.problems(rule["expr"], mentioned)), [])

    def test_each_rule_says_in_both_languages_what_is_and_what_to_do(self):
        names = [rule["alert"] for rule in rules(read("alerts.yml"))]
        self.assertEqual(len(names), len(set(names)))
        for rule in rules(read("alerts.yml")):
            with self.subTest(rule=rule["alert"]):
                self.assertIn(rule["severity"], ("warning", "critical"))
                for text in ("summary", "summary_en", "action", "action_en"):
                    self.assertTrue(rule.get(text), text)

    def test_every_metric_is_on_a_board(self):
        shown = {name for _, board in self.boards()
                 for _, expression, _ in expressions_of_board(board)
                 for name, _ in self.known.used(expression)}
        for page in self.pages.values():
            self.assertEqual(sorted(set(exported(page)) - shown), [])

    def test_panels_are_numbered_and_do_not_overlap(self):
        for name, board in self.boards():
            taken = {}
            for panel in panels(board):
                at = panel["gridPos"]
                for x in range(at["x"], at["x"] + at["w"]):
                    for y in range(at["y"], at["y"] + at["h"]):
                        self.assertLess(x, 24, (name, panel["title"]))
                        self.assertNotIn((x, y), taken, (name, panel["title"]))
                        taken[x, y] = panel["title"]
            ids = [panel["id"] for panel in panels(board)]
            self.assertEqual(len(ids), len(set(ids)))


class MetricsTest(unittest.TestCase):
    """House rules for the metrics themselves."""

    def test_names_types_and_labels(self):
        for program, page in (("edge", read("office.prom")), ("central", read("district.prom"))):
            constant = {"edge": "office", "central": "district"}[program]
            for name, (kind, labels) in exported(page).items():
                with self.subTest(metric=name):
                    if name != "process_start_time_seconds":
                        self.assertTrue(name.startswith(f"keping_{program}_"))
                    self.assertEqual(kind, "counter" if name.endswith("_total") else "gauge")
                    self.assertLessEqual(set(labels), LABELS)
                    self.assertIn(constant, labels)
                    self.assertTrue(helps(page)[name].endswith("."))
                    for unit in ("minutes", "hours", "_mb", "_kb", "millis", "micros", "percent"):
                        self.assertNotIn(unit, name, f"base units are {BASE_UNITS}")

    def test_no_text_of_people_is_in_a_label(self):
        for page in (read("office.prom"), read("district.prom")):
            for _, labels in exported(page).values():
                for value in set().union(*labels.values()):
                    self.assertRegex(value, r"^[A-Za-z0-9._-]{1,63}$")


class KnownTest(unittest.TestCase):
    """What the check above catches."""

    known = Known('# TYPE keping_a gauge\nkeping_a{office="x",state="up"} 1\n'
                  '# TYPE keping_b gauge\nkeping_b{office="x"} 1\n')

    def problems(self, expression, *mentioned):
        return list(self.known.problems(expression, mentioned))

    def test_what_is_right(self):
        for expression in ('keping_a{state="up"} == 1', "sum by (office) (rate(keping_b[5m])) > 2e3",
                           'keping_a{office="$office",state=~"u.*"} unless on (office) keping_b',
                           'up{job=~"keping.*"} == 0', "3600 * deriv(keping_b[1h])",
                           "time() - keping_b"):
            self.assertEqual(self.problems(expression), [], expression)
        self.assertEqual(self.problems("keping_a", "state"), [])

    def test_what_is_wrong(self):
        for expression, problem in (
                ("keping_c > 1", "no program exports keping_c"),
                ("keping_b and keping_d", "no program exports keping_d"),
                ('keping_b{state="up"}', "keping_b has no label state"),
                ('keping_a{state="down"}', "keping_a never has state=down"),
                ("sum by (printer) (keping_b)", "keping_b has no label printer"),
                ("keping_a unless on (state) keping_b", "keping_b has no label state"),
                ("1 + 1", "it asks for no metric")):
            self.assertEqual(self.problems(expression), [problem], expression)
        self.assertEqual(self.problems("keping_b", "state"), ["keping_b has no label state"])


if __name__ == "__main__":
    unittest.main()
