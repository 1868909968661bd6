"""Whether the handbook says what the screens say: takes the Tree, yields (path, line, message).

In deploy/handbook what is bold stands on a screen, F2 before it is its key, K-113 is a code that is
raised, `keping …` is a command, `…-doubt.png` a picture that tests/web makes, and each file in pictures/ is
one of those, taken by deploy/handbook/take_pictures.
"""

import json
import re

FOLDER = "deploy/handbook/"
COUNTER = "edge_node/counter/web"
CONSOLE = "central_node/console/web"
SHARED = "common/web"
#    page                    the screens that it speaks of; each refusal of the first has a row in it
PAGES = {
    f"{FOLDER}operator.md":      (COUNTER,),
    f"{FOLDER}kartu-dinding.md": (COUNTER,),
    f"{FOLDER}kabupaten.md":     (CONSOLE, COUNTER),
}
#    A page for the wall has room for the worst only.
WITH_ALL_CODES = (f"{FOLDER}operator.md", f"{FOLDER}kabupaten.md")
WITH_ALL_CASES = f"{FOLDER}kabupaten.md"
CASES = "central_node/core/case_policy.cc"
CASE_NUMBERS = "proto/keping/log/v1/case.proto"

_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_KEY = re.compile(r"\b(F\d{1,2}|Esc)\s+\*\*([^*]+)\*\*")
_CODE = re.compile(r"\bK-\d{3}\b")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"`([^`]+)`")
_PICTURE = re.compile(r"`((?:press-|work-|shift-|console-)?…-([\w-]+)\.png)`")
_SHOWN = re.compile(r"!\[[^\]]+\]\((pictures/(?:press-|work-|shift-|console-)?([\w-]+)\.png)\)")
_WORD = re.compile(r"[a-z][a-z-]*$")


def handbook(tree):
    pages = "\n".join(tree.text(path) for path in PAGES if path in tree.paths)
    for path in tree.paths:
        if path.startswith(f"{FOLDER}pictures/") and f"({path.removeprefix(FOLDER)})" not in pages:
            yield path, 1, "is shown on no page of the handbook"
    for path, faces in PAGES.items():
        if path not in tree.paths:
            continue
        text = tree.text(path)
        for position, message in _of_page(tree, path, text, faces):
            yield path, text.count("\n", 0, position) + 1, message


def _of_page(tree, path, text, faces):
    catalogues = [_catalogue(tree, face) for face in faces]
    yield from _screen_texts(text, catalogues)
    yield from _keys(text, tree, faces, catalogues)
    yield from _codes(text, tree, path, faces)
    yield from _commands(text, tree)
    yield from _pictures(text, tree)
    if path == WITH_ALL_CASES:
        yield from _cases(text, tree, catalogues[0])


def _catalogue(tree, face):
    both = [f"{folder}/messages/id.json" for folder in (SHARED, face)]
    return {key: words for path in both if path in tree.paths
            for key, words in json.loads(tree.text(path)).items()}


def _plain(words):
    """As the handbook writes it: … for what a screen fills in, no mark at its end."""
    return re.sub(r"\s+", " ", re.sub(r"\{\w+\}", "…", words)).strip().rstrip(".:")


def _spoken(catalogue):
    """What can be pointed at: whole messages, and each of their sentences."""
    return {_plain(part) for words in catalogue.values()
            for part in (words, *re.split(r"(?<=[.:?!])\s+", words))}


def _screen_texts(text, catalogues):
    spoken = set().union(*(_spoken(one) for one in catalogues))
    for match in _BOLD.finditer(text):
        # Where the handbook says what bold means.
        if match.group(1) != "tebal" and _plain(match.group(1)) not in spoken:
            yield match.start(), f"says that {match.group(1)!r} stands on a screen: no catalogue has it"


def _keys(text, tree, faces, catalogues):
    path = f"{COUNTER}/src/task_view.ts"
    if path not in tree.paths:
        return
    words = catalogues[faces.index(COUNTER)]
    keys = {(("Esc" if key == "cancel" else key), _plain(words.get(name, "")))
            for key, name in re.findall(r'button\("(\w+)", "(button\.\w+)"', tree.text(path))}
    for match in _KEY.finditer(text):
        if (match.group(1), _plain(match.group(2))) not in keys:
            yield match.start(), f"gives {match.group(2)!r} the key {match.group(1)}: no button has both"


def _raised(tree):
    sources = ("common/", "edge_node/", "central_node/")
    return {code for path in tree.paths if path.startswith(sources) and path.endswith((".cc", ".h", ".ts"))
            for code in re.findall(r'"[^"\n]*?(K-\d{3})', tree.text(path))}


def _codes(text, tree, path, faces):
    raised = _raised(tree)
    for match in _CODE.finditer(text):
        if match.group() not in raised:
            yield match.start(), f"names {match.group()}, which nobody raises"
    if path in WITH_ALL_CODES:
        wanted = {key[8:] for key in _catalogue(tree, faces[0]) if key.startswith("refusal.")}
        for code in sorted(wanted - set(_CODE.findall(text))):
            yield 0, f"has no row for {code}, which a screen may show"


def _commands(text, tree):
    """Each word and option of a command is one that the command line knows."""
    grammar = "\n".join(tree.text(path) for path in tree.paths
                        if path.startswith("common/cli/") and path.endswith((".cc", ".h")))
    whole = [(match.start(), match.group()) for match in _FENCED.finditer(text)]
    fences = re.sub(_FENCED, lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    whole += [(match.start(), match.group(1)) for match in _QUOTED.finditer(fences)]
    for position, quoted in whole:
        for command in re.findall(r"\bkeping ((?:[^\n`]|\\\n)+)", quoted):
            for word in _words_of(command):
                if word not in _OF_EVERY_COMMAND and f'"{word}' not in grammar:
                    yield position, f"names `keping {command.strip()}`: there is no {word}"


def _words_of(command):
    words = command.split()
    parts = []
    for word in words[:3]:
        if not _WORD.match(word):
            break
        parts.append(word)
    # The last of three may be a name that the command is given.
    kept = parts[:2] + [word for word in parts[2:] if parts[1] in _WITH_PARTS]
    return kept + [word for word in words if word.startswith("--")]


# What the parser itself takes, behind any command.
_OF_EVERY_COMMAND = ("--help", "--lang")
# Commands of three words.
_WITH_PARTS = ("stock", "shift", "handover", "backup", "officer", "operator", "plan", "policy", "day", "supply")


def _pictures(text, tree):
    tests = "\n".join(tree.text(path) for path in tree.paths if path.startswith("tests/web/"))
    for match in _PICTURE.finditer(text):
        if f'"{match.group(2)}"' not in tests:
            yield match.start(), f"shows {match.group(1)}, which no test of tests/web makes"
    for match in _SHOWN.finditer(text):
        if f'"{match.group(2)}"' not in tests:
            yield match.start(), f"shows {match.group(1)}, which no test of tests/web makes"
        if FOLDER + match.group(1) not in tree.paths:
            yield match.start(), f"shows {match.group(1)}, which is not there; run deploy/handbook/take_pictures"


def _cases(text, tree, catalogue):
    """Each kind of case has a row with its code and its name on the screen."""
    if CASES not in tree.paths:
        return
    numbers = {re.sub(r"_", "", name): number for name, number in
               re.findall(r"CASE_KIND_(\w+) = ([1-9]\d*);", tree.text(CASE_NUMBERS))}
    for kind, code in re.findall(r'\{CaseKind::k(\w+), "(K-\d{3})"', tree.text(CASES)):
        name = catalogue.get(f"case.kind.{numbers[kind.upper()]}", "")
        if not re.search(rf"^\| {code} \*\*{re.escape(name)}\*\* \|", text, re.MULTILINE):
            yield 0, f"has no row \"| {code} **{name}** |\" for that kind of case"
