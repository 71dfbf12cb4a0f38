"""Laws of the tests themselves: each can fail, none waits, none pretends."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.reading import Function, dotted, functions, imported_names, parsed, python_files, where

ASSERTING_CALL = re.compile(r"(.*\.)?(assert|expect|raises|warns|fail)\w*")
SLEEPS = {"time.sleep", "asyncio.sleep", "wait_for_timeout"}


def no_toothless_test(folder: Path) -> list[str]:
    """A test without an assertion, or with one that always holds, proves nothing."""
    helpers = asserting_helpers(folder)
    return [
        f"{where(folder, path, test)}: {test.name} {problem}"
        for path in python_files(folder, "tests")
        if path.name.startswith("test_")
        for test, problem in toothless(parsed(path), helpers)
    ]


def asserting_helpers(folder: Path) -> set[str]:
    """Functions that assert, in the files of `tests/` that hold no tests, by their full names."""
    return {
        ".".join((*path.relative_to(folder).with_suffix("").parts, name))
        for path in python_files(folder, "tests")
        if not path.name.startswith("test_")
        for name in asserting_functions(parsed(path), set())
    }


def toothless(tree: ast.Module, helpers: set[str]) -> Iterator[tuple[Function, str]]:
    asserting = asserting_functions(tree, {name for name, full in imported_names(tree).items() if full in helpers})
    for test in functions(tree):
        if not test.name.startswith("test"):
            continue
        if test.name not in asserting:
            yield test, "asserts nothing"
        elif any(isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant) for node in ast.walk(test)):
            yield test, "asserts a constant"


def asserting_functions(tree: ast.Module, borrowed: set[str]) -> set[str]:
    """Functions of a file that assert, or call one that does; `borrowed` ones do."""
    known: set[str] = set()
    while True:
        asks = known | borrowed
        found = {one.name for one in functions(tree) if any(asserts(node, asks) for node in ast.walk(one))}
        if found == known:
            return known
        known = found


def asserts(node: ast.AST, known: set[str]) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if not isinstance(node, ast.Call):
        return False
    name = dotted(node.func) or getattr(node.func, "attr", "")
    return bool(ASSERTING_CALL.fullmatch(name)) or name.rpartition(".")[2] in known


def no_waiting_in_tests(folder: Path) -> list[str]:
    """Time is virtual: nothing sleeps, but benchmarks, which are no tests and measure the real one. `asyncio.sleep(0)`,
    which only lets others run, is allowed."""
    return [
        f"{where(folder, path, node)}: {name}"
        for path in python_files(folder, "tests")
        if "bench" not in path.parts
        for node, name in calls(parsed(path))
        if name in SLEEPS and not (name == "asyncio.sleep" and is_zero(node.args[0]))
    ]


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    names = imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            first, _, rest = dotted(node.func).partition(".")
            yield node, rest if rest == "wait_for_timeout" else ".".join(filter(None, (names.get(first, first), rest)))


def is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


def no_mocks(folder: Path) -> list[str]:
    """No mocks: a twin that keeps the port's contract, or the real thing."""
    return [
        f"{where(folder, path, 1)}: unittest.mock"
        for path in python_files(folder, "tests")
        if any(full.startswith("unittest.mock") for full in imported_names(parsed(path)).values())
    ]
