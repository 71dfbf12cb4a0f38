"""How the laws read the house: every law is a function from a folder to what breaks it there, one line a finding."""

import ast
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

Law = Callable[[Path], list[str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "adapters", "scheduler", "storage")


def python_files(folder: Path, *parts: str) -> Iterator[Path]:
    """Every Python file below the named parts of the folder."""
    for part in parts:
        yield from sorted((folder / part).rglob("*.py"))


def room_words(room: Path) -> str:
    """All sentences of a room."""
    return "\n".join(path.read_text("utf-8") for path in sorted(room.glob("*.ftl")))


@cache
def parsed(path: Path) -> ast.Module:
    """A file's tree, read once: no law writes what another reads."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def where(folder: Path, path: Path, node: ast.AST | int) -> str:
    line = node if isinstance(node, int) else getattr(node, "lineno", 1)
    return f"{path.relative_to(folder)}:{line}"


def functions(tree: ast.AST) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an attribute chain, or nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def imported_names(tree: ast.AST) -> dict[str, str]:
    """What each name of the file stands for: `dt` → `datetime.datetime`."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                first = each.name.partition(".")[0]
                names |= {each.asname: each.name} if each.asname else {first: first}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return names


def tracked_texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every text file git tracks; where there is no git (a planted folder), every file."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=folder, capture_output=True, text=True, check=False)
    own = (folder / ".git").exists() and listed.returncode == 0
    paths = [folder / name for name in listed.stdout.split("\0") if name] if own else sorted(folder.rglob("*"))
    for path in paths:
        if path.is_file():
            raw = path.read_bytes()
            if b"\0" not in raw:
                yield path, raw.decode("utf-8", errors="replace")
