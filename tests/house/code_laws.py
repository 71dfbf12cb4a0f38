"""Laws of the product's code that can be read off its pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from tests.house.reading import PACKAGES, dotted, functions, imported_names, length, parsed, python_files, where

LONGEST_FILE = 350
LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 7
NINETIETH_FUNCTION = 20

CLOCK_AND_DICE = re.compile(
    r"(datetime\.datetime\.(now|utcnow|today)|datetime\.date\.today"
    r"|time\.(time|monotonic|perf_counter|process_time|sleep|localtime|gmtime|ctime|strftime)(_ns)?"
    r"|random\.(?!Random)\w+|uuid\.\w+|secrets\.\w+|os\.(urandom|getrandom)|asyncio\.sleep)(\(\))?"
    r"|random\.Random\(\)"
)
EVERY_ROOM = {"__init__.py", "feature.py", "words.ftl"}
ROOM_FILES = EVERY_ROOM | {"model.py", "store.py", "actions.py", "flow.py", "views.py", "home.py"}
# A room may have more than the common files where its subject does; say so here, so that it is a decision.
MORE_IN_THE_ROOM = {
    "announcements": {
        "amending.py",
        "forms.py",
        "hearing.py",
        "pages.py",
        "people.py",
        "previewing.py",
        "samples.py",
        "sending.py",
    },
    "calendars": {"bringing.py", "components.py", "ics.py", "importing.py", "zones.py"},
    "events": {
        "attendance.py",
        "attending.py",
        "changing.py",
        "choosing.py",
        "forms.py",
        "friday.py",
        "groups.py",
        "inviting.py",
        "lists.py",
        "member_letters.py",
        "member_samples.py",
        "member_views.py",
        "offers.py",
        "organiser_samples.py",
        "organiser_views.py",
        "organising.py",
        "places.py",
        "planning.py",
        "post_views.py",
        "posting.py",
        "promises.py",
        "recurring.py",
        "reminders.py",
        "series.py",
        "telling.py",
        "when.py",
        "when_day.py",
        "when_text.py",
        "when_time.py",
    },
    "members": {
        "asking.py",
        "away.py",
        "codes.py",
        "data.py",
        "kinds.py",
        "leaving.py",
        "newness.py",
        "organiser_views.py",
        "organisers.py",
        "picker.py",
        "question_views.py",
        "questions.py",
        "reaching.py",
        "roster.py",
        "school.py",
        "schools.py",
        "settling.py",
        "sheet.py",
        "speech.py",
        "zones.py",
    },
    "pairing": {
        "apart.py",
        "apart_views.py",
        "astray.py",
        "blossom.py",
        "crowd.py",
        "engine.py",
        "matcher.py",
        "promises.py",
        "replacing.py",
        "resting.py",
        "skipping.py",
    },
    "pulse": {
        "agreeing.py",
        "answering.py",
        "asking.py",
        "bank.py",
        "box.py",
        "closing.py",
        "diary.py",
        "diary_picture.py",
        "diary_views.py",
        "friday.py",
        "organiser_views.py",
        "organising.py",
        "picture.py",
        "promises.py",
        "questions.py",
        "reading.py",
        "result_views.py",
        "results.py",
        "rota.py",
        "samples.py",
        "sessions.py",
        "telling.py",
    },
    "relay": {"closing.py", "reporting.py", "two.py"},
    "support": {
        "answering.py",
        "asking.py",
        "concern.py",
        "concern_views.py",
        "listening_views.py",
        "promises.py",
        "rota.py",
        "rota_views.py",
        "samples.py",
    },
}
NO_ROOMS = {"chat", "core", "door"}
SENTENCE = re.compile(r"(?:[A-Za-z’'-]+[,;:]? ){2,}[A-Za-z’'-]+[.?!…]\W*$|^[A-Z][a-z’']*,?(?: [A-Za-z’'-]+,?){3,}")


def no_clock_or_dice(folder: Path) -> list[str]:
    """Law 3: time, ids and dice are passed in. The front door picks the real ones; the scheduler owns the clocks."""
    return [
        f"{where(folder, path, node)}: {name}"
        for path in python_files(folder, "bot", "scheduler")
        if not str(path.relative_to(folder)).startswith(("bot/door/", "scheduler/clocks.py"))
        for node, name in names_used(path)
        if CLOCK_AND_DICE.fullmatch(name)
    ]


def names_used(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Each name of a library that the file uses, written out in full; a call without arguments ends in `()`."""
    tree = parsed(path)
    names = imported_names(tree)
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        first, _, rest = dotted(node).partition(".")
        call = calls.get(id(node))
        if first in names and not (call and is_zero(call)):
            bare = call is not None and not call.args and not call.keywords
            yield node, ".".join(filter(None, (names[first], rest))) + "()" * bare


def is_zero(call: ast.Call) -> bool:
    """`sleep(0)` lets others run; it waits for nothing."""
    return len(call.args) == 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0


def no_long_file(folder: Path) -> list[str]:
    paths = [path for each in (*PACKAGES, "tests") for path in (folder / each).rglob("*")]
    code = [path for path in sorted(paths) if path.suffix in {".py", ".ftl", ".js", ".css", ".html"}]
    return [
        f"{path.relative_to(folder)}: {lines} lines, {LONGEST_FILE} at most"
        for path in code
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]


def no_long_function(folder: Path) -> list[str]:
    return [
        f"{where(folder, path, function)}: {function.name} has {length(function)} lines, {LONGEST_FUNCTION} at most"
        for path in python_files(folder, *PACKAGES, "tests")
        for function in functions(parsed(path))
        if length(function) > LONGEST_FUNCTION
    ]


def functions_stay_short(folder: Path) -> list[str]:
    """Half of all functions fit in a glance, nine in ten in a paragraph."""
    sizes = [length(one) for path in python_files(folder, *PACKAGES) for one in functions(parsed(path))]
    if len(sizes) < 2:
        return []
    middle, ninetieth = median(sizes), quantiles(sizes, n=10)[-1]
    well = middle <= MEDIAN_FUNCTION and ninetieth <= NINETIETH_FUNCTION
    return [] if well else [f"half of all functions have {middle} lines or more, a tenth {ninetieth}"]


def empty_init_files(folder: Path) -> list[str]:
    paths = python_files(folder, *PACKAGES, "tests")
    return [
        f"{path.relative_to(folder)} is not empty" for path in paths if path.name == "__init__.py" and path.read_text()
    ]


def no_drawer_for_everything(folder: Path) -> list[str]:
    names = {"utils.py", "util.py", "helpers.py", "misc.py"}
    return [str(path.relative_to(folder)) for path in python_files(folder, *PACKAGES, "tests") if path.name in names]


def rooms_look_alike(folder: Path) -> list[str]:
    """Features share one set of file names, so that every path can be guessed."""
    return [
        f"bot/{room.name}: {problem} {', '.join(sorted(names))}"
        for room in sorted((folder / "bot").iterdir())
        if room.is_dir() and room.name not in NO_ROOMS | {"__pycache__"}
        for problem, names in odd_names(room).items()
        if names
    ]


def odd_names(room: Path) -> dict[str, set[str]]:
    present = {path.name for path in room.iterdir() if path.is_file()}
    known = ROOM_FILES | MORE_IN_THE_ROOM.get(room.name, set())
    return {"lacks": EVERY_ROOM - present, "has its own": {name for name in present - known if name.endswith(".py")}}


def no_question_in_vain(folder: Path) -> list[str]:
    """What a room's store can be asked is asked by somebody in the house, not by its tests alone."""
    nodes = (node for path in python_files(folder, *PACKAGES) for node in ast.walk(parsed(path)))
    asked = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return [
        f"{where(folder, path, question)}: nobody asks {question.name}"
        for path in python_files(folder, "bot")
        if path.name == "store.py"
        for store in parsed(path).body
        if isinstance(store, ast.ClassDef)
        for question in functions(store)
        if question.name not in asked
    ]


def no_sentence_in_code(folder: Path) -> list[str]:
    """What people read stands in `words.ftl`. Docstrings, errors and what operators read may speak."""
    return [
        f"{where(folder, path, node)}: {node.value!r}"
        for path in python_files(folder, "bot")
        if path.name in {"flow.py", "views.py", "feature.py"}
        for node in spoken(parsed(path))
        if isinstance(node.value, str) and SENTENCE.search(node.value)
    ]


def spoken(tree: ast.Module) -> Iterator[ast.Constant]:
    silent = {id(inner) for node in ast.walk(tree) if is_aside(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in silent:
            yield node


def is_aside(node: ast.AST) -> bool:
    """A docstring, what is raised or asserted, or what only operators read: names of samples, findings."""
    standing = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    for_operators = isinstance(node, ast.Call) and dotted(node.func) in {"Sample", "Finding", "refusal"}
    return standing or for_operators or isinstance(node, ast.Raise | ast.Assert)


def data_and_keys_are_ignored(folder: Path) -> list[str]:
    lines = (folder / ".gitignore").read_text().splitlines() if (folder / ".gitignore").exists() else []
    return [f".gitignore lacks {each}" for each in ("/data/", "/keys/", "/config.toml", ".venv/") if each not in lines]
