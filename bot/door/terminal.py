"""What an operator sees on a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot.core.feature import Finding

console = Console(stderr=True, highlight=False)
_WRONG_ROWS = 20
_APART = {
    "left": "{n} left out, which is no mistake:",
    "notes": "{n} to know:",
    "gone": "{n} planned before, and in this file no more. Cancel with HeadsUp what does not take place:",
}
"""What some imports say besides."""


def say(words: str) -> None:
    """One line."""
    console.print(words, markup=False, soft_wrap=True)


def link(words: str, url: str) -> None:
    """One line to click on, alone on standard output, so that a script can read it."""
    say(words)
    Console(highlight=False).print(url, style=f"link {url}", markup=False, soft_wrap=True)


@contextmanager
def progress(words: str, total: float | None = None) -> Iterator[Any]:
    """A bar; what is given is called with how much is done."""
    columns, unseen = (TextColumn("{task.description}"), BarColumn()), not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=unseen) as bar:
        task = bar.add_task(words, total=total)
        yield lambda done: bar.update(task, completed=done)


def findings(found: Sequence[Finding]) -> None:
    """What a check found, each with what mends it."""
    for finding in found:
        say(f"{finding.level}: {finding.where}: {finding.says}\n    {finding.mend}")
    say("All is well." if not found else f"{len(found)} to mend.")


def invitation(made: Mapping[str, Any]) -> None:
    """What a bot asks for and why, and its link alone on standard output."""
    for name, why in (*made["scopes"].items(), *made["permissions"].items()):
        say(f"{name}: {why}")
    link("Open this link, and choose your server:", made["url"])


def summary(counts: dict[str, Any]) -> None:
    """What an import did."""
    say(", ".join(f"{counts[key]} {key}" for key in ("read", "added", "changed", "same")) + ".")
    _some([f"line {wrong['line']}: {wrong['why']}" for wrong in counts["wrong"]])
    for name, said in _APART.items():
        if counts.get(name):
            say(said.format(n=len(counts[name])))
            _some([one if isinstance(one, str) else f"line {one['line']}: {one['why']}" for one in counts[name]])


def _some(lines: Sequence[str]) -> None:
    for line in lines[:_WRONG_ROWS]:
        say(line)
    if len(lines) > _WRONG_ROWS:
        say(f"… and {len(lines) - _WRONG_ROWS} more; --json lists them all.")
