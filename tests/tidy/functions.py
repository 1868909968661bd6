"""Finds the functions of a C++ source and their lengths, by braces: no compiler needed.

Good enough for code in this house's format; what it cannot tell from a variable with braces
it takes for one, so that it never refuses code for a function that is none.
"""

import re

from tree import code_only, without_preprocessor

_TOKEN = re.compile(r"[{};]")
_ACCESS = re.compile(r"\b(?:public|private|protected) *:(?!:)")
_TEMPLATE = re.compile(r"\btemplate\s*<[^{};]*?>(?=\s*[\w:\[])")
_ENDS_AS_FUNCTION = re.compile(
    r"\)\s*(?:(?:const|noexcept|override|final|mutable|try|&&?|[A-Z][A-Z0-9_]+\b)(?:\s*\([^()]*\))?\s*)*"
    r"(?:->[^;{}=]*)?$")
_NAME = re.compile(r"((?:\w+::)*operator\s*(?:\(\s*\)|[^\s\w(]+)|[~\w:]+)\s*\(")


def functions(text):
    """Yields (name, line of its first token, number of lines up to its closing brace)."""
    code = without_preprocessor(code_only(text))
    code = _ACCESS.sub(lambda match: " " * len(match.group()), code)
    kinds = []        # of the open braces, outermost first
    starts = []       # (name, line) of the open functions
    begin = 0         # where the text that introduces the next brace begins
    for token in _TOKEN.finditer(code):
        if token.group() == "{":
            intro = code[begin:token.start()]
            kind = "block" if starts else _kind(intro)
            kinds.append(kind)
            if kind == "function":
                first = begin + len(intro) - len(intro.lstrip())
                starts.append((_name(intro), code.count("\n", 0, first) + 1))
            if kind == "value":
                continue  # it may be a member in the list before a constructor's body
        elif token.group() == "}" and kinds:
            kind = kinds.pop()
            if kind == "function":
                name, line = starts.pop()
                yield name, line, code.count("\n", 0, token.start()) + 2 - line
            if kind == "value":
                continue
        elif "value" in kinds:
            continue
        begin = token.end()


def _kind(intro):
    """What the brace after `intro` opens, outside any function."""
    intro = _TEMPLATE.sub(" ", intro).strip()
    if re.match(r"(?:inline\s+)?namespace\b|extern\s*\"\"$", intro):
        return "scope"
    if _ENDS_AS_FUNCTION.search(intro):
        return "function"
    if intro.endswith("}"):
        # The body of a constructor, after a member that is initialised with braces.
        return "function"
    if re.match(r"(?:typedef\s+)?(?:class|struct|union|enum)\b", intro) and "=" not in intro:
        return "scope"
    return "value"


def _name(intro):
    match = _NAME.search(_TEMPLATE.sub(" ", intro))
    return match.group(1) if match else "function"
