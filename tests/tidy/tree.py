"""The files of the project, and C++ source with what is not code blanked out."""

import os
import re
import subprocess


class Tree:
    """The tracked and the new, not ignored files below a root, by path from it.

    Outside a git checkout, every file that is not below build/ or a dot folder.
    """

    def __init__(self, root):
        self.root = root
        self.paths = sorted(_git_files(root) or _walk(root))
        self._texts = {}

    def text(self, path):
        """The file as text; None for a binary one."""
        if path not in self._texts:
            with open(os.path.join(self.root, path), "rb") as file:
                data = file.read()
            self._texts[path] = None if b"\0" in data else data.decode("utf-8", "replace")
        return self._texts[path]

    def cpp_paths(self):
        return [path for path in self.paths if path.endswith((".cc", ".h"))]


def _git_files(root):
    if not os.path.exists(os.path.join(root, ".git")):
        return None
    # A checkout that belongs to someone else, as in a container, is read all the same.
    command = ["git", "-c", "safe.directory=*", "-C", root, "ls-files", "-z", "--cached", "--others",
               "--exclude-standard"]
    listed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()
    paths = [path for path in listed.split("\0") if path]
    return [path for path in paths if os.path.isfile(os.path.join(root, path))]


def _walk(root):
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name != "build" and not name.startswith(".")]
        found += [os.path.relpath(os.path.join(folder, name), root) for name in files]
    return found


_NOT_CODE = re.compile(
    r"""
    //[^\n]*
  | /\*.*?\*/
  | (?:u8|[uUL])?R"(?P<tag>[^()\\\s]{0,16})\(.*?\)(?P=tag)"
  | "(?:\\.|[^"\\\n])*"
  | (?<![0-9a-zA-Z_])(?:u8|[uUL])?'(?:\\.|[^'\\\n])*'
    """,
    re.VERBOSE | re.DOTALL)


def code_only(text):
    """`text` without comments and with empty literals; every line stays on its line."""
    def blank(match):
        found = match.group(0)
        lines = "\n" * found.count("\n")
        if found.startswith("/"):
            return lines or " "
        return ('""' if '"' in found[:4] else "0") + lines

    return _NOT_CODE.sub(blank, text)


def without_preprocessor(code):
    """`code` with preprocessor lines (and what they continue on) blanked out."""
    def blank(match):
        return "\n" * match.group(0).count("\n")

    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", blank, code, flags=re.MULTILINE)
