"""One function per rule: takes the Tree, yields Finding values. The rules themselves: rules.py."""

import os
import re
from typing import NamedTuple

import rules
from functions import functions
from handbook import handbook
from page_roles import page_roles
from tree import code_only


class Finding(NamedTuple):
    path: str
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:<([^>\n]+)>|"([^"\n]+)")', re.MULTILINE)
_PROJECT = ("common/", "edge_node/", "central_node/", "deploy/", "tests/")


def _line(text, position):
    return text.count("\n", 0, position) + 1


def _longest(table, path):
    """The entry of a table for the longest of its prefixes that `path` has, or None."""
    prefixes = [prefix for prefix in table if path.startswith(prefix)]
    return max(prefixes, key=len) if prefixes else None


def _includes(tree):
    """Yields (path, line, header, whether it is in angle brackets)."""
    for path in tree.cpp_paths():
        text = tree.text(path)
        for match in _INCLUDE.finditer(text):
            yield path, _line(text, match.start()), match.group(1) or match.group(2), bool(match.group(1))


def include_direction(tree):
    for path, line, header, _ in _includes(tree):
        if not header.startswith(_PROJECT):
            continue
        folder = _longest(rules.PURE, path)
        allowed = rules.PURE[folder] if folder else rules.SHELLS.get(_longest(rules.SHELLS, path), [])
        folder = folder or os.path.dirname(path) + "/"
        if not header.startswith((folder, *allowed)):
            yield Finding(path, line, f"includes {header}, but {folder} may include only: "
                          f"{' '.join(allowed) or 'itself'}")
            continue
        private = _longest(rules.PRIVATE, header)
        if private and not path.startswith(tuple(rules.PRIVATE[private])):
            yield Finding(path, line, f"includes {header}, but nothing depends on {private}")


def proto_at_the_rim(tree):
    for path, line, header, _ in _includes(tree):
        if header.endswith(".pb.h") and not path.startswith(tuple(rules.PROTO_FOLDERS)):
            yield Finding(path, line, f"includes {header}: generated headers stay at the rim, in the "
                          "folders of rules.PROTO_FOLDERS")


def purity(tree):
    for path, line, header, angled in _includes(tree):
        folder = _longest(rules.PURE, path)
        if not folder or header.startswith(_PROJECT):
            continue
        allowed = list(rules.PURE_ABSEIL)
        for prefix, more in rules.PURE_EXCEPTIONS.items():
            if path.startswith(prefix):
                allowed += more
        listed = any(header == one or one.endswith("/") and header.startswith(one) for one in allowed)
        if not listed and not (angled and header in rules.PURE_STANDARD):
            yield Finding(path, line, f"includes {header}: {folder} is pure (no clock, file, "
                          "environment, randomness, thread, protobuf or unordered container)")


def banned_calls(tree):
    for path in tree.cpp_paths():
        code = code_only(tree.text(path))
        for name, pattern, allowed, instead in rules.BANNED_CALLS:
            if path.startswith(tuple(allowed)):
                continue
            for match in re.finditer(pattern, code):
                yield Finding(path, _line(code, match.start()), f"calls {name}; use {instead}")


def function_length(tree):
    for path in tree.cpp_paths():
        for name, line, length in functions(tree.text(path)):
            if length > rules.MAX_FUNCTION_LINES:
                yield Finding(path, line, f"{name} has {length} lines, want at most "
                              f"{rules.MAX_FUNCTION_LINES}: split it")


def file_length(tree):
    for path in tree.cpp_paths():
        length = tree.text(path).count("\n")
        if length > rules.MAX_FILE_LINES:
            yield Finding(path, 1, f"has {length} lines, want at most {rules.MAX_FILE_LINES}: split it")


def long_files(tree):
    """Not a rule: (lines, path) of the files that are getting long, longest first."""
    lengths = [(tree.text(path).count("\n"), path) for path in tree.cpp_paths()]
    return sorted((one for one in lengths if one[0] > rules.LONG_FILE_LINES), reverse=True)


def header_guards(tree):
    for path in tree.cpp_paths():
        if not path.endswith(".h"):
            continue
        text = tree.text(path)
        guard = "KEPING_" + re.sub(r"[^A-Z0-9]", "_", path.upper()) + "_"
        first = re.search(r"^[ \t]*#.*", text, re.MULTILINE)
        wanted = (f"#ifndef {guard}\n#define {guard}\n", f"#endif  // {guard}\n")
        if not first or not text[first.start():].startswith(wanted[0]) or not text.endswith(wanted[1]):
            yield Finding(path, 1, f"wants the guard {guard}: #ifndef, #define, and "
                          f'"{wanted[1].strip()}" on the last line')


def in_a_target(tree):
    for path in tree.paths:
        if not path.endswith((".cc", "_test.py")):
            continue
        lists = _cmake_lists(tree, path)
        name = os.path.relpath(path, os.path.dirname(lists)) if lists else path
        if not lists or name not in _cmake_words(tree, lists):
            yield Finding(path, 1, f"belongs to no target: {lists or 'a CMakeLists.txt'} does not "
                          f"list {name}")


def in_the_build(tree):
    for path in tree.paths:
        folder, slash, name = path.rpartition("/")
        if name != "CMakeLists.txt" or not slash:
            continue
        lists = _cmake_lists(tree, folder) or "CMakeLists.txt"
        child = os.path.relpath(folder, os.path.dirname(lists) or ".")
        if lists not in tree.paths or child not in _cmake_words(tree, lists):
            yield Finding(path, 1, f"is not part of the build: {lists} does not add {child}")


def _cmake_words(tree, path):
    """The words of a CMakeLists.txt, paths below the current folder as relative ones."""
    code = re.sub(r"#[^\n]*", "", tree.text(path))
    return code.replace("${CMAKE_CURRENT_SOURCE_DIR}/", "").replace("${here}/", "").translate(
        str.maketrans('()"', "   ")).split()


def _cmake_lists(tree, path):
    """The CMakeLists.txt of the file's folder or of the nearest folder above; None without one."""
    folder = os.path.dirname(path)
    while folder:
        lists = f"{folder}/CMakeLists.txt"
        if lists in tree.paths:
            return lists
        folder = os.path.dirname(folder)
    return None


def portable_text(tree):
    for path in tree.paths:
        text = tree.text(path) or ""
        for name, pattern in rules.BANNED_TEXT:
            for match in re.finditer(pattern, text):
                yield Finding(path, _line(text, match.start()), f"holds {name}: {match.group(0)!r}")


def blanks(tree):
    for path in tree.paths:
        if path.endswith(rules.BLANKS_ALLOWED):
            continue
        text = tree.text(path) or ""
        for match in re.finditer(r"\t|[ \r]+$", text, re.MULTILINE):
            what = "a tab" if match.group(0) == "\t" else "blanks at the end of the line"
            yield Finding(path, _line(text, match.start()), f"has {what}")
        if text and not text.endswith("\n"):
            yield Finding(path, _line(text, len(text)), "wants a line end at its end")


_CODE = re.compile(r'"[^"\n]*?(K-\d{3})')


def _raised(tree, sources):
    """Codes below these paths, each with the first place."""
    raised = {}
    for path in tree.paths:
        if not path.startswith(sources) or not path.endswith((".cc", ".ts")):
            continue
        for match in _CODE.finditer(tree.text(path)):
            raised.setdefault(match.group(1), (path, _line(tree.text(path), match.start())))
    return raised


def _spoken(tree, catalogue):
    text = tree.text(catalogue) if catalogue in tree.paths else ""
    return {match.group(1): _line(text, match.start())
            for match in re.finditer(r'"refusal\.(K-\d{3})"', text)}


def spoken_codes(tree):
    for language in rules.CATALOGUE_LANGUAGES:
        shared = f"{rules.SHARED_CATALOGUE}/{language}.json"
        spoken_by_all, raised_anywhere = _spoken(tree, shared), set()
        for folder, sources in rules.FACE_CATALOGUES.items():
            catalogue = f"{folder}/{language}.json"
            raised, spoken = _raised(tree, sources), _spoken(tree, catalogue)
            raised_anywhere |= raised.keys()
            missing = raised.keys() - spoken.keys() - spoken_by_all.keys()
            for code in sorted(missing - set(rules.CODES_UNSPOKEN) if catalogue in tree.paths else ()):
                yield Finding(*raised[code], f"raises {code}, for which the page has no sentence: "
                              f"add \"refusal.{code}\" to {catalogue}")
            for code in sorted(spoken.keys() - raised.keys()):
                yield Finding(catalogue, spoken[code],
                              f"has a sentence for {code}, which nobody raises")
        for code in sorted(spoken_by_all.keys() - raised_anywhere):
            yield Finding(shared, spoken_by_all[code],
                          f"has a sentence for {code}, which nobody raises")


def handbook_says_what_screens_say(tree):
    for path, line, message in handbook(tree):
        yield Finding(path, line, message)


def pages_offer_what_nodes_allow(tree):
    for path, line, message in page_roles(tree):
        yield Finding(path, line, message)


ALL = [include_direction, proto_at_the_rim, purity, banned_calls, function_length, file_length,
       header_guards, in_a_target, in_the_build, portable_text, blanks, spoken_codes,
       handbook_says_what_screens_say, pages_offer_what_nodes_allow]
